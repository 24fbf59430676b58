package outbox

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"rabeg/bot"
	"rabeg/internal/guard"
	"rabeg/internal/ledger"
)

// Sender sends the letters of one channel. Only one instance may Run at a time. It puts three together: the books know
// which letters the database holds, the board which of them goes next, and the wire gives it to the network.
type Sender struct {
	Options
	wire *wire

	mu    sync.Mutex // of the board and the books
	board *board
	books *books
	// news is closed when a flight has landed or fates were written; nil while nobody waits for that.
	news chan struct{}
	owed time.Time // since when fates wait to be written; zero while none do

	wake chan struct{} // the board changed
	mark chan struct{} // fates wait
	look chan struct{} // the database may hold letters unknown here, or what letters lack
	come chan struct{} // it holds letters unknown here
	work chan flight
	more func(flight) // lets one more work

	none             atomic.Bool // no departure is written down
	departed, forgot time.Time   // when letters were last written down as on their way, and when old ones were taken away
}

const (
	// pollEvery is how often the database is asked for letters that nobody told of, againSoon the pause when it did not
	// answer.
	pollEvery = time.Second
	againSoon = 100 * time.Millisecond
	// gather is how long fates are gathered since they were written last. A statement costs PostgreSQL 0.3 ms, a fate in it a
	// hundredth of a millisecond; and a letter is on its way far longer, which is as uncertain when this process dies.
	gather = 5 * time.Millisecond
	// idleMost is how long somebody who lets letters fly waits for the next one.
	idleMost = 5 * time.Second
	// landingMost is how long letters on the wire may take to arrive when the sender is to end: one that is cut off may have
	// arrived, and would be sent twice.
	landingMost = 4 * time.Second
	// cutAfter is the same for a sender that is not sure of its lead any more: another leads soon (postgres, silentFor), and no letter of
	// this one may arrive then.
	cutAfter = 2500 * time.Millisecond
	// partingMost is how long a sender that ends tries to write what became of its letters.
	partingMost = 3 * time.Second
	// unwrittenMost is how long fates may lie here unwritten: then no more letters go out until they are. If this instance is cut
	// off from the database, another sends again what is not written there.
	unwrittenMost = 300 * time.Millisecond
)

// New makes a Sender.
func New(o Options) *Sender {
	if o.Workers == 0 {
		o.Workers = 32
	}
	if o.Backoff == 0 {
		o.Backoff = 200 * time.Millisecond
	}
	if o.MaxBackoff == 0 {
		o.MaxBackoff = 30 * time.Second
	}
	if o.TimeOfDay == nil {
		o.TimeOfDay = o.Now
	}
	if o.Machine == nil {
		o.Machine = o.Now
	}
	if o.Observe == nil {
		o.Observe = func(string, time.Duration) {}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Sender{
		Options: o, board: newBoard(o, o.Now()),
		wake: make(chan struct{}, 1), mark: make(chan struct{}, 1), look: make(chan struct{}, 1),
		come: make(chan struct{}, 1),
	}
	s.books = newBooks(o, &s.mu, s.put)
	s.wire = newWire(o, s.books.ref)
	return s
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Offer hands over letters that were just committed, so that they need not be read back; those of queues it does not
// serve are left alone. It never blocks. It answers false when another instance sends for this channel. Where several answer the
// same chats, all letters come by the database, which alone knows their order.
func (s *Sender) Offer(items []Item) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Shared && s.books.open {
		signal(s.come)
		return true
	}
	return s.books.offer(items)
}

// Doubt says that letters may have been committed that were offered to nobody: none that is offered from now on passes them.
func (s *Sender) Doubt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.books.doubt()
	signal(s.come)
}

// Mine gives those of the items that this sender sends.
func (s *Sender) Mine(items []Item) []Item {
	others := func(it Item) bool { return !slices.Contains(s.Networks, QueueOf(it.Letter)) }
	if !slices.ContainsFunc(items, others) {
		return items // the usual case: one network
	}
	return slices.DeleteFunc(slices.Clone(items), others)
}

// Look says that another instance wrote letters, or that a file came for which one waits.
func (s *Sender) Look() { signal(s.look) }

// Resume says that the network takes letters again: what was to wait because it did not goes now.
func (s *Sender) Resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.board.resume(s.Now())
	signal(s.wake)
}

// put puts a letter that the books have entered on the board. s.mu is held.
func (s *Sender) put(it Item) {
	now := s.Now()
	it.clocked(now, s.TimeOfDay())
	s.board.add(&it, s.group(&it), now)
	s.settle()
	signal(s.wake)
}

// group reports whether a letter goes to the operators' group.
func (s *Sender) group(it *Item) bool {
	return it.Letter.Desk || it.Letter.To.Chat() == s.Desk.Address().Chat()
}

