package engine_test

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/flowtest"
	"rabeg/flows/intake"
	"rabeg/internal/casework"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// shelf keeps conversations in memory, books what was committed.
type shelf struct {
	mu   sync.Mutex
	docs map[bot.Address]engine.Session
}

func (s *shelf) Load(_ context.Context, chat bot.Address) (engine.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.docs[chat]
	now.Chat = chat
	return now, nil
}

func (s *shelf) Take(ctx context.Context, chat bot.Address, _ engine.Beginning) (engine.Session, error) {
	return s.Load(ctx, chat)
}

func (s *shelf) Save(_ context.Context, was engine.Session, state []byte, handled bot.EventID) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.docs[was.Chat].Rev != was.Rev {
		return engine.ErrConflict
	}
	s.docs[was.Chat] = engine.Session{Rev: was.Rev + 1, State: state, Ring: append(slices.Clone(was.Ring), string(handled))}
	return nil
}

func (*shelf) Free(context.Context, engine.Session) error { return nil }

type books struct {
	ledger.Store
	mu    sync.Mutex
	done  map[string]bool
	said  map[bot.Address][]bot.Message
	fail  []error // of the next commits
	facts []report.Fact
	jobs  []ledger.Job
}

func (b *books) Commit(_ context.Context, batch ledger.Batch) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.fail) > 0 {
		err := b.fail[0]
		b.fail = b.fail[1:]
		return err
	}
	if b.done[batch.Cause] {
		return ledger.ErrDone
	}
	b.done[batch.Cause] = true
	for _, l := range batch.Letters {
		if l.Purpose == ledger.Reply {
			b.said[l.To] = append(b.said[l.To], l.Message)
		}
	}
	for _, c := range batch.Changes {
		if o, ok := c.(ledger.Opened); ok {
			b.facts = append(b.facts, o.Facts...)
		}
	}
	b.jobs = append(b.jobs, batch.Jobs...)
	return nil
}

func (*books) Draw(string) (report.ID, report.Code)     { return 1, "SRG-1" }
func (*books) Manned(context.Context) ([]string, error) { return nil, nil }

func (*books) Stumble(_ context.Context, _, why string, _ []byte) error { return errors.New(why) }

// adviser says what it is told to.
type adviser func(ctx context.Context, text string) (report.Advice, error)

func (a adviser) Advise(ctx context.Context, text string, _ []report.Guess) (report.Advice, error) {
	return a(ctx, text)
}

func lamps(context.Context, string) (report.Advice, error) {
	return report.Advice{Guess: report.Guess{Category: "penerangan_jalan", P: 0.9}}, nil
}

// asking is an engine on memory, with somebody to ask.
type asking struct {
	*testing.T
	*engine.Engine
	books *books
	shelf *shelf
	n     int
	step  func(string) error
}

func newAsking(t *testing.T, a engine.Adviser) *asking {
	t.Helper()
	d := &asking{T: t, books: &books{done: map[string]bool{}, said: map[bot.Address][]bot.Message{}}, shelf: &shelf{docs: map[bot.Address]engine.Session{}}}
	p := flowtest.City()
	machine := flows.New(flows.Options{Profile: p, Reader: flowtest.NewReader(p), Finder: flowtest.NewFinder(), Advises: true, Flows: []flows.Maker{intake.New}})
	d.Engine = engine.New(engine.Options{
		Sessions: d.shelf, Cases: engine.Cases{Store: d.books, Offices: d.books, Stumbles: d.books}, Machine: machine, Adviser: a, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Office: func() *casework.Office { return &casework.Office{Profile: p, Consults: true} },
		DeskAt: func() bot.Address { return bot.Address{} },
		Step: func(name string) error {
			if d.step == nil {
				return nil
			}
			return d.step(name)
		},
	})
	return d
}

const unsure = "lampu gelap dan jalan rusak di kel Cipare"

