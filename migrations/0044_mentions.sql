-- +goose Up
-- Messages of the desk that show something of more reports than the one they are about: lists, and what tells of several cards or alarms
-- at once. The latter are no letters of their own, so ref says where they stand. They are few beside the letters.
CREATE TABLE mentions (
    report bigint NOT NULL,
    key    text NOT NULL,
    room   text NOT NULL DEFAULT '',
    ref    text,
    PRIMARY KEY (report, key)
);
CREATE INDEX mentions_standing ON mentions (key) WHERE ref IS NOT NULL;
