package outbox

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Sender sends the letters of one channel. Only one instance may Run at a time.
type Sender struct {
	Options

	mu      sync.Mutex
	leading bool
	queues  map[string]*queue
	known   ids       // letters here,
	past    [2]ids    // and those that were a moment ago: since the last turn, and before it
	turned  time.Time // when past was turned
	// refusals are the letters among them that may wait again: those to people who were silent.
	refusals []int64
	lanes    map[string]*lane
	ready    lanes
	lacking  map[*Item]*lane // items that wait for a file, a card, a topic
	presses  []*Item         // answers to presses go beside all lanes and limits
	pace     *bucket
	notices  *bucket
	today    day
	stop     time.Time // the network asked for silence until then
	passed   time.Time // when a letter came through last
	flying   int
	fates    []Fate
	// fresh is where the desk's letters stand whose fates are not written yet: the next one may reply to them or change them.
	fresh map[string]bot.MessageRef
	// rooms are the topics of the desk's rooms, as far as they were asked for. Only who leads makes topics.
	rooms map[string]bot.Address

	wake chan struct{} // lanes changed
	mark chan struct{} // fates wait
	look chan struct{} // the database may hold letters unknown here
	work chan flight
}

// queue is what is known of one queue of the database. Each has bounds of its own: a desk that can not be reached must
// not keep citizens waiting.
type queue struct {
	// behind says that the database holds letters that are not loaded. New ones go through it then, to keep the order.
	behind bool
	live   int // letters in memory
	// offered came while behind and after the load at work had begun; missed says that there were too many of them.
	offered []Item
	missed  bool
}

// flight is what goes on the wire at once: one item, or several cards in one message.
type flight struct {
	lane  *lane
	items []*Item
	cost  int
}

const (
	// rememberFor is how long a finished letter's id is remembered at least, so that a late notice of its commit can not send
	// it again.
	rememberFor = 5 * time.Second
	// loadMost is how many letters of a queue lie in memory at most, offeredMost how many come during one load.
	loadMost    = 4000
	offeredMost = 4000
	// pollEvery is how often the database is asked for letters that nobody told of.
	pollEvery = time.Second
	// freshFor is how long the card of a new report is sent as it was handed over. Its changes follow it, as they would had it
	// not waited. Only while so few letters wait as freshMost is what they show kept in memory.
	freshFor  = time.Minute
	freshMost = 1000
	// digestFrom is how many new cards of one room must wait to be told in one message.
	digestFrom = 4
	// digestMost is how many one message tells: with the quotes below them so many always fit (desk.Digest leaves out what
	// does not, and what is left out is seen by nobody).
	digestMost = 14
	// landing is how long letters on the wire may take to arrive when the sender is to end: one that is cut off may have
	// arrived, and would be sent twice.
	landing = 4 * time.Second
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
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	s := &Sender{
		Options: o, pace: newBucket(o.Pace.PerSecond, o.Pace.Burst, o.Now()), notices: noticeBucket(o.Pace.NoticeEvery, o.Now()),
		fresh: map[string]bot.MessageRef{}, wake: make(chan struct{}, 1), mark: make(chan struct{}, 1), look: make(chan struct{}, 1),
	}
	s.reset()
	return s
}

func noticeBucket(every time.Duration, now time.Time) *bucket {
	if every <= 0 {
		return nil
	}
	return newBucket(1/every.Seconds(), 1, now)
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Offer hands over letters that were just committed, so that they need not be read back; those of queues it does not
// serve are left alone. It never blocks. It answers false when another instance sends for this channel.
func (s *Sender) Offer(items []Item) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.leading {
		return false
	}
	for i := range items {
		q := s.queues[QueueOf(items[i].Letter)]
		switch {
		case q == nil:
		case !q.behind && q.live < loadMost:
			s.take(items[i])
		case !q.behind:
			q.behind, q.missed = true, true
		case len(q.offered) < offeredMost:
			q.offered = append(q.offered, items[i])
		default:
			q.missed = true
		}
	}
	signal(s.wake)
	return true
}

// Look says that another instance wrote letters, or that a file came for which one waits.
func (s *Sender) Look() { signal(s.look) }

