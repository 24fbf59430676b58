-- +goose Up
-- Where a card stands now: the newest refresh of it that was sent.
CREATE INDEX letters_refreshed ON letters (fold, id DESC) WHERE purpose = 'refresh' AND ref IS NOT NULL;
-- What a newer letter takes the place of. Replies fold in the sender alone, and there are many of them.
CREATE INDEX letters_folding ON letters (lane, fold) WHERE state = 'waiting' AND fold <> '' AND purpose <> 'reply';
