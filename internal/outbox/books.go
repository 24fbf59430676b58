package outbox

import (
	"context"
	"slices"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

const (
	// rememberFor is how long a finished letter's id is remembered at least, so that a late notice of its commit cannot send
	// it again.
	rememberFor = 5 * time.Second
	// loadMost is how many letters of a queue lie in memory at most, offeredMost how many come during one load.
	loadMost    = 4000
	offeredMost = 4000
	// writeTimeout and readTimeout bound one call to the database.
	writeTimeout = 5 * time.Second
	readTimeout  = 10 * time.Second
	markMost     = 512
	readMost     = 2000
)

// books are what is known of the letters in the database: which of them are here, and which fates are not written there
// yet. begin, write and load speak with the database and are called one after the other, never at once: a letter that is
// read as waiting is one whose fate is not written, and those are known. Of the rest each says whether mu is to be held.
type books struct {
	queue    Queue
	departed Departures // nil: what is given to the network twice comes once
	later    Later      // nil where the network does not tell what became of letters
	networks []string
	// mu guards what follows. It is the board's lock, too: a letter is entered here and put on the board in one step, so
	// that none passes an older one in between.
	mu  *sync.Mutex
	put func(Item) // puts a letter on the board; called with mu held

	open    bool // letters are taken in
	shelves map[string]*shelf
	known   ids       // letters here,
	past    [2]ids    // and those that were a moment ago: since the last turn, and before it
	turned  time.Time // when past was turned
	// refusals are the letters among them that may wait again: those to people who were silent.
	refusals []int64
	adrift   map[int64]bool // letters that an earlier sender may have given to the network
	fates    []Fate
	written  int64 // how many fates were written before these
	// fresh is where operators' letters stand whose fates are not written yet: the next one may reply to them or change them, and by what
	// is written some of them are gone, for they were on the wire when it took their place.
	fresh map[string]bot.MessageRef
}

// shelf is what is known of one queue of the database. Each has bounds of its own: a desk that cannot be reached must
// not keep citizens waiting.
type shelf struct {
	// behind says that the database holds letters that are not loaded. New ones go through it then, to keep the order.
	behind bool
	live   int // letters in memory
	// offered came while behind and after the load at work had begun; missed says that there were too many of them.
	offered []Item
	missed  bool
}

func newBooks(o Options, mu *sync.Mutex, put func(Item)) *books {
	b := &books{queue: o.Queue, departed: o.Departures, later: o.Later, networks: o.Networks, mu: mu, put: put, fresh: map[string]bot.MessageRef{}}
	b.shut()
	return b
}

// shut forgets what lies in the database, and keeps the fates that could not be written yet. mu is held.
func (b *books) shut() {
	b.open, b.known, b.past = false, ids{}, [2]ids{{}, {}}
	for _, f := range b.fates {
		b.known.add(f.ID)
	}
	b.shelves = make(map[string]*shelf, len(b.networks))
	for _, n := range b.networks {
		b.shelves[n] = &shelf{}
	}
}

// offer takes in letters that were just committed; those of queues that are not served are left alone. It answers false
// while the books are shut. mu is held.
func (b *books) offer(items []Item) bool {
	if !b.open {
		return false
	}
	for i := range items {
		q := b.shelves[QueueOf(items[i].Letter)]
		switch {
		case q == nil:
		case items[i].urgent(): // it passes what is not loaded, too
			b.take(items[i])
		case !q.behind && q.live < loadMost:
			b.take(items[i])
		case !q.behind:
			q.behind, q.missed = true, true
		case len(q.offered) < offeredMost:
			q.offered = append(q.offered, items[i])
		default:
			q.missed = true
		}
	}
	return true
}

// doubt says that the database may hold letters that were offered to nobody: from here on letters go through it until all that
// it holds is read. mu is held.
func (b *books) doubt() {
	for _, q := range b.shelves {
		q.behind, q.missed = true, true
	}
}

// take puts an item on the board, once. mu is held.
func (b *books) take(it Item) {
	q := b.shelves[QueueOf(it.Letter)]
	if q == nil || b.knows(it.ID) {
		return
	}
	b.known.add(it.ID)
	q.live++
	it.adrift = b.adrift[it.ID]
	b.put(it)
}

// close takes down what became of a letter. mu is held.
func (b *books) close(e *ending) {
	if q := b.shelves[e.queue]; q != nil {
		q.live--
	}
	if e.aside {
		b.known.drop(e.ID)
		b.past[0].add(e.ID)
		return
	}
	if e.operators && !e.Ref.Zero() {
		b.fresh[e.Key] = e.Ref
		if e.edits != "" {
			b.fresh[e.edits] = e.Ref
		}
	}
	b.fates = append(b.fates, e.Fate)
}

// ref is where a letter stands whose fate is not written yet.
func (b *books) ref(key string) (bot.MessageRef, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ref, ok := b.fresh[key]
	return ref, ok
}

// owed is the number that written reaches when all that was sent to a chat until now is written. mu is held.
func (b *books) owed(lane string) int64 {
	for i, f := range slices.Backward(b.fates) {
		if f.lane == lane {
			return b.written + int64(i) + 1
		}
	}
	return 0
}

// begin puts things right after an earlier sender, and opens the books; false when the database did not take it.
func (b *books) begin(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	if b.later != nil {
		if err := b.later.Unsettle(ctx, b.networks, settleWait); err != nil {
			return false
		}
	}
	if err := b.queue.Unclaim(ctx, b.networks); err != nil {
		return false
	}
	adrift := map[int64]bool{}
	if b.departed != nil {
		ids, err := b.departed.Adrift(ctx, b.networks)
		if err != nil {
			return false
		}
		for _, id := range ids {
			adrift[id] = true
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.open, b.adrift = true, adrift
	for _, q := range b.shelves {
		q.behind = true
	}
	return true
}

// write gives the fates to the database; false when it did not take them.
func (b *books) write(ctx context.Context) bool {
	for {
		b.mu.Lock()
		n := min(len(b.fates), markMost)
		batch := b.fates[:n:n]
		b.mu.Unlock()
		if n == 0 {
			return true
		}
		bounded, cancel := context.WithTimeout(ctx, writeTimeout)
		err := b.queue.Mark(bounded, batch)
		cancel()
		if err != nil {
			return false
		}
		b.mu.Lock()
		for i := range batch {
			b.retire(&batch[i])
		}
		b.written += int64(n)
		b.fates = slices.Delete(b.fates, 0, n)
		b.mu.Unlock()
	}
}

// retire remembers for a while that a letter was here. mu is held.
func (b *books) retire(f *Fate) {
	b.known.drop(f.ID)
	b.past[0].add(f.ID)
	if f.State == ledger.Cold {
		b.refusals = append(b.refusals, f.ID)
	}
	delete(b.fresh, f.Key)
	delete(b.fresh, f.edits)
}

// load takes in letters that wait in the database and are not known here; ok is false when it did not answer, and again
// true when so many came meanwhile that there are more.
func (b *books) load(ctx context.Context) (ok, again bool) {
	ok = true
	for _, name := range b.networks {
		read, more := b.loadShelf(ctx, name)
		ok, again = ok && read, again || more
	}
	return ok, again
}

// glance reports whether the database may hold letters that are not known here. Where it holds none that is one question.
func (b *books) glance(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	b.mu.Lock()
	behind := false
	for _, q := range b.shelves {
		behind = behind || q.behind
	}
	b.mu.Unlock()
	if behind {
		return true
	}
	ids, err := b.queue.WaitingIDs(ctx, b.networks, loadMost)
	return err != nil || len(ids) >= loadMost || len(b.unknown(ids)) > 0
}

func (b *books) loadShelf(ctx context.Context, name string) (ok, again bool) {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	b.mu.Lock()
	q := b.shelves[name]
	q.offered, q.missed = nil, false // what was offered until here was committed before: it is read now
	b.mu.Unlock()
	ids, err := b.queue.WaitingIDs(ctx, []string{name}, loadMost)
	if err != nil {
		return false, false
	}
	for unknown := range slices.Chunk(b.unknown(ids), readMost) {
		items, err := b.queue.ByIDs(ctx, unknown)
		if err != nil {
			return false, false
		}
		b.mu.Lock()
		for i := range items {
			b.take(items[i])
		}
		b.mu.Unlock()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	again = q.missed
	q.behind = len(ids) >= loadMost || again
	if !q.behind {
		// All that the database holds is here, but for what came during this load. From here on letters may come straight
		// from their commit, and none of them passes an older one.
		for i := range q.offered {
			b.take(q.offered[i])
		}
	}
	q.offered, q.missed = nil, false
	return true, again
}

func (b *books) unknown(ids []int64) []int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.DeleteFunc(ids, b.knows)
}

// knows reports whether a letter is here or was a moment ago. mu is held.
func (b *books) knows(id int64) bool {
	return b.known.has(id) || b.past[0].has(id) || b.past[1].has(id)
}

// recall lets letters be read again that were refused a moment ago. mu is held.
func (b *books) recall() {
	for _, id := range b.refusals {
		b.past[0].drop(id)
		b.past[1].drop(id)
	}
	b.refusals = nil
}

// sweep forgets letters that were finished a while ago. mu is held.
func (b *books) sweep(now time.Time) {
	if now.Sub(b.turned) > rememberFor {
		b.past, b.turned = [2]ids{{}, b.past[0]}, now
	}
}
