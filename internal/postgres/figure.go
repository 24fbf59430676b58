package postgres

import (
	"context"
	"errors"
	"fmt"
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
}

// figureForm tells rows that know all that figures know now from older ones.
const figureForm = 1

func figureOf(r *report.Report, facts []report.Fact) figure {
	f := figure{report: r.ID, filed: r.Filed}
	return f.after(facts)
}

func (f figure) after(facts []report.Fact) figure {
	for _, fact := range facts {
		f.trail = f.trail.After(fact)
	}
	f.facts += len(facts)
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
	}
}

// Figures counts what is kept (ledger.Figures). It keeps a row a report, which Store brings up to date with each change.
type Figures struct {
	db *pgxpool.Pool
	w  writer
}

// NewFigures makes Figures on a migrated database.
func NewFigures(pool *pgxpool.Pool) *Figures { return &Figures{db: pool} }

// follow folds the facts of a change. The report's row is locked: nobody else does it meanwhile.
func (s *Figures) follow(ctx context.Context, tx pgx.Tx, c ledger.Changed) error {
	if len(c.Facts) == 0 {
		return nil
	}
	const find = `SELECT facts, first, last, owned, worked, moved FROM figures WHERE report = $1 AND form = $2`
	f := figure{report: c.Report.ID, filed: c.Report.Filed}
	t := &f.trail
	t.Report = f.report
	err := tx.QueryRow(ctx, find, c.Report.ID, figureForm).Scan(&f.facts, &t.First, &t.Last, &t.Owned, &t.Worked, &t.Moved)
	switch {
	case err == nil && f.facts == c.Facts[0].Seq-1:
		f = f.after(c.Facts)
	case err == nil || errors.Is(err, pgx.ErrNoRows): // not counted yet, or counted otherwise
		const all = `SELECT doc FROM facts WHERE report = $1 ORDER BY seq`
		facts, err := docs[report.Fact](ctx, tx, all, c.Report.ID)
		if err != nil {
			return err
		}
		f = figureOf(&c.Report, facts)
	default:
		return err
	}
	return s.put(ctx, tx.Conn(), f)
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
	const (
		done = `SELECT EXISTS (SELECT FROM settings WHERE name = 'figures' AND value = $1)`
		keep = `INSERT INTO settings (name, value) VALUES ('figures', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	)
	form := fmt.Sprint(figureForm)
	var known bool
	if err := s.db.QueryRow(ctx, done, form).Scan(&known); err != nil {
		return fmt.Errorf("ask whether the figures are whole: %w", err)
	}
	if known {
		return nil
	}
	for last := report.ID(0); ; {
		next, err := s.countSome(ctx, last)
		if err != nil {
			return fmt.Errorf("count the figures anew: %w", err)
		}
		if next == last {
			break
		}
		last = next
	}
	if _, err := s.db.Exec(ctx, keep, form); err != nil {
		return fmt.Errorf("remember that the figures are whole: %w", err)
	}
	return nil
}

// countSome looks at some of the reports above an id and tells the highest of them; last itself where there are none.
func (s *Figures) countSome(ctx context.Context, last report.ID) (report.ID, error) {
	// Each report is looked up on its own: a step takes as long in a great house as in a small one.
	const find = `
SELECT r.id, r.filed, r.known, f.doc FROM (
    SELECT id, filed, coalesce((SELECT g.form = $2 FROM figures g WHERE g.report = o.id), false) AS known FROM reports o
    WHERE id > $1 ORDER BY id LIMIT 1000) r
LEFT JOIN facts f ON f.report = r.id AND NOT r.known ORDER BY r.id, f.seq`
	rows, err := s.db.Query(ctx, find, last, figureForm)
	if err != nil {
		return last, err
	}
	var all []figure
	var id report.ID
	var filed time.Time
	var known bool
	var fact *report.Fact
	_, err = pgx.ForEachRow(rows, []any{&id, &filed, &known, &fact}, func() error {
		last = id
		if known {
			return nil
		}
		if len(all) == 0 || all[len(all)-1].report != id {
			all = append(all, figure{report: id, filed: filed})
		}
		if fact != nil {
			f := &all[len(all)-1]
			*f = f.after([]report.Fact{*fact})
		}
		fact = nil
		return nil
	})
	if err != nil || len(all) == 0 {
		return last, err
	}
	conn, err := s.db.Acquire(ctx)
	if err != nil {
		return last, err
	}
	defer conn.Release()
	return last, s.put(ctx, conn.Conn(), all...)
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
