package outbox

import (
	"container/heap"
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"rabeg/internal/casework"
)

// Sender sends the letters of one channel. Only one instance may Run at a time.
type Sender struct {
	Options

	mu      sync.Mutex
	leading bool
	behind  bool // the database holds letters that are not loaded: new ones come through it, to keep the order
	known   map[int64]time.Time
	lanes   map[string]*lane
	ready   lanes
	presses []*Item // answers to presses go beside all lanes and limits
	pace    *rate.Limiter
	stop    time.Time // the network asked for silence until then
	flying  int
	fates   []Fate
	retired []retired

	wake chan struct{} // lanes changed
	mark chan struct{} // fates wait
	look chan struct{} // the database may hold letters unknown here
	work chan flight
}

// flight is what goes on the wire at once: one item, or several cards in one message.
type flight struct {
	lane  *lane
	items []*Item
}

type retired struct {
	id int64
	at time.Time
}

const (
	// rememberFor is how long a finished letter's id is remembered, so that a late notice of its commit can not send it again.
	rememberFor = 10 * time.Second
	// loadMost is how many letters lie in memory at most.
	loadMost = 20000
	// pollEvery is how often the database is asked for letters that nobody told of.
	pollEvery = time.Second
	// digestFrom is how many new cards of one room must wait to be told in one message.
	digestFrom = 4
	digestMost = 25
	idleLane   = time.Minute
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
	if o.Observe == nil {
		o.Observe = func(string, time.Duration) {}
	}
	return &Sender{
		Options: o, known: map[int64]time.Time{}, lanes: map[string]*lane{},
		pace: limiter(o.Pace.PerSecond, o.Pace.Burst),
		wake: make(chan struct{}, 1), mark: make(chan struct{}, 1), look: make(chan struct{}, 1),
		work: make(chan flight, o.Workers),
	}
}

func limiter(perSecond float64, burst int) *rate.Limiter {
	if perSecond <= 0 {
		return nil
	}
	return rate.NewLimiter(rate.Limit(perSecond), max(burst, 1))
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Offer hands over letters that were just committed, so that they need not be read back. It never blocks. It answers
// false when another instance sends for this channel.
func (s *Sender) Offer(items []Item) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.leading {
		return false
	}
	if s.behind || len(s.known) > loadMost {
		s.behind = true
		return true
	}
	for i := range items {
		s.take(items[i])
	}
	signal(s.wake)
	return true
}

// Look says that another instance wrote letters, or that a file came for which one waits.
func (s *Sender) Look() { signal(s.look) }

// take puts an item in its lane, once. s.mu is held.
func (s *Sender) take(it Item) {
	if _, ok := s.known[it.ID]; ok {
		return
	}
	s.known[it.ID] = time.Time{}
	if it.Letter.Purpose == casework.ToPress {
		s.presses = append(s.presses, &it)
		return
	}
	l := s.laneOf(it)
	for _, old := range l.add(&it) {
		s.finish(old, Fate{State: casework.Overtaken})
	}
	if !l.busy {
		_, when := l.due(s.Now())
		s.ready.at(l, when)
	}
}

func (s *Sender) laneOf(it Item) *lane {
	key := laneKey(it)
	l := s.lanes[key]
	if l != nil {
		return l
	}
	l = &lane{key: key, slot: -1}
	if it.Letter.Desk {
		l.pace = limiter(s.Pace.GroupPerMinute/60, s.Pace.GroupBurst)
	} else {
		l.pace = limiter(s.Pace.ChatPerSecond, s.Pace.ChatBurst)
	}
	s.lanes[key] = l
	return l
}

func laneKey(it Item) string {
	if it.Letter.Desk {
		return "desk"
	}
	return it.Letter.To.Chat().String()
}

// Run sends until ctx is done; then it waits for what is on the wire and writes what became of it. Call it only while
// this instance leads.
func (s *Sender) Run(ctx context.Context) error {
	keeper := make(chan struct{})
	stopKeeper, stop := context.WithCancel(context.WithoutCancel(ctx))
	go func() { defer close(keeper); s.keep(stopKeeper, ctx) }()
	var workers sync.WaitGroup
	for range s.Workers {
		workers.Go(func() {
			for f := range s.work {
				s.fly(ctx, f)
			}
		})
	}
	s.dispatch(ctx)
	s.mu.Lock()
	s.leading = false
	s.mu.Unlock()
	close(s.work)
	workers.Wait()
	stop()
	<-keeper
	s.reset()
	return nil
}

