-- +goose Up
-- Whose database this is: one row, written by the first program that serves with it. Report numbers, offices and people of two
-- cities in one database could not be told apart again.
CREATE TABLE city (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    prefix text NOT NULL,   -- what report numbers begin with: "SRG"
    region text NOT NULL,   -- the government's code: "36.73"; '' until a program that knows it comes
    name   text NOT NULL
);
-- What holds reports already belongs to the city of their numbers.
INSERT INTO city (prefix, region, name)
SELECT split_part(code, '-', 1), '', '' FROM reports ORDER BY id LIMIT 1;
