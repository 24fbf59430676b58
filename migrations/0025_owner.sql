-- +goose NO TRANSACTION
-- +goose Up
-- A report has exactly one owner, whatever the program does: the coordinator (agency '') or one office while it is at home, besides
-- that nobody; somebody outside where it was handed over; the report that it was joined with. The same is told by Report.Owned.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION report_owned(status text, agency text, doc jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT CASE
        WHEN status IN ('received', 'quarantined') THEN agency = ''
        WHEN status = 'assigned' THEN agency <> ''
        WHEN status = 'transferred' THEN agency = '' AND coalesce(doc ->> 'owner', '') <> ''
        ELSE status IN ('in_progress', 'planned', 'reopened', 'resolved', 'closed', 'rejected', 'merged')
    END
    AND (status = 'merged') = (coalesce(doc #>> '{with,id}', '0') <> '0')
    AND coalesce(doc #>> '{with,id}' <> doc ->> 'id', true)
$$;
-- +goose StatementEnd
-- A row that was broken before this rule is left as it is and named at each start (Ownerless): it neither stops a migration nor a
-- backup that is put back. Nothing the program writes has it.
ALTER TABLE reports ADD COLUMN IF NOT EXISTS ownerless boolean NOT NULL DEFAULT false;
ALTER TABLE reports DROP CONSTRAINT IF EXISTS reports_owner;
ALTER TABLE reports ADD CONSTRAINT reports_owner CHECK (ownerless OR report_owned(status, agency, doc)) NOT VALID;
UPDATE reports SET ownerless = true WHERE NOT ownerless AND NOT report_owned(status, agency, doc);
ALTER TABLE reports VALIDATE CONSTRAINT reports_owner;
CREATE INDEX IF NOT EXISTS reports_ownerless ON reports (id) WHERE ownerless;
