package outbox

import (
	"context"
	"errors"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Departures are written before letters are given to a network that cannot tell a letter it is given twice. Of a sender that ended without
// a word it is known then which letters may have arrived: they are adrift, and the next sender waits for a sign of them before it
// gives them to the network again. All is asked under the hold of the context.
type Departures interface {
	// Depart says that letters may have reached the network from now on. ErrNotLed: another leads, and none may be sent.
	Depart(ctx context.Context, ids []int64) error
	// Adrift lists the letters that still wait though an earlier sender said so of them.
	Adrift(ctx context.Context, networks []string) ([]int64, error)
	// ForgetDeparted takes away what was said too long ago to matter, and tells whether anything else is left.
	ForgetDeparted(ctx context.Context) (left bool, err error)
}

const (
	// adriftWait is how long a letter that may have arrived waits for a sign: the network hands over first what people did meanwhile.
	// Who pressed a button of it has it, and who went on has no use for it.
	adriftWait = 2 * time.Second
	// departMost bounds writing down what departs; departEvery is the least pause between two such writings, each of which costs
	// PostgreSQL as much as a letter's fate: what is picked meanwhile departs together.
	departMost  = time.Second
	departEvery = 4 * time.Millisecond
	// forgetEvery is how often old departures are taken away.
	forgetEvery = 30 * time.Second
)

// mayRepeat is what the card says of news that may have come twice.
const mayRepeat = "mungkin sampai dua kali"

// launch gives flights to the wire, once it is written down that they depart. What could not be written down goes back to its lane: if
// it flew and this program ended, nobody would know.
func (s *Sender) launch(ctx context.Context, flights []flight) {
	var ids []int64
	departing := flights[:0]
	for _, f := range flights {
		if of := f.departs(); s.Departures != nil && len(of) > 0 {
			ids, departing = append(ids, of...), append(departing, f)
			continue
		}
		s.hand(ctx, f)
	}
	if len(ids) == 0 {
		return
	}
	s.none.Store(false)
	bounded, cancel := context.WithTimeout(ctx, departMost)
	err := s.Departures.Depart(bounded, ids)
	cancel()
	s.departed = s.Now()
	if err == nil {
		for _, f := range departing {
			s.hand(ctx, f)
		}
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range departing {
		s.board.land(f, outcome{err: ledger.ErrNotLed}, s.departed)
	}
	s.settle()
	signal(s.wake)
}

func (s *Sender) hand(ctx context.Context, f flight) {
	select {
	case s.work <- f: // somebody is there
	case <-ctx.Done():
	default:
		s.more(f)
	}
}

// gathered waits until what departs now departs together with what was picked since the last time.
func (s *Sender) gathered(ctx context.Context) {
	if s.departed.IsZero() {
		return
	}
	if wait := departEvery - s.Now().Sub(s.departed); wait > 0 {
		pause(ctx, wait)
	}
}

// departs are the letters of a flight that nobody should get twice. The answer to a press and a change alone may come as often as they will.
func (f *flight) departs() (ids []int64) {
	for _, it := range f.items {
		if it.Letter.Purpose != ledger.ToPress && !it.Letter.Only {
			ids = append(ids, it.ID)
		}
	}
	return ids
}

// waits lets nothing of a chat but alarms go before a time, for a letter of it may have arrived: whatever comes through, and whoever
// says that letters may go again, those behind it do not pass it.
func (l *lane) waits(until time.Time) { l.sure = later(l.sure, until) }

// sign takes what somebody did as a sign that a letter arrived which was adrift: the question that it asks is answered.
func (s *Sender) sign(ev bot.Event) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.board.lanes[laneKey(ev.Chat, ev.Chat.Chat() == s.Desk.Address().Chat())]
	if l == nil {
		return
	}
	i := slices.IndexFunc(l.items, func(it *Item) bool { return it.adrift && answers(ev.Body, &it.Letter.Message) })
	if i < 0 {
		return
	}
	it := l.items[i]
	l.remove(it)
	it.Attempts++
	fate := Fate{State: ledger.Sent, lane: l.key}
	if pick, ok := ev.Body.(bot.Pick); ok {
		fate.Ref = pick.Message
	}
	s.board.finish(it, fate)
	s.settle()
	signal(s.wake)
}

// answers reports whether somebody did what a message offers: one of its choices, or the place that it asks for.
func answers(body bot.Body, m *bot.Message) bool {
	if _, ok := body.(bot.Location); ok {
		return m.Want == bot.WantLocation || m.Want == bot.WantContact
	}
	if m.Menu == nil {
		return false
	}
	_, ok := m.Menu.Match(body)
	return ok
}

// forget takes old departures away now and then, while there are any.
func (s *Sender) forget(ctx context.Context) {
	if s.Departures == nil || s.none.Load() || s.Now().Sub(s.forgot) < forgetEvery {
		return
	}
	s.forgot = s.Now()
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	s.none.Store(true) // what departs from here on is some
	left, err := s.Departures.ForgetDeparted(ctx)
	if left || err != nil {
		s.none.Store(false)
	}
	if err != nil && !errors.Is(err, context.Canceled) {
		s.Log.Warn("old departures are not taken away", "error", err)
	}
}
