package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// chilled is the fate that a card is refreshed for when a letter is tried in spite of a long silence.
const chilled ledger.DeliveryState = "chilled"

// Chill says that a letter to a silent person is being tried, and shows it on the card, in one transaction. From then on
// the letter waits no more, whatever becomes of the sender.
func (s *Store) Chill(ctx context.Context, id int64, why string) (ok bool, err error) {
	set := `
UPDATE letters SET state = 'cold', why = $2 WHERE id = $1 AND state IN ('waiting', 'sending', 'cold') AND ` + fenced(3, 4) + `
RETURNING key, CASE purpose WHEN 'notice' THEN report ELSE 0 END`
	hold := ledger.HoldOf(ctx)
	var items []outbox.Item
	err = pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		var key string
		var about report.ID
		err := tx.QueryRow(ctx, set, id, why, hold.Name, hold.Fence).Scan(&key, &about)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		ok = err == nil
		if err != nil || about == 0 || s.Refresh == nil {
			return err
		}
		items, err = s.refresh(ctx, tx, []outbox.Fate{{Key: key, State: chilled, Notice: about}})
		return err
	})
	if err != nil {
		return false, fmt.Errorf("write down a cold letter: %w", err)
	}
	if len(items) > 0 {
		s.Committed(items)
	}
	return ok, nil
}

// Warm lets a cold letter wait again, with its word for the card.
func (s *Store) Warm(ctx context.Context, id int64) error {
	const set = `UPDATE letters SET state = 'waiting' WHERE id = $1 AND state = 'cold'`
	if _, err := s.Pool.Exec(ctx, set, id); err != nil {
		return fmt.Errorf("put a cold letter back: %w", err)
	}
	return nil
}

// Thaw lets the cold letters of a chat wait again. It may be repeated.
func (s *Store) Thaw(ctx context.Context, chat bot.Address) (int, error) {
	const set = `
WITH answered AS (UPDATE windows SET invited = NULL WHERE chat = $1 AND invited IS NOT NULL)
UPDATE letters SET state = 'waiting', why = '', done = NULL
WHERE state = 'cold' AND id = ANY (ARRAY(SELECT id FROM queue WHERE lane = $1 AND cold))`
	tag, err := s.Pool.Exec(ctx, set, chat.Chat().String())
	if err != nil {
		return 0, fmt.Errorf("let cold letters wait again: %w", err)
	}
	return int(tag.RowsAffected()), nil
}
