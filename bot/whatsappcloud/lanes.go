package whatsappcloud

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// lanes run jobs: those of one chat one at a time, what was sent earlier first; those of different chats at once, as many as
// there are slots. A job that fails is tried again after a pause, during which its chat waits and no slot is held.
type lanes struct {
	c     *Channel
	slots chan struct{}

	mu    sync.Mutex
	chats map[string]*lane
}

// lane is the waiting line of one chat. It exists while something is in it.
type lane struct{ jobs []job }

// job is one event of a chat.
type job struct {
	// ctx bounds all tries; run is called until it returns nil or ctx is done.
	ctx context.Context
	at  time.Time
	run func(context.Context) error
	// park, when not nil, takes a job that has failed for long; nil from it is as good as nil from run.
	park func(context.Context, error) error
	// done hears the end, once: nil, or why it was given up.
	done func(error)
}

// errBehind is the end of a job that waited behind one that was given up: it must not be handled before that one.
var errBehind = errors.New("an earlier event of this chat could not be handled")

func (c *Channel) newLanes() *lanes {
	return &lanes{c: c, slots: make(chan struct{}, c.opt.Lanes), chats: map[string]*lane{}}
}

// add puts a job into its chat's line, behind those that were sent before it.
func (l *lanes) add(chat string, j job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q := l.chats[chat]; q != nil {
		i := len(q.jobs)
		for i > 0 && j.at.Before(q.jobs[i-1].at) {
			i--
		}
		q.jobs = append(q.jobs, job{})
		copy(q.jobs[i+1:], q.jobs[i:])
		q.jobs[i] = j
		return
	}
	q := &lane{jobs: []job{j}}
	l.chats[chat] = q
	go l.drain(j.ctx, chat, q)
}

// drain runs a chat's line until it is empty. The first job waits a moment for others that were sent before it.
func (l *lanes) drain(ctx context.Context, chat string, q *lane) {
	if l.c.opt.Settle > 0 {
		pause(ctx, l.c.opt.Settle)
	}
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
	o := l.c.opt
	next := o.RetryMin
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
		if j.park != nil && time.Since(since) >= o.ParkAfter && j.park(j.ctx, err) == nil {
			l.c.fault("parked", err)
			return nil
		}
		pause(j.ctx, next/2+time.Duration(o.Rand()*float64(next/2)))
		next = min(2*next, o.RetryMax)
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
			l.c.fault("panic", err)
		}
	}()
	if err := j.run(j.ctx); err != nil {
		if j.ctx.Err() == nil {
			l.c.fault("handler", err)
		}
		return err
	}
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
