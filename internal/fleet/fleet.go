// Package fleet serves several governments in one program: a folder names them, each with its own profile, bot, desk, database and keys.
// One can be added, paused, changed or taken away while the others are served, and one that cannot be served ends only itself.
package fleet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"rabeg/internal/app"
	"rabeg/internal/guard"
	"rabeg/internal/postgres"
	"rabeg/internal/public"
	"rabeg/internal/session"
	"rabeg/internal/web"
)

const (
	// lookEvery is how often the folder is looked at.
	lookEvery = 2 * time.Second
	// endsSoon is how long a look waits for the end of a government.
	endsSoon = 100 * time.Millisecond
	// firstPause and longestPause are how long a government that failed rests before it is tried again.
	firstPause   = time.Second
	longestPause = time.Minute
	// steady is from how long on a government was served that it does not rest for longer each time.
	steady = 5 * time.Minute
	// connections is how many connections to the database a government may take at once.
	connections = 6
	// exchanges is how many connections to Redis all governments share. One has two exchanges on their way at most, and its looks.
	exchanges = 64
	// startsMost is how many governments begin at once: each takes several connections and some work until it is served.
	startsMost = 4
	// connectionsMost is how many connections a server is taken to have that could not be asked.
	connectionsMost = 90
	// tempo is how many times more seldom is done what only looks, see app.Beside: a government that nobody writes to costs next to nothing.
	tempo = 15
)

// Options says how the program is run.
type Options struct {
	Dir      string     // a folder for each government
	Settings app.Config // what they share: the server of the databases, Redis, where photos lie, the addresses
	Out      io.Writer  // told what a person at the terminal wants to know
	Log      *slog.Logger
	// Change sets differently for a government what only tests do; nil: nothing.
	Change func(government string, o *app.Options)
}

// fleet is what runs.
type fleet struct {
	Options
	front  *web.Front
	stores *app.Stores
	bell   *postgres.Bell
	redis  *session.Server
	share  *postgres.Share // of the connections to the server of DATABASE_URL
	makers *semaphore.Weighted
	// starts and again hold one for each government that begins: for the first time, and after it failed.
	starts, again chan struct{}
	seen          map[string]*served
	wg            sync.WaitGroup

	mu    sync.Mutex
	first map[string]bool // those that were there at the start and have not come to anything yet
	ready chan struct{}
}

// served is a government that is at work, or rests before it is tried again.
type served struct {
	stamp string
	works bool        // it is neither paused nor refused
	up    atomic.Bool // it has been served
	with  app.Config
	good  app.Good // the profile it was served with last
	stop  context.CancelFunc
	done  chan struct{}
	// ending says that it was told to end. Only the goroutine that looks at the folder knows.
	ending bool
	// next is the last that its folder said meanwhile and that is right; nil: nothing is.
	next *government
}

// Serve serves all governments of the folder until ctx is done. It says "ready ADDRESS" once each of them is served or cannot be.
func Serve(ctx context.Context, o Options) (err error) {
	f := &fleet{Options: o, front: web.NewFront(), starts: make(chan struct{}, startsMost), again: make(chan struct{}, startsMost), seen: map[string]*served{}, first: map[string]bool{}, ready: make(chan struct{}), makers: public.Makers()}
	if _, err := read(o.Dir, o.Settings, f.serves); err != nil {
		return err
	}
	if f.stores, err = app.OpenStores(ctx, o.Settings, app.Private{}); err != nil {
		return err
	}
	keeping, stop := context.WithCancel(ctx)
	defer func() {
		stop()
		err = errors.Join(err, f.stores.Close())
	}()
	f.stores.Keep(keeping, o.Log)
	if f.bell, err = postgres.NewBell(ctx, f.stores.Database); err != nil {
		return app.Wrong("DATABASE_URL", "cannot be used: "+reason(err), "postgres://rabeg:secret@localhost:5432/rabeg")
	}
	defer f.bell.Close()
	if f.share, err = postgres.ShareOf(ctx, f.stores.Database); err != nil { // a server that is away is waited for, as by each government
		f.share = postgres.NewShare(connectionsMost)
	}
	if f.redis, err = session.Dial(f.stores.Redis, exchanges); err != nil {
		return app.Wrong("REDIS_URL", "cannot be used: "+reason(err), session.ExampleOne)
	}
	defer func() { err = errors.Join(err, f.redis.Close()) }()
	if said := f.stores.Said(); said != "" {
		_, _ = fmt.Fprintf(o.Out, "data %s\n", said)
	}
	g, gctx := errgroup.WithContext(ctx)
	if err := app.Page(gctx, g, o.Settings.Metrics, f.front.Page(), func(addr string) { _, _ = fmt.Fprintf(o.Out, "metrics %s\n", addr) }); err != nil {
		return err
	}
	g.Go(func() error { f.watch(gctx); return nil })
	g.Go(func() error { f.bell.Run(gctx, f.deaf); return nil })
	g.Go(func() error {
		select {
		case <-f.ready:
		case <-gctx.Done():
			return nil
		}
		return app.Listen(gctx, o.Settings.Listen, f.front.Handler(), func(addr string) {
			o.Log.Info("ready", "listen", addr)
			_, _ = fmt.Fprintf(o.Out, "ready %s\n", addr)
		})
	})
	return g.Wait()
}

