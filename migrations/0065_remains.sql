-- +goose NO TRANSACTION
-- +goose Up
-- Reports whose reporter was erased and that still hold somebody else, oldest first: they age like all others.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('reports_remaining') AND NOT indisvalid) THEN
        DROP INDEX reports_remaining; -- an earlier try was broken off
    END IF;
END $$;
-- +goose StatementEnd
CREATE INDEX CONCURRENTLY IF NOT EXISTS reports_remaining ON reports (filed)
    WHERE status IN ('resolved', 'closed', 'rejected', 'merged', 'transferred') AND doc ? 'erased' AND doc ? 'remains';
