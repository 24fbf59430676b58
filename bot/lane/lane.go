// Package lane handles the events of many chats: those of one chat one at a time, those of different chats at once.
package lane

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
)

// Options set up Lanes. Slots must be 1 or more; Rand and Fault are required.
type Options struct {
	// Slots is how many jobs run at the same time.
	Slots int
	// Min is the pause after a job's first failure; it doubles each time, up to Max.
	Min, Max time.Duration
	// Rand gives numbers in [0,1) that spread the pauses.
	Rand func() float64
	// ParkAfter is how long a job is tried before it is parked.
	ParkAfter time.Duration
	// Settle is how long the first job of a quiet chat waits for others that were sent before it.
	Settle time.Duration
	// Fault hears what went wrong: "panic", "handler", "parked".
	Fault func(kind string, err error)
}

// Lanes run jobs: those of one chat one at a time, what was sent earlier first; those of different chats at once, as many as
// there are slots. A job that fails is tried again after a pause, during which its chat waits and no slot is held. One that fails with
// bot.ErrEarlier lets those pass that came behind it.
type Lanes[Chat comparable] struct {
	opt   Options
	slots chan struct{}

	mu    sync.Mutex
	chats map[Chat]*lane
	wg    sync.WaitGroup
}

// lane is the waiting line of one chat. It exists while something is in it.
type lane struct{ jobs []*Job }

// Job is one event of a chat.
type Job struct {
	// Ctx bounds all tries; Run is called until it returns nil or Ctx is done.
	Ctx context.Context
	// At is when it was sent. Where the network keeps the order it is zero.
	At  time.Time
	Run func(context.Context) error
	// Park, when not nil, takes a job that has failed for long; nil from it is as good as nil from Run.
	Park func(context.Context, error) error
	// Done hears the end, once: nil, or why it was given up.
	Done func(error)
}

// errBehind is the end of a job that waited behind one that was given up: it must not be handled before that one.
var errBehind = errors.New("an earlier event of this chat could not be handled")

// New makes lanes with nothing in them.
func New[Chat comparable](o Options) *Lanes[Chat] {
	return &Lanes[Chat]{opt: o, slots: make(chan struct{}, o.Slots), chats: map[Chat]*lane{}}
}

// Add puts a job into its chat's line, behind those that were sent before it or at the same time.
func (l *Lanes[Chat]) Add(chat Chat, j Job) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if q := l.chats[chat]; q != nil {
		i := len(q.jobs)
		for i > 0 && j.At.Before(q.jobs[i-1].At) {
			i--
		}
		q.jobs = slices.Insert(q.jobs, i, &j)
		return
	}
	q := &lane{jobs: []*Job{&j}}
	l.chats[chat] = q
	l.wg.Go(func() { l.drain(j.Ctx, chat, q) })
}

// Idle waits until all lines are empty. Nothing may be added meanwhile.
func (l *Lanes[Chat]) Idle() { l.wg.Wait() }

// drain runs a chat's line until it is empty.
func (l *Lanes[Chat]) drain(ctx context.Context, chat Chat, q *lane) {
	if l.opt.Settle > 0 {
		Pause(ctx, l.opt.Settle)
	}
	for {
		l.mu.Lock()
		if len(q.jobs) == 0 {
			delete(l.chats, chat)
			l.mu.Unlock()
			return
		}
		j := q.jobs[0]
		q.jobs[0] = nil
		q.jobs = q.jobs[1:]
		l.mu.Unlock()

		err := l.finish(q, j)
		if err == nil {
			j.Done(nil)
			continue
		}
		l.mu.Lock()
		behind := q.jobs
		q.jobs = nil
		l.mu.Unlock()
		j.Done(err)
		for _, b := range behind {
			b.Done(errBehind)
		}
	}
}

// finish tries a job until it succeeds or its context ends.
func (l *Lanes[Chat]) finish(q *lane, j *Job) error {
	wait := NewBackoff(l.opt.Min, l.opt.Max, l.opt.Rand)
	var since time.Time // of the first try
	for {
		select {
		case l.slots <- struct{}{}:
		case <-j.Ctx.Done():
			return j.Ctx.Err()
		}
		if since.IsZero() {
			since = time.Now()
		}
		err := j.Ctx.Err()
		if err == nil {
			err = l.try(j)
		}
		<-l.slots
		if err == nil {
			return nil
		}
		if j.Ctx.Err() != nil {
			return err
		}
		if errors.Is(err, bot.ErrEarlier) && l.another(q) {
			continue
		}
		if j.Park != nil && time.Since(since) >= l.opt.ParkAfter && l.stands(func() error { return j.Park(j.Ctx, err) }) == nil {
			l.opt.Fault("parked", err)
			return nil
		}
		wait.Pause(j.Ctx, 0)
		if j.Ctx.Err() != nil {
			return err
		}
	}
}

// another tries those once that wait behind a job that must not come first, and reports whether one of them is handled: a network
// without an order may have brought the earlier one later, and one that is given up takes along what is behind it.
func (l *Lanes[Chat]) another(q *lane) bool {
	l.mu.Lock()
	behind := slices.Clone(q.jobs)
	l.mu.Unlock()
	for _, j := range behind {
		select {
		case l.slots <- struct{}{}:
		case <-j.Ctx.Done():
			continue
		}
		err := j.Ctx.Err()
		if err == nil {
			err = l.try(j)
		}
		<-l.slots
		if errors.Is(err, bot.ErrEarlier) || err != nil && j.Ctx.Err() != nil {
			continue
		}
		if err != nil {
			return false // its turn comes
		}
		l.mu.Lock()
		q.jobs = slices.DeleteFunc(q.jobs, func(other *Job) bool { return other == j })
		l.mu.Unlock()
		j.Done(nil)
		return true
	}
	return false
}

// try runs a job once. A panic is an error like any other: the job is tried again.
func (l *Lanes[Chat]) try(j *Job) error {
	return l.stands(func() error {
		err := j.Run(j.Ctx)
		if err != nil && j.Ctx.Err() == nil {
			l.opt.Fault("handler", err)
		}
		return err
	})
}

// stands runs f; a panic in it is an error.
func (l *Lanes[Chat]) stands(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil { // its value may hold what a person wrote
			err = fmt.Errorf("the handler panicked: %T\n%s", p, places())
			l.opt.Fault("panic", err)
		}
	}()
	return f()
}

// places are the functions and lines where the panic was that is being recovered from. The runtime's own trace shows numbers that they were
// called with as well, such as that of a chat.
func places() string {
	var at [64]uintptr
	var b strings.Builder
	frames := runtime.CallersFrames(at[:runtime.Callers(3, at[:])])
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "%s:%d\n", f.Function, f.Line)
		if !more {
			return b.String()
		}
	}
}
