-- +goose Up
-- Pictures by what they look like, and the newest ones that look like something: a photo that proves work must not be an old one.
CREATE INDEX IF NOT EXISTS media_look ON media ((doc ->> 'look'), at) WHERE doc ->> 'look' IS NOT NULL;
CREATE INDEX IF NOT EXISTS media_newest ON media (at) WHERE doc ->> 'look' IS NOT NULL;
