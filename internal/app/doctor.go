package app

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"rabeg/bot/telegram"
	"rabeg/internal/media"
	"rabeg/internal/postgres"
	"rabeg/internal/web"
	"rabeg/migrations"
)

// doctor is one visit: what it looks at.
type doctor struct {
	Config
	opts  Options
	visit *Stores // a private PostgreSQL that was started to be looked at
}

// finding is what one check saw: nil err is well; mend says how to put it right.
type finding struct {
	name, saw, mend string
	err             error
}

var errIll = errors.New("something is not well, see above")

// Doctor checks one thing after the other that serve needs, and says how to mend what is wrong.
func Doctor(ctx context.Context, cfg Config, out io.Writer, o Options) error {
	c := doctor{Config: cfg, opts: o}
	ill := false
	defer c.leave()
	for _, check := range []func(context.Context) []finding{c.settings, c.addresses, c.own, c.postgresql, c.redis, c.folder, c.clock, c.telegram, c.whatsapp, c.cloud} {
		ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
		for _, f := range check(ctx) {
			ill = show(out, f) || ill
		}
		cancel()
	}
	if ill {
		return errIll
	}
	return nil
}

func show(w io.Writer, f finding) (ill bool) {
	if f.err == nil {
		_, _ = fmt.Fprintf(w, "✓ %s: %s\n", f.name, f.saw)
		return false
	}
	_, _ = fmt.Fprintf(w, "✗ %s: %s\n  → %s\n", f.name, short(f.err), f.mend)
	return true
}

func (c *doctor) settings(context.Context) []finding {
	f := finding{name: "settings", saw: "complete", mend: "set the variable named above (README, table of settings)"}
	if err := c.check(web.HookOf(c.opts.Government, "telegram")); err != nil {
		f.err = said(err.Error()) // of a value it shows nothing
	}
	return []finding{f}
}

// addresses looks whether the program can be listened to where it is to be: there is nobody, or it runs there already.
func (c *doctor) addresses(ctx context.Context) []finding {
	out := []finding{c.address(ctx, "LISTEN", c.Listen, "/healthz")}
	if c.Metrics != "" {
		out = append(out, c.address(ctx, "LISTEN_METRICS", c.Metrics, "/metrics"))
	}
	if c.Public.on() {
		out = append(out, finding{name: "public pages", saw: c.Public.address(), err: c.Public.crowd(),
			mend: "set RABEG_PUBLIC_CLIENT_HEADER to the header in which your proxy says who asks, such as X-Forwarded-For"})
	}
	return out
}

func (c *doctor) address(ctx context.Context, setting, at, page string) finding {
	f := finding{name: setting, saw: at + " is free", mend: "choose another address and port, such as " + setting + "=127.0.0.1:8080, or end the program that has it"}
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", at)
	if err == nil {
		_ = l.Close()
		return f
	}
	if !errors.Is(err, syscall.EADDRINUSE) {
		f.err = said("cannot be listened on: " + short(err))
		return f
	}
	f.saw, f.err = "rabeg runs there", said("another program has the address")
	if host, port, err := net.SplitHostPort(at); err == nil {
		if host == "" || host == "0.0.0.0" || host == "::" {
			host = "127.0.0.1"
		}
		if rabegOn(ctx, "http://"+net.JoinHostPort(host, port)+page) {
			f.err = nil
		}
	}
	return f
}

// rabegOn reports whether this program answers at an address.
func rabegOn(ctx context.Context, page string) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, page, nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, 64<<10))
	return err == nil && res.StatusCode == http.StatusOK && (string(body) == "ok\n" || strings.Contains(string(body), "rabeg_"))
}

func (c *doctor) postgresql(ctx context.Context) []finding {
	if c.Database == "" {
		return nil // a private one, which is seen or started by serve
	}
	f := finding{name: "PostgreSQL", mend: "start PostgreSQL and check DATABASE_URL"}
	pool, err := postgres.Connect(ctx, c.Database, 2)
	if err != nil {
		f.err = err
		return []finding{f}
	}
	defer pool.Close()
	if f.err = pool.QueryRow(ctx, `SELECT 'answers, ' || split_part(version(), ' ', 2) || ', ' || pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()`).Scan(&f.saw); f.err != nil {
		return []finding{f}
	}
	found := append([]finding{f}, c.engines(ctx, pool)...)
	db := stdlib.OpenDBFromPool(pool)
	defer func() { _ = db.Close() }()
	shape, whole := shapeOf(ctx, db)
	found = append(found, c.owner(ctx, pool), shape)
	if !whole {
		return found
	}
	if c.Cloud.on() {
		found = append(found, delivered(ctx, postgres.NewReader(pool)))
	}
	return append(found, numbers(ctx, postgres.NewReader(pool)), owners(ctx, pool), backups(ctx, postgres.NewReader(pool)))
}

