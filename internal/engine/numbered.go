package engine

import (
	"context"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// numbersMost bounds how many chats of one number are looked at: a number has one on each network.
const numbersMost = 4

// numbersOf are the numbers of who writes, as the network vouches for them, in the form in which people dial them.
func (e *Engine) numbersOf(ctx context.Context, ev bot.Event) (known []string, err error) {
	number, err := e.numberOf(ctx, ev)
	if err != nil {
		return nil, err
	}
	for one := range strings.SplitSeq(number, "/") {
		if dialled, ok := report.Dialled(one); ok {
			known = append(known, dialled)
		}
	}
	return known, nil
}

// numbered finds a chat of the number of who writes, on another network, that has reports and is not tied with this one; ok is false
// where there is none. It is no proof: a number can have a new owner, so who writes is asked, and the other chat is told.
func (e *Engine) numbered(ctx context.Context, t *handling) (k flows.Kindred, chat bot.Address, ok bool, err error) {
	if e.Numbered == nil || e.Phone == nil || e.Cases.Ties == nil || t.event == nil || t.event.Group {
		return k, chat, false, nil
	}
	numbers, err := e.numbersOf(ctx, *t.event)
	for _, n := range numbers {
		var at []bot.Address
		if at, err = e.Numbered(ctx, n); err != nil {
			break
		}
		for _, c := range at[:min(len(at), numbersMost)] {
			if c.Network == t.chat.Network {
				continue
			}
			if k, ok, err = e.kindred(ctx, t, c); ok || err != nil {
				return k, c, ok, err
			}
		}
	}
	return k, chat, false, err
}

// kindred tells what a chat of the same number has, as far as who may be somebody else can be told: no number and no word of a report.
func (e *Engine) kindred(ctx context.Context, t *handling, c bot.Address) (k flows.Kindred, ok bool, err error) {
	why, err := e.hindered(ctx, t, ledger.Offer{Chat: c, Until: t.at.Add(offerFor)})
	if err != nil || why != "" {
		return k, false, err
	}
	theirs, err := e.Cases.Ties.Ties(ctx, c)
	if err != nil {
		return k, false, err
	}
	mine, err := e.mine(ctx, &handling{chat: c, kin: theirs}, tieMine)
	if err != nil || len(mine) == 0 {
		return k, false, err
	}
	last := slices.MaxFunc(mine, func(a, b report.Report) int { return a.Filed.Compare(b.Filed) })
	return flows.Kindred{Network: c.Network, Reports: len(mine), Last: last.Filed}, true, nil
}

// remind tells who begins to write from a number that has reports on another network how they can be seen here. Who has filed in this
// chat needs no reminder.
func (e *Engine) remind(ctx context.Context, t *handling) error {
	_, other, ok, err := e.numbered(ctx, t)
	if err != nil || !ok {
		return err
	}
	if own, err := e.Cases.Citizens.Mine(ctx, t.chat, 1); err != nil || len(own) > 0 {
		return err
	}
	t.reminded = other
	return nil
}

// sameNumber ties this chat to the other one of its number. Nobody typed a code: both chats are the number's, and who writes says that the
// other is his or her own.
func (e *Engine) sameNumber(ctx context.Context, t *handling, out *flows.TieTold) error {
	t.tied = true
	k, other, ok, err := e.numbered(ctx, t)
	if err != nil {
		return err
	}
	if !ok {
		out.Why = flows.TieBarred // what was known of the number is not any more, or something is set against one of them
		kin, err := e.Cases.Ties.Ties(ctx, t.chat)
		if len(kin) > 1 {
			out.Why = flows.TieSame // this very wish was carried out before
		}
		return err
	}
	now, code := e.Now(), e.TieCode()
	t.batch.Changes = append(t.batch.Changes,
		ledger.Offered{Offer: ledger.Offer{Chat: other.Chat(), Code: code, Until: now.Add(time.Minute)}},
		ledger.Wanted{Code: code, Taker: t.chat.Chat(), At: now},
		ledger.Tied{Chat: other.Chat(), Taker: t.chat.Chat(), At: now})
	t.tell(other, flows.TieMade)
	out.OK, out.Other, out.Kindred = true, k.Network, &k
	return nil
}
