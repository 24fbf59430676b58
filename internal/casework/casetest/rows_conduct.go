package casetest

import (
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// restraint is the batch by which somebody sets or ends a measure against who filed r, as the one who saw conduct decides.
func (f *fixture) restraint(r report.Report, cause, by string, conduct ledger.Conduct, a report.Restrain) ledger.Batch {
	f.Helper()
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	actor := report.Actor{Role: report.Coordinator, ID: by, Name: by, Chat: desk}
	_, b, err := f.office.Act(r, actor, a, casework.Occasion{Cause: cause, At: now, Facts: facts, Conduct: conduct})
	f.must(err)
	return b
}

// measures are kept by chat, hold for their time, follow a person who moves, and are refused to who saw an older one.
func measures(f *fixture) {
	conduct := func(chat bot.Address) ledger.Conduct {
		f.Helper()
		c, err := f.Reader.Conduct(f.ctx, chat)
		f.must(err)
		return c
	}
	held := func(at time.Time) []string {
		f.Helper()
		all, err := f.Reader.Restrained(f.ctx, at)
		f.must(err)
		out := []string{}
		for _, c := range all {
			out = append(out, c.Chat.String()+" "+string(c.Measure))
		}
		return out
	}
	r := f.filed("e1")
	f.same("nobody", conduct(citizen), ledger.Conduct{})
	f.same("nobody is restrained", held(now), []string{})
	week := now.Add(7 * 24 * time.Hour)
	f.must(f.Store.Commit(f.ctx, f.restraint(r, "e2", "telegram:9", ledger.Conduct{}, report.Restrain{Measure: report.Muted, Until: week, Why: "berulang"})))
	c := conduct(citizen)
	f.same("who, why, until", []any{c.Chat, c.Measure, c.Why, c.By.ID, c.Until.Equal(week), c.Code, c.Rev}, []any{citizen, report.Muted, "berulang", "telegram:9", true, r.Code, 1})
	f.same("in force", held(now), []string{citizen.String() + " muted"})
	f.same("and then over", held(week), []string{})
	facts, err := f.Reader.Facts(f.ctx, r.ID)
	f.must(err)
	last := facts[len(facts)-1]
	f.same("the act is a fact", []any{last.What, last.By.ID, last.Words, last.Measure}, []any{report.WasRestrained, "telegram:9", "berulang", report.Muted})

	r, err = f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	late := f.restraint(r, "e3", "telegram:8", ledger.Conduct{}, report.Restrain{Measure: report.Warned, Until: week, Why: "x"})
	f.wants(f.Store.Commit(f.ctx, late), ledger.ErrStale)
	never := ledger.Restrained{Conduct: ledger.Conduct{Chat: bot.Address{Network: bot.WhatsApp, ID: "62899@s"}, Rev: 3, Until: week}, Was: 2}
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e4", At: now, Changes: []ledger.Change{never}}), ledger.ErrStale)

	there := bot.Address{Network: bot.WhatsApp, ID: "999@lid"}
	f.must(f.Store.Commit(f.ctx, f.office.Move([]report.Report{r}, citizen, there, casework.Occasion{Cause: "e5", At: now})))
	r, err = f.Reader.ByID(f.ctx, r.ID)
	f.must(err)
	f.same("it follows", held(now), []string{there.String() + " muted"})
	f.must(f.Store.Commit(f.ctx, f.restraint(r, "e6", "telegram:9", conduct(there), report.Restrain{Why: "sudah"})))
	f.same("ended", held(now), []string{})
}

// loads are what a citizen has filed, as the bounds ask.
func loads(f *fixture) {
	load := func(chat bot.Address, since time.Time) ledger.Load {
		f.Helper()
		l, err := f.Reader.Load(f.ctx, chat, since)
		f.must(err)
		return l
	}
	f.same("nothing", load(citizen, now.Add(-time.Hour)), ledger.Load{})
	f.same("nobody", load(bot.Address{}, now.Add(-time.Hour)), ledger.Load{})
	f.filed("e1")
	f.same("one", load(citizen, now.Add(-time.Hour)), ledger.Load{Open: 1, Recent: 1})
	f.same("none since then", load(citizen, now), ledger.Load{Open: 1})
	f.office.Profile.Bounds.PerHour = 1
	id, code, err := f.Store.NextID(f.ctx, "e2")
	f.must(err)
	r, b := f.office.Open(casework.Filing{ID: id, Code: code, Reporter: citizen, Cause: "e2", At: now, Load: load(citizen, now.Add(-time.Hour)),
		Draft: report.Draft{Text: "lampu, sampah", Category: "penerangan_jalan"}, Served: func(string) bool { return true }})
	f.must(f.Store.Commit(f.ctx, b))
	f.same("one in quarantine", load(citizen, now.Add(-time.Hour)), ledger.Load{Open: 1, Recent: 2, Quarantined: 1})
	list, err := f.Reader.Quarantined(f.ctx, 10)
	f.must(err)
	f.same("the list", list, []report.Report{r})
	open, err := f.Reader.OpenOf(f.ctx, "", 10)
	f.must(err)
	f.same("it is no open report of the coordinator's", len(open), 0)
	mine, err := f.Citizens.Mine(f.ctx, citizen, 10)
	f.must(err)
	f.same("its reporter finds it", len(mine), 2)
	r, b, err = f.office.Act(r, report.Actor{Role: report.Coordinator, ID: "telegram:9"}, report.Admit{}, casework.Occasion{Cause: "e3", At: now.Add(time.Hour), Served: func(string) bool { return true }})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	f.same("let in", []any{r.Status, r.Agency, r.Filed}, []any{report.Assigned, "DISHUB", now})
	f.same("none in quarantine", load(citizen, now.Add(-time.Hour)), ledger.Load{Open: 2, Recent: 2})
	part := report.Split{Part: report.Draft{Text: "sampah", Category: "sampah"}}
	part.ID, part.Code, err = f.Store.NextID(f.ctx, "e4")
	f.must(err)
	_, b, err = f.office.Act(r, report.Actor{Role: report.Coordinator, ID: "telegram:9"}, part, casework.Occasion{Cause: "e4", At: now.Add(2 * time.Hour)})
	f.must(err)
	f.must(f.Store.Commit(f.ctx, b))
	f.same("what an officer made of a part is no filing of the citizen's", load(citizen, now.Add(-time.Hour)), ledger.Load{Open: 2, Recent: 2})
}

// twoMeasures lets two coordinators set something against one person at once: the second one decides anew.
func twoMeasures(f *fixture) {
	r := f.filed("e1")
	week := now.Add(7 * 24 * time.Hour)
	decide := func(cause, by string, m report.Measure) ledger.Batch {
		return f.restraint(r, cause, by, ledger.Conduct{}, report.Restrain{Measure: m, Until: week, Why: "berulang"})
	}
	won, lost := race(f, decide("e2", "telegram:1", report.Muted), decide("e3", "telegram:2", report.Blocked))
	if won != 1 || !errors.Is(lost, ledger.ErrStale) {
		f.Fatalf("%d of 2 measures against one person were written; the other got %v", won, lost)
	}
}
