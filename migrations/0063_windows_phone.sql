-- +goose Up
-- Whose number it is, for who writes from it by another network.
CREATE INDEX IF NOT EXISTS windows_phone ON windows (phone) WHERE phone <> '';
