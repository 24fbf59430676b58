-- +goose Up
-- Reports that are in SP4N LAPOR! too: by their number there, those that somebody is typing in and has no number of yet, and those of
-- which something was said that is not typed in there. A number is one report's, whoever enters it first.
ALTER TABLE reports ADD COLUMN tracking text GENERATED ALWAYS AS (nullif(doc #>> '{mirror,number}', '')) STORED;
CREATE UNIQUE INDEX reports_tracking ON reports (tracking) WHERE tracking IS NOT NULL;
CREATE INDEX reports_handed ON reports ((doc #>> '{mirror,asked}')) WHERE doc #>> '{mirror,asked}' IS NOT NULL AND tracking IS NULL;
CREATE INDEX reports_owing ON reports (id) WHERE doc #>> '{mirror,owing}' IS NOT NULL;
