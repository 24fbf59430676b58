package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	mathrand "math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"rabeg/bot"
	"rabeg/bot/telegram"
	"rabeg/bot/whatsapp"
	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/internal/casework"
	"rabeg/internal/desk"
	"rabeg/internal/engine"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/media"
	"rabeg/internal/outbox"
	"rabeg/internal/place"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/session"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
	"rabeg/internal/web"
	"rabeg/migrations"
)

// extra is what try, bench and tests set differently; its zero value is what serve wants.
type extra struct {
	profile   *profile.Profile // read already; nil: read it
	hold      time.Duration    // of answers to citizens; 0: the product's own
	wakeEvery time.Duration
	listening func(addr string)
	step      func(name string) error // see engine.Options
	// whatsappHTTP reaches WhatsApp, nil: the real one; whatsappSchema is where its keys lie, "": the usual place.
	whatsappHTTP   *http.Client
	whatsappSchema string
	// hasty says that nobody looks on whom haste could disturb: WhatsApp's manners are left out.
	hasty bool
}

// app is the program put together.
type app struct {
	cfg      Config
	extra    extra
	log      *slog.Logger
	profile  *profile.Profile
	store    *postgres.Store
	sessions *session.Store
	telegram *telegram.Channel // nil where Telegram is not served
	whatsapp *whatsapp.Channel // nil where WhatsApp is not served
	links    []*link
	keeper   *media.Keeper
	blobs    media.Blobs
	engine   *engine.Engine
	desk     *desk.Desk
	jobs     *jobs.Client
	adviser  engine.Adviser // nil where no language model is configured
	metrics  *web.Metrics
	deskAt   atomic.Pointer[bot.Address]
	untold   atomic.Bool // WhatsApp's link was taken, and the desk was not told yet
	close    []func()
}

// link is one network: how events come, and who sends.
type link struct {
	bot.Channel
	// alone says that only one instance may receive at a time.
	alone bool
	// joined says that it sends over the connection by which it receives: whoever has the one has the other.
	joined bool
	leads  atomic.Bool  // this instance receives, where one alone may
	terms  atomic.Int64 // how often it began to
	pace   outbox.Pace
	sender *outbox.Sender
}

// build constructs everything and starts nothing. The database must be migrated.
func build(ctx context.Context, cfg Config, log *slog.Logger, x extra) (a *app, err error) {
	a = &app{cfg: cfg, extra: x, log: log}
	made := a // what is returned with an error is nil
	defer func() {
		if err != nil {
			made.shut()
		}
	}()
	if a.profile = x.profile; a.profile == nil {
		if a.profile, err = government(cfg.Profile); err != nil {
			return nil, err
		}
	}
	if a.blobs, err = media.OpenBlobs(cfg.Media); err != nil {
		return nil, wrong("MEDIA_URL", err.Error(), "file:///var/lib/rabeg/media")
	}
	a.keeper = media.NewKeeper(a.blobs)
	if err := a.stores(ctx); err != nil {
		return nil, err
	}
	if err := a.networks(ctx); err != nil {
		return nil, err
	}
	if err := a.conversation(); err != nil {
		return nil, err
	}
	a.sending()
	return a, nil
}

func (a *app) shut() {
	for _, end := range slices.Backward(a.close) {
		end()
	}
}

func (a *app) later(f func()) { a.close = append(a.close, f) }

