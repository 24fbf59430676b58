-- +goose Up
-- Messages that told of several new cards at once, and what a reply to them means: they are nobody's card.
CREATE TABLE lists (
    ref    text PRIMARY KEY,
    intent text NOT NULL,
    at     timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX lists_at ON lists (at);
