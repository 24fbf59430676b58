package e2e

import (
	"context"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// token is the bot's: its secret half must be in no log.
const token = "7654321:TEST_ONLY-aZ0123456789_secret"

// world is one government's deployment: the local Telegram, the stores, the desk, and the programs that serve it.
type world struct {
	t    testing.TB
	api  *botapi.Server
	gate *gate
	desk *botapi.Group
	head *botapi.Person // runs the desk: a coordinator
	ears *ears
	pg   *embedded.Postgres // nil: one of the shared server's databases
	rds  *embedded.Redis    // nil: one of the shared server's databases
	wa   *chats             // nil: WhatsApp is not served
	meta *meta              // nil: the Cloud API is not served
	db   *pgxpool.Pool

	dsn, redis, media string
	home              string   // where the program's private stores lie, "": it has none
	set               []string // more of the environment
	args              []string
	other             string // the program that is run in place of the shipped one

	mu       sync.Mutex
	children []*child
	people   int64
	phones   []*warelay.Person
}

// plan says what a world is like. Its zero value has shared stores, no limits on sending, and a plain group as the desk.
type plan struct {
	own     bool // stores of its own, to be stopped at will
	alone   bool // no stores: the program runs private ones, in world.home
	durable bool // PostgreSQL waits for the disk
	forum   bool // the desk has topics
	basic   bool // the desk is a basic group, which can become a supergroup
	noDesk  bool
	clocks  bool // the programs' machines have clocks of their own, that can be set
	limits  bool // Telegram's limits, and the program's pace within them
	// engines gives the world stores on several machines in place of those above; nil: it does not.
	engines func(*world)

	cloud    bool       // the official WhatsApp is served
	whatsapp onWhatsApp // with a desk there, there is none on Telegram
	set      []string
}

// newWorld makes everything but the program; start that with world.start.
func newWorld(t testing.TB, p plan) *world {
	t.Helper()
	program(t)
	w := &world{t: t, ears: &ears{}, media: t.TempDir(), set: p.set, people: 5000}
	w.ears.keepPrivate("token", token, strings.SplitN(token, ":", 2)[1])
	options := botapi.Options{Token: token, KeepEvents: 60000}
	if p.limits {
		limits := botapi.TelegramLimits()
		options.Limits = &limits
	} else {
		w.args = []string{"--pace=off"}
	}
	w.api = botapi.New(options)
	w.gate = openGate(t, w.api)
	switch {
	case p.noDesk, p.whatsapp >= deskLID:
	case p.basic:
		w.desk = w.api.Group(-4321, "Meja", false)
	default:
		w.desk = w.api.Group(-1001234567890, "Meja", p.forum)
	}
	if w.desk != nil {
		w.head = w.person("Koordinatorwati")
		w.desk.AddAdmin(w.head)
	}
	w.stores(p)
	w.joinWhatsApp(p.whatsapp)
	if p.cloud {
		w.joinCloud()
	}
	t.Cleanup(w.listen)
	t.Cleanup(w.end)
	return w
}

func (w *world) stores(p plan) {
	if p.alone {
		dir, remove, err := embedded.Scratch() // the servers' user can reach it
		if err != nil {
			w.t.Fatal(err)
		}
		w.t.Cleanup(remove)
		w.home = filepath.Join(dir, "data")
		return
	}
	if p.engines != nil {
		p.engines(w)
		w.openDatabase()
		return
	}
	if p.own {
		w.pg = testdb.Own(w.t, "rabeg", p.durable, migrated)
		w.dsn = w.pg.DSN("rabeg")
		w.rds = testredis.Own(w.t)
		w.redis = w.rds.URL()
	} else {
		w.dsn, w.redis = testdb.New(w.t, migrated), testredis.New(w.t)
	}
	w.openDatabase()
}

// openDatabase lets the test read what the program keeps.
func (w *world) openDatabase() {
	config, err := pgxpool.ParseConfig(w.dsn)
	if err != nil {
		w.t.Fatal(err)
	}
	config.MaxConns = 3
	if w.db, err = pgxpool.NewWithConfig(context.Background(), config); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(w.db.Close)
}

func (w *world) env() []string {
	env := bare("TELEGRAM_TOKEN="+token, "TELEGRAM_API_URL="+w.gate.url, "LISTEN=127.0.0.1:0", "LOG_LEVEL=debug")
	if w.home == "" {
		env = append(env, "DATABASE_URL="+w.dsn, "REDIS_URL="+w.redis, "MEDIA_URL=file://"+w.media)
	} else {
		env = append(env, "RABEG_DATA="+w.home)
	}
	if w.desk != nil {
		env = append(env, fmt.Sprintf("TELEGRAM_DESK=%d", w.desk.ID()))
	}
	return append(env, w.set...)
}

// end stops what still runs; the last act of every test is a good end.
func (w *world) end() {
	w.mu.Lock()
	all := w.children
	w.mu.Unlock()
	for _, c := range all {
		if !c.running() {
			continue
		}
		if code, took := c.stop(); code != 0 || took > 10*time.Second {
			w.t.Errorf("the program ended with %d after %s", code, took)
		}
	}
}

// listen reads the logs back.
func (w *world) listen() {
	for _, leak := range w.ears.leaks() {
		w.t.Errorf("a log line holds what is private, of %s", leak)
	}
}

// tail is the end of what the children printed, for a failed test.
func (w *world) tail() string {
	w.ears.mu.Lock()
	defer w.ears.mu.Unlock()
	all := w.ears.printed.String()
	return all[max(0, len(all)-4000):]
}

// person makes somebody with a Telegram client, whose name must not be in the logs.
func (w *world) person(name string) *botapi.Person {
	w.mu.Lock()
	w.people++
	id := w.people
	w.mu.Unlock()
	name = fmt.Sprintf("%s-%d", name, id)
	w.ears.keepPrivate(fmt.Sprintf("person %d", id), name)
	return w.api.Person(id, name)
}

// gate is where the program reaches the local Telegram. It knows which connections are open.
type gate struct {
	url  string
	mu   sync.Mutex
	open map[net.Conn]bool
	ever bool          // somebody came
	none chan struct{} // signalled when the last one closes
}

func openGate(t testing.TB, api *botapi.Server) *gate {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{url: "http://" + l.Addr().String(), open: map[net.Conn]bool{}, none: make(chan struct{}, 1)}
	srv := &http.Server{Handler: api, ConnState: g.state, ReadHeaderTimeout: patience, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = srv.Serve(l) }()
	t.Cleanup(func() {
		api.Close()
		_ = srv.Close()
	})
	return g
}

func (g *gate) state(c net.Conn, s http.ConnState) {
	g.mu.Lock()
	defer g.mu.Unlock()
	switch s {
	case http.StateNew:
		g.open[c], g.ever = true, true
	case http.StateClosed, http.StateHijacked:
		delete(g.open, c)
		if len(g.open) == 0 {
			select {
			case g.none <- struct{}{}:
			default:
			}
		}
	case http.StateActive, http.StateIdle:
	}
}

// called reports whether any program has spoken with Telegram.
func (g *gate) called() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.ever
}

// drain waits until all calls of a program that was killed are answered and its connections closed: what it had already
// said still arrives.
func (g *gate) drain(t testing.TB) {
	t.Helper()
	// A connection that the system has taken and this server has not is not known yet. They are taken in turn: when one made
	// now is answered, all earlier ones are known.
	knock := http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := knock.Get(g.url + "/knock") //nolint:noctx // bounded by the client
	if err != nil {
		t.Fatalf("knock at the local Telegram: %v", err)
	}
	_ = res.Body.Close()
	late := time.After(patience)
	for {
		g.mu.Lock()
		n := len(g.open)
		g.mu.Unlock()
		if n == 0 {
			return
		}
		select {
		case <-g.none:
		case <-late:
			t.Fatalf("%d connections of a dead program are still open", n)
		}
	}
}

// freePort is an address of this machine that nobody listens on.
func freePort(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String()
}
