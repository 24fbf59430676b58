package app

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
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
	"rabeg/bot/whatsappcloud"
	"rabeg/flows"
	"rabeg/flows/errands"
	"rabeg/internal/desk"
	"rabeg/internal/digest"
	"rabeg/internal/engine"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/media"
	"rabeg/internal/open311"
	"rabeg/internal/open311/fetch"
	"rabeg/internal/outbox"
	"rabeg/internal/place"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/public"
	"rabeg/internal/report"
	"rabeg/internal/rights"
	"rabeg/internal/session"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
	"rabeg/internal/web"
	"rabeg/migrations"
)

// Options are what the lab and tests set differently; the zero value is what serve wants.
type Options struct {
	Profile   *profile.Profile // read already; nil: read it
	Hold      time.Duration    // of answers to citizens; 0: the product's own
	WakeEvery time.Duration
	// Now is the machine's clock, nil: the real one. It goes on evenly beside the time of day, as time.Now does, whatever becomes of that.
	Now func() time.Time
	// Listening is told the address once the program is ready, and before that Metrics where the metrics are; Public where the public
	// pages are, once they know all reports.
	Listening, Metrics, Public func(addr string)
	Step                       func(name string) error // see engine.Options
	// Beside says that the program serves other governments, too; nil: it serves this one alone. Government is which of several a command is for.
	Beside     *Beside
	Government string
	// WhatsAppHTTP reaches WhatsApp, nil: the real one; WhatsAppSchema is where its keys lie, "": the usual place.
	WhatsAppHTTP   *http.Client
	WhatsAppSchema string
	// Turned says that Now is turned forward by somebody at will: no witness puts it right.
	Turned bool
	// Hasty says that nobody looks on whom haste could disturb: WhatsApp's manners are left out.
	Hasty bool
}

// App is the product put together.
type App struct {
	Profile  *profile.Profile
	Store    *postgres.Store
	WhatsApp *whatsapp.Channel // nil where WhatsApp is not served

	cfg      Config
	opts     Options
	log      *slog.Logger
	hub      *Hub
	sessions *session.Store
	telegram *telegram.Channel      // nil where Telegram is not served
	cloud    *whatsappcloud.Channel // nil where the Cloud API is not served
	keeper   *media.Keeper
	blobs    media.Blobs
	bureau   *exchange.Clerk
	engine   *engine.Engine
	machine  *flows.Machine
	desk     *desk.Desk
	clerk    *rights.Clerk
	digest   *digest.Writer
	finder   place.Finder
	reader   understand.Reader
	hooks    *open311.Hooks // nil where other software is not served
	photos   *fetch.Fetcher // of other software
	treader  *treader
	jobs     *jobs.Client
	pages    *postgres.Public // nil where there are no public pages; so is site
	site     *public.Site
	adviser  engine.Adviser // nil where no language model is configured
	metrics  *web.Metrics
	watcher  *watcher
	standby  standby
	// comparing says that the conversations are being compared with the database.
	comparing atomic.Bool
	began     time.Time
	clock     *clock
	// fails ends Run, nil before it.
	fails atomic.Pointer[context.CancelCauseFunc]
	// checklist is what /readyz asks, networkChecks what of it costs nothing.
	checklist, networkChecks []web.Check
	close                    []func()
}

// Build constructs everything and starts nothing. The database must be migrated. What it returns is either run or shut.
func Build(ctx context.Context, cfg Config, log *slog.Logger, o Options) (a *App, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	a = &App{cfg: cfg, opts: o, log: log, began: o.Now(), clock: newClock(o.Now, o.Turned, log)}
	made, whole := a, false // what is returned with an error is nil
	defer func() {
		if !whole {
			made.Shut() // where it panics, too: another try is made beside what is not shut
		}
	}()
	if a.Profile = o.Profile; a.Profile == nil {
		if a.Profile, err = government(cfg.Profile); err != nil {
			return nil, err
		}
	}
	if cfg.Public.on() { // others may have the same profile
		own := *a.Profile
		own.Pages = cfg.Public.address()
		a.Profile = &own
	}
	if a.blobs, err = media.OpenBlobs(cfg.Media); err != nil {
		return nil, Wrong("MEDIA_URL", ofMedia(err), "file:///var/lib/rabeg/media")
	}
	a.keeper, a.photos = media.NewKeeper(a.blobs), fetch.New(fetch.Options{})
	a.hub = a.newHub()
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
	if err := a.openPublic(ctx); err != nil {
		return nil, err
	}
	a.watcher = &watcher{app: a}
	a.checklist, a.networkChecks = a.checks()
	a.figures()
	whole = true
	return a, nil
}

