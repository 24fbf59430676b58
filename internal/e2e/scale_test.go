package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testengines"
	"rabeg/internal/embedded/testredis"
)

// engines are what a world of several machines stands on; what it does not have is nil.
type engines struct {
	cluster  *testengines.Cluster
	watched  *testengines.Watched
	one, two *embedded.Postgres // a primary and its standby
	bouncer  *testengines.Bouncer
}

// blow is what goes wrong among people who talk, and how it is put right.
type blow struct {
	name string
	// sets sets the world up; instances is how many programs serve it, behind a round robin where there are several.
	sets      func(w *world, e *engines)
	instances int
	hits      func(t *testing.T, w *world, e *engines)
	// short says that it is in the short form as well.
	short bool
	// wire is how many letters may come twice: those that a killed sender had on the wire.
	wire int
}

func onCluster(w *world, e *engines) {
	e.cluster = testengines.NewCluster(w.t)
	w.dsn, w.redis = testdb.New(w.t, migrated), e.cluster.URL()
}

func onSentinels(w *world, e *engines) {
	e.watched = testengines.NewWatched(w.t)
	w.dsn, w.redis = testdb.New(w.t, migrated), e.watched.URL()
}

// onStandby has a primary and a standby, for which commits wait where sync says so.
func onStandby(sync bool) func(w *world, e *engines) {
	return func(w *world, e *engines) {
		e.one = testdb.Own(w.t, "rabeg", true, migrated)
		ctx, cancel := bounded()
		defer cancel()
		e.two = testdb.Standby(w.t, e.one, "dua")
		if sync {
			if err := errors.Join(e.one.Tell(ctx, `ALTER SYSTEM SET synchronous_standby_names = 'dua'`), e.one.Tell(ctx, `SELECT pg_reload_conf()`)); err != nil {
				w.t.Fatal(err)
			}
		}
		w.dsn, w.redis = embedded.EitherDSN(e.one, e.two, "rabeg"), testredis.New(w.t)
	}
}

// failsOver kills the primary and makes the standby take its place.
func failsOver(t *testing.T, w *world, e *engines) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	e.one.Kill()
	after(time.Second)
	if err := e.two.Promote(ctx); err != nil {
		t.Error(err)
	}
	// Whoever waits for a standby that is the primary now would wait for ever.
	if err := errors.Join(e.two.Tell(ctx, `ALTER SYSTEM SET synchronous_standby_names = ''`), e.two.Tell(ctx, `SELECT pg_reload_conf()`)); err != nil {
		t.Error(err)
	}
	w.db.Reset()
}

// walReceiver is the process of a standby that hears what changes.
func walReceiver(t *testing.T, standby *embedded.Postgres) (pid int) {
	t.Helper()
	eventually(t, "the standby to listen", func(context.Context) bool {
		for _, child := range childrenOf(t, standby.PID()) {
			line, _ := os.ReadFile(filepath.Join("/proc", fmt.Sprint(child), "cmdline"))
			if strings.Contains(string(line), "walreceiver") {
				pid = child
				return true
			}
		}
		return false
	})
	return pid
}

func blows() []blow {
	return []blow{
		{name: "a Redis master of a Cluster dies", sets: onCluster, short: true, hits: func(_ *testing.T, _ *world, e *engines) {
			e.cluster.Master().Kill()
			after(within(5 * time.Second))
		}},
		{name: "a Redis master of a Cluster stands still", sets: onCluster, hits: func(_ *testing.T, _ *world, e *engines) {
			goOn := e.cluster.Master().Freeze()
			after(15 * time.Second)
			goOn()
		}},
		{name: "the Redis master dies, Sentinels choose", sets: onSentinels, short: true, hits: func(t *testing.T, _ *world, e *engines) {
			e.watched.Nodes[0].Kill()
			e.watched.Moved(t, e.watched.Nodes[0])
			after(time.Second)
		}},
		{name: "the primary dies, asynchronous, no lag", sets: onStandby(false), hits: failsOver},
		{name: "the primary dies, synchronous, standby 2 s late", sets: onStandby(true), hits: func(t *testing.T, w *world, e *engines) {
			late := walReceiver(t, e.two)
			_ = syscall.Kill(late, syscall.SIGSTOP)
			after(2 * time.Second)
			e.one.Kill()
			_ = syscall.Kill(late, syscall.SIGCONT)
			failsOver(t, w, e)
		}},
		{name: "the only synchronous standby dies", sets: onStandby(true), short: true, hits: func(t *testing.T, w *world, e *engines) {
			e.two.Kill()
			eventually(t, "/readyz to say so", func(ctx context.Context) bool {
				code, said := w.children[0].get(ctx, "/readyz")
				return code == http.StatusOK && strings.Contains(said, "on one disk only")
			})
			after(within(8 * time.Second))
			ctx, cancel := bounded()
			defer cancel()
			if err := e.two.Start(ctx); err != nil {
				t.Error(err)
			}
			eventually(t, "/readyz to say that it is over", func(ctx context.Context) bool {
				_, said := w.children[0].get(ctx, "/readyz")
				return !strings.Contains(said, "one disk only")
			})
		}},
		{name: "PgBouncer (session) starts anew", sets: func(w *world, e *engines) {
			e.bouncer = testengines.NewBouncer(w.t, testdb.New(w.t, migrated), "session", "ignore_startup_parameters = plan_cache_mode,extra_float_digits")
			w.dsn, w.redis = e.bouncer.DSN, testredis.New(w.t)
		}, hits: func(_ *testing.T, w *world, e *engines) {
			e.bouncer.Restart()
			w.db.Reset()
			after(3 * time.Second)
		}},
		{name: "of three behind a round robin the sender dies", instances: 3, wire: onWire, short: true,
			sets: func(w *world, _ *engines) { w.dsn, w.redis = testdb.New(w.t, migrated), testredis.New(w.t) },
			hits: func(t *testing.T, w *world, _ *engines) {
				w.api.Duplicate(40)
				after(time.Second)
				w.sender(t).kill()
				after(within(8 * time.Second))
			}},
	}
}

// sender is the program that sends.
func (w *world) sender(t *testing.T) (c *child) {
	t.Helper()
	eventually(t, "one to send", func(ctx context.Context) bool {
		for _, one := range w.children {
			if one.running() && metric(ctx, one, `rabeg_leads{network="telegram",what="send"}`) == 1 {
				c = one
				return true
			}
		}
		return false
	})
	return c
}

// What the product stands on is spread over several machines, and one of them dies among people who talk. Nobody's report is lost or filed
// twice, each chat is answered in order, and nobody waits long. `make scale` has a hundred people in each, and prints a table.
func TestScale(t *testing.T) {
	t.Parallel()
	for _, b := range blows() {
		if !b.short && !scaled() {
			continue
		}
		t.Run(b.name, func(t *testing.T) {
			t.Parallel()
			var e engines
			p := plan{engines: func(w *world) { b.sets(w, &e) }}
			var front *front
			if b.instances > 1 {
				front = openFront(t)
				p.set = []string{"TELEGRAM_WEBHOOK_URL=" + front.URL + "/webhook/telegram", "TELEGRAM_WEBHOOK_SECRET=" + secret}
			}
			w := newWorld(t, p)
			for range max(1, b.instances) {
				c := w.start()
				if front != nil {
					front.all = append(front.all, c)
					front.to.Store(c)
				}
			}
			w.crowd(t, b, &e)
		})
	}
}
