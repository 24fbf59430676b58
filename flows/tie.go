package flows

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// TieWhat is what a Tie wants.
type TieWhat string

// What a Tie can want.
const (
	TieOffer TieWhat = "offer" // a code to show
	TieLook  TieWhat = "look"  // what would be joined by a code
	TieWant  TieWhat = "want"  // who typed it wants that
	TieGive  TieWhat = "give"  // who showed it agrees
	TieDrop  TieWhat = "drop"  // who showed it does not
	TieEnd   TieWhat = "end"   // this chat is to be by itself again
	TieJoin  TieWhat = "join"  // the chat that has the same number is one's own
)

// Tie is an effect: the citizen wants this chat to be one person's with another, or not any more. The engine answers TieTold.
type Tie struct {
	What TieWhat
	Code string // of TieLook, TieWant, TieGive and TieDrop
	// Plain wants a code to show, also where a chat of the same number is known.
	Plain bool
	// Anew is of TieOffer: the citizen told of another number, and may have lost the chat of the old one.
	Anew bool
}

// TieTold answers Tie: how it stands now.
type TieTold struct {
	What TieWhat
	// OK says that it was done, or is possible; else Why is a word for the flow.
	OK    bool
	Why   TieWhy
	Anew  bool // of the Tie
	Code  string
	Until time.Time
	// Other is the network of the chat at the other end, Mine are the reports of this chat and of those tied to it, newest first.
	Other bot.Network
	Mine  []report.Code
	// Kindred is a chat of the same number on another network: of TieOffer in place of a code, and of TieJoin.
	Kindred *Kindred
}

// Kindred is a chat on another network that has the same number: how many reports it has, and when the last was filed. It tells no
// more, for a number may have a new owner.
type Kindred struct {
	Network bot.Network
	Reports int
	Last    time.Time
}

// TieWhy is why something about a tie cannot be.
type TieWhy string

// The reasons.
const (
	TieOver   TieWhy = "over"   // there is no such code, any more
	TieOwn    TieWhy = "own"    // it is this chat's own code
	TieSame   TieWhy = "same"   // the chats are tied already
	TieFull   TieWhy = "full"   // too many would be tied
	TieNone   TieWhy = "none"   // this chat is tied to nothing
	TieBarred TieWhy = "barred" // the coordinator has set something against one of them, or the number is known for nothing any more
)

// TieWord is what a chat is told of another.
type TieWord string

// The words.
const (
	TieAsked TieWord = "asked" // the code that is shown here was typed there, and is wanted
	TieMade  TieWord = "made"
	TieNot   TieWord = "not"   // the chat there did not agree
	TieOff   TieWord = "off"   // it was ended there
	TieKnown TieWord = "known" // a chat there has the same number, and reports
	TieErase TieWord = "erase" // there it was asked that the data of all tied chats be erased
)

// TieNews tells what happened in another chat of the same person, or of who wants to be it.
type TieNews struct {
	Word  TieWord
	Code  string // of TieAsked
	Other bot.Network
	Mine  []report.Code
	At    time.Time
	// Chat is where it is said.
	Chat bot.Address
}

func (Tie) isEffect()    {}
func (TieTold) isInput() {}
func (TieNews) isInput() {}