var (
	_ outbox.Gatherer = (*desk.Desk)(nil)
	_ outbox.Inviter  = (*desk.Desk)(nil)
)

// shutMost is how long letting go may take: stores that stand still are left to themselves.
const shutMost = 2 * time.Second

// Shut lets go of everything, in the reverse order of its making.
func (a *App) Shut() {
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, end := range slices.Backward(a.close) {
			end()
		}
	}()
	late := time.NewTimer(shutMost)
	defer late.Stop()
	select {
	case <-done:
	case <-late.C:
		a.log.Warn("the stores do not let go; they are left")
	}
}

func (a *App) later(f func()) { a.close = append(a.close, f) }

// enqueue puts jobs into the queue, which is opened after the store that asks for it.
func (a *App) enqueue(ctx context.Context, tx pgx.Tx, queued []ledger.Job) error {
	return a.jobs.Enqueue(ctx, tx, queued)
}

// unreached is what follows where an officer's own chat takes no letters, by the office as it is now.
func (a *App) unreached(op ledger.Operator, cause string) (ledger.Batch, bool) {
	return a.hub.Office().Unreached(op, cause)
}

func (a *App) stores(ctx context.Context) error {
	pool, shut, err := a.opts.Beside.connect(ctx, a.cfg.Database)
	if err != nil {
		return Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	a.later(shut)
	a.clock.asked(ctx, func(ctx context.Context) (time.Time, error) { return postgres.Clock(ctx, pool) })
	var seed [32]byte
	_, _ = rand.Read(seed[:]) // never fails
	a.Store, err = postgres.New(ctx, postgres.Options{
		Pool: pool, Prefix: a.Profile.Prefix, City: cityOf(a.Profile), Sensitive: a.Profile.Sensitive, Committed: a.hub.Committed, Doubted: a.hub.Doubted,
		Enqueue: a.enqueue, Unreached: a.unreached,
		Refresh:  func(r report.Report) ledger.Letter { return a.hub.Office().DeliveryChanged(r, "") },
		TimeHere: a.opts.Now, Tempo: a.opts.Beside.tempo(), Share: a.opts.Beside.share(),
		Unasked: func(name string, err error) { a.log.Warn("not known who leads", "lead", name, "why", short(err)) },
	}, hex.EncodeToString(seed[:]))
	if other, ok := errors.AsType[*postgres.OtherCityError](err); ok {
		return elsewhere(other)
	}
	if err != nil {
		return fmt.Errorf("open the database (is it migrated? run: rabeg migrate): %w", err)
	}
	a.later(a.Store.Close)
	a.hub.opened(a.Store)
	if n, first, err := postgres.Ownerless(ctx, pool); err != nil {
		a.log.Warn("not known whether every report has one owner", "error", err)
	} else if n > 0 {
		a.log.Warn("reports from before have no owner, or two: see rabeg doctor", "count", n, "first", first)
	}
	models, err := a.models()
	if err != nil {
		return err
	}
	here := []bot.Network{fetch.Network} // whose files any instance can fetch
	if a.cfg.onTelegram() {
		here = append(here, bot.Telegram)
	}
	if a.cfg.Cloud.on() {
		here = append(here, bot.WhatsAppCloud)
	}
	a.jobs, err = jobs.New(jobs.Options{
		Pool: pool, Looking: a.Store.Looking, Alive: a.Store, Here: here, Store: a.Store, Keeper: a.keeper, Fetch: a.fetch, Now: a.clock.now, Log: a.log, WakeEvery: a.opts.WakeEvery,
		Wake:   func(ctx context.Context, t ledger.Timer) error { return a.engine.Wake(ctx, t) },
		House:  a.house,
		Export: func(ctx context.Context, e ledger.Export) error { return a.clerk.Export(ctx, e) },
		Tell:   func(ctx context.Context, t ledger.Tell) error { return a.engine.Tell(ctx, t) },
		Sheet:  func(ctx context.Context, s ledger.Sheet) error { return a.sheet(ctx, s) },
		Pack:   func(ctx context.Context, p ledger.Pack) error { return a.pack(ctx, p) },
		Retell: func(ctx context.Context) error { return a.retell(ctx) },
		Hook:   func(ctx context.Context, h ledger.Hook) (time.Duration, error) { return a.hook(ctx, h) },
		Copy:   func(ctx context.Context, c ledger.Copy) error { return a.copied(ctx, c) },
		Dozes:  a.opts.Beside != nil, DozeEvery: dozeEvery, Kept: a.Profile.Keeping.StumbleTime(), Came: a.hub.Look, Fell: a.fell, Models: models, Fault: func(why string) { a.metrics.FileFault(why) },
	})
	if err != nil {
		return err
	}
	if err := a.remember(ctx, seed[:8]); err != nil {
		return err
	}
	a.metrics = web.NewMetrics(a.Store.Backlog, a.opts.Beside.name())
	a.metrics.Numbers(a.Store.Numbers)
	return nil
}

// remember opens the Redis of the conversations. seed makes a name of this instance's own.
func (a *App) remember(ctx context.Context, seed []byte) (err error) {
	// Polling is held by one instance at a time, so that whoever polls may take over what a poller left behind. Webhooks
	// come to every instance: each has a name of its own.
	owner := "poll"
	if a.cfg.Telegram.WebhookURL != "" || a.cfg.Cloud.on() {
		owner = "hook-" + hex.EncodeToString(seed)
	}
	if b := a.opts.Beside; b != nil && b.Redis != nil {
		a.sessions = b.Redis.Store(owner, b.keys())
	} else if a.sessions, err = session.Open(a.cfg.Redis, owner, b.keys()); err != nil {
		return Wrong("REDIS_URL", "cannot be used: "+short(err), exampleOf(a.cfg.Redis))
	}
	a.later(func() { _ = a.sessions.Close() })
	return redisFits(ctx, a.sessions)
}

// networks makes the channels. A new network is a few lines here.
func (a *App) networks(ctx context.Context) (err error) {
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
	if a.cfg.Cloud.on() {
		if err := a.joinCloud(); err != nil {
			return err
		}
	}
	at, err := a.Store.Now(ctx, a.cfg.desk())
	if err != nil {
		return err
	}
	a.hub.desk.at.Store(&at)
	return nil
}

func (a *App) conversation() error {
	finder, err := place.New(a.Profile)
	if err != nil {
		return fmt.Errorf("read the areas: %w", err)
	}
	reader, err := understand.New(a.Profile)
	if err != nil {
		return err
	}
	a.finder, a.reader = finder, reader
	machine := flows.New(flows.Options{
		Profile: a.Profile, Reader: reader, Finder: finder, Hears: a.cfg.OpenAI.SpeechModel != "",
		Advises: a.adviser != nil,
		Flows:   errands.All(),
	})
	reading := patientReader{Store: a.Store, landed: a.hub.Landed, elsewhere: a.hub.Elsewhere}
	a.desk = &desk.Desk{Office: a.hub.Office, Reader: reading, Ours: reading.Ours, Pleas: a.Store, Admin: a.hub.Admin, Here: a.hub.Here, Anew: a.hub.Anew, Links: a.hub.Links, Answers: answer.Must(), Hears: reader, Gap: a.Store.Gap(), Talking: a.talking, Bills: a.Store.Bills, Titles: desk.NewTitles(a.clock.now)}
	cases := engine.Cases{Store: reading, Reports: reading, Citizens: reading, Twins: reading, Calls: reading, Known: reading, Conducts: reading, Offices: reading, Officers: reading, Stumbles: reading, Handled: reading, Pleas: a.Store, Posts: a.Store, Ties: a.Store}
	a.clerk = a.newClerk(machine)
	a.digest = &digest.Writer{Store: a.Store, Office: a.hub.Office, Keep: a.keeper.Keep, Now: a.clock.now, Log: a.log}
	a.treader = &treader{store: a.Store, in: a.Profile.Location(), now: a.clock.now, log: a.log}
	a.bureau = newExchange(a.Store, a.hub.Office, reader)
	a.machine = machine
	a.engine = engine.New(engine.Options{
		Sessions: a.sessions, Cases: cases, Machine: machine, Desk: attentive{a.desk, &a.hub.networks}, Office: a.hub.Office, DeskAt: a.hub.Desk, Admin: a.hub.Admin, Here: a.hub.Here,
		DeskMoved: a.hub.DeskMoved, Phone: a.hub.Phone, Unwell: postgres.Unwell, Pressed: a.hub.Pressed, Now: a.clock.now, Log: a.log, Turned: a.metrics.Turned, Step: a.opts.Step, Adviser: a.adviser, Looker: looker{a.keeper, a.hub.Fetch}, Words: reader.Words(), Begun: a.sessions, Gap: a.Store.Gap(), Since: a.Store.Since, Trod: a.treader.trod,
		Numbered: a.numbered, TieCode: tieCode, Serves: func(n bot.Network) bool { return a.hub.link(n) != nil },
	})
	a.desk.Looks, a.desk.Phone = a.engine.Looks, a.hub.Phone
	return nil
}

// sending gives each network its sender; the desk's letters are sent by the network that the desk is on.
func (a *App) sending() {
	for _, l := range a.hub.links {
		name := string(l.Network())
		queues := []string{name}
		if home := a.hub.Desk().Network; home == l.Network() || (home == "" && l == a.hub.links[0]) {
			queues = append(queues, outbox.DeskQueue)
		}
		pace := l.pace
		if a.cfg.Pace == "off" {
			pace = outbox.Pace{}
		}
		var later outbox.Later
		receipts, told := l.Channel.(bot.Receipts)
		if told {
			later = a.Store
		}
		var departures outbox.Departures // WhatsApp knows a letter by its key, however often it is given it; Later knows of itself what departed
		if !l.joined && !told {
			departures = a.Store
		}
		l.sender = outbox.New(outbox.Options{
			Later: later, Departures: departures,
			Channel: l.Channel, Networks: queues, Queue: a.Store, Directory: a.Store, Colds: a.Store, Composer: a.desk, Desk: a.hub.desk, Pace: pace,
			Shared: !l.alone, Now: a.opts.Now, TimeOfDay: a.clock.now, Machine: a.steady(), Jitter: mathrand.Float64, Tempo: a.opts.Beside.untold(),
			Observe: func(result string, took time.Duration) { a.metrics.Sent(name, result, took) },
			Log:     a.log,
		})
		if told {
			receipts.Receipts(l.sender.Received)
		}
	}
}

// healthy tells whether both stores take what is written, and all of each: what a part that is away holds up is not to blame itself.
func (a *App) healthy(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	return errors.Join(a.Store.Writable(ctx), a.sessions.Whole(ctx), a.sessions.Writable(ctx))
}

// Migrate brings the database to the newest shape.
func Migrate(ctx context.Context, dsn string) error {
	pool, err := postgres.Connect(ctx, dsn, 2)
	if err != nil {
		return Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	defer pool.Close()
	db := stdlib.OpenDBFromPool(pool)
	defer func() { _ = db.Close() }()
	err = migrations.Run(ctx, db)
	if newer, ok := errors.AsType[*migrations.NewerError](err); ok {
		return outdated(newer)
	}
	if err != nil {
		return err
	}
	return jobs.Migrate(ctx, pool)
}

// oneLine is a whole error in one line.
func oneLine(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }
