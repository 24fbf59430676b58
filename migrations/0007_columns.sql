-- +goose Up
-- What is searched comes of doc by itself: a new such column is its line here, and no code. All in one command, so that the
-- table is written once. Times are not among them: reading one from text depends on the zone that is set.
ALTER TABLE reports
    DROP COLUMN rev, DROP COLUMN status, DROP COLUMN agency, DROP COLUMN category, DROP COLUMN kind, DROP COLUMN visibility,
    DROP COLUMN area, DROP COLUMN district, DROP COLUMN lat, DROP COLUMN lon,
    ADD COLUMN rev        int  NOT NULL GENERATED ALWAYS AS (coalesce((doc ->> 'rev')::int, 0)) STORED,
    ADD COLUMN status     text NOT NULL GENERATED ALWAYS AS (coalesce(doc ->> 'status', '')) STORED,
    ADD COLUMN agency     text NOT NULL GENERATED ALWAYS AS (coalesce(doc ->> 'agency', '')) STORED,
    ADD COLUMN category   text NOT NULL GENERATED ALWAYS AS (coalesce(doc ->> 'category', '')) STORED,
    ADD COLUMN kind       text NOT NULL GENERATED ALWAYS AS (coalesce(doc ->> 'kind', '')) STORED,
    ADD COLUMN visibility text NOT NULL GENERATED ALWAYS AS (coalesce(doc ->> 'vis', '')) STORED,
    ADD COLUMN area       text NOT NULL GENERATED ALWAYS AS (coalesce(doc #>> '{place,area}', '')) STORED,
    ADD COLUMN district   text NOT NULL GENERATED ALWAYS AS (coalesce(doc #>> '{place,district}', '')) STORED,
    ADD COLUMN lat        double precision GENERATED ALWAYS AS ((doc #>> '{place,pin,lat}')::double precision) STORED,
    ADD COLUMN lon        double precision GENERATED ALWAYS AS ((doc #>> '{place,pin,lon}')::double precision) STORED;
CREATE INDEX reports_open ON reports (agency, filed, id) WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened');

-- What is counted of each report, folded from its facts as they come. form says which columns a row fills: the program
-- counts older rows, and reports without one, anew.
CREATE TABLE figures (
    report bigint PRIMARY KEY REFERENCES reports (id) ON DELETE CASCADE,
    form   int NOT NULL,
    facts  int NOT NULL, -- how many of them were folded
    filed  timestamptz NOT NULL,
    -- The office that was guessed, the one that has it now, and what has to be known to follow it further.
    first  text NOT NULL,
    last   text NOT NULL,
    owned  boolean NOT NULL,
    worked boolean NOT NULL,
    moved  boolean NOT NULL,
    judged boolean NOT NULL
);
CREATE INDEX figures_filed ON figures (filed);
-- A new house has nothing to count.
INSERT INTO settings (name, value) SELECT 'figures', '1' WHERE NOT EXISTS (SELECT FROM reports);
