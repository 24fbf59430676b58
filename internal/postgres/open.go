package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var _ ledger.RollReader = (*Reader)(nil)

// open is what the statuses have in common of reports that somebody works on, as the indexes of them say it.
const open = `status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened')`

// Opens is what rooms have open (ledger.RollReader). It reads the reports that are shown, and of the others an index alone.
func (s *Reader) Opens(ctx context.Context, rooms []string, at, soon time.Time, most int) (map[string]ledger.OpenList, error) {
	const (
		count = `
SELECT agency, count(*), count(*) FILTER (WHERE next_due < $2) FROM reports WHERE agency = ANY ($1) AND ` + open + ` GROUP BY agency`
		limits = `
SELECT agency, next_from, next_due FROM reports WHERE agency = ANY ($1) AND ` + open + ` AND next_due >= $2 AND next_due < $3`
		first = `
SELECT o.agency, r.doc FROM unnest($1::text[]) AS o (agency), LATERAL (
    SELECT doc FROM reports WHERE agency = o.agency AND ` + open + `
    ORDER BY (coalesce(doc ->> 'emergency', '') <> 'true'), next_due, filed, id LIMIT $2) r`
	)
	out := map[string]ledger.OpenList{}
	var room string
	read := func(sql string, into []any, each func(l *ledger.OpenList), args ...any) error {
		rows, err := s.db.Query(ctx, sql, args...)
		if err != nil {
			return fmt.Errorf("read the open lists: %w", err)
		}
		if _, err = pgx.ForEachRow(rows, append([]any{&room}, into...), func() error {
			l := out[room]
			each(&l)
			out[room] = l
			return nil
		}); err != nil {
			return fmt.Errorf("read the open lists: %w", err)
		}
		return nil
	}
	var all, late int
	if err := read(count, []any{&all, &late}, func(l *ledger.OpenList) { l.Open, l.Late = all, late }, rooms, at); err != nil {
		return nil, err
	}
	var limit ledger.Limit
	if err := read(limits, []any{&limit.From, &limit.Due}, func(l *ledger.OpenList) { l.Soon = append(l.Soon, limit) }, rooms, at, soon); err != nil {
		return nil, err
	}
	var doc *report.Report
	return out, read(first, []any{&doc}, func(l *ledger.OpenList) { l.First, doc = append(l.First, *doc), nil }, rooms, most)
}
