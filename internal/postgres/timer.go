package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

func (s *Store) untimed(ctx context.Context, tx pgx.Tx, c ledger.Untimed) error {
	_, err := tx.Exec(ctx, `DELETE FROM timers WHERE subject = $1 AND kind = $2`, string(c.Subject), string(c.Kind))
	return err
}

const endTimer = `DELETE FROM timers WHERE subject = $1 AND kind = $2 AND at = $3`

func (s *Store) rung(ctx context.Context, tx pgx.Tx, t ledger.Timer) error {
	tag, err := tx.Exec(ctx, endTimer, string(t.Subject), string(t.Kind), t.At)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrUntimed
	}
	return err
}

// moveTimers lets a chat's timers follow to another address; where that one has a timer of the same kind, that one stays.
func (s *Store) moveTimers(ctx context.Context, tx pgx.Tx, was, now bot.Address) error {
	const follow = `
WITH left_behind AS (DELETE FROM timers WHERE subject = $1 AND $1 <> $2 RETURNING kind, at, rev, tries, again)
INSERT INTO timers (kind, subject, at, rev, tries, again) SELECT kind, $2, at, rev, tries, again FROM left_behind
ON CONFLICT (subject, kind) DO NOTHING`
	_, err := tx.Exec(ctx, follow, string(ledger.OfChat(was)), string(ledger.OfChat(now)))
	return err
}

// Due gives timers whose time has come, those first that have waited longest, at most limit.
func (s *Store) Due(ctx context.Context, now time.Time, limit int) ([]ledger.Timer, error) {
	return s.due(ctx, "", now, limit)
}

// DueOf is Due for timers of one kind alone.
func (s *Store) DueOf(ctx context.Context, kind ledger.TimerKind, now time.Time, limit int) ([]ledger.Timer, error) {
	return s.due(ctx, kind, now, limit)
}

// due finds timers of a kind, "" for all.
func (s *Store) due(ctx context.Context, kind ledger.TimerKind, now time.Time, limit int) ([]ledger.Timer, error) {
	const find = `
SELECT id, kind, subject, at, rev, tries FROM timers
WHERE at <= $1 AND (again IS NULL OR again <= $1 OR again > $2) AND ($4 = '' OR kind = $4) ORDER BY coalesce(again, at), id LIMIT $3`
	rows, err := s.Looking().Query(ctx, find, now, now.Add(ledger.LongestPause), limit, string(kind))
	if err != nil {
		return nil, fmt.Errorf("read the timers: %w", err)
	}
	due, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (t ledger.Timer, err error) {
		return t, row.Scan(&t.ID, &t.Kind, &t.Subject, &t.At, &t.Rev, &t.Tries)
	})
	if err != nil {
		return nil, fmt.Errorf("read the timers: %w", err)
	}
	return due, nil
}

// TimerOver drops a timer that was carried out; one that was set anew in between stays.
func (s *Store) TimerOver(ctx context.Context, t ledger.Timer) error {
	if _, err := s.Pool.Exec(ctx, endTimer, string(t.Subject), string(t.Kind), t.At); err != nil {
		return fmt.Errorf("drop a timer: %w", err)
	}
	return nil
}

// TimerLater lets a timer that failed wait.
func (s *Store) TimerLater(ctx context.Context, t ledger.Timer, until time.Time) error {
	const put = `UPDATE timers SET tries = tries + 1, again = $4 WHERE subject = $1 AND kind = $2 AND at = $3`
	if _, err := s.Pool.Exec(ctx, put, string(t.Subject), string(t.Kind), t.At, until); err != nil {
		return fmt.Errorf("put off a timer: %w", err)
	}
	return nil
}
