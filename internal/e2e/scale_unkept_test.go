package e2e

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testengines"
	"rabeg/internal/sim/botapi"
)

// The standby that takes over lacks what came last. Who was given a number that does not exist any more is told so and asked again, and so
// is who only said something; the coordinator is told the number. Who is known to the new server hears nothing, and nobody is asked twice.
func TestPeopleAreAskedAgainAfterAFailover(t *testing.T) {
	t.Parallel()
	var e engines
	w := newWorld(t, plan{engines: func(w *world) { onStandby(false)(w, &e) }})
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	one := w.start()
	eventually(t, "/readyz to tell of the standby", func(ctx context.Context) bool {
		code, said := one.get(ctx, "/readyz")
		return code == http.StatusOK && strings.Contains(said, "no commit waits for a standby") && strings.Contains(said, "dua (asynchronous")
	})
	if _, out, _ := once(t, w.env(), "doctor"); !strings.Contains(out, "✓ PostgreSQL servers: ") || !strings.Contains(out, "takes writes") ||
		!strings.Contains(out, "✓ standbys: no commit waits for a standby: what the one that takes over lacks is lost: dua (asynchronous") {
		t.Errorf("the doctor says\n%s", out)
	}
	known, lost, spoke := w.citizen("Diketahui"), w.citizen("Hilang"), w.citizen("Bicara")
	if err := known.wholeStory(ctx, lampTale(1), false); err != nil {
		t.Fatal(err)
	}
	w.quiet()
	eventually(t, "the standby to have all", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM pg_stat_replication WHERE replay_lsn >= pg_current_wal_lsn()`) == 1
	})
	if err := errors.Join(e.two.Tell(ctx, `ALTER SYSTEM SET primary_conninfo = ''`), e.two.Tell(ctx, `SELECT pg_reload_conf()`)); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the standby to be cut off", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM pg_stat_replication`) == 0
	})
	if err := lost.wholeStory(ctx, lampTale(2), false); err != nil {
		t.Fatal(err)
	}
	if _, err := spoke.asks(ctx, "halo"); err != nil {
		t.Fatal(err)
	}
	w.quiet()
	gone := lost.codes[0]
	failsOver(t, w, &e)

	asked := w.wait(t, lost.p.ID(), 0, "to be asked again", func(m botapi.Seen) bool { return m.FromBot && strings.Contains(m.Text, "tidak tersimpan") })
	if !strings.Contains(asked.Text, gone) || !strings.Contains(asked.Text, "Kirim lagi") {
		t.Errorf("who lost a report reads %q", asked.Text)
	}
	w.wait(t, spoke.p.ID(), 0, "to be asked again", func(m botapi.Seen) bool { return m.FromBot && strings.Contains(m.Text, "mungkin tidak tersimpan") })
	w.wait(t, w.desk.ID(), 0, "the coordinator to be told", func(m botapi.Seen) bool {
		return m.FromBot && strings.Contains(m.Text, "Server basis data berganti") && strings.Contains(m.Text, gone) && strings.Contains(m.Text, "jawaban dan tindakan petugas")
	})
	if n := w.number(`SELECT count(*) FROM reports`); n != 1 {
		t.Errorf("%d reports are there, want the one that came over", n)
	}
	if err := lost.wholeStory(ctx, lampTale(2), true); err != nil {
		t.Errorf("who was asked again: %v", err)
	}
	if code, _ := one.stop(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	w.start().becomes(http.StatusOK)
	if _, err := known.asks(ctx, "status"); err != nil {
		t.Fatal(err)
	}
	w.quiet()
	for c, want := range map[*citizen]int{known: 0, lost: 1, spoke: 1} {
		n := 0
		for _, l := range w.letters(c.p.ID()) {
			if strings.Contains(l.Message.Text, "tersimpan") {
				n++
			}
		}
		if n != want {
			t.Errorf("%s was asked %d times, want %d", c.name(), n, want)
		}
	}
	w.nobodyStumbled()
}

func lampTale(n int) tale {
	told := taleOf(40 + n)
	told.photo = nil
	return told
}

// What would only half work ends the start with one line that names an address that would do.
func TestEnginesThatDoNotFitEndTheStart(t *testing.T) {
	t.Parallel()
	c, s := testengines.NewCluster(t), testengines.NewWatched(t)
	w := newWorld(t, plan{})
	pooled := testengines.NewBouncer(t, testdb.New(t, migrated), "transaction", "ignore_startup_parameters = plan_cache_mode,extra_float_digits").DSN
	for set, words := range map[string][]string{
		"REDIS_URL=redis://" + c.Nodes[0].Addr():     {"one node of a Redis Cluster", c.Nodes[0].Addr() + ","},
		"REDIS_URL=redis://" + s.Sentinels[0].Addr(): {"is a Sentinel", "master_name=" + testengines.Name},
		"DATABASE_URL=" + pooled:                     {"PgBouncer in transaction mode", "pool_mode = session"},
	} {
		code, out, errs := once(t, append(w.env(), set), "serve")
		said := lines(errs)
		if code != 1 || len(said) != 1 || strings.Contains(out, "ready") {
			t.Errorf("%s: exit code %d, said %q and %q", set, code, out, said)
			continue
		}
		for _, word := range words {
			if !strings.Contains(said[0], word) {
				t.Errorf("%s: the line %q has no %q", set, said[0], word)
			}
		}
		if code, out, _ := once(t, append(w.env(), set), "doctor"); code != 1 || !strings.Contains(out, words[0]) {
			t.Errorf("%s: the doctor ends with %d and says\n%s", set, code, out)
		}
	}
}

// A start that a commit keeps waiting, because the standby that it waits for is away, says so.
func TestAStartThatWaitsForAStandbySaysSo(t *testing.T) {
	t.Parallel()
	var e engines
	w := newWorld(t, plan{engines: func(w *world) { onStandby(true)(w, &e) }})
	e.two.Kill()
	c := w.launch()
	eventually(t, "a word", func(context.Context) bool { return strings.Contains(w.tail(), "a commit waits for a standby") })
	ctx, cancel := bounded()
	defer cancel()
	if err := e.two.Start(ctx); err != nil {
		t.Fatal(err)
	}
	select {
	case addr := <-c.ready():
		c.addr, c.page = addr, c.cmd.Stdout.(*announcer).page
	case <-time.After(patience):
		t.Fatalf("it does not start when the standby is back\n%s", w.tail())
	}
}
