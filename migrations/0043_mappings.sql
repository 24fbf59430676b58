-- +goose Up
-- Under which category of LAPOR! a category of ours is handed over, as a coordinator has put it: every version, of which the newest holds.
CREATE TABLE mappings (
    category text NOT NULL,
    rev      int NOT NULL,
    doc      jsonb NOT NULL,
    PRIMARY KEY (category, rev)
);
