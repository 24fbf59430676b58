package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/session"
	"rabeg/internal/web"
)

const (
	// watchEvery is how often the queues and the leaders are looked at, clockEvery the clock.
	watchEvery = 5 * time.Second
	clockEvery = 30 * time.Second
	// tellEvery is how often is looked whether the log is to say that citizens are not served.
	tellEvery = 15 * time.Second
	// clockOff is how far the clock may be off.
	clockOff = 5 * time.Second
	// countEvery is how often reports are counted at most; and never more than a hundredth of the time is spent with it.
	countEvery = time.Minute
)

// watcher looks after the program's own work while it runs.
type watcher struct {
	app *App

	mu      sync.Mutex
	reports map[string]int // by status; nil: not counted yet
	offset  time.Duration  // of the machine's clock from the database's
	known   bool           // offset is
	files   map[string]int // by what became of them; nil: not counted yet
	aside   int            // events that were set aside within a day
	missing outbox.Unarrived
	primary primary

	told map[string]string // what the log said last of each check
	// worked and looked are what had been done when all was looked at, and when that was.
	worked int64
	looked time.Time
}

// checks are what must be so for citizens to be served: each has a line in /readyz. Those of the networks ask nobody: what they tell is
// known here.
func (a *App) checks() (all, networks []web.Check) {
	all = []web.Check{
		{Name: "postgresql", Ask: lately(time.Second, a.databaseTakes)},
		{Name: "standbys", Ask: a.standby.told},
		{Name: "primary", Ask: a.watcher.primary.told},
		{Name: "redis", Ask: lately(time.Second, a.redisTakes)},
		{Name: "media", Ask: lately(watchEvery, a.mediaTakes)},
	}
	all = append(all, web.Check{Name: "set aside", Ask: a.watcher.toldAside}, web.Check{Name: "files", Ask: a.watcher.toldFiles})
	for _, l := range a.hub.links {
		name := string(l.Network())
		receives := func(context.Context) error { return a.receives(l) }
		networks = append(networks,
			web.Check{Name: name, Ask: receives},
			web.Check{Name: name + " events", Ask: func(context.Context) error { return l.vital.handles() }},
			web.Check{Name: name + " letters", Ask: func(context.Context) error { return l.vital.sends(l.sender.Pulse().Heeded) }})
	}
	if a.cloud != nil {
		networks = append(networks, web.Check{Name: string(bot.WhatsAppCloud) + " delivery", Ask: a.watcher.delivers})
	}
	return append(all, networks...), networks
}

// intakeChecks are those of the checklist without which no webhook's call can be taken.
func (a *App) intakeChecks() []web.Check {
	return slices.DeleteFunc(slices.Clone(a.checklist), func(c web.Check) bool { return c.Name != "postgresql" && c.Name != "redis" })
}

// lately keeps an answer for a while, so that who asks often costs little.
func lately(keep time.Duration, ask func(context.Context) error) func(context.Context) error {
	var mu sync.Mutex
	var at time.Time
	var last error
	return func(ctx context.Context) error {
		mu.Lock()
		fresh, err := !at.IsZero() && time.Since(at) < keep, last
		mu.Unlock()
		if fresh {
			return err
		}
		err = ask(ctx)
		if errors.Is(ctx.Err(), context.Canceled) {
			return err // who asked hung up: that says nothing to the next one
		}
		mu.Lock()
		defer mu.Unlock()
		at, last = time.Now(), err
		return err
	}
}

func (a *App) databaseTakes(ctx context.Context) error {
	if waits := a.standby.waiting(); waits != nil {
		return waits // a commit to try it would wait as well
	}
	err := a.Store.Writable(ctx)
	switch {
	case errors.Is(err, postgres.ErrReadOnly):
		return web.Reason("takes no writes: it is read-only")
	case errors.Is(err, postgres.ErrFull):
		return web.Reason("takes no writes: its disk is full")
	}
	return err
}

func (a *App) redisTakes(ctx context.Context) error {
	if part := a.sessions.Whole(ctx); errors.Is(part, session.ErrPart) {
		return web.Note(short(part)) // the others are served
	}
	err := a.sessions.Writable(ctx)
	switch {
	case errors.Is(err, session.ErrReadOnly):
		return web.Reason("takes no writes")
	case errors.Is(err, session.ErrFull):
		return web.Reason("takes no writes: its memory is full")
	}
	return err
}

func (a *App) mediaTakes(ctx context.Context) error {
	if err := a.blobs.Check(ctx); err != nil {
		return web.Reason("files cannot be kept: " + short(err))
	}
	return nil
}

// standBy is how long after its start a program that has no link to WhatsApp is taken to be waiting for its turn.
const standBy = 3 * time.Second

// receives tells why nothing comes from a network. An instance that stands by, because another one receives, is ready to take
// over.
func (a *App) receives(l *link) error {
	leads := l.leads.Load() || !l.alone
	if err := l.vital.receives(leads, l.alone && l.ready == nil); err != nil {
		return err
	}
	if l.ready == nil || !leads && a.opts.Now().Sub(a.began) > standBy {
		return nil
	}
	if err := l.ready(); err != nil {
		return web.Reason(err.Error()) // its words are the channel's own
	}
	return nil
}

