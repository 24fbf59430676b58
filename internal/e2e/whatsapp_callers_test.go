package e2e

import (
	"context"
	"sync"
	"testing"
)

// callers are many people on WhatsApp at once, each with a tale of his own.
type callers struct {
	w      *world
	who    []*caller
	tales  []tale
	tally  *tally
	failed errs
	gone   chan struct{} // closed when all have ended
}

// callers makes people who have not begun to talk.
func (w *world) callers(many int) *callers {
	c := &callers{w: w, who: make([]*caller, many), tales: make([]tale, many), tally: newTally(), gone: make(chan struct{})}
	for i := range c.who {
		c.who[i], c.tales[i] = w.caller("Warga"), taleOf(i)
		c.who[i].tally = c.tally
	}
	return c
}

// talk lets each of them do something, all at once. It does not wait for them.
func (c *callers) talk(does func(nth int, who *caller) error) {
	var talking sync.WaitGroup
	for i, who := range c.who {
		talking.Go(func() { c.failed.add(does(i, who)) })
	}
	go func() { defer close(c.gone); talking.Wait() }()
}

// wholeStories lets each of them report and ask how the report stands.
func (c *callers) wholeStories(ctx context.Context) {
	c.talk(func(nth int, who *caller) error { return who.wholeStory(ctx, c.tales[nth]) })
}

// end waits until all have ended and nothing is under way; false when somebody was left without an answer.
func (c *callers) end(t *testing.T) bool {
	t.Helper()
	<-c.gone
	c.failed.report(t)
	if t.Failed() {
		t.Logf("letters that wait: %s\n%s", c.w.stuck(context.Background()), c.w.tail())
		return false
	}
	c.w.quiet()
	return true
}

// filedOnce checks that each tale became one report and that every answer came, in order. It counts second copies.
func (c *callers) filedOnce(t *testing.T) (copies int) {
	t.Helper()
	for i, who := range c.who {
		c.w.calledOnce(who, c.tales[i])
		copies += c.w.cameInOrder(t, who)
	}
	if n := len(c.w.reports()); n != len(c.who) {
		t.Errorf("%d people filed %d reports", len(c.who), n)
	}
	c.w.nobodyStumbled()
	return copies
}

// tellsTwice reports, waits until something is over, and reports once more.
func tellsTwice(ctx context.Context, who interface {
	report(ctx context.Context, t tale) (string, error)
}, first, second tale, over <-chan struct{}) error {
	if _, err := who.report(ctx, first); err != nil {
		return err
	}
	select {
	case <-over:
	case <-ctx.Done():
	}
	_, err := who.report(ctx, second)
	return err
}
