-- +goose Up
-- What officers have answered to what people ask, one row for each category.
CREATE TABLE known (
    category text PRIMARY KEY,
    doc      jsonb NOT NULL
);