func (d *asking) event(chat bot.Address, text string) bot.Event {
	d.n++
	return bot.Event{ID: bot.EventID("e" + strconv.Itoa(d.n)), Chat: chat, From: bot.Person{ID: chat.ID}, At: time.Now(), Body: bot.Text{Text: text}}
}

func (d *asking) write(chat bot.Address, text string) {
	d.Helper()
	if err := d.Handle(context.Background(), d.event(chat, text)); err != nil {
		d.Fatal(err)
	}
}

// last is what a chat heard last.
func (d *asking) last(chat bot.Address) bot.Message {
	d.Helper()
	d.books.mu.Lock()
	defer d.books.mu.Unlock()
	all := d.books.said[chat]
	if len(all) == 0 {
		return bot.Message{}
	}
	return all[len(all)-1]
}

func (d *asking) wants(chat bot.Address, words string) {
	d.Helper()
	if got := d.last(chat).Text; !strings.Contains(got, words) {
		d.Errorf("the citizen hears %q, want %q", got, words)
	}
}

var (
	siti = bot.Address{Network: "sim", ID: "siti"}
	asks = "Ini tentang yang mana?"
	card = "Lampu jalan"
)

// An opinion that comes in time is used in the same answer, stands on record, and is not asked for again.
func TestAnOpinionInTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		d := newAsking(t, adviser(func(ctx context.Context, text string) (report.Advice, error) { asked++; return lamps(ctx, text) }))
		d.write(siti, unsure)
		d.wants(siti, card)
		d.write(siti, "kirim")
		n := len(d.books.facts)
		if n < 2 || d.books.facts[n-1].What != report.WasAdvised || d.books.facts[n-1].Advice.Category != "penerangan_jalan" {
			t.Errorf("on record are %+v", d.books.facts)
		}
		if consults(d.books.jobs) != 0 || asked != 1 {
			t.Errorf("asked %d times, and %d jobs ask again", asked, consults(d.books.jobs))
		}
	})
}

func consults(jobs []ledger.Job) (n int) {
	for _, j := range jobs {
		if _, ok := j.(ledger.Consult); ok {
			n++
		}
	}
	return n
}

// Whoever does not answer in time, or at all, holds nobody up for longer than a second and a half; the job after filing asks.
func TestNoOpinionInTime(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		a    engine.Adviser
		took time.Duration
	}{
		"two seconds": {adviser(func(ctx context.Context, text string) (report.Advice, error) {
			select {
			case <-time.After(2 * time.Second):
				return lamps(ctx, text)
			case <-ctx.Done():
				return report.Advice{}, ctx.Err()
			}
		}), engine.AdviceWait},
		"broken":   {adviser(func(context.Context, string) (report.Advice, error) { return report.Advice{}, errors.New("away") }), 0},
		"stumbles": {adviser(func(context.Context, string) (report.Advice, error) { panic("oh") }), 0},
		"unknown answer": {adviser(func(context.Context, string) (report.Advice, error) {
			return report.Advice{Guess: report.Guess{Category: "x", P: 1}}, nil
		}), 0},
		"nobody is asked": {nil, 0},
		"does not heed the end": {adviser(func(context.Context, string) (report.Advice, error) {
			<-time.After(time.Minute)
			return report.Advice{}, nil
		}), engine.AdviceWait},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				d := newAsking(t, c.a)
				began := time.Now()
				d.write(siti, unsure)
				if took := time.Since(began); took != c.took {
					t.Errorf("the answer took %s, want %s", took, c.took)
				}
				d.wants(siti, asks)
				d.write(siti, "lainnya")
				d.write(siti, "tidak tahu, biar petugas memilih")
				d.write(siti, "kirim")
				if n := consults(d.books.jobs); n != 1 {
					t.Errorf("%d jobs ask after filing, want one", n)
				}
				<-time.After(2 * time.Minute) // whoever stayed longer is gone
				if d.Advising() != 0 {
					t.Errorf("%d still hold a sign", d.Advising())
				}
			})
		})
	}
}

