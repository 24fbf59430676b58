package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"runtime/pprof"
	"time"

	"rabeg/internal/postgres"
)

type serveCmd struct {
	Config
	NoMigrate  bool   `arg:"--no-migrate" help:"Leave the database's shape alone; run 'rabeg migrate' yourself."`
	CPUProfile string `arg:"--cpu-profile,env:RABEG_CPU_PROFILE,hidden" help:"Write a CPU profile here."`
}

// collectAt is how much of what is in use may be added before the collector works, in percent (Go's own: 100): under full
// load the program has 35 MB of its own, and a twentieth less work than with Go's.
const collectAt = 150

// Run serves until the program is told to stop.
func (c *serveCmd) Run(ctx context.Context, s streams) error {
	began := time.Now()
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	if err := c.serving(); err != nil {
		return err
	}
	p, err := government(c.Profile)
	if err != nil {
		return err
	}
	log := logger(s.err, c.LogLevel)
	stop, err := profileCPU(c.CPUProfile)
	if err != nil {
		return err
	}
	defer stop()
	refused := make(chan error, 1)
	go func() { refused <- c.ask(ctx) }()
	if err := reach(ctx, c.Database); err != nil {
		return err
	}
	if err := ownedBy(ctx, p, c.Database); err != nil {
		return err
	}
	if !c.NoMigrate {
		if err := migrate(ctx, c.Database); err != nil {
			return err
		}
	}
	a, err := build(ctx, c.Config, log, extra{profile: p, listening: func(addr string) {
		log.Info("ready", "profile", c.Profile, "listen", addr, "after", time.Since(began).Round(time.Millisecond).String())
		_, _ = fmt.Fprintf(s.out, "ready %s\n", addr)
	}})
	if err != nil {
		return err
	}
	if err := <-refused; err != nil {
		a.shut()
		return err
	}
	if err := a.run(ctx); err != nil {
		return err
	}
	log.Info("stopped")
	return nil
}

// profileCPU writes a CPU profile of this process to a file until stop is called; an empty path writes none.
func profileCPU(path string) (stop func(), err error) {
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
		return wrong("DATABASE_URL", "the database does not answer: "+short(err), "postgres://rabeg:secret@localhost:5432/rabeg")
	}
	return nil
}

type migrateCmd struct {
	Profile  string `arg:"--profile,env:RABEG_PROFILE" help:"The government; where it is named, another one's database is left alone."`
	Database string `arg:"--database-url,env:DATABASE_URL" help:"PostgreSQL."`
}

// Run migrates.
func (c *migrateCmd) Run(ctx context.Context, s streams) error {
	if err := (Config{Profile: "serang", Database: c.Database}).stores(); err != nil {
		return err
	}
	if err := reach(ctx, c.Database); err != nil {
		return err
	}
	if err := owned(ctx, c.Profile, c.Database); err != nil {
		return err
	}
	if err := migrate(ctx, c.Database); err != nil {
		return err
	}
	_, _ = fmt.Fprintln(s.out, "the database has the newest shape")
	return nil
}
