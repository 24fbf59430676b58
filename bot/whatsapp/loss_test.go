package whatsapp

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/bot"
	"rabeg/internal/sim/warelay"
)

// Each test of a silent loss runs twice: with its cure nothing is lost, without it the message is. The second run shows
// that the first can fail.
func curedAndNot(t *testing.T, take func(*cures), play func(t *testing.T, s *site, c *Channel, cured bool)) {
	t.Helper()
	for _, cured := range []bool{true, false} {
		t.Run(map[bool]string{true: "cured", false: "not cured"}[cured], func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			c := s.open(t, nil)
			if !cured {
				take(&c.cures)
			}
			play(t, s, c, cured)
		})
	}
}

// lost checks that a message came, or, without the cure, that it is gone for good: acknowledged and never handled.
func lost(t *testing.T, s *site, d *diary, p *person, text string, cured bool) {
	t.Helper()
	if cured {
		d.words(s.ctx, t, text)
		return
	}
	s.until(t, "nothing waits at the relay", func() bool { return s.acct.Pending() == 0 })
	must[string](t)(p.Text(s.ctx, office, "akhir"))
	d.words(s.ctx, t, "akhir")
	for _, ev := range d.events() {
		if bot.Words(ev.Body) == text {
			t.Errorf("%q came although the cure was taken out: the test cannot fail", text)
		}
	}
}

// failOnce makes the first message that is written down fail.
func failOnce(fail func() error) func(string) error {
	var done atomic.Bool
	return func(string) error {
		if done.CompareAndSwap(false, true) {
			return fail()
		}
		return nil
	}
}

func TestLossRedeliveryWithoutBuffer(t *testing.T) {
	t.Parallel()
	curedAndNot(t, func(c *cures) { c.buffer = false }, func(t *testing.T, s *site, c *Channel, cured bool) {
		c.cures.before = failOnce(func() error { return errors.New("not now") })
		d := newDiary()
		s.run(t, c, d.handle)
		s.ready(t, c)
		p := s.person(t)
		must[string](t)(p.Text(s.ctx, office, "lampu mati"))
		lost(t, s, d, p, "lampu mati", cured)
	})
}

func TestLossPanicInHandler(t *testing.T) {
	t.Parallel()
	curedAndNot(t, func(c *cures) { c.recover = false }, func(t *testing.T, s *site, c *Channel, cured bool) {
		c.cures.before = failOnce(func() error { panic("boom") })
		d := newDiary()
		s.run(t, c, d.handle)
		s.ready(t, c)
		p := s.person(t)
		must[string](t)(p.Text(s.ctx, office, "lampu mati"))
		lost(t, s, d, p, "lampu mati", cured)
	})
}

// A message that makes the program panic each time is kept as one that cannot be read, and those after it come.
func TestPoisonIsKept(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	c := s.open(t, nil)
	var poison atomic.Pointer[string]
	c.cures.before = func(id string) error {
		if c.blamed(id) < poisonous && poison.CompareAndSwap(nil, &id) || *poison.Load() == id && c.blamed(id) < poisonous {
			panic("boom")
		}
		return nil
	}
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	p := s.person(t)
	must[string](t)(p.Text(s.ctx, office, "racun"))
	must[string](t)(p.Text(s.ctx, office, "sesudahnya"))
	d.words(s.ctx, t, "sesudahnya")
	if ev := d.nth(s.ctx, t, 0); ev.Body != (bot.Unsupported{Kind: "unreadable"}) || ev.Chat != p.Chat() {
		t.Errorf("came as %#v", ev)
	}
}

// line is the way to a database, which can be cut.
type line struct {
	mu   sync.Mutex
	open map[net.Conn]bool
	cut  bool
}

func (l *line) dial(dial pgconn.DialFunc) pgconn.DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.cut {
			return nil, errors.New("the line is cut")
		}
		conn, err := dial(ctx, network, addr)
		if err == nil {
			l.open[conn] = true
		}
		return conn, err
	}
}

func (l *line) set(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = cut
	if cut {
		for conn := range l.open {
			conn.Close()
		}
		clear(l.open)
	}
}

