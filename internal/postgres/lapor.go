package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

var (
	_ ledger.LaporReader = (*Reader)(nil)
	_ ledger.SpanReader  = (*Reader)(nil)
)

// What is looked up by many numbers is looked up one by one: whatever the database thinks of its tables, or thought of them when it made
// the plan, it never reads one through.

// Tracked finds reports by their numbers in LAPOR!.
func (s *Reader) Tracked(ctx context.Context, numbers []string) (map[string]ledger.Tracked, error) {
	const find = `
SELECT n, (r -> 'id')::bigint, r -> 'mirror', (r -> 'erased')::boolean FROM (
    SELECT n, (SELECT jsonb_build_object('id', id, 'mirror', doc -> 'mirror', 'erased', doc ? 'erased') FROM reports WHERE tracking = n) AS r
    FROM unnest($1::text[]) AS n) AS found WHERE r IS NOT NULL`
	rows, err := s.db.Query(ctx, find, numbers)
	if err != nil {
		return nil, fmt.Errorf("find reports by their numbers in LAPOR!: %w", err)
	}
	out := make(map[string]ledger.Tracked, len(numbers))
	var t ledger.Tracked
	var number string
	var mirror []byte
	if _, err := pgx.ForEachRow(rows, []any{&number, &t.ID, &mirror, &t.Erased}, func() error {
		t.Mirror = report.Mirror{}
		err := json.Unmarshal(mirror, &t.Mirror)
		out[number] = t
		return err
	}); err != nil {
		return nil, fmt.Errorf("find reports by their numbers in LAPOR!: %w", err)
	}
	return out, nil
}

// Sighted are what is known of numbers besides.
func (s *Reader) Sighted(ctx context.Context, numbers []string) (map[string]ledger.Sighting, error) {
	rows, err := s.db.Query(ctx, `
SELECT n, (r -> 'seen')::text::jsonb #>> '{}', (r -> 'erased')::boolean FROM (
    SELECT n, (SELECT jsonb_build_object('seen', seen, 'erased', erased) FROM sightings WHERE tracking = n) AS r FROM unnest($1::text[]) AS n) AS found
WHERE r IS NOT NULL`, numbers)
	if err != nil {
		return nil, fmt.Errorf("read which files told of reports: %w", err)
	}
	out := map[string]ledger.Sighting{}
	var number, day string
	var erased bool
	if _, err := pgx.ForEachRow(rows, []any{&number, &day, &erased}, func() error {
		at, err := time.Parse(time.DateOnly, day)
		out[number] = ledger.Sighting{Day: at, Erased: erased}
		return err
	}); err != nil {
		return nil, fmt.Errorf("read which files told of reports: %w", err)
	}
	return out, nil
}

// sighted keeps the later day of each number, in the order of the numbers, so that two at once wait for each other in one order.
func (s *Store) sighted(ctx context.Context, tx pgx.Tx, c ledger.Sighted) error {
	const (
		put = `
INSERT INTO sightings (tracking, seen) SELECT DISTINCT n, $2::date FROM unnest($1::text[]) AS n ORDER BY n
ON CONFLICT (tracking) DO UPDATE SET seen = greatest(sightings.seen, excluded.seen)`
		later = `SELECT EXISTS (SELECT FROM unnest($1::text[]) AS n WHERE (SELECT seen FROM sightings WHERE tracking = n) > $2::date)`
	)
	if _, err := tx.Exec(ctx, put, c.Numbers, c.Day); err != nil || len(c.Moved) == 0 {
		return err
	}
	var overtaken bool
	if err := tx.QueryRow(ctx, later, c.Moved, c.Day).Scan(&overtaken); err != nil {
		return err
	}
	if overtaken {
		return ledger.ErrStale
	}
	return nil
}

// Owing lists the reports of which something has to be typed into LAPOR!.
func (s *Reader) Owing(ctx context.Context, limit int) ([]report.Report, error) {
	const find = `SELECT doc FROM reports WHERE doc #>> '{mirror,owing}' IS NOT NULL ORDER BY filed, id LIMIT $1`
	return many[report.Report](ctx, s, "list what is to be typed into LAPOR!", find, limit)
}

// HandingOver lists the reports that somebody types into LAPOR! since before a time.
func (s *Reader) HandingOver(ctx context.Context, before time.Time, limit int) ([]report.Report, error) {
	const find = `
SELECT doc FROM reports WHERE doc #>> '{mirror,asked}' IS NOT NULL AND tracking IS NULL AND (doc #>> '{mirror,asked}')::timestamptz < $1
ORDER BY (doc #>> '{mirror,asked}')::timestamptz, id LIMIT $2`
	return many[report.Report](ctx, s, "list what is handed over to LAPOR!", find, before, limit)
}

// Between are reports by the time they came in.
func (s *Reader) Between(ctx context.Context, from, to time.Time, after ledger.Mark, limit int) ([]report.Report, error) {
	const find = `SELECT doc FROM reports WHERE filed >= $1 AND filed < $2 AND filed >= $3 AND (filed, id) > ($3, $4) ORDER BY filed, id LIMIT $5`
	return many[report.Report](ctx, s, "read the reports of a time", find, from, to, after.Filed, int64(after.ID), limit)
}

// Unlinked are those of them that have no number in LAPOR!.
func (s *Reader) Unlinked(ctx context.Context, from, to time.Time, after ledger.Mark, limit int) ([]report.Report, error) {
	const find = `
SELECT doc FROM reports WHERE tracking IS NULL AND filed >= $1 AND filed < $2 AND filed >= $3 AND (filed, id) > ($3, $4) ORDER BY filed, id LIMIT $5`
	return many[report.Report](ctx, s, "read the reports of a time that are here alone", find, from, to, after.Filed, int64(after.ID), limit)
}

// Channels count reports by their channels.
func (s *Reader) Channels(ctx context.Context, from, to time.Time) ([]ledger.ChannelCount, error) {
	const count = `
SELECT * FROM (SELECT coalesce(nullif(doc ->> 'via', ''), CASE WHEN doc ->> 'how' IN ('counter', 'phone', 'letter', 'social', 'leader') THEN doc ->> 'how' END,
        nullif(split_part(reporter, ':', 1), ''), 'unknown') AS channel,
    count(*) AS n, count(*) FILTER (WHERE doc ->> 'answered' IS NOT NULL), count(*) FILTER (WHERE tracking IS NOT NULL),
    count(*) FILTER (WHERE tracking IS NOT NULL AND coalesce(doc #>> '{mirror,word}', '') <> '')
FROM reports WHERE filed >= $1 AND filed < $2 AND status <> 'merged' GROUP BY 1) AS c ORDER BY n DESC, channel COLLATE "C"`
	rows, err := s.db.Query(ctx, count, from, to)
	if err != nil {
		return nil, fmt.Errorf("count the channels: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.ChannelCount])
	if err != nil {
		return nil, fmt.Errorf("count the channels: %w", err)
	}
	return all, nil
}

// Taken are those of some report numbers that a report has.
func (s *Reader) Taken(ctx context.Context, codes []report.Code) (map[report.Code]bool, error) {
	rows, err := s.db.Query(ctx, `SELECT c FROM unnest($1::text[]) AS c WHERE (SELECT id FROM reports WHERE code = c) IS NOT NULL`, codes)
	if err != nil {
		return nil, fmt.Errorf("look for report numbers: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[report.Code])
	if err != nil {
		return nil, fmt.Errorf("look for report numbers: %w", err)
	}
	out := make(map[report.Code]bool, len(all))
	for _, c := range all {
		out[c] = true
	}
	return out, nil
}
