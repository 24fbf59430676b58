package outbox

import (
	"errors"
	"slices"
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
	// notLedWait is how soon a letter is tried again that was held back because the lead was not sure.
	notLedWait = 100 * time.Millisecond
	// asideAfter is how many failed tries, while others come through, make a letter step aside and let those behind it
	// pass; stubborn is how many prove that it will never come through: at the longest pause, about a day.
	asideAfter = 10
	stubborn   = 2880
	// pressPatience is how often the answer to a press is tried: the button spins for seconds only.
	pressPatience = 3
)

// landing is what there is to tell about a flight that ended.
type landing struct {
	result string  // what it counts as; "" when nothing was tried
	aside  []*Item // letters that step aside for those behind them from now on
}

// land says what became of a flight and lets its lane go on.
func (b *board) land(f flight, o outcome, now time.Time) (done landing) {
	b.flying--
	if f.lane == nil {
		return landing{result: b.pressed(f.items[0], o.err, now)}
	}
	f.lane.landed(f)
	f.lane.pace.pass(now)
	if o.err == nil {
		f.lane.failures, f.lane.until = 0, time.Time{}
		b.passed, b.heeded = now, b.machine()
		done.result = b.sent(f, o)
	} else {
		done = b.missed(f, o.err, now)
	}
	if f.lane.alarms > 0 && !slices.Contains(b.alarmed, f.lane) {
		b.alarmed = append(b.alarmed, f.lane)
	}
	_, when := f.lane.next(now)
	b.later(f.lane, when)
	return done
}

// landed takes a flight off the lane's wire.
func (l *lane) landed(f flight) {
	if f.beside {
		l.beside = 0
	} else {
		l.busy, l.onWire = false, 0
	}
	if f.items[0].urgent() {
		l.alarming = false
	}
}

// pressed ends the answer to a press: it matters for seconds only.
func (b *board) pressed(it *Item, err error, now time.Time) string {
	if errors.Is(err, ledger.ErrNotLed) { // nothing was tried
		it.again = now.Add(notLedWait)
		b.presses = append(b.presses, it)
		return ""
	}
	it.Attempts++
	switch {
	case err == nil:
		b.finish(it, Fate{State: ledger.Sent})
		return "answered"
	case bot.AsSendError(err).Remedy == bot.Retry && !errors.Is(err, errOvertaken) && it.Attempts < pressPatience:
		b.presses = append(b.presses, it)
		return ""
	default:
		b.finish(it, Fate{State: ledger.Failed, Why: "tombol sudah lewat"})
		return "failed"
	}
}

func (b *board) sent(f flight, o outcome) (result string) {
	if f.gather {
		for _, it := range f.items {
			it.told = true
			if m := it.Letter.Message; it.Letter.Answers != "" && it.Letter.Intent != "" && len(m.Photos)+len(m.Files) == 0 { // it stands on its talk's card
				it.Attempts++
				b.finish(it, Fate{State: ledger.Sent, lane: f.lane.key})
				continue
			}
			b.again(f.lane, it)
		}
		return "gathered"
	}
	result = "sent"
	var list List
	if len(f.items) > 1 {
		list = List{o.ref, o.intent}
		o.ref = bot.MessageRef{} // one message for several reports is nobody's card: that comes when somebody opens it, or acts
	}
	for i, it := range f.items {
		it.Attempts++
		fate := Fate{State: ledger.Sent, Ref: o.ref, lane: f.lane.key}
		if i == 0 {
			fate.List = list
		}
		switch {
		case it.cold:
			fate.Why = mayMiss
		case it.adrift && !o.edited:
			fate.Why, result = mayRepeat, "again"
		}
		b.finish(it, fate)
	}
	if o.edited {
		return "edited"
	}
	return result
}

// untried ends a flight that never reached the network, or that is to be tried again much later; ok is false for every other.
func (b *board) untried(f flight, err error, now time.Time) (done landing, ok bool) {
	switch {
	case errors.Is(err, errAside):
		return b.aside(f), true
	case errors.Is(err, errOvertaken):
		b.close(f, Fate{State: ledger.Overtaken}, nil)
		done.result = "replaced"
	case errors.Is(err, errNotYet):
		b.lacks(f, now)
	case errors.Is(err, errNoDesk):
		f.lane.until = now.Add(noDeskWait)
		b.back(f)
	case errors.Is(err, ledger.ErrNotLed):
		f.lane.until = now.Add(notLedWait)
		b.back(f)
	default:
		return landing{}, false
	}
	b.unspent(f, now)
	return done, true
}

