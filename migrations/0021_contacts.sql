-- +goose Up
-- The number at which somebody can be called who was told for at a counter, by phone … It stands nowhere else, until that person
-- writes from it: then the report is his or hers, and the row goes.
CREATE TABLE contacts (
    report bigint PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
    number text NOT NULL
);
CREATE INDEX contacts_number ON contacts (number);
-- What was handed over to somebody outside, for the coordinator who follows it.
CREATE INDEX reports_outside ON reports (filed, id) WHERE status = 'transferred';
