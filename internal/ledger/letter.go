package ledger

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Letter is a message on its way. It is committed before it is sent, and sent in the order of commit per chat.
type Letter struct {
	// Key is unique for ever: usually the cause, a slash and a number.
	Key string
	To  bot.Address `json:",omitzero"`
	// Room is the agency whose topic of the desk the letter goes to; "" is the coordinator's when To is the desk.
	// It is only looked at when Desk is set.
	Room string `json:",omitzero"`
	Desk bool   `json:",omitzero"`
	// Report is the report it is about, 0 for none: a reply to the sent message adds to that report.
	Report report.ID `json:",omitzero"`
	// Mentions are the reports of which the message shows something beside others, to the group or to who asked for it in the own chat: it
	// is taken off when one of them becomes confidential.
	Mentions []report.ID `json:",omitzero"`
	Purpose  Purpose
	Message  bot.Message `json:",omitzero"`
	// Photos and Files of Message may name files as a network named them; they go out as the product's own cleaned copies,
	// once a FetchMedia job has stored those, and never before.

	// Intent tells what a reply to the sent message means, in the desk's own words ("resolve"); "" is an answer.
	Intent string `json:",omitzero"`
	// Edits is the key of the letter whose message this one changes; the message is sent anew where that can't be.
	Edits string `json:",omitzero"`
	// Only says, with Edits, that it is of use as a change alone: where that can't be, nothing is sent.
	Only bool `json:",omitzero"`
	// Answers is the key of the letter whose message this one replies to.
	Answers string `json:",omitzero"`
	// Press is the event id of the press that the network waits to see answered, with the notice in Message.Text.
	Press bot.EventID `json:",omitzero"`
	// Hold is the earliest time to send; zero: now.
	Hold time.Time `json:",omitzero"`
	// Until is when the letter is of no use any more: one that still waits then is dropped unsent. Zero: never.
	Until time.Time `json:",omitzero"`
	// Fold names what the letter is one of: a newer letter of the same chat with the same Fold takes its place while it
	// waits. "" is never replaced.
	Fold string `json:",omitzero"`
	// Over names one more Fold whose waiting letters this one replaces. It is how an answer that goes at once takes the
	// place of one that was held for a burst, and is itself never lost.
	Over string `json:",omitzero"`
	// Rest is what of the text is sent all the same when a newer letter takes its place: words beside a question that is of
	// no use any more. "" is nothing.
	Rest string `json:",omitzero"`
}

// Purpose is why a letter is written. It decides the lane: conversation is fast, notices may be slow.
type Purpose string

// The purposes.
const (
	Reply   Purpose = "reply"   // the conversation with a citizen
	Notice  Purpose = "notice"  // news about a report, to a citizen: its delivery is shown on the card
	Echo    Purpose = "echo"    // the same news to somebody else than the reporter: its delivery is shown nowhere
	Card    Purpose = "card"    // a report's card in the desk; composed when it is sent
	Refresh Purpose = "refresh" // the card again, as it stands when it is sent (Edits names the card)
	ToDesk  Purpose = "desk"    // anything else to operators
	ToPress Purpose = "press"   // the answer to a press
	Alarm   Purpose = "alarm"   // somebody may be in danger now: goes before everything else, and waits for no pace
)

// News reports whether it brings news to a citizen who did not just write: such letters may be slow, and come to people who were silent for
// long.
func (p Purpose) News() bool { return p == Notice || p == Echo }

// News reports whether it comes to the own chat of somebody who need not have written of late: news to a citizen, or what the desk has for one
// of its people.
func (l Letter) News() bool { return l.Purpose.News() || l.Staff() }

// Staff reports whether it is for one of the desk's people, in the own chat.
func (l Letter) Staff() bool { return l.Purpose == ToDesk && !l.Desk }

// Delivery is the fate of a letter.
type Delivery struct {
	State DeliveryState
	At    time.Time
	// Why is a word for operators when it failed ("diblokir warga").
	Why string
	// Seen is how far a letter came that was sent, as far as its network tells.
	Seen Seen
}

// Seen is how far a sent letter came.
type Seen string

// How far it came. Not every network tells, and not of everybody.
const (
	Unseen  Seen = ""
	Arrived Seen = "delivered" // it is on the person's phone
	Read    Seen = "read"      // the person has opened it
)

// Stranger is the Why of a letter that was not sent because the number it is for may belong to somebody else by now.
const Stranger = "nomornya mungkin sudah dipakai orang lain"

// DeliveryState is where a letter is.
type DeliveryState string

// The delivery states. NoLetter says that nothing was written yet.
const (
	NoLetter DeliveryState = ""
	Waiting  DeliveryState = "waiting"
	Sending  DeliveryState = "sending" // it cannot be taken back any more
	Sent     DeliveryState = "sent"
	Failed   DeliveryState = "failed"
	Taken    DeliveryState = "withdrawn"
	// Cold is tried once at most: the citizen was silent too long for the network's rules. Why says what is known of it.
	// When he or she writes, it waits again.
	Cold      DeliveryState = "cold"
	Overtaken DeliveryState = "replaced"
)
