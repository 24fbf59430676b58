package postgres_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/postgres/dump"
)

// worn is how often the rows of a table were written over, how often of these in place, and its dead rows.
type worn struct{ changed, inPlace, dead int64 }

func wear(t *testing.T, s *postgres.Store, table string) (w worn) {
	t.Helper()
	// What a session did is told when it has been idle for a while, or at once by itself.
	conn, err := pgx.Connect(t.Context(), s.Pool.Config().ConnString())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	const find = `SELECT n_tup_upd, n_tup_hot_upd, n_dead_tup FROM pg_stat_user_tables WHERE relname = $1`
	if err := conn.QueryRow(t.Context(), find, table).Scan(&w.changed, &w.inPlace, &w.dead); err != nil {
		t.Fatal(err)
	}
	return w
}

// Letters go out one after the other, as in a city on an ordinary day: each row is written over in place, none is left dead in great
// number, and nothing of them stays in the queue.
func TestLettersAreWrittenOverInPlace(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	const letters = 200
	words := bot.Message{Text: fmt.Sprintf("%0700d", 7)}
	for n := range letters {
		key := fmt.Sprintf("l%d", n)
		l := letter(key, chat)
		l.Message = words
		if n%3 == 0 {
			l.Purpose, l.Report = ledger.Notice, 1
		}
		commit(t, s, key, l)
		mark(t, s, outbox.Fate{Key: key, State: ledger.Sent, Ref: bot.MessageRef{Chat: chat, ID: fmt.Sprint(n)}})
	}
	s.Pool.Reset() // its sessions end, and tell
	var got worn
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline) && got.changed < letters; {
		got = wear(t, s, "letters")
	}
	t.Logf("of %d changes %d were in place; %d dead rows", got.changed, got.inPlace, got.dead)
	if got.changed != letters || got.inPlace < letters*95/100 {
		t.Errorf("of %d changes %d were in place", got.changed, got.inPlace)
	}
	var left, places int
	if err := s.Pool.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM queue), (SELECT count(*) FROM places)`).Scan(&left, &places); err != nil || left != 0 || places != letters {
		t.Errorf("%d letters are in the queue, %d have a place, %v", left, places, err)
	}
}

// Whatever is done to letters, the queue holds those that are not over, as they are, and places where they lie; also in a database that was
// filled from a copy of it.
func TestTheQueueIsWhatIsNotOver(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	r := rand.New(rand.NewPCG(7, 11))
	for step := range 120 {
		disturb(t, s.Pool, r, step)
	}
	again := copied(t, s.Pool)
	for step := range 40 {
		disturb(t, again, r, 1000+step)
	}
}

// copied is another database with all that one has, as backups bring it there.
func copied(t *testing.T, from *pgxpool.Pool) *pgxpool.Pool {
	t.Helper()
	to := testdb.Pool(t, func(context.Context, string) error { return nil })
	rows := map[string]*bytes.Buffer{}
	f := dump.Filling{First: func(pgx.Tx) error { return nil }, Last: func(pgx.Tx) error { return nil }, Open: func(of dump.Table) (io.ReadCloser, error) {
		return io.NopCloser(rows[of.String()]), nil
	}}
	of := func(db *pgxpool.Pool, do func(*pgx.Conn) error) {
		t.Helper()
		if err := db.AcquireFunc(t.Context(), func(c *pgxpool.Conn) error { return do(c.Conn()) }); err != nil {
			t.Fatal(err)
		}
	}
	of(from, func(c *pgx.Conn) error {
		return dump.See(t.Context(), c, []string{"public"}, func(s *dump.Snapshot) (err error) {
			if f.Shape, err = s.Shape(t.Context()); err != nil {
				return err
			}
			for _, table := range f.Shape.Tables {
				rows[table.String()] = &bytes.Buffer{}
				if _, err := s.Copy(t.Context(), table, rows[table.String()]); err != nil {
					return err
				}
			}
			return nil
		})
	})
	of(to, func(c *pgx.Conn) error { return dump.Load(t.Context(), c, f) })
	return to
}

var letterStates = []string{"waiting", "sending", "cold", "sent", "failed", "replaced", "withdrawn"}

// disturb does something to letters, and looks at what is kept beside them.
func disturb(t *testing.T, db *pgxpool.Pool, r *rand.Rand, step int) {
	t.Helper()
	var sql string
	some := fmt.Sprintf("id %% %d = 0", 1+r.IntN(5))
	switch r.IntN(11) {
	case 0, 1, 2:
		sql = fmt.Sprintf(`INSERT INTO letters (key, network, lane, report, purpose, fold, state, ref, doc)
