package casetest

import (
	"errors"
	"fmt"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// remind is a kind of timer that only the suite knows.
const remind ledger.TimerKind = "remind"

// reminding is an office that tells the desk of a report.
func (f *fixture) reminding() *casework.Office {
	o := *f.office
	o.Clocks = map[ledger.TimerKind]casework.Clock{remind: func(_ *casework.Office, m casework.Moment) (ledger.Batch, bool) {
		l := refreshing(m.Timer.Cause()+"/d", "", desk)
		l.Message = bot.Message{Text: string(m.Report.Code)}
		return ledger.Batch{Letters: []ledger.Letter{l}}, true
	}}
	return &o
}

func wake(chat bot.Address, at time.Time) ledger.Timer {
	return ledger.Timer{Kind: ledger.WakeTimer, Subject: ledger.OfChat(chat), At: at, Rev: "d1"}
}

func (f *fixture) changes(cause string, c ...ledger.Change) {
	f.Helper()
	f.must(f.Store.Commit(f.ctx, ledger.Batch{Cause: cause, At: now, Changes: c}))
}

// due are the timers that are due, as "kind subject rev, seconds after now".
func (f *fixture) due(at time.Time, limit int) []string {
	f.Helper()
	timers, err := f.Timers.Due(f.ctx, at, limit)
	f.must(err)
	out := []string{}
	for _, t := range timers {
		if t.Kind == ledger.ClockTimer { // that every report has by itself
			continue
		}
		out = append(out, fmt.Sprintf("%s %s %s %v", t.Kind, t.Subject, t.Rev, t.At.Sub(now).Seconds()))
	}
	return out
}

func (f *fixture) only(at time.Time) ledger.Timer {
	f.Helper()
	timers, err := f.Timers.Due(f.ctx, at, 9)
	f.must(err)
	f.same("timers that are due", len(timers), 1)
	return timers[0]
}

func dueOrder(f *fixture) {
	soon, sooner := now.Add(2*time.Second), now.Add(time.Second)
	r := f.filed("e1")
	f.changes("e2", ledger.Timed{Timer: ledger.Timer{Kind: remind, Subject: ledger.OfReport(r.ID), At: soon}},
		ledger.Timed{Timer: ledger.Timer{Kind: remind, Subject: ledger.OfRoom("DISHUB"), At: sooner}}, ledger.Timed{Timer: wake(citizen, now)})
	f.same("just before", f.due(now.Add(-time.Nanosecond), 9), []string{})
	f.same("the first", f.due(now, 9), []string{"wake whatsapp:62811@s d1 0"})
	all := []string{"wake whatsapp:62811@s d1 0", "remind room:DISHUB  1", "remind report:1  2"}
	all[2] = fmt.Sprintf("remind %s  2", ledger.OfReport(r.ID))
	f.same("years later", f.due(now.AddDate(3, 0, 0), 9), all)
	f.same("at most two", f.due(now.AddDate(3, 0, 0), 2), all[:2])
	kind, err := f.Timers.DueOf(f.ctx, remind, now.AddDate(3, 0, 0), 9)
	f.must(err)
	f.same("of one kind", len(kind), 2)
	f.same("the first of it", kind[0].Subject, ledger.OfRoom("DISHUB"))
	f.same("the clock put back", f.due(now.Add(-time.Hour), 9), []string{})
}

func timedAnew(f *fixture) {
	f.changes("e1", ledger.Timed{Timer: wake(citizen, now)}, ledger.Timed{Timer: wake(citizen, now.Add(time.Second))})
	f.same("the last one counts", f.due(now.Add(time.Hour), 9), []string{"wake whatsapp:62811@s d1 1"})
	old := f.only(now.Add(time.Hour))
	anew := wake(citizen, now.Add(-time.Second))
	anew.Rev = "d2"
	f.changes("e2", ledger.Timed{Timer: anew})
	f.same("set anew", f.due(now.Add(time.Hour), 9), []string{"wake whatsapp:62811@s d2 -1"})
	f.must(f.Timers.TimerOver(f.ctx, old))
	f.must(f.Timers.TimerLater(f.ctx, old, now.Add(time.Minute)))
	f.same("what was before does not touch it", f.due(now, 9), []string{"wake whatsapp:62811@s d2 -1"})
	f.changes("e3", ledger.Untimed{Kind: remind, Subject: ledger.OfChat(citizen)}, ledger.Untimed{Kind: ledger.WakeTimer, Subject: ledger.OfChat(desk)})
	f.same("others were dropped", f.due(now, 9), []string{"wake whatsapp:62811@s d2 -1"})
	f.changes("e4", ledger.Untimed{Kind: ledger.WakeTimer, Subject: ledger.OfChat(citizen)})
	f.same("dropped", f.due(now.Add(time.Hour), 9), []string{})
	f.changes("e5", ledger.Timed{Timer: wake(citizen, now)})
	f.must(f.Timers.TimerOver(f.ctx, f.only(now)))
	f.same("over", f.due(now.Add(time.Hour), 9), []string{})
	stale := ledger.Changed{Report: report.Report{ID: 1 << 40, Rev: 2}, Was: 1}
	f.wants(f.Store.Commit(f.ctx, ledger.Batch{Cause: "e6", At: now, Changes: []ledger.Change{ledger.Timed{Timer: wake(citizen, now)}, stale}}), ledger.ErrUnknown)
	f.same("falls with its batch", f.due(now.Add(time.Hour), 9), []string{})
}

func timerLater(f *fixture) {
	other := bot.Address{Network: bot.Telegram, ID: "5"}
	f.changes("e1", ledger.Timed{Timer: wake(citizen, now)}, ledger.Timed{Timer: wake(other, now.Add(time.Second))})
	at := now.Add(time.Minute)
	failed, err := f.Timers.Due(f.ctx, at, 1)
	f.must(err)
	f.must(f.Timers.TimerLater(f.ctx, failed[0], at.Add(10*time.Second)))
	f.same("it waits", f.due(at, 9), []string{"wake telegram:5 d1 1"})
	f.same("then it comes after those that waited longer", f.due(at.Add(10*time.Second), 9), []string{"wake telegram:5 d1 1", "wake whatsapp:62811@s d1 0"})
	again, err := f.Timers.Due(f.ctx, at.Add(10*time.Second), 9)
	f.must(err)
	f.same("tries", again[1].Tries, 1)
	f.same("it is the same one", again[1].ID, failed[0].ID)
	f.must(f.Timers.TimerLater(f.ctx, again[1], at.AddDate(1, 0, 0))) // by a clock that was a year ahead
	f.same("a pause of a year is none", len(f.due(at, 9)), 2)
	f.changes("e2", ledger.Timed{Timer: wake(citizen, now)})
	f.same("set anew it has not failed", f.due(now, 9), []string{"wake whatsapp:62811@s d1 0"})
	f.same("tries", f.only(now).Tries, 0)
}

// remindOf is what a timer of a report brings about.
func (f *fixture) remindOf(t ledger.Timer, r report.Report) ledger.Batch {
	f.Helper()
	b, ok, err := f.reminding().Due(casework.Moment{Timer: t, At: now.Add(time.Hour), Report: r})
	f.must(err)
	f.same("something to do", ok, true)
	return b
}

func timerOnce(f *fixture) {
	r := f.filed("e1")
	set := ledger.Timed{Timer: ledger.Timer{Kind: remind, Subject: ledger.OfReport(r.ID), At: now.Add(123456789 * time.Nanosecond)}}
	f.changes("e2", set)
	t := f.only(now.Add(time.Hour))
	f.same("its cause is that of the one that was set", t.Cause(), set.Timer.Cause())
	b := f.remindOf(t, r)
	letters := len(f.waiting())
	f.must(f.Store.Commit(f.ctx, b))
	f.same("letters", len(f.waiting()), letters+1)
	f.same("it is over", f.due(now.Add(time.Hour), 9), []string{})
	f.wants(f.Store.Commit(f.ctx, b), ledger.ErrDone)

	set.Timer.At = now.Add(time.Minute)
	f.changes("e3", set)
	t = f.only(now.Add(time.Hour))
	f.changes("e4", ledger.Untimed{Kind: remind, Subject: t.Subject})
	f.wants(f.Store.Commit(f.ctx, f.remindOf(t, r)), ledger.ErrUntimed)
	set.Timer.At = now.Add(2 * time.Minute)
	f.changes("e5", set)
	f.wants(f.Store.Commit(f.ctx, f.remindOf(t, r)), ledger.ErrUntimed)
	f.same("letters", len(f.waiting()), letters+1)
	t = f.only(now.Add(time.Hour))
	b = f.remindOf(t, r)
	anew := t
	anew.At = now.Add(3 * time.Minute)
	b.Changes = append(b.Changes, ledger.Timed{Timer: anew})
	f.must(f.Store.Commit(f.ctx, b))
	f.same("set anew by what it brought about", f.only(now.Add(time.Hour)).At.Equal(anew.At), true)
}

func staleTimer(f *fixture) {
	r := f.filed("e1")
	f.changes("e2", ledger.Timed{Timer: ledger.Timer{Kind: remind, Subject: ledger.OfReport(r.ID), At: now, Rev: ledger.RevOf(r)}})
	t := f.only(now)
	f.remindOf(t, r)
	after, b := f.acting(r, "e3", report.Take{})
	f.must(f.Store.Commit(f.ctx, b))
	_, ok, err := f.reminding().Due(casework.Moment{Timer: t, At: now, Report: after})
	f.must(err)
	f.same("something to do", ok, false)
	t.Rev = ""
	f.remindOf(t, after)
}

func timersMove(f *fixture) {
	second := bot.Address{Network: bot.WhatsApp, ID: "5@lid"}
	r := f.filed("e1")
	f.changes("e2", ledger.Timed{Timer: wake(citizen, now)}, ledger.Timed{Timer: ledger.Timer{Kind: remind, Subject: ledger.OfReport(r.ID), At: now.Add(time.Second)}})
	f.must(f.Store.Commit(f.ctx, f.office.Move([]report.Report{r}, citizen, second, casework.Occasion{Cause: "m1", At: now})))
	reminder := fmt.Sprintf("remind %s  1", ledger.OfReport(r.ID))
	f.same("it follows", f.due(now.Add(time.Hour), 9), []string{"wake whatsapp:5@lid d1 0", reminder})
	there := wake(second, now.Add(2*time.Second))
	there.Rev = "d2"
	f.changes("e3", ledger.Timed{Timer: there}, ledger.Timed{Timer: wake(citizen, now)})
	f.must(f.Store.Commit(f.ctx, f.office.Move(nil, citizen, second, casework.Occasion{Cause: "m2", At: now})))
	f.same("that of the new address stays", f.due(now.Add(time.Hour), 9), []string{reminder, "wake whatsapp:5@lid d2 2"})
}

// twoRing lets two programs do what one timer is for.
func twoRing(f *fixture) {
	r := f.filed("e1")
	f.changes("e2", ledger.Timed{Timer: ledger.Timer{Kind: remind, Subject: ledger.OfReport(r.ID), At: now}})
	b := f.remindOf(f.only(now), r)
	won, lost := race(f, b, b)
	if won != 1 || !errors.Is(lost, ledger.ErrDone) {
		f.Fatalf("%d of 2 did what the timer is for; the other got %v", won, lost)
	}
	f.same("timers left", f.due(now.Add(time.Hour), 9), []string{})
}
