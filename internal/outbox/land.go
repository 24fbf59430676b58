package outbox

import (
	"context"
	"errors"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

const (
	// lackFirst and lackMost are the shortest and the longest time until a letter looks again for what it lacks.
	lackFirst = 25 * time.Millisecond
	lackMost  = 2 * time.Second
	// noDeskWait is how often the desk is looked for while there is none.
	noDeskWait = time.Second
	// asideAfter is how many failed tries, while others come through, make a letter step aside and let those behind it
	// pass; stubborn is how many prove that it will never come through: at the longest pause, about a day.
	asideAfter = 10
	stubborn   = 2880
	// pressPatience is how often the answer to a press is tried: the button spins for seconds only.
	pressPatience = 3
)

// land says what became of a flight and lets its lane go on.
func (s *Sender) land(f flight, ref bot.MessageRef, edited bool, err error, took time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.flying--
	now := s.Now()
	if f.lane == nil {
		s.pressed(f.items[0], err, took)
		signal(s.wake)
		return
	}
	f.lane.busy = false
	f.lane.pace.pass(now)
	if err == nil {
		f.lane.failures, f.lane.until = 0, time.Time{}
		s.passed = now
		s.sent(f, ref, edited, took)
	} else {
		s.missed(f, err, now, took)
	}
	_, when := f.lane.due(now)
	s.later(f.lane, when)
	signal(s.wake)
}

// pressed ends the answer to a press: it matters for seconds only.
func (s *Sender) pressed(it *Item, err error, took time.Duration) {
	it.Attempts++
	switch {
	case err == nil:
		s.Observe("answered", took)
		s.finish(it, Fate{State: ledger.Sent})
	case bot.AsSendError(err).Remedy == bot.Retry && !errors.Is(err, errOvertaken) && it.Attempts < pressPatience:
		s.presses = append(s.presses, it)
	default:
		s.Observe("failed", took)
		s.finish(it, Fate{State: ledger.Failed, Why: "tombol sudah lewat"})
	}
}

func (s *Sender) sent(f flight, ref bot.MessageRef, edited bool, took time.Duration) {
	result := "sent"
	if edited {
		result = "edited"
	}
	s.Observe(result, took)
	if len(f.items) > 1 {
		ref = bot.MessageRef{} // one message for several reports is nobody's card: that comes when somebody acts
	}
	for _, it := range f.items {
		it.Attempts++
		fate := Fate{State: ledger.Sent, Ref: ref}
		if it.cold {
			fate.Why = mayMiss
		}
		s.finish(it, fate)
	}
}

// missed decides about a flight that did not arrive.
func (s *Sender) missed(f flight, err error, now time.Time, took time.Duration) {
	switch {
	case errors.Is(err, errOvertaken):
		s.unspent(f, now)
		s.Observe("replaced", took)
		s.end(f, Fate{State: ledger.Overtaken})
		return
	case errors.Is(err, errNotYet):
		s.unspent(f, now)
		s.lacks(f, now)
		return
	case errors.Is(err, errNoDesk):
		s.unspent(f, now)
		f.lane.until = now.Add(noDeskWait)
		s.back(f)
		return
	}
	se := bot.AsSendError(err)
	for _, it := range f.items {
		it.Attempts++
	}
	if len(f.items) > 1 && (se.Remedy == bot.GiveUp || errors.Is(err, ledger.ErrUnknown)) {
		// Told together they are refused: each goes alone, so that one of them does not take the others down.
		s.Observe("retry", took)
		for _, it := range f.items {
			it.alone = true
		}
		s.back(f)
		return
	}
	remedy := se.Remedy
	if f.items[0].Letter.Desk && s.insist(f, se) {
		remedy = bot.Retry
	}
	switch remedy {
	case bot.Gone:
		s.Observe("gone", took)
		s.fail(f, se, "diblokir atau keluar dari chat")
	case bot.GiveUp:
		if f.items[0].cold && se.Cold {
			s.Observe("cold", took)
			s.Log.Warn("letter waits until the person writes", "letter", f.items[0].ID)
			s.end(f, Fate{State: ledger.Cold, Why: missed})
			return
		}
		s.Observe("failed", took)
		s.fail(f, se, "ditolak jaringan")
	case bot.Move:
		s.Observe("moved", took)
		f.lane.move(f.items[0], se.To)
		s.retry(f, se, now)
	default:
		s.Observe("retry", took)
		s.retry(f, se, now)
	}
}

// unspent gives the pace back what a flight took that never reached the network.
func (s *Sender) unspent(f flight, now time.Time) {
	f.lane.pace.take(now, -f.cost)
	s.pace.take(now, -f.cost)
	s.today.add(now, -f.cost)
	if f.items[0].Letter.Purpose.News() {
		s.notices.take(now, -1)
	}
}

// lacks lets a letter wait for what it shows: longer every time, but a Look ends the wait at once. Others pass it.
func (s *Sender) lacks(f flight, now time.Time) {
	for _, it := range f.items {
		if it.lacks == 0 {
			it.lacked = now
		}
		it.again = now.Add(min(lackFirst<<min(it.lacks, 16), lackMost))
		it.lacks++
		s.lacking[it] = f.lane
	}
	s.back(f)
}

// recheck lets all letters that lack something look for it now.
func (s *Sender) recheck() {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.Now()
	for it, l := range s.lacking {
		it.again = time.Time{}
		if _, when := l.due(now); !l.busy {
			s.later(l, when)
		}
	}
	clear(s.lacking)
	signal(s.wake)
}

// insist reports whether a letter to the desk is tried again although the network refuses it: a report that no
// operator sees is lost. A desk that shut the bot out is waited for; a letter that is refused goes without its files.
func (s *Sender) insist(f flight, se *bot.SendError) bool {
	switch se.Remedy {
	case bot.Gone:
		return true
	case bot.GiveUp:
		m := &f.items[0].Letter.Message
		if len(f.items) == 1 && len(m.Photos)+len(m.Files) > 0 {
			m.Text += "\n(lampiran tidak dapat ditampilkan)"
			m.Photos, m.Files = nil, nil
			return true
		}
	}
	return false
}

func (s *Sender) fail(f flight, se *bot.SendError, why string) {
	for _, it := range f.items {
		s.Log.Warn("letter can not be sent", "letter", it.ID, "remedy", se.Remedy.String(), "error", se.Err)
	}
	s.end(f, Fate{State: ledger.Failed, Why: why})
}

func (s *Sender) end(f flight, fate Fate) {
	f.lane.failures, f.lane.until = 0, time.Time{}
	for _, it := range f.items {
		s.finish(it, fate)
	}
}

// retry backs off. The whole chat waits, to keep its order; but a letter that fails again and again while others come
// through is itself at fault: it steps aside, so that those behind it are not lost with it.
func (s *Sender) retry(f flight, se *bot.SendError, now time.Time) {
	l := f.lane
	l.failures++
	wait := max(s.backoff(l.failures), se.After)
	l.until = now.Add(wait)
	if se.Slow && !l.group {
		// The network does not say whose limit it was. A group's own is twenty a minute: that it is asked to slow down
		// must not keep citizens waiting.
		if until := now.Add(wait); until.After(s.stop) {
			s.stop = until
		}
	}
	for _, it := range f.items {
		blamed := !it.failed.IsZero() && s.passed.After(it.failed)
		it.failed = now
		switch waited := l.group && se.Remedy == bot.Gone; {
		case !blamed || waited || it.Attempts < asideAfter:
			s.again(l, it)
		case it.Attempts > stubborn:
			s.Observe("failed", 0)
			s.Log.Warn("letter can not be sent", "letter", it.ID, "tries", it.Attempts, "error", se.Err)
			s.finish(it, Fate{State: ledger.Failed, Why: "jaringan tidak menerima"})
		default:
			if it.Attempts == asideAfter {
				s.Log.Warn("letter steps aside", "letter", it.ID, "tries", it.Attempts, "error", se.Err)
			}
			it.again = now.Add(max(wait, s.backoff(it.Attempts)))
			l.failures, l.until = 0, time.Time{}
			s.again(l, it)
		}
	}
}

func (s *Sender) backoff(failures int) time.Duration {
	wait := min(s.Backoff<<min(failures-1, 16), s.MaxBackoff)
	return wait/2 + time.Duration(s.Jitter()*float64(wait)/2)
}

func (s *Sender) back(f flight) {
	for _, it := range f.items {
		s.again(f.lane, it)
	}
}

func (s *Sender) again(l *lane, it *Item) {
	if !l.back(it) {
		s.finish(it, Fate{State: ledger.Overtaken})
	}
}

// follow writes down where a chat, the desk, or one of its topics went.
func (s *Sender) follow(ctx context.Context, l ledger.Letter, to bot.Address) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	was := l.To
	if l.Desk {
		was = s.Desk.Address()
	}
	if gone := to.Zero() || to.Chat() == was.Chat(); gone {
		// The topic is gone, not the group: forget it, the next try opens a new one. A write that fails is found again.
		if l.Desk {
			s.setRoom(was, l.Room, bot.Address{})
			_ = s.Directory.SetRoom(ctx, was, l.Room, bot.Address{})
		}
		return
	}
	_ = s.Directory.Moved(ctx, was, to)
	if l.Desk {
		s.Desk.MovedTo(to.Chat())
	}
}
