-- +goose Up
-- Whether a client has made sure that the phones it sends are people's own. Numbers that were taken from clients before were typed by anybody:
-- who has one by chance would have been given somebody else's report.
ALTER TABLE open311_clients ADD COLUMN IF NOT EXISTS phones boolean NOT NULL DEFAULT false;
UPDATE reports SET doc = doc - 'contact' WHERE id IN (SELECT c.report FROM contacts c JOIN open311_carried USING (report));
DELETE FROM contacts WHERE report IN (SELECT report FROM open311_carried);
