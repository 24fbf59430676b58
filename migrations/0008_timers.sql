-- +goose Up
-- What is to be done at a time, one of a kind for each subject (a chat, a report, a room). id names it in log lines; tries and
-- again are of one that failed. Wake-ups of conversations are a kind of them.
CREATE TABLE timers (
    id      bigint GENERATED ALWAYS AS IDENTITY,
    kind    text NOT NULL,
    subject text NOT NULL,
    at      timestamptz NOT NULL,
    rev     text NOT NULL,
    tries   int NOT NULL DEFAULT 0,
    again   timestamptz,
    PRIMARY KEY (subject, kind)
);
CREATE INDEX timers_at ON timers (at);

INSERT INTO timers (kind, subject, at, rev) SELECT 'wake', chat, at, draft FROM wakes ORDER BY at;
DROP TABLE wakes;
