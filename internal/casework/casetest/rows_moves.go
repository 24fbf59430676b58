package casetest

import (
	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// moves lets a citizen move twice, with reports, a letter that was sent, one that waits, and one on its way.
func moves(f *fixture) {
	second, third := bot.Address{Network: bot.WhatsApp, ID: "5@lid"}, bot.Address{Network: bot.WhatsApp, ID: "6@lid"}
	r := f.filed("e1")
	r, b := f.acting(r, "e2", report.Take{})
	f.must(f.Store.Commit(f.ctx, b))
	f.must(f.Post.Start(f.ctx, noticeKey(b)))
	f.must(f.Post.Sent(f.ctx, noticeKey(b), bot.MessageRef{Chat: citizen, ID: "5"}))
	r, b = f.acting(r, "e3", report.Reply{Words: "besok"})
	f.must(f.Store.Commit(f.ctx, b))
	flying := noticeKey(b)
	f.must(f.Post.Start(f.ctx, flying))
	r, b = f.acting(r, "e4", report.Reply{Words: "lusa"})
	f.must(f.Store.Commit(f.ctx, b))
	waits := noticeKey(b)

	move := func(cause string, was, to bot.Address) {
		f.Helper()
		mine, err := f.Citizens.Mine(f.ctx, was, 9)
		f.must(err)
		batch := f.office.Move(mine, was, to, casework.Occasion{Cause: cause, At: now})
		f.must(f.Store.Commit(f.ctx, batch))
		f.wants(f.Store.Commit(f.ctx, batch), ledger.ErrDone)
		mine, err = f.Citizens.Mine(f.ctx, was, 9)
		f.must(err)
		f.same("reports left behind", len(mine), 0)
		mine, err = f.Citizens.Mine(f.ctx, to, 9)
		f.must(err)
		if len(mine) != 1 || mine[0].ID != r.ID || mine[0].Reporter != to {
			f.Fatalf("reports at the new address: %+v", mine)
		}
		facts, err := f.Reader.Facts(f.ctx, r.ID)
		f.must(err)
		f.same("folded facts", report.Fold(report.Origin(mine[0]), facts), mine[0])
	}
	find := func(chat bot.Address, id string) {
		f.Helper()
		got, _, err := f.Reader.ByRef(f.ctx, bot.MessageRef{Chat: chat, ID: id})
		f.must(err)
		f.same("report", got.ID, r.ID)
	}
	_, stale := f.acting(r, "e5", report.Note{Words: "x"})
	move("m1", citizen, second)
	f.wants(f.Store.Commit(f.ctx, stale), ledger.ErrStale)
	find(citizen, "5")
	find(second, "5")
	f.same("the letter that waits", f.addressOf(waits), second)
	f.same("the card", f.addressOf(r.CardKey), desk)
	f.must(f.Post.Sent(f.ctx, flying, bot.MessageRef{Chat: citizen, ID: "6"}))
	find(second, "6")

	move("m2", second, third)
	for _, at := range []bot.Address{citizen, third} {
		find(at, "5")
	}
	f.same("the letter that waits", f.addressOf(waits), third)
	for _, ref := range []bot.MessageRef{{Chat: third, ID: "7"}, {Chat: desk, ID: "5"}, {Chat: bot.Address{Network: bot.WhatsApp, ID: "7@lid"}, ID: "5"}} {
		_, _, err := f.Reader.ByRef(f.ctx, ref)
		f.wants(err, ledger.ErrUnknown)
	}
	move("m3", third, citizen) // back again
	find(citizen, "5")
	f.same("the letter that waits", f.addressOf(waits), citizen)

	f.must(f.Store.Commit(f.ctx, f.office.Move(nil, second, third, casework.Occasion{Cause: "m4", At: now}))) // nothing filed
}

func (f *fixture) addressOf(key string) bot.Address {
	f.Helper()
	letters, err := f.Post.Waiting(f.ctx)
	f.must(err)
	for _, l := range letters {
		if l.Key == key {
			return l.To
		}
	}
	f.Fatalf("letter %s does not wait", key)
	return bot.Address{}
}
