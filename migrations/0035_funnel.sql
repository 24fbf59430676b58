-- +goose Up
-- How far people come in the conversation, counted without anything of what they say: a day, a network, a step, how often.
CREATE TABLE IF NOT EXISTS funnel (
    day     date   NOT NULL,
    network text   NOT NULL,
    step    text   NOT NULL,
    n       bigint NOT NULL,
    PRIMARY KEY (day, network, step)
);
