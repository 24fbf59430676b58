package jobs_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Two kinds of timers that only these tests know: what a kind needs is a name, a decision and a test.
const (
	remind ledger.TimerKind = "test-remind" // the office of a report, once
	digest ledger.TimerKind = "test-digest" // a room, every morning
)

var wib = time.FixedZone("WIB", 7*3600)

// morning is the next half past seven.
func morning(after time.Time) time.Time {
	day := after.In(wib)
	at := time.Date(day.Year(), day.Month(), day.Day(), 7, 30, 0, 0, wib)
	if !at.After(after) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

func clocks() map[ledger.TimerKind]casework.Clock {
	toDesk := func(m casework.Moment, text string) ledger.Batch {
		return ledger.Batch{Letters: []ledger.Letter{{Key: m.Timer.Cause() + "/d", Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: text}}}}
	}
	return map[ledger.TimerKind]casework.Clock{
		remind: func(_ *casework.Office, m casework.Moment) (ledger.Batch, bool) {
			if m.Report.Code == "SRG-666" {
				panic("the words of a citizen")
			}
			return toDesk(m, fmt.Sprintf("%s has waited, %d facts", m.Report.Code, len(m.Facts))), m.Report.Status == report.Assigned
		},
		digest: func(_ *casework.Office, m casework.Moment) (ledger.Batch, bool) {
			b := toDesk(m, fmt.Sprintf("%d open", len(m.Cases)))
			next := m.Timer
			next.At = morning(m.At)
			b.Changes = []ledger.Change{ledger.Timed{Timer: next}}
			return b, true
		},
	}
}

func timed(t *testing.T) *house {
	t.Helper()
	office := &casework.Office{Profile: casetest.Profile(), Clocks: clocks()}
	return openWith(t, jobs.Models{Office: func() *casework.Office { return office }})
}

// set commits timers.
func (h *house) set(cause string, timers ...ledger.Timer) {
	h.Helper()
	b := ledger.Batch{Cause: cause}
	for _, t := range timers {
		b.Changes = append(b.Changes, ledger.Timed{Timer: t})
	}
	if err := h.store.Commit(h.Context(), b); err != nil {
		h.Fatal(err)
	}
}

// received files a report that waits for its office.
func (h *house) received(id report.ID) {
	h.Helper()
	r := report.Report{ID: id, Code: report.Code(fmt.Sprint("SRG-", id)), Rev: 1, Status: report.Assigned, Agency: "DPU", Reporter: chat}
	err := h.store.Commit(h.Context(), ledger.Batch{Cause: fmt.Sprint("filed ", id), Changes: []ledger.Change{
		ledger.Opened{Report: r, Facts: []report.Fact{{Report: id, Seq: 1, What: report.WasFiled}}}}})
	if err != nil {
		h.Fatal(err)
	}
}

func (h *house) ring() {
	h.Helper()
	if err := h.jobs.Ring(h.Context()); err != nil {
		h.Fatal(err)
	}
}

// ringOut rings until nothing is due: a round has an end, though much is left.
func (h *house) ringOut() {
	h.Helper()
	for {
		h.ring()
		due, err := h.store.Due(h.Context(), h.now(), 1)
		if err != nil {
			h.Fatal(err)
		}
		if len(due) == 0 {
			return
		}
	}
}

// texts are the letters to the desk, in order.
func (h *house) texts() []string {
	h.Helper()
	return h.list(`SELECT doc -> 'Message' ->> 'text' FROM letters WHERE purpose = 'desk' ORDER BY id`)
}

func (h *house) timersLeft() []string {
	h.Helper()
	return h.list(`SELECT kind || ' ' || subject || ' ' || tries FROM timers ORDER BY at, id`)
}

func wake(chat, draft string, at time.Time) ledger.Timer {
	return ledger.Timer{Kind: ledger.WakeTimer, Subject: ledger.OfChat(bot.Address{Network: bot.Telegram, ID: chat}), Rev: draft, At: at}
}

