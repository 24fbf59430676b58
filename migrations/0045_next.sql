-- +goose Up
-- When the clock of an open report runs that is due next, and since when: by it roll calls count and order what an office has open
-- without reading it. The program writes both beside doc, for a time is not read from text in SQL that is kept. What is open now gets
-- its own here; what is over is asked for none.
ALTER TABLE reports ADD COLUMN next_from timestamptz, ADD COLUMN next_due timestamptz;
UPDATE reports SET next_from = n.since, next_due = n.due
FROM (
    SELECT r.id, t.since, t.due FROM reports r, LATERAL (
        SELECT (c ->> 'from')::timestamptz AS since, (c ->> 'due')::timestamptz AS due FROM jsonb_array_elements(r.doc -> 'terms') AS c
        WHERE c ->> 'met' IS NULL AND c ->> 'stage' <> 'verify' AND c ->> 'due' NOT LIKE '0001-%'
        UNION ALL
        SELECT r.filed, r.due WHERE jsonb_array_length(coalesce(nullif(r.doc -> 'terms', 'null'), '[]')) = 0 AND r.doc ->> 'answered' IS NULL AND r.due IS NOT NULL
        ORDER BY due LIMIT 1) t
    WHERE r.status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened')) n
WHERE n.id = reports.id;
-- The open list of an office in the order in which it is read: danger, then what is due first. What is counted stands in it.
CREATE INDEX reports_next ON reports (agency, (coalesce(doc ->> 'emergency', '') <> 'true'), next_due, filed, id) INCLUDE (next_from)
    WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened');
