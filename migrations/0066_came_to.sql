-- +goose NO TRANSACTION
-- +goose Up
-- Who came to another's report, and by what: what such a person said there is found also when he or she has left it.
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('facts_came') AND NOT indisvalid) THEN
        DROP INDEX facts_came; -- an earlier try was broken off
    END IF;
END $$;
-- +goose StatementEnd
CREATE INDEX CONCURRENTLY IF NOT EXISTS facts_came ON facts USING gin ((doc -> 'by') jsonb_path_ops, (doc -> 'with') jsonb_path_ops)
    WHERE what IN ('followed', 'joined', 'rehomed');
