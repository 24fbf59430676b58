package postgres

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"

	"rabeg/internal/report"
)

// What is over for long is packed by the day: see migrations, figure_days. A report whose course was long stays by itself, else the days
// before a month could not be left out of it.
const (
	longCourse = "45 days"
	// packDays is how far back PackDays looks for what is over by now.
	packDays = 75
	// packWait is how long packing a day waits for others who count the same reports, and perhaps for it: it gives way before the database
	// would end one of the two (deadlock_timeout).
	packWait = "400ms"
)

// errDay says that a day's row is not what PackDays writes.
var errDay = errors.New("the courses of a day are damaged; rabeg stats --rebuild makes them anew")

// PackDays packs the courses of reports that were over before a time, those filed on one day together. It goes day by day, and may be
// repeated, and done by several at once. The first time it takes all days, later the last ones, and those of which something
// has changed since. A day of which others count reports meanwhile is left to the next time.
func (s *Figures) PackDays(ctx context.Context, before time.Time) error {
	const (
		begun = `INSERT INTO settings (name, value) VALUES ('figure_days', '0') ON CONFLICT (name) DO NOTHING`
		known = `SELECT EXISTS (SELECT FROM settings WHERE name = 'figure_days' AND value = '1')`
		find  = `
SELECT (filed AT TIME ZONE 'UTC')::date AS day FROM figures WHERE loose AND until < $2 AND filed >= $1 AND filed < $2
UNION SELECT packed FROM figures WHERE loose AND packed IS NOT NULL ORDER BY day`
		keep = `UPDATE settings SET value = '1' WHERE name = 'figure_days' AND value = '0'` // unless all was made anew meanwhile
	)
	if _, err := s.db.Exec(ctx, begun); err != nil {
		return fmt.Errorf("say that days are being packed: %w", err)
	}
	var whole bool
	if err := s.db.QueryRow(ctx, known).Scan(&whole); err != nil {
		return fmt.Errorf("ask whether days were packed: %w", err)
	}
	var from time.Time
	if whole {
		from = before.AddDate(0, 0, -packDays)
	}
	rows, err := s.db.Query(ctx, find, from, before)
	if err != nil {
		return fmt.Errorf("find the days to pack: %w", err)
	}
	days, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
	if err != nil {
		return fmt.Errorf("find the days to pack: %w", err)
	}
	left := false
	for _, day := range days {
		err := s.packDay(ctx, day, before)
		if pe, ok := errors.AsType[*pgconn.PgError](err); ok && pe.Code == "55P03" { // lock_not_available
			left = true
			continue
		}
		if err != nil {
			return fmt.Errorf("pack the courses of a day: %w", err)
		}
	}
	if whole || left {
		return nil
	}
	if _, err := s.db.Exec(ctx, keep); err != nil {
		return fmt.Errorf("remember that days were packed: %w", err)
	}
	return nil
}

// packDay packs one day anew, where something of it was over since, or has changed: nothing of how it was is kept.
func (s *Figures) packDay(ctx context.Context, day, before time.Time) error {
	const (
		of    = `filed >= $1 AND filed < $1::timestamptz + interval '1 day'`
		date  = `($1::timestamptz AT TIME ZONE 'UTC')::date`
		ripe  = of + ` AND until < $2 AND until < filed + interval '` + longCourse + `' AND form = $3`
		look  = `SELECT EXISTS (SELECT FROM figures WHERE loose AND (packed IS NOT NULL AND ` + of + ` OR ` + ripe + `))`
		alone = `SELECT pg_advisory_xact_lock(hashtext('figure_days'), $1)`
		brief = `SET LOCAL lock_timeout = '` + packWait + `'`
		find  = `SELECT report, until, delivered, undelivered, course FROM figures WHERE ` + ripe + ` ORDER BY report FOR NO KEY UPDATE`
		put   = `
INSERT INTO figure_days (day, until, reports, courses) VALUES (` + date + `, $2, $3, $4)
ON CONFLICT (day) DO UPDATE SET until = excluded.until, reports = excluded.reports, courses = excluded.courses`
		none  = `DELETE FROM figure_days WHERE day = ` + date
		held  = `UPDATE figures SET packed = ` + date + `, loose = false WHERE report = ANY ($2) AND (loose OR packed IS NULL)`
		apart = `UPDATE figures SET packed = NULL, loose = true WHERE packed IS NOT NULL AND ` + of + ` AND NOT report = ANY ($2)`
	)
	var some bool
	if err := s.db.QueryRow(ctx, look, day, before, figureForm).Scan(&some); err != nil || !some {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, alone, int32(day.Unix()/(24*3600))); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, brief); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, find, day, before, figureForm)
		if err != nil {
			return err
		}
		ids := []int64{}
		var packed []byte
		var last time.Time
		var e dayEntry
		if _, err := pgx.ForEachRow(rows, []any{&e.report, &e.until, &e.delivered, &e.undelivered, &e.course}, func() error {
			ids = append(ids, int64(e.report))
			packed = e.pack(packed)
			if e.until.After(last) {
				last = e.until
			}
			return nil
		}); err != nil {
			return err
		}
		if len(ids) > 0 {
			_, err = tx.Exec(ctx, put, day, last, len(ids), packed)
		} else { // all of it goes on
			_, err = tx.Exec(ctx, none, day)
		}
		if err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, apart, day, ids); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, held, day, ids)
		return err
	})
}

