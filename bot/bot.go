// Package bot is the vocabulary of chat: what a network tells us (Event), what we tell it (Message), and the contract
// between the two (Channel). It knows chats, not complaints, and no network's private details: those stay in the
// package of the network (bot/telegram, bot/whatsapp), behind opaque ids.
package bot

import (
	"strings"
	"time"
)

// Network names a chat network, in lower case: "telegram", "whatsapp", "whatsapp-cloud".
type Network string

// The networks this program speaks, and Store: the product's own media store, which a channel reads through the Opener
// it was built with. WhatsApp is a linked device, WhatsAppCloud the official way: to the product they are two networks, and a
// person who writes on both has two addresses.
const (
	Telegram      Network = "telegram"
	WhatsApp      Network = "whatsapp"
	WhatsAppCloud Network = "whatsapp-cloud"
	Store         Network = "store"
)

// Address is a chat, and with Topic one thread of a group. Only the channel that minted it reads ID and Topic.
// Two addresses are the same place when they are equal.
type Address struct {
	Network Network `json:"n"`
	ID      string  `json:"i"`
	Topic   string  `json:"t,omitempty"`
}

// Zero reports whether the address names nothing.
func (a Address) Zero() bool { return a == Address{} }

// Chat is the address without its topic: the whole group.
func (a Address) Chat() Address { a.Topic = ""; return a }

// String is a stable key of the address, for maps, logs and database columns. It holds ids only.
func (a Address) String() string {
	s := string(a.Network) + ":" + a.ID
	if a.Topic != "" {
		s += "/" + a.Topic
	}
	return s
}

// ParseAddress reads what String wrote; ok is false for anything else.
func ParseAddress(s string) (a Address, ok bool) {
	network, rest, found := strings.Cut(s, ":")
	if !found || network == "" || rest == "" {
		return Address{}, false
	}
	id, topic, _ := strings.Cut(rest, "/")
	if id == "" {
		return Address{}, false
	}
	return Address{Network: Network(network), ID: id, Topic: topic}, true
}

// EventID names one event of one network. It is the same on every redelivery and never used twice for different events.
type EventID string

// MessageRef names one message in one chat. Only the channel that minted it reads ID.
type MessageRef struct {
	Chat Address `json:"c"`
	ID   string  `json:"m"`
}

// Zero reports whether the reference names nothing.
func (r MessageRef) Zero() bool { return r == MessageRef{} }

// MediaRef names a file on a network, or in the product's store (Network Store). Size is bytes as the network claims
// them, 0 when it did not say; MIME likewise is a claim, never to be trusted.
type MediaRef struct {
	Network Network `json:"n"`
	ID      string  `json:"i"`
	MIME    string  `json:"t,omitempty"`
	Size    int64   `json:"s,omitempty"`
}

// Person is who did something, as the network shows him or her. Name is for people's eyes only: never a key, never logged.
type Person struct {
	ID   string `json:"i"`
	Name string `json:"n,omitempty"`
	// Language is the network's hint of the person's language ("id", "en"), empty when it gives none.
	Language string `json:"l,omitempty"`
	// Chat says that the sender writes in the name of a chat (an administrator who does not show who it is, a channel): ID is that chat's.
	// Nobody is known by it, and there is no chat of the own behind it.
	Chat bool `json:"c,omitempty"`
}

// Event is one thing that happened in one chat.
type Event struct {
	ID   EventID
	Chat Address
	// Group is true when the chat holds more people than the sender and the bot.
	Group bool
	From  Person
	// At is when the sender's network says it happened. It is the only clock the conversation knows.
	At time.Time
	// Ref is the message that carries the event; zero for presses and for people leaving.
	Ref MessageRef
	// ReplyTo is the message the person answered, nil when it answers none. ToBot says that the bot wrote it.
	ReplyTo *MessageRef
	ToBot   bool
	// Relayed says that the sender did not write what the body holds: it was forwarded, made by another bot, or is nothing but a
	// quotation.
	Relayed bool
	// Mentions says that each lone "@" in the words stands where somebody of the group was mentioned. The bot's own mention is
	// taken out.
	Mentions bool
	// Edited says that the person changed an earlier message (Ref) instead of sending a new one.
	Edited bool
	Body   Body
}

// Body is what an event carries. The sum is sealed: Text, Pick, Location, Photo, Voice, Document,
// Contact, Left, Joined, Member, Moved, Woken, Unsupported.
type Body interface{ isBody() }

// Text is words; commands ("/status") are text as well, see Command.
type Text struct{ Text string }

// Pick is a press on a choice of a menu, as the network carried it back. It may be forged or old: only Menu.Match trusts it.
type Pick struct {
	Menu   string // Menu.ID
	Choice string // Choice.ID
	// Message is the message the menu stood on.
	Message MessageRef
	// Quiet says that no button waits to be answered, see Answerer: it was chosen by an emoji or a vote, and the answer has
	// to be a message.
	Quiet bool
}

// Location is a pin, in degrees (WGS 84). Name and Address are what the network shows beside a venue, Caption what the
// person wrote beside the pin.
type Location struct {
	Lat, Lon float64
	Name     string
	Address  string
	Caption  string
}

// Photo is one picture. Photos sent as one album share Album; each is an event of its own.
type Photo struct {
	Media   MediaRef
	Caption string
	Album   string
}

// Voice is a voice note or an audio file.
type Voice struct {
	Media   MediaRef
	Seconds int
	Caption string
}

// Document is any other file, a video too.
type Document struct {
	Media   MediaRef
	Name    string
	Caption string
	Album   string
}

// Contact is the sender's own phone number, given by the network's key for it (WantContact). It is never logged.
type Contact struct{ Phone string }

// Left says that the person blocked the bot, or that the bot was removed from the chat.
type Left struct{}

// Joined says that the bot was added to the chat, or unblocked.
type Joined struct{}

// Member says that somebody else's standing in a group has changed: whether the person is in it now, and runs it. With Self it is the bot
// that runs the group no more, or may do less in it than it needs; Who is nobody then.
type Member struct {
	Self bool
	Who  Person
	Here bool
	Runs bool
}

// Moved says that the chat has a new address; nothing comes from the old one any more. A letter that is still sent there
// arrives all the same, or is refused with Move.
type Moved struct{ To Address }

// Woken says that the person pressed the button of a wake-up (Waker): nothing is said by it, and what waits for him or her may
// go out now.
type Woken struct{}

// Unsupported is everything the product has no use for. Kind is the network's word for it ("sticker", "contact", "poll").
type Unsupported struct{ Kind string }

func (Text) isBody()        {}
func (Pick) isBody()        {}
func (Location) isBody()    {}
func (Photo) isBody()       {}
func (Voice) isBody()       {}
func (Document) isBody()    {}
func (Contact) isBody()     {}
func (Left) isBody()        {}
func (Joined) isBody()      {}
func (Member) isBody()      {}
func (Moved) isBody()       {}
func (Woken) isBody()       {}
func (Unsupported) isBody() {}

// Words is what a person wrote in the body, "" where there are no words.
func Words(b Body) string {
	switch b := b.(type) {
	case Text:
		return b.Text
	case Photo:
		return b.Caption
	case Voice:
		return b.Caption
	case Document:
		return b.Caption
	case Location:
		return b.Caption
	}
	return ""
}
