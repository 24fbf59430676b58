-- +goose Up
-- What figures need of each report, packed (report.Course), and how much of its news arrived. until is when the last of that
-- happened, NULL while the report is open: a time is asked for by the reports that it touches.
ALTER TABLE figures
    ADD COLUMN course      bytea NOT NULL DEFAULT '',
    ADD COLUMN until       timestamptz,
    ADD COLUMN delivered   int NOT NULL DEFAULT 0,
    ADD COLUMN undelivered int NOT NULL DEFAULT 0;
CREATE INDEX figures_touched ON figures USING gist (tstzrange(filed, until, '[]'));
-- A new house has nothing to count.
UPDATE settings SET value = '2' WHERE name = 'figures' AND NOT EXISTS (SELECT FROM reports);
