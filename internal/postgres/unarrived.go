package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// recently limits what is looked at: letters of a network that it took within a day and that may have arrived since.
const recently = `network = $1 AND state = 'sent' AND created > now() - interval '1 day' AND done IS NOT NULL AND ref IS NOT NULL`

// silent are the letters that a network took longer than $2 ago, and of which it has told nothing, nor that any later one arrived.
const silent = recently + ` AND seen = '' AND done < now() - $2::interval
    AND done > coalesce((SELECT max(done) FROM letters WHERE ` + recently + ` AND seen <> ''), '-infinity')`

// Unarrived is for how many people a network took letters longer than a wait ago of which not one arrived, nor any that went after the
// first of them, and since when: the network takes everything and delivers nothing. Only a network that tells of arrivals is to be asked
// about.
func (s *Reader) Unarrived(ctx context.Context, network string, wait time.Duration) (u outbox.Unarrived, err error) {
	const count = `SELECT count(DISTINCT lane), coalesce(min(done), now()) FROM letters WHERE ` + silent
	if err := s.db.QueryRow(ctx, count, network, wait).Scan(&u.People, &u.Since); err != nil {
		return u, fmt.Errorf("count what did not arrive: %w", err)
	}
	u.Since = u.Since.UTC()
	return u, nil
}

// Doubt writes on the cards of such news that they did not arrive (outbox.NotSeen). A word of the network takes it away again.
func (s *Store) Doubt(ctx context.Context, network string, wait time.Duration) error {
	const most = 200
	const put = `
UPDATE letters SET why = $3 WHERE id IN (SELECT id FROM letters WHERE ` + silent + ` AND purpose = 'notice' AND why = '' ORDER BY id LIMIT $4)
RETURNING key, report`
	var items []outbox.Item
	err := pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, put, network, wait, outbox.NotSeen, most)
		if err != nil {
			return err
		}
		var fates []outbox.Fate
		var key string
		var about report.ID
		if _, err := pgx.ForEachRow(rows, []any{&key, &about}, func() error {
			fates = append(fates, outbox.Fate{Key: key, State: "unseen", Notice: about})
			return nil
		}); err != nil || s.Refresh == nil {
			return err
		}
		items, err = s.refresh(ctx, tx, fates)
		return err
	})
	if err != nil {
		return fmt.Errorf("write down what did not arrive: %w", err)
	}
	if len(items) > 0 {
		s.Committed(items)
	}
	return nil
}