// settle takes down what is done with. s.mu is held.
func (s *Sender) settle() {
	if len(s.board.ended) == 0 {
		return
	}
	for i := range s.board.ended {
		e := &s.board.ended[i]
		s.books.close(e)
		switch {
		case e.err == nil:
		case e.State == ledger.Cold:
			s.Log.Warn("letter waits until the person writes", "letter", e.ID)
		default:
			s.Log.Warn("letter cannot be sent", "letter", e.ID, "tries", e.Attempts, "remedy", bot.AsSendError(e.err).Remedy.String(),
				"error", bot.AsSendError(e.err).Err)
		}
	}
	if s.owed.IsZero() {
		s.owed = s.Now()
	}
	clear(s.board.ended)
	s.board.ended = s.board.ended[:0]
	signal(s.mark)
}

// Run sends until ctx is done; then it waits for what is on the wire and writes what became of it. Call it only while
// this instance leads; ctx tells under which hold.
func (s *Sender) Run(ctx context.Context) error {
	if ledger.HoldOf(ctx).After {
		s.mu.Lock()
		s.board.limits.spend(s.Now())
		s.mu.Unlock()
	}
	ctx, fall := context.WithCancelCause(ctx)
	defer fall(nil)
	s.work = make(chan flight)
	keeper := make(chan struct{})
	stopKeeper, stop := context.WithCancel(context.WithoutCancel(ctx))
	go func() { defer close(keeper); stands(fall, func() { s.keep(stopKeeper, ctx) }) }()
	flown := newReins(ctx)
	defer flown.end()
	go stands(fall, func() { s.cutOff(ctx, flown) })
	var workers sync.WaitGroup
	s.more = func(f flight) { workers.Go(func() { stands(fall, func() { s.works(ctx, flown, f) }) }) }
	stands(fall, func() { s.dispatch(ctx) })
	s.mu.Lock()
	s.books.open = false
	s.mu.Unlock()
	close(s.work)
	workers.Wait()
	stop()
	<-keeper
	s.mu.Lock()
	defer s.mu.Unlock()
	s.board.clear()
	s.books.shut()
	s.wire.rooms.forget()
	s.tell()
	if p, ok := errors.AsType[*guard.Panic](context.Cause(ctx)); ok {
		return p
	}
	return nil
}

func (s *Sender) dispatch(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		s.gathered(ctx)
		next, flights := s.next()
		s.launch(ctx, flights)
		if ctx.Err() != nil {
			return
		}
		timer.Reset(next)
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
	}
}

// next picks what goes now, and tells when to look again.
func (s *Sender) next() (time.Duration, []flight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	if !s.owed.IsZero() && now.Sub(s.owed) > unwrittenMost {
		return againSoon, nil
	}
	next, flights := s.board.pick(now)
	s.settle()
	return next, flights
}

// fly gives a flight to the network and brings back what became of it.
func (s *Sender) fly(ctx context.Context, f flight) {
	began := s.Now()
	o := s.wire.try(ctx, f)
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	done := s.board.land(f, o, now)
	if done.result != "" {
		s.Observe(done.result, now.Sub(began))
	}
	if done.result == "again" {
		s.Log.Warn("letter may have come twice", "letter", f.items[0].ID, "letters", len(f.items))
	}
	for _, it := range done.aside {
		s.Log.Warn("letter steps aside", "letter", it.ID, "tries", it.Attempts, "error", bot.AsSendError(o.err).Err)
	}
	s.settle()
	s.tell()
	signal(s.wake)
}

// keep writes fates and looks for letters nobody told of. It first puts things right after an earlier sender, and ends
// when stop is done and all is written or cannot be.
func (s *Sender) keep(stop, ctx context.Context) {
	begun, started := false, false
	tick := time.NewTicker(pollEvery * time.Duration(max(s.Tempo, 1)))
	defer tick.Stop()
	for {
		wrote := s.write(stop)
		written := s.Now()
		if stop.Err() != nil {
			s.writeOut(stop)
			return
		}
		if wrote && !begun && ctx.Err() == nil {
			begun = s.books.begin(ctx)
		}
		if wrote && begun && !started {
			started = s.load(ctx)
		}
		if !wrote || !started {
			pause(stop, againSoon)
			continue
		}
		select {
		case <-stop.Done():
		case <-s.mark:
			pause(stop, gather-s.Now().Sub(written))
		case <-s.come:
			s.load(ctx)
		case <-s.look:
			s.load(ctx)
			s.recheck()
		case <-tick.C:
			if s.books.glance(ctx) {
				s.load(ctx)
			}
			s.sweep()
			s.forget(ctx)
		}
	}
}

// writeOut writes the last fates, however often the connection is lost meanwhile: who leads next sends again what is not written.
func (s *Sender) writeOut(stop context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(stop), partingMost)
	defer cancel()
	for !s.write(ctx) {
		if !pause(ctx, againSoon/4) {
			return
		}
	}
}

func (s *Sender) write(ctx context.Context) bool {
	wrote := s.books.write(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if wrote {
		s.owed = time.Time{}
		if len(s.books.fates) > 0 {
			s.owed = s.Now()
		}
	}
	s.tell()
	return wrote
}

func (s *Sender) load(ctx context.Context) bool {
	ok, again := s.books.load(ctx)
	if again {
		signal(s.come)
	}
	return ok
}

func (s *Sender) recheck() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.board.recheck(s.Now())
	signal(s.wake)
}

func (s *Sender) sweep() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	s.books.sweep(now)
	s.board.sweep(now)
}

func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
