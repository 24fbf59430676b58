package postgres

import (
	"context"
	"errors"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/migrations"
)

// A program that stands still has not ended; one that was killed has, whether or not somebody has asked for it since.
func TestWhoHasEnded(t *testing.T) {
	t.Parallel()
	cmd := exec.Command("sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Skip("there is no program to end:", err)
	}
	pid := cmd.Process.Pid
	place := placeOf(pid)
	if place == "" {
		t.Skip("this machine does not tell who lives")
	}
	_ = syscall.Kill(pid, syscall.SIGSTOP)
	if ended(place) {
		t.Error("who stands still is taken for dead")
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
	_ = cmd.Wait()
	if !ended(place) {
		t.Error("who was killed is taken to live")
	}
	for _, elsewhere := range []string{"", "x", "other/" + place, "other" + place, place + "/1"} {
		if ended(elsewhere) {
			t.Errorf("%q is of no machine that is known", elsewhere)
		}
	}

	s := testStore(t)
	const held = `INSERT INTO leases (name, holder, fence) VALUES ('x', $1, nextval('leases_fence'))`
	if _, err := s.Pool.Exec(t.Context(), held, "somebody "+place); err != nil {
		t.Fatal(err)
	}
	if led, err := s.Led(t.Context(), "x"); err != nil || led {
		t.Errorf("who has ended leads: %v", err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), silentFor/2)
	defer cancel()
	if err := s.Lead(ctx, "x", func(context.Context) error { cancel(); return nil }); err != nil || !errors.Is(context.Cause(ctx), context.Canceled) {
		t.Errorf("the place of who has ended stays empty: %v, %v", err, context.Cause(ctx))
	}
}

// A database that was put back, or stands by with less than the other had, knows too small a fence. Nobody trusts what it says
// of who leads, and the next fence is greater than all before.
func TestAForgetfulDatabase(t *testing.T) {
	t.Parallel()
	s := testStore(t)
	a := s.leases.suitor("x")
	h := a.try(t.Context())
	if h == nil {
		t.Fatal("the name is not free")
	}
	h.release(t.Context())
	b := s.leases.suitor("x")
	b.top = h.fence + 10
	if b.try(t.Context()) != nil {
		t.Error("it is trusted at once")
	}
	b.silent = silentFor
	got := b.try(t.Context())
	if got == nil || got.fence <= h.fence+10 {
		t.Errorf("the next one leads with %+v", got)
	}
	if _, ok, lost := h.beat(t.Context()); ok || !lost || h.sure() {
		t.Error("the first one is still sure")
	}
}

// Two clocks must both say that the last beat was a moment ago.
func TestAHoldIsSureForAWhile(t *testing.T) {
	t.Parallel()
	h := &holding{suitor: &suitor{leases: &leases{now: time.Now}}}
	now := time.Now()
	for back, want := range map[time.Duration]bool{0: true, sureFor / 2: true, sureFor: false, time.Hour: false} {
		at := now.Add(-back)
		h.heard.Store(&at)
		if h.sure() != want {
			t.Errorf("sure %s after a beat: %v", back, !want)
		}
	}
}

func testStore(t *testing.T) *Store {
	t.Helper()
	s, err := New(t.Context(), Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}
