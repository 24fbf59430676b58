-- +goose Up
-- What waits to be sorted runs a clock, too: in the coordinator's list it counts like every other. What is open there now gets its own.
UPDATE reports SET next_from = n.since, next_due = n.due
FROM (
    SELECT r.id, t.since, t.due FROM reports r, LATERAL (
        SELECT (c ->> 'from')::timestamptz AS since, (c ->> 'due')::timestamptz AS due
        FROM jsonb_array_elements(CASE WHEN jsonb_typeof(r.doc -> 'terms') = 'array' THEN r.doc -> 'terms' ELSE '[]' END) AS c
        WHERE c ->> 'met' IS NULL AND c ->> 'due' NOT LIKE '0001-%' ORDER BY due LIMIT 1) t
    WHERE r.agency = '' AND r.status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened')) n
WHERE n.id = reports.id AND reports.next_due IS DISTINCT FROM n.due;
