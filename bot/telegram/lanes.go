package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// lanes run jobs: those of one chat in order, one at a time; those of different chats at once, as many as there are
// slots. A job that fails is tried again after a pause, during which its chat waits and no slot is held.
type lanes struct {
	slots chan struct{}
	wait  func() *backoff
	fault func(kind string, err error)
	long  time.Duration // how long a job is tried before it is parked

	mu    sync.Mutex
	chats map[int64]*lane
	wg    sync.WaitGroup
}

// lane is the waiting line of one chat. It exists while something is in it.
type lane struct{ jobs []job }

// job is one event of a chat.
type job struct {
	// ctx bounds all tries; run is called until it returns nil or ctx is done.
	ctx context.Context
	run func(context.Context) error
	// park, when not nil, takes a job that has failed for long; nil from it is as good as nil from run.
	park func(context.Context, error) error
	// done hears the end, once: nil, or why it was given up.
	done func(error)
}

// errBehind is the end of a job that waited behind one that was given up: it must not be handled before that one.
var errBehind = errors.New("an earlier event of this chat could not be handled")

func (c *Channel) newLanes() *lanes {
	return &lanes{
		slots: make(chan struct{}, c.opt.Lanes),
		wait:  func() *backoff { return newBackoff(c.opt) },
		fault: c.fault,
		long:  c.opt.ParkAfter,
		chats: make(map[int64]*lane),
	}
}

// add puts a job at the end of its chat's line.
func (l *lanes) add(chat int64, j job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q := l.chats[chat]; q != nil {
		q.jobs = append(q.jobs, j)
		return
	}
	q := &lane{jobs: []job{j}}
	l.chats[chat] = q
	l.wg.Go(func() { l.drain(chat, q) })
}

// idle waits until all lines are empty. Nothing may be added meanwhile.
func (l *lanes) idle() { l.wg.Wait() }

// drain runs a chat's line until it is empty.
func (l *lanes) drain(chat int64, q *lane) {
	for {
		l.mu.Lock()
		if len(q.jobs) == 0 {
			delete(l.chats, chat)
			l.mu.Unlock()
			return
		}
		j := q.jobs[0]
		q.jobs[0] = job{}
		q.jobs = q.jobs[1:]
		l.mu.Unlock()

		err := l.finish(j)
		if err == nil {
			j.done(nil)
			continue
		}
		l.mu.Lock()
		behind := q.jobs
		q.jobs = nil
		l.mu.Unlock()
		j.done(err)
		for _, b := range behind {
			b.done(errBehind)
		}
	}
}

// finish tries a job until it succeeds or its context ends.
func (l *lanes) finish(j job) error {
	wait := l.wait()
	var since time.Time // of the first try
	for {
		select {
		case l.slots <- struct{}{}:
		case <-j.ctx.Done():
			return j.ctx.Err()
		}
		if since.IsZero() {
			since = time.Now()
		}
		err := j.ctx.Err()
		if err == nil {
			err = l.try(j)
		}
		<-l.slots
		if err == nil {
			return nil
		}
		if j.ctx.Err() != nil {
			return err
		}
		if j.park != nil && time.Since(since) >= l.long && j.park(j.ctx, err) == nil {
			l.fault("parked", err)
			return nil
		}
		wait.pause(j.ctx, 0)
		if j.ctx.Err() != nil {
			return err
		}
	}
}

// try calls the handler once. A panic is an error like any other: the event is tried again.
func (l *lanes) try(j job) (err error) {
	defer func() {
		if p := recover(); p != nil {
			// The panic's value may hold what a person wrote; the stack holds only code.
			err = fmt.Errorf("the handler panicked: %T\n%s", p, debug.Stack())
			l.fault("panic", err)
		}
	}()
	if err := j.run(j.ctx); err != nil {
		if j.ctx.Err() == nil {
			l.fault("handler", err)
		}
		return err
	}
	return nil
}

// backoff gives growing pauses: min, twice as long each time, at most max, the last half of each by chance.
type backoff struct {
	next, max time.Duration
	rand      func() float64
}

func newBackoff(o Options) *backoff {
	return &backoff{next: o.RetryMin, max: o.RetryMax, rand: o.Rand}
}

// pause waits for the next pause, or for least when that is longer, or until ctx is done.
func (b *backoff) pause(ctx context.Context, least time.Duration) {
	d := b.next/2 + time.Duration(b.rand()*float64(b.next/2))
	b.next = min(2*b.next, b.max)
	sleep(ctx, max(d, least))
}

func sleep(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
