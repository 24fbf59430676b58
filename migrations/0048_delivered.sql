-- +goose Up
-- What a network says it delivered and bills, by the day: it costs. A mark is the hash of a message, so that one that is told of again is
-- counted once; it goes when no network tells of it any more.
CREATE TABLE delivered (
    day      date   NOT NULL,
    network  text   NOT NULL,
    category text   NOT NULL,
    n        bigint NOT NULL,
    PRIMARY KEY (day, network, category)
);
CREATE TABLE delivered_marks (
    mark bytea PRIMARY KEY,
    at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX delivered_marks_at ON delivered_marks USING brin (at);