// shapeOf tells whether the database has the shape that this program knows; whole when it has. An empty one is well: serve
// makes it one.
func shapeOf(ctx context.Context, db *sql.DB) (f finding, whole bool) {
	f = finding{name: "database shape", saw: "newest", mend: "run: rabeg migrate"}
	err := migrations.Fits(ctx, db)
	if newer, ok := errors.AsType[*migrations.NewerError](err); ok {
		f.err, f.mend = said(newer.Error()), "install the newer program again, or a later one"
		return f, false
	}
	if f.err = err; err != nil {
		return f, false
	}
	empty, err := migrations.Empty(ctx, db)
	if f.err = err; err != nil || empty {
		f.saw = "empty: serve will migrate it"
		return f, false
	}
	pending, err := migrations.Pending(ctx, db)
	if f.err = err; err == nil && pending {
		f.err = said("older than this program")
	}
	return f, f.err == nil
}

// owner tells whether the database is this city's.
func (c *doctor) owner(ctx context.Context, pool *pgxpool.Pool) finding {
	f := finding{name: "database's city", mend: "set RABEG_PROFILE to its city, or DATABASE_URL to a database of this one"}
	p, err := government(c.Profile)
	if f.err = err; err == nil {
		f.saw, f.err = p.City, postgres.Owned(ctx, pool, cityOf(p))
	}
	return f
}

// owners tells whether every report has exactly one owner. Those from before the database kept that rule may not.
func owners(ctx context.Context, pool *pgxpool.Pool) finding {
	f := finding{name: "owners", saw: "every report has exactly one", mend: "what is open a coordinator gives to an office: /teruskan NUMBER OFFICE; what is not goes on as it is"}
	n, first, err := postgres.Ownerless(ctx, pool)
	if f.err = err; err == nil && n > 0 {
		f.err = said(fmt.Sprintf("%d reports have none, or two: %v", n, first))
	}
	return f
}

// fullAt is the percentage of report numbers taken from which on the doctor warns: at 22 million, with years to go.
const fullAt = 80

// numbers tells how full the range of report numbers is. Until the last one is taken everybody gets one.
func numbers(ctx context.Context, s interface {
	Numbers(ctx context.Context) (taken, all int, err error)
}) finding {
	f := finding{name: "report numbers", mend: "ask for a version with longer numbers: when the last one is taken, no report can be filed"}
	taken, all, err := s.Numbers(ctx)
	if f.err = err; err != nil {
		f.mend = "check DATABASE_URL"
		return f
	}
	percent := 100 * float64(taken) / float64(all)
	f.saw = fmt.Sprintf("%d of %d taken (%.1f %%)", taken, all, percent)
	if percent >= fullAt {
		f.err = said(f.saw)
	}
	return f
}

func (c *doctor) folder(ctx context.Context) []finding {
	f := finding{name: "media", saw: "can be written", mend: "make the folder and give it to the user who runs rabeg, or check MEDIA_URL"}
	b, err := media.OpenBlobs(c.Media)
	if err != nil {
		f.err = said(ofMedia(err))
		return []finding{f}
	}
	f.err = b.Check(ctx)
	return []finding{f}
}

