package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/term"

	"rabeg/internal/embedded"
	"rabeg/internal/postgres"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

type tryCmd struct {
	Profile  string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government."`
	Database string `arg:"--database-url,env:DATABASE_URL" help:"Use this PostgreSQL instead of a private one."`
	Redis    string `arg:"--redis-url,env:REDIS_URL" help:"Use this Redis instead of a private one."`
	Dir      string `arg:"--dir" default:".rabeg" help:"Where the private PostgreSQL, Redis and photos keep their data."`
	Listen   string `arg:"--listen" default:"127.0.0.1:0" help:"Address of health and metrics."`
	Demo     bool   `arg:"--demo" help:"Play the case and stop."`
}

// tryHold is how long an operator's answer can be taken back here: long enough to see it, short enough to wait for.
const tryHold = 2 * time.Second

// tryEpoch (1 January 2026) is where the local Telegram's numbers begin to grow with time: the database remembers those of
// earlier runs.
const tryEpoch = 1767225600

// Run starts everything on this machine, plays one case, and at a terminal lets a person go on.
func (c *tryCmd) Run(ctx context.Context, s streams) (err error) {
	w, err := c.world(ctx, s.out)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.close()) }()
	play, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	if err := w.demo(play, s.out); err != nil {
		return fmt.Errorf("the case did not come through: %w", err)
	}
	if c.Demo || !term.IsTerminal(int(os.Stdin.Fd())) {
		return nil
	}
	return w.talk(ctx, os.Stdin, s.out)
}

// world is everything try runs.
type world struct {
	out    io.Writer
	api    *botapi.Server
	relay  *warelay.Relay
	office *warelay.Account // the government's number on WhatsApp
	app    *app
	desk   *botapi.Group
	done   chan error
	close  func() error
}

func (c *tryCmd) world(ctx context.Context, out io.Writer) (*world, error) { //nolint:funlen // one start after the other
	began := time.Now()
	w := &world{out: out, done: make(chan error, 1)}
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
	ends = append(ends, stores.stop)
	if err != nil {
		return fail(err)
	}

	limits := botapi.TelegramLimits()
	w.api = botapi.New(botapi.Options{Limits: &limits, Begin: int(time.Now().Unix() - tryEpoch)})
	if err := w.api.Start("127.0.0.1:0"); err != nil {
		return fail(fmt.Errorf("start the local Bot API: %w", err))
	}
	ends = append(ends, func() error { w.api.Close(); return nil })
	line("Bot API", w.api.URL()+" (a local Telegram; nothing leaves this machine)")
	w.desk = w.api.Group(-1001234567890, "Meja Rabeg", true)
	if w.relay, err = localWhatsApp(ctx); err != nil {
		return fail(err)
	}
	ends = append(ends, func() error { w.relay.Close(); return nil })
	w.office = w.relay.Account("6281200000001", warelay.AccountOptions{PushName: "Rabeg"})
	line("WhatsApp", w.relay.Addr()+" (a local WhatsApp, end-to-end encrypted)")
	line("desk", "group “Meja Rabeg”, a topic for each office")

	cfg := Config{Profile: c.Profile, Database: stores.database, Redis: stores.redis, Media: "file://" + stores.media,
		Listen: c.Listen, LogLevel: "error", Pace: "network",
		WhatsApp: WhatsApp{Enabled: true},
		Telegram: Telegram{Token: w.api.Token(), APIURL: w.api.URL(), Desk: fmt.Sprint(w.desk.ID())}}
	if err := cfg.serving(); err != nil {
		return fail(err)
	}
	if err := migrate(ctx, cfg.Database); err != nil {
		return fail(err)
	}
	log := slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelError}))
	ready := make(chan string, 1)
	if err := forgetSchema(ctx, cfg.Database, trySchema); err != nil {
		return fail(err)
	}
	w.app, err = build(ctx, cfg, log, extra{hold: tryHold, listening: func(addr string) { ready <- addr },
		whatsappHTTP: w.relay.HTTPClient(), whatsappSchema: trySchema, hasty: true})
	if err != nil {
		return fail(err)
	}
	if _, err := w.relay.Provision(ctx, w.office, w.app.whatsapp.Devices()); err != nil {
		w.app.shut()
		return fail(fmt.Errorf("link the local WhatsApp: %w", err))
	}
	running, stop := context.WithCancel(ctx)
	go func() { w.done <- w.app.run(running) }()
	ends = append(ends, func() error { stop(); return <-w.done })
	select {
	case addr := <-ready:
		line("rabeg", "http://"+addr+"/healthz /readyz /metrics")
	case err := <-w.done:
		w.done <- err
		return fail(err)
	}
	line("profile", w.app.profile.City+", "+fmt.Sprint(len(w.app.profile.Agencies))+" offices")
	_, _ = fmt.Fprintf(out, "Up in %.1f s.\n\n", time.Since(began).Seconds())
	return w, nil
}

// trySchema is where the keys of the local WhatsApp lie. They are made anew each time, as the local WhatsApp is; a link to
// the real one lies elsewhere.
const trySchema = "wa_try"

func localWhatsApp(ctx context.Context) (*warelay.Relay, error) {
	r, err := warelay.New(warelay.Options{})
	if err != nil {
		return nil, fmt.Errorf("start the local WhatsApp: %w", err)
	}
	r.Trust()
	if err := r.Start(ctx); err != nil {
		return nil, fmt.Errorf("start the local WhatsApp: %w", err)
	}
	return r, nil
}

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

// tryStores are the private or given stores.
type tryStores struct {
	database, redis, media string
	ends                   []func(context.Context) error
}

func (t *tryStores) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	var all error
	for _, end := range slices.Backward(t.ends) {
		all = errors.Join(all, end(ctx))
	}
	return all
}

func (c *tryCmd) stores(ctx context.Context, line func(what, where string)) (*tryStores, error) {
	t := &tryStores{database: c.Database, redis: c.Redis}
	dir, err := embedded.Place(c.Dir)
	if err != nil {
		return t, fmt.Errorf("make the data folder: %w", err)
	}
	if want, _ := filepath.Abs(c.Dir); want != dir {
		line("data", dir+" (the server's user can not reach "+c.Dir+")")
	} else {
		line("data", c.Dir)
	}
	t.media = filepath.Join(dir, "media")
	if t.database == "" {
		pg, err := embedded.StartPostgres(ctx, embedded.Options{Dir: dir, Durable: true})
		if err != nil {
			return t, fmt.Errorf("start PostgreSQL: %w", err)
		}
		t.ends = append(t.ends, pg.Close)
		if err := pg.EnsureDatabase(ctx, "rabeg"); err != nil {
			return t, err
		}
		t.database = pg.DSN("rabeg")
		line("PostgreSQL", fmt.Sprintf("%d, private, unix socket only", pg.Version()))
	} else {
		line("PostgreSQL", "the one of DATABASE_URL")
	}
	if t.redis == "" {
		r, err := embedded.StartRedis(ctx, embedded.Options{Dir: dir, Durable: true})
		if err != nil {
			return t, fmt.Errorf("start Redis: %w", err)
		}
		t.ends = append(t.ends, r.Close)
		t.redis = r.URL()
		line("Redis", r.Kind())
	} else {
		line("Redis", "the one of REDIS_URL")
	}
	return t, nil
}