func TestLossDatabaseAwayWhileDecrypting(t *testing.T) {
	t.Parallel()
	for _, cured := range []bool{true, false} {
		t.Run(map[bool]string{true: "cured", false: "not cured"}[cured], func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			l := &line{open: map[net.Conn]bool{}}
			config := must[*pgx.ConnConfig](t)(pgx.ParseConfig(s.dsn))
			config.DialFunc = l.dial(config.DialFunc)
			db := openConfig(config, "")
			t.Cleanup(func() { db.Close() })
			away := make(chan struct{}, 1)
			var unread atomic.Int64
			c := s.open(t, func(o *Options) {
				o.DB = db
				o.OnFault = func(kind string) {
					if kind == "undecryptable" {
						unread.Add(1)
					}
					if kind == "database" || kind == "undecryptable" {
						signal(away)
					}
				}
			})
			c.cures.outage = cured
			d := newDiary()
			s.run(t, c, d.handle)
			s.ready(t, c)
			p, other := s.person(t), s.person(t)
			must[string](t)(p.Text(s.ctx, office, "sebelum"))
			d.words(s.ctx, t, "sebelum")
			l.set(true)
			must[string](t)(p.Text(s.ctx, office, "selama"))
			<-away
			if !cured { // the library asks for four more copies and then gives up
				s.until(t, "the message is given up", func() bool { return unread.Load() >= 5 && s.acct.Pending() == 0 })
			}
			must[string](t)(other.Text(s.ctx, office, "orang lain"))
			l.set(false)
			if cured {
				d.words(s.ctx, t, "orang lain")
			}
			lost(t, s, d, p, "selama", cured)
			if cured { // the order is kept although one had to come again
				must[string](t)(p.Text(s.ctx, office, "sesudah"))
				d.words(s.ctx, t, "sesudah")
				if got := wordsOf(d.events(), p.Chat()); fmt.Sprint(got) != "[sebelum selama sesudah]" {
					t.Errorf("handled %q", got)
				}
			}
		})
	}
}

func wordsOf(all []bot.Event, chat bot.Address) (out []string) {
	for _, ev := range all {
		if ev.Chat == chat {
			out = append(out, bot.Words(ev.Body))
		}
	}
	return out
}

// Nothing is encrypted while a message is being decrypted: both would use a counter of the same session.
func TestLossSendingWhileDecrypting(t *testing.T) {
	t.Parallel()
	curedAndNot(t, func(c *cures) { c.lock = false }, func(t *testing.T, s *site, c *Channel, cured bool) {
		d := newDiary()
		var armed atomic.Bool
		during := make(chan bool, 1)
		to := make(chan bot.Address, 1)
		sent := make(chan struct{})
		c.cures.within = func() {
			if !armed.CompareAndSwap(true, false) {
				return
			}
			go func() {
				defer close(sent)
				if _, err := c.Send(s.ctx, <-to, "kabar", bot.Message{Text: "kabar"}); err != nil {
					t.Errorf("Send: %v", err)
				}
			}()
			patience := 300 * time.Millisecond
			if !cured {
				patience = 20 * time.Second // it is sent, however busy the machine is
			}
			limit := time.NewTimer(patience)
			defer limit.Stop()
			select {
			case <-sent:
				during <- true
			case <-limit.C:
				during <- false
			}
		}
		s.run(t, c, d.handle)
		s.ready(t, c)
		p := s.person(t)
		must[string](t)(p.Text(s.ctx, office, "satu"))
		d.words(s.ctx, t, "satu")
		to <- p.Chat()
		armed.Store(true)
		must[string](t)(p.Text(s.ctx, office, "dua"))
		d.words(s.ctx, t, "dua")
		crossed := <-during
		<-sent // before the line is closed
		if crossed == cured {
			t.Errorf("sent while decrypting: %v", crossed)
		}
		must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return !cured || m.Text == "kabar" }))
	})
}

// The library sends a message to nobody, and says that it is sent, when it cannot read the keys of who should read it.
func TestLossSendingToNobody(t *testing.T) {
	t.Parallel()
	curedAndNot(t, func(c *cures) { c.nobody = false }, func(t *testing.T, s *site, c *Channel, cured bool) {
		d := newDiary()
		s.run(t, c, d.handle)
		s.ready(t, c)
		p := s.person(t)
		must[string](t)(p.Text(s.ctx, office, "satu"))
		d.words(s.ctx, t, "satu")
		must[bot.MessageRef](t)(c.Send(s.ctx, p.Chat(), "sebelum", bot.Message{Text: "sebelum"}))
		move := func(from, to string) {
			if _, err := c.opt.DB.ExecContext(s.ctx, "ALTER TABLE "+from+" RENAME TO "+to); err != nil {
				t.Fatal(err)
			}
		}
		move("whatsmeow_identity_keys", "keys_away")
		_, err := c.Send(s.ctx, p.Chat(), "kabar", bot.Message{Text: "kabar"})
		move("keys_away", "whatsmeow_identity_keys")
		if cured != (err != nil) || err != nil && bot.AsSendError(err).Remedy != bot.Retry {
			t.Fatalf("without keys sending gave %v", err)
		}
		if cured {
			must[bot.MessageRef](t)(c.Send(s.ctx, p.Chat(), "kabar", bot.Message{Text: "kabar"}))
		}
		must[bot.MessageRef](t)(c.Send(s.ctx, p.Chat(), "sesudah", bot.Message{Text: "sesudah"}))
		must[warelay.Received](t)(p.Next(s.ctx, func(m warelay.Received) bool { return m.Text == "sesudah" }))
		var words []string
		for _, m := range p.Inbox().Messages {
			words = append(words, m.Text)
		}
		want := "[sebelum sesudah]"
		if cured {
			want = "[sebelum kabar sesudah]"
		}
		if fmt.Sprint(words) != want {
			t.Errorf("the person reads %q", words)
		}
	})
}

