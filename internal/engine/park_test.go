package engine_test

import (
	"context"
	"errors"
	"log/slog"
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
)

// stuck is a shelf on which one chat is held by somebody for ever.
type stuck struct {
	*shelf
	chat bot.Address
}

func (s stuck) Load(ctx context.Context, chat bot.Address) (engine.Session, error) {
	if chat == s.chat {
		return engine.Session{}, engine.ErrBusy
	}
	return s.shelf.Load(ctx, chat)
}

func (s stuck) Take(ctx context.Context, chat bot.Address, _ engine.Beginning) (engine.Session, error) {
	return s.Load(ctx, chat)
}

// readers are books that note what operators read.
type readers struct {
	*books
	desk []string
}

func (b *readers) Commit(ctx context.Context, batch ledger.Batch) error {
	for _, l := range batch.Letters {
		if l.Purpose == ledger.ToDesk {
			b.desk = append(b.desk, l.Message.Text)
		}
	}
	return b.books.Commit(ctx, batch)
}

// kept notes stumbles.
type kept struct {
	refuses string // the documents that cannot be kept
	why     []string
	docs    []string
}

func (k *kept) Stumble(_ context.Context, _, why string, event []byte) error {
	if k.refuses != "" && strings.Contains(string(event), k.refuses) {
		return errors.New("no such text")
	}
	k.why, k.docs = append(k.why, why), append(k.docs, string(event))
	return nil
}

// lives are beginnings that are never forgotten, over the deaths of engines.
type lives struct {
	mu sync.Mutex
	n  map[bot.EventID]int
}

func (l *lives) Begun(_ context.Context, id bot.EventID) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.n[id], nil
}

func (l *lives) Begin(_ context.Context, id bot.EventID) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n[id]++
	return nil
}

func (l *lives) Wait(_ context.Context, id bot.EventID) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.n[id]--
	return nil
}

func (l *lives) End(_ context.Context, id bot.EventID) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.n, id)
	return nil
}

func well(context.Context) error { return nil }

// parking is an engine in which things go wrong.
func parking(change func(*engine.Options)) (*engine.Engine, *readers, *kept) {
	p := flowtest.City()
	notes := &readers{books: &books{done: map[string]bool{}, said: map[bot.Address][]bot.Message{}}}
	stumbles := &kept{}
	o := engine.Options{
		Sessions: &shelf{docs: map[bot.Address]engine.Session{}}, Cases: engine.Cases{Store: notes, Offices: notes, Stumbles: stumbles},
		Machine: flows.New(flows.Options{Profile: p, Reader: flowtest.NewReader(p), Finder: flowtest.NewFinder(), Flows: []flows.Maker{intake.New}}),
		Now:     time.Now, Log: slog.New(slog.DiscardHandler), DeskAt: func() bot.Address { return deskAt },
		Office: func() *casework.Office { return &casework.Office{Profile: p} },
	}
	if change != nil {
		change(&o)
	}
	return engine.New(o), notes, stumbles
}

func says(id string, chat bot.Address, text string) bot.Event {
	return bot.Event{ID: bot.EventID(id), Chat: chat, From: bot.Person{ID: chat.ID}, At: time.Now(), Body: bot.Text{Text: text}}
}

// A chat that cannot be had is given up within seconds; who shares its place does not wait at all. It is set aside at once
// then: its person is answered, and the coordinator knows.
func TestAChatThatCannotBeHadIsSetAside(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		e, notes, stumbles := parking(func(o *engine.Options) {
			o.Sessions = stuck{&shelf{docs: map[bot.Address]engine.Session{}}, siti}
		})
		neighbour := bot.Address{Network: "sim"}
		for i := 0; neighbour.ID == "" || !e.SamePlace(neighbour, siti); i++ {
			neighbour.ID = strconv.Itoa(i)
		}
		began := time.Now()
		ev := says("e1", siti, "lampu mati")
		var err error
		var wg sync.WaitGroup
		wg.Go(func() { err = e.Handle(t.Context(), ev) })
		synctest.Wait()
		if e := e.Handle(t.Context(), says("e2", neighbour, "got mampet di kel Cipare")); e != nil || time.Since(began) != 0 {
			t.Errorf("the neighbour waited %s: %v", time.Since(began), e)
		}
		wg.Wait()
		if !errors.Is(err, engine.ErrBusy) || time.Since(began) > 8*time.Second {
			t.Fatalf("after %s: %v", time.Since(began), err)
		}
		waited := time.Since(began)
		if err := e.Park(t.Context(), ev, err, well); err != nil || time.Since(began) != waited {
			t.Errorf("setting it aside took %s: %v", time.Since(began)-waited, err)
		}
		if len(stumbles.why) != 1 || len(notes.said[siti]) != 1 || len(notes.desk) != 1 || !strings.Contains(notes.desk[0], "e1") {
			t.Errorf("kept %q; the person reads %v, the coordinator %q", stumbles.why, notes.said[siti], notes.desk)
		}
	})
}

