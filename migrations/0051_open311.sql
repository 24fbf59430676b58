-- +goose Up
-- Other software that may file, with the hash of its key, and where its news are sent. It signs them with secret, which both sides know.
CREATE TABLE open311_clients (
    id         text PRIMARY KEY,
    name       text NOT NULL,
    hash       bytea NOT NULL CONSTRAINT open311_clients_hash UNIQUE,
    per_minute int NOT NULL,
    tokens     boolean NOT NULL,
    answers    boolean NOT NULL,
    hook       text NOT NULL,
    secret     text NOT NULL,
    private    boolean NOT NULL,
    added      timestamptz NOT NULL,
    ended      timestamptz
);

-- Which client brought a report. told is the last fact that it was told of, busy until when a job is at that.
CREATE TABLE open311_carried (
    report bigint PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
    client text NOT NULL,
    token  text NOT NULL CONSTRAINT open311_carried_token UNIQUE,
    at     timestamptz NOT NULL,
    told   int NOT NULL DEFAULT 1,
    busy   timestamptz
);
CREATE INDEX open311_carried_of ON open311_carried (client, report);

-- What a posting is known by when it is sent again: a keyed hash of who, what and where.
CREATE TABLE open311_prints (
    client text NOT NULL,
    print  bytea NOT NULL,
    report bigint NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    at     timestamptz NOT NULL,
    PRIMARY KEY (client, print)
);
CREATE INDEX open311_prints_at ON open311_prints (at);
