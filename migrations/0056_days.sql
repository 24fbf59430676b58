-- +goose Up
-- The courses of reports that are over, those of one day packed together: figures of a month read some dozens of rows in place of tens of
-- thousands. A day is that of the filing, in UTC. courses is not compressed: each reading would have to take that back.
CREATE TABLE figure_days (
    day     date PRIMARY KEY,
    until   timestamptz NOT NULL, -- when the last of its reports was over
    reports int NOT NULL,
    courses bytea NOT NULL
);
ALTER TABLE figure_days ALTER courses SET STORAGE EXTERNAL;
-- packed is the day whose row holds a report's course; loose says that it is read by itself, as it is or has become since.
ALTER TABLE figures ADD COLUMN loose boolean NOT NULL DEFAULT true, ADD COLUMN packed date;
DROP INDEX figures_touched;
CREATE INDEX figures_touched ON figures USING gist (tstzrange(filed, until, '[]')) WHERE loose;
CREATE INDEX figures_stale ON figures (packed) WHERE loose AND packed IS NOT NULL;
-- Whoever changes a row, an older program too, takes it out of its day.
-- +goose StatementBegin
CREATE FUNCTION figures_loosen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.loose := true;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER figures_loosen BEFORE UPDATE ON figures FOR EACH ROW
    WHEN (NOT OLD.loose AND (OLD.course IS DISTINCT FROM NEW.course OR OLD.form IS DISTINCT FROM NEW.form OR OLD.until IS DISTINCT FROM NEW.until
        OR OLD.delivered IS DISTINCT FROM NEW.delivered OR OLD.undelivered IS DISTINCT FROM NEW.undelivered))
    EXECUTE FUNCTION figures_loosen();
