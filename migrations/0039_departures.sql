-- +goose Up
-- Which letters were given to a network, under which fence, written before they were: where the sender ends without a word, these
-- alone may have arrived. A row is of use for as long as letters are on the wire.
CREATE TABLE departures (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name    text NOT NULL,
    fence   bigint NOT NULL,
    letters bigint[] NOT NULL,
    at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
