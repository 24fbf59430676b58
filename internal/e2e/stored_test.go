package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// rows reads documents of the program's tables.
func rows[T any](w *world, query string, args ...any) []T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	found, err := w.db.Query(ctx, query, args...)
	if err != nil {
		w.t.Errorf("read the database: %v", err)
		return nil
	}
	out, err := pgx.CollectRows(found, func(row pgx.CollectableRow) (T, error) {
		var doc []byte
		var v T
		if err := row.Scan(&doc); err != nil {
			return v, err
		}
		return v, json.Unmarshal(doc, &v)
	})
	if err != nil {
		w.t.Errorf("read the database: %v", err)
	}
	return out
}

// number reads one number; -1 when it cannot. It ends no test: subtests ask too.
func (w *world) number(query string, args ...any) (n int) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := w.db.QueryRow(ctx, query, args...).Scan(&n); err != nil {
		w.t.Errorf("read the database: %v", err)
		return -1
	}
	return n
}

func (w *world) reports() []report.Report {
	return rows[report.Report](w, `SELECT doc FROM reports ORDER BY id`)
}

// reportsOf are one citizen's.
func (w *world) reportsOf(person int64) []report.Report {
	return rows[report.Report](w, `SELECT doc FROM reports WHERE reporter = $1 ORDER BY id`, address(person))
}

func address(chat int64) string {
	return bot.Address{Network: bot.Telegram, ID: fmt.Sprint(chat)}.String()
}

func (w *world) facts(id report.ID) []report.Fact {
	return rows[report.Fact](w, `SELECT doc FROM facts WHERE report = $1 ORDER BY seq`, id)
}

func (w *world) byCode(code string) report.Report {
	w.t.Helper()
	all := rows[report.Report](w, `SELECT doc FROM reports WHERE code = $1`, code)
	if len(all) != 1 {
		w.t.Errorf("%d reports have the number %s", len(all), code)
		return report.Report{}
	}
	return all[0]
}

// files are what became of the files of a report.
func (w *world) files(id report.ID) []ledger.File {
	return rows[ledger.File](w, `SELECT doc FROM media WHERE report = $1 ORDER BY at`, id)
}

// letter is a row of the outbox.
type letter struct {
	id      int64
	state   string
	created time.Time
	ledger.Letter
}

// letters are all that were written to a chat, oldest first.
func (w *world) letters(chat int64) []letter {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	found, err := w.db.Query(ctx, `SELECT id, state, created, doc FROM letters WHERE lane = $1 AND network = 'telegram' ORDER BY id`, address(chat))
	if err != nil {
		w.t.Fatalf("read the letters: %v", err)
	}
	out, err := pgx.CollectRows(found, func(row pgx.CollectableRow) (letter, error) {
		var l letter
		var doc []byte
		if err := row.Scan(&l.id, &l.state, &l.created, &doc); err != nil {
			return l, err
		}
		return l, json.Unmarshal(doc, &l.Letter)
	})
	if err != nil {
		w.t.Fatalf("read the letters: %v", err)
	}
	return out
}

// noted waits until the program has written down that it sent a message: a person needs longer to read it.
func (w *world) noted(t testing.TB, chat int64, id int) {
	t.Helper()
	ref := postgres.RefKey(bot.MessageRef{Chat: bot.Address{Network: bot.Telegram, ID: fmt.Sprint(chat)}, ID: fmt.Sprint(id)})
	eventually(t, "a message to be noted", func(context.Context) bool {
		return w.number(`SELECT count(*) FROM letters WHERE ref = $1`, ref) == 1
	})
}

// quiet waits until no letter waits any more.
func (w *world) quiet() {
	w.t.Helper()
	late := time.Now().Add(patience - 5*time.Second)
	eventually(w.t, "all letters to be sent", func(ctx context.Context) bool {
		n := w.number(`SELECT count(*) FROM letters WHERE state IN ('waiting', 'sending')`)
		if n > 0 && time.Now().After(late) {
			w.t.Fatalf("%d letters are still not sent: %s\n%s", n, w.stuck(ctx), w.tail())
		}
		return n == 0
	})
}

// stuck describes the oldest letters that wait, without what they say.
func (w *world) stuck(ctx context.Context) (out string) {
	const find = `
SELECT coalesce(string_agg(format('%s %s %s %s report %s attempts %s edits %s age %s hold %s', l.id, l.key, l.purpose, l.state, l.report,
    l.attempts, coalesce(e.state, '-'), now() - l.created, l.hold - now()), '; '), '')
FROM (SELECT * FROM letters WHERE state IN ('waiting', 'sending') ORDER BY id LIMIT 5) l LEFT JOIN letters e ON e.key = l.doc ->> 'Edits'`
	const queued = `
SELECT coalesce(string_agg(format('%s %s attempt %s by %s at %s', kind, state, attempt, attempted_by, scheduled_at - now()), '; '), 'none')
FROM river_job WHERE state NOT IN ('completed', 'cancelled', 'discarded')`
	var jobs string
	for q, into := range map[string]*string{find: &out, queued: &jobs} {
		if err := w.db.QueryRow(ctx, q).Scan(into); err != nil {
			return err.Error()
		}
	}
	return out + "; unfinished jobs: " + jobs
}

// nobodyStumbled fails when the program gave up on an event.
func (w *world) nobodyStumbled() {
	w.t.Helper()
	if n := w.number(`SELECT count(*) FROM stumbles`); n != 0 {
		w.t.Errorf("the program stumbled over %d events, %d of them as deadly", n, w.number(`SELECT count(*) FROM stumbles WHERE why LIKE '%died%'`))
	}
	w.measured()
}

// measured reads what the program counts and how it is: nothing private stands there either.
func (w *world) measured() {
	w.t.Helper()
	w.mu.Lock()
	all := w.children
	w.mu.Unlock()
	ctx, cancel := bounded()
	defer cancel()
	for _, c := range all {
		for _, path := range []string{"/metrics", "/healthz", "/readyz"} {
			if c.running() {
				_, page := c.get(ctx, path)
				_, _ = w.ears.Write([]byte(page))
			}
		}
	}
}

// bounded is a context for one wait.
func bounded() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), patience)
}

// story is how long a test with many people may take.
func story(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), d)
}
