package postgres

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// writer makes rows, with the statement that writes them: the only one that adds to reports, facts, figures, displays, timers
// and letters, for one batch as for many.
type writer struct {
	pool      sync.Pool                  // of *rows
	sensitive func(category string) bool // as in rows
}

func (w *writer) rows() *rows {
	r, ok := w.pool.Get().(*rows)
	if !ok {
		r = newRows()
	}
	r.sensitive = w.sensitive
	r.reset()
	return r
}

func (w *writer) done(r *rows) {
	clear(r.items) // nothing of a batch is held on to
	clear(r.mail)
	w.pool.Put(r)
}

// rows are what batches add to the database.
type rows struct {
	causes   array
	memos    array
	reports  table[filing]
	facts    table[*report.Fact]
	figures  table[figure]
	displays table[*report.Display]
	timers   table[*ledger.Timer]
	letters  table[mail]

	// sensitive tells which categories strangers see nothing of; nil: they see nothing at all.
	sensitive func(category string) bool

	// arrays are those of all tables; all are the parameters of the next statement, in its order.
	arrays, all []*array
	// statements are those that were made before, by name.
	statements map[string]string

	// What became of it: for each cause nil, ErrDone or ErrTaken, and the letters that were written.
	ends     []error
	nthCause map[string]int
	mail     []posted
	nthMail  map[string]int
	items    []outbox.Item
}

// posted is a letter on its way into the database.
type posted struct {
	letter *ledger.Letter
	id     int64
}

func newRows() *rows {
	r := &rows{nthCause: map[string]int{}, nthMail: map[string]int{}, statements: map[string]string{}}
	r.causes.of, r.memos.of = pgtype.TextOID, pgtype.JSONOID
	r.reports.with("reports", reportColumns())
	r.facts.with("facts", factColumns())
	r.figures.with("figures", figureColumns())
	r.displays.with("displays", displayColumns())
	r.timers.with("timers", timerColumns())
	r.letters.with("letters", letterColumns())
	r.gather()
	return r
}

// gather lists the arrays once the tables have their columns.
func (r *rows) gather() {
	r.arrays = []*array{&r.causes, &r.memos}
	for _, t := range r.tables() {
		r.arrays = append(r.arrays, t.arrays()...)
	}
}

// batch is a table of a statement, whatever its rows are.
type batch interface {
	begin(first int)
	arrays() []*array
	empty() bool
}

// tables are all of them, in the order of tableLetters, which stand for them in a statement's name.
func (r *rows) tables() [len(tableLetters)]batch {
	return [...]batch{&r.reports, &r.facts, &r.figures, &r.displays, &r.timers, &r.letters}
}

const tableLetters = "rfgdtl"

// prepare makes the statement for what there is to write, and puts its parameters in their order. Tables that get no row are left
// out: most of what is written is one answer, and what nothing is written to costs half as much again as that.
func (r *rows) prepare() (name, sql string) {
	r.all = append(r.all[:0], &r.causes, &r.memos)
	name = "together"
	for i, t := range r.tables() {
		if !t.empty() {
			t.begin(len(r.all) + 1)
			r.all = append(r.all, t.arrays()...)
			name += tableLetters[i : i+1]
		}
	}
	sql, ok := r.statements[name]
	if !ok {
		sql = r.statement()
		r.statements[name] = sql
	}
	return name, sql
}

// unhandled picks the causes that no part of handled knows. Two that come at once meet in the part that takes causes now, where one of
// them conflicts (Forget).
const unhandled = `(SELECT true FROM handled h WHERE h.cause = c LIMIT 1) IS NULL`

// statement writes what is in rows. It answers each cause that was new with 0, each whose report's number is another's with
// -1, and each letter's key with its id, which is above 0. A cause whose report is filed already, by whatever event, is as good as handled.
// Rows of no cause are written in any case.
func (r *rows) statement() string {
	with := []string{`new AS (
    INSERT INTO handled (cause, memo) SELECT c, m FROM unnest($1::text[], $2::json[]) AS r (c, m) WHERE ` + unhandled + `
    ORDER BY c ON CONFLICT DO NOTHING RETURNING cause
)`}
	answers := `SELECT 0::bigint, cause FROM new`
	if !r.reports.empty() {
		with = []string{`taken AS (
    SELECT r.because AS cause FROM ` + r.reports.source() + ` WHERE (SELECT o.cause <> r.cause FROM reports o WHERE o.code = r.code)
)`, `filed AS (
    SELECT r.because AS cause FROM ` + r.reports.source() + ` WHERE (SELECT true FROM reports o WHERE o.cause = r.cause)
)`, `new AS (
    INSERT INTO handled (cause, memo) SELECT c, m FROM unnest($1::text[], $2::json[]) AS r (c, m)
    WHERE c NOT IN (SELECT cause FROM taken UNION ALL SELECT cause FROM filed) AND ` + unhandled + `
    ORDER BY c ON CONFLICT DO NOTHING RETURNING cause
)`}
		answers += ` UNION ALL SELECT -1, cause FROM taken`
	}
	with = append(with, `may AS (
    SELECT cause FROM new UNION ALL SELECT ''
)`)
	add := func(t batch, name, insert string) {
		if !t.empty() {
			with = append(with, name+" AS (\n    "+insert+"\n)")
		}
	}
	add(&r.reports, "opened", r.reports.insert("", ""))
	add(&r.facts, "told", r.facts.insert("", ""))
	add(&r.figures, "figured", r.figures.insert("", `ON CONFLICT (report) DO UPDATE SET `+r.figures.overwrite()+` WHERE figures.facts <= excluded.facts`))
	add(&r.displays, "shown", r.displays.insert("", `ON CONFLICT (report) DO UPDATE SET `+r.displays.overwrite()))
	add(&r.timers, "timed", r.timers.insert("DISTINCT ON (subject, kind)", `ORDER BY subject, kind, r.nth DESC
    ON CONFLICT (subject, kind) DO UPDATE SET `+r.timers.overwrite()+`, tries = 0, again = NULL`))
	add(&r.letters, "written", r.letters.insert("", "ORDER BY r.nth RETURNING id, key"))
	if !r.letters.empty() {
		answers += ` UNION ALL SELECT id, key FROM written`
	}
	return "WITH " + strings.Join(with, ", ") + "\n" + answers
}

