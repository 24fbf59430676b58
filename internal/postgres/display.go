package postgres

import (
	"context"
	"fmt"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/internal/report"
)

// displayForm tells what displays know now from what they knew; it grows with each change of report.DisplayOf, and all are made anew.
const displayForm = 2

func displayColumns() []column[*report.Display] {
	return []column[*report.Display]{
		{"report", pgtype.Int8OID, func(a *array, d *report.Display) { a.int8(int64(d.Report)) }, true},
		{"code", pgtype.TextOID, func(a *array, d *report.Display) { a.text(string(d.Code)) }, true},
		{"status", pgtype.TextOID, func(a *array, d *report.Display) { a.text(string(d.Status)) }, false},
		{"category", pgtype.TextOID, func(a *array, d *report.Display) { a.text(d.Category) }, false},
		{"area", pgtype.TextOID, func(a *array, d *report.Display) { a.text(d.Area) }, false},
		{"office", pgtype.TextOID, func(a *array, d *report.Display) { a.text(d.Office) }, false},
		{"filed", pgtype.TimestamptzOID, func(a *array, d *report.Display) { a.time(d.Filed) }, true},
		{"changed", pgtype.TimestamptzOID, func(a *array, d *report.Display) { a.time(d.Changed) }, false},
		{"resolved", pgtype.TimestamptzOID, func(a *array, d *report.Display) { a.timeOrNull(d.Resolved) }, false},
		{"exhibits", pgtype.Int4OID, func(a *array, d *report.Display) { a.int4(len(d.Exhibits)) }, false},
		{"doc", pgtype.JSONBOID, func(a *array, d *report.Display) { a.doc(d) }, false},
	}
}

// displayOf is what strangers may see of a report; nil for nothing. A program that was not told which categories are sensitive shows
// nothing.
func displayOf(r *report.Report, facts []report.Fact, sensitive func(category string) bool) *report.Display {
	if sensitive == nil {
		return nil
	}
	d, ok := report.DisplayOf(*r, facts, sensitive)
	if !ok {
		return nil
	}
	return &d
}

// conceal takes away what strangers may not see any more: the whole row, or pictures that are not among the exhibits.
func conceal(ctx context.Context, tx pgx.Tx, id report.ID, d *report.Display, facts []report.Fact) error {
	const (
		all  = `DELETE FROM displays WHERE report = $1`
		some = `DELETE FROM display_pictures WHERE report = $1 AND seq <> ALL ($2)`
	)
	if d == nil {
		_, err := tx.Exec(ctx, all, id)
		return err
	}
	for _, f := range facts {
		if f.What == report.WasDisplayed {
			_, err := tx.Exec(ctx, some, id, pictured(d))
			return err
		}
	}
	return nil
}

// pictured are the facts whose pictures are among the exhibits.
func pictured(d *report.Display) []int32 {
	seqs := []int32{}
	for _, e := range d.Exhibits {
		if e.Picture {
			seqs = append(seqs, int32(e.Seq))
		}
	}
	return seqs
}

// KeepPicture keeps the copy of a picture that a fact cleared for everybody. It does nothing where that was taken back meanwhile.
func (s *Store) KeepPicture(ctx context.Context, id report.ID, seq, width, height int, jpeg []byte) error {
	// A change that takes it back at the same moment is waited for.
	const keep = `
INSERT INTO display_pictures (report, seq, width, height, jpeg)
SELECT report, $2, $3, $4, $5 FROM displays WHERE report = $1
AND doc -> 'exhibits' @> jsonb_build_array(jsonb_build_object('seq', $2::int, 'picture', true)) FOR SHARE
ON CONFLICT (report, seq) DO UPDATE SET width = excluded.width, height = excluded.height, jpeg = excluded.jpeg`
	if _, err := s.Pool.Exec(ctx, keep, id, seq, width, height, jpeg); err != nil {
		return fmt.Errorf("keep a cleared picture: %w", err)
	}
	return nil
}

