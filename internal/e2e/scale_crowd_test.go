package e2e

import (
	"fmt"
	"os"
	"sync"
	"testing"
	"time"
)

// scaled reports whether this is the long form, of make scale.
func scaled() bool { return os.Getenv("SCALE") != "" }

// seats is how many people talk at once.
func seats() int {
	if scaled() {
		return 100
	}
	return 10
}

// worstAnswer is how long anybody may wait: ten seconds where nothing else is at work, and more on a machine that is busy with other tests.
func worstAnswer() time.Duration {
	if scaled() {
		return 10 * time.Second
	}
	return 30 * time.Second
}

// within is how long something goes on among people: a quarter of it in the short form.
func within(d time.Duration) time.Duration {
	if scaled() {
		return d
	}
	return d / 4
}

// told is one person with the tale that he or she told.
type told struct {
	*citizen
	tale
}

// crowd lets people talk, one after the other on each seat, while something happens and until it is over; each tells a tale, files it, and
// asks for it.
func (w *world) crowd(t *testing.T, b blow, e *engines) {
	t.Helper()
	ctx, cancel := story(5 * time.Minute)
	defer cancel()
	post := w.watchPost(ctx)
	over := make(chan struct{})
	var mu sync.Mutex
	var all []told
	var talking sync.WaitGroup
	var failed errs
	for seat := range seats() {
		talking.Go(func() {
			after(time.Duration(seat) * 20 * time.Millisecond) // people do not begin at once
			for last := false; !last; {
				select {
				case <-over:
					last = true // once more, when all is well
				default:
				}
				mu.Lock()
				one := told{w.citizen("Warga"), taleOf(len(all))}
				one.photo = nil
				all = append(all, one)
				mu.Unlock()
				if err := one.wholeStory(ctx, one.tale, true); err != nil {
					failed.add(err)
					return
				}
				if !last {
					after(2 * time.Second)
				}
			}
		})
	}
	after(2 * time.Second)
	b.hits(t, w, e)
	close(over)
	talking.Wait()
	failed.report(t)
	w.quiet()
	lost, doubled, disordered, letters := 0, 0, 0, 0
	var worst time.Duration
	for _, c := range all {
		worst = max(worst, c.slowest)
		switch n := len(w.reportsOf(c.p.ID())); {
		case n == 0:
			lost++
		case n > 1:
			doubled += n - 1
		}
		mine := w.letters(c.p.ID())
		missing, again := post.against(mine, c.p.ID())
		lost, letters = lost+missing, letters+len(mine)
		if again > 0 {
			doubled += again
			continue // what came twice is no matter of order
		}
		if !inOrder(t, post, mine, c.p.ID()) {
			disordered++
		}
	}
	w.nobodyStumbled()
	line := fmt.Sprintf("%-52s %5d people %6d letters %4d lost %4d doubled %4d out of order   worst answer %s",
		b.name, len(all), letters, lost, doubled, disordered, worst.Round(10*time.Millisecond))
	t.Log(line)
	tabulate(t, line)
	if lost > 0 || doubled > b.wire || disordered > 0 || worst > worstAnswer() {
		t.Errorf("%s; the program last said\n%s", line, w.tail())
	}
}

// inOrder reports whether a chat's letters came in their order.
func inOrder(t *testing.T, post *post, letters []letter, chat int64) bool {
	quiet := &hushed{TB: t}
	post.inOrder(quiet, letters, chat)
	return !quiet.failed
}

// hushed is a test that notes a failure and says nothing.
type hushed struct {
	testing.TB
	failed bool
}

// Errorf is of testing.TB.
func (h *hushed) Errorf(string, ...any) { h.failed = true }

// Helper is of testing.TB.
func (*hushed) Helper() {}

// tabulate adds a line to the table of make scale.
func tabulate(t *testing.T, line string) {
	t.Helper()
	table := os.Getenv("SCALE")
	if table == "" {
		return
	}
	f, err := os.OpenFile(table, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = f.Close() }()
	if _, err := f.WriteString(line + "\n"); err != nil {
		t.Error(err)
	}
}
