-- +goose Up
-- What the coordinator set against chats that misuse the channel: the last measure of each; the acts are facts of reports.
CREATE TABLE conducts (
    chat  text PRIMARY KEY,
    until timestamptz NOT NULL,
    doc   jsonb NOT NULL
);
CREATE INDEX conducts_until ON conducts (until);
-- Reports that wait for the coordinator's look.
CREATE INDEX reports_quarantined ON reports (filed, id) WHERE status = 'quarantined';
