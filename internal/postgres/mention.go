package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

func mentions(l ledger.Letter) bool { return len(l.Mentions) > 0 }

// mention keeps of which reports letters show something besides.
func (s *Store) mention(ctx context.Context, tx pgx.Tx, letters []ledger.Letter) error {
	if !slices.ContainsFunc(letters, mentions) {
		return nil
	}
	var reports []int64
	var keys, rooms []string
	for _, l := range letters {
		for _, id := range l.Mentions {
			reports, keys, rooms = append(reports, int64(id)), append(keys, l.Key), append(rooms, l.Room)
			if l.Edits != "" { // what stands there then is the message that it changes
				reports, keys, rooms = append(reports, int64(id)), append(keys, l.Edits), append(rooms, l.Room)
			}
		}
	}
	const add = `INSERT INTO mentions (report, key, room) SELECT * FROM unnest($1::bigint[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING`
	if _, err := tx.Exec(ctx, add, reports, keys, rooms); err != nil {
		return fmt.Errorf("keep what a letter mentions: %w", err)
	}
	return nil
}

// Told keeps that one message in the desk tells of several letters, and where it stands: it is no letter of its own.
func (s *Store) Told(ctx context.Context, at bot.MessageRef, letters []ledger.Letter) error {
	const add = `
INSERT INTO mentions (report, key, room, ref) SELECT r, $2, $3, $4 FROM unnest($1::bigint[]) AS r ON CONFLICT DO NOTHING`
	var reports []int64
	for _, l := range letters {
		if l.Report != 0 {
			reports = append(reports, int64(l.Report))
		}
	}
	if len(reports) == 0 || at.Zero() {
		return nil
	}
	if _, err := s.Pool.Exec(ctx, add, reports, "told:"+RefKey(at), letters[0].Room, RefKey(at)); err != nil {
		return fmt.Errorf("keep where several were told of: %w", err)
	}
	return nil
}

// toldAt is where a message stands that is no letter, zero for none.
func (s *Store) toldAt(ctx context.Context, key string) (bot.MessageRef, error) {
	var text string
	err := s.Pool.QueryRow(ctx, `SELECT ref FROM mentions WHERE key = $1 AND ref IS NOT NULL LIMIT 1`, key).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		return bot.MessageRef{}, nil
	}
	if err != nil {
		return bot.MessageRef{}, fmt.Errorf("read where a message stands: %w", err)
	}
	return parseRef(text), nil
}

// mentioned are the messages of the desk that show something of reports besides the one they are about, or of several at once.
func (s *Keeper) mentioned(ctx context.Context, ids []report.ID) ([]ledger.Post, error) {
	const find = `
SELECT DISTINCT ON (m.key) m.key, 0::bigint, m.room, ` + postTo + ` FROM mentions m LEFT JOIN letters l ON l.key = m.key
WHERE m.report = ANY ($1) AND (m.ref IS NOT NULL OR l.state IN ('waiting', 'sending', 'sent') AND l.doc::jsonb -> 'Message' <> '{}') ORDER BY m.key`
	rows, err := s.db.Query(ctx, find, numbersOf(ids))
	if err != nil {
		return nil, fmt.Errorf("find what mentions a report: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Post])
	if err != nil {
		return nil, fmt.Errorf("find what mentions a report: %w", err)
	}
	return all, nil
}