// A conversation is woken when its time has come, again when that failed, and never twice when it did not. One whose time
// has not come is left alone.
func TestWakeUps(t *testing.T) {
	t.Parallel()
	h := open(t)
	var woken []string
	h.wake = func(t ledger.Timer) error {
		woken = append(woken, t.Rev)
		if len(woken) == 1 {
			return errors.New("busy")
		}
		return nil
	}
	h.set("e1", wake("1", "d1", time.Now().Add(-2*time.Hour)), wake("2", "d2", time.Now().Add(2*time.Hour)))
	h.start()
	h.until(1, "timers that failed", `SELECT count(*) FROM timers WHERE tries = 1`)
	h.forward(time.Minute)
	h.until(1, "timers left", `SELECT count(*) FROM timers`)
	h.mu.Lock()
	defer h.mu.Unlock()
	h.wants("woken", woken, []string{"d1", "d1"})
}

// A kind that nothing but a name and a decision is known of: the reminder comes once, however often it is looked for.
func TestAReminderOfAReport(t *testing.T) {
	t.Parallel()
	h := timed(t)
	at := time.Now().Add(time.Hour)
	for id := range report.ID(5) {
		h.received(id + 1)
	}
	h.set("e1", ledger.Timer{Kind: remind, Subject: ledger.OfReport(1), At: at},
		ledger.Timer{Kind: remind, Subject: ledger.OfReport(2), At: at, Rev: "1"},
		ledger.Timer{Kind: remind, Subject: ledger.OfReport(3), At: at, Rev: "0"}, // something happened to it since
		ledger.Timer{Kind: remind, Subject: ledger.OfReport(4), At: at},
		ledger.Timer{Kind: remind, Subject: ledger.OfReport(99), At: at},      // there is none
		ledger.Timer{Kind: "test-later", Subject: ledger.OfReport(5), At: at}) // a newer program made it
	if err := h.store.Commit(t.Context(), ledger.Batch{Cause: "e2", Changes: []ledger.Change{ledger.Untimed{Kind: remind, Subject: ledger.OfReport(4)}}}); err != nil {
		t.Fatal(err)
	}
	h.ring()
	h.wants("before its time", h.texts(), []string{})
	h.forward(2 * time.Hour)
	for range 3 {
		h.ring()
	}
	h.wants("reminders", h.texts(), []string{"SRG-1 has waited, 1 facts", "SRG-2 has waited, 1 facts"})
	h.wants("timers left", h.timersLeft(), []string{"test-later report:5 1"})
	h.forward(-48 * time.Hour)
	h.ring()
	h.wants("reminders after the clock was put back", len(h.texts()), 2)
}

// A program that slept for a week sends one digest, not seven, and the next one in the morning.
func TestAProgramThatSlept(t *testing.T) {
	t.Parallel()
	h := timed(t)
	h.received(1)
	h.received(2)
	h.set("e1", ledger.Timer{Kind: digest, Subject: ledger.OfRoom("DPU"), At: morning(time.Now())})
	h.forward(7 * 24 * time.Hour)
	for range 3 {
		h.ring()
	}
	h.wants("digests", h.texts(), []string{"2 open"})
	h.forward(24 * time.Hour)
	for range 3 {
		h.ring()
	}
	h.wants("digests a day later", h.texts(), []string{"2 open", "2 open"})
	h.wants("timers left", h.timersLeft(), []string{"test-digest room:DPU 0"})
}

