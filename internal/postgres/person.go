package postgres

import (
	"context"
	"encoding/json"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
)

// movePerson lets what waits for a person follow to another address. Letters that were sent keep the name they were sent
// under: ByRef goes the way back. Ways of several moves are kept short, so that one step finds them all.
func (s *Store) movePerson(ctx context.Context, tx pgx.Tx, c ledger.Moved) error {
	was, now := c.Was.Chat().String(), c.Now.Chat().String()
	for _, step := range []string{
		`DELETE FROM moves WHERE was = $2 AND person AND $1 <> ''`, // back where the person was once
		`UPDATE moves SET now = $2 WHERE now = $1 AND person`,
		`INSERT INTO moves (was, now, person) VALUES ($1, $2, true)
		ON CONFLICT (was) DO UPDATE SET now = excluded.now, person = true`,
	} {
		if _, err := tx.Exec(ctx, step, was, now); err != nil {
			return err
		}
	}
	if err := s.moveTimers(ctx, tx, c.Was.Chat(), c.Now.Chat()); err != nil {
		return err
	}
	if err := s.moveCalls(ctx, tx, c.Was, c.Now); err != nil {
		return err
	}
	if err := s.moveConduct(ctx, tx, c); err != nil {
		return err
	}
	if err := s.movePleas(ctx, tx, c.Was, c.Now); err != nil {
		return err
	}
	if err := s.moveTies(ctx, tx, c); err != nil {
		return err
	}
	return s.redirect(ctx, tx, c)
}

// redirect gives the letters that wait for a chat, and the cold ones, another address. What is on the wire arrives under
// the old one, or waits again and is known to the network under both.
func (s *Store) redirect(ctx context.Context, tx pgx.Tx, c ledger.Moved) error {
	const find = `
SELECT id, doc FROM letters WHERE state IN ('waiting', 'cold')
AND id = ANY (ARRAY(SELECT id FROM queue WHERE network = $1 AND lane = $2))`
	const set = `UPDATE letters SET lane = $2, doc = $3 WHERE id = $1`
	was, now := c.Was.Chat().String(), c.Now.Chat().String()
	letters, err := lettersIn(ctx, tx, find, string(c.Was.Network), was)
	if err != nil {
		return err
	}
	for id, l := range letters {
		l.To = c.Now
		if _, err := tx.Exec(ctx, set, id, now, mustJSON(l)); err != nil {
			return err
		}
	}
	return nil
}

// lettersIn are the letters that a query finds, by their rows.
func lettersIn(ctx context.Context, tx pgx.Tx, find string, args ...any) (map[int64]ledger.Letter, error) {
	rows, err := tx.Query(ctx, find, args...)
	if err != nil {
		return nil, err
	}
	letters := map[int64]ledger.Letter{}
	var id int64
	var doc []byte
	_, err = pgx.ForEachRow(rows, []any{&id, &doc}, func() error {
		var l ledger.Letter
		err := json.Unmarshal(doc, &l)
		letters[id] = l
		return err
	})
	return letters, err
}
