package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// restrain writes a citizen's conduct. One that has moved on meanwhile is ErrStale, also where two set the first measure.
func (s *Store) restrain(ctx context.Context, tx pgx.Tx, c ledger.Restrained) error {
	const put = `
INSERT INTO conducts (chat, until, doc) SELECT $1, $2, $3 WHERE $4 = 0 OR EXISTS (SELECT FROM conducts WHERE chat = $1)
ON CONFLICT (chat) DO UPDATE SET until = excluded.until, doc = excluded.doc WHERE (conducts.doc ->> 'rev')::int = $4`
	tag, err := tx.Exec(ctx, put, c.Conduct.Chat.Chat().String(), c.Conduct.Until, mustJSON(c.Conduct), c.Was)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// moveConduct lets a measure follow who moves. Where there is one at both addresses, the one that ends later stays.
func (s *Store) moveConduct(ctx context.Context, tx pgx.Tx, c ledger.Moved) error {
	was, now := c.Was.Chat().String(), c.Now.Chat().String()
	for _, step := range []string{
		`DELETE FROM conducts n USING conducts w WHERE n.chat = $2 AND w.chat = $1 AND n.until < w.until`,
		`UPDATE conducts SET chat = $2 WHERE chat = $1 AND NOT EXISTS (SELECT FROM conducts WHERE chat = $2)`,
		`DELETE FROM conducts WHERE chat = $1 AND $1 <> $2`,
	} {
		if _, err := tx.Exec(ctx, step, was, now); err != nil {
			return err
		}
	}
	return nil
}

// Load is how much a citizen has filed, and what was set against him or her (ledger.ConductReader).
func (s *Reader) Load(ctx context.Context, reporter bot.Address, since time.Time) (ledger.Load, error) {
	const find = `
SELECT count(*) FILTER (WHERE status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened')),
       count(*) FILTER (WHERE filed > $2 AND NOT coalesce((doc ->> 'emergency')::boolean, false)),
       count(*) FILTER (WHERE status = 'quarantined'),
       (SELECT doc FROM conducts WHERE chat = $1)
FROM reports WHERE reporter = $1 AND NOT doc ? 'part_of'`
	var l ledger.Load
	if reporter.Chat().Zero() {
		return l, nil
	}
	var doc []byte
	err := s.db.QueryRow(ctx, find, reporter.Chat().String(), since).Scan(&l.Open, &l.Recent, &l.Quarantined, &doc)
	if err == nil && doc != nil {
		err = json.Unmarshal(doc, &l.Conduct)
		l.Conduct.Chat = reporter.Chat()
	}
	if err != nil {
		return l, fmt.Errorf("read how much a citizen has filed: %w", err)
	}
	return l, nil
}

// Conduct is the measure set last against a chat.
func (s *Reader) Conduct(ctx context.Context, chat bot.Address) (ledger.Conduct, error) {
	const find = `SELECT doc FROM conducts WHERE chat = $1`
	c, err := one[ledger.Conduct](ctx, s, "read a citizen's conduct", find, chat.Chat().String())
	if errors.Is(err, ledger.ErrUnknown) {
		return ledger.Conduct{}, nil
	}
	c.Chat = chat.Chat()
	return c, err
}

// Restrained are the measures in force.
func (s *Reader) Restrained(ctx context.Context, at time.Time) ([]ledger.Conduct, error) {
	const find = `SELECT chat, doc FROM conducts WHERE until > $1 AND doc ? 'measure' ORDER BY chat COLLATE "C"`
	rows, err := s.db.Query(ctx, find, at)
	if err != nil {
		return nil, fmt.Errorf("read who is restrained: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (c ledger.Conduct, err error) {
		var chat string
		var doc []byte
		if err = row.Scan(&chat, &doc); err == nil {
			err = json.Unmarshal(doc, &c)
		}
		c.Chat, _ = bot.ParseAddress(chat)
		return c, err
	})
	if err != nil {
		return nil, fmt.Errorf("read who is restrained: %w", err)
	}
	return list, nil
}

// Quarantined are the reports that wait for the coordinator's look.
func (s *Reader) Quarantined(ctx context.Context, limit int) ([]report.Report, error) {
	const find = `SELECT doc FROM reports WHERE status = 'quarantined' ORDER BY filed, id LIMIT $1`
	return many[report.Report](ctx, s, "read the reports in quarantine", find, limit)
}
