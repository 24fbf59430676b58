-- +goose Up
-- When each of the people of the desk last did something to a report or in a call.
ALTER TABLE operators ADD COLUMN acted timestamptz;
UPDATE operators o SET acted = f.at
FROM (SELECT doc -> 'by' ->> 'id' AS id, max(at) AS at FROM facts WHERE doc -> 'by' ->> 'role' IN ('operator', 'coordinator') GROUP BY 1) f
WHERE f.id = o.id;
-- Whose open calls are whose: few are open at a time.
CREATE INDEX calls_taken ON calls ((doc -> 'taken' ->> 'id')) WHERE open;