func (a *app) stores(ctx context.Context) error {
	pool, err := postgres.Connect(ctx, a.cfg.Database, 0)
	if err != nil {
		return wrong("DATABASE_URL", "can not be used: "+short(err), "postgres://rabeg:secret@localhost:5432/rabeg")
	}
	a.later(pool.Close)
	var seed [32]byte
	_, _ = rand.Read(seed[:]) // never fails
	a.store, err = postgres.New(ctx, postgres.Options{
		Pool: pool, Prefix: a.profile.Prefix, City: cityOf(a.profile), Committed: a.committed,
		Enqueue: func(ctx context.Context, tx pgx.Tx, queued []ledger.Job) error {
			return a.jobs.Enqueue(ctx, tx, queued)
		},
		Refresh: func(r report.Report) ledger.Letter { return a.office().DeliveryChanged(r, "") },
	}, hex.EncodeToString(seed[:]))
	if other, ok := errors.AsType[*postgres.OtherCityError](err); ok {
		return elsewhere(other)
	}
	if err != nil {
		return fmt.Errorf("open the database (is it migrated? run: rabeg migrate): %w", err)
	}
	a.later(a.store.Close)
	models, err := a.models()
	if err != nil {
		return err
	}
	var here []bot.Network // whose files any instance can fetch
	if a.cfg.onTelegram() {
		here = append(here, bot.Telegram)
	}
	a.jobs, err = jobs.New(jobs.Options{
		Pool: pool, Alive: a.store, Here: here, Store: a.store, Keeper: a.keeper, Fetch: a.fetch, Now: time.Now, Log: a.log, WakeEvery: a.extra.wakeEvery,
		Wake: func(ctx context.Context, t ledger.Timer) error { return a.engine.Wake(ctx, t) },
		Came: a.look, Models: models,
	})
	if err != nil {
		return err
	}
	// Polling is held by one instance at a time, so that whoever polls may take over what a poller left behind. Webhooks
	// come to every instance: each has a name of its own.
	owner := "poll"
	if a.cfg.Telegram.WebhookURL != "" {
		owner = "hook-" + hex.EncodeToString(seed[:8])
	}
	if a.sessions, err = session.Open(a.cfg.Redis, owner, "rabeg:"); err != nil {
		return wrong("REDIS_URL", "can not be used: "+short(err), "redis://localhost:6379/0")
	}
	a.later(func() { _ = a.sessions.Close() })
	a.metrics = web.NewMetrics(a.store.Backlog)
	a.metrics.Numbers(a.store.Numbers)
	return nil
}

// networks makes the channels. A new network is a few lines here.
func (a *app) networks(ctx context.Context) (err error) {
	if a.cfg.onTelegram() {
		if err := a.joinTelegram(); err != nil {
			return err
		}
	}
	if a.cfg.WhatsApp.Enabled {
		if err := a.joinWhatsApp(ctx); err != nil {
			return err
		}
	}
	at, err := a.store.Now(ctx, a.cfg.desk())
	if err != nil {
		return err
	}
	a.deskAt.Store(&at)
	return nil
}

// link finds a network's link, nil when there is none.
func (a *app) link(n bot.Network) *link {
	for _, l := range a.links {
		if l.Network() == n {
			return l
		}
	}
	return nil
}

// admin asks the desk's network who runs the group.
func (a *app) admin(ctx context.Context, group bot.Address, person string) (bool, error) {
	l := a.link(group.Network)
	if l == nil {
		return false, nil
	}
	roles, ok := l.Channel.(bot.Roles)
	if !ok {
		return false, nil
	}
	return roles.Admin(ctx, group, person)
}

func (a *app) conversation() error {
	finder, err := place.New(a.profile)
	if err != nil {
		return fmt.Errorf("read the areas: %w", err)
	}
	reader, err := understand.New(a.profile)
	if err != nil {
		return err
	}
	machine := flows.New(flows.Options{
		Profile: a.profile, Reader: reader, Finder: finder, Hears: a.cfg.OpenAI.SpeechModel != "",
		Advises: a.adviser != nil,
		Flows:   errands.All(),
	})
	reading := patientReader{Store: a.store, busy: a.busy}
	a.desk = &desk.Desk{Office: a.office, Reader: reading, Admin: a.admin, Answers: answer.Must()}
	cases := engine.Cases{Store: reading, Reports: reading, Citizens: reading, Calls: reading, Offices: reading, Stumbles: reading}
	a.engine = engine.New(engine.Options{
		Sessions: a.sessions, Cases: cases, Machine: machine, Desk: a.desk, Office: a.office, DeskAt: a.deskNow,
		DeskMoved: a.deskMoved, Phone: a.phone, Pressed: a.pressed, Now: time.Now, Log: a.log, Turned: a.metrics.Turned, Step: a.extra.step, Adviser: a.adviser,
	})
	return nil
}

