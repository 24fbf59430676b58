package ledger

import (
	"context"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// A person may write from several chats, on one network or on several. Two chats are tied by a code that one shows and the other is
// told, and by a yes in both. What was filed stays where it was filed: the tie alone says that it is one person's.

// TiesMost is how many chats one person may tie together.
const TiesMost = 5

// Offer is a code by which a chat can be tied to the one that shows it.
type Offer struct {
	Chat  bot.Address
	Code  string
	Until time.Time
	// Taker is the chat in which it was typed and wanted, zero while there is none.
	Taker bot.Address
}

// Offered writes the code of a chat, in place of one that it showed before.
type Offered struct{ Offer Offer }

// Wanted says that whoever typed a code in the Taker's chat wants it. Commit fails with ErrStale where the code is taken, over, or gone.
type Wanted struct {
	Code  string
	Taker bot.Address
	At    time.Time
}

// Tied ties a chat to the one that wanted its code, and all that are tied to either; the code is over. Commit fails with ErrStale where
// that chat does not want it, the code is over, or more than TiesMost would be tied.
type Tied struct {
	Chat, Taker bot.Address
	At          time.Time
}

// Withdrawn takes the code of a chat back; there need be none.
type Withdrawn struct{ Chat bot.Address }

// Untied takes a chat out of those it is tied to. Where one alone would be left, that one is tied to nothing either.
type Untied struct{ Chat bot.Address }

// Homed says that a person wrote in a chat: news for any chat that is tied to it goes here from now on, and what could not be told there,
// for the person was silent, waits here. Unserved are networks over which nothing is sent any more: what waits there comes along.
type Homed struct {
	Chat     bot.Address
	At       time.Time
	Unserved []bot.Network
}

func (Offered) isChange()   {}
func (Wanted) isChange()    {}
func (Tied) isChange()      {}
func (Withdrawn) isChange() {}
func (Untied) isChange()    {}
func (Homed) isChange()     {}

// TieReader knows which chats are one person's. ErrUnknown where there is no such code.
type TieReader interface {
	// Ties are all chats that are tied to a chat and the chat itself, that first in which the person wrote last; none where it is tied to
	// nothing.
	Ties(ctx context.Context, chat bot.Address) ([]bot.Address, error)
	// OfferOf is the code that a chat shows, OfferBy whose code it is. Neither asks whether it is over.
	OfferOf(ctx context.Context, chat bot.Address) (Offer, error)
	OfferBy(ctx context.Context, code string) (Offer, error)
}

// Tell brings a word about a tie to a chat, in its own conversation. Other is the chat that it is about.
type Tell struct {
	Chat  bot.Address `json:"chat"`
	Word  string      `json:"word"` // of the conversation's
	Other bot.Address `json:"other"`
	// Cause is that of its turn: it is told once.
	Cause string `json:"cause"`
}

// Kind is of Job.
func (Tell) Kind() string { return "tell" }

func (Tell) isJob() {}

// Home tells where news for a chat go, by the homes of chats that are tied to others; of several letters about a report that would reach
// one chat, the reporter's stays. The letters given stay as they were.
func Home(letters []Letter, homes map[bot.Address]bot.Address) []Letter {
	if len(homes) == 0 {
		return letters
	}
	type news struct {
		to    bot.Address
		about report.ID
	}
	told := map[news]bool{}
	var out []Letter
	for _, l := range letters {
		if to, tied := homes[l.To.Chat()]; tied && l.Purpose == Notice && l.Report != 0 {
			told[news{to, l.Report}] = true
		}
	}
	for _, l := range letters {
		to, tied := homes[l.To.Chat()]
		if !tied || l.Desk || !l.Purpose.News() {
			out = append(out, l)
			continue
		}
		if about := (news{to, l.Report}); l.Purpose == Echo && l.Report != 0 {
			if told[about] {
				continue
			}
			told[about] = true
		}
		l.To = to
		out = append(out, l)
	}
	return out
}

// NewsFor are the chats that letters bring news to.
func NewsFor(letters []Letter) (chats []bot.Address) {
	for _, l := range letters {
		if l.Purpose.News() && !l.Desk && !l.To.Zero() {
			chats = append(chats, l.To.Chat())
		}
	}
	return chats
}
