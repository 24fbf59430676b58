package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/embedded"
	"rabeg/internal/embedded/standin"
	"rabeg/internal/postgres"
)

// Try is everything on this machine: the product between a local Telegram and a local WhatsApp.
type Try struct {
	Profile         string
	Database, Redis string // "": private ones
	Dir             string // of what is private
	Listen          string // health and metrics
	Case            bool   // plays one case from complaint to answer
	Talk            bool   // lets a person at the terminal go on
	Official        bool   // WhatsApp the official way, with a local Meta, in place of a linked phone
	Browse          bool   // shows the phones and the desk to a browser on this machine
	Program         string // the executable that serves when run as "serve --led"; "": this one
}

// tryHold is how long an operator's answer can be taken back here: long enough to see it, short enough to wait for.
const tryHold = 2 * time.Second

// tryWake is how often timers are looked at here: a person who turns the clock waits for them.
const tryWake = 2 * time.Second

// tryEpoch (1 January 2026) is where the local Telegram's numbers begin to grow with time: the database remembers those of
// earlier runs.
const tryEpoch = 1767225600

// Run starts everything, plays the case, and lets people go on: in a browser, at the terminal.
func (c *Try) Run(ctx context.Context, in io.Reader, out io.Writer) (err error) {
	w, err := c.world(ctx, out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	if c.Case {
		play, cancel := context.WithTimeout(ctx, time.Minute)
		defer cancel()
		if err := w.demo(play, out); err != nil {
			return fmt.Errorf("the case did not come through: %w", err)
		}
	}
	if c.Browse {
		end, err := w.browse(ctx, out)
		if err != nil {
			return err
		}
		defer end()
	}
	if c.Talk {
		return w.talk(ctx, in, out)
	}
	if c.Browse {
		return w.stay(ctx)
	}
	return nil
}

// trySchema is where the keys of the local WhatsApp lie. They are made anew each time, as the local WhatsApp is; a link to
// the real one lies elsewhere.
const trySchema = "wa_try"

func forgetSchema(ctx context.Context, dsn, schema string) error {
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return err
	}
	defer pool.Close()
	if _, err := pool.Exec(ctx, "DROP SCHEMA IF EXISTS "+schema+" CASCADE"); err != nil {
		return fmt.Errorf("forget the last local WhatsApp: %w", err)
	}
	return nil
}

// stores opens what the product keeps things in, and says what it is. Where the servers' user cannot reach the folder that
// was wanted another one is taken.
func (c *Try) stores(ctx context.Context, line func(what, where string)) (*app.Stores, error) {
	dir, err := embedded.Place(c.Dir)
	if err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	if want, _ := filepath.Abs(c.Dir); want != dir {
		line("data", dir+" (the server's user cannot reach "+c.Dir+")")
	} else {
		line("data", c.Dir)
	}
	s, err := app.OpenStores(ctx, app.Config{Database: c.Database, Redis: c.Redis, Data: dir}, app.Private{Setting: "--dir", StandIn: standin.New()})
	if err != nil {
		return nil, err
	}
	database, redis := "the one of DATABASE_URL", "the one of REDIS_URL"
	if s.Postgres != nil {
		database = fmt.Sprintf("%d, private, unix socket only", s.Postgres.Version())
	}
	if s.Cache != nil {
		redis = s.Cache.Kind()
	}
	line("PostgreSQL", database)
	line("Redis", redis)
	return s, nil
}
