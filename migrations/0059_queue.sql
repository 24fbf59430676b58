-- +goose NO TRANSACTION
-- +goose Up
-- Letters that are not over yet stand in a small table of their own, and where sent ones lie in a narrow one: what becomes of a letter
-- changes no index of the great table any more, so that its rows are written over in place. The database keeps both by itself, whoever
-- writes letters, so that programs of two versions may run beside each other. Each step may be taken again; none holds the letters for longer
-- than a moment, but whoever still asks the old indexes reads the whole table from the end on.
CREATE TABLE IF NOT EXISTS queue (
    id      bigint PRIMARY KEY,
    network text NOT NULL,
    lane    text NOT NULL,
    fold    text NOT NULL, -- '' for replies, which fold in the sender alone
    purpose text NOT NULL,
    state   text NOT NULL,
    cold    boolean NOT NULL,
    created timestamptz NOT NULL,
    hold    timestamptz,
    again   timestamptz
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 500, autovacuum_analyze_scale_factor = 0.1,
    autovacuum_analyze_threshold = 500, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX IF NOT EXISTS queue_warm ON queue (network, id) WHERE NOT cold;
CREATE INDEX IF NOT EXISTS queue_lane ON queue (lane, fold);
CREATE TABLE IF NOT EXISTS places (
    ref    text NOT NULL,
    letter bigint NOT NULL,
    PRIMARY KEY (ref, letter)
);
-- Both find their rows by an index, however small the tables were when a plan was made.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION letters_written() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    INSERT INTO queue (id, network, lane, fold, purpose, state, cold, created, hold, again)
    SELECT id, network, lane, CASE purpose WHEN 'reply' THEN '' ELSE fold END, purpose, state, state = 'cold', created, hold, again
    FROM came WHERE state IN ('waiting', 'sending', 'cold');
    INSERT INTO places (ref, letter) SELECT ref, id FROM came WHERE ref IS NOT NULL;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION letters_changed() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM queue WHERE id = ANY (ARRAY(SELECT id FROM came WHERE state NOT IN ('waiting', 'sending', 'cold')));
    INSERT INTO queue AS q (id, network, lane, fold, purpose, state, cold, created, hold, again)
    SELECT id, network, lane, CASE purpose WHEN 'reply' THEN '' ELSE fold END, purpose, state, state = 'cold', created, hold, again
    FROM came WHERE state IN ('waiting', 'sending', 'cold')
    ON CONFLICT (id) DO UPDATE SET network = excluded.network, lane = excluded.lane, fold = excluded.fold, purpose = excluded.purpose,
        state = excluded.state, cold = excluded.cold, created = excluded.created, hold = excluded.hold, again = excluded.again
    WHERE q IS DISTINCT FROM excluded;
    DELETE FROM places WHERE (ref, letter) IN (SELECT ref, id FROM was WHERE ref IS NOT NULL EXCEPT SELECT ref, id FROM came);
    INSERT INTO places (ref, letter) SELECT ref, id FROM came WHERE ref IS NOT NULL EXCEPT SELECT ref, id FROM was ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION letters_gone() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
BEGIN
    DELETE FROM queue WHERE id = ANY (ARRAY(SELECT id FROM was));
    DELETE FROM places WHERE (ref, letter) IN (SELECT ref, id FROM was WHERE ref IS NOT NULL);
    RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
DO $$
BEGIN
    LOCK TABLE letters IN SHARE ROW EXCLUSIVE MODE; -- who writes waits until what waits is in the queue
    IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = 'letters'::regclass AND tgname = 'letters_written') THEN
        CREATE TRIGGER letters_written AFTER INSERT ON letters REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION letters_written();
        CREATE TRIGGER letters_changed AFTER UPDATE ON letters REFERENCING OLD TABLE AS was NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION letters_changed();
        CREATE TRIGGER letters_gone AFTER DELETE ON letters REFERENCING OLD TABLE AS was FOR EACH STATEMENT EXECUTE FUNCTION letters_gone();
        INSERT INTO queue SELECT id, network, lane, CASE purpose WHEN 'reply' THEN '' ELSE fold END, purpose, state, state = 'cold', created, hold, again
        FROM letters WHERE state IN ('waiting', 'sending') UNION ALL
        SELECT id, network, lane, CASE purpose WHEN 'reply' THEN '' ELSE fold END, purpose, state, true, created, hold, again FROM letters WHERE state = 'cold';
    END IF;
END $$;
-- +goose StatementEnd
-- What was sent long ago, bit by bit: each is committed.
-- +goose StatementBegin
DO $$
DECLARE
    past bigint := 0;
    last bigint := (SELECT max(id) FROM letters);
BEGIN
    WHILE past < last LOOP
        INSERT INTO places (ref, letter) SELECT ref, id FROM letters WHERE id > past AND id <= past + 50000 AND ref IS NOT NULL ON CONFLICT DO NOTHING;
        COMMIT;
        past := past + 50000;
    END LOOP;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_index WHERE indexrelid = to_regclass('letters_cards') AND NOT indisvalid) THEN
        DROP INDEX letters_cards; -- an earlier try was broken off
    END IF;
END $$;
-- +goose StatementEnd
CREATE INDEX CONCURRENTLY IF NOT EXISTS letters_cards ON letters (fold, id DESC) WHERE purpose = 'refresh';
DROP INDEX CONCURRENTLY IF EXISTS letters_refreshed;
DROP INDEX CONCURRENTLY IF EXISTS letters_ref;
DROP INDEX CONCURRENTLY IF EXISTS letters_unfinished;
DROP INDEX CONCURRENTLY IF EXISTS letters_cold;
DROP INDEX CONCURRENTLY IF EXISTS letters_folding;
ALTER TABLE letters SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.01, autovacuum_analyze_scale_factor = 0.02);