// Resume says that the network takes letters again: what was to wait because it did not goes now.
func (s *Sender) Resume() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop = time.Time{}
	for _, l := range s.lanes {
		l.failures, l.until = 0, time.Time{}
		if !l.busy {
			_, when := l.due(s.Now())
			s.later(l, when)
		}
	}
	signal(s.wake)
}

// take puts an item in its lane, once. s.mu is held.
func (s *Sender) take(it Item) {
	if s.knows(it.ID) {
		return
	}
	q := s.queues[QueueOf(it.Letter)]
	if q == nil {
		return
	}
	s.known.add(it.ID)
	it.came = s.Now()
	if q.live++; q.live > freshMost {
		it.Letter.Fresh = nil
	}
	if it.Letter.Purpose == ledger.ToPress {
		s.presses = append(s.presses, &it)
		return
	}
	l := s.laneOf(it)
	for _, old := range l.add(&it) {
		s.finish(old, Fate{State: ledger.Overtaken})
	}
	if !l.busy {
		_, when := l.due(s.Now())
		if l.slot < 0 || when.Before(l.when) { // who writes on while waiting keeps the place in the line of chats
			s.later(l, when)
		}
	}
}

// laneOf is the lane of the chat a letter goes to. The operators' group is one chat, whether a letter is for one of its
// rooms or answers somebody there.
func (s *Sender) laneOf(it Item) *lane {
	group := it.Letter.Desk || it.Letter.To.Chat() == s.Desk.Address().Chat()
	key := DeskQueue
	if !group {
		key = it.Letter.To.Chat().String()
	}
	l := s.lanes[key]
	if l != nil {
		return l
	}
	now := s.Now()
	l = &lane{key: key, group: group, slot: -1}
	if group {
		l.pace = newBucket(s.Pace.GroupPerMinute/60, s.Pace.GroupBurst, now)
	} else {
		l.pace = newBucket(s.Pace.ChatPerSecond, s.Pace.ChatBurst, now)
	}
	s.lanes[key] = l
	return l
}

// Run sends until ctx is done; then it waits for what is on the wire and writes what became of it. Call it only while
// this instance leads.
func (s *Sender) Run(ctx context.Context) error {
	keeper := make(chan struct{})
	stopKeeper, stop := context.WithCancel(context.WithoutCancel(ctx))
	go func() { defer close(keeper); s.keep(stopKeeper, ctx) }()
	wire, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	context.AfterFunc(ctx, func() {
		if pause(wire, landing) {
			cut()
		}
	})
	var workers sync.WaitGroup
	for range s.Workers {
		workers.Go(func() {
			for f := range s.work {
				if ctx.Err() == nil { // what has not begun stays in the database
					s.fly(wire, f)
				}
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
	s.leading, s.flying = false, 0
	s.lanes, s.ready, s.presses, s.lacking = map[string]*lane{}, nil, nil, map[*Item]*lane{}
	s.known, s.past, s.rooms = ids{}, [2]ids{{}, {}}, map[string]bot.Address{}
	for _, f := range s.fates {
		s.known.add(f.ID)
	}
	s.queues = make(map[string]*queue, len(s.Networks))
	for _, n := range s.Networks {
		s.queues[n] = &queue{}
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

// finish keeps what became of an item. s.mu is held.
func (s *Sender) finish(it *Item, f Fate) {
	f.ID, f.Key, f.Attempts = it.ID, it.Letter.Key, it.Attempts
	if it.Letter.Purpose == ledger.Notice && f.State != ledger.Overtaken {
		f.Notice = it.Letter.Report
	}
	if q := s.queues[QueueOf(it.Letter)]; q != nil {
		q.live--
	}
	delete(s.lacking, it)
	if it.Letter.Desk && !f.Ref.Zero() {
		s.fresh[f.Key] = f.Ref
		if it.Letter.Purpose == ledger.Refresh { // a card that was sent anew stands here now
			f.edits = it.Letter.Edits
			s.fresh[f.edits] = f.Ref
		}
	}
	s.fates = append(s.fates, f)
	signal(s.mark)
}
