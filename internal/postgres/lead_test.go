package postgres_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/migrations"
)

// on opens a store on a database that another serves, too.
func on(t *testing.T, dsn string) *postgres.Store {
	t.Helper()
	pool, err := pgxpool.New(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// term is one time of leading.
type term struct {
	who  int
	hold ledger.Hold
	ctx  context.Context
}

// throne is what only one may sit on.
type throne struct {
	terms chan term
	on    atomic.Int32
	twice atomic.Int32
	all   sync.WaitGroup
	stop  context.CancelFunc
}

func seat(t *testing.T, stores ...*postgres.Store) *throne {
	ctx, cancel := context.WithCancel(context.WithoutCancel(t.Context()))
	th := &throne{terms: make(chan term, 1000), stop: cancel}
	for i, s := range stores {
		th.all.Go(func() {
			_ = s.Lead(ctx, "x", func(ctx context.Context) error {
				if th.on.Add(1) > 1 {
					th.twice.Add(1)
				}
				defer th.on.Add(-1)
				th.terms <- term{i, ledger.HoldOf(ctx), ctx}
				<-ctx.Done()
				return nil
			})
		})
	}
	t.Cleanup(th.end)
	return th
}

func (th *throne) end() {
	th.stop()
	th.all.Wait()
}

// next waits for the next term.
func (th *throne) next(t *testing.T, within time.Duration) term {
	t.Helper()
	late := time.NewTimer(within)
	defer late.Stop()
	select {
	case n := <-th.terms:
		return n
	case <-late.C:
		t.Fatalf("nobody leads within %s", within)
		return term{}
	}
}

// beats waits until the leader was heard once more.
func beats(t *testing.T, s *postgres.Store) {
	t.Helper()
	var was, now int64
	const find = `SELECT beat FROM leases WHERE name = 'x'`
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for range 500 {
		if err := s.Pool.QueryRow(t.Context(), find).Scan(&now); err == nil && was != 0 && now != was {
			return
		}
		if was == 0 {
			was = now
		}
		<-tick.C
	}
	t.Fatal("the leader is not heard")
}

// All connections are ended again and again. Who leads goes on leading: it lives, and nobody else begins.
func TestTheLeadOutlivesItsConnections(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, migrations.At)
	s := on(t, dsn)
	th := seat(t, on(t, dsn), on(t, dsn))
	first := th.next(t, 5*time.Second)
	losses := first.hold.Losses()
	for range 3 {
		killOthers(t, s)
		beats(t, s)
	}
	if first.ctx.Err() != nil || !first.hold.Sure() || len(th.terms) > 0 {
		t.Errorf("the lead was lost with the connections (%d terms after it)", len(th.terms))
	}
	if first.hold.Losses() == losses {
		t.Error("the leader does not know that connections were lost")
	}
}

// line is a way to the database that can stand still, as a network does whose machine has vanished.
type line struct {
	dsn  string
	mu   sync.RWMutex
	gone chan struct{}
}

// throughLine gives a way to the database of a DSN.
func throughLine(t *testing.T, dsn string) *line {
	t.Helper()
	u, err := url.Parse(dsn)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	target := filepath.Join(q.Get("host"), ".s.PGSQL.5432")
	dir, err := os.MkdirTemp("", "line")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	listener, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	q.Set("host", dir)
	u.RawQuery = q.Encode()
	l := &line{dsn: u.String(), gone: make(chan struct{})}
	t.Cleanup(func() { close(l.gone); _ = listener.Close() })
	go func() {
		for {
			in, err := listener.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("unix", target)
			if err != nil {
				_ = in.Close()
				continue
			}
			go l.carry(in, out)
			go l.carry(out, in)
		}
	}()
	return l
}

func (l *line) carry(to, from net.Conn) {
	defer func() { _, _ = to.Close(), from.Close() }()
	buf := make([]byte, 64<<10)
	for {
		n, err := from.Read(buf)
		l.mu.RLock() // while the line stands still, nothing passes, and nobody is told
		_, werr := to.Write(buf[:n])
		l.mu.RUnlock()
		if err != nil || werr != nil && !errors.Is(werr, io.ErrShortWrite) {
			return
		}
	}
}

// Where the leader's line to the database stands still, another leads within ten seconds. By then the first is not sure any
// more and has been told; what it writes later changes nothing but what is true.
func TestALeaderThatIsCutOffIsReplaced(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, migrations.At)
	l := throughLine(t, dsn)
	cut := on(t, l.dsn)
	first := seat(t, cut).next(t, 5*time.Second)
	other := on(t, dsn)
	commit(t, other, "e", letter("sent", chat), letter("refused", chat), letter("claimed", chat))
	th := seat(t, other)
	l.mu.Lock()
	began := time.Now()
	second := th.next(t, 20*time.Second)
	took := time.Since(began)
	if first.hold.Sure() || first.ctx.Err() == nil {
		t.Error("two lead")
	}
	l.mu.Unlock()
	if took > 10*time.Second {
		t.Errorf("nobody led for %s", took)
	}
	if second.hold.Fence <= first.hold.Fence || !second.hold.After || first.hold.After {
		t.Errorf("fences %+v and then %+v", first.hold, second.hold)
	}

	late := ledger.Holding(t.Context(), first.hold)
	id := func(key string) int64 { n, _ := state(t, other, key); return n }
	fates := []outbox.Fate{{ID: id("sent"), Key: "sent", State: ledger.Sent}, {ID: id("refused"), Key: "refused", State: ledger.Failed}}
	if err := cut.Mark(late, fates); err != nil {
		t.Fatal(err)
	}
	if ok, err := cut.Claim(late, id("claimed")); err != nil || ok {
		t.Errorf("it claims a letter: %v, %v", ok, err)
	}
	for key, want := range map[string]ledger.DeliveryState{"sent": ledger.Sent, "refused": ledger.Waiting} {
		if _, got := state(t, other, key); got != string(want) {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	if err := other.Mark(second.ctx, fates); err != nil {
		t.Fatal(err)
	}
	if _, got := state(t, other, "refused"); got != string(ledger.Failed) {
		t.Errorf("who leads now writes in vain: %s", got)
	}
}

// The database is away for longer than a hold is sure. Who led before leads again, though the other asks as often: it alone knows
// what it has sent.
func TestWhoLedLeadsAgain(t *testing.T) {
	t.Parallel()
	pg := testdb.Own(t, "rabeg", false, migrations.At)
	th := seat(t, on(t, pg.DSN("rabeg")), on(t, pg.DSN("rabeg")))
	first := th.next(t, 5*time.Second)
	if err := pg.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	select {
	case <-first.ctx.Done():
	case <-time.After(20 * time.Second):
		t.Fatal("the leader is not told that the database is away")
	}
	if first.hold.Sure() {
		t.Error("the lead is sure without a database")
	}
	if err := pg.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	again := th.next(t, 15*time.Second)
	if again.who != first.who || again.hold.After || again.hold.Fence <= first.hold.Fence {
		t.Errorf("%d led with %+v, and then %d with %+v", first.who, first.hold, again.who, again.hold)
	}
	if n := th.twice.Load(); n != 0 {
		t.Errorf("two led at once, %d times", n)
	}
}

// A name is free at once when it is given back, and so is that of a program of this machine that has ended.
func TestANameIsGivenBack(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, migrations.At)
	one, two := on(t, dsn), on(t, dsn)
	th := seat(t, one)
	first := th.next(t, 5*time.Second)
	if led, err := two.Led(t.Context(), "x"); err != nil || !led {
		t.Errorf("nobody is known to lead: %v", err)
	}
	th.end()
	if led, err := two.Led(t.Context(), "x"); err != nil || led {
		t.Errorf("who left is taken to lead: %v", err)
	}
	second := seat(t, two).next(t, 3*time.Second)
	if second.hold.Fence <= first.hold.Fence || !second.hold.After {
		t.Errorf("%+v after %+v", second.hold, first.hold)
	}
}