// reset forgets the last use.
func (r *rows) reset() {
	for _, a := range r.arrays {
		a.reset()
	}
	clear(r.nthCause)
	clear(r.nthMail)
	r.ends, r.mail, r.items = r.ends[:0], r.mail[:0], r.items[:0]
}

// add takes what a batch adds; what it changes is another's work.
func (r *rows) add(b *ledger.Batch) {
	if b.Cause != "" {
		r.nthCause[b.Cause] = len(r.ends)
		r.ends = append(r.ends, ledger.ErrDone)
		r.causes.text(b.Cause)
		r.memos.docOrNull(b.Memo)
	}
	for _, c := range b.Changes {
		switch c := c.(type) {
		case ledger.Opened:
			r.reports.add(b.Cause, filing{cause: cmp.Or(c.Cause, b.Cause), report: &c.Report})
			r.figures.add(b.Cause, figureOf(&c.Report, c.Facts))
			if d := displayOf(&c.Report, c.Facts, r.sensitive); d != nil {
				r.displays.add(b.Cause, d)
			}
			r.tell(b.Cause, c.Facts)
		case ledger.Changed:
			r.tell(b.Cause, c.Facts)
		}
	}
	if added(b.Changes) {
		r.time(b)
	}
	r.post(b.Cause, b.Letters)
}

func (r *rows) tell(cause string, facts []report.Fact) {
	for i := range facts {
		r.facts.add(cause, &facts[i])
	}
}

// time takes the timers that a batch sets.
func (r *rows) time(b *ledger.Batch) {
	for i := range b.Changes {
		if c, ok := b.Changes[i].(ledger.Timed); ok {
			r.timers.add(b.Cause, &c.Timer)
		}
	}
}

func (r *rows) post(cause string, letters []ledger.Letter) {
	for i := range letters {
		l := &letters[i]
		r.nthMail[l.Key] = len(r.mail)
		r.mail = append(r.mail, posted{letter: l})
		network, lane := queueOf(*l)
		r.letters.add(cause, mail{network, lane, l})
	}
}

// write runs the statement and reads what became of the causes and letters.
func (r *rows) write(ctx context.Context, conn *pgx.Conn) error {
	name, sql := r.prepare()
	_, err := send(ctx, conn, name, sql, r.all, func(row [][]byte) {
		key := row[1]
		switch id := int64(binary.BigEndian.Uint64(row[0])); id {
		case 0:
			r.ends[r.nthCause[string(key)]] = nil
		case -1:
			r.ends[r.nthCause[string(key)]] = ledger.ErrTaken
		default:
			r.mail[r.nthMail[string(key)]].id = id
		}
	})
	for _, m := range r.mail {
		if m.id != 0 && err == nil {
			r.items = append(r.items, outbox.Item{ID: m.id, Letter: *m.letter})
		}
	}
	return err
}

// send runs a statement that is known by its name, once a connection made ready, with the arrays as they are.
func send(ctx context.Context, conn *pgx.Conn, name, sql string, all []*array, each func(row [][]byte)) (pgconn.CommandTag, error) {
	known, err := conn.Prepare(ctx, name, sql)
	if err != nil {
		return pgconn.CommandTag{}, err
	}
	inBinary, values, size := []int16{1}, make([][]byte, len(all)), space(frame)
	for i, a := range all {
		values[i] = a.wire()
		size += space(4 + len(values[i])) // a length goes before each
	}
	on := conn.PgConn()
	on.Frontend().Send(size)
	answer := on.ExecStatement(ctx, known, values, inBinary, inBinary)
	for answer.NextRow() {
		each(answer.Values())
	}
	return answer.Close()
}

// frame is more than all else that goes with a statement's values.
const frame = 256

// space is a message of no length. Sent before another it makes space for that in the connection's buffer, which would else
// grow from a kilobyte step by step, for each statement anew.
type space int

// Encode, Decode and Frontend make it a pgproto3.FrontendMessage.
func (s space) Encode(buf []byte) ([]byte, error) { return slices.Grow(buf, int(s)), nil }
func (space) Decode([]byte) error                 { return errors.New("nobody sends space") }
func (space) Frontend()                           {}
