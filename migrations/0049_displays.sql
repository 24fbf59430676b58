-- +goose Up
-- What strangers may see of a report (report.Display): doc is all of it, the columns beside it are what is searched. A report of which
-- they may see nothing has no row. It is made of the report and its facts, in the commit that brings them.
CREATE TABLE displays (
    report   bigint PRIMARY KEY,
    code     text NOT NULL CONSTRAINT displays_code UNIQUE,
    status   text NOT NULL,
    category text NOT NULL,
    area     text NOT NULL,
    office   text NOT NULL,
    filed    timestamptz NOT NULL,
    changed  timestamptz NOT NULL,
    resolved timestamptz,
    exhibits int NOT NULL,
    doc      jsonb NOT NULL
);
CREATE INDEX displays_filed ON displays (filed DESC, report DESC);
CREATE INDEX displays_changed ON displays (changed, report);
CREATE INDEX displays_resolved ON displays (resolved DESC, report DESC) WHERE resolved IS NOT NULL;

-- The pictures that moderators cleared: copies made for everybody, without metadata, with what must not be recognised taken out. seq is
-- the fact that cleared it.
CREATE TABLE display_pictures (
    report bigint NOT NULL REFERENCES displays (report) ON DELETE CASCADE,
    seq    int NOT NULL,
    width  int NOT NULL,
    height int NOT NULL,
    jpeg   bytea NOT NULL,
    PRIMARY KEY (report, seq)
);

-- What is counted for everybody, as it was counted last, by name.
CREATE TABLE display_sheets (
    name text PRIMARY KEY,
    at   timestamptz NOT NULL,
    doc  jsonb NOT NULL
);
