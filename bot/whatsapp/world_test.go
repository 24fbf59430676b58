package whatsapp

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"rabeg/bot"
	"rabeg/bot/bottest"
	"rabeg/bot/wasign"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/sim/warelay"
)

// TestMain fails when a goroutine outlives the tests, but for those of the tests' own PostgreSQL.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("rabeg/internal/embedded.launch.func1"),
		goleak.IgnoreAnyFunction("rabeg/internal/embedded.post.func1"),
		goleak.IgnoreAnyFunction("os/exec.(*Cmd).writerDescriptor.func1"),
		goleak.IgnoreAnyFunction("github.com/jackc/pgx/v5/pgxpool.(*Pool).backgroundHealthCheck"),
	)
}

// testLimit bounds one test's waiting; nothing comes near it, even on a machine with other work.
const testLimit = 2 * time.Minute

// migrate makes the tables once for all tests.
func migrate(ctx context.Context, dsn string) error {
	db, err := OpenDB(dsn, "")
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = New(ctx, Options{DB: db})
	return err
}

// site is a local WhatsApp with the office's account on it.
type site struct {
	*warelay.Relay
	ctx    context.Context
	dsn    string
	acct   *warelay.Account
	store  *bottest.Store
	last   atomic.Int64
	linked sync.Once
}

const office = "6281200000001"

func newSite(t testing.TB) *site {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), testLimit)
	s := &site{ctx: ctx, dsn: testdb.New(t, migrate), store: bottest.NewStore()}
	t.Cleanup(cancel)
	var err error
	if s.Relay, err = warelay.New(warelay.Options{}); err != nil {
		t.Fatal(err)
	}
	s.Trust()
	if err = s.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.acct = s.Account(office, warelay.AccountOptions{PushName: "Rabeg"})
	return s
}

