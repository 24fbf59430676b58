-- +goose Up
-- What people ask for who use their right to what is kept about them. chat is '' once nothing of the person is left in it.
CREATE TABLE pleas (
    id    text PRIMARY KEY,
    rev   int NOT NULL,
    act   text NOT NULL,
    chat  text NOT NULL,
    open  boolean NOT NULL,
    asked timestamptz NOT NULL,
    doc   jsonb NOT NULL
);
CREATE INDEX pleas_open ON pleas (chat, asked DESC) WHERE open;

-- The keyed hash of each chat that was erased, and when: an event from before that a network delivers again brings nothing back.
-- It is forgotten with the handled causes.
CREATE TABLE erased (
    mark text PRIMARY KEY,
    at   timestamptz NOT NULL
);

-- Facts stay as they are, but for one thing: the person and the words may be taken out of one (report.Erase). What happened, when,
-- and where to stays; the fact says by which erased fact of the same report it was, and that one names it under the same mark.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION facts_stay() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    personal CONSTANT text[] := ARRAY['by', 'words', 'place', 'photos', 'files', 'album', 'lang', 'letter', 'also', 'foreign', 'sent', 'redacted'];
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

-- Who follows which reports, whose picture a file is, whose talk a call was: asked when a person is erased.
CREATE INDEX reports_followed ON reports USING gin ((doc -> 'followers') jsonb_path_ops) WHERE doc ? 'followers';
CREATE INDEX media_of_file ON media ((doc #>> '{ref,i}'));
CREATE INDEX calls_of_chat ON calls (chat);
-- What is over and still holds its reporter, oldest first: asked when the time of keeping is looked at. Times of text depend on no
-- zone here, for the program writes them all in UTC.
CREATE INDEX reports_kept ON reports (filed) WHERE status IN ('resolved', 'closed', 'rejected', 'merged', 'transferred') AND NOT doc ? 'erased';
CREATE INDEX reports_erased ON reports ((doc ->> 'erased')) WHERE doc ? 'erased';
-- What is old among letters and stumbles.
CREATE INDEX letters_created ON letters USING brin (created);
