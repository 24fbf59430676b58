package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

func looked(n int) ledger.Look {
	at := time.Date(2026, 11, 28, 10, 0, n, 123456789, time.FixedZone("WIB", 7*3600))
	return ledger.Look{At: at, Who: fmt.Sprintf("telegram:%d", n), Act: ledger.LookOpen, Report: report.ID(n), About: "asked"}
}

// Officers look at the same time, some of them at two reports in one act: the log has one order, and it holds.
func TestLooksAtOnceStandInOneChain(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	const many = 40
	var all sync.WaitGroup
	errs := make([]error, many)
	for i := range many {
		all.Go(func() {
			b := ledger.Batch{Cause: fmt.Sprint("look", i), Looks: []ledger.Look{looked(i), looked(i + many)}}
			errs[i] = s.Commit(context.Background(), b)
		})
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	chain, err := postgres.Audit(t.Context(), s.Pool, ledger.Head{})
	if err != nil || chain.Head.N != 2*many {
		t.Fatalf("%d looks: %v", chain.Head.N, err)
	}
	var apart int
	const pairs = `SELECT count(*) FROM looks a JOIN looks b ON b.n = a.n + 1 AND b.report = a.report + $1 WHERE a.report < $1`
	if err := s.Pool.QueryRow(t.Context(), pairs, many).Scan(&apart); err != nil || apart != many {
		t.Errorf("%d of %d acts stand together (%v)", apart, many, err)
	}
}

// Whoever owns the database can do everything to it, and verify says what was done to the log. The same is refused to whoever does
// not take the guard off first.
func TestWhatIsDoneToTheLogIsFound(t *testing.T) {
	t.Parallel()
	const (
		five     = 5
		tableOff = `ALTER TABLE looks DISABLE TRIGGER ALL; ALTER TABLE looks_head DISABLE TRIGGER ALL;`
	)
	for name, c := range map[string]struct {
		do   string
		says string // "" where only a head that was noted elsewhere tells
	}{
		"somebody else was it":       {`UPDATE looks SET who = 'telegram:99' WHERE n = 3`, "look 3 was changed after it was written"},
		"it was another report":      {`UPDATE looks SET report = 99 WHERE n = 1`, "look 1 was changed"},
		"it was an hour later":       {`UPDATE looks SET at = at + interval '1 hour' WHERE n = 5`, "look 5 was changed"},
		"it was a microsecond later": {`UPDATE looks SET at = at + interval '1 microsecond' WHERE n = 2`, "look 2 was changed"},
		"one was taken out":          {`DELETE FROM looks WHERE n = 2`, "look 2 is missing"},
		"the first was taken out":    {`DELETE FROM looks WHERE n = 1`, "look 1 is missing"},
		"the last were cut off":      {`DELETE FROM looks WHERE n >= 4`, "look 4 is missing, and all after it: there were 5"},
		"all were taken out":         {`DELETE FROM looks`, "look 1 is missing, and all after it: there were 5"},
		"truncated":                  {`TRUNCATE looks`, "look 1 is missing, and all after it: there were 5"},
		"one was put at the end": {`INSERT INTO looks SELECT 6, at, who, act, report, about, hash, 'ab' FROM looks WHERE n = 5`,
			"look 6 was changed"},
		"two changed places": {`UPDATE looks SET n = 9 WHERE n = 4; UPDATE looks SET n = 4 WHERE n = 5; UPDATE looks SET n = 5 WHERE n = 9`,
			"look 4 was changed"},
		"one hash was set to another": {`UPDATE looks SET hash = prev WHERE n = 5`, "look 5 was changed"},
		"the end was taken out":       {`DELETE FROM looks_head`, "the end of the log was removed"},
		"the end was set back":        {`UPDATE looks_head SET n = 4, hash = (SELECT hash FROM looks WHERE n = 4)`, "look 5 was added past the log"},
		"the end is another":          {`UPDATE looks_head SET hash = 'ab'`, "look 5 is not the one that was written last"},
		"cut off, and the end set back": {`DELETE FROM looks WHERE n >= 4;
			UPDATE looks_head SET n = 3, hash = (SELECT hash FROM looks WHERE n = 3)`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := testdb.Pool(t, migrations.At)
			var noted ledger.Head
			for n := 1; n <= five; n++ {
				if err := postgres.Note(t.Context(), pool, looked(n)); err != nil {
					t.Fatal(err)
				}
			}
			chain, err := postgres.Audit(t.Context(), pool, ledger.Head{})
			if noted = chain.Head; err != nil || noted.N != five {
				t.Fatalf("%+v: %v", chain, err)
			}
			if !strings.HasPrefix(c.do, "INSERT") {
				if _, err := pool.Exec(t.Context(), c.do); err == nil {
					t.Error("the database lets it be done")
				}
				if _, err := postgres.Audit(t.Context(), pool, noted); err != nil {
					t.Errorf("what was refused has left something behind: %v", err)
				}
			}
			exec(t, pool, tableOff+c.do)
			_, err = postgres.Audit(t.Context(), pool, ledger.Head{})
			if got := fmt.Sprint(err); c.says == "" && err != nil || !strings.Contains(got, c.says) {
				t.Errorf("verify says %q, want %q", got, c.says)
			}
			if _, err = postgres.Audit(t.Context(), pool, noted); err == nil {
				t.Error("with the end that was noted elsewhere it is not found")
			}
		})
	}
}

// A log whose hashes were all made anew holds by itself: only an end that was noted elsewhere tells.
func TestALogThatWasWrittenAnew(t *testing.T) {
	t.Parallel()
	pool := testdb.Pool(t, migrations.At)
	for n := 1; n <= 3; n++ {
		if err := postgres.Note(t.Context(), pool, looked(n)); err != nil {
			t.Fatal(err)
		}
	}
	chain, err := postgres.Audit(t.Context(), pool, ledger.Head{})
	if err != nil {
		t.Fatal(err)
	}
	exec(t, pool, `ALTER TABLE looks DISABLE TRIGGER ALL; ALTER TABLE looks_head DISABLE TRIGGER ALL; DELETE FROM looks; UPDATE looks_head SET n = 0, hash = ''`)
	for n := 1; n <= 4; n++ {
		l := looked(n)
		if n == 2 {
			l.Who = "telegram:99"
		}
		if err := postgres.Note(t.Context(), pool, l); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := postgres.Audit(t.Context(), pool, ledger.Head{}); err != nil || c.Head.N != 4 {
		t.Errorf("by itself: %+v, %v", c, err)
	}
	if _, err := postgres.Audit(t.Context(), pool, chain.Head); err == nil || !strings.Contains(err.Error(), "look 3 is not the one that was noted") {
		t.Errorf("with the end that was noted: %v", err)
	}
}

func exec(t *testing.T, pool *pgxpool.Pool, sql string) {
	t.Helper()
	if _, err := pool.Exec(t.Context(), sql, pgx.QueryExecModeSimpleProtocol); err != nil {
		t.Fatal(err)
	}
}