// While one waits for an opinion everybody else is served, also who shares the place with it; only its own next message waits.
func TestOthersGoOnMeanwhile(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newAsking(t, adviser(func(ctx context.Context, text string) (report.Advice, error) {
			<-time.After(time.Second) // in the bubble: no real time goes by
			return lamps(ctx, text)
		}))
		neighbour := bot.Address{Network: "sim"}
		for i := 0; neighbour.ID == "" || !d.SamePlace(neighbour, siti); i++ {
			neighbour.ID = strconv.Itoa(i)
		}
		began := time.Now()
		took := make([]time.Duration, 2)
		var wg sync.WaitGroup
		first, next := d.event(siti, unsure), d.event(siti, "kirim")
		wg.Go(func() { _ = d.Handle(t.Context(), first) })
		synctest.Wait()
		wg.Go(func() { _ = d.Handle(t.Context(), next); took[0] = time.Since(began) })
		d.write(neighbour, "got mampet di kel Cipare")
		took[1] = time.Since(began)
		wg.Wait()
		if took[1] != 0 || took[0] != time.Second {
			t.Errorf("the neighbour waited %s, the next message of the same chat %s", took[1], took[0])
		}
		d.wants(neighbour, "Got, kali & banjir")
		d.wants(siti, "diterima dengan nomor")
	})
}

// However many are unsure at once, a slow adviser holds up a part of them only.
func TestNotAllWaitAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := newAsking(t, adviser(func(ctx context.Context, _ string) (report.Advice, error) {
			<-ctx.Done()
			return report.Advice{}, ctx.Err()
		}))
		began := time.Now()
		var mu sync.Mutex
		atOnce := 0
		var wg sync.WaitGroup
		for i := range 3 * engine.AdviceMost {
			ev := d.event(bot.Address{Network: "sim", ID: strconv.Itoa(i)}, unsure)
			wg.Go(func() {
				if err := d.Handle(t.Context(), ev); err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if time.Since(began) == 0 {
					atOnce++
				}
			})
		}
		wg.Wait()
		if atOnce != 2*engine.AdviceMost || time.Since(began) != engine.AdviceWait {
			t.Errorf("%d were answered at once, the last after %s", atOnce, time.Since(began))
		}
	})
}

// A turn that is decided anew asks once: whatever comes in between, nobody waits twice.
func TestATurnAsksOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		asked := 0
		d := newAsking(t, adviser(func(ctx context.Context, text string) (report.Advice, error) { asked++; return lamps(ctx, text) }))
		d.books.fail = []error{ledger.ErrStale, ledger.ErrStale}
		d.write(siti, unsure)
		d.wants(siti, card)
		if asked != 1 {
			t.Errorf("asked %d times", asked)
		}
	})
}

// A death between commit and save, and another opinion after it: the question that was said last is the one that is open.
func TestAnotherOpinionAfterADeath(t *testing.T) {
	t.Parallel()
	for _, die := range []string{"before commit", "before save", "after save"} {
		t.Run(die, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				asked := 0
				d := newAsking(t, adviser(func(ctx context.Context, text string) (report.Advice, error) {
					if asked++; asked == 2 {
						return report.Advice{}, errors.New("away now")
					}
					return lamps(ctx, text)
				}))
				deaths := 2 // the second time something else is heard, and then the first thing again
				if die == "after save" {
					deaths = 1
				}
				d.step = func(name string) error {
					if name == die && deaths > 0 {
						deaths--
						return errors.New("dead")
					}
					return nil
				}
				ev := d.event(siti, unsure)
				for range 4 { // until it is taken, and once more
					_ = d.Handle(t.Context(), ev)
				}
				state := d.StateOf(d.shelf.docs[siti])
				menu := d.last(siti).Menu
				if menu == nil || state.Ask == nil || menu.ID != state.Ask.ID {
					t.Errorf("shown is %+v, open is %+v", menu, state.Ask)
				}
				if die == "after save" && asked != 1 {
					t.Errorf("what was saved asked %d times", asked)
				}
			})
		})
	}
}
