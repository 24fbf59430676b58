package warelay

import (
	"context"
	"slices"
	"sync"
	"time"

	waBinary "go.mau.fi/whatsmeow/binary"
)

// Stanza is what the trace and the fault hooks see of one stanza: where it
// goes and what kind it is, never what it holds.
type Stanza struct {
	At      time.Time
	In      bool   // from a client to the relay
	Phone   string // account of the client's connection; empty while pairing
	Device  int    // device of the client's connection
	Tag     string // message, receipt, ack, iq, notification, presence, chatstate, ib, success, failure, stream:error
	ID      string
	Type    string
	Class   string // of an ack
	Xmlns   string // of an iq
	From    string
	To      string
	Member  string   // participant attribute in groups
	Error   string   // error attribute of an ack, reason of a failure
	Child   string   // tag of the first child
	Encs    []string // kinds of the enc nodes, as pkmsg, msg, skmsg
	Retry   string   // count attribute of a retried message
	Offline bool     // handed out from the offline queue
}

// Action is what a fault hook does to a stanza.
type Action int

// The actions of fault hooks.
const (
	Pass      Action = iota // nothing
	Drop                    // lose it
	Corrupt                 // flip a bit in every ciphertext it carries
	Delay                   // hold it back for Verdict.For; later stanzas overtake it
	Duplicate               // pass it twice
	Close                   // lose it and break the connection
)

// Verdict is a fault hook's decision about one stanza.
type Verdict struct {
	Do  Action
	For time.Duration // with Delay
}

// watch is the relay's view of passing stanzas. It has a lock of its own so
// that hooks may call the relay.
type watch struct {
	done chan struct{} // closed by Close

	mu      sync.Mutex
	limit   int
	trace   []Stanza
	total   int
	hooks   []*hook
	changed chan struct{} // closed and replaced after every stanza
}

type hook struct{ f func(Stanza) Verdict }

func (w *watch) init(limit int) {
	w.limit = limit
	w.done = make(chan struct{})
	w.changed = make(chan struct{})
}

// note records a stanza and wakes those who wait in Until.
func (w *watch) note(s Stanza) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.total++
	if len(w.trace) >= w.limit {
		w.trace = slices.Delete(w.trace, 0, w.limit/2)
	}
	w.trace = append(w.trace, s)
	w.bump()
}

func (w *watch) bump() {
	close(w.changed)
	w.changed = make(chan struct{})
}

// poke wakes those who wait in Until although no stanza has passed.
func (w *watch) poke() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.bump()
}

func (w *watch) judge(s Stanza) Verdict {
	w.mu.Lock()
	hooks := slices.Clone(w.hooks)
	w.mu.Unlock()
	for _, h := range hooks {
		if v := h.f(s); v.Do != Pass {
			return v
		}
	}
	return Verdict{}
}

// Fault adds a hook that sees every stanza in both directions before it takes
// effect; the first hook with a verdict other than Pass decides. Hooks run in
// the goroutine of the connection, several at once, and may call the relay.
// The returned function takes the hook away.
func (r *Relay) Fault(f func(Stanza) Verdict) (remove func()) {
	h := &hook{f: f}
	w := &r.watch
	w.mu.Lock()
	defer w.mu.Unlock()
	w.hooks = append(w.hooks, h)
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.hooks = slices.DeleteFunc(slices.Clone(w.hooks), func(x *hook) bool { return x == h })
	}
}

// Trace gives the summaries of the last stanzas, oldest first.
func (r *Relay) Trace() []Stanza {
	r.watch.mu.Lock()
	defer r.watch.mu.Unlock()
	return slices.Clone(r.watch.trace)
}

// Until waits until cond holds. It is asked at once, after every stanza and
// after every change of a connection, and may call the relay. The error is
// the context's.
func (r *Relay) Until(ctx context.Context, cond func() bool) error {
	for {
		r.watch.mu.Lock()
		changed := r.watch.changed
		r.watch.mu.Unlock()
		if cond() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Seen waits for a stanza that matches, also one that has already passed.
func (r *Relay) Seen(ctx context.Context, match func(Stanza) bool) (Stanza, error) {
	var found Stanza
	err := r.Until(ctx, func() bool {
		for _, s := range r.Trace() {
			if match(s) {
				found = s
				return true
			}
		}
		return false
	})
	return found, err
}

// received passes a client's stanza through trace and faults to its handler.
func (r *Relay) received(c *conn, n waBinary.Node) {
	s := r.summary(c, n, true)
	v := r.watch.judge(s)
	switch v.Do {
	case Drop:
		r.watch.note(s)
		return
	case Close:
		r.watch.note(s)
		c.cut()
		return
	case Corrupt:
		n = corrupted(n)
	case Delay:
		r.later(c, v.For, func() { r.handle(c, n); r.watch.note(s) })
		return
	case Duplicate:
		r.handle(c, n)
	case Pass:
	}
	r.handle(c, n)
	r.watch.note(s)
}

// leaving passes a stanza for a client through trace and faults: what comes
// back is written. False ends the connection.
func (r *Relay) leaving(c *conn, o outgoing) ([]waBinary.Node, bool) {
	s := r.summary(c, o.node, false)
	defer r.watch.note(s)
	if o.bare {
		return []waBinary.Node{o.node}, true
	}
	v := r.watch.judge(s)
	switch v.Do {
	case Drop:
		return nil, true
	case Close:
		return nil, false
	case Corrupt:
		return []waBinary.Node{corrupted(o.node)}, true
	case Delay:
		o.bare = true
		r.later(c, v.For, func() { c.push(o) })
		return nil, true
	case Duplicate:
		return []waBinary.Node{o.node, o.node}, true
	default:
		return []waBinary.Node{o.node}, true
	}
}

// later runs f after d unless the connection has ended by then.
func (r *Relay) later(c *conn, d time.Duration, f func()) {
	r.wg.Go(func() {
		if c.pause(d) {
			f()
		}
	})
}
