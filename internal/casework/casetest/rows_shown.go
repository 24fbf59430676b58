package casetest

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// hushes holds a store to what it means that a report becomes confidential: what waits to show its words in the desk, and its news to
// those who follow it, is taken back; the reporter's own news and all letters about other reports go on. What was shown is found, so that
// it can be taken off, and what was taken back is not.
func hushes(f *fixture) {
	books, ok := f.Store.(ledger.PostReader)
	if !ok {
		f.Fatalf("%T finds no posts", f.Store)
	}
	r, other := f.filed("e1"), f.filed("e2")
	said := func(key string, id report.ID) ledger.Letter {
		return ledger.Letter{Key: key, To: desk, Desk: true, Report: id, Purpose: ledger.ToDesk, Message: bot.Message{Text: key}}
	}
	f.letters("e3", said("e3/add4", r.ID), said("e3/urge5", r.ID), said("e3/undo6", r.ID), said("e3/line8", r.ID), said("e4/add4", other.ID),
		ledger.Letter{Key: "n", To: citizen, Report: r.ID, Purpose: ledger.Notice, Message: bot.Message{Text: "n"}},
		ledger.Letter{Key: "n.1", To: bot.Address{Network: bot.Telegram, ID: "7"}, Report: r.ID, Purpose: ledger.Echo, Message: bot.Message{Text: "n"}})
	group, alone := said("e3/quote", r.ID), said("e3/quote/alone", r.ID) // what somebody asked to see, in the group and in the own chat
	group.Desk, alone.Desk, alone.To = false, false, bot.Address{Network: bot.Telegram, ID: "31"}
	f.letters("e6", group, alone)
	f.must(f.Post.Start(f.ctx, "e3/add4"))
	f.must(f.Post.Sent(f.ctx, "e3/add4", bot.MessageRef{Chat: desk, ID: "1"}))
	f.must(f.Post.Start(f.ctx, "e3/line8")) // on the wire while the report becomes confidential: it arrives, and is then taken out
	keys := func(id report.ID) (out []string) {
		posts, err := books.Shown(f.ctx, id)
		f.must(err)
		for _, p := range posts {
			if p.Report != id {
				f.Errorf("%s is about %d", p.Key, p.Report)
			}
			out = append(out, p.Key)
		}
		return out
	}
	media := r.CardKey + "/media"
	f.same("shown", keys(r.ID), []string{media, "e3/add4", "e3/urge5", "e3/line8", "e3/quote"})
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e5", At: now, Changes: []ledger.Change{ledger.Hushed{Report: r.ID}},
		Letters: []ledger.Letter{said("e5/add7", r.ID)}}))
	f.same("waiting", f.waiting(), []string{r.CardKey, other.CardKey, other.CardKey + "/media", "e3/undo6", "e4/add4", "n", "e3/quote/alone", "e5/add7"})
	f.same("shown then", keys(r.ID), []string{"e3/add4", "e3/line8", "e5/add7"})
	f.same("shown of another", keys(other.ID), []string{other.CardKey + "/media", "e4/add4"})
}

// listsHushed holds a store to what it means for messages that show something of several reports: they are found by each of them, after what
// is about it alone, and are taken back while they wait.
func listsHushed(f *fixture) {
	books, ok := f.Store.(ledger.PostReader)
	if !ok {
		f.Fatalf("%T finds no posts", f.Store)
	}
	a, b := f.filed("e1"), f.filed("e2")
	list := func(key string, of ...report.ID) ledger.Letter {
		return ledger.Letter{Key: key, To: desk, Mentions: of, Purpose: ledger.ToDesk, Message: bot.Message{Text: key}}
	}
	roll := list("e3/d0", a.ID, b.ID)
	roll.Intent = "roll"
	own := list("e3/own0", b.ID) // what an officer asked for in the own chat
	own.To = bot.Address{Network: bot.Telegram, ID: "31"}
	f.letters("e3", roll, list("e3/d1", b.ID), list("e3/d2"), own)
	leaders := bot.Address{Network: bot.WhatsApp, ID: "12036@g.us"}
	there := list("e5/d0", a.ID)
	there.To = leaders
	quoted := ledger.Letter{Key: "e6/quote1", To: leaders, Report: a.ID, Purpose: ledger.ToDesk, Message: bot.Message{Text: "lampu"}}
	f.letters("e5", there)
	f.letters("e6", quoted)
	f.must(f.Post.Start(f.ctx, "e3/d0"))
	f.must(f.Post.Sent(f.ctx, "e3/d0", bot.MessageRef{Chat: desk, ID: "1"}))
	keys := func(id report.ID) (out []string) {
		posts, err := books.Shown(f.ctx, id)
		f.must(err)
		for _, p := range posts {
			if p.Report == 0 {
				out = append(out, p.Key)
			}
		}
		return out
	}
	f.same("lists of the first", keys(a.ID), []string{"e3/d0", "e5/d0"})
	posts, err := books.Shown(f.ctx, a.ID)
	f.must(err)
	to := map[string]bot.Address{}
	for _, p := range posts {
		to[p.Key] = p.To
	}
	f.same("where they stand", to, map[string]bot.Address{a.CardKey + "/media": {}, "e3/d0": desk, "e5/d0": leaders, "e6/quote1": leaders})
	f.same("lists of the second", keys(b.ID), []string{"e3/d0", "e3/d1", "e3/own0"})
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e4", At: now, Changes: []ledger.Change{ledger.Hushed{Report: b.ID}}}))
	f.same("what was sent is still to be taken off", keys(b.ID), []string{"e3/d0"})
	f.same("waiting", slices.DeleteFunc(f.waiting(), func(k string) bool { return !strings.HasPrefix(k, "e3/") }), []string{"e3/d2"})
	at := bot.MessageRef{Chat: desk, ID: "1"}
	blank := ledger.Letter{Key: "e4/blank0", To: desk, Desk: true, Purpose: ledger.ToDesk, Edits: "e3/d0", Only: true, Message: bot.Message{Text: "🔒"}}
	f.letters("e4.1", blank)
	f.must(f.Post.Start(f.ctx, blank.Key))
	f.must(f.Post.Sent(f.ctx, blank.Key, at))
	_, _, err = f.Reader.ByRef(f.ctx, at)
	f.wants(err, ledger.ErrUnknown) // a reply to what was taken off finds none of the reports
	c := f.filed("e7")
	anew := list("e8/roll", c.ID)
	anew.Edits, anew.Only = "e3/d0", true
	f.letters("e8", anew)
	f.same("a list that was put in place of another", keys(c.ID), []string{"e3/d0", "e8/roll"})
}
