package e2e

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/hurry"
)

// Forty people in a hurry at once, at the pace that Telegram allows: they tap twice, do not wait for answers, tap old
// keyboards and send their words again. Each has a number in the end, and of one report only; next to nothing that they
// are told is that what they did does not count.
//
// It runs by itself: their patience is a third of a second, and what a busy machine answers later is asked for again.
func TestFortyPeopleInAHurry(t *testing.T) { //nolint:paralleltest // see above
	const people = 40
	w := newWorld(t, plan{limits: true})
	w.start()
	ctx, cancel := context.WithTimeout(context.Background(), 90*time.Second)
	defer cancel()
	refused := func(text string) bool { return strings.HasPrefix(text, "Pilihan tadi") }
	r, err := hurry.Run(ctx, hurry.Options{API: w.api, People: people, First: 70000, Patience: 300 * time.Millisecond, Refused: refused})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d did %d things, got %d messages and %d notices in %s", people, r.Done, r.Replies, r.Notices, r.Slowest.Round(time.Millisecond))
	slices.Sort(r.Codes)
	if n := len(slices.Compact(r.Codes)); r.Numbers != people || n != people {
		t.Errorf("%d of %d people have a number, %d numbers in all", r.Numbers, people, n)
	}
	if r.Refusing() > 0.02 {
		t.Errorf("%d of %d replies are refusals", r.Refusals, r.Replies)
	}
	if r.Repeating() > 0.05 {
		t.Errorf("%d of %d replies were said before", r.Repeats, r.Replies)
	}
	if n := w.number(`SELECT count(*) FROM reports`); n != people {
		t.Errorf("%d people filed %d reports", people, n)
	}
	w.nobodyStumbled()
}
