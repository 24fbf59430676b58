package casetest

import (
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

func (f *fixture) calling(cause string) (ledger.Call, ledger.Batch) {
	return f.office.OpenCall(casework.Calling{Kind: ledger.DangerCall, Chat: citizen, Person: bot.Person{ID: "62811", Name: "Asep"},
		Lang: "id", First: ledger.Line{What: ledger.LineAlarm, Words: "kebakaran",
			Photo: []bot.MediaRef{{Network: bot.WhatsApp, ID: "p9", MIME: "image/jpeg", Size: 7}}},
		Phone: "0811"}, casework.Occasion{Cause: cause, At: now})
}

// calls lets a talk begin, go on, end and be found, by its id, by its chat, and by what was sent of it.
func calls(f *fixture) {
	c, b := f.calling("e1")
	_, err := f.Reader.Call(f.ctx, c.ID)
	f.wants(err, ledger.ErrUnknown)
	_, err = f.Reader.CallWith(f.ctx, citizen)
	f.wants(err, ledger.ErrUnknown)
	f.must(f.Store.Commit(f.ctx, b))
	f.wants(f.Store.Commit(f.ctx, b), ledger.ErrDone)
	got, err := f.Reader.Call(f.ctx, c.ID)
	f.must(err)
	f.same("call", got, c)
	got, err = f.Reader.CallWith(f.ctx, citizen)
	f.must(err)
	f.same("the open call of the chat", got, c)

	f.send(c.CardKey, "77")
	r, intent, err := f.Reader.ByRef(f.ctx, bot.MessageRef{Chat: desk, ID: "77"})
	f.must(err)
	f.same("the card's report", r.ID, report.ID(0))
	id, ok := casework.CallOf(intent)
	f.same("the card's call", id, c.ID)
	f.same("named", ok, true)

	budi := report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB", Chat: desk}
	said, b := f.office.Heard(c, ledger.Line{What: ledger.LineSaid, Words: "di kp baru"}, casework.Occasion{Cause: "e2", At: now})
	f.must(f.Store.Commit(f.ctx, b))
	_, stale, err := f.office.Answer(c, budi, ledger.Line{Words: "di mana?"}, casework.Occasion{Cause: "e3", At: now})
	f.must(err)
	f.wants(f.Store.Commit(f.ctx, stale), ledger.ErrStale)
	answered, b, err := f.office.Answer(said, budi, ledger.Line{Words: "di mana?"}, casework.Occasion{Cause: "e3", At: now})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	got, err = f.Reader.Call(f.ctx, c.ID)
	f.must(err)
	f.same("after a word of either side", got, answered)

	twice, again := f.calling("e1")
	again.Cause = "e4"
	f.same("the same cause opens the same call", twice.ID, c.ID)
	again.Letters = nil
	f.wants(f.Store.Commit(f.ctx, again), ledger.ErrStale)

	moved := bot.Address{Network: bot.WhatsApp, ID: "5@lid"}
	f.must(f.Store.Commit(f.ctx, f.office.Move(nil, citizen, moved, casework.Occasion{Cause: "m1", At: now})))
	_, err = f.Reader.CallWith(f.ctx, citizen)
	f.wants(err, ledger.ErrUnknown)
	got, err = f.Reader.CallWith(f.ctx, moved)
	f.must(err)
	f.same("it follows the citizen", got.Chat, moved)

	ended, b, err := f.office.EndCall(got, budi, casework.Occasion{Cause: "e5", At: now})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	_, err = f.Reader.CallWith(f.ctx, moved)
	f.wants(err, ledger.ErrUnknown)
	got, err = f.Reader.Call(f.ctx, c.ID)
	f.must(err)
	f.same("after its end", got, ended)

	late, b := f.office.OpenCall(casework.Calling{Kind: ledger.HumanCall, Chat: moved, Person: bot.Person{ID: "62811", Name: "Asep"}, Lang: "id",
		First: ledger.Line{What: ledger.LineWish}}, casework.Occasion{Cause: "e6", At: now.Add(time.Hour)})
	f.must(f.Store.Commit(f.ctx, b))
	for limit, want := range map[int][]ledger.Call{9: {late, ended}, 1: {late}} {
		all, err := f.Reader.CallsWith(f.ctx, moved, limit)
		f.must(err)
		f.same("the talks of a chat, newest first, no more than were asked for", all, want)
	}
	all, err := f.Reader.CallsWith(f.ctx, citizen, 9)
	f.must(err)
	f.same("those of the chat that it had before", len(all), 0)
}

// twoLines lets both sides write at once: one is decided anew, and nothing is lost.
func twoLines(f *fixture) {
	c, b := f.calling("e1")
	f.must(f.Store.Commit(f.ctx, b))
	_, one := f.office.Heard(c, ledger.Line{What: ledger.LineSaid, Words: "satu"}, casework.Occasion{Cause: "e2", At: now})
	_, two := f.office.Heard(c, ledger.Line{What: ledger.LineSaid, Words: "dua"}, casework.Occasion{Cause: "e3", At: now})
	won, lost := race(f, one, two)
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 lines at once were written; the other got %v", won, lost)
	}
}
