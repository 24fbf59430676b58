-- +goose Up
-- Letters that wait until a person writes who has been silent for too long: asked for at each of his or her messages.
CREATE INDEX letters_cold ON letters (lane, id) WHERE state = 'cold';