// Many programs look at the same timers at once: each acts once, and a wake-up that is taken is not given again.
func TestSeveralProgramsAtOnce(t *testing.T) {
	t.Parallel()
	h := timed(t)
	const n = 60
	at := time.Now().Add(-time.Hour)
	var all []ledger.Timer
	for id := range report.ID(n) {
		h.received(id + 1)
		all = append(all, ledger.Timer{Kind: remind, Subject: ledger.OfReport(id + 1), At: at})
	}
	h.set("e1", append(all, ledger.Timer{Kind: digest, Subject: ledger.OfRoom("DPU"), At: at})...)
	var programs sync.WaitGroup
	for range 4 {
		programs.Go(func() {
			if err := h.jobs.Ring(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	programs.Wait()
	h.ringOut() // a round ends when the next is to begin, which goes on with what is left
	texts := h.texts()
	slices.Sort(texts)
	h.wants("letters", len(texts), n+1)
	h.wants("different letters", len(slices.Compact(texts)), n+1)
	h.wants("timers left", h.timersLeft(), []string{"test-digest room:DPU 0"})
}

// Thousands are due at once, and some of the oldest fail for ever: all others are done in their order, and those that fail come
// again after pauses that grow. The log names them by kind and number alone.
func TestThousandsAreDueAndSomeFail(t *testing.T) {
	t.Parallel()
	h := timed(t)
	const n, bad = 2000, 15
	began := time.Now()
	h.still.Store(&began) // however long the machine takes
	var woken []string
	h.wake = func(t ledger.Timer) error {
		if strings.HasPrefix(t.Rev, "bad") {
			return errors.New("it will not")
		}
		woken = append(woken, t.Rev)
		return nil
	}
	h.received(666)
	all := []ledger.Timer{{Kind: remind, Subject: ledger.OfReport(666), At: began.Add(-100 * time.Hour)}}
	var want []string
	for i := range n {
		draft := fmt.Sprintf("d%04d", i)
		if i < bad {
			draft = "bad" + draft
		} else {
			want = append(want, draft)
		}
		all = append(all, wake(fmt.Sprint("628110", i), draft, began.Add(time.Duration(i-n)*time.Minute)))
	}
	slices.Reverse(all)
	h.set("e1", all...)
	h.ringOut()
	if !slices.Equal(woken, want) {
		t.Fatalf("%d of %d were woken, or not in their order", len(woken), len(want))
	}
	h.wants("timers left", len(h.timersLeft()), bad+1)
	tries := func() string {
		return h.list(`SELECT string_agg(DISTINCT tries::text, ' ' ORDER BY tries::text) FROM timers`)[0]
	}
	h.wants("tries", tries(), "1")
	for _, step := range []struct {
		wait time.Duration
		want string
	}{{9 * time.Second, "1"}, {2 * time.Second, "2"}, {11 * time.Second, "2"}, {10 * time.Second, "3"}, {time.Minute, "4"}} {
		h.forward(step.wait)
		h.ringOut()
		h.wants("tries after "+step.wait.String(), tries(), step.want)
	}
	h.wants("letters", h.texts(), []string{})
	logs := h.log.String()
	for _, word := range []string{"628110", "report:666", "citizen", "bad"} {
		if strings.Contains(logs, word) {
			t.Errorf("a log line holds %q", word)
		}
	}
	for _, word := range []string{"kind=wake timer=", "kind=test-remind timer=", "tries=4"} {
		if !strings.Contains(logs, word) {
			t.Errorf("no log line holds %q", word)
		}
	}
}

// Stores that are away make everything fail: a round gives up soon, so that not every timer has to wait for it.
func TestARoundEndsWhenTheStoresAreAway(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.wake = func(ledger.Timer) error { return errors.New("no connection") }
	var all []ledger.Timer
	for i := range 100 {
		all = append(all, wake(fmt.Sprint(i), "d", time.Now().Add(-time.Hour)))
	}
	h.set("e1", all...)
	h.ring()
	h.until(20, "timers that failed", `SELECT count(*) FROM timers WHERE tries = 1`)
	h.wake = func(ledger.Timer) error { return nil }
	h.ring()
	h.until(20, "timers left", `SELECT count(*) FROM timers`)
}

// A conversation that never comes free does not hold up the others.
func TestATimerThatHangs(t *testing.T) {
	t.Parallel()
	h := open(t)
	h.jobs.Hurry(20 * time.Millisecond)
	h.set("e1", wake("1", "hangs", time.Now().Add(-time.Hour)))
	h.ring()
	h.wants("timers left", h.timersLeft(), []string{"wake telegram:1 1"})
	h.jobs.Hurry(time.Minute)
	h.set("e2", wake("2", "d", time.Now().Add(-time.Minute)))
	h.ring()
	h.wants("timers left", h.timersLeft(), []string{"wake telegram:1 1"})
}
