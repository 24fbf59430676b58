// Package outbox sends letters: the oldest of a chat first, never two at once in one chat, at the pace each network
// allows, until each one is sent or known to be undeliverable. Letters are in PostgreSQL before they come here, and what
// became of them goes back there; a letter whose outcome was not yet written when the program died is sent again.
package outbox

import (
	"context"
	"log/slog"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// DeskQueue is the queue of the letters to the operators' group, whatever network that is on. All others wait in a queue
// with the name of their network.
const DeskQueue = "desk"

// Item is a letter as it lies in the queue. IDs grow in the order in which letters were written.
type Item struct {
	ID     int64
	Letter ledger.Letter
	// Attempts is how often the letter was given to its network.
	Attempts int
	// Wait is how long it waits from now on, for its network may yet tell of it, or took it and did not deliver it. Unsure says that
	// nobody knows whether it was sent: what is behind it in its chat waits as well.
	Wait   time.Duration
	Unsure bool

	hold   time.Time // not before: Letter.Hold on this program's clock
	until  time.Time // not after: Letter.Until on this program's clock; zero: whenever
	again  time.Time // not before, whatever hold says
	lacks  int       // how often what it shows was not there yet,
	lacked time.Time // and when that was so first
	failed time.Time // when its last try failed
	alone  bool      // never told together with others
	cold   bool      // on its way to somebody who has been silent for long
	adrift bool      // an earlier sender may have given it to the network
	bounds int       // how often it was refused in a way that is not tried for ever
	waits  string    // why it waits, once it is cold
	told   bool      // an alarm of a flood that was told of together with others; its own message follows at the desk's pace
}

// QueueOf names the queue a letter waits in.
func QueueOf(l ledger.Letter) string {
	if l.Desk {
		return DeskQueue
	}
	return string(l.To.Network)
}

// Fate is what became of a letter.
type Fate struct {
	ID       int64
	Key      string
	State    ledger.DeliveryState
	Why      string // a word for operators, never text of people
	Ref      bot.MessageRef
	Attempts int
	// Notice is the report whose card shows the fate, 0 when none does.
	Notice report.ID
	// Unreached is the chat that takes no letters any more; zero: it may take the next one.
	Unreached bot.Address
	// List is the message that told of several cards at once, of the first of them alone; zero: it told of itself.
	List List

	edits string // the card that a refresh shows
	lane  string // of a letter that was sent
}

// List is a message that tells of several cards, and what a reply to it means (ledger.Letter).
type List struct {
	Ref    bot.MessageRef
	Intent string
}

// Queue is where letters wait. What it is asked in Run carries the hold under which this instance sends (ledger.HoldOf): nothing
// is changed for one that another has taken the place of, but for the truth that a letter was sent.
type Queue interface {
	// WaitingIDs lists the letters that wait for the networks, oldest first, at most limit, and before them alarms beyond it.
	WaitingIDs(ctx context.Context, networks []string, limit int) ([]int64, error)
	// ByIDs reads those of the letters that still wait, oldest first.
	ByIDs(ctx context.Context, ids []int64) ([]Item, error)
	// Mark writes what became of letters. It may be repeated.
	Mark(ctx context.Context, fates []Fate) error
	// Claim takes a letter that can be withdrawn for sending; ok is false when it was withdrawn in between.
	Claim(ctx context.Context, id int64) (ok bool, err error)
	// Unclaim puts back what an earlier sender had claimed when it died.
	Unclaim(ctx context.Context, networks []string) error
}

// Directory finds where things stand.
type Directory interface {
	// Ref is where a letter was sent, or where the newest letter stands that took its place because it could not be
	// edited. gone says that the letter does not wait any more.
	Ref(ctx context.Context, key string) (ref bot.MessageRef, gone bool, err error)
	// File is the kept copy of a network's file; ok is false while it was not yet fetched.
	File(ctx context.Context, m bot.MediaRef) (f ledger.File, ok bool, err error)
	Room(ctx context.Context, desk bot.Address, room string) (bot.Address, bool, error)
	SetRoom(ctx context.Context, desk bot.Address, room string, a bot.Address) error
	Moved(ctx context.Context, was, now bot.Address) error
}

// Composer writes the cards, as they stand in the moment they are sent.
type Composer interface {
	// Compose writes a Card or Refresh letter. casework.ErrUnknown: there is nothing to show any more.
	Compose(ctx context.Context, l ledger.Letter) (bot.Message, error)
	// Digest writes one message for several new cards of one room, when the desk's pace does not allow one each. intent says what a reply
	// to it means: the message is nobody's card.
	Digest(ctx context.Context, cards []ledger.Letter) (m bot.Message, intent string, err error)
}

// Teller is a Directory that keeps where one message tells of several letters, so that it can be taken off. Without it nobody knows.
type Teller interface {
	Told(ctx context.Context, at bot.MessageRef, letters []ledger.Letter) error
}

// Gatherer is a Composer that tells of several alarms in one message: more of them come at once than the desk's group takes.
// The message of each follows. Without it each goes by itself, whatever the group takes.
type Gatherer interface {
	Gather(alarms []ledger.Letter) bot.Message
}

// Pace is how fast a network may be written to. A zero rate sets no limit.
type Pace struct {
	PerSecond float64 // all chats together
	Burst     int
	// ChatPerSecond and ChatBurst hold for one chat, GroupPerMinute and GroupBurst for one group.
	ChatPerSecond  float64
	ChatBurst      int
	GroupPerMinute float64
	GroupBurst     int
	// PerDay bounds all messages of a UTC day as far as this process sent them; 0 sets no bound.
	PerDay int
	// NoticeEvery is the pause between two notices, over all chats: nobody waits for them, and conversation passes them.
	NoticeEvery time.Duration
}

// TelegramPace is what Telegram's limits leave (30 a second in all, 1 a second in a chat after a short burst, 20 a
// minute in a group), less one part in a hundred for messages that catch up with each other on the way. A group that was
// quiet takes a burst, so that the desk does not lag behind a few presses.
func TelegramPace() Pace {
	return Pace{PerSecond: 29.7, Burst: 3, ChatPerSecond: 0.99, ChatBurst: 2, GroupPerMinute: 19.8, GroupBurst: 12}
}

// Rooms is the operators' group, as far as sending needs it.
type Rooms interface {
	// Address is the group; zero while none is set: its letters wait.
	Address() bot.Address
	// RoomName is the title of an agency's topic.
	RoomName(room string) string
	// MovedTo says that the group has a new address.
	MovedTo(bot.Address)
}

// Options builds a Sender.
type Options struct {
	Channel bot.Channel
	// Networks are the queues it serves: its network, and DeskQueue where the desk is on that network.
	Networks  []string
	Queue     Queue
	Directory Directory
	// Later keeps what becomes of letters after they were sent; nil where the network does not tell.
	Later Later
	// Colds keeps letters to people who have been silent for long, or have shut the bot out; nil: such letters are lost.
	Colds Colds
	// Departures know what was on the wire of an earlier sender; nil where the network knows a letter that it is given twice.
	Departures Departures
	Composer   Composer
	Desk       Rooms
	Pace       Pace
	// Shared says that other instances answer the same chats: what is offered here may not be the oldest of its chat.
	Shared bool
	// Tempo is how many times more seldom the database is asked for letters that nobody told of. 0 and 1: once a second.
	Tempo int
	// Workers is how many letters are on the wire at once, at most one a chat. 0: 32.
	Workers int
	// Now measures how time goes on. TimeOfDay is the clock by which it was written until when letters are held and of use; nil: Now.
	Now, TimeOfDay func() time.Time
	// Machine is the clock of Pulse, for which nobody turns time forward as Now may be; nil: Now.
	Machine func() time.Time
	// Jitter gives a number in [0, 1) for back-off.
	Jitter func() float64
	// Observe is told each attempt: result is "sent", "again" (it may have come before), "edited", "retry", "failed", "cold",
	// "gone", "moved", "replaced", "answered" (a press).
	Observe func(result string, took time.Duration)
	// Log is told of letters that cannot be sent, by their number, never with their words. nil: nobody is.
	Log *slog.Logger
	// Backoff is the first pause after a failure; it doubles up to MaxBackoff. 0: 200 ms and 30 s.
	Backoff, MaxBackoff time.Duration
}
