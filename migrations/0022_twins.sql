-- +goose Up
-- What a cause found and acted upon: where it is handled once more, it finds the same, whatever has happened since.
ALTER TABLE handled ADD COLUMN memo json;
-- Open reports by where they lie: the square of about 70 m that a pin is in, counted north and east. A circle is some handfuls of
-- squares, each a short stretch of the index, so that no extension for maps is needed. What is not searched but read with it is
-- included, so that the table itself is asked only for what is found.
CREATE INDEX reports_square ON reports (category, (floor((lat + 90) * 1600)::bigint * 1000000 + floor((lon + 180) * 1600)::bigint), filed)
    INCLUDE (id, lat, lon)
    WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') AND visibility <> 'rahasia' AND lat IS NOT NULL;
-- The same by kelurahan, what has no pin by itself: where there is a circle, only that is looked for.
CREATE INDEX reports_area ON reports (category, area, (lat IS NULL), filed DESC) INCLUDE (id)
    WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') AND visibility <> 'rahasia' AND area <> '';
-- Of who came along with a joined report somebody may be taken out.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    personal CONSTANT text[] := ARRAY['by', 'words', 'place', 'photos', 'files', 'album', 'lang', 'letter', 'also', 'foreign', 'sent', 'with', 'redacted'];
    last jsonb := NEW.doc -> 'redacted' -> -1;
BEGIN
    IF NEW.report = OLD.report AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.what = OLD.what AND NEW.what <> 'erased'
        AND NEW.doc - personal = OLD.doc - personal
        AND NEW.doc - ARRAY(SELECT jsonb_object_keys(OLD.doc)) - 'redacted'::text = '{}'
        AND coalesce(NEW.doc ->> 'words', '') IN ('', OLD.doc ->> 'words')
        AND (NEW.doc -> 'redacted') - (-1) = coalesce(OLD.doc -> 'redacted', '[]')
        AND EXISTS (SELECT FROM facts e WHERE e.report = NEW.report AND e.seq = (last ->> 'by')::int AND e.what = 'erased'
            AND e.doc -> 'erased' -> 'marks' ->> NEW.seq::text = last ->> 'mark')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'facts are append-only';
END $$;
-- +goose StatementEnd