// missed decides about a flight that did not arrive.
func (b *board) missed(f flight, err error, now time.Time) landing {
	if done, ok := b.untried(f, err, now); ok {
		return done
	}
	se := bot.AsSendError(err)
	if se.Remedy != bot.Retry {
		b.heeded = b.machine()
	}
	for _, it := range f.items {
		it.Attempts++
	}
	if len(f.items) > 1 && (se.Remedy == bot.GiveUp || errors.Is(err, ledger.ErrUnknown)) {
		// Told together they are refused: each goes alone, so that one of them does not take the others down.
		for _, it := range f.items {
			it.alone = true
		}
		b.back(f)
		return landing{result: "retry"}
	}
	remedy := se.Remedy
	if remedy == bot.Retry && se.Tries > 0 {
		if f.items[0].bounds++; f.items[0].bounds >= se.Tries {
			remedy = se.Then
		}
	}
	if f.items[0].Letter.Desk && insist(f, se) {
		remedy = bot.Retry
	}
	switch remedy {
	case bot.Gone:
		why := shutOut
		if it := f.items[0]; it.cold && se.Cold && (it.waits == shutFor || it.waits == "") {
			b.close(f, Fate{State: ledger.Cold, Why: shutFor}, se)
			return landing{result: "cold"}
		}
		if se.Stranger {
			why = ledger.Stranger
		}
		b.close(f, Fate{State: ledger.Failed, Why: why}, se)
		return landing{result: "gone"}
	case bot.GiveUp:
		if f.items[0].cold && se.Cold {
			why := f.items[0].waits
			if why == "" {
				why = missed
			}
			b.close(f, Fate{State: ledger.Cold, Why: why}, se)
			return landing{result: "cold"}
		}
		b.close(f, Fate{State: ledger.Failed, Why: "ditolak jaringan"}, se)
		return landing{result: "failed"}
	case bot.Move:
		f.lane.move(f.items[0], se.To)
		return b.retry(f, se, now, "moved")
	default:
		return b.retry(f, se, now, "retry")
	}
}

// aside takes a letter off the board that the database knows to be tried again much later.
func (b *board) aside(f flight) landing {
	f.lane.failures, f.lane.until = 0, time.Time{}
	b.heeded = b.machine()
	for _, it := range f.items {
		b.ended = append(b.ended, ending{Fate: Fate{ID: it.ID, Key: it.Letter.Key}, queue: QueueOf(it.Letter), aside: true})
	}
	return landing{result: "aside"}
}

// unspent gives the pace back what a flight took that never reached the network.
func (b *board) unspent(f flight, now time.Time) {
	f.lane.pace.take(now, -f.cost)
	b.limits.take(f.items[0], now, -f.cost)
}

// lacks lets a letter wait for what it shows: longer every time, but a Look ends the wait at once. Others pass it.
func (b *board) lacks(f flight, now time.Time) {
	for _, it := range f.items {
		if it.lacks == 0 {
			it.lacked = now
		}
		it.again = now.Add(min(lackFirst<<min(it.lacks, 16), lackMost))
		it.lacks++
		b.lacking[it] = f.lane
	}
	b.back(f)
}

// insist reports whether a letter to the desk is tried again although the network refuses it: a report that no
// operator sees is lost. A desk that shut the bot out is waited for; a letter that is refused goes without its files.
func insist(f flight, se *bot.SendError) bool {
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

func (b *board) close(f flight, fate Fate, why error) {
	f.lane.failures, f.lane.until = 0, time.Time{}
	for _, it := range f.items {
		b.end(it, fate, why)
	}
}

// retry backs off. The whole chat waits, to keep its order; but a letter that fails again and again while others come
// through is itself at fault: it steps aside, so that those behind it are not lost with it.
func (b *board) retry(f flight, se *bot.SendError, now time.Time, result string) landing {
	done := landing{result: result}
	l := f.lane
	l.failures++
	wait := max(b.wait(l.failures), se.After)
	l.until = now.Add(wait)
	if se.Slow && !l.group {
		// The network does not say whose limit it was. A group's own is twenty a minute: that it is asked to slow down
		// must not keep citizens waiting.
		b.limits.hush(now.Add(wait))
	}
	for _, it := range f.items {
		blamed := !it.failed.IsZero() && b.passed.After(it.failed)
		it.failed = now
		switch waited := l.group && se.Remedy == bot.Gone; {
		case !blamed || waited || it.Attempts < asideAfter:
			b.again(l, it)
		case it.Attempts > stubborn:
			done.result = "failed"
			b.end(it, Fate{State: ledger.Failed, Why: "jaringan tidak menerima"}, se)
		default:
			if it.Attempts == asideAfter {
				done.aside = append(done.aside, it)
			}
			it.again = now.Add(max(wait, b.wait(it.Attempts)))
			l.failures, l.until = 0, time.Time{}
			b.again(l, it)
		}
	}
	return done
}

func (b *board) wait(failures int) time.Duration {
	wait := min(b.backoff<<min(failures-1, 16), b.maxBackoff)
	return wait/2 + time.Duration(b.jitter()*float64(wait)/2)
}

func (b *board) back(f flight) {
	for _, it := range f.items {
		b.again(f.lane, it)
	}
}

func (b *board) again(l *lane, it *Item) {
	if !l.back(it) {
		b.finish(it, Fate{State: ledger.Overtaken})
	}
}
