package postgres_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
)

const (
	aDay = 24 * time.Hour
	// aPart is how long a part takes causes.
	aPart = 5 * aDay
)

// parts are the tables in which a database keeps what was handled.
func parts(t *testing.T, s *postgres.Store) (names []string) {
	t.Helper()
	rows, err := s.Pool.Query(t.Context(), `SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'handled'::regclass ORDER BY inhrelid`)
	if err == nil {
		names, err = pgx.CollectRows(rows, pgx.RowTo[string])
	}
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// acts reports whether a cause is new to a store.
func acts(t *testing.T, s *postgres.Store, cause string) bool {
	t.Helper()
	err := s.Commit(t.Context(), ledger.Batch{Cause: cause})
	if err != nil && !errors.Is(err, ledger.ErrDone) {
		t.Fatal(err)
	}
	return err == nil
}

// ages lets what was handled lie back for longer, by the database's clock.
func ages(t *testing.T, s *postgres.Store, by time.Duration) {
	t.Helper()
	if _, err := s.Pool.Exec(t.Context(), `UPDATE handled SET at = at - $1::interval`, by); err != nil {
		t.Fatal(err)
	}
}

// Day after day causes are handled, and all of the last 45 days come again: none acts twice. What is older is gone, table by table.
func TestWhatWasHandledIsKnownForDays(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	began := time.Now()
	for day := range 60 {
		now := began.Add(time.Duration(day) * aDay)
		ages(t, s, aDay)
		if err := s.Forget(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if !acts(t, s, fmt.Sprintf("day %d", day)) {
			t.Fatalf("a new cause of day %d is refused", day)
		}
		for d := max(0, day-45); d <= day; d += 9 {
			if acts(t, s, fmt.Sprintf("day %d", d)) {
				t.Errorf("on day %d a cause of day %d acts again", day, d)
			}
		}
	}
	if since := began.AddDate(0, 0, 59).Sub(s.Since()); since < 45*aDay || since > 51*aDay {
		t.Errorf("what was handled is known for %s", since)
	}
	if got := parts(t, s); len(got) > 11 || slices.Contains(got, "handled_1") || !slices.Contains(got, "handled_12") {
		t.Errorf("after 60 days there are %d parts: %v", len(got), got)
	}
	var gone, kept int
	if err := s.Pool.QueryRow(t.Context(), `SELECT count(*) FILTER (WHERE cause = 'day 3'), count(*) FROM handled`).Scan(&gone, &kept); err != nil || gone != 0 || kept > 51 {
		t.Errorf("%d causes are kept, %d of them of day 3, %v", kept, gone, err)
	}
}

// The clock is a year ahead, years behind, jumps about: what was handled is known all the same, and goes on ending.
func TestHandledWhileTheClockJumps(t *testing.T) {
	t.Parallel()
	for name, jumps := range map[string][]time.Duration{
		"a year ahead and back":   {365 * aDay, 365*aDay + time.Hour, 3 * aPart, 4 * aPart},
		"decades behind and back": {-50 * 365 * aDay, -50*365*aDay + time.Hour, 3 * aPart, 4 * aPart},
		"to and fro":              {90 * aDay, aPart, 180 * aDay, -90 * aDay, 2 * aPart, 400 * aDay, 3 * aPart},
		"half a year at rest":     {180 * aDay, 186 * aDay, 192 * aDay},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, postgres.Options{})
			began := time.Now()
			var causes []string
			first := s.Since()
			for n, after := range append([]time.Duration{aPart, 2 * aPart}, jumps...) {
				if err := s.Forget(t.Context(), began.Add(after)); err != nil {
					t.Fatal(err)
				}
				causes = append(causes, fmt.Sprintf("cause %d", n))
				if !acts(t, s, causes[n]) {
					t.Errorf("%s is refused", causes[n])
				}
				for _, c := range causes {
					if acts(t, s, c) {
						t.Errorf("after the clock was at %s, %s acts again", after, c)
					}
				}
			}
			if now := s.Since(); now.Unix() > max(first.Unix(), 0) {
				t.Errorf("what is older than %s is not known any more", now)
			}
			before := parts(t, s)
			if err := s.Forget(t.Context(), began.Add(5*aPart)); err != nil {
				t.Fatal(err)
			}
			if got := parts(t, s); name != "half a year at rest" && len(got) != len(before)+1 {
				t.Errorf("with the right time no new part begins: %v", got)
			}
		})
	}
}

