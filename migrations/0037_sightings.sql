-- +goose Up
-- Of each number in SP4N LAPOR! the day of the newest file that told of it: a file of before that sets nothing back, though nothing had
-- changed. A number that stands here and is no report's was erased: no file brings it back.
CREATE TABLE sightings (
    tracking text PRIMARY KEY,
    seen     date NOT NULL
);
