-- +goose NO TRANSACTION
-- +goose Up
-- The letters of a report, whatever they are for: what ends with a report is found without a look at all letters there are. It stands for
-- the two that knew its news and what the desk shows of it.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('letters_of_report') AND NOT indisvalid) THEN
        DROP INDEX letters_of_report; -- an earlier try was broken off
    END IF;
END $$;
-- +goose StatementEnd
CREATE INDEX CONCURRENTLY IF NOT EXISTS letters_of_report ON letters (report, id);
DROP INDEX CONCURRENTLY IF EXISTS letters_notices;
DROP INDEX CONCURRENTLY IF EXISTS letters_shown;
