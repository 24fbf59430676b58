package postgres

import (
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/migrations"
)

// Who speaks more seldom than others says so in its name, and is waited for as many times longer, by whoever waits; it is sure of its
// hold for as many times longer, too.
func TestAHolderThatSpeaksSeldomIsWaitedFor(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	store := func(tempo int) *Store {
		s, err := New(t.Context(), Options{Pool: pool, Prefix: "SRG", Tempo: tempo}, "seed")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return s
	}
	const tempo = 15
	slow, quick := store(tempo), store(1)
	h := slow.leases.suitor("x").try(t.Context())
	if h == nil {
		t.Fatal("the name is not free")
	}
	takes := func(silent time.Duration) bool {
		t.Helper()
		b := quick.leases.suitor("x")
		if b.try(t.Context()) != nil {
			t.Fatal("it is taken at once")
		}
		b.silent, b.until = silent, time.Time{}
		return b.try(t.Context()) != nil
	}
	for _, silent := range []time.Duration{silentFor, tempo*silentFor - time.Second} {
		if takes(silent) {
			t.Errorf("its place is taken after %s of silence", silent)
		}
	}
	if led, err := quick.Led(t.Context(), "x"); err != nil || !led {
		t.Errorf("it is said to have ended: %v", err)
	}
	for back, want := range map[time.Duration]bool{0: true, sureFor: true, tempo*sureFor - time.Second: true, tempo * sureFor: false} {
		at := time.Now().Add(-back)
		h.heard.Store(&at)
		if h.sure() != want {
			t.Errorf("sure %s after a word: %v", back, !want)
		}
	}
	if !takes(tempo * silentFor) {
		t.Error("its place is not taken when it was silent for long enough")
	}
}
