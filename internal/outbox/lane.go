package outbox

import (
	"container/heap"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// lane is one chat's queue.
type lane struct {
	key   string
	group bool    // the operators' group
	items []*Item // by ID
	// alarms, cards and ends are how many of them are urgent, are new cards, and are of no use from a time on.
	alarms, cards, ends int
	// busy says that something is on the wire, alarming that an alarm is: in its place, or beside it. Nothing else ever flies beside another.
	busy, alarming bool
	// rushed is when an alarm went last although the group's pace was spent. yields is how many messages of new cards go before
	// the next alarm that had been told of: else a flood of alarms keeps all other reports from the desk.
	rushed time.Time
	yields int
	// flights counts what went on the wire; onWire and beside are the numbers of what is there now.
	flights, onWire, beside int
	// when is the earliest time to look at the lane again; slot its place in the heap, -1 when not in it.
	when time.Time
	slot int
	// until is the end of a back-off, sure the end of the wait for a sign of what may have arrived: nothing ends that sooner.
	until    time.Time
	sure     time.Time
	failures int
	pace     *bucket
}

// rested reports whether the lane has nothing to do and nothing to remember.
func (l *lane) rested(now time.Time) bool {
	return len(l.items) == 0 && !l.busy && !l.alarming && !now.Before(l.until) && !now.Before(l.sure) && l.pace.full(now)
}

// from is the earliest time an item may go.
func (it *Item) from() time.Time { return later(it.again, it.hold) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// holdMost is longer than any letter is held. A clock that was set back must not hold answers for as long as it was.
const holdMost = time.Minute

// clocked turns the letter's times, which are of the time of day, into times of what measures how time goes on, whatever is done to
// the machine's clock.
func (it *Item) clocked(now, today time.Time) {
	it.hold, it.until = time.Time{}, time.Time{}
	if wait := it.Letter.Hold.Sub(today); wait > 0 {
		it.hold = now.Add(min(wait, holdMost))
	}
	if !it.Letter.Until.IsZero() {
		it.until = now.Add(it.Letter.Until.Sub(today))
	}
}

// over reports whether a letter is of no use any more.
func (it *Item) over(now time.Time) bool { return !it.until.IsZero() && !now.Before(it.until) }

// urgent reports whether an item says that somebody may be in danger now. Such a letter goes before all others.
func (it *Item) urgent() bool { return it.Letter.Purpose == ledger.Alarm }

// rushes reports whether an item waits for nothing at all: an alarm's first try. Once the network has refused it, it waits
// as long as the network asked for, but for no pace of ours.
func (it *Item) rushes() bool { return it.urgent() && it.Attempts == 0 && !it.told }

// first is the time that alarms are due at: lanes are served in the order of their times, and theirs comes first.
func first() time.Time { return time.Unix(0, 0) }

// next gives what may go at now, else the time when something may; a zero time where what is on the wire has to land first.
func (l *lane) next(now time.Time) (*Item, time.Time) {
	switch {
	case l.alarming:
		return nil, time.Time{}
	case !l.busy:
		return l.due(now)
	case l.alarms == 0:
		return nil, time.Time{}
	}
	if it := l.alarm(now); it != nil { // pictures may be on their way for a minute
		return it, first()
	}
	return nil, now.Add(besideWait)
}

// besideWait is how soon is looked again whether an alarm that has to wait may go beside what is on the wire.
const besideWait = 250 * time.Millisecond

// due gives the oldest item that may go at now, an alarm before all others, else the time when one may.
func (l *lane) due(now time.Time) (*Item, time.Time) {
	if len(l.items) == 0 {
		return nil, time.Time{}
	}
	if it := l.alarm(now); it != nil {
		return it, first()
	}
	if rest := later(l.until, l.sure); now.Before(rest) {
		if rush := now.Add(l.nextRush(now)); rush.After(now) && rush.Before(rest) {
			return nil, rush // an alarm's first try waits for no silence
		}
		return nil, rest
	}
	var next time.Time
	var oldest *Item
	for _, it := range l.items {
		from := it.from()
		switch may := !from.After(now); {
		case may && (!l.group || l.cards == 0 || it.Letter.Purpose == ledger.Card):
			return it, now // what is new to the desk goes before what answers somebody there
		case may && oldest == nil:
			oldest = it
		case !may && (next.IsZero() || from.Before(next)):
			next = from
		}
	}
	if oldest != nil {
		return oldest, now
	}
	return nil, next
}

// expire takes out what is of no use any more.
func (l *lane) expire(now time.Time) (over []*Item) {
	if l.ends == 0 {
		return nil
	}
	for _, it := range l.items {
		if it.over(now) {
			over = append(over, it)
		}
	}
	for _, it := range over {
		l.remove(it)
	}
	return over
}

// alarm gives the oldest alarm that may go at now, one that nobody was told of before others; of those that were told of none while new
// cards have their turn.
func (l *lane) alarm(now time.Time) (told *Item) {
	if l.alarms == 0 {
		return nil
	}
	for _, it := range l.items {
		if !it.urgent() || it.from().After(now) || !it.rushes() && now.Before(l.until) {
			continue
		}
		if !it.told {
			if l.nextRush(now) > 0 {
				continue // new cards have what the pace leaves between two messages of a flood
			}
			return it
		}
		if told == nil && (l.yields == 0 || l.cards == 0) {
			told = it
		}
	}
	return told
}

// nextRush is how long alarms that nobody was told of leave the group to new cards: between two messages of a flood.
func (l *lane) nextRush(now time.Time) time.Duration {
	if !l.group || l.cards == 0 || l.alarms == 0 || l.rushed.IsZero() {
		return 0
	}
	return max(0, floodPause-now.Sub(l.rushed))
}

// untold gives the alarms of it's room that may go now and that nobody was told of, it among them: all of so many talks as one message
// tells of.
func (l *lane) untold(it *Item, now time.Time) (out []*Item) {
	talks := map[string]bool{}
	for _, o := range l.items {
		if !o.urgent() || o.told || o.alone || o.Letter.Room != it.Letter.Room || o.from().After(now) {
			continue
		}
		talk := o.Letter.Intent
		if talk == "" {
			talk = o.Letter.Key
		}
		if len(talks) == gatherMost && !talks[talk] {
			continue
		}
		talks[talk] = true
		out = append(out, o)
	}
	return out
}

// add puts an item in its place and gives those that are replaced: older ones by it, or itself when it comes late and a
// newer one is there. What is on the wire is not in items.
func (l *lane) add(it *Item) (replaced []*Item) {
	if !l.back(it) {
		return []*Item{it}
	}
	if it.Letter.Fold == "" && it.Letter.Over == "" {
		return nil
	}
	l.items = slices.DeleteFunc(l.items, func(old *Item) bool {
		if !folds(old, it) || old.keepsRest() {
			return false
		}
		replaced = append(replaced, old)
		l.count(old, -1)
		return true
	})
	return replaced
}

// back puts an item in its place; false when a newer one has taken it.
func (l *lane) back(it *Item) bool {
	if it.Letter.Fold != "" {
		for _, newer := range l.items {
			if folds(it, newer) && !it.keepsRest() {
				return false
			}
		}
	}
	at := len(l.items)
	for at > 0 && l.items[at-1].ID > it.ID {
		at--
	}
	l.items = slices.Insert(l.items, at, it)
	l.count(it, 1)
	return true
}

// keepsRest takes out of a letter what a newer one says in its place; false when that is all of it. The letter in the
// database stays as it was: who reads it again reads the newer one too.
func (it *Item) keepsRest() bool {
	if it.Letter.Rest == "" {
		return false
	}
	it.Letter.Message = bot.Message{Text: it.Letter.Rest}
	it.Letter.Fold, it.Letter.Rest = "", ""
	return true
}

func (l *lane) count(it *Item, n int) {
	if it.urgent() {
		l.alarms += n
	}
	if it.Letter.Purpose == ledger.Card {
		l.cards += n
	}
	if !it.until.IsZero() {
		l.ends += n
	}
}

// folds reports whether newer takes the place of old.
func folds(old, newer *Item) bool {
	f := old.Letter.Fold
	return f != "" && old.ID < newer.ID && (f == newer.Letter.Fold || f == newer.Letter.Over)
}

func (l *lane) remove(it *Item) {
	switch i := slices.Index(l.items, it); {
	case i < 0:
		return
	case i == 0: // as nearly always; a long line is not moved up for each
		l.items[0] = nil
		l.items = l.items[1:]
	default:
		l.items = slices.Delete(l.items, i, i+1)
	}
	l.count(it, -1)
}

// newCards gives the new cards of it's room that may go now, it among them.
func (l *lane) newCards(it *Item, now time.Time, most int) []*Item {
	out := []*Item{it}
	for _, o := range l.items {
		if len(out) == most {
			break
		}
		if o != it && o.Letter.Purpose == ledger.Card && o.Letter.Room == it.Letter.Room && !o.alone && !o.from().After(now) {
			out = append(out, o)
		}
	}
	return out
}

// move sends an item, and what waits for the same chat, to where the chat went. The desk's own letters find it by
// themselves. A chat that moved to itself lost a topic: that is the item's alone.
func (l *lane) move(it *Item, to bot.Address) {
	if it.Letter.Desk || to.Zero() {
		return
	}
	was := it.Letter.To
	it.Letter.To = to
	for _, o := range l.items {
		if to.Chat() != was.Chat() && !o.Letter.Desk && o.Letter.To.Chat() == was.Chat() {
			o.Letter.To = to
		}
	}
}

// lanes is a heap by when.
type lanes []*lane

func (h lanes) Len() int           { return len(h) }
func (h lanes) Less(i, j int) bool { return h[i].when.Before(h[j].when) }
func (h lanes) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].slot, h[j].slot = i, j
}

// Push and Pop are for container/heap.
func (h *lanes) Push(x any) {
	l := x.(*lane) //nolint:forcetypeassert // only lanes are pushed
	l.slot = len(*h)
	*h = append(*h, l)
}

func (h *lanes) Pop() any {
	old := *h
	l := old[len(old)-1]
	old[len(old)-1] = nil
	*h = old[:len(old)-1]
	l.slot = -1
	return l
}

func (h *lanes) at(l *lane, when time.Time) {
	l.when = when
	if l.slot < 0 {
		heap.Push(h, l)
	} else {
		heap.Fix(h, l.slot)
	}
}