// sending gives each network its sender; the desk's letters are sent by the network that the desk is on.
func (a *app) sending() {
	for _, l := range a.links {
		name := string(l.Network())
		queues := []string{name}
		if home := a.deskNow().Network; home == l.Network() || (home == "" && l == a.links[0]) {
			queues = append(queues, outbox.DeskQueue)
		}
		pace := l.pace
		if a.cfg.Pace == "off" {
			pace = outbox.Pace{}
		}
		l.sender = outbox.New(outbox.Options{
			Channel: l.Channel, Networks: queues, Queue: a.store, Directory: a.store, Colds: a.store, Composer: a.desk, Desk: rooms{a}, Pace: pace,
			Now: time.Now, Jitter: mathrand.Float64,
			Observe: func(result string, took time.Duration) { a.metrics.Sent(name, result, took) },
			Log:     a.log,
		})
	}
}

// busy reports whether something to a chat is just being sent by this instance.
func (a *app) busy(chat bot.Address) bool {
	l := a.link(chat.Network)
	return l != nil && l.sender.Busy(chat)
}

// look lets every sender look for letters that it was not told of.
func (a *app) look() {
	for _, l := range a.links {
		l.sender.Look()
	}
}

// healthy tells whether both stores answer.
func (a *app) healthy(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return errors.Join(a.store.Ping(ctx), a.sessions.Ping(ctx))
}

func (a *app) deskNow() bot.Address { return *a.deskAt.Load() }

func (a *app) deskMoved(ctx context.Context, to bot.Address) error {
	if err := a.store.Moved(ctx, a.deskNow(), to); err != nil {
		return err
	}
	to = to.Chat()
	a.deskAt.Store(&to)
	return nil
}

// rooms is the desk as the sender sees it.
type rooms struct{ *app }

// Address is the operators' group.
func (r rooms) Address() bot.Address { return r.deskNow() }

// RoomName is the title of an office's topic.
func (r rooms) RoomName(room string) string {
	ag, ok := r.profile.Agency(room)
	switch {
	case !ok:
		return "Koordinator"
	case ag.Short == "":
		return ag.Name
	}
	return ag.Short
}

// MovedTo is told by the sender, which has written it down.
func (r rooms) MovedTo(to bot.Address) { r.deskAt.Store(&to) }

func (a *app) office() *casework.Office {
	return &casework.Office{Profile: a.profile, Desk: a.deskNow(), Hold: a.extra.hold, Consults: a.cfg.OpenAI.Model != ""}
}

// committed hands fresh letters to their senders, or tells the instances that send.
func (a *app) committed(items []outbox.Item) {
	elsewhere := false
	for _, l := range a.links {
		if mine := l.sender.Mine(items); len(mine) > 0 && !l.sender.Offer(mine) {
			elsewhere = true
		}
	}
	if !elsewhere {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		defer cancel()
		_ = a.store.Tell(ctx) // the sender looks by itself every second
	}()
}

// pressed stops a button's spinning, best effort: the answer itself is a letter.
func (a *app) pressed(ev bot.Event) {
	l := a.link(ev.Chat.Network)
	if l == nil {
		return
	}
	answerer, ok := l.Channel.(bot.Answerer)
	if !ok {
		return
	}
	go func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = answerer.Answer(ctx, ev.ID, "")
	}()
}

func (a *app) fetch(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	l := a.link(m.Network)
	if l == nil {
		return nil, &bot.SendError{Remedy: bot.GiveUp, Err: errors.New("no such network here")}
	}
	return l.Fetch(ctx, m)
}

// migrate brings the database to the newest shape.
func migrate(ctx context.Context, dsn string) error {
	pool, err := postgres.Connect(ctx, dsn, 2)
	if err != nil {
		return wrong("DATABASE_URL", "can not be used: "+short(err), "postgres://rabeg:secret@localhost:5432/rabeg")
	}
	defer pool.Close()
	db := stdlib.OpenDBFromPool(pool)
	defer func() { _ = db.Close() }()
	if err := migrations.Run(ctx, db); err != nil {
		return err
	}
	return jobs.Migrate(ctx, pool)
}

// short is the last part of an error's chain: what is wrong, without the way there. It never holds a password: those
// stand in addresses, which the database's library leaves out.
func short(err error) string {
	for {
		next := errors.Unwrap(err)
		if next == nil {
			line, _, _ := strings.Cut(err.Error(), "\n")
			return line
		}
		err = next
	}
}
