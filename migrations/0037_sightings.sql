-- +goose Up
-- Of each number in SP4N LAPOR! the day of the newest file that told of it: a file of before that sets nothing back, though nothing had
-- changed. erased: the report that had the number was erased, and no file brings it back.
CREATE TABLE sightings (
    tracking text PRIMARY KEY,
    seen     date NOT NULL,
    erased   boolean NOT NULL DEFAULT false
);