// watch serves what the folder says until ctx is done, and waits until all have ended.
func (f *fleet) watch(ctx context.Context) {
	defer f.wg.Wait()
	began := false
	for {
		all, err := read(f.Dir, f.Settings, f.serves)
		if err != nil {
			f.Log.Error("the governments' folder cannot be read; those that are served go on", "error", err)
		} else {
			if !began {
				f.begin(all)
				began = true
			}
			f.follow(ctx, all)
		}
		t := time.NewTimer(lookEvery)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// begin notes who is there at the start.
func (f *fleet) begin(all []government) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, g := range all {
		f.first[g.folder] = true
	}
	if len(all) == 0 {
		_, _ = fmt.Fprintf(f.Out, "no government yet: make a folder in %s with a file %s\n", f.Dir, SettingsFile)
		close(f.ready)
	}
}

// came notes that something has become of a government that was there at the start.
func (f *fleet) came(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.first[name] {
		return
	}
	delete(f.first, name)
	if len(f.first) == 0 {
		close(f.ready)
		go debug.FreeOSMemory() // reading many profiles takes much that nobody needs afterwards
	}
}

// serves reports whether a government is at work, and with which settings.
func (f *fleet) serves(name string) (with app.Config, ok bool) {
	s, known := f.seen[name]
	if !known || !s.works {
		return app.Config{}, false
	}
	return s.with, true
}

// follow makes what runs agree with what the folder says.
func (f *fleet) follow(ctx context.Context, all []government) {
	there := map[string]bool{}
	for _, g := range all {
		there[g.folder] = true
		was, known := f.seen[g.folder]
		if known && was.stamp != g.stamp && g.wrong == nil && !g.paused {
			g.wrong = app.Usable(g.settings, g.folder)
		}
		if g.wrong != nil {
			g.stamp += g.wrong.Error() // it may be put right elsewhere
		}
		switch {
		case known && was.stamp == g.stamp && !was.ending:
			continue
		case known && was.up.Load() && g.wrong != nil && !g.paused && !was.ending: // a slip of the pen does not silence a city
			was.stamp = g.stamp
			f.Log.Error("a government's settings are wrong; it is served with those from before", "government", g.folder, "error", g.wrong)
			_, _ = fmt.Fprintf(f.Out, "%s: %v; it is served with the settings from before\n", g.folder, g.wrong)
			continue
		case known:
			f.front.Fail(g.folder, "starting anew")
			if g.wrong == nil || g.paused {
				was.next = &g
			}
			if !was.ended() {
				continue // a later look begins it anew
			}
			if was.next != nil && was.next != &g {
				f.Log.Error("a government's settings became wrong while it began anew; it is served with those from before", "government", g.folder, "error", g.wrong)
				g = *was.next
			}
		}
		f.seen[g.folder] = f.start(ctx, g)
	}
	for folder, was := range f.seen {
		if there[folder] || !was.ended() {
			continue
		}
		delete(f.seen, folder)
		f.front.Leave(folder)
		f.came(folder)
		f.Log.Info("a government is not served any more", "government", folder)
		_, _ = fmt.Fprintf(f.Out, "%s: gone\n", folder)
	}
}

// ended ends it, and reports whether it has ended: one that takes its time keeps nobody else waiting, and what it has until then.
func (s *served) ended() bool {
	s.ending = true
	s.stop()
	t := time.NewTimer(endsSoon)
	defer t.Stop()
	select {
	case <-s.done:
		return true
	case <-t.C:
		return false
	}
}

// start begins with a government, or says why it is not served.
func (f *fleet) start(ctx context.Context, g government) *served {
	ctx, stop := context.WithCancel(ctx)
	s := &served{stamp: g.stamp, stop: stop, done: make(chan struct{}), works: g.wrong == nil && !g.paused, with: g.settings}
	switch {
	case g.paused:
		f.front.Fail(g.folder, "paused")
		f.came(g.folder)
		f.Log.Info("a government is paused", "government", g.folder)
		_, _ = fmt.Fprintf(f.Out, "%s: paused\n", g.folder)
		close(s.done)
	case g.wrong != nil:
		f.fails(g.folder, g.wrong, "is not served: see the log")
		close(s.done)
	default:
		f.front.Fail(g.folder, "starting")
		f.wg.Go(func() {
			defer close(s.done)
			f.serve(ctx, g, s)
		})
	}
	return s
}

// fails says that a government is not served, to the log, to the terminal, and without the reason to who asks from outside.
func (f *fleet) fails(folder string, err error, outside string) {
	f.front.Fail(folder, outside)
	f.Log.Error("a government is not served", "government", folder, "error", err)
	if p, ok := errors.AsType[*guard.Panic](err); ok {
		f.Log.Error("where it panicked", "government", folder, "stack", p.Stack)
	}
	_, _ = fmt.Fprintf(f.Out, "%s: %v\n", folder, err)
	f.came(folder)
}

// serve serves a government until ctx is done, and tries again whenever it fails.
func (f *fleet) serve(ctx context.Context, g government, s *served) {
	log := f.Log.With("government", g.folder)
	pause, again := firstPause, false
	for ; ; again = true {
		began := time.Now()
		err := guard.Do(func() error { return f.serveOnce(ctx, g, &s.good, again, log, func() { s.up.Store(true) }) })
		if ctx.Err() != nil {
			if err != nil {
				log.Warn("its end was not in good order", "error", err)
			}
			return
		}
		if time.Since(began) > steady {
			pause = firstPause
		}
		f.fails(g.folder, err, "failed, is tried again")
		t := time.NewTimer(pause)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
		pause = min(2*pause, longestPause)
	}
}

// deaf says that programs on other machines cannot be heard, without the address of the database.
func (f *fleet) deaf(error) {
	f.Log.Warn("the database of DATABASE_URL does not tell what other programs write; it is looked for by itself, some seconds later")
}

func (f *fleet) serveOnce(ctx context.Context, g government, good *app.Good, again bool, log *slog.Logger, up func()) error {
	turns := f.starts
	if again {
		turns = f.again // those that fail do not hold up the others
	}
	select {
	case turns <- struct{}{}:
	case <-ctx.Done():
		return nil
	}
	begun := sync.OnceFunc(func() { <-turns })
	defer begun()
	cfg, err := f.stores.Of(ctx, g.folder, g.settings)
	if err != nil {
		return err
	}
	change := func(o *app.Options) {
		if f.Change != nil {
			f.Change(g.folder, o)
		}
	}
	place := app.Beside{Name: g.folder, Front: f.front, Bell: f.bell, Redis: f.redis, Connections: connections, Tempo: tempo, Good: good, Change: change, Makers: f.makers}
	if g.settings.Database == "" {
		place.Share = f.share
	}
	return app.ServeBeside(ctx, cfg, place, log, func() {
		begun()
		up()
		log.Info("served", "profile", cfg.Profile)
		_, _ = fmt.Fprintf(f.Out, "%s: served\n", g.folder)
		f.came(g.folder)
	})
}
