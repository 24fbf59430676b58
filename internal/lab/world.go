package lab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// world is everything try runs.
type world struct {
	out      io.Writer
	api      *botapi.Server
	relay    *warelay.Relay   // nil where WhatsApp is the official one
	office   *warelay.Account // the government's number on WhatsApp
	meta     *meta            // the official WhatsApp, nil where it is on a linked phone
	clock    turned
	turning  sync.Mutex // one turns it at a time: the program is told of each turn in its order
	clockAt  string     // the file that remembers how far it is turned
	stores   *app.Stores
	app      *app.App // reads what is kept; the one that serves is the program's
	program  *program
	lines    struct{ telegram, whatsapp *line }
	desk     *botapi.Group
	pictures atomic.Int64
	ends     []func() error
}

// close lets go of everything, in the reverse order of its making.
func (w *world) close() error {
	var all error
	for _, end := range slices.Backward(w.ends) {
		all = errors.Join(all, end())
	}
	return all
}

func (w *world) later(end func() error) { w.ends = append(w.ends, end) }

// nth counts pictures, so that no two look alike.
func (w *world) nth() int { return int(w.pictures.Add(1)) + int(time.Now().Unix()-tryEpoch) }

func (w *world) line(what, where string) { _, _ = fmt.Fprintf(w.out, "  %-14s %s\n", what, where) }

func (c *Try) world(ctx context.Context, out io.Writer) (*world, error) {
	began := time.Now()
	w := &world{out: out}
	_, _ = fmt.Fprintln(out, "Rabeg on this machine:")
	for _, part := range []func(context.Context, *world) error{c.keep, c.networks, c.product} {
		if err := part(ctx, w); err != nil {
			return nil, errors.Join(err, w.close())
		}
	}
	_, _ = fmt.Fprintf(out, "Up in %.1f s.\n\n", time.Since(began).Seconds())
	return w, nil
}

// keep opens the stores, and sets the clock as the last run left it: what is kept is of that time.
func (c *Try) keep(ctx context.Context, w *world) (err error) {
	if w.stores, err = c.stores(ctx, w.line); err != nil {
		return err
	}
	w.later(w.stores.Close)
	if w.stores.Dir == "" {
		return nil
	}
	w.clockAt = filepath.Join(w.stores.Dir, "clock")
	w.remember()
	return nil
}

// aheadMost is how far the clock may be turned: further than anybody turns it, and near enough to be counted on.
const aheadMost = 100 * 365 * 24 * time.Hour

// remember sets the clock as the file says that remembers it. One that tells no time is told of, as what is kept may be of a later time.
func (w *world) remember() {
	text, err := os.ReadFile(w.clockAt)
	if errors.Is(err, fs.ErrNotExist) {
		return // it was never turned
	}
	ahead, wrong := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil || wrong != nil || ahead < 0 || ahead > int64(aheadMost) {
		w.line("clock", "the machine's: "+w.clockAt+" does not tell how far it was turned (example: 259200000000000, three days in nanoseconds)")
		return
	}
	w.clock.ahead.Store(ahead)
	w.line("clock", w.clock.Now().Format("2 January 2006, 15:04")+" (as it was turned to earlier)")
}

// turn turns the clock of everything.
func (w *world) turn(text string) (time.Time, error) {
	w.turning.Lock()
	defer w.turning.Unlock()
	to, err := w.clock.turn(w.app.Profile, text)
	if err != nil {
		return to, err
	}
	ahead := w.clock.ahead.Load()
	w.program.turn(time.Duration(ahead))
	if w.clockAt == "" {
		return to, nil
	}
	if err := writeWhole(w.clockAt, strconv.FormatInt(ahead, 10)); err != nil {
		_, _ = fmt.Fprintf(w.out, "  ! The next run begins with an earlier time: %v\n", err)
	}
	return to, nil
}