// clock compares with the clock of the network that is served: report times, deadlines and TLS depend on it.
func (c *doctor) clock(ctx context.Context) []finding {
	zone := finding{name: "time zone", mend: "check RABEG_PROFILE"}
	p, err := government(c.Profile)
	if zone.err = err; err == nil {
		zone.saw = time.Now().In(p.Location()).Format("02.01.2006 15.04 MST") + " in " + p.City
	}
	f := finding{name: "clock", mend: "switch on NTP (timedatectl set-ntp true)"}
	whose, at := "the Bot API's", c.Telegram.APIURL
	if !c.onTelegram() {
		whose, at = "WhatsApp's", "https://web.whatsapp.com"
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, at, nil)
	if err != nil {
		return []finding{zone}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return []finding{zone} // the network is looked at below
	}
	_ = res.Body.Close()
	there, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		return []finding{zone}
	}
	off := time.Since(there)
	f.saw = fmt.Sprintf("within %.0f s of %s", math.Abs(off.Seconds()), whose)
	if off.Abs() > 30*time.Second {
		f.err = said(fmt.Sprintf("is %s off %s", off.Round(time.Second), whose))
	}
	return []finding{zone, f}
}

func (c *doctor) telegram(ctx context.Context) []finding {
	if !c.onTelegram() {
		return []finding{{name: "Telegram", saw: "not served"}}
	}
	token := finding{name: "Telegram token", mend: "ask @BotFather for a token and set TELEGRAM_TOKEN"}
	if token.err = c.Telegram.check(web.HookOf(c.opts.Government, "telegram")); token.err != nil {
		return []finding{token}
	}
	ch, err := telegram.New(telegram.Options{Token: c.Telegram.Token, APIURL: c.Telegram.APIURL})
	if err != nil {
		token.err = err
		return []finding{token}
	}
	defer ch.Close()
	me, err := ch.Me(ctx)
	if token.err = orElse(err, "Telegram answers otherwise than expected"); err != nil {
		token.mend = "check the network to TELEGRAM_API_URL, and the token"
		return []finding{token}
	}
	token.saw = "belongs to @" + me.Name
	out := append([]finding{token}, c.hook(ctx, ch)...)
	if c.WhatsApp.Desk != "" {
		return out
	}
	return append(out, c.group(ctx, ch)...)
}

// hook looks whether Telegram's calls arrive, where it is to call.
func (c *doctor) hook(ctx context.Context, ch *telegram.Channel) []finding {
	if c.WebhookURL == "" {
		return nil
	}
	f := finding{name: "Telegram webhook", saw: "the calls arrive", mend: "see that TELEGRAM_WEBHOOK_URL is reached from outside with a valid certificate, and that a proxy hands it to LISTEN"}
	h, err := ch.Hook(ctx)
	switch {
	case err != nil:
		f.err = orElse(err, "Telegram answers otherwise than expected")
	case h.URL != c.WebhookURL:
		f.saw = "not set yet: rabeg serve sets it"
	case h.Lost(time.Now().Add(-time.Hour), time.Now()):
		f.err = said(fmt.Sprintf("%d updates wait, for the calls do not arrive: %s", h.Pending, h.Why()))
	}
	return []finding{f}
}

func (c *doctor) group(ctx context.Context, ch *telegram.Channel) []finding {
	f := finding{name: "desk", saw: "reached", mend: "add the bot to the operators' group, write /id there, and set TELEGRAM_DESK to the number it answers"}
	if c.Telegram.Desk == "" {
		f.err = said("TELEGRAM_DESK is not set: reports are filed and wait, but no operator sees them")
		return []finding{f}
	}
	r, err := ch.Check(ctx, c.desk())
	switch {
	case err != nil:
		f.err = orElse(err, "Telegram does not know the group, or this bot is not in it")
	case !r.MovedTo.Zero():
		f.err, f.mend = said("the group became a supergroup"), "set TELEGRAM_DESK to "+r.MovedTo.ID
	case !r.Member:
		f.err = said("the bot is not in the group")
	}
	if f.err != nil {
		return []finding{f}
	}
	out := []finding{f}
	read := finding{name: "desk: reads answers", saw: "yes", mend: "make the bot an administrator of the group (privacy mode hides what operators write otherwise)"}
	if !r.ReadsAll {
		read.err = said("the bot sees only commands there")
	}
	out = append(out, read)
	topics := finding{name: "desk: topics", saw: "one room for all (the group has no topics)", mend: "give the bot the right 'Manage topics'"}
	if r.Forum {
		topics.saw = "one topic an office"
		if !r.TopicAdmin {
			topics.err = said("the group has topics, but the bot may not open any: all goes to the main room")
		}
	}
	return append(out, topics)
}