// watch looks after the work until ctx is done.
func (w *watcher) watch(ctx context.Context) {
	tick := time.NewTicker(watchEvery * time.Duration(w.app.opts.Beside.tempo()))
	defer tick.Stop()
	var clocked, counts time.Time
	last := w.app.opts.Now()
	told := last
	for {
		now := w.app.opts.Now()
		w.steps(last, now)
		last = now
		known := w.queues(ctx)
		w.leaders(ctx)
		if known && w.rests(now) {
			w.tell(ctx, w.app.networkChecks)
			if !turn(ctx, tick.C) {
				return
			}
			continue
		}
		w.asides(ctx)
		if now.Sub(clocked) >= clockEvery {
			w.clock(ctx)
			w.primary.look(ctx, w.app)
			clocked = now
		}
		if now.Sub(told) >= tellEvery {
			w.tell(ctx, w.app.checklist)
			told = now
		}
		if !now.Before(counts) {
			took := w.count(ctx)
			w.unarrived(ctx)
			counts = w.app.opts.Now().Add(max(countEvery, 100*took))
		}
		if !turn(ctx, tick.C) {
			return
		}
	}
}

// turn waits for the next tick; false when ctx is done first.
func turn(ctx context.Context, tick <-chan time.Time) bool {
	select {
	case <-ctx.Done():
		return false
	case <-tick:
		return true
	}
}

// restMost is how long what is known of a government at rest is believed.
const restMost = 10 * time.Minute

// rests reports whether nothing was done since all was looked at, so that all is as it was: in a program of many governments most are at
// rest most of the time.
func (w *watcher) rests(now time.Time) bool {
	worked := w.app.Store.Worked()
	if w.app.opts.Beside.tempo() > 1 && worked == w.worked && now.Sub(w.looked) < restMost {
		return true
	}
	w.worked, w.looked = worked, now
	return false
}

// tell says in the log what /readyz says of some checks, when it changes.
func (w *watcher) tell(ctx context.Context, checks []web.Check) {
	state, _ := web.State(ctx, checks)
	if ctx.Err() != nil {
		return
	}
	for name, is := range state {
		switch was := w.told[name]; {
		case !web.Well(is) && (web.Well(was) || was == ""):
			w.app.log.Error("not ready", "check", name, "why", is)
		case web.Well(is) && !web.Well(was) && was != "":
			w.app.log.Info("ready again", "check", name)
		}
	}
	if w.told == nil {
		w.told = map[string]string{}
	}
	maps.Copy(w.told, state)
}

// steps says when somebody set the clock: the time of day went on otherwise than time did.
func (w *watcher) steps(last, now time.Time) {
	if by := now.Round(0).Sub(last.Round(0)) - now.Sub(last); by.Abs() > clockOff {
		w.app.log.Warn("the machine's clock was set", "by", by.Round(time.Second).String())
	}
}

// queues looks how long letters wait; false where the database does not tell.
func (w *watcher) queues(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	var names []string
	for _, l := range w.app.hub.links {
		names = append(names, string(l.Network()))
	}
	oldest, err := w.app.Store.Unsent(ctx, names)
	if err != nil {
		return false // that the database is away shows by itself
	}
	for _, l := range w.app.hub.links {
		l.vital.notes(l.sender.Pulse().Sends, oldest[string(l.Network())])
	}
	return true
}

// asideFor is how long /readyz tells of an event that was set aside.
const asideFor = 24 * time.Hour

// asides counts the events that were set aside.
func (w *watcher) asides(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	n, err := w.app.Store.Aside(ctx, w.app.clock.now().Add(-asideFor))
	if err != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.aside = n
}

// toldAside and toldFiles tell what somebody should look at, though everybody else is served.
func (w *watcher) toldAside(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.aside == 0 {
		return nil
	}
	return web.Note(fmt.Sprintf("events set aside within a day: %d", w.aside))
}

func (w *watcher) toldFiles(context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := w.files["waiting"]; n > 0 {
		return web.Note(fmt.Sprintf("files that wait to be kept: %d", n))
	}
	return nil
}

// leaders looks whether somebody does what one program alone may.
func (w *watcher) leaders(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	for _, l := range w.app.hub.links {
		name := string(l.Network())
		if l.alone {
			w.leader(ctx, l, "receive", "receive:"+name, l.leads.Load())
		}
		if !l.joined {
			w.leader(ctx, l, "send", "send:"+name, l.sender.Pulse().Sends)
		}
	}
}

func (w *watcher) leader(ctx context.Context, l *link, what, name string, here bool) {
	if here {
		l.vital.led(what, true)
		return
	}
	if led, err := w.app.Store.Led(ctx, name); err == nil {
		l.vital.led(what, led)
	}
}

// clock compares the machine's clock with the database's.
func (w *watcher) clock(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	began := w.app.opts.Now()
	there, err := w.app.Store.Clock(ctx)
	took := w.app.opts.Now().Sub(began)
	if err != nil {
		return
	}
	w.app.clock.database(there.Add(took / 2))
	offset := began.Add(took / 2).Round(0).Sub(there)
	w.mu.Lock()
	was := w.offset
	w.offset, w.known = offset, true
	w.mu.Unlock()
	if offset.Abs() > clockOff && was.Abs() <= clockOff {
		w.app.log.Warn("the machine's clock and the database's differ: switch on NTP on both", "by", offset.Round(time.Second).String())
	}
}

func (w *watcher) count(ctx context.Context) time.Duration {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	began := w.app.opts.Now()
	n, err := w.app.Store.ByStatus(ctx)
	files, ferr := w.app.Store.Files(ctx)
	w.mu.Lock()
	defer w.mu.Unlock()
	if err == nil {
		w.reports = n
	}
	if ferr == nil {
		w.files = files
	}
	return w.app.opts.Now().Sub(began)
}
