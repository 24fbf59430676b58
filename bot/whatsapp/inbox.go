package whatsapp

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"time"

	"rabeg/bot"
)

// rows is the table inbox.
type rows struct {
	db  *sql.DB
	now func() time.Time
	mu  sync.Mutex // one insert at a time, so that rows become visible in the order of their numbers
	// written are the ids of the last events that are on disk. After a broken connection a message may come again while its
	// first copy is still in somebody's hands; by then its row may be handled and gone.
	written map[string]bool
	ring    []string
	// news is signalled after an insert; again when the row was there already and may lie behind the reader.
	news  chan struct{}
	again chan struct{}
}

type row struct {
	seq   int64
	id    string
	chat  string
	event []byte
}

// remembered is how many ids of events are known to be written.
const remembered = 8192

func newRows(db *sql.DB, now func() time.Time) *rows {
	return &rows{db: db, now: now, news: make(chan struct{}, 1), again: make(chan struct{}, 1), written: make(map[string]bool)}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// put writes an event down, once for its id, and when its sender was heard. It is on disk when put returns nil.
func (r *rows) put(ctx context.Context, ev bot.Event, office bool) error {
	ev = bot.Storable(ev, r.now())
	raw, err := pack(ev, office)
	if err != nil {
		return err
	}
	const insert = `
		WITH told AS (
			INSERT INTO heard (id, at) SELECT $4, $5 WHERE $4 <> ''
			ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE heard.at < excluded.at - interval '6 hours'
		)
		INSERT INTO inbox (id, chat, event) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING`
	lane, sender := ev.Chat.ID, ""
	if !ev.Group && !office {
		sender = ev.Chat.ID
	}
	if to, moved := ev.Body.(bot.Moved); moved {
		lane, sender = to.To.ID, "" // before what the person says there
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.written[string(ev.ID)] {
		return nil
	}
	done, err := r.db.ExecContext(ctx, insert, string(ev.ID), lane, raw, sender, ev.At)
	if err != nil {
		return fmt.Errorf("write an event down: %w", err)
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		signal(r.again)
	}
	r.remember(string(ev.ID))
	signal(r.news)
	return nil
}

func (r *rows) remember(id string) {
	r.written[id] = true
	r.ring = append(r.ring, id)
	if len(r.ring) > remembered {
		delete(r.written, r.ring[0])
		r.ring = r.ring[1:]
	}
}

// after reads what waits, oldest first.
func (r *rows) after(ctx context.Context, seq int64, limit int) ([]row, error) {
	found, err := r.db.QueryContext(ctx, `SELECT seq, id, chat, event FROM inbox WHERE seq > $1 ORDER BY seq LIMIT $2`, seq, limit)
	if err != nil {
		return nil, fmt.Errorf("read the inbox: %w", err)
	}
	defer func() { _ = found.Close() }() // its error is found.Err's
	var list []row
	for found.Next() {
		var x row
		if err := found.Scan(&x.seq, &x.id, &x.chat, &x.event); err != nil {
			return nil, fmt.Errorf("read the inbox: %w", err)
		}
		list = append(list, x)
	}
	return list, found.Err()
}

func (r *rows) remove(ctx context.Context, done []int64) error {
	_, err := r.db.ExecContext(ctx, `DELETE FROM inbox WHERE seq = ANY($1)`, done)
	if err != nil {
		return fmt.Errorf("empty the inbox: %w", err)
	}
	return nil
}

const (
	pageSize   = 256
	maxWaiting = 20_000 // events in memory, over all lanes
	lookAgain  = 10 * time.Second
)

// feeder hands the inbox to the handler.
type feeder struct {
	c      *Channel
	handle func(context.Context, row) error
	slots  chan struct{} // handlers at work

	mu    sync.Mutex
	lanes map[string][]row
	known map[int64]bool // read and not yet removed from the table
	done  []int64        // handled, to be removed
	gone  []int64        // removed, but a reading that began before may still show them
	fewer chan struct{}  // an event is done
	full  chan struct{}  // done has grown
	at    sync.WaitGroup // lanes at work
}

func newFeeder(c *Channel, handle func(context.Context, row) error) *feeder {
	return &feeder{
		c: c, handle: handle, slots: make(chan struct{}, c.opt.Lanes), lanes: map[string][]row{}, known: map[int64]bool{},
		fewer: make(chan struct{}, 1), full: make(chan struct{}, 1),
	}
}

// run feeds until ctx is done. Every handler has returned when it does.
func (f *feeder) run(ctx context.Context) {
	removed := make(chan struct{})
	lanesOver, stop := context.WithCancel(context.WithoutCancel(ctx))
	go func() { defer close(removed); f.empty(lanesOver) }()
	f.read(ctx)
	f.at.Wait()
	stop()
	<-removed
}

func (f *feeder) read(ctx context.Context) {
	wait := backoff{opt: f.c.opt}
	look := time.NewTicker(lookAgain)
	defer look.Stop()
	last := int64(0)
	for ctx.Err() == nil {
		gone := f.settled()
		list, err := f.c.rows.after(ctx, last, pageSize)
		f.unknow(gone)
		if err != nil {
			if ctx.Err() == nil {
				f.c.fault("database", err)
				wait.pause(ctx)
			}
			continue
		}
		wait.reset()
		for _, r := range list {
			last = r.seq
			f.take(ctx, r)
		}
		if len(list) == pageSize {
			f.breathe(ctx)
			continue
		}
		select {
		case <-ctx.Done():
		case <-f.c.rows.news:
		case <-f.c.rows.again:
			last = 0
		case <-look.C:
			last = 0
		}
	}
}

// settled gives what was removed before the reading that follows, which cannot show it any more; unknow forgets it.
func (f *feeder) settled() []int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	gone := f.gone
	f.gone = nil
	return gone
}

func (f *feeder) unknow(gone []int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, seq := range gone {
		delete(f.known, seq)
	}
}

// breathe waits until there is room for another page.
func (f *feeder) breathe(ctx context.Context) {
	for ctx.Err() == nil {
		f.mu.Lock()
		n := len(f.known) - len(f.gone)
		f.mu.Unlock()
		if n < maxWaiting {
			return
		}
		select {
		case <-f.fewer:
		case <-ctx.Done():
		}
	}
}

func (f *feeder) take(ctx context.Context, r row) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.known[r.seq] {
		return
	}
	f.known[r.seq] = true
	queue, busy := f.lanes[r.chat]
	f.lanes[r.chat] = append(queue, r)
	if !busy {
		f.at.Go(func() { f.lane(ctx, r.chat) })
	}
}

