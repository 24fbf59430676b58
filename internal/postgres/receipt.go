package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// standing is a letter as it stands when its network tells of it.
type standing struct {
	outbox.Standing
	id    int64
	key   string
	about report.ID // whose card shows it, 0 for none
	to    bot.Address
}

// Received writes down what a network tells of a letter it took, and refreshes the card that shows it, in one transaction.
func (s *Store) Received(ctx context.Context, r bot.Receipt) (again bool, err error) {
	if key, ok := outbox.WakeOf(r.Key); ok {
		if r.Outcome != bot.Missed {
			return false, nil
		}
		return false, s.uninvited(ctx, key)
	}
	var items []outbox.Item
	err = pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		was, err := s.standing(ctx, tx, r)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil // of something that is no letter, or was erased
		}
		if err != nil {
			return err
		}
		now, wait, err := was.After(r)
		if err != nil || now == was.Standing {
			return err
		}
		again = now.State == ledger.Waiting
		if err := set(ctx, tx, was.id, now, wait); err != nil {
			return err
		}
		if outbox.Unreachable(now.State, now.Why) {
			if items, err = s.unreached(ctx, tx, was.to); err != nil {
				return err
			}
		}
		if was.about == 0 || s.Refresh == nil {
			return nil
		}
		state := ledger.DeliveryState(fmt.Sprintf("%s-%s-%d", now.State, now.Seen, now.Lates))
		shown, err := s.refresh(ctx, tx, []outbox.Fate{{Key: was.key, State: state, Notice: was.about}})
		items = append(items, shown...)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("write down what became of a letter: %w", err)
	}
	if len(items) > 0 {
		s.Committed(items)
	}
	return again, nil
}

// standing finds the letter that a receipt is of, by its key, else by the message.
func (s *Store) standing(ctx context.Context, tx pgx.Tx, r bot.Receipt) (l standing, err error) {
	const columns = `id, key, state, seen, why, coalesce(ref, ''), lates, purpose, CASE purpose WHEN 'notice' THEN report ELSE 0 END, network <> 'desk', lane`
	find, by := `SELECT `+columns+` FROM letters WHERE key = $1 FOR UPDATE`, r.Key
	if r.Key == "" {
		find, by = `SELECT `+columns+` FROM letters WHERE id = (SELECT max(letter) FROM places WHERE ref = $1) FOR UPDATE`, RefKey(r.Ref)
	}
	var ref, lane string
	var purpose ledger.Purpose
	var private bool
	err = tx.QueryRow(ctx, find, by).Scan(&l.id, &l.key, &l.State, &l.Seen, &l.Why, &ref, &l.Lates, &purpose, &l.about, &private, &lane)
	l.Ref, l.News = parseRef(ref), ledger.Letter{Purpose: purpose, Desk: !private}.News()
	if private {
		l.to, _ = bot.ParseAddress(lane)
	}
	return l, err
}

func set(ctx context.Context, tx pgx.Tx, id int64, now outbox.Standing, wait time.Duration) error {
	const put = `
UPDATE letters SET state = $2, seen = $3, why = $4, ref = nullif($5, ''), lates = $6, done = CASE $2 WHEN 'waiting' THEN NULL ELSE coalesce(done, now()) END,
    again = CASE $2 WHEN 'waiting' THEN now() + $7::interval ELSE again END
WHERE id = $1`
	ref := ""
	if !now.Ref.Zero() {
		ref = RefKey(now.Ref)
	}
	_, err := tx.Exec(ctx, put, id, string(now.State), string(now.Seen), now.Why, ref, now.Lates, wait)
	return err
}

// uninvited says on the card of a letter that waits for an invited person that the invitation did not arrive; of one of the desk's own people the
// coordinator's room reads it.
func (s *Store) uninvited(ctx context.Context, key string) error {
	var items []outbox.Item
	err := pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		const put = `
UPDATE letters SET why = $2 WHERE key = $1 AND state = 'cold' AND why <> $2 RETURNING CASE purpose WHEN 'notice' THEN report ELSE 0 END, lane`
		var about report.ID
		var lane string
		err := tx.QueryRow(ctx, put, key, outbox.NotInvited).Scan(&about, &lane)
		if errors.Is(err, pgx.ErrNoRows) {
			return nil
		}
		if err != nil {
			return err
		}
		to, _ := bot.ParseAddress(lane)
		if items, err = s.unreached(ctx, tx, to); err != nil || about == 0 || s.Refresh == nil {
			return err
		}
		shown, err := s.refresh(ctx, tx, []outbox.Fate{{Key: key, State: "uninvited", Notice: about}})
		items = append(items, shown...)
		return err
	})
	if err != nil {
		return fmt.Errorf("write down that an invitation did not arrive: %w", err)
	}
	if len(items) > 0 {
		s.Committed(items)
	}
	return nil
}

// Refused says that a network did not take a letter that was written down as on its way.
func (s *Store) Refused(ctx context.Context, id int64, wait time.Duration) (refusals int, err error) {
	const put = `
UPDATE letters SET state = 'waiting', lates = lates + CASE WHEN $2::interval > '0' THEN 1 ELSE 0 END,
    again = CASE WHEN $2::interval > '0' THEN now() + $2::interval ELSE again END
WHERE id = $1 AND state = 'sending' RETURNING lates`
	err = s.Pool.QueryRow(ctx, put, id, wait).Scan(&refusals)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil // a word of the network has settled it meanwhile
	}
	if err != nil {
		return 0, fmt.Errorf("write down that a letter was not taken: %w", err)
	}
	return refusals, nil
}

// Unsettle lets the letters that an earlier sender may have sent wait for a while.
func (s *Store) Unsettle(ctx context.Context, networks []string, wait time.Duration) error {
	const put = `
UPDATE letters SET state = 'waiting', again = now() + $2::interval WHERE ` + claimed
	if _, err := s.Pool.Exec(ctx, put, networks, wait); err != nil {
		return fmt.Errorf("let letters wait that may have been sent: %w", err)
	}
	return nil
}