// writeWhole writes a file whole or leaves the old one: the disk may be full, and this program be killed.
func writeWhole(path, text string) error {
	fresh := path + ".new"
	err := os.WriteFile(fresh, []byte(text), 0o600)
	if err == nil {
		err = os.Rename(fresh, path)
	}
	if err != nil {
		_ = os.Remove(fresh)
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// networks starts a local Telegram, a local WhatsApp, and the lines to them.
func (c *Try) networks(ctx context.Context, w *world) (err error) {
	limits := botapi.TelegramLimits()
	w.api = botapi.New(botapi.Options{Limits: &limits, Now: w.clock.Now, Begin: int(time.Now().Unix() - tryEpoch)})
	if err := w.api.Start("127.0.0.1:0"); err != nil {
		return fmt.Errorf("start the local Bot API: %w", err)
	}
	w.later(func() error { w.api.Close(); return nil })
	w.line("Bot API", w.api.URL()+" (a local Telegram; nothing leaves this machine)")
	w.desk = w.api.Group(-1001234567890, "Meja Rabeg", true)
	whatsapp, err := c.whatsapp(ctx, w)
	if err != nil {
		return err
	}
	w.line("desk", "group “Meja Rabeg”, a topic for each office")
	if w.lines.telegram, err = newLine(strings.TrimPrefix(w.api.URL(), "http://")); err != nil {
		return err
	}
	w.later(w.lines.telegram.close)
	if w.lines.whatsapp, err = newLine(whatsapp); err != nil {
		return err
	}
	w.later(w.lines.whatsapp.close)
	return nil
}

// whatsapp starts a local WhatsApp, the one of linked phones or Meta's, and gives its address.
func (c *Try) whatsapp(ctx context.Context, w *world) (addr string, err error) {
	if c.Official {
		if w.meta, err = newMeta(w.clock.Now); err != nil {
			return "", err
		}
		w.later(func() error { w.meta.Close(); return nil })
		w.line("WhatsApp", w.meta.URL()+" (a local Meta: the official Cloud API)")
		return strings.TrimPrefix(w.meta.URL(), "http://"), nil
	}
	if w.relay, err = WhatsApp(ctx, w.clock.Now); err != nil {
		return "", err
	}
	w.later(func() error { w.relay.Close(); return nil })
	w.office = w.relay.Account("6281200000001", warelay.AccountOptions{PushName: "Rabeg"})
	w.line("WhatsApp", w.relay.Addr()+" (a local WhatsApp, end-to-end encrypted)")
	return w.relay.Addr(), nil
}

// product migrates the database, links the office's number, and runs the program.
func (c *Try) product(ctx context.Context, w *world) error {
	cfg := app.Config{Profile: c.Profile, Database: w.stores.Database, Redis: w.stores.Redis, Media: w.stores.Media,
		Listen: c.Listen, LogLevel: "error", Pace: "network",
		WhatsApp: app.WhatsApp{Enabled: w.meta == nil},
		Telegram: app.Telegram{Token: w.api.Token(), APIURL: "http://" + w.lines.telegram.addr(), Desk: fmt.Sprint(w.desk.ID())}}
	if w.meta != nil {
		cfg.Cloud = w.meta.settings(w.lines.whatsapp.addr())
	}
	if err := cfg.Check(); err != nil {
		return err
	}
	if err := app.Migrate(ctx, cfg.Database); err != nil {
		return err
	}
	if err := forgetSchema(ctx, cfg.Database, trySchema); err != nil {
		return err
	}
	link, err := w.join(ctx, cfg)
	if err != nil {
		return err
	}
	path := c.Program
	if path == "" {
		if path, err = os.Executable(); err != nil {
			return fmt.Errorf("find this program: %w", err)
		}
	}
	w.program = newProgram(path, []string{"serve", "--led", "--no-migrate", "--pace", cfg.Pace}, bare(append(link,
		"RABEG_PROFILE="+c.Profile, "DATABASE_URL="+cfg.Database, "REDIS_URL="+cfg.Redis, "MEDIA_URL="+cfg.Media, "LISTEN="+cfg.Listen,
		"LOG_LEVEL="+cfg.LogLevel, "TELEGRAM_TOKEN="+cfg.Telegram.Token, "TELEGRAM_API_URL="+cfg.Telegram.APIURL, "TELEGRAM_DESK="+cfg.Telegram.Desk)...), w.out)
	if w.meta != nil {
		w.program.serves = w.meta.call
	}
	w.program.turn(time.Duration(w.clock.ahead.Load()))
	if err := w.program.start(ctx); err != nil {
		return err
	}
	w.later(w.program.stop)
	health, metrics := w.program.addresses()
	w.line("rabeg", "http://"+health+"/healthz /readyz, http://"+metrics+"/metrics")
	w.line("profile", w.app.Profile.City+", "+fmt.Sprint(len(w.app.Profile.Agencies))+" offices")
	return nil
}

// join builds what reads the stores here, makes the program known to the local WhatsApp, and gives the settings by which it gets there.
func (w *world) join(ctx context.Context, cfg app.Config) (settings []string, err error) {
	o := app.Options{Now: w.clock.Now, Turned: true, WhatsAppSchema: trySchema, Hasty: true}
	if w.relay != nil {
		o.WhatsAppHTTP = w.relay.HTTPClient()
	}
	log := slog.New(slog.NewTextHandler(w.out, &slog.HandlerOptions{Level: slog.LevelError}))
	if w.app, err = app.Build(ctx, cfg, log, o); err != nil {
		return nil, err
	}
	w.later(func() error { w.app.Shut(); return nil })
	if w.meta != nil {
		return cloudEnv(cfg.Cloud), w.meta.invite(ctx, cfg)
	}
	if _, err := w.relay.Provision(ctx, w.office, w.app.WhatsApp.Devices()); err != nil {
		return nil, fmt.Errorf("link the local WhatsApp: %w", err)
	}
	reach, err := w.reach()
	return []string{"WHATSAPP_ENABLED=true", "RABEG_WHATSAPP_LOCAL=" + reach}, err
}

// reach writes down how the program reaches the local WhatsApp, and gives the file.
func (w *world) reach() (string, error) {
	r := w.relay.Reach()
	r.Addr = w.lines.whatsapp.addr()
	text, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("write down the local WhatsApp: %w", err)
	}
	dir, err := os.MkdirTemp("", "rabeg-lab-")
	if err != nil {
		return "", fmt.Errorf("write down the local WhatsApp: %w", err)
	}
	w.later(func() error { return os.RemoveAll(dir) })
	path := filepath.Join(dir, "relay.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		return "", fmt.Errorf("write down the local WhatsApp: %w", err)
	}
	return path, nil
}

// stay waits until ctx is done, or the program has ended by itself.
func (w *world) stay(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-w.program.failed:
		return err
	}
}