// reset forgets what lies in the database, and keeps the fates that could not be written yet.
func (s *Sender) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lanes, s.ready, s.presses, s.behind, s.flying = map[string]*lane{}, nil, nil, false, 0
	s.known, s.retired = map[int64]time.Time{}, nil
	for _, f := range s.fates {
		s.known[f.ID] = time.Time{}
	}
	s.work = make(chan flight, s.Workers)
}

func (s *Sender) dispatch(ctx context.Context) {
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	for {
		next, flights := s.pick()
		for _, f := range flights {
			select {
			case s.work <- f:
			case <-ctx.Done():
				return
			}
		}
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

// pick takes every flight that may start now and tells how long until there may be more.
func (s *Sender) pick() (time.Duration, []flight) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	var out []flight
	for len(s.presses) > 0 && s.flying < s.Workers {
		out = append(out, flight{items: []*Item{s.presses[0]}})
		s.presses = s.presses[1:]
		s.flying++
	}
	for len(s.ready) > 0 && s.flying < s.Workers {
		l := s.ready[0]
		if l.when.After(now) {
			break
		}
		it, when := l.due(now)
		if it == nil {
			s.later(l, when)
			continue
		}
		n := cost(it.Letter)
		if wait := s.networkWait(now, n); wait > 0 {
			return wait, out
		}
		if wait := peek(l.pace, now, n); wait > 0 {
			s.ready.at(l, now.Add(wait))
			continue
		}
		spend(l.pace, now, n)
		spend(s.pace, now, n)
		out = append(out, s.launch(l, it, now))
	}
	if len(s.ready) == 0 || s.flying >= s.Workers {
		return time.Minute, out // something that lands or comes wakes it
	}
	return max(s.ready[0].when.Sub(now), 100*time.Microsecond), out
}

// launch takes the next flight of a lane out of it.
func (s *Sender) launch(l *lane, it *Item, now time.Time) flight {
	heap.Pop(&s.ready)
	f := flight{lane: l, items: []*Item{it}}
	if l.pace != nil && it.Letter.Purpose == casework.Card {
		if cards := l.cards(it, now, digestMost); len(cards) >= digestFrom {
			f.items = cards
		}
	}
	for _, it := range f.items {
		l.remove(it)
	}
	l.busy, l.used = true, now
	s.flying++
	return f
}

// later puts a lane aside until when; a zero when takes it out of the heap: nothing waits in it.
func (s *Sender) later(l *lane, when time.Time) {
	if !when.IsZero() {
		s.ready.at(l, when)
		return
	}
	if l.slot >= 0 {
		heap.Remove(&s.ready, l.slot)
	}
}

// networkWait is how long until the network as a whole may be written to.
func (s *Sender) networkWait(now time.Time, n int) time.Duration {
	if now.Before(s.stop) {
		return s.stop.Sub(now)
	}
	return peek(s.pace, now, n)
}

// cost is how many messages a letter counts as: networks count every picture of an album.
func cost(l casework.Letter) int {
	n := len(l.Message.Photos) + len(l.Message.Files)
	if len(l.Message.Photos) != 1 && l.Message.Text != "" {
		n++
	}
	return max(n, 1)
}

// peek tells how long until n messages are allowed, and takes nothing. More than a full bucket is never waited for.
func peek(l *rate.Limiter, now time.Time, n int) time.Duration {
	if l == nil {
		return 0
	}
	need := float64(min(n, l.Burst()))
	tokens := l.TokensAt(now)
	if tokens >= need {
		return 0
	}
	return time.Duration((need-tokens)/float64(l.Limit())*float64(time.Second)) + time.Microsecond
}

// spend takes n messages; what is more than the bucket holds is owed.
func spend(l *rate.Limiter, now time.Time, n int) {
	if l == nil {
		return
	}
	for range n {
		l.ReserveN(now, 1)
	}
}

// finish keeps what became of an item. s.mu is held.
func (s *Sender) finish(it *Item, f Fate) {
	f.ID, f.Key, f.Attempts = it.ID, it.Letter.Key, it.Attempts
	if it.Letter.Purpose == casework.Notice && f.State != casework.Overtaken {
		f.Notice = it.Letter.Report
	}
	s.fates = append(s.fates, f)
	signal(s.mark)
}
