-- +goose Up
-- What the desk was shown of a report is found when its reporter makes it confidential, while the citizen waits.
CREATE INDEX IF NOT EXISTS letters_shown ON letters (report, id) WHERE network = 'desk' AND purpose = 'desk';
