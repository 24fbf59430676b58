package postgres

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// figure is what the figures know of one report, folded from its facts as they are committed. A new one is a column in a
// migration, its line in figureColumns and its part of the fold; figureForm grows, and every report is counted anew.
type figure struct {
	report report.ID
	filed  time.Time
	facts  int // how many of them were folded
	trail  casework.Trail
	course report.Course
}

// figureForm tells rows that know all that figures know now from older ones.
const figureForm = 4

// figureOf folds all facts of a report.
func figureOf(r *report.Report, facts []report.Fact) figure {
	f := figure{report: r.ID, filed: r.Filed, facts: len(facts), course: report.CourseOf(*r, facts)}
	for _, fact := range facts {
		f.trail = f.trail.After(fact)
	}
	return f
}

func figureColumns() []column[figure] {
	return []column[figure]{
		{"report", pgtype.Int8OID, func(a *array, f figure) { a.int8(int64(f.report)) }, true},
		{"form", pgtype.Int4OID, func(a *array, _ figure) { a.int4(figureForm) }, false},
		{"facts", pgtype.Int4OID, func(a *array, f figure) { a.int4(f.facts) }, false},
		{"filed", pgtype.TimestamptzOID, func(a *array, f figure) { a.time(f.filed) }, true},
		{"first", pgtype.TextOID, func(a *array, f figure) { a.text(f.trail.First) }, false},
		{"last", pgtype.TextOID, func(a *array, f figure) { a.text(f.trail.Last) }, false},
		{"owned", pgtype.BoolOID, func(a *array, f figure) { a.bool(f.trail.Owned) }, false},
		{"worked", pgtype.BoolOID, func(a *array, f figure) { a.bool(f.trail.Worked) }, false},
		{"moved", pgtype.BoolOID, func(a *array, f figure) { a.bool(f.trail.Moved) }, false},
		{"judged", pgtype.BoolOID, func(a *array, f figure) { a.bool(f.trail.Route().Judged) }, false},
		{"until", pgtype.TimestamptzOID, func(a *array, f figure) { a.timeOrNull(f.course.Until()) }, false},
		{"course", pgtype.ByteaOID, func(a *array, f figure) { a.bytes(f.course.Pack(nil)) }, false},
	}
}

// Figures counts what is kept (ledger.Figures). It keeps a row a report, which Store brings up to date with each change.
type Figures struct {
	db *pgxpool.Pool
	w  writer
}

// NewFigures makes Figures on a migrated database.
func NewFigures(pool *pgxpool.Pool) *Figures { return &Figures{db: pool} }

// follow folds the facts of a report that has changed. Its row is locked: nobody else does it meanwhile. They are folded from the
// first on, so that what is kept can differ from what counting anew would give by nothing.
func (s *Figures) follow(ctx context.Context, tx pgx.Tx, c ledger.Changed) error {
	if len(c.Facts) == 0 {
		return nil
	}
	const all = `SELECT doc FROM facts WHERE report = $1 ORDER BY seq`
	facts, err := docs[report.Fact](ctx, tx, all, c.Report.ID)
	if err != nil {
		return err
	}
	r, d := s.w.rows(), displayOf(&c.Report, facts, s.w.sensitive)
	r.figures.add("", figureOf(&c.Report, facts))
	if d != nil {
		r.displays.add("", d)
	}
	if err := r.write(ctx, tx.Conn()); err != nil {
		return err
	}
	s.w.done(r)
	return conceal(ctx, tx, c.Report.ID, d, facts)
}

func (s *Figures) put(ctx context.Context, conn *pgx.Conn, all ...figure) error {
	r := s.w.rows()
	for _, f := range all {
		r.figures.add("", f)
	}
	if err := r.write(ctx, conn); err != nil {
		return err
	}
	s.w.done(r)
	return nil
}

// Count folds the facts of all reports that the figures do not know yet, or not in their present form: once for each form,
// after which Commit keeps them. It goes in steps, each for itself, and may be repeated and done by several at once.
func (s *Figures) Count(ctx context.Context) error {
	const done = `SELECT EXISTS (SELECT FROM settings WHERE name = 'figures' AND value = $1)`
	var known bool
	if err := s.db.QueryRow(ctx, done, fmt.Sprint(figureForm)).Scan(&known); err != nil {
		return fmt.Errorf("ask whether the figures are whole: %w", err)
	}
	if known {
		return nil
	}
	_, err := s.count(ctx, false)
	return err
}

