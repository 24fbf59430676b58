package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/bot/telegram"
	"rabeg/internal/embedded"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/sim/botapi"
)

// office is one of two programs that commit letters and send them: a real store and a real sender.
type office struct {
	store  *postgres.Store
	sender *outbox.Sender

	mu    sync.Mutex
	leave context.CancelFunc // ends its lead, or its waiting for it
	ended chan struct{}
}

func openOffice(t *testing.T, dsn, api string) *office {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	o := &office{}
	o.store, err = postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG",
		Committed: func(items []outbox.Item) {
			if !o.sender.Offer(items) {
				go func() { _ = o.store.Tell(context.WithoutCancel(t.Context())) }()
			}
		},
		Doubted: func() { o.sender.Doubt() },
	}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(o.store.Close)
	ch, err := telegram.New(telegram.Options{Token: token, APIURL: api, Now: time.Now, Rand: func() float64 { return 0.5 }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(ch.Close)
	o.sender = outbox.New(outbox.Options{
		Channel: ch, Networks: []string{"telegram"}, Queue: o.store, Directory: o.store, Desk: noRooms{}, Shared: true,
		Now: time.Now, Jitter: func() float64 { return 0.5 },
	})
	o.join(t)
	t.Cleanup(o.end)
	return o
}

// join lets it wait for the lead, and send while it has it.
func (o *office) join(t *testing.T) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	ended := make(chan struct{})
	o.mu.Lock()
	o.leave, o.ended = cancel, ended
	o.mu.Unlock()
	go func() {
		defer close(ended)
		var both sync.WaitGroup
		both.Go(func() { _ = o.store.Lead(ctx, "send:telegram", o.sender.Run) })
		both.Go(func() {
			for ctx.Err() == nil {
				if o.store.Hear(ctx, o.sender.Look) != nil {
					after(50 * time.Millisecond)
				}
			}
		})
		both.Wait()
	}()
}

func (o *office) end() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.leave()
	<-o.ended
}

type noRooms struct{}

func (noRooms) Address() bot.Address   { return bot.Address{} }
func (noRooms) RoomName(string) string { return "" }
func (noRooms) MovedTo(bot.Address)    {}

const (
	leadChats   = 60
	leadFirst   = 7000 // of the chats
	leadLetters = 30
	leadEnds    = 25 // how often all sessions are ended
)

// Two programs write to sixty people, turn by turn, while all sessions of the database are ended again and again, the
// database starts anew, and the lead is handed over. Every letter arrives once, in its order.
//
// It runs by itself: on a machine so busy that a lease cannot be kept up, what is on the wire at such a moment may come twice.
func TestNothingIsSentTwiceWhenTheLeadChangesHands(t *testing.T) { //nolint:paralleltest // see above
	pg := testdb.Own(t, "rabeg", false, migrated)
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	api := botapi.New(botapi.Options{Token: token, KeepEvents: 60000})
	if err := api.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(api.Close)
	two := []*office{openOffice(t, pg.DSN("rabeg"), api.URL()), openOffice(t, pg.DSN("rabeg"), api.URL())}
	for i := range leadChats {
		p := api.Person(int64(leadFirst+i), "Warga")
		if _, err := p.In(p.ID()).Text("/start"); err != nil {
			t.Fatal(err)
		}
	}
	var came atomic.Int64
	seen := make([]atomic.Int64, leadChats)
	got := make(map[int64][]string)
	read := make(chan struct{})
	go func() {
		defer close(read)
		for from := int64(0); ctx.Err() == nil; {
			events, err := api.Events(ctx, 0, from, 1000)
			if err != nil {
				return
			}
			for _, e := range events {
				from = e.Seq
				if e.Kind == botapi.Sent && e.Message.FromBot {
					got[e.Chat] = append(got[e.Chat], e.Message.Text)
					came.Add(1)
					seen[e.Chat-leadFirst].Add(1)
				}
			}
		}
	}()
	var writing sync.WaitGroup
	stop := make(chan struct{})
	for i := range leadChats {
		writing.Go(func() { writeInTurn(ctx, t, two, int64(leadFirst+i), &seen[i]) })
	}
	var trouble sync.WaitGroup
	trouble.Go(func() { disturb(ctx, t, pg, two, &came, stop) })
	writing.Wait()
	close(stop)
	trouble.Wait()
	for _, o := range two {
		o.end() // what is on the wire a second time lands
	}
	cancel()
	<-read
	late, _ := api.Events(t.Context(), 0, 0, 60000)
	total := 0
	for _, e := range late {
		if e.Kind == botapi.Sent && e.Message.FromBot {
			total++
		}
	}
	if total != leadChats*leadLetters {
		t.Errorf("%d messages for %d letters", total, leadChats*leadLetters)
	}
	var hands int64
	eventually(t, "the lease to be read", func(ctx context.Context) bool { // over a connection that is not ended any more
		return two[0].store.Pool.QueryRow(ctx, `SELECT fence FROM leases WHERE name = 'send:telegram'`).Scan(&hands) == nil
	})
	t.Logf("%d letters, the lead was taken %d times", total, hands)
	if hands < leadEnds/3 {
		t.Errorf("the lead was taken %d times only", hands)
	}
	for chat, texts := range got {
		for n, text := range texts {
			if want := fmt.Sprintf("surat %d", n); text != want {
				t.Errorf("chat %d reads %q in the place of %q", chat, text, want)
				break
			}
		}
	}
}

