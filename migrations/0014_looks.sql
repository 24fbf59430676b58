-- +goose Up
-- Who looked at what is kept from others: only added to, each row with the hash of the one before it (ledger.Look, ledger.Chain).
CREATE TABLE looks (
    n      bigint PRIMARY KEY,
    at     timestamptz NOT NULL,
    who    text NOT NULL,
    act    text NOT NULL,
    report bigint NOT NULL,
    about  text NOT NULL,
    prev   text NOT NULL,
    hash   text NOT NULL
);
CREATE INDEX looks_report ON looks (report, n) WHERE report <> 0;
-- The end of the chain, in one row: who adds to the chain holds it, so that looks stand in one order; and looks that are cut off
-- at the end are missed.
CREATE TABLE looks_head (
    one  boolean PRIMARY KEY DEFAULT true CHECK (one),
    n    bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO looks_head (n, hash) VALUES (0, '');
-- Whoever may write to these tables cannot take back what was written. Who owns them can remove this first, which `rabeg audit
-- verify` finds.
-- +goose StatementBegin
CREATE FUNCTION looks_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who looked is only added to';
END $$;
-- +goose StatementEnd
CREATE TRIGGER looks_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON looks FOR EACH STATEMENT EXECUTE FUNCTION looks_stay();
CREATE TRIGGER looks_head_stays BEFORE DELETE OR TRUNCATE ON looks_head FOR EACH STATEMENT EXECUTE FUNCTION looks_stay();
CREATE TRIGGER looks_head_grows BEFORE UPDATE ON looks_head FOR EACH ROW WHEN (NEW.n <= OLD.n) EXECUTE FUNCTION looks_stay();
