-- +goose Up
-- Every report that somebody still has to act on has a timer for its clocks; those from before get theirs now. What each has to tell is
-- decided when it rings.
INSERT INTO timers (kind, subject, at, rev)
SELECT 'clock', 'report:' || id, now(), '' FROM reports
WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened', 'quarantined')
ON CONFLICT (subject, kind) DO NOTHING;
