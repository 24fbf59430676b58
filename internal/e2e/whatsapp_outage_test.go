package e2e

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/warelay"
)

// Two programs serve one office: one of them holds the link to WhatsApp, and both are ready. Whenever it dies, or the
// database is away for a moment, one of those that are left has all of the link, for receiving and for sending.
func TestTwoAtOnceOnWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{own: true, whatsapp: linked})
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	n := 0
	speaks := func() {
		t.Helper()
		n++
		c, told := w.caller("Warga"), taleOf(n)
		if err := c.wholeStory(ctx, told); err != nil {
			t.Fatalf("after %d others: %v\nletters that wait: %s\n%s", n-1, err, w.stuck(ctx), w.tail())
		}
		w.calledOnce(c, told)
		w.quiet()
		w.cameInOrder(t, c)
	}
	one := w.start()
	speaks()
	two := w.start()
	two.becomes(http.StatusOK)
	speaks()
	for range 4 { // who has the lock is settled anew
		if err := w.pg.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		if err := w.pg.Start(ctx); err != nil {
			t.Fatal(err)
		}
		w.db.Reset()
		one.becomes(http.StatusOK)
		two.becomes(http.StatusOK)
		speaks()
	}
	one.kill()
	speaks()
	three := w.start()
	three.becomes(http.StatusOK)
	two.kill()
	speaks()
	after(11 * time.Second) // longer than the program waits before it takes another one for a stranger
	w.quiet()
	for _, m := range w.api.History(w.desk.ID()) {
		if strings.Contains(m.Text, "hanya satu server") {
			t.Error("the desk is told of a program that is one of ours")
		}
	}
	w.nobodyStumbled()
}

// PostgreSQL, and then Redis, is away while fifteen people talk on WhatsApp: each has filed once in the end. What WhatsApp
// hands over meanwhile is not acknowledged, and comes again.
func TestStoresAwayFromWhatsApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{own: true, durable: true, whatsapp: linked})
	c := w.start()
	c.becomes(http.StatusOK)
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	const many = 15
	people := w.callers(many)
	over := make(chan struct{})
	people.talk(func(nth int, who *caller) error {
		second := taleOf(1000 + nth)
		second.photo = nil
		return tellsTwice(ctx, who, people.tales[nth], second, over)
	})
	people.tally.wait(ctx, many, nil) // everybody is in the middle of it
	if err := w.pg.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	after(5 * time.Second)
	if err := w.pg.Start(ctx); err != nil {
		t.Fatal(err)
	}
	c.becomes(http.StatusOK)
	close(over)
	people.tally.wait(ctx, people.tally.count()+many, nil)
	w.rds.Kill()
	after(3 * time.Second)
	if err := w.rds.Restart(ctx, false); err != nil {
		t.Fatal(err)
	}
	if !people.end(t) {
		return
	}
	if n := len(w.reports()); n != 2*many {
		t.Errorf("%d people filed %d reports", many, n)
	}
	if n := w.number(`SELECT count(*) FROM letters WHERE state = 'failed'`); n != 0 {
		t.Errorf("%d letters were given up", n)
	}
	for _, who := range people.who {
		w.cameInOrder(t, who)
	}
	w.nobodyStumbled()
}

// Asked to stop among thirty people on WhatsApp the program ends well within ten seconds; its successor goes on, and nobody
// reads anything twice.
func TestGracefulStopOnWhatsApp(t *testing.T) {
	t.Parallel()
	const many = 30
	w := newWorld(t, plan{whatsapp: linked})
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	people := w.callers(many)
	c := w.start()
	people.wholeStories(ctx)
	for range 3 {
		people.tally.restart()
		people.tally.wait(ctx, many, nil)
		if code, took := c.stop(); code != 0 || took > 10*time.Second {
			t.Errorf("the program ended with %d after %s", code, took)
		}
		c = w.start()
	}
	if people.end(t) {
		people.filedOnce(t)
	}
}

// Where it is asked for, the program keeps WhatsApp's manners: it shows that it is writing, and takes its time.
func TestWhatsAppManners(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: linked})
	w.args = []string{"--pace=network"}
	w.start()
	ctx, cancel := bounded()
	defer cancel()
	siti := w.caller("Warga")
	if err := siti.p.Appear(ctx, true); err != nil {
		t.Fatal(err)
	}
	w.says(t, siti, "halo")
	writes := func(in warelay.Inbox) bool {
		return slices.ContainsFunc(in.Typing, func(s warelay.Typing) bool { return s.State == "composing" })
	}
	if in, err := siti.p.Wait(ctx, writes); err != nil || len(in.Messages) != 0 {
		t.Fatalf("nobody is seen writing before the answer: %v, %d messages", err, len(in.Messages))
	}
	began := time.Now()
	if _, err := siti.next(ctx); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(began); took < 800*time.Millisecond {
		t.Errorf("the answer was written in %s", took)
	}
}
