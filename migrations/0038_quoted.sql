-- +goose Up
-- What the desk was shown of a report also stands in answers to officers, which go to the chat where they asked.
DROP INDEX IF EXISTS letters_shown;
CREATE INDEX letters_shown ON letters (report, id) WHERE purpose = 'desk';