// Redisplay makes all displays anew that were made in another form or under another list of sensitive categories, whose mark is sensitive.
// Commit keeps them from then on. It goes in steps, each for itself, and may be repeated, and done by several at once.
func (s *Store) Redisplay(ctx context.Context, sensitive string) error {
	const done = `SELECT coalesce((SELECT value FROM settings WHERE name = 'displays'), '')`
	var known string
	if err := s.Pool.QueryRow(ctx, done).Scan(&known); err != nil {
		return fmt.Errorf("ask whether the public pages know all reports: %w", err)
	}
	if known == fmt.Sprint(displayForm, " ", sensitive) {
		return nil
	}
	_, err := s.DisplayAll(ctx, sensitive)
	return err
}

// DisplayAll makes all displays anew, and tells how many reports were looked at.
func (s *Store) DisplayAll(ctx context.Context, sensitive string) (all int, err error) {
	const keep = `INSERT INTO settings (name, value) VALUES ('displays', $1) ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	for last := report.ID(math.MinInt64); ; {
		next, n, err := s.displaySome(ctx, last)
		if err != nil {
			return all, fmt.Errorf("make what the public sees anew: %w", err)
		}
		if all += n; next == last {
			break
		}
		last = next
	}
	if _, err := s.Pool.Exec(ctx, keep, fmt.Sprint(displayForm, " ", sensitive)); err != nil {
		return all, fmt.Errorf("remember that the public pages know all reports: %w", err)
	}
	return all, nil
}

// displaySome makes the displays of some of the reports above an id anew and tells the highest of them; last itself where there are none.
// What somebody changes just then is waited for one by one: who holds many reports waits for none.
func (s *Store) displaySome(ctx context.Context, last report.ID) (next report.ID, n int, err error) {
	const some = `SELECT id FROM reports WHERE id > $1 ORDER BY id LIMIT 500`
	rows, err := s.Pool.Query(ctx, some, last)
	if err != nil {
		return last, 0, err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil || len(ids) == 0 {
		return last, 0, err
	}
	done, err := s.display(ctx, ids, "SKIP LOCKED")
	for _, id := range ids {
		if err == nil && !done[id] {
			_, err = s.display(ctx, []int64{id}, "")
		}
	}
	return report.ID(ids[len(ids)-1]), len(ids), err
}

// display makes the displays of these reports anew, of which it locks those that it can: nobody changes one between its reading and its
// writing.
func (s *Store) display(ctx context.Context, ids []int64, wait string) (done map[int64]bool, err error) {
	const (
		lock = `SELECT id FROM reports WHERE id = ANY ($1) ORDER BY id FOR NO KEY UPDATE `
		find = `
SELECT r.doc, array(SELECT f.doc FROM facts f WHERE f.report = r.id ORDER BY f.seq) FROM reports r WHERE r.id = ANY ($1)`
		hide = `DELETE FROM displays WHERE report = ANY ($1)`
	)
	done = map[int64]bool{}
	return done, pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, lock+wait, ids)
		if err != nil {
			return err
		}
		locked, err := pgx.CollectRows(rows, pgx.RowTo[int64])
		if err != nil || len(locked) == 0 {
			return err
		}
		if rows, err = tx.Query(ctx, find, locked); err != nil {
			return err
		}
		w := s.writer.rows()
		gone := []int64{}
		var (
			r     report.Report
			facts []report.Fact
		)
		_, err = pgx.ForEachRow(rows, []any{&r, &facts}, func() error {
			done[int64(r.ID)] = true
			if d := displayOf(&r, facts, s.Sensitive); d != nil {
				w.displays.add("", d)
			} else {
				gone = append(gone, int64(r.ID))
			}
			r, facts = report.Report{}, nil
			return nil
		})
		if err == nil && len(gone) > 0 {
			_, err = tx.Exec(ctx, hide, gone)
		}
		if err == nil && !w.displays.empty() {
			err = w.write(ctx, tx.Conn())
		}
		if err == nil {
			s.writer.done(w)
		}
		return err
	})
}
