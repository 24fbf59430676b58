package casework_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// What a timer brings about is named by it, ends it, and may set it anew.
func TestDue(t *testing.T) {
	t.Parallel()
	const kind ledger.TimerKind = "test"
	set := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	at := set.AddDate(0, 0, 6)
	r := report.Report{ID: 7, Rev: 3}
	timer := ledger.Timer{Kind: kind, Subject: ledger.OfReport(7), At: set, Rev: "3"}
	other := ledger.Timer{Kind: kind, Subject: ledger.OfReport(8), At: set}
	changed := ledger.Changed{Report: report.Report{ID: 7, Rev: 4}, Was: 3}
	rung := ledger.Rung{Timer: timer}
	anew := func(at time.Time) ledger.Timed {
		next := timer
		next.At = at
		return ledger.Timed{Timer: next}
	}
	dropped := ledger.Untimed{Kind: kind, Subject: ledger.OfReport(8)}
	stale := timer
	stale.Rev = "2"
	whatever := timer
	whatever.Rev = ""
	unknown := timer
	unknown.Kind = "of a newer program"
	for _, c := range []struct {
		name  string
		timer ledger.Timer
		does  []ledger.Change
		not   bool
		want  []ledger.Change
		fails bool
	}{
		{name: "a letter alone", timer: timer, want: []ledger.Change{rung}},
		{name: "the report first", timer: timer, does: []ledger.Change{changed}, want: []ledger.Change{changed, rung}},
		{name: "then timers", timer: timer, does: []ledger.Change{changed, anew(at.Add(1))}, want: []ledger.Change{changed, rung, anew(at.Add(1))}},
		{name: "other timers, too", timer: timer, does: []ledger.Change{changed, dropped, anew(at.Add(1))}, want: []ledger.Change{changed, rung, dropped, anew(at.Add(1))}},
		{name: "another's may be in the past", timer: timer, does: []ledger.Change{ledger.Timed{Timer: other}}, want: []ledger.Change{rung, ledger.Timed{Timer: other}}},
		{name: "nothing to do any more", timer: timer, not: true},
		{name: "something happened to the report", timer: stale},
		{name: "whatever happened to the report", timer: whatever, want: []ledger.Change{ledger.Rung{Timer: whatever}}},
		{name: "once more for each day that was slept through", timer: timer, does: []ledger.Change{anew(set.AddDate(0, 0, 1))}, fails: true},
		{name: "a kind that nobody knows", timer: unknown, fails: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := &casework.Office{Profile: casetest.Profile(), Clocks: map[ledger.TimerKind]casework.Clock{
				kind: func(*casework.Office, casework.Moment) (ledger.Batch, bool) {
					return ledger.Batch{Changes: c.does, Letters: []ledger.Letter{{Key: "k"}}}, !c.not
				}}}
			b, ok, err := o.Due(casework.Moment{Timer: c.timer, At: at, Report: r})
			if (err != nil) != c.fails || ok != (c.want != nil) {
				t.Fatalf("due %v, %v", ok, err)
			}
			if !ok {
				return
			}
			if d := cmp.Diff(c.want, b.Changes); d != "" || len(b.Letters) != 1 {
				t.Errorf("changes (-want +got):\n%s", d)
			}
			if b.Cause != "timer:test/report:7/2026-11-23T09:00:00Z" || !b.At.Equal(at) {
				t.Errorf("cause %q at %v", b.Cause, b.At)
			}
		})
	}
}

// A subject is one thing alone.
func TestSubjects(t *testing.T) {
	t.Parallel()
	chat := bot.Address{Network: bot.WhatsApp, ID: "62811@s"}
	for _, s := range []ledger.Subject{ledger.OfChat(chat), ledger.OfReport(7), ledger.OfRoom("DPU"), ledger.OfRoom(""), "report:x", "", "?"} {
		a, isChat := s.Chat()
		id, isReport := s.Report()
		agency, isRoom := s.Room()
		if isChat != (s == ledger.OfChat(chat)) || isChat && a != chat {
			t.Errorf("%q as a chat: %v, %v", s, a, isChat)
		}
		if isReport != (s == ledger.OfReport(7)) || isReport && id != 7 {
			t.Errorf("%q as a report: %v, %v", s, id, isReport)
		}
		if isRoom != (s == ledger.OfRoom("DPU") || s == ledger.OfRoom("")) || isRoom && ledger.OfRoom(agency) != s {
			t.Errorf("%q as a room: %v, %v", s, agency, isRoom)
		}
	}
}
