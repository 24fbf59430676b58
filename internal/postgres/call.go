package postgres

import (
	"context"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// call writes a call after a change. One that has moved on meanwhile is casework.ErrStale, also where two open the same.
func (s *Store) call(ctx context.Context, tx pgx.Tx, c ledger.Called) error {
	const begin = `
INSERT INTO calls (id, rev, kind, chat, open, opened, doc) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`
	const set = `
UPDATE calls SET rev = $2, kind = $3, chat = $4, open = $5, opened = $6, doc = $7 WHERE id = $1 AND rev = $8`
	chat := "" // of one whose citizen was erased
	if !c.Call.Chat.Zero() {
		chat = c.Call.Chat.Chat().String()
	}
	args := []any{string(c.Call.ID), c.Call.Rev, string(c.Call.Kind), chat, c.Call.Open(), c.Call.Opened,
		mustJSON(c.Call)}
	sql := begin
	if c.Was != 0 {
		sql = set
		args = append(args, c.Was)
	}
	tag, err := tx.Exec(ctx, sql, args...)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// moveCalls lets a person's calls follow to another address.
func (s *Store) moveCalls(ctx context.Context, tx pgx.Tx, was, now bot.Address) error {
	const set = `
UPDATE calls SET chat = $2, rev = rev + 1, doc = doc || jsonb_build_object('chat', $3::jsonb, 'rev', rev + 1) WHERE chat = $1`
	_, err := tx.Exec(ctx, set, was.Chat().String(), now.Chat().String(), mustJSON(now.Chat()))
	return err
}

// Call finds a call by its id; casework.ErrUnknown when there is none.
func (s *Reader) Call(ctx context.Context, id ledger.CallID) (ledger.Call, error) {
	const find = `SELECT doc FROM calls WHERE id = $1`
	return one[ledger.Call](ctx, s, "read a call", find, string(id))
}

// CallsOf are the open calls that a person has in hand, the one opened first at the beginning.
func (s *Reader) CallsOf(ctx context.Context, person string) ([]ledger.Call, error) {
	const find = `SELECT doc FROM calls WHERE open AND doc -> 'taken' ->> 'id' = $1 ORDER BY opened, id`
	return many[ledger.Call](ctx, s, "read the open calls of an officer", find, person)
}

// CallsWith are the calls with a chat, newest first.
func (s *Reader) CallsWith(ctx context.Context, chat bot.Address, limit int) ([]ledger.Call, error) {
	const find = `SELECT doc FROM calls WHERE chat = $1 ORDER BY opened DESC, id LIMIT $2`
	return many[ledger.Call](ctx, s, "read the calls of a chat", find, chat.Chat().String(), limit)
}

// CallWith finds the call that is open with a chat, the one opened last where there are several.
func (s *Reader) CallWith(ctx context.Context, chat bot.Address) (ledger.Call, error) {
	const find = `SELECT doc FROM calls WHERE chat = $1 AND open ORDER BY opened DESC, id LIMIT 1`
	return one[ledger.Call](ctx, s, "read the open call of a chat", find, chat.Chat().String())
}
