package postgres

import (
	"context"
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// Courses gives the courses of all reports that have anything to do with a time: filed before its end, and not over before it began
// (ledger.Courses).
func (s *Figures) Courses(ctx context.Context, from, to time.Time, each func(*report.Course)) error {
	if !from.Before(to) {
		return nil
	}
	if err := s.Count(ctx); err != nil {
		return err
	}
	var older []report.Course
	// Both parts are of one moment: what becomes loose meanwhile is in one of them, and not in both.
	err := pgx.BeginTxFunc(ctx, s.db, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) (err error) {
		var unpack report.Unpacker
		if err := s.days(ctx, tx, from, to, &unpack, each); err != nil {
			return err
		}
		older, err = s.loose(ctx, tx, from, to, &unpack, each)
		return err
	})
	if err != nil {
		return fmt.Errorf("read the courses of reports: %w", err)
	}
	for _, o := range older {
		c, err := s.anew(ctx, o.Report)
		if err != nil {
			return fmt.Errorf("fold the facts of a report: %w", err)
		}
		if c.Delivered, c.Undelivered = o.Delivered, o.Undelivered; c.Filed.Before(to) && (c.Ended.IsZero() || !c.Until().Before(from)) {
			each(&c)
		}
	}
	return nil
}

// loose gives the courses that are in no day; older are those that an older program beside this one wrote, which are folded anew.
func (s *Figures) loose(ctx context.Context, tx pgx.Tx, from, to time.Time, unpack *report.Unpacker, each func(*report.Course)) (older []report.Course, err error) {
	const find = `
SELECT report, form, course, delivered, undelivered FROM figures WHERE loose AND tstzrange(filed, until, '[]') && tstzrange($1, $2, '[)')`
	rows, err := tx.Query(ctx, find, from, to)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var (
		c   report.Course
		row courseRow
	)
	for rows.Next() {
		err := row.read(rows)
		c.Report, c.Delivered, c.Undelivered = row.report, row.delivered, row.undelivered
		if err == nil && row.form != figureForm {
			older = append(older, report.Course{Report: c.Report, Delivered: c.Delivered, Undelivered: c.Undelivered})
			continue
		}
		if err == nil {
			err = unpack.Unpack(&c, row.packed)
		}
		if err != nil {
			return nil, err
		}
		each(&c)
	}
	return older, rows.Err()
}

// courseRow is a row of figures as Courses asks for it. packed is the connection's own memory, until the next row.
type courseRow struct {
	report                       report.ID
	form, delivered, undelivered int
	packed                       pgtype.DriverBytes
}

// read reads the row that has come. A month has tens of thousands of them: as the database sends numbers, nothing has to be looked up
// for each.
func (r *courseRow) read(rows pgx.Rows) error {
	of, raw := rows.FieldDescriptions(), rows.RawValues()
	sizes := [...]int{8, 4, -1, 4, 4}
	for i, n := range sizes {
		if i >= len(raw) || of[i].Format != pgtype.BinaryFormatCode || n > 0 && len(raw[i]) != n {
			return rows.Scan(&r.report, &r.form, &r.packed, &r.delivered, &r.undelivered)
		}
	}
	number := func(b []byte) int { return int(int32(binary.BigEndian.Uint32(b))) }
	r.report = report.ID(binary.BigEndian.Uint64(raw[0]))
	r.form, r.packed, r.delivered, r.undelivered = number(raw[1]), raw[2], number(raw[3]), number(raw[4])
	return nil
}

// anew folds the facts of one report.
func (s *Figures) anew(ctx context.Context, id report.ID) (c report.Course, err error) {
	const (
		whole = `SELECT doc FROM reports WHERE id = $1`
		told  = `SELECT doc FROM facts WHERE report = $1 ORDER BY seq`
	)
	var r report.Report
	if err := s.db.QueryRow(ctx, whole, id).Scan(&r); err != nil {
		return c, err
	}
	facts, err := docs[report.Fact](ctx, s.db, told, id)
	return report.CourseOf(r, facts), err
}

// told counts what became of the news of reports that their letters still tell of. It is a statement of its own, after what it counts
// was written: within that transaction it would wait for those that write in another order.
func told(ctx context.Context, db interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}, ids ...int64) error {
	const count = `
UPDATE figures SET delivered = greatest(delivered, l.sent), undelivered = greatest(undelivered, l.failed)
FROM (SELECT report, count(*) FILTER (WHERE state = 'sent') AS sent, count(*) FILTER (WHERE state = 'failed') AS failed FROM letters
      WHERE report = ANY ($1) AND purpose = 'notice' GROUP BY report) l
WHERE figures.report = ANY ($1) AND figures.report = l.report AND (delivered < l.sent OR undelivered < l.failed)`
	_, err := db.Exec(ctx, count, ids)
	return err
}

// toldOf counts what became of news, each report once. What cannot be counted now is counted with the next news of its report.
func (s *Store) toldOf(ctx context.Context, fates []outbox.Fate) {
	seen := map[report.ID]bool{}
	for _, f := range fates {
		if f.Notice != 0 && !seen[f.Notice] {
			seen[f.Notice] = true
			_ = told(ctx, s.Pool, int64(f.Notice))
		}
	}
}

// Stories gives all reports with all their facts, in the order of filing, and how much of their news arrived and did not.
func (s *Figures) Stories(ctx context.Context, each func(r report.Report, facts []report.Fact, delivered, undelivered int) error) error {
	const find = `
SELECT r.doc, array(SELECT f.doc FROM facts f WHERE f.report = r.id ORDER BY f.seq), g.delivered, g.undelivered
FROM reports r JOIN figures g ON g.report = r.id WHERE (r.filed, r.id) > ($1, $2) ORDER BY r.filed, r.id LIMIT 500`
	if err := s.Count(ctx); err != nil {
		return err
	}
	type story struct {
		report       report.Report
		facts        []report.Fact
		sent, failed int
	}
	last := report.Report{ID: math.MinInt64, Filed: time.Unix(0, 0)}
	for {
		rows, err := s.db.Query(ctx, find, last.Filed, last.ID)
		if err != nil {
			return fmt.Errorf("read all facts: %w", err)
		}
		page, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (one story, err error) {
			return one, row.Scan(&one.report, &one.facts, &one.sent, &one.failed)
		})
		if err != nil {
			return fmt.Errorf("read all facts: %w", err)
		}
		for _, one := range page {
			if err := each(one.report, one.facts, one.sent, one.failed); err != nil {
				return err
			}
			last = one.report
		}
		if len(page) == 0 {
			return nil
		}
	}
}