// lane handles one chat's events, one after the other, until there are none.
func (f *feeder) lane(ctx context.Context, chat string) {
	for {
		f.mu.Lock()
		if len(f.lanes[chat]) == 0 || ctx.Err() != nil {
			delete(f.lanes, chat)
			f.mu.Unlock()
			return
		}
		r := f.lanes[chat][0]
		f.mu.Unlock()
		if !f.insist(ctx, r) {
			continue // ctx is done
		}
		f.mu.Lock()
		f.lanes[chat] = f.lanes[chat][1:]
		f.done = append(f.done, r.seq)
		f.mu.Unlock()
		signal(f.full)
	}
}

// insist handles an event until it is handled or set aside; false when ctx is done first.
func (f *feeder) insist(ctx context.Context, r row) bool {
	wait := backoff{opt: f.c.opt}
	began := time.Now()
	for ctx.Err() == nil {
		select {
		case f.slots <- struct{}{}:
		case <-ctx.Done():
			return false
		}
		err := f.try(ctx, r)
		<-f.slots
		if err == nil {
			return true
		}
		if ctx.Err() == nil {
			f.c.fault("handler", err)
			if f.park(ctx, r, began, err) {
				return true
			}
			wait.pause(ctx)
		}
	}
	return false
}

func (f *feeder) try(ctx context.Context, r row) (err error) {
	defer func() {
		if recover() != nil { // the value may hold text
			f.c.fault("panic", nil)
			err = errPanic
		}
	}()
	return f.handle(ctx, r)
}

// empty removes what is handled from the table, many at once, until stop is done and all is removed or cannot be: then
// it is handled once more after the next start.
func (f *feeder) empty(stop context.Context) {
	wait := backoff{opt: f.c.opt}
	for {
		f.mu.Lock()
		done := f.done
		f.done = nil
		f.mu.Unlock()
		if len(done) == 0 {
			if stop.Err() != nil {
				return
			}
			select {
			case <-f.full:
			case <-stop.Done():
			}
			continue
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(stop), 2*time.Second)
		err := f.c.rows.remove(ctx, done)
		cancel()
		f.mu.Lock()
		if err != nil {
			f.done = append(done, f.done...)
		} else {
			f.gone = append(f.gone, done...)
		}
		f.mu.Unlock()
		signal(f.fewer)
		if err == nil {
			wait.reset()
			continue
		}
		if stop.Err() != nil {
			return
		}
		f.c.fault("database", err)
		wait.pause(stop)
	}
}

// backoff is a pause that doubles.
type backoff struct {
	opt  Options
	next time.Duration
}

func (b *backoff) reset() { b.next = 0 }

func (b *backoff) pause(ctx context.Context) {
	b.next = min(max(2*b.next, b.opt.RetryMin), b.opt.RetryMax)
	d := b.next/2 + time.Duration(b.opt.Rand()*float64(b.next)/2)
	pause(ctx, d)
}

// pause waits for d or for ctx; false when ctx was first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
