package app

import (
	"context"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/guard"
	"rabeg/internal/sim/botapi"
)

// Wherever building panics, no connection to the database is left: among several governments it is built again and again.
func TestWhatPanicsIsShut(t *testing.T) {
	t.Parallel()
	api := botapi.New(botapi.Options{})
	if err := api.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(api.Close)
	cfg := Config{Profile: "serang", Database: testdb.New(t, Migrate), Redis: testredis.New(t), Media: "file://" + t.TempDir(),
		Listen: "127.0.0.1:0", LogLevel: "error", Pace: "off", Telegram: Telegram{Token: api.Token(), APIURL: api.URL(), Desk: "-1001234567890"}}
	db := connected(t, cfg.Database)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	for fatal := int64(1); ; fatal++ {
		var looks atomic.Int64
		now := func() time.Time {
			if looks.Add(1) == fatal {
				panic("what was being built")
			}
			return time.Now()
		}
		err := guard.Do(func() error {
			a, err := Build(t.Context(), cfg, slog.New(slog.DiscardHandler), Options{Now: now})
			if err == nil {
				a.Shut()
			}
			return err
		})
		if err == nil {
			break // it is built
		}
		const others = `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
		for left := -1; left != 0; {
			if err := db.QueryRow(ctx, others).Scan(&left); err != nil {
				t.Fatalf("after the clock's look %d: %d connections are left, %v", fatal, left, err)
			}
		}
	}
}
