-- +goose Up
-- A person who is reached at another address, as against a group that was replaced by another: the messages of the old
-- chat keep their names in the new one.
ALTER TABLE moves ADD COLUMN person boolean NOT NULL DEFAULT false;
CREATE INDEX moves_of_people ON moves (now) WHERE person;
