package postgres

import (
	"context"
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

// Tracked finds reports by their numbers in LAPOR!.
func (s *Reader) Tracked(ctx context.Context, numbers []string) (map[string]report.Report, error) {
	const find = `SELECT doc FROM reports WHERE tracking = ANY ($1)`
	all, err := many[report.Report](ctx, s, "find reports by their numbers in LAPOR!", find, numbers)
	out := make(map[string]report.Report, len(all))
	for _, r := range all {
		out[r.Tracking()] = r
	}
	return out, err
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
	rows, err := s.db.Query(ctx, `SELECT code FROM reports WHERE code = ANY ($1)`, codes)
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