// 1,000 messages and 1,000 notices cross; each arrives once, in order. Fewer with the race detector.
func TestNothingLostWhileCrossing(t *testing.T) {
	t.Parallel()
	people, each := 20, 50
	if testing.Short() || raceEnabled { // the detector slows it tenfold, and sees races in fewer
		people, each = 10, 20
	}
	s := newSite(t)
	c := s.open(t, nil)
	d := newDiary()
	s.run(t, c, d.handle)
	s.ready(t, c)
	all := make([]*person, people)
	for i := range all {
		all[i] = s.person(t)
		must[string](t)(all[i].Text(s.ctx, office, "halo"))
	}
	d.wait(s.ctx, t, func(evs []bot.Event) bool { return len(evs) == people })
	begin := time.Now()
	var wg sync.WaitGroup
	for _, p := range all {
		wg.Go(func() {
			for n := range each {
				if _, err := p.Text(s.ctx, office, fmt.Sprint("pesan ", n)); err != nil {
					t.Error(err)
				}
			}
		})
		wg.Go(func() {
			for n := range each {
				key := fmt.Sprint("kabar ", n)
				if _, err := c.Send(s.ctx, p.Chat(), key, bot.Message{Text: key}); err != nil {
					t.Errorf("Send: %v", err)
				}
			}
		})
	}
	wg.Wait()
	d.wait(s.ctx, t, func(evs []bot.Event) bool { return len(evs) >= people*(each+1) })
	for _, p := range all {
		in, err := p.Person.Wait(s.ctx, func(in warelay.Inbox) bool { return len(in.Messages) >= each })
		if err != nil {
			t.Fatalf("%d of %d notices came", len(in.Messages), each)
		}
		for n, m := range in.Messages {
			if m.Text != fmt.Sprint("kabar ", n) {
				t.Errorf("notice %d is %q", n, m.Text)
			}
		}
		for n, w := range wordsOf(d.events(), p.Chat())[1:] {
			if w != fmt.Sprint("pesan ", n) {
				t.Errorf("message %d is %q", n, w)
			}
		}
	}
	t.Logf("%d messages and %d notices in %v", people*each, people*each, time.Since(begin).Round(time.Millisecond))
}

// The first message of a member of a group comes twice under one id, once with nothing but a key. Whoever knows events by
// their id would drop the second.
func TestLossKeyOnlyEvent(t *testing.T) {
	t.Parallel()
	curedAndNot(t, func(c *cures) { c.keyOnly = false }, func(t *testing.T, s *site, c *Channel, cured bool) {
		d := newDiary()
		seen := map[bot.EventID]bool{} // as every handler has it
		var mu sync.Mutex
		s.run(t, c, func(ctx context.Context, ev bot.Event) error {
			mu.Lock()
			again := seen[ev.ID]
			seen[ev.ID] = true
			mu.Unlock()
			if again {
				return nil
			}
			return d.handle(ctx, ev)
		})
		s.ready(t, c)
		p := s.person(t)
		g := must[*warelay.Group](t)(s.Group("Meja", p.Account(), s.acct))
		must[string](t)(p.Text(s.ctx, g.ID(), "/bantuan"))
		first := d.nth(s.ctx, t, 0)
		if (bot.Words(first.Body) == "/bantuan") != cured {
			t.Errorf("the first event is %#v", first.Body)
		}
		if cured {
			return
		}
		s.until(t, "nothing waits at the relay", func() bool { return s.acct.Pending() == 0 })
		if got := wordsOf(d.events(), address(g.ID())); len(got) != 1 {
			t.Errorf("handled %q", got)
		}
	})
}
