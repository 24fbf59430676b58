-- +goose Up
-- How many tokens the language model cost on which day of the government's zone ("2026-11-22").
CREATE TABLE model_budget (
    day    text PRIMARY KEY,
    tokens bigint NOT NULL
);
-- Which way reports went, for the figures of the first guess.
CREATE INDEX reports_filed ON reports (filed);
