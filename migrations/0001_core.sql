-- +goose Up
-- One row a handled cause: what makes every effect happen once.
CREATE TABLE handled (
    cause text PRIMARY KEY,
    at    timestamptz NOT NULL DEFAULT now()
);

-- A report as it stands after all its facts. doc is the whole of it; the columns beside it are what is searched.
CREATE TABLE reports (
    id         bigint PRIMARY KEY,
    code       text NOT NULL CONSTRAINT reports_code UNIQUE,
    cause      text NOT NULL CONSTRAINT reports_cause UNIQUE,
    rev        int NOT NULL,
    status     text NOT NULL,
    agency     text NOT NULL,
    category   text NOT NULL,
    kind       text NOT NULL,
    visibility text NOT NULL,
    reporter   text NOT NULL,
    area       text NOT NULL,
    district   text NOT NULL,
    lat        double precision,
    lon        double precision,
    filed      timestamptz NOT NULL,
    due        timestamptz,
    doc        jsonb NOT NULL
);
CREATE INDEX reports_of_reporter ON reports (reporter, filed DESC, id);
CREATE INDEX reports_open ON reports (agency, filed, id) WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened');

-- Append only: who, when, what.
CREATE TABLE facts (
    report bigint NOT NULL REFERENCES reports (id),
    seq    int NOT NULL,
    at     timestamptz NOT NULL,
    what   text NOT NULL,
    doc    jsonb NOT NULL,
    PRIMARY KEY (report, seq)
);
CREATE INDEX facts_album ON facts ((doc ->> 'album')) WHERE doc ? 'album';
-- +goose StatementBegin
CREATE FUNCTION facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'facts are append-only';
END $$;
-- +goose StatementEnd
CREATE TRIGGER facts_stay BEFORE UPDATE ON facts FOR EACH ROW EXECUTE FUNCTION facts_stay();

-- Messages on their way and sent. network is the queue they wait in ('desk' for the operators' group, wherever it is);
-- lane is the chat they are for.
CREATE TABLE letters (
    id       bigserial PRIMARY KEY,
    key      text NOT NULL CONSTRAINT letters_key UNIQUE,
    network  text NOT NULL,
    lane     text NOT NULL,
    report   bigint NOT NULL,
    purpose  text NOT NULL,
    fold     text NOT NULL,
    hold     timestamptz,
    state    text NOT NULL DEFAULT 'waiting',
    attempts int NOT NULL DEFAULT 0,
    why      text NOT NULL DEFAULT '',
    ref      text,
    created  timestamptz NOT NULL DEFAULT now(),
    done     timestamptz,
    doc      json NOT NULL
);
CREATE INDEX letters_waiting ON letters (network, id) WHERE state = 'waiting';
CREATE INDEX letters_ref ON letters (ref) WHERE ref IS NOT NULL;
CREATE INDEX letters_notices ON letters (report, id DESC) WHERE purpose = 'notice';

-- Files by the name their network gave them.
CREATE TABLE media (
    source text PRIMARY KEY,
    report bigint NOT NULL,
    at     timestamptz NOT NULL DEFAULT now(),
    doc    jsonb NOT NULL
);
CREATE INDEX media_of_report ON media (report);

-- People of the desk.
CREATE TABLE operators (
    id       text PRIMARY KEY,
    agency   text NOT NULL,
    role     text NOT NULL,
    approved boolean NOT NULL,
    ended    boolean NOT NULL,
    doc      jsonb NOT NULL
);

-- Topics of the desk: one a room (an agency's code; '' is the coordinator's).
CREATE TABLE rooms (
    desk    text NOT NULL,
    room    text NOT NULL,
    address text NOT NULL,
    PRIMARY KEY (desk, room)
);

-- Chats that have a new address.
CREATE TABLE moves (
    was text PRIMARY KEY,
    now text NOT NULL,
    at  timestamptz NOT NULL DEFAULT now()
);

-- One wake-up a conversation.
CREATE TABLE wakes (
    chat  text PRIMARY KEY,
    draft text NOT NULL,
    at    timestamptz NOT NULL
);
CREATE INDEX wakes_at ON wakes (at);

-- Events that made the program stumble: kept for a person to look at, never lost.
CREATE TABLE stumbles (
    cause text PRIMARY KEY,
    at    timestamptz NOT NULL DEFAULT now(),
    why   text NOT NULL,
    event json
);

-- What the deployment made up once, such as the key that report numbers are drawn with.
CREATE TABLE settings (
    name  text PRIMARY KEY,
    value text NOT NULL
);
