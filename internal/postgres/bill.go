package postgres

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

var _ ledger.Bills = (*Store)(nil)

// Delivered counts a message that a network says it delivered, once.
func (s *Store) Delivered(ctx context.Context, ref bot.MessageRef, category string, day time.Time) (fresh bool, err error) {
	const count = `
WITH fresh AS (INSERT INTO delivered_marks (mark) VALUES ($1) ON CONFLICT DO NOTHING RETURNING mark)
INSERT INTO delivered AS d (day, network, category, n) SELECT $2::date, $3, $4, 1 FROM fresh
ON CONFLICT (day, network, category) DO UPDATE SET n = d.n + 1 RETURNING true`
	mark := sha256.Sum256([]byte(RefKey(ref)))
	err = s.Pool.QueryRow(ctx, count, mark[:16], day.Format(time.DateOnly), string(ref.Chat.Network), category).Scan(&fresh)
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("count a delivered message: %w", err)
	}
	return fresh, nil
}

// Bills are what was delivered on some days, added up.
func (s *Store) Bills(ctx context.Context, from, to time.Time) ([]ledger.Bill, error) {
	const find = `
SELECT network, category, sum(n)::bigint FROM delivered WHERE day >= $1::date AND day < $2::date
GROUP BY network, category ORDER BY network, category COLLATE "C"`
	rows, err := s.Pool.Query(ctx, find, from.Format(time.DateOnly), to.Format(time.DateOnly))
	if err != nil {
		return nil, fmt.Errorf("read what was delivered: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Bill])
	if err != nil {
		return nil, fmt.Errorf("read what was delivered: %w", err)
	}
	return all, nil
}