func (s *site) database(t testing.TB) *sql.DB {
	t.Helper()
	db, err := OpenDB(s.dsn, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// open makes a channel of the account, without linking a device.
func (s *site) open(t testing.TB, change func(*Options)) *Channel {
	t.Helper()
	o := Options{
		Opener: s.store, HTTP: s.HTTPClient(), RetryMin: 5 * time.Millisecond, RetryMax: 200 * time.Millisecond,
		SendTimeout: 10 * time.Second,
	}
	if change != nil {
		change(&o)
	}
	if o.DB == nil {
		o.DB = s.database(t)
	}
	c, err := New(s.ctx, o)
	if err != nil {
		t.Fatal(err)
	}
	c.timing.look, c.timing.reset, c.timing.insert = 20*time.Millisecond, 5*time.Millisecond, 50*time.Millisecond
	c.timing.ban, c.timing.retake, c.timing.replaced, c.timing.outdated, c.timing.refused = time.Hour, time.Hour, time.Hour, time.Hour, time.Hour
	return c
}

// link gives the account's device its credentials, once, as a pairing would.
func (s *site) link(t testing.TB, c *Channel) {
	t.Helper()
	s.linked.Do(func() {
		if _, err := s.Provision(s.ctx, s.acct, c.Devices()); err != nil {
			t.Fatal(err)
		}
	})
}

func (s *site) phone(t testing.TB) string {
	t.Helper()
	return fmt.Sprintf("62813%07d", s.last.Add(1))
}

func (s *site) person(t testing.TB) *person {
	t.Helper()
	p, err := s.Person(s.ctx, s.phone(t), "Budi")
	if err != nil {
		t.Fatal(err)
	}
	return &person{Person: p, s: s}
}

// run lets a channel receive until the test ends or the result is called.
func (s *site) run(t testing.TB, c *Channel, h bot.Handler) (stop func()) {
	t.Helper()
	s.link(t, c)
	ctx, cancel := context.WithCancel(s.ctx)
	over := make(chan struct{})
	go func() {
		defer close(over)
		if err := c.Run(ctx, h); err != nil {
			t.Errorf("Run gave %v", err)
		}
	}()
	stop = func() { cancel(); <-over }
	t.Cleanup(stop)
	return stop
}

// ready waits until the channel is connected.
func (s *site) ready(t testing.TB, c *Channel) {
	t.Helper()
	s.until(t, "the channel is connected", func() bool { return c.Ready() == nil })
}

// until waits for something that shows in the relay or soon after a stanza.
func (s *site) until(t testing.TB, what string, cond func() bool) {
	t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for !cond() {
		select {
		case <-tick.C:
		case <-s.ctx.Done():
			t.Fatalf("waited in vain until %s", what)
		}
	}
}

// diary is a handler that notes everything.
type diary struct {
	mu   sync.Mutex
	all  []bot.Event
	wake chan struct{}
}

func newDiary() *diary { return &diary{wake: make(chan struct{})} }

func (d *diary) handle(_ context.Context, ev bot.Event) error {
	if _, joined := ev.Body.(bot.Joined); joined {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all = append(d.all, ev)
	close(d.wake)
	d.wake = make(chan struct{})
	return nil
}

func (d *diary) events() []bot.Event {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]bot.Event(nil), d.all...)
}

// nth waits for the nth event, from 0.
func (d *diary) nth(ctx context.Context, t testing.TB, n int) bot.Event {
	t.Helper()
	return d.wait(ctx, t, func(all []bot.Event) bool { return len(all) > n })[n]
}

// words waits for an event with a text.
func (d *diary) words(ctx context.Context, t testing.TB, text string) bot.Event {
	t.Helper()
	var found bot.Event
	d.wait(ctx, t, func(all []bot.Event) bool {
		for _, ev := range all {
			if bot.Words(ev.Body) == text {
				found = ev
				return true
			}
		}
		return false
	})
	return found
}

func (d *diary) wait(ctx context.Context, t testing.TB, ok func([]bot.Event) bool) []bot.Event {
	t.Helper()
	for {
		d.mu.Lock()
		all, wake := append([]bot.Event(nil), d.all...), d.wake
		d.mu.Unlock()
		if ok(all) {
			return all
		}
		select {
		case <-wake:
		case <-ctx.Done():
			t.Fatalf("waited in vain; %d events came, the last: %v", len(all), told(all[max(0, len(all)-20):]))
		}
	}
}

func told(all []bot.Event) []string {
	out := make([]string, len(all))
	for i, ev := range all {
		out[i] = bot.Words(ev.Body)
		if out[i] == "" {
			out[i] = fmt.Sprintf("%T", ev.Body)
		}
	}
	return out
}

func must[T any](t testing.TB) func(T, error) T {
	t.Helper()
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// person is somebody with a WhatsApp, in the private chat with the office.
type person struct {
	*warelay.Person
	s *site
}

func (p *person) Chat() bot.Address { return address(p.LID()) }

func (p *person) Send(ctx context.Context, o bottest.Out) (string, error) {
	o.Text = strings.ToValidUTF8(o.Text, "\ufffd") // no phone sends anything else: the wire's strings are UTF-8
	switch {
	case len(o.Photos) > 1:
		ids, err := p.Album(ctx, office, o.Text, o.Photos...)
		if err != nil {
			return "", err
		}
		return ids[0], nil
	case len(o.Photos) == 1:
		return p.Image(ctx, office, o.Photos[0], o.Text)
	case o.Voice != nil:
		return p.Voice(ctx, office, o.Voice, 3*time.Second)
	case o.Location != nil:
		return p.Location(ctx, office, o.Location.Lat, o.Location.Lon, "")
	case o.ReplyTo != "":
		m, err := p.Next(ctx, func(m warelay.Received) bool { return m.ID == o.ReplyTo })
		if err != nil {
			return "", err
		}
		return p.ReplyTo(ctx, m, o.Text)
	}
	return p.Text(ctx, office, o.Text)
}

func (p *person) Choose(ctx context.Context, _ bottest.Shown, nth int) error {
	_, err := p.Text(ctx, office, fmt.Sprint(nth+1))
	return err
}

func (p *person) Edit(ctx context.Context, _, text string) error {
	_, err := p.EditLast(ctx, office, text)
	return err
}

func (p *person) Block(context.Context) error {
	return fmt.Errorf("learning of a block: %w", bottest.ErrCannot)
}

func (p *person) Wait(ctx context.Context, ok func([]bottest.Shown) bool) ([]bottest.Shown, error) {
	in, err := p.Person.Wait(ctx, func(in warelay.Inbox) bool { return ok(p.shown(ctx, in)) })
	return p.shown(ctx, in), err
}

// shown is what stands on the person's screen: edits are applied, style is shown and not written.
func (p *person) shown(ctx context.Context, in warelay.Inbox) []bottest.Shown {
	var out []bottest.Shown
	at := map[string]int{}
	for _, m := range in.Messages {
		if m.Mine || m.Kind == "edit" {
			if i, known := at[m.Target]; known {
				out[i].Text, out[i].Choices = onScreen(m.Text)
			}
			continue
		}
		s := bottest.Shown{ID: m.ID, ReplyTo: m.Quoted}
		s.Text, s.Choices = onScreen(m.Text)
		if m.Kind == "image" {
			s.Photo, _ = p.Media(ctx, m)
		}
		at[m.ID] = len(out)
		out = append(out, s)
	}
	return out
}

// onScreen reads a text as a phone does: bold runs lose their signs, and the lines of a menu are its choices.
func onScreen(text string) (string, []string) {
	var body, choices []string
	for line := range strings.SplitSeq(text, "\n") {
		n := fmt.Sprintf("*%d* ", len(choices)+1)
		if label, ok := strings.CutPrefix(line, n); ok {
			choices = append(choices, wasign.Visible(label))
			continue
		}
		if len(choices) > 0 {
			body, choices = append(body, choices...), nil // lines of the text that only looked like a menu
		}
		body = append(body, wasign.Visible(line))
	}
	if len(choices) > 0 { // a blank line stands between both
		return strings.TrimSuffix(strings.Join(body, "\n"), "\n"), choices
	}
	return strings.Join(body, "\n"), nil
}
