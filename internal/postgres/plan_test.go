package postgres_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// reader keeps the statements that pass, with what they were asked.
type statements struct {
	mu  sync.Mutex
	all []statement
}

type statement struct {
	sql  string
	args []any
}

// TraceQueryStart and TraceQueryEnd make it a pgx.QueryTracer.
func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	args := slices.Clone(q.Args)
	if len(args) > 0 {
		if _, mode := args[0].(pgx.QueryExecMode); mode {
			args = args[1:]
		}
	}
	s.all = append(s.all, statement{q.SQL, args})
	return ctx
}

func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceBatchStart, TraceBatchQuery and TraceBatchEnd make it a pgx.BatchTracer.
func (s *statements) TraceBatchStart(ctx context.Context, _ *pgx.Conn, b pgx.TraceBatchStartData) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, q := range b.Batch.QueuedQueries {
		s.all = append(s.all, statement{q.SQL, q.Arguments})
	}
	return ctx
}

func (*statements) TraceBatchQuery(context.Context, *pgx.Conn, pgx.TraceBatchQueryData) {}
func (*statements) TraceBatchEnd(context.Context, *pgx.Conn, pgx.TraceBatchEndData)     {}

func (s *statements) take() []statement {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.all
	s.all = nil
	return all
}

// city is a house that has served for years: 200,000 letters, 200,000 facts, 60,000 reports, one citizen with 3,000 of them. A
// handful of letters wait.
const city = `
INSERT INTO reports (id, code, cause, reporter, filed, doc)
SELECT i, 'SRG-' || i, 'c' || i, 'telegram:' || CASE WHEN i % 20 = 0 THEN 7 ELSE i END, now() - (60000 - i) * interval '10 min',
       jsonb_build_object('id', i, 'rev', 3, 'status', CASE WHEN i > 59000 THEN 'assigned' ELSE 'closed' END, 'agency', 'a' || i % 35)
FROM generate_series(1, 60000) AS i;
INSERT INTO facts (report, seq, at, what, doc)
SELECT 1 + i / 4, 1 + i % 4, now() - (200000 - i) * interval '3 min', CASE i % 4 WHEN 0 THEN 'filed' WHEN 3 THEN 'advised' ELSE 'replied' END,
       CASE WHEN i % 4000 = 1 THEN jsonb_build_object('album', 'al' || i, 'by', jsonb_build_object('id', 'telegram:9')) ELSE '{}' END
FROM generate_series(0, 199999) AS i;
INSERT INTO letters (key, network, lane, report, purpose, fold, state, ref, done, created, doc)
SELECT 'k' || i, CASE WHEN i % 3 = 0 THEN 'desk' ELSE 'telegram' END, 'telegram:' || i % 5000, 1 + i % 60000,
       CASE i % 3 WHEN 0 THEN 'refresh' WHEN 1 THEN 'notice' ELSE 'reply' END, CASE WHEN i % 3 = 0 THEN 'k' || i % 60000 ELSE '' END,
       CASE WHEN i > 199990 THEN 'waiting' WHEN i > 199985 THEN 'sending' ELSE 'sent' END,
       CASE WHEN i <= 199985 THEN 'telegram:' || i % 5000 || '#' || i END, now(), now(), '{}'
FROM generate_series(1, 200000) AS i;
INSERT INTO departures (name, fence, letters) SELECT 'send:telegram', 1 + i % 9, ARRAY[i, i + 1] FROM generate_series(1, 5000) AS i;
INSERT INTO handled (cause, at) SELECT 'h' || i, now() - (200000 - i) * interval '20 s' FROM generate_series(1, 200000) AS i;
INSERT INTO figures (report, form, facts, filed, first, last, owned, worked, moved, judged)
SELECT id, 1, 4, filed, 'a', 'b', true, true, false, false FROM reports;
INSERT INTO media (source, report, at, doc) SELECT 'telegram:f' || i, i, now() - (60000 - i) * interval '10 min',
    jsonb_build_object('look', lpad(to_hex(i % 50000), 16, '0'), 'ref', jsonb_build_object('n', 'store', 'i', 'f' || i)) FROM generate_series(1, 60000) AS i;
INSERT INTO timers (kind, subject, at, rev) SELECT 'wake', 'telegram:' || i, now() + i * interval '1 min', 'r' FROM generate_series(1, 20000) AS i;
INSERT INTO lists (ref, intent, at) SELECT 'telegram:-1#' || i, 'tenggat:SRG-' || i, now() - i * interval '1 min' FROM generate_series(1, 20000) AS i;
INSERT INTO contacts (report, number) SELECT i, '62811' || i FROM generate_series(1, 20000) AS i;
ANALYZE`

