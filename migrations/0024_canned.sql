-- +goose Up
-- The answers that officers have put by, one row for each office; '' is the coordinator's, whose are for all.
CREATE TABLE shelves (
    office text PRIMARY KEY,
    doc    jsonb NOT NULL
);
