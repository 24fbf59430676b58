package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime/pprof"
	"time"

	"rabeg/internal/postgres"
)

// Serving says how serve is run beside its settings.
type Serving struct {
	Options
	NoMigrate  bool   // leaves the database's shape alone
	CPUProfile string // where a CPU profile is written, "": nowhere
}

// Serve serves citizens and operators until ctx is done. It says "ready ADDRESS" once it does.
func Serve(ctx context.Context, cfg Config, x Serving, out io.Writer, log *slog.Logger) (err error) {
	began := time.Now()
	if err := cfg.Check(); err != nil {
		return err
	}
	if x.Profile, err = government(cfg.Profile); err != nil {
		return err
	}
	stop, err := ProfileCPU(x.CPUProfile)
	if err != nil {
		return err
	}
	defer stop()
	refused := make(chan error, 1)
	go func(given Config) { refused <- given.ask(ctx) }(cfg)
	stores, err := OpenStores(ctx, cfg, Private{})
	if err != nil {
		return err
	}
	keeping, stopKeeping := context.WithCancel(ctx)
	defer func() {
		stopKeeping()
		err = errors.Join(err, stores.Close())
	}()
	stores.Keep(keeping, log)
	if said := stores.Said(); said != "" {
		_, _ = fmt.Fprintf(out, "data %s\n", said)
	}
	metrics := ""
	x.Options.Metrics = func(addr string) { metrics = addr }
	x.Listening = func(addr string) {
		_, _ = fmt.Fprintf(out, "metrics %s\n", metrics)
		log.Info("ready", "profile", cfg.Profile, "listen", addr, "metrics", metrics, "after", time.Since(began).Round(time.Millisecond).String())
		_, _ = fmt.Fprintf(out, "ready %s\n", addr)
	}
	if err := serveOn(ctx, cfg.on(stores), x, refused, log); err != nil {
		return err
	}
	log.Info("stopped")
	return nil
}

// serveOn serves on stores that are there, until ctx is done. refused tells whether the networks take the settings.
func serveOn(ctx context.Context, cfg Config, x Serving, refused <-chan error, log *slog.Logger) error {
	wait := patiently
	if x.Beside != nil { // it is tried again, and holds up no other
		wait = func(ctx context.Context, dsn string, _ *slog.Logger) error { return reach(ctx, dsn) }
	}
	if err := wait(ctx, cfg.Database, log); err != nil {
		return err
	}
	over := begun(ctx, cfg.Database, log)
	defer over()
	if err := inShape(ctx, cfg.Database, x); err != nil {
		return err
	}
	listening := x.Listening
	x.Listening = func(addr string) { over(); listening(addr) }
	a, err := Build(ctx, cfg, log, x.Options)
	if err != nil {
		return err
	}
	if err := <-refused; err != nil {
		a.Shut()
		return err
	}
	return ended(ctx, log, a.Run)
}

// inShape makes sure that the database is this city's, and has the newest shape where serve may give it that.
func inShape(ctx context.Context, dsn string, x Serving) error {
	if err := ownedBy(ctx, x.Profile, dsn); err != nil || x.NoMigrate {
		return err
	}
	return Migrate(ctx, dsn)
}

// ProfileCPU writes a CPU profile of this process to a file until stop is called; an empty path writes none.
func ProfileCPU(path string) (stop func(), err error) {
	if path == "" {
		return func() {}, nil
	}
	f, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("write the CPU profile: %w", err)
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, errors.Join(fmt.Errorf("write the CPU profile: %w", err), f.Close())
	}
	return func() {
		pprof.StopCPUProfile()
		_ = f.Close()
	}, nil
}

const (
	// slowStart is from when on it is looked, every so often, whether a start waits for a standby. longStart is from when on it is said in
	// any case that it takes long: a busy machine does nothing else.
	slowStart = 3 * time.Second
	longStart = 30 * time.Second
)

// begun says what a start waits for that does not get on, until it is told that it is over.
func begun(ctx context.Context, dsn string, log *slog.Logger) (over func()) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		tick, began := time.NewTicker(slowStart), time.Now()
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
			why, standby := awaits(ctx, dsn)
			if ctx.Err() == nil && (standby || time.Since(began) >= longStart) {
				log.Warn("the start takes long", "why", why)
				tick.Reset(longStart / 3)
			}
		}
	}()
	return cancel
}

// awaits says what the database makes a start wait for, and whether it is a standby.
func awaits(ctx context.Context, dsn string) (why string, standby bool) {
	ctx, cancel := context.WithTimeout(ctx, slowStart)
	defer cancel()
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return short(err), false
	}
	defer pool.Close()
	n, longest, err := postgres.Waits(ctx, pool)
	switch {
	case err != nil:
		return "the database does not answer: " + short(err), false
	case n > 0:
		return fmt.Sprintf("a commit waits for a standby (synchronous_standby_names), for %s: start the standby, or take its name out", seconds(longest)), true
	}
	return "the database is at work", false
}

// MigrateAlone brings the database of the settings to the newest shape.
func MigrateAlone(ctx context.Context, cfg Config) (err error) {
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stores.Close()) }()
	if err := owned(ctx, cfg.Profile, stores.Database); err != nil {
		return err
	}
	return Migrate(ctx, stores.Database)
}