// Rebuild folds the facts of all reports anew, also of those that are known, and tells how many there are. It may be done while the
// program serves.
func (s *Figures) Rebuild(ctx context.Context) (int, error) { return s.count(ctx, true) }

func (s *Figures) count(ctx context.Context, anew bool) (all int, err error) {
	const keep = `INSERT INTO settings (name, value) VALUES ('figures', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	for last := report.ID(math.MinInt64); ; {
		next, n, err := s.countSome(ctx, last, anew)
		if err != nil {
			return all, fmt.Errorf("count the figures anew: %w", err)
		}
		all += n
		if next == last {
			break
		}
		last = next
	}
	if err := s.unpacked(ctx); err != nil {
		return all, fmt.Errorf("take the courses out of their days: %w", err)
	}
	if _, err := s.db.Exec(ctx, keep, fmt.Sprint(figureForm)); err != nil {
		return all, fmt.Errorf("remember that the figures are whole: %w", err)
	}
	return all, nil
}

// countSome looks at some of the reports above an id and tells the highest of them; last itself where there are none. n is how many it
// counted.
func (s *Figures) countSome(ctx context.Context, last report.ID, anew bool) (_ report.ID, n int, err error) {
	// Each report is looked up on its own: a step takes as long in a great house as in a small one.
	const find = `
SELECT r.id, r.known, CASE WHEN f.seq = 1 OR f.seq IS NULL AND NOT r.known THEN r.doc END, f.doc FROM (
    SELECT id, doc, NOT $3 AND coalesce((SELECT g.form = $2 FROM figures g WHERE g.report = o.id), false) AS known FROM reports o
    WHERE id > $1 ORDER BY id LIMIT 1000) r
LEFT JOIN facts f ON f.report = r.id AND NOT r.known ORDER BY r.id, f.seq`
	rows, err := s.db.Query(ctx, find, last, figureForm, anew)
	if err != nil {
		return last, 0, err
	}
	var all []figure
	var whole report.Report
	var facts []report.Fact
	over := func() {
		if whole.ID != 0 {
			all = append(all, figureOf(&whole, facts))
		}
		whole, facts = report.Report{}, facts[:0]
	}
	var id report.ID
	var known bool
	var head *report.Report
	var fact *report.Fact
	_, err = pgx.ForEachRow(rows, []any{&id, &known, &head, &fact}, func() error {
		last = id
		if head != nil {
			over()
			whole = *head
		}
		if fact != nil && !known {
			facts = append(facts, *fact)
		}
		head, fact = nil, nil
		return nil
	})
	over()
	if err != nil || len(all) == 0 {
		return last, 0, err
	}
	conn, err := s.db.Acquire(ctx)
	if err != nil {
		return last, 0, err
	}
	defer conn.Release()
	if err := s.put(ctx, conn.Conn(), all...); err != nil {
		return last, 0, err
	}
	ids := make([]int64, len(all))
	for i, f := range all {
		ids[i] = int64(f.report)
	}
	return last, len(all), told(ctx, s.db, ids...)
}

// Routes are the ways of all reports filed since then, oldest first.
func (s *Figures) Routes(ctx context.Context, since time.Time) ([]ledger.Route, error) {
	const find = `SELECT report, first, last, judged FROM figures WHERE filed >= $1 ORDER BY filed, report`
	if err := s.Count(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, find, since)
	if err != nil {
		return nil, fmt.Errorf("read the ways of reports: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (r ledger.Route, err error) {
		err = row.Scan(&r.Report, &r.First, &r.Last, &r.Judged)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the ways of reports: %w", err)
	}
	return all, nil
}

// Ways count the reports filed since then by the way they went, the commonest first (ledger.Figures).
func (s *Figures) Ways(ctx context.Context, since time.Time) ([]ledger.Way, error) {
	const count = `
SELECT first, last, judged, count(*) AS n FROM figures WHERE filed >= $1 GROUP BY first, last, judged ORDER BY n DESC, first COLLATE "C", last COLLATE "C", judged`
	if err := s.Count(ctx); err != nil {
		return nil, err
	}
	rows, err := s.db.Query(ctx, count, since)
	if err != nil {
		return nil, fmt.Errorf("count the ways of reports: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Way])
	if err != nil {
		return nil, fmt.Errorf("count the ways of reports: %w", err)
	}
	return all, nil
}
