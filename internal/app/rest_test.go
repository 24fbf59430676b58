package app

import (
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/postgres"
	"rabeg/migrations"
)

// A government among others to which nobody writes is looked at whole once in a while; as soon as anything is done, the next look sees all.
// One that is alone is looked at whole each time.
func TestWhoRestsIsLeftAlone(t *testing.T) {
	t.Parallel()
	store := func(tempo int) *postgres.Store {
		s, err := postgres.New(t.Context(), postgres.Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG", Tempo: tempo}, "seed")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(s.Close)
		return s
	}
	now := time.Now()
	among := &watcher{app: &App{Store: store(15), opts: Options{Beside: &Beside{Tempo: 15}}}}
	look := func(when string, after time.Duration, rests bool) {
		t.Helper()
		now = now.Add(after)
		if got := among.rests(now); got != rests {
			t.Errorf("%s it rests: %v", when, got)
		}
	}
	look("at the start", 0, false)
	look("when nothing was done", time.Minute, true)
	look("when nothing was done again", time.Minute, true)
	if _, _, err := among.app.Store.NextID(t.Context(), "x"); err != nil {
		t.Fatal(err)
	}
	look("when somebody wrote", time.Minute, false)
	look("after that", time.Minute, true)
	look("a while later", restMost, false)
	alone := &watcher{app: &App{Store: store(1)}}
	for range 3 {
		if alone.rests(now) {
			t.Error("one that is alone rests")
		}
	}
}
