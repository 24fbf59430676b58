-- +goose Up
-- All that is not over yet, claimed letters too: what a sender that begins puts right, and how much waits. With the waiting ones
-- alone both read the whole table.
CREATE INDEX letters_unfinished ON letters (network, id) WHERE state IN ('waiting', 'sending');
DROP INDEX letters_waiting;
-- When people did something about a report last.
CREATE INDEX facts_acted ON facts (report, at) WHERE what NOT IN ('advised', 'moved');
-- What is forgotten after some weeks.
CREATE INDEX handled_at ON handled USING brin (at);
