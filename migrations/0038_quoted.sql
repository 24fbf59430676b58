-- +goose Up
-- What the desk was shown of a report also stands in answers to officers, which go to the chat where they asked.
DROP INDEX IF EXISTS letters_shown;
CREATE INDEX letters_shown ON letters (report, id) WHERE purpose = 'desk';
-- Open reports that lie nowhere, by their matter: a text that was sent twice is found among them.
CREATE INDEX IF NOT EXISTS reports_nowhere ON reports (category, filed DESC) INCLUDE (id)
    WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') AND visibility <> 'rahasia' AND area = '' AND (lat IS NULL);
