package outbox

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// board is what waits to be sent: a lane for each chat, and the order in which they go. It decides what goes next and what
// becomes of what came back. It asks nobody and has no clock: it is told what it needs to know. Who uses it makes sure that
// only one does at a time.
type board struct {
	workers             int // letters on the wire at once, at most
	backoff, maxBackoff time.Duration
	jitter              func() float64

	lanes   map[string]*lane
	ready   lanes
	lacking map[*Item]*lane // items that wait for a file, a card, a topic
	presses []*Item         // answers to presses go beside all lanes and limits
	alarmed []*lane         // lanes that hold alarms
	gathers bool            // alarms of a flood can be told together
	limits  limits
	passed  time.Time // when a letter came through last
	machine func() time.Time
	heeded  time.Time // when the network last took or judged a letter, by machine
	flying  int
	// ended are the letters that are done with, since they were taken from here last.
	ended []ending
}

// flight is what goes on the wire at once: one item, or several cards in one message.
type flight struct {
	lane  *lane
	items []*Item
	cost  int
	// gather says that it tells of alarms whose own messages follow.
	gather bool
	// beside says that it is an alarm that does not wait for what is on the wire.
	beside bool
}

// outcome is how a flight ended on the wire.
type outcome struct {
	ref    bot.MessageRef
	edited bool
	intent string // of a message for several cards
	err    error
}

// ending is a letter's fate, and what else is to be written down or told of it.
type ending struct {
	Fate
	queue string
	err   error // why it could not be sent
	aside bool  // it is no end: the database knows when the letter is to be tried again
	// operators says that it is for them, in their group or alone: the next letter may reply to it or change it.
	operators bool
}

const (
	// digestFrom is how many new cards of one room must wait to be told in one message.
	digestFrom = 4
	// digestMost is how many one message tells: so many always fit (desk.Digest shortens them for it; what is left out would be seen by
	// nobody).
	digestMost = 25
	// spare is how many alarms may be on the wire beside all workers: letters that a slow network keeps there do not keep
	// them.
	spare = 8
	// floodPause is between two messages about alarms that the group's pace has no room for, gatherMost of how many
	// talks one of them tells. It leaves room for new cards and for the alarms' own messages.
	floodPause = 5 * time.Second
	// yieldsTo is how many messages of new cards go for each alarm of which the group had been told.
	yieldsTo   = 3
	gatherMost = 20
)

func newBoard(o Options, now time.Time) *board {
	_, gathers := o.Composer.(Gatherer)
	b := &board{
		gathers: gathers,
		limits:  newLimits(o.Pace, now), workers: o.Workers, backoff: o.Backoff, maxBackoff: o.MaxBackoff, jitter: o.Jitter,
		machine: o.Machine,
	}
	b.clear()
	return b
}

// clear takes everything off the board. What the network has taken of its pace is not forgotten.
func (b *board) clear() {
	b.lanes, b.ready, b.presses, b.lacking, b.flying = map[string]*lane{}, nil, nil, map[*Item]*lane{}, 0
	b.alarmed = nil
}

// laneKey names the lane of a chat. The operators' group is one chat, whether a letter is for one of its rooms or answers
// somebody there.
func laneKey(chat bot.Address, group bool) string {
	if group {
		return DeskQueue
	}
	return chat.Chat().String()
}

// add puts an item in its lane; group says that it goes to the operators' group.
func (b *board) add(it *Item, group bool, now time.Time) {
	if it.Letter.Purpose == ledger.ToPress {
		b.presses = append(b.presses, it)
		return
	}
	l := b.lane(laneKey(it.Letter.To, group), group, now)
	if it.adrift && !it.urgent() { // the whole chat waits, to keep its order
		l.waits(now.Add(adriftWait))
	}
	if it.Wait > 0 {
		it.again = now.Add(it.Wait)
		if it.Unsure {
			l.waits(it.again)
		}
	}
	if it.urgent() && l.alarms == 0 {
		b.alarmed = append(b.alarmed, l)
	}
	for _, old := range l.add(it) {
		b.finish(old, Fate{State: ledger.Overtaken})
	}
	if _, when := l.next(now); !when.IsZero() && (l.slot < 0 || when.Before(l.when)) { // who writes on while waiting keeps the place in the line of chats
		b.later(l, when)
	}
}

func (b *board) lane(key string, group bool, now time.Time) *lane {
	l := b.lanes[key]
	if l != nil {
		return l
	}
	l = &lane{key: key, group: group, slot: -1, pace: b.limits.chat(group, now)}
	b.lanes[key] = l
	return l
}

// resume lets go now what was to wait because the network took no letters.
func (b *board) resume(now time.Time) {
	b.limits.stop = time.Time{}
	for _, l := range b.lanes {
		l.failures, l.until = 0, time.Time{}
		_, when := l.next(now)
		b.later(l, when)
	}
}

// stir lets a chat's letters go now: the person has written, so whatever kept them from him or her may be over.
func (b *board) stir(key string, now time.Time) {
	l := b.lanes[key]
	if l == nil || l.failures == 0 {
		return
	}
	l.failures, l.until = 0, time.Time{}
	_, when := l.next(now)
	b.later(l, when)
}

// recheck lets all letters that lack something look for it now.
func (b *board) recheck(now time.Time) {
	for it, l := range b.lacking {
		it.again = time.Time{}
		_, when := l.next(now)
		b.later(l, when)
	}
	clear(b.lacking)
}

// sweep forgets lanes that know nothing a new one would not know.
func (b *board) sweep(now time.Time) {
	for key, l := range b.lanes {
		if l.rested(now) {
			delete(b.lanes, key)
		}
	}
}

// onWire are the numbers of the flights that are on their way to a chat; 0 where none is.
func (b *board) onWire(key string) (first, beside int) {
	l := b.lanes[key]
	if l == nil {
		return 0, 0
	}
	return l.onWire, l.beside
}

// finish keeps what became of an item.
func (b *board) finish(it *Item, f Fate) { b.end(it, f, nil) }

func (b *board) end(it *Item, f Fate, why error) {
	f.ID, f.Key, f.Attempts = it.ID, it.Letter.Key, it.Attempts
	if it.Letter.Purpose == ledger.Notice && f.State != ledger.Overtaken {
		f.Notice = it.Letter.Report
	}
	if !it.Letter.Desk && Unreachable(f.State, f.Why) {
		f.Unreached = it.Letter.To.Chat()
	}
	if it.Letter.Desk && it.Letter.Purpose == ledger.Refresh && !f.Ref.Zero() {
		f.edits = it.Letter.Edits // a card that was sent anew stands here now
	}
	delete(b.lacking, it)
	b.ended = append(b.ended, ending{Fate: f, queue: QueueOf(it.Letter), err: why, operators: it.Letter.Desk || it.Letter.Purpose == ledger.ToDesk})
}
