-- +goose NO TRANSACTION
-- +goose Up
-- What was handled lies in parts, one for each few days of causes (postgres.Store.Forget): what is old goes with its table, and nothing is looked
-- through for it. Which part takes causes now is the default of the column part, which changes under a lock that waits for all who
-- write: so two that bring the same cause at once always meet in one part, whatever any clock says. What there is becomes the first part
-- as it stands. Each step may be taken again, and none holds the table for longer than a moment: rows are looked at while others write.
CREATE TABLE IF NOT EXISTS handled_parts (
    part  int PRIMARY KEY,
    began timestamptz NOT NULL
);
-- An older program looks into one part alone, and there is one alone for some days.
INSERT INTO handled_parts (part, began) VALUES (1, now()) ON CONFLICT DO NOTHING;
-- +goose StatementBegin
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'handled'::regclass AND attname = 'part') THEN
        ALTER TABLE handled ADD COLUMN part int NOT NULL DEFAULT 1, ADD CONSTRAINT handled_part CHECK (part = 1) NOT VALID;
    END IF;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
DO $$
BEGIN
    IF (SELECT relkind FROM pg_class WHERE oid = 'handled'::regclass) = 'r' THEN
        ALTER TABLE handled VALIDATE CONSTRAINT handled_part;
    END IF;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
DO $$
BEGIN
    IF (SELECT relkind FROM pg_class WHERE oid = 'handled'::regclass) = 'r' THEN
        ALTER TABLE handled RENAME TO handled_1;
        ALTER INDEX handled_pkey RENAME TO handled_1_pkey;
        DROP INDEX IF EXISTS handled_at;
        CREATE TABLE handled (LIKE handled_1 INCLUDING DEFAULTS) PARTITION BY LIST (part);
        ALTER TABLE handled ATTACH PARTITION handled_1 FOR VALUES IN (1);
    END IF;
END $$;
-- +goose StatementEnd
