package postgres

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/migrations"
)

// A holder that speaks seldom is waited for as many times longer, whatever the tempo of who waits; one that speaks every second, as all
// did before, is not. By the time another takes its place its own hold has not been sure for long enough that nothing of it lands.
func TestWhoSpeaksSeldomIsWaitedForLonger(t *testing.T) {
	t.Parallel()
	const lands = 2500 * time.Millisecond
	pool := testdb.Pool(t, migrations.At)
	var later atomic.Int64
	began := time.Now()
	now := func() time.Time { return began.Add(time.Duration(later.Load())) }
	at := func(tempo int) *leases {
		l, err := newLeases(t.Context(), pool, Options{TimeHere: now, Tempo: tempo})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(l.db.Close)
		l.place = "" // on a machine of its own: its death shows by silence alone
		return l
	}
	for _, c := range []struct {
		holds, waits int
		after        time.Duration
	}{{1, 1, 6 * time.Second}, {1, 15, 6 * time.Second}, {15, 1, 90 * time.Second}, {15, 15, 90 * time.Second}} {
		name := fmt.Sprintf("send:%d-%d", c.holds, c.waits)
		held := at(c.holds).suitor(name).try(t.Context())
		if held == nil || !held.sure() {
			t.Fatalf("%s: a free name is not taken", name)
		}
		other, silent := at(c.waits).suitor(name), time.Duration(0)
		look := other.times(lookEvery)
		for ; other.try(t.Context()) == nil; silent += look {
			if silent > c.after+2*look {
				t.Fatalf("%s: nobody takes it after %s", name, silent)
			}
			later.Add(int64(look))
		}
		if silent < c.after {
			t.Errorf("%s: taken after %s, before %s of silence", name, silent, c.after)
		}
		if unsure := held.unsure(); unsure < lands {
			t.Errorf("%s: taken when the hold was unsure for %s, less than %s", name, unsure, lands)
		}
	}
}
