-- +goose Up
-- Chats that one person has tied together, on one network or several: the same person number, and when the person wrote in each last.
CREATE SEQUENCE ties_person;
CREATE TABLE ties (
    chat   text PRIMARY KEY,
    person bigint NOT NULL,
    heard  timestamptz NOT NULL
);
CREATE INDEX ties_of_person ON ties (person);
-- Codes that wait to be typed in the other chat. A chat has one at most; taker is the chat in which it was typed and wanted.
CREATE TABLE tie_offers (
    chat  text PRIMARY KEY,
    code  text NOT NULL UNIQUE,
    until timestamptz NOT NULL,
    taker text NOT NULL DEFAULT ''
);
CREATE INDEX tie_offers_taker ON tie_offers (taker) WHERE taker <> '';
CREATE INDEX tie_offers_until ON tie_offers (until);