// writeInTurn commits a chat's letters one after the other, each by the program whose turn it is, until it is known to be
// committed; after each third the person reads.
func writeInTurn(ctx context.Context, t *testing.T, two []*office, chat int64, seen *atomic.Int64) {
	to := bot.Address{Network: bot.Telegram, ID: fmt.Sprint(chat)}
	for n := range leadLetters {
		key := fmt.Sprintf("%d/%d", chat, n)
		b := ledger.Batch{Cause: key, Letters: []ledger.Letter{{Key: key, To: to, Purpose: ledger.Reply,
			Message: bot.Message{Text: fmt.Sprintf("surat %d", n)}}}}
		for try := 0; ; try++ {
			err := two[(n+try)%2].store.Commit(ctx, b)
			if err == nil || errors.Is(err, ledger.ErrDone) {
				break
			}
			if ctx.Err() != nil {
				t.Errorf("%s is not committed: %v", key, err)
				return
			}
			after(20 * time.Millisecond)
		}
		for n%3 == 2 && seen.Load() <= int64(n) && ctx.Err() == nil {
			after(10 * time.Millisecond)
		}
	}
}

// disturb is the trouble: it comes as letters do, evenly over all of them.
func disturb(ctx context.Context, t *testing.T, pg *embedded.Postgres, two []*office, came *atomic.Int64, stop <-chan struct{}) {
	const kill = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'rabeg' AND pid <> pg_backend_pid()`
	for n := range leadEnds {
		for came.Load() < int64((n+1)*leadChats*leadLetters/(leadEnds+2)) {
			select {
			case <-stop:
				return
			case <-ctx.Done():
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
		switch {
		case n%4 == 3: // one leaves, waits again, and then the other: the lead is handed over
			for _, o := range two {
				o.end()
				after(400 * time.Millisecond) // the other has it by now
				o.join(t)
			}
		case n%8 == 5: // once for longer than a lead is sure
			err := pg.Stop(ctx)
			if n == 13 {
				after(5 * time.Second)
			}
			if err := errors.Join(err, pg.Start(ctx)); err != nil {
				t.Error(err)
			}
		default:
			pool, err := pgxpool.New(ctx, pg.DSN("rabeg"))
			if err != nil {
				t.Error(err)
				return
			}
			if _, err := pool.Exec(ctx, kill); err != nil {
				t.Error(err)
			}
			pool.Close()
		}
	}
}

// The leader stands still, as a machine does that hangs. Another leads within ten seconds; when the first wakes, it sends nothing,
// and people are served as if nothing had been.
func TestALeaderThatStandsStill(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{own: true, forum: true})
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	post := w.watchPost(ctx)
	one := w.start()
	speaks := func(name string) *citizen {
		t.Helper()
		c := w.citizen(name)
		told := taleOf(int(c.p.ID()))
		told.photo = nil
		if err := c.wholeStory(ctx, told, true); err != nil {
			t.Fatal(err)
		}
		w.filedOnce(c, told)
		return c
	}
	people := []*citizen{speaks("Pertama")}
	two := w.start()
	sends := func(c *child) float64 { return metric(ctx, c, "rabeg_send_seconds_count") }
	if err := one.cmd.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	c := w.citizen("Kedua")
	if _, err := c.asks(ctx, "halo"); err != nil {
		t.Fatal(err)
	}
	took := time.Since(began)
	t.Logf("the second answered after %s", took.Round(time.Millisecond))
	if took > 10*time.Second {
		t.Errorf("nobody was answered for %s", took)
	}
	people = append(people, c)
	w.quiet()
	if err := one.cmd.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	one.becomes(http.StatusOK)
	was := sends(one)
	for range 5 {
		people = append(people, speaks("Ketiga"))
	}
	if n := sends(one) - was; n != 0 {
		t.Errorf("the first sent %v letters after it had been replaced", n)
	}
	w.quiet()
	for _, c := range people {
		if n := post.inOrder(t, w.letters(c.p.ID()), c.p.ID()); n != 0 {
			t.Errorf("%s read %d letters twice", c.name(), n)
		}
	}
	if strings.Contains(w.tail(), "panic") || sends(two) == 0 {
		t.Error("the second did not send")
	}
	w.nobodyStumbled()
}
