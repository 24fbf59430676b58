package rights

import (
	"context"
	"slices"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// together leaves out of a plea of which nothing is done yet the chats that have parted since: nothing of theirs is this person's to ask for.
func (c *Clerk) together(ctx context.Context, p ledger.Plea) (ledger.Plea, error) {
	if p.Stage != ledger.PleaAsked || len(p.Tied) == 0 {
		return p, nil
	}
	all, err := c.Store.Ties(ctx, p.Chat)
	if err != nil {
		return p, err
	}
	parted := func(chat bot.Address) bool { return !slices.Contains(all, chat.Chat()) }
	p.Tied = slices.DeleteFunc(slices.Clone(p.Tied), parted)
	return p, nil
}

// possessions are what is kept about a person in all chats that a plea covers, as if he or she had written from one.
func (c *Clerk) possessions(ctx context.Context, p ledger.Plea, letters int) (ledger.Possessions, error) {
	all, err := c.Store.Possessions(ctx, p.Chat, letters)
	for _, chat := range p.Tied {
		if err != nil {
			return all, err
		}
		var more ledger.Possessions
		more, err = c.Store.Possessions(ctx, chat, letters)
		all = joined(all, more)
	}
	return all, err
}

// joined are the possessions of two chats of one person, each report once: what one chat follows and the other has filed is the own.
func joined(a, b ledger.Possessions) ledger.Possessions {
	for _, chat := range b.Chats {
		if !slices.Contains(a.Chats, chat) {
			a.Chats = append(a.Chats, chat)
		}
	}
	a.Reports = union(a.Reports, b.Reports)
	slices.SortStableFunc(a.Reports, func(x, y ledger.Case) int { return x.Report.Filed.Compare(y.Report.Filed) })
	a.Followed = union(a.Followed, b.Followed)
	own := func(k ledger.Case) bool { return slices.ContainsFunc(a.Reports, sameReport(k.Report.ID)) }
	a.Followed = slices.DeleteFunc(a.Followed, own)
	for _, call := range b.Calls {
		if !slices.ContainsFunc(a.Calls, func(o ledger.Call) bool { return o.ID == call.ID }) {
			a.Calls = append(a.Calls, call)
		}
	}
	slices.SortStableFunc(a.Calls, func(x, y ledger.Call) int { return x.Opened.Compare(y.Opened) })
	a.Letters = append(a.Letters, b.Letters...)
	slices.SortStableFunc(a.Letters, func(x, y ledger.PostedLetter) int { return y.At.Compare(x.At) })
	if a.Operator == nil {
		a.Operator = b.Operator
	}
	return a
}

func union(a, b []ledger.Case) []ledger.Case {
	out := slices.Clone(a)
	for _, k := range b {
		if !slices.ContainsFunc(out, sameReport(k.Report.ID)) {
			out = append(out, k)
		}
	}
	return out
}

func sameReport(id report.ID) func(ledger.Case) bool {
	return func(k ledger.Case) bool { return k.Report.ID == id }
}