// A clock jumps ahead by 200 days, once or many times within minutes, or to and fro as those of two programs do that do not agree: what
// was handled a minute ago is known all the same. Once its days are over by the database's clock as well it goes, also where that was
// ahead for a while.
func TestAClockThatJumpsAgainAndAgain(t *testing.T) {
	t.Parallel()
	for name, jump := range map[string]func(n int) time.Duration{
		"ahead":      func(n int) time.Duration { return time.Duration(n) * 200 * aDay },
		"to and fro": func(n int) time.Duration { return time.Duration(n%2) * 200 * aDay },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, postgres.Options{})
			began := time.Now()
			const jumps = 24
			for n := range jumps {
				if !acts(t, s, fmt.Sprint("cause ", n)) {
					t.Fatalf("cause %d is refused", n)
				}
				if err := s.Forget(t.Context(), began.Add(time.Duration(n)*time.Second+jump(n))); err != nil {
					t.Fatal(err)
				}
				for c := range n + 1 {
					if acts(t, s, fmt.Sprint("cause ", c)) {
						t.Errorf("after %d jumps cause %d acts again", n, c)
					}
				}
			}
			if got := parts(t, s); len(got) != jumps {
				t.Errorf("the parts are %v", got)
			}
			ages(t, s, 46*aDay)
			if _, err := s.Pool.Exec(t.Context(), `UPDATE handled SET at = at + interval '3 years' WHERE cause = 'cause 0'`); err != nil {
				t.Fatal(err)
			}
			if err := s.Forget(t.Context(), began.Add(jumps*200*aDay)); err != nil {
				t.Fatal(err)
			}
			if got := parts(t, s); len(got) != 10 && len(got) != 11 {
				t.Errorf("of what is over by both clocks there are %d parts: %v", len(got), got)
			}
		})
	}
}

// A cause that is on its way while a part begins holds it up, and is known in the next one.
func TestAPartWaitsForWhatIsOnItsWay(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	tx, err := s.Pool.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `INSERT INTO handled (cause) VALUES ('on its way')`); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), time.Now().Add(2*aPart)); err == nil || len(parts(t, s)) != 1 {
		t.Errorf("a part begins beside a cause on its way: %v, %v", err, parts(t, s))
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := s.Forget(t.Context(), time.Now().Add(2*aPart)); err != nil || len(parts(t, s)) != 2 {
		t.Errorf("%v, %v", err, parts(t, s))
	}
	if acts(t, s, "on its way") {
		t.Error("it acts again")
	}
}

// While programs deliver the same causes again and again, other programs begin a part after the other and drop old ones, and one of them
// is killed at it: each cause acts once.
func TestCausesActOnceWhilePartsBegin(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	const causes, programs, old = 60, 4, 12
	for n := range old {
		if err := s.Forget(t.Context(), time.Now().Add(time.Duration(n-3*old)*aPart)); err != nil || !acts(t, s, fmt.Sprint("old ", n)) {
			t.Fatal("an old cause is refused", err)
		}
	}
	ages(t, s, 60*aDay)
	acted := make([]int, causes)
	var mu sync.Mutex
	var g errgroup.Group
	for range programs {
		g.Go(func() error {
			for n := range causes {
				err := s.Commit(t.Context(), ledger.Batch{Cause: fmt.Sprintf("cause %d", n)})
				if err != nil && !errors.Is(err, ledger.ErrDone) {
					return err
				}
				if err == nil {
					mu.Lock()
					acted[n]++
					mu.Unlock()
				}
			}
			return nil
		})
	}
	for p := range 2 {
		g.Go(func() error {
			for turn := range 12 {
				_ = s.Forget(t.Context(), time.Now().Add(time.Duration(2*turn+p)*aPart)) // two at once, or one that waited too long, is tried again
				_, _ = s.Pool.Exec(t.Context(), `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%LOCK TABLE handled%' AND pid <> pg_backend_pid() AND $1`, turn%3 == 2)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		t.Fatal(err)
	}
	for n, times := range acted {
		if times != 1 {
			t.Errorf("cause %d acted %d times", n, times)
		}
	}
	var known int
	if err := s.Pool.QueryRow(t.Context(), `SELECT count(*) FROM handled WHERE cause LIKE 'cause %'`).Scan(&known); err != nil || known != causes {
		t.Errorf("%d causes are known, %v", known, err)
	}
	if got := parts(t, s); len(got) < 3 || slices.Contains(got, "handled_1") {
		t.Errorf("the parts are %v", got)
	}
}