// dayEntry is a course among those of its day.
type dayEntry struct {
	report                 report.ID
	until                  time.Time
	delivered, undelivered int
	course                 []byte
}

// pack writes an entry behind others: what is asked of it first stands first.
func (e dayEntry) pack(to []byte) []byte {
	to = binary.AppendUvarint(to, uint64(e.report))
	to = binary.AppendVarint(to, e.until.UnixMicro())
	to = binary.AppendUvarint(to, uint64(e.delivered))
	to = binary.AppendUvarint(to, uint64(e.undelivered))
	to = binary.AppendUvarint(to, uint64(len(e.course)))
	return append(to, e.course...)
}

// next reads an entry, and gives what is behind it. course is part of b.
func (e *dayEntry) next(b []byte) (rest []byte, err error) {
	number := func() uint64 {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			err, b = errDay, nil
			return 0
		}
		b = b[n:]
		return v
	}
	e.report = report.ID(number())
	until, n := binary.Varint(b)
	if n <= 0 {
		return nil, errDay
	}
	b, e.until = b[n:], time.UnixMicro(until)
	e.delivered, e.undelivered = int(number()), int(number())
	long := number()
	if err != nil || long > uint64(len(b)) {
		return nil, errDay
	}
	e.course, b = b[:long], b[long:]
	return b, nil
}

// days gives the courses of the packed days that have anything to do with a time.
func (s *Figures) days(ctx context.Context, tx pgx.Tx, from, to time.Time, unpack *report.Unpacker, each func(*report.Course)) error {
	const (
		stale = `
SELECT report FROM figures WHERE loose AND packed IS NOT NULL AND packed IN (SELECT day FROM figure_days WHERE until >= $1 AND day <= ($2::timestamptz AT TIME ZONE 'UTC')::date)`
		find = `SELECT courses FROM figure_days WHERE until >= $1 AND day <= ($2::timestamptz AT TIME ZONE 'UTC')::date ORDER BY day`
	)
	rows, err := tx.Query(ctx, stale, from, to)
	if err != nil {
		return err
	}
	gone := map[report.ID]bool{}
	var id report.ID
	if _, err := pgx.ForEachRow(rows, []any{&id}, func() error { gone[id] = true; return nil }); err != nil {
		return err
	}
	if rows, err = tx.Query(ctx, find, from, to); err != nil {
		return err
	}
	var c report.Course
	var e dayEntry
	var packed pgtype.DriverBytes
	_, err = pgx.ForEachRow(rows, []any{&packed}, func() error {
		for rest := []byte(packed); len(rest) > 0; {
			var err error
			if rest, err = e.next(rest); err != nil {
				return err
			}
			if gone[e.report] || e.until.Before(from) {
				continue
			}
			if err := unpack.Unpack(&c, e.course); err != nil {
				return err
			}
			if c.Report, c.Delivered, c.Undelivered = e.report, e.delivered, e.undelivered; c.Filed.Before(to) {
				each(&c)
			}
		}
		return nil
	})
	return err
}

// unpacked forgets the days, once every report was counted anew and so is by itself.
func (s *Figures) unpacked(ctx context.Context) error {
	const (
		apart  = `UPDATE figures SET packed = NULL, loose = true WHERE packed IS NOT NULL OR NOT loose`
		forget = `DELETE FROM figure_days`
		anew   = `DELETE FROM settings WHERE name = 'figure_days'`
	)
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		for _, sql := range []string{`LOCK TABLE figure_days IN SHARE ROW EXCLUSIVE MODE`, apart, forget, anew} {
			if _, err := tx.Exec(ctx, sql); err != nil {
				return err
			}
		}
		return nil
	})
}
