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
	cfg = cfg.on(stores)
	if err := reach(ctx, cfg.Database); err != nil {
		return err
	}
	if err := ownedBy(ctx, x.Profile, cfg.Database); err != nil {
		return err
	}
	if !x.NoMigrate {
		if err := Migrate(ctx, cfg.Database); err != nil {
			return err
		}
	}
	metrics := ""
	x.Options.Metrics = func(addr string) { metrics = addr }
	x.Listening = func(addr string) {
		_, _ = fmt.Fprintf(out, "metrics %s\n", metrics)
		log.Info("ready", "profile", cfg.Profile, "listen", addr, "metrics", metrics, "after", time.Since(began).Round(time.Millisecond).String())
		_, _ = fmt.Fprintf(out, "ready %s\n", addr)
	}
	a, err := Build(ctx, cfg, log, x.Options)
	if err != nil {
		return err
	}
	if err := <-refused; err != nil {
		a.Shut()
		return err
	}
	if err := ended(ctx, log, a.Run); err != nil {
		return err
	}
	log.Info("stopped")
	return nil
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

// reach asks whether the database answers at all, so that a wrong address stops the start with a word.
func reach(ctx context.Context, dsn string) error {
	ctx, cancel := context.WithTimeout(ctx, 6*time.Second)
	defer cancel()
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err == nil {
		defer pool.Close()
		err = pool.Ping(ctx)
	}
	if err != nil {
		return Wrong("DATABASE_URL", "the database does not answer: "+short(err), exampleDatabase)
	}
	return nil
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