// Nothing is set aside for what the stores or a network did, and nothing that works by now.
func TestWhatIsNotSetAside(t *testing.T) {
	t.Parallel()
	e, notes, stumbles := parking(nil)
	ev := says("e1", siti, "got mampet di kel Cipare")
	away := errors.New("away")
	if err := e.Park(t.Context(), ev, away, func(context.Context) error { return away }); !errors.Is(err, away) {
		t.Errorf("while a store is away: %v", err)
	}
	if err := e.Park(t.Context(), ev, &bot.SendError{Remedy: bot.Retry, Err: away}, well); err == nil {
		t.Error("what a network failed at was set aside")
	}
	if err := e.Park(t.Context(), ev, away, well); err != nil || len(stumbles.why) != 0 || len(notes.said[siti]) != 1 {
		t.Errorf("handled by now: %v, kept %q, said %v", err, stumbles.why, notes.said[siti])
	}
}

// What is older than all that is remembered is set aside, as it may have been handled before; a minute younger, it is handled.
func TestAnEventThatIsTooOldToBeKnown(t *testing.T) {
	t.Parallel()
	since := time.Now().Add(-45 * 24 * time.Hour)
	e, notes, stumbles := parking(func(o *engine.Options) { o.Since = func() time.Time { return since } })
	old, young := says("e1", siti, "got mampet di kel Cipare"), says("e2", budi, "got mampet di kel Cipare")
	old.At, young.At = since.Add(-time.Minute), since.Add(time.Minute)
	for _, ev := range []bot.Event{old, young} {
		if err := e.Handle(t.Context(), ev); err != nil {
			t.Fatal(err)
		}
	}
	if len(stumbles.why) != 1 || !strings.Contains(stumbles.why[0], "older than what is remembered") || len(notes.said[siti]) != 1 || len(notes.desk) != 1 {
		t.Errorf("kept %q; she reads %v, the coordinator %q", stumbles.why, notes.said[siti], notes.desk)
	}
	if len(notes.said[budi]) != 1 || strings.HasPrefix(notes.said[budi][0].Text, "Maaf") {
		t.Errorf("of what is younger he reads %v", notes.said[budi])
	}
}

// What cannot even be kept to be looked at leaves a sign that it came, and is over.
func TestWhatCannotBeKeptIsOverAllTheSame(t *testing.T) {
	t.Parallel()
	e, notes, stumbles := parking(func(o *engine.Options) {
		o.Machine = faulty{flows.New(flows.Options{Profile: flowtest.City()})}
	})
	stumbles.refuses = "racun"
	if err := e.Handle(t.Context(), says("e1", siti, "racun")); err != nil || len(stumbles.docs) != 1 || stumbles.docs[0] != "{}" || len(notes.said[siti]) != 1 {
		t.Errorf("%v; kept %q, said %v", err, stumbles.docs, notes.said[siti])
	}
}

