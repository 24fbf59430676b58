package bench

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/profile"
)

// fillAtOnce is how many reports one statement adds.
const fillAtOnce = 50_000

// What is added of the reports from $1 to $2.
const (
	addReports = `
INSERT INTO reports (id, code, cause, reporter, filed, due, doc)
SELECT i, 'SRG-' || i, 'c' || i, 'whatsapp:62' || i % ($3 / 3 + 1) || '@s', filed, filed + interval '3 days', jsonb_build_object(
    'id', i, 'code', 'SRG-' || i, 'rev', 4, 'status', CASE WHEN filed > now() - interval '14 days' THEN 'assigned' ELSE 'closed' END,
    'agency', ($4::text[])[1 + i % cardinality($4::text[])], 'category', ($5::text[])[1 + i / 7 % cardinality($5::text[])], 'kind', 'pengaduan', 'vis', 'biasa',
    'text', 'lampu jalan di jl veteran ' || i % 500 || ' dpn pasar padam sejak kemarin' || CASE WHEN i % 1000 = 0 THEN ' langka' ELSE '' END,
    'reporter', jsonb_build_object('network', 'whatsapp', 'id', '62' || i % ($3 / 3 + 1) || '@s'), 'filed', filed, 'due', filed + interval '3 days',
    'place', jsonb_build_object('area', ($6::text[])[1 + i % cardinality($6::text[])], 'district', left(($6::text[])[1 + i % cardinality($6::text[])], 8),
        'pin', jsonb_build_object('lat', -6.05 - (i * 7919 % 10000) / 66666.0, 'lon', 106.1 + (i * 104729 % 10000) / 66666.0)))
FROM (SELECT i, now() - interval '1095 days' * ($3 - i) / $3 AS filed FROM generate_series($1::bigint, $2) AS i) r`
	addFacts = `
INSERT INTO facts (report, seq, at, what, doc)
SELECT r.id, f.seq, r.filed + f.after, f.what, jsonb_strip_nulls(jsonb_build_object('report', r.id, 'seq', f.seq, 'at', r.filed + f.after, 'what', f.what,
    'agency', CASE WHEN f.seq < 3 THEN r.agency END, 'category', CASE WHEN f.seq = 1 THEN r.category END, 'place', CASE WHEN f.seq = 1 THEN r.doc -> 'place' END,
    'by', jsonb_build_object('role', f.role, 'home', CASE WHEN f.role = 'operator' THEN r.agency ELSE '' END), 'words', CASE WHEN f.what IN ('filed', 'answered') THEN r.doc -> 'text' END,
    'verdict', CASE WHEN f.what = 'judged' THEN 'beres' END))
FROM reports r, LATERAL (VALUES (1, interval '0', 'filed', 'citizen'), (2, interval '0', 'assigned', 'system'), (3, interval '1 hour' * (1 + r.id % 90), 'answered', 'operator'),
    (4, interval '1 hour' * (100 + r.id % 200), 'resolved', 'operator'), (5, interval '1 hour' * (320 + r.id % 10), 'judged', 'citizen')) AS f (seq, after, what, role)
WHERE r.id BETWEEN $1 AND $2 AND (r.status = 'closed' OR f.seq < 3)`
	addLetters = `
INSERT INTO letters (key, network, lane, report, purpose, fold, state, ref, done, created, doc)
SELECT 'k' || r.id || '/' || n, CASE n WHEN 1 THEN 'whatsapp' ELSE 'desk' END, CASE n WHEN 1 THEN r.reporter ELSE 'telegram:-100' END, r.id, CASE n WHEN 1 THEN 'notice' ELSE 'card' END,
    '', 'sent', CASE n WHEN 1 THEN r.reporter ELSE 'telegram:-100' END || '#' || r.id, r.filed, r.filed, json_build_object('Key', 'k' || r.id || '/' || n, 'Report', r.id, 'Message', json_build_object('text', r.doc ->> 'text'))
FROM reports r, generate_series(1, 2) AS n WHERE r.id BETWEEN $1 AND $2`
)

// fillStore adds reports of three years, as many each day, with four facts and two letters each. Those of the last two weeks are open;
// one in a thousand has a rare word. All of it is made up.
func fillStore(ctx context.Context, pool *pgxpool.Pool, p *profile.Profile, n int) error {
	var offices, categories, areas []string
	for _, a := range p.Agencies {
		offices = append(offices, a.Code)
	}
	for _, c := range p.Categories {
		categories = append(categories, c.Code)
	}
	for _, a := range p.Areas {
		areas = append(areas, a.Code)
	}
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	// What is made up whole needs no check row by row, and an index of many words is made faster at the end.
	var words string
	if err := conn.QueryRow(ctx, `SELECT pg_get_indexdef('reports_words'::regclass)`).Scan(&words); err != nil {
		return fmt.Errorf("read an index: %w", err)
	}
	for _, sql := range []string{`SET session_replication_role = replica`, `DROP INDEX reports_words`} {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("make ready to fill: %w", err)
		}
	}
	for from := 1; from <= n; from += fillAtOnce {
		to := min(n, from+fillAtOnce-1)
		if _, err := conn.Exec(ctx, addReports, from, to, n, offices, categories, areas); err != nil {
			return fmt.Errorf("add reports: %w", err)
		}
		for _, add := range []string{addFacts, addLetters} {
			if _, err := conn.Exec(ctx, add, from, to); err != nil {
				return fmt.Errorf("add facts and letters: %w", err)
			}
		}
	}
	for _, sql := range []string{words, `RESET session_replication_role`, `DELETE FROM settings WHERE name = 'figures'`} { // they are counted when it is opened
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("end the filling: %w", err)
		}
	}
	return nil
}
