package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// unreached writes down, within the transaction that keeps the fate of a letter, that its chat takes no letters any more, where it is that of
// a person of the desk. It may be repeated.
func (s *Store) unreached(ctx context.Context, tx pgx.Tx, chat bot.Address) ([]outbox.Item, error) {
	if chat.Zero() || s.Unreached == nil {
		return nil, nil
	}
	const find = `SELECT doc FROM operators WHERE id = $1 FOR UPDATE`
	var doc []byte
	err := tx.QueryRow(ctx, find, chat.Chat().String()).Scan(&doc)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var op ledger.Operator
	if err := json.Unmarshal(doc, &op); err != nil {
		return nil, err
	}
	b, ok := s.Unreached(op, fmt.Sprintf("unreached:%s:%d", op.ID, op.Rev))
	if !ok {
		return nil, nil
	}
	for _, c := range b.Changes {
		if err := s.change(ctx, tx, c); err != nil {
			return nil, err
		}
	}
	return s.put(ctx, tx, &ledger.Batch{Letters: b.Letters})
}
