-- +goose Up
-- Talks between a citizen and the coordinator's room. doc is the whole of it.
CREATE TABLE calls (
    id     text PRIMARY KEY,
    rev    int NOT NULL,
    kind   text NOT NULL,
    chat   text NOT NULL,
    open   boolean NOT NULL,
    opened timestamptz NOT NULL,
    doc    jsonb NOT NULL
);
CREATE INDEX calls_open ON calls (chat, opened DESC) WHERE open;
