package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
)

// Windows knows the people of one network that takes words only for a time after they wrote.
type Windows struct {
	s       *Store
	network bot.Network
}

// Windows gives the people of a network.
func (s *Store) Windows(n bot.Network) *Windows { return &Windows{s: s, network: n} }

func (w *Windows) key(chat string) string { return bot.Address{Network: w.network, ID: chat}.String() }

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Met says that a person wrote at a time; an earlier one changes nothing, nor does a number that is not known.
func (w *Windows) Met(ctx context.Context, chat, phone string, at time.Time) error {
	const put = `
INSERT INTO windows AS w (chat, phone, heard) VALUES ($1, $2, $3) ON CONFLICT (chat) DO UPDATE
SET heard = greatest(w.heard, excluded.heard), phone = CASE WHEN excluded.phone = '' THEN w.phone ELSE excluded.phone END`
	if _, err := w.s.Pool.Exec(ctx, put, w.key(chat), phone, moment(at)); err != nil {
		return fmt.Errorf("write down when a person wrote: %w", err)
	}
	return nil
}

// Heard tells when a person wrote last, zero when never or when the network has said since that it is too long ago; and the number.
func (w *Windows) Heard(ctx context.Context, chat string) (at time.Time, phone string, err error) {
	const find = `SELECT CASE WHEN shut IS NULL OR heard > shut THEN heard END, phone FROM windows WHERE chat = $1`
	var heard *time.Time
	err = w.s.Pool.QueryRow(ctx, find, w.key(chat)).Scan(&heard, &phone)
	if errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, "", nil
	}
	if err != nil {
		return time.Time{}, "", fmt.Errorf("ask when a person wrote: %w", err)
	}
	if heard != nil {
		at = *heard
	}
	return at, phone, nil
}

// Numbered are the chats in which the owner of a number, digits alone, wrote since a time, the latest first.
func (w *Windows) Numbered(ctx context.Context, number string, since time.Time) (out []bot.Address, err error) {
	const (
		most = 4
		find = `
SELECT chat FROM windows WHERE phone IN ($1, '+' || $1) AND phone <> '' AND heard > $2 AND starts_with(chat, $3)
ORDER BY heard DESC, chat COLLATE "C" LIMIT $4`
	)
	rows, err := w.s.Pool.Query(ctx, find, number, since, string(w.network)+":", most)
	if err != nil {
		return nil, fmt.Errorf("ask whose a number is: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("ask whose a number is: %w", err)
	}
	for _, n := range names {
		if a, ok := bot.ParseAddress(n); ok {
			out = append(out, a)
		}
	}
	return out, nil
}

// Shut says that the network took no words for a person at a time.
func (w *Windows) Shut(ctx context.Context, chat string, at time.Time) error {
	const put = `
INSERT INTO windows AS w (chat, shut) VALUES ($1, $2) ON CONFLICT (chat) DO UPDATE SET shut = greatest(w.shut, excluded.shut)`
	if _, err := w.s.Pool.Exec(ctx, put, w.key(chat), at); err != nil {
		return fmt.Errorf("write down that a window is shut: %w", err)
	}
	return nil
}

// Renamed says that a person has another id. It may be repeated.
func (w *Windows) Renamed(ctx context.Context, was, now, phone string) error {
	const move = `
WITH old AS (DELETE FROM windows WHERE chat = $1 RETURNING heard, shut)
INSERT INTO windows AS w (chat, phone, heard, shut) SELECT $2, $3, max(heard), max(shut) FROM old ON CONFLICT (chat) DO UPDATE
SET heard = greatest(w.heard, excluded.heard), phone = CASE WHEN excluded.phone = '' THEN w.phone ELSE excluded.phone END`
	if _, err := w.s.Pool.Exec(ctx, move, w.key(was), w.key(now), phone); err != nil {
		return fmt.Errorf("write down a person's new id: %w", err)
	}
	return nil
}

// Forgotten removes what is kept of a person.
func (w *Windows) Forgotten(ctx context.Context, chat string) error {
	if _, err := w.s.Pool.Exec(ctx, `DELETE FROM windows WHERE chat = $1`, w.key(chat)); err != nil {
		return fmt.Errorf("forget when a person wrote: %w", err)
	}
	return nil
}

// Invited reports whether a person was invited since he or she wrote last.
func (s *Store) Invited(ctx context.Context, chat bot.Address) (is bool, err error) {
	const find = `SELECT EXISTS (SELECT FROM windows WHERE chat = $1 AND invited IS NOT NULL)`
	if err := s.Pool.QueryRow(ctx, find, chat.Chat().String()).Scan(&is); err != nil {
		return false, fmt.Errorf("ask for an invitation: %w", err)
	}
	return is, nil
}

// Postpone says that a waiting letter is to be tried again only after a while.
func (s *Store) Postpone(ctx context.Context, id int64, wait time.Duration) error {
	const put = `UPDATE letters SET again = now() + $2::interval WHERE id = $1 AND state = 'waiting'`
	if _, err := s.Pool.Exec(ctx, put, id, wait); err != nil {
		return fmt.Errorf("let a letter wait for an invitation: %w", err)
	}
	return nil
}

// Invite says that a person was invited.
func (s *Store) Invite(ctx context.Context, chat bot.Address) error {
	const put = `INSERT INTO windows (chat, invited) VALUES ($1, now()) ON CONFLICT (chat) DO UPDATE SET invited = now()`
	if _, err := s.Pool.Exec(ctx, put, chat.Chat().String()); err != nil {
		return fmt.Errorf("write down an invitation: %w", err)
	}
	return nil
}