SELECT 'k%d-' || i, 'telegram', 'telegram:' || i %% 3, i, (ARRAY['reply', 'notice', 'refresh'])[1 + i %% 3], 'f' || i %% 2, '%s', CASE WHEN i %% 2 = 0 THEN 'r%d' END, '{}' FROM generate_series(1, %d) AS i`,
			step, letterStates[r.IntN(len(letterStates))], r.IntN(4), 1+r.IntN(6))
	case 3, 4:
		sql = fmt.Sprintf(`UPDATE letters SET state = '%s', done = now() WHERE %s`, letterStates[r.IntN(len(letterStates))], some)
	case 5:
		sql = fmt.Sprintf(`UPDATE letters SET ref = CASE WHEN %d > 2 THEN 'r%d-' || id END WHERE %s`, r.IntN(6), step, some)
	case 6:
		sql = fmt.Sprintf(`UPDATE letters SET lane = 'telegram:9', network = 'desk', again = now(), fold = '' WHERE %s`, some)
	case 7:
		sql = fmt.Sprintf(`DELETE FROM letters WHERE id %% 7 = 3 AND %s`, some)
	case 8: // both begin and change
		sql = fmt.Sprintf(`INSERT INTO letters (key, network, lane, report, purpose, fold, state, ref, doc)
SELECT key, network, lane, report, purpose, fold, 'cold', 'r%d', doc FROM letters WHERE %s UNION ALL SELECT 'u%[1]d', 'telegram', 'telegram:1', 1, 'notice', 'f', 'waiting', 'r%[1]d', '{}'
ON CONFLICT (key) DO UPDATE SET state = excluded.state, ref = excluded.ref`, step, some)
	case 9:
		rows := [][]any{{fmt.Sprint("c", step), "telegram", "telegram:2", 1, "notice", "f", letterStates[r.IntN(len(letterStates))], fmt.Sprint("r", step), "{}"}, {fmt.Sprint("d", step), "telegram", "telegram:2", 1, "reply", "f", "waiting", nil, "{}"}}
		if _, err := db.CopyFrom(t.Context(), pgx.Identifier{"letters"}, []string{"key", "network", "lane", "report", "purpose", "fold", "state", "ref", "doc"}, pgx.CopyFromRows(rows)); err != nil {
			t.Fatal(err)
		}
		sql = fmt.Sprintf(`WITH moved AS (UPDATE letters SET lane = 'telegram:8' WHERE %s RETURNING 1) DELETE FROM letters WHERE id %% 11 = 5 AND NOT %[1]s`, some)
	default:
		sql = fmt.Sprintf(`UPDATE letters SET attempts = attempts + 1, why = 'x', doc = '{"a": 1}' WHERE %s`, some)
	}
	if _, err := db.Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	const differ = `
WITH due AS (SELECT id, network, lane, CASE purpose WHEN 'reply' THEN '' ELSE fold END, purpose, state, state = 'cold', created, hold, again FROM letters WHERE state IN ('waiting', 'sending', 'cold'))
SELECT (SELECT count(*) FROM ((TABLE due EXCEPT TABLE queue) UNION ALL (TABLE queue EXCEPT TABLE due)) AS q),
    (SELECT count(*) FROM ((SELECT ref, id FROM letters WHERE ref IS NOT NULL EXCEPT TABLE places) UNION ALL (TABLE places EXCEPT SELECT ref, id FROM letters WHERE ref IS NOT NULL)) AS p)`
	var queued, placed int
	if err := db.QueryRow(t.Context(), differ).Scan(&queued, &placed); err != nil || queued+placed > 0 {
		t.Fatalf("after %s: %d rows of the queue and %d of the places are wrong, %v", sql, queued, placed, err)
	}
}
