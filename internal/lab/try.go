package lab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/embedded"
	"rabeg/internal/embedded/standin"
	"rabeg/internal/postgres"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/cloudapi"
	"rabeg/internal/sim/warelay"
)

// Try is everything on this machine: the product between a local Telegram and a local WhatsApp.
type Try struct {
	Profile         string
	Database, Redis string // "": private ones
	Dir             string // of what is private
	Listen          string // health and metrics
	Official        bool   // WhatsApp the official way, with a local Meta, in place of a linked phone
	Case            bool   // plays one case from complaint to answer
	Talk            bool   // lets a person at the terminal go on
}

// tryHold is how long an operator's answer can be taken back here: long enough to see it, short enough to wait for.
const tryHold = 2 * time.Second

// tryWake is how often timers are looked at here: a person who turns the clock waits for them.
const tryWake = 2 * time.Second

// tryEpoch (1 January 2026) is where the local Telegram's numbers begin to grow with time: the database remembers those of
// earlier runs.
const tryEpoch = 1767225600

// Run starts everything, plays the case, and lets a person at the terminal go on.
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
	if c.Talk {
		return w.talk(ctx, in, out)
	}
	return nil
}

// world is everything try runs.
type world struct {
	out    io.Writer
	api    *botapi.Server
	relay  *warelay.Relay   // nil where WhatsApp is the official one,
	office *warelay.Account // the government's number on WhatsApp
	meta   *cloudapi.Server // and this is nil where it is not
	clock  turned
	app    *app.App
	desk   *botapi.Group
	done   chan error
	close  func() error
}

func (c *Try) world(ctx context.Context, out io.Writer) (*world, error) { //nolint:funlen // one start after the other
	began := time.Now()
	w := &world{out: out, done: make(chan error, 1)}
	now := w.clock.Now
	var ends []func() error
	w.close = func() error {
		var all error
		for _, end := range slices.Backward(ends) {
			all = errors.Join(all, end())
		}
		return all
	}
	fail := func(err error) (*world, error) { return nil, errors.Join(err, w.close()) }
	line := func(what, where string) { _, _ = fmt.Fprintf(out, "  %-14s %s\n", what, where) }
	_, _ = fmt.Fprintln(out, "Rabeg on this machine:")
	stores, err := c.stores(ctx, line)
	if err != nil {
		return nil, err
	}
	ends = append(ends, stores.Close)

	limits := botapi.TelegramLimits()
	w.api = botapi.New(botapi.Options{Limits: &limits, Now: now, Begin: int(time.Now().Unix() - tryEpoch)})
	if err := w.api.Start("127.0.0.1:0"); err != nil {
		return fail(fmt.Errorf("start the local Bot API: %w", err))
	}
	ends = append(ends, func() error { w.api.Close(); return nil })
	line("Bot API", w.api.URL()+" (a local Telegram; nothing leaves this machine)")
	w.desk = w.api.Group(-1001234567890, "Meja Rabeg", true)
	cfg := app.Config{Profile: c.Profile, Database: stores.Database, Redis: stores.Redis, Media: stores.Media,
		Listen: c.Listen, LogLevel: "error", Pace: "network",
		Telegram: app.Telegram{Token: w.api.Token(), APIURL: w.api.URL(), Desk: fmt.Sprint(w.desk.ID())}}
	if err := w.joinWhatsApp(ctx, c.Official, &cfg, line); err != nil {
		return fail(err)
	}
	ends = append(ends, w.closeWhatsApp)
	line("desk", "group “Meja Rabeg”, a topic for each office")

	if err := cfg.Check(); err != nil {
		return fail(err)
	}
	if err := app.Migrate(ctx, cfg.Database); err != nil {
		return fail(err)
	}
	log := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelError}))
	ready, metrics := make(chan string, 1), ""
	if err := forgetSchema(ctx, cfg.Database, trySchema); err != nil {
		return fail(err)
	}
	w.app, err = app.Build(ctx, cfg, log, app.Options{Hold: tryHold, Now: now, Turned: true, WakeEvery: tryWake, Listening: func(addr string) { ready <- addr }, Metrics: func(addr string) { metrics = addr },
		WhatsAppHTTP: w.http(), WhatsAppSchema: trySchema, Hasty: true})
	if err != nil {
		return fail(err)
	}
	if err := w.link(ctx, cfg); err != nil {
		w.app.Shut()
		return fail(fmt.Errorf("link the local WhatsApp: %w", err))
	}
	running, stop := context.WithCancel(ctx)
	go func() { w.done <- w.app.Run(running) }()
	ends = append(ends, func() error { stop(); return <-w.done })
	select {
	case addr := <-ready:
		if w.meta != nil {
			w.meta.PointHook("http://" + addr + "/webhook/whatsapp")
		}
		line("rabeg", "http://"+addr+"/healthz /readyz, http://"+metrics+"/metrics")
	case err := <-w.done:
		w.done <- err
		return fail(err)
	}
	line("profile", w.app.Profile.City+", "+fmt.Sprint(len(w.app.Profile.Agencies))+" offices")
	_, _ = fmt.Fprintf(out, "Up in %.1f s.\n\n", time.Since(began).Seconds())
	return w, nil
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