// What is asked at every message, at every scrape and at every start never reads a whole table that grows with the years.
func TestNothingReadsAWholeTable(t *testing.T) {
	t.Parallel()
	s, seen := served(t)
	ctx := t.Context()
	var id int64
	if err := s.Pool.QueryRow(ctx, `SELECT max(id) FROM letters`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	seven := bot.Address{Network: bot.Telegram, ID: "7"}
	queues := []string{"telegram"}
	leading := ledger.Holding(ctx, ledger.Hold{Name: "send:telegram", Fence: 9})
	ref := bot.MessageRef{Chat: seven, ID: "170007"}
	seen.take()
	for name, ask := range map[string]func() error{
		"WaitingIDs": func() error { _, err := s.WaitingIDs(ctx, queues, 4000); return err },
		"ByIDs":      func() error { _, err := s.ByIDs(ctx, []int64{id, id - 1}); return err },
		"Unclaim":    func() error { return s.Unclaim(ctx, queues) },
		"Adrift":     func() error { _, err := s.Adrift(leading, queues); return err },
		"Claim":      func() error { _, err := s.Claim(ctx, id); return err },
		"Pictures": func() error {
			_, err := s.Pictures(ctx, ledger.Alike{Report: 7, From: bot.MediaRef{Network: bot.Telegram, ID: "f9"}, Ref: bot.MediaRef{Network: bot.Store, ID: "f11"}, Look: "00000000000000ff"})
			return err
		},
		"Backlog": func() error { _, _, err := s.Backlog(ctx); return err },
		"SweepLetters of reports": func() error {
			_, err := s.SweepLetters(ctx, ledger.Sweep{Gone: []report.ID{3, 4}}, 0, id)
			return err
		},
		"Possessions": func() error {
			_, err := s.Possessions(ctx, bot.Address{Network: bot.Telegram, ID: "5"}, 0)
			return err
		},
		"Memo":    func() error { _, err := s.Memo(ctx, "h5"); return err },
		"Handled": func() error { _, err := s.Handled(ctx, "h5"); return err },
		"Unsent":  func() error { _, err := s.Unsent(ctx, queues); return err },
		"what a commit asks of causes": func() error {
			_, err := s.Pool.Exec(ctx, `SELECT c FROM unnest($1::text[]) AS r (c) WHERE (SELECT true FROM handled h WHERE h.cause = c LIMIT 1) IS NULL`, []string{"h5", "none"})
			return err
		},
		"Shown": func() error { _, err := s.Shown(ctx, 5); return err },
		"Ref":   func() error { _, _, err := s.Ref(ctx, "k3"); return err },
		"Chill": func() error { _, err := s.Chill(ctx, id, "why"); return err },
		"Thaw":  func() error { _, err := s.Thaw(ctx, seven); return err },
		"Mark": func() error {
			return s.Mark(ctx, []outbox.Fate{{ID: id - 2, State: ledger.Sent, Ref: ref}, {ID: id - 3, State: ledger.Sent}})
		},
		"ByRef":                       func() error { return known(s.ByRef(ctx, ref)) },
		"Underway":                    func() error { _, err := s.Underway(ctx, ref, true); return err },
		"Underway to a citizen":       func() error { _, err := s.Underway(ctx, ref, false); return err },
		"LeftFor":                     func() error { _, err := s.LeftFor(ctx, "62811777", 50); return err },
		"HandedOver":                  func() error { _, err := s.HandedOver(ctx, 21); return err },
		"ByCode":                      func() error { _, err := s.ByCode(ctx, "SRG-5"); return err },
		"ByAlbum":                     func() error { _, err := s.ByAlbum(ctx, "telegram:9", "al4001"); return err },
		"Facts":                       func() error { _, err := s.Facts(ctx, 5); return err },
		"Whole":                       func() error { _, err := s.Whole(ctx, 5); return err },
		"Mine":                        func() error { _, err := s.Mine(ctx, seven, 10); return err },
		"LastActive of one with many": func() error { _, err := s.LastActive(ctx, seven, 10); return err },
		"OpenOf":                      func() error { _, err := s.OpenOf(ctx, "a1", 50); return err },
		"Opens": func() error {
			got, err := s.Opens(ctx, []string{"", "a1", "a2", "a3", "a34"}, time.Now(), time.Now().Add(72*time.Hour), 12)
			if err == nil && (len(got["a1"].First) != 12 || got["a1"].Open < 20) {
				return fmt.Errorf("the office has %d open, %d are shown", got["a1"].Open, len(got["a1"].First))
			}
			return err
		},
		"a list of cards": func() error {
			if _, _, err := s.ByRef(ctx, bot.MessageRef{Chat: seven, ID: "none"}); !errors.Is(err, ledger.ErrUnknown) {
				return fmt.Errorf("a message of nobody is %w", err)
			}
			return nil
		},
		"DisposedTo": func() error { _, err := s.DisposedTo(ctx, "a1", "telegram:9", 9); return err },
		"Courses of a month": func() error {
			return s.Courses(ctx, time.Now().AddDate(0, -7, 0), time.Now().AddDate(0, -6, 0), func(*report.Course) {})
		},
		"Courses of a week": func() error {
			return s.Courses(ctx, time.Now().AddDate(0, 0, -7), time.Now(), func(*report.Course) {})
		},
		"Footfalls": func() error {
			_, err := s.Footfalls(ctx, time.Now().AddDate(0, 0, -7), time.Now())
			return err
		},
		"Search": func() error {
			_, err := s.Search(ctx, ledger.Search{Part: "599", Words: []string{"lampu"}, Categories: []string{""}, Everywhere: true, Most: 10})
			return err
		},
		"Around": func() error {
			_, err := s.Around(ctx, ledger.Around{Categories: []string{"jalan"}, Pin: &report.Pin{Lat: -6.1, Lon: 106.1}, Metres: 50, Area: "a", Since: time.Now().AddDate(0, -1, 0)})
			return err
		},
		"Due":       func() error { _, err := s.Due(ctx, time.Now(), 100); return err },
		"Forget":    func() error { return s.Forget(ctx, time.Now().Add(6*24*time.Hour)) },
		"Operator":  func() error { _, _ = s.Operator(ctx, "x"); return nil },
		"CallWith":  func() error { _, _ = s.CallWith(ctx, seven); return nil },
		"CallsWith": func() error { _, err := s.CallsWith(ctx, seven, 50); return err },
	} {
		if err := ask(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		asked := seen.take()
		if len(asked) == 0 {
			t.Errorf("%s asked nothing", name)
		}
		for _, q := range asked {
			if whole := wholeTables(t, s.Pool, q); len(whole) > 0 {
				t.Errorf("%s reads all of %v: %s", name, whole, q.sql)
			}
		}
	}
	began := time.Now()
	if _, err := s.LastActive(ctx, seven, 10); err != nil {
		t.Fatal(err)
	}
	t.Logf("the last reports of one with 3,000 took %s", time.Since(began).Round(time.Millisecond))
}

func known(_ report.Report, _ string, err error) error { return err }

func served(t *testing.T) (*postgres.Store, *statements) {
	t.Helper()
	cfg, err := pgxpool.ParseConfig(testdb.New(t, migrations.At))
	if err != nil {
		t.Fatal(err)
	}
	seen := &statements{}
	cfg.ConnConfig.Tracer = seen
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	for sql := range strings.SplitSeq(city, ";\n") {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	s, err := postgres.New(t.Context(), postgres.Options{Pool: pool, Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	some := report.Course{Filed: time.Now(), Office: "a1", Spells: []report.Spell{{Office: "a1", From: time.Now()}}}
	if _, err := s.Pool.Exec(t.Context(), `UPDATE figures SET form = 3, course = $1`, some.Pack(nil)); err != nil {
		t.Fatal(err)
	}
	// What was filed without facts is open for ever; of a house that has served for years little is.
	for _, sql := range []string{`UPDATE figures SET filed = r.filed, until = CASE WHEN report < 59000 THEN r.filed + interval '10 days' END FROM reports r WHERE r.id = report`, `ANALYZE figures`} {
		if _, err := pool.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	return s, seen
}

// wholeTables are the large tables that a statement would read from end to end.
func wholeTables(t *testing.T, db *pgxpool.Pool, q statement) (out []string) {
	t.Helper()
	if word := strings.ToUpper(strings.Fields(q.sql)[0]); !slices.Contains([]string{"SELECT", "UPDATE", "INSERT", "DELETE", "WITH", "EXECUTE"}, word) {
		return nil
	}
	var doc []byte
	if err := db.QueryRow(t.Context(), "EXPLAIN (FORMAT JSON) "+q.sql, append([]any{pgx.QueryExecModeExec}, q.args...)...).Scan(&doc); err != nil {
		t.Errorf("%s: %v", q.sql, err)
		return nil
	}
	var plan any
	if err := json.Unmarshal(doc, &plan); err != nil {
		t.Fatal(err)
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, x := range v {
				walk(x)
			}
		case map[string]any:
			if of := fmt.Sprint(v["Relation Name"]); v["Node Type"] == "Seq Scan" && slices.Contains([]string{"letters", "facts", "reports", "handled_1", "figures", "media", "timers", "lists", "displays"}, of) {
				out = append(out, of)
			}
			for _, x := range v {
				walk(x)
			}
		}
	}
	walk(plan)
	return out
}
