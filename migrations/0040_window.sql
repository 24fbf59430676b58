-- +goose Up
-- On some networks a letter that was taken may fail later, or is told of as arrived and read; one that failed may go out anew, not
-- before a time.
ALTER TABLE letters ADD COLUMN IF NOT EXISTS seen text NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN IF NOT EXISTS lates int NOT NULL DEFAULT 0;
ALTER TABLE letters ADD COLUMN IF NOT EXISTS again timestamptz;

-- People on a network that takes words only for a time after they wrote: when they wrote last, since when the network has said that it
-- is too long ago, when they were invited to write, and the number their messages came with.
CREATE TABLE IF NOT EXISTS windows (
    chat    text PRIMARY KEY,
    phone   text NOT NULL DEFAULT '',
    heard   timestamptz,
    shut    timestamptz,
    invited timestamptz
);
