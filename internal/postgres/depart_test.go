package postgres_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/migrations"
)

// What departed and waits was given to the network by somebody who did not say what became of it. Who has lost the lead can write
// down no departure, and so sends nothing.
func TestDepartures(t *testing.T) {
	t.Parallel()
	dsn := testdb.New(t, migrations.At)
	one, two := on(t, dsn), on(t, dsn)
	commit(t, one, "e", letter("landed", chat), letter("adrift", chat), letter("held", chat), letter("never", chat))
	id := func(key string) int64 { n, _ := state(t, one, key); return n }

	first := seat(t, one)
	held := first.next(t, 5*time.Second)
	asFirst := ledger.Holding(t.Context(), held.hold)
	if err := one.Depart(asFirst, []int64{id("landed"), id("adrift")}); err != nil {
		t.Fatal(err)
	}
	if ok, err := one.Claim(asFirst, id("held")); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := one.Depart(asFirst, []int64{id("held")}); err != nil {
		t.Fatal(err)
	}
	if err := one.Mark(asFirst, []outbox.Fate{{ID: id("landed"), Key: "landed", State: ledger.Sent}}); err != nil {
		t.Fatal(err)
	}
	if ids, err := one.Adrift(asFirst, []string{"telegram"}); err != nil || len(ids) != 0 {
		t.Errorf("a sender's own letters are adrift: %v, %v", ids, err)
	}
	first.end()

	next := seat(t, two).next(t, 5*time.Second)
	if err := one.Depart(asFirst, []int64{id("never")}); !errors.Is(err, ledger.ErrNotLed) {
		t.Errorf("who leads no more writes a departure: %v", err)
	}
	want := []int64{id("adrift"), id("held")}
	adrift := func(ctx context.Context, networks ...string) []int64 {
		t.Helper()
		ids, err := two.Adrift(ctx, networks)
		if err != nil {
			t.Fatal(err)
		}
		return ids
	}
	if got := adrift(next.ctx, "telegram", outbox.DeskQueue); !slices.Equal(got, want) {
		t.Errorf("adrift are %v, want %v", got, want)
	}
	if got := adrift(next.ctx, outbox.DeskQueue); len(got) != 0 {
		t.Errorf("of another queue: %v", got)
	}
	if left, err := two.ForgetDeparted(t.Context()); err != nil || !left {
		t.Fatalf("some are left: %v, %v", left, err)
	}
	if got := adrift(next.ctx, "telegram"); !slices.Equal(got, want) {
		t.Errorf("it is forgotten while letters may be on the wire: %v", got)
	}
	if _, err := two.Pool.Exec(t.Context(), `UPDATE departures SET at = at - interval '3 minutes'`); err != nil {
		t.Fatal(err)
	}
	if left, err := two.ForgetDeparted(t.Context()); err != nil || left {
		t.Fatalf("some are left: %v, %v", left, err)
	}
	if got := adrift(next.ctx, "telegram"); len(got) != 0 {
		t.Errorf("it is kept for ever: %v", got)
	}
}
