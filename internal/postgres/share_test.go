package postgres

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/embedded/testdb"
	"rabeg/migrations"
)

// Thirty governments ask at once, again and again, where there is room for twelve connections: all are answered, there are never more, and
// what lies idle with one is shut for another.
func TestGovernmentsShareTheServer(t *testing.T) {
	t.Parallel()
	const governments, rounds = 30, 5
	s := NewShare(0)
	dsn := testdb.New(t, nil)
	var pools []*pgxpool.Pool
	for range governments {
		pool, leave, err := s.Connect(t.Context(), dsn, 2)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { leave(); pool.Close() })
		pools = append(pools, pool)
	}
	var mu sync.Mutex
	var most int
	var all sync.WaitGroup
	for _, p := range pools {
		all.Go(func() {
			for range rounds {
				var n int
				const ask = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()`
				if err := p.QueryRow(t.Context(), ask).Scan(&n); err != nil {
					t.Errorf("who waits is not answered: %v", err)
					return
				}
				mu.Lock()
				most = max(most, n)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	if most < 2 || most > worksLeast+4 { // those that were just shut may still be seen
		t.Errorf("there were %d connections at once, want at most %d", most, worksLeast)
	}
}

// Who waits in vain for a connection is told so when its time is over, and what it waited for is there for the next one.
func TestAShareThatIsTaken(t *testing.T) {
	t.Parallel()
	s := NewShare(0)
	pool, leave, err := s.Connect(t.Context(), testdb.New(t, nil), worksLeast+1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { leave(); pool.Close() })
	var taken []*pgxpool.Conn
	for range worksLeast {
		c, err := pool.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		taken = append(taken, c)
	}
	brief, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if c, err := pool.Acquire(brief); err == nil {
		c.Release()
		t.Error("there is one more")
	}
	for _, c := range taken {
		c.Release()
	}
	if err := pool.Ping(t.Context()); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// A government at rest has one connection: it looks by the one that says that it lives. While work goes on it looks by that of the work.
func TestWhoRestsHasOneConnection(t *testing.T) {
	t.Parallel()
	share := NewShare(0)
	pool, leave, err := share.Connect(t.Context(), testdb.New(t, migrations.At), 6)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { leave(); pool.Close() })
	s, err := New(t.Context(), Options{Pool: pool, Share: share, Prefix: "SRG", Tempo: 15}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if s.Looking() != pool {
		t.Error("it has worked a moment ago, and looks by another connection")
	}
	h := s.leases.suitor("send:telegram").try(t.Context())
	if h == nil {
		t.Fatal("a free name is not taken")
	}
	pool.Reset()                             // as after a while
	tick := time.NewTicker(time.Millisecond) // nothing tells when a pool has shut a connection
	defer tick.Stop()
	for pool.Stat().TotalConns() > 0 {
		<-tick.C
	}
	worked := s.Worked()
	for _, look := range []func() error{
		func() error { _, err := s.Unsent(t.Context(), []string{"telegram"}); return err },
		func() error { _, err := s.WaitingIDs(t.Context(), []string{"telegram"}, 10); return err },
		func() error { _, err := s.Due(t.Context(), time.Now(), 1); return err },
		func() error { _, err := s.Aside(t.Context(), time.Now()); return err },
		func() error { _, err := s.ByStatus(t.Context()); return err },
		func() error { _, err := s.Files(t.Context()); return err },
		func() error { _, err := s.Clock(t.Context()); return err },
		func() error { _, _, err := s.Numbers(t.Context()); return err },
		func() error { _, _, err := s.Backlog(t.Context()); return err },
		func() error { _, err := s.ForgetDeparted(t.Context()); return err },
		func() error { return s.Writable(t.Context()) },
	} {
		if err := look(); err != nil {
			t.Fatal(err)
		}
	}
	if at, idle := s.Worked(), pool.Stat().TotalConns(); at != worked || idle != 0 {
		t.Errorf("looking counts as work (%d), and takes %d connections", at-worked, idle)
	}
	if n := s.leases.db.Stat().TotalConns(); n != 1 {
		t.Errorf("%d connections at rest", n)
	}
	if _, _, err := s.NextID(t.Context(), "x"); err != nil || s.Worked() == worked {
		t.Errorf("work does not count: %v", err)
	}
}

// One word says of all that a program holds that it lives. What was given back, or is another's by now, is not among it.
func TestOneWordForAll(t *testing.T) {
	t.Parallel()
	s := testStore(t)
	var held []*holding
	for _, name := range []string{"send:telegram", "receive:telegram", "jobs:1", "given:back", "another's"} {
		h := s.leases.suitor(name).try(t.Context())
		if h == nil {
			t.Fatalf("%s is not free", name)
		}
		held = append(held, h)
	}
	held[3].release(t.Context())
	if _, err := s.Pool.Exec(t.Context(), `UPDATE leases SET holder = 'other', fence = fence + 1 WHERE name = 'another''s'`); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-2 * time.Second)
	for _, h := range held[:3] {
		h.heard.Store(&old)
	}
	if ago, ok, lost := held[0].beat(t.Context()); !ok || lost || ago != 0 {
		t.Fatalf("it lives: %v, %v, %v", ago, ok, lost)
	}
	beats := func() (n int) {
		t.Helper()
		if err := s.Pool.QueryRow(t.Context(), `SELECT sum(beat) FROM leases WHERE name <> ALL ('{given:back,another''s}')`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	said := beats()
	for _, h := range held[1:3] {
		if at := h.heard.Load(); at == nil || at.Equal(old) {
			t.Errorf("%s: nobody spoke for it", h.name)
		}
		if _, ok, lost := h.beat(t.Context()); !ok || lost {
			t.Errorf("%s: %v, %v", h.name, ok, lost)
		}
	}
	if n := beats(); n != said {
		t.Errorf("they spoke %d times more", n-said)
	}
	if held[3].sure() {
		t.Error("what was given back is sure again")
	}
	long := time.Now().Add(-2 * time.Second)
	held[4].heard.Store(&long)
	if _, ok, lost := held[4].beat(t.Context()); ok || !lost || held[4].sure() {
		t.Errorf("it is another's: %v, %v", ok, lost)
	}
}

// A database that stands still is waited for once, and not by one hold after the other: each knows within a word's time that it was not heard.
func TestNobodyWaitsForTheWordOfOthers(t *testing.T) {
	t.Parallel()
	s := testStore(t)
	const holds = 4
	var held []*holding
	old := time.Now().Add(-2 * time.Second)
	for i := range holds {
		h := s.leases.suitor(fmt.Sprint("send:", i)).try(t.Context())
		if h == nil {
			t.Fatal("a name is not free")
		}
		h.heard.Store(&old)
		held = append(held, h)
	}
	still, err := s.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = still.Rollback(t.Context()) }()
	if _, err := still.Exec(t.Context(), `LOCK TABLE leases`); err != nil {
		t.Fatal(err)
	}
	var words int64 // of which there are more only where one of them came to it when another's time was over
	for range 5 {
		before := s.leases.unheard.Load()
		var all sync.WaitGroup
		for _, h := range held {
			all.Go(func() {
				if _, ok, lost := h.beat(t.Context()); ok || lost {
					t.Errorf("%s: ok %v, lost %v", h.name, ok, lost)
				}
			})
		}
		all.Wait()
		if words = s.leases.unheard.Load() - before; words == 1 {
			break
		}
	}
	if words != 1 {
		t.Errorf("they waited for %d words", words)
	}
	for _, h := range held {
		if h.missed.Load() == 0 {
			t.Errorf("%s does not know that it was not heard", h.name)
		}
	}
	if err := still.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, ok, lost := held[holds-1].beat(t.Context()); !ok || lost {
		t.Errorf("when it answers: ok %v, lost %v", ok, lost)
	}
}

// What is rung for is heard by who it is for; a listener that begins anew looks after all.
func TestTheBell(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, nil)
	bell := func() *Bell {
		b, err := NewBell(t.Context(), dsn)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(b.Close)
		return b
	}
	here, there := bell(), bell()
	heard := make(chan string, 100)
	for _, name := range []string{"serang", "denpasar"} {
		t.Cleanup(here.Hear(name, func() { heard <- name }))
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); here.Run(ctx, func(error) {}) }()
	want := func(names ...string) {
		t.Helper()
		for range names {
			got := <-heard
			found := false
			for _, n := range names {
				found = found || n == got
			}
			if !found {
				t.Fatalf("%s is called", got)
			}
		}
	}
	want("serang", "denpasar") // it has begun to listen
	for _, name := range []string{"denpasar", "nobody", "serang"} {
		if err := there.Ring(t.Context(), name); err != nil {
			t.Fatal(err)
		}
	}
	want("denpasar")
	want("serang")
	const cut = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`
	if _, err := there.db.Exec(t.Context(), cut); err != nil {
		t.Fatal(err)
	}
	want("serang", "denpasar")
	stop()
	<-done
}