// An event that the program dies of is set aside after a few lives; those that were in hand at the same deaths are not.
func TestAnEventThatTheProgramDiesOf(t *testing.T) {
	t.Parallel()
	past := &lives{n: map[bot.EventID]int{}}
	notes := &readers{books: &books{done: map[string]bool{}, said: map[bot.Address][]bot.Message{}}}
	stumbles := &kept{}
	live := func() (died bool) {
		hand, _, _ := parking(func(o *engine.Options) {
			o.Begun = past
			o.Cases = engine.Cases{Store: notes, Offices: notes, Stumbles: stumbles}
		})
		for _, who := range []string{"racun", "baik"} { // one after the other: what began first is in hand at the death
			ev := says("e-"+who, bot.Address{Network: "sim", ID: who}, "got mampet di kel Cipare")
			if who == "racun" && past.n[ev.ID] < 5 {
				// What a kill leaves behind: begun, and never ended; with it, the first two times, what was in hand beside it. After
				// that each is handled alone.
				begun := []bot.EventID{ev.ID}
				if past.n[ev.ID] < 2 {
					begun = append(begun, "e-baik")
				}
				for _, id := range begun {
					if err := past.Begin(t.Context(), id); err != nil {
						t.Fatal(err)
					}
				}
				return true
			}
			if err := hand.Handle(t.Context(), ev); err != nil {
				t.Fatal(err)
			}
		}
		return false
	}
	deaths := 0
	for live() {
		if deaths++; deaths > 9 {
			t.Fatal("it dies for ever")
		}
	}
	if deaths != 5 || len(stumbles.why) != 1 || len(notes.said[bot.Address{Network: "sim", ID: "baik"}]) != 1 {
		t.Errorf("%d deaths, kept %q, said %v", deaths, stumbles.why, notes.said)
	}
	if said := notes.said[bot.Address{Network: "sim", ID: "racun"}]; len(said) != 1 || len(notes.desk) != 1 {
		t.Errorf("the person reads %v, the coordinator %q", said, notes.desk)
	}
	if past.n["e-baik"] != 0 {
		t.Errorf("a good event counts as begun %d times", past.n["e-baik"])
	}
}

// watching is a machine that tells, within a step, whether another event could be begun beside it.
type watching struct {
	*flows.Machine
	step func()
}

func (w watching) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	w.step()
	return w.Machine.Step(s, in)
}

// What was in hand at two deaths is handled while nothing else is, so that a third death counts against it alone; all else is handled
// side by side.
func TestWhatWasInHandAtTwoDeathsIsHandledAlone(t *testing.T) {
	t.Parallel()
	for deaths, beside := range []bool{true, true, false, false} {
		past := &lives{n: map[bot.EventID]int{"e1": deaths}}
		var e *engine.Engine
		steps := 0
		e, _, _ = parking(func(o *engine.Options) {
			o.Begun = past
			o.Machine = watching{flows.New(flows.Options{Profile: flowtest.City(), Reader: flowtest.NewReader(flowtest.City()), Finder: flowtest.NewFinder(), Flows: []flows.Maker{intake.New}}), func() {
				steps++
				if got := e.Admits(); got != beside {
					t.Errorf("after %d deaths another event may be begun beside it: %v", deaths, got)
				}
			}}
		})
		if err := e.Handle(t.Context(), says("e1", siti, "halo")); err != nil || steps == 0 || !e.Admits() {
			t.Errorf("after %d deaths: %v, %d steps", deaths, err, steps)
		}
	}
}

// held is a shelf on which another instance holds a chat for a while; seen is told at each look at it.
type held struct {
	*shelf
	looks int
	seen  func()
}

func (h *held) Load(ctx context.Context, chat bot.Address) (engine.Session, error) {
	if h.looks--; h.looks >= 0 {
		h.seen()
		return engine.Session{}, engine.ErrBusy
	}
	return h.shelf.Load(ctx, chat)
}

func (h *held) Take(ctx context.Context, chat bot.Address, _ engine.Beginning) (engine.Session, error) {
	return h.Load(ctx, chat)
}

// What only waits for a chat that a program which has died still holds does not count as what the next death was of, and keeps nobody
// from beginning beside it.
func TestWhoWaitsForAChatIsNotInHand(t *testing.T) {
	t.Parallel()
	for _, deaths := range []int{0, 2, 4} {
		past := &lives{n: map[bot.EventID]int{"e1": deaths}}
		var e *engine.Engine
		looks := 0
		hand, notes, stumbles := parking(func(o *engine.Options) {
			o.Begun = past
			o.Sessions = &held{&shelf{docs: map[bot.Address]engine.Session{}}, 4, func() {
				if looks++; looks == 1 { // it does not wait yet
					return
				}
				if n, _ := past.Begun(t.Context(), "e1"); n != deaths || !e.Admits() {
					t.Errorf("after %d deaths: waiting counts as %d, others may begin: %v", deaths, n, e.Admits())
				}
			}}
		})
		e = hand
		if err := e.Handle(t.Context(), says("e1", siti, "halo")); err != nil || looks != 4 || len(stumbles.why) != 0 || len(notes.said[siti]) == 0 {
			t.Errorf("after %d deaths: %v, %d looks, kept %q", deaths, err, looks, stumbles.why)
		}
		if n, _ := past.Begun(t.Context(), "e1"); n != 0 || !e.Admits() {
			t.Errorf("after %d deaths: it still counts %d times when it is over", deaths, n)
		}
	}
}
