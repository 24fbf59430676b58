package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
)

// Addresses knows where chats are now, and the topics of the desk.
type Addresses struct{ db *pgxpool.Pool }

// Room is the topic of an agency in the desk; ok is false when there is none yet.
func (d *Addresses) Room(ctx context.Context, desk bot.Address, room string) (a bot.Address, ok bool, err error) {
	const find = `SELECT address FROM rooms WHERE desk = $1 AND room = $2`
	var text string
	err = d.db.QueryRow(ctx, find, desk.Chat().String(), room).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		return bot.Address{}, false, nil
	}
	if err != nil {
		return bot.Address{}, false, fmt.Errorf("read a room of the desk: %w", err)
	}
	a, ok = bot.ParseAddress(text)
	return a, ok, nil
}

// SetRoom keeps the topic of an agency; a zero address forgets it.
func (d *Addresses) SetRoom(ctx context.Context, desk bot.Address, room string, a bot.Address) error {
	const put = `INSERT INTO rooms (desk, room, address) VALUES ($1, $2, $3) ON CONFLICT (desk, room) DO UPDATE SET address = excluded.address`
	const drop = `DELETE FROM rooms WHERE desk = $1 AND room = $2`
	var err error
	if a.Zero() {
		_, err = d.db.Exec(ctx, drop, desk.Chat().String(), room)
	} else {
		_, err = d.db.Exec(ctx, put, desk.Chat().String(), room, a.String())
	}
	if err != nil {
		return fmt.Errorf("keep a room of the desk: %w", err)
	}
	return nil
}

// Moved remembers that a chat has a new address.
func (d *Addresses) Moved(ctx context.Context, was, now bot.Address) error {
	const put = `INSERT INTO moves (was, now) VALUES ($1, $2) ON CONFLICT (was) DO UPDATE SET now = excluded.now`
	if _, err := d.db.Exec(ctx, put, was.Chat().String(), now.Chat().String()); err != nil {
		return fmt.Errorf("keep a chat's new address: %w", err)
	}
	return nil
}

// Now follows a chat's moves to its newest address.
func (d *Addresses) Now(ctx context.Context, a bot.Address) (bot.Address, error) {
	const find = `
WITH RECURSIVE path (was, now, n) AS (
    SELECT was, now, 1 FROM moves WHERE was = $1
    UNION ALL SELECT m.was, m.now, n + 1 FROM moves m JOIN path p ON m.was = p.now WHERE n < 8)
SELECT now FROM path ORDER BY n DESC LIMIT 1`
	var text string
	err := d.db.QueryRow(ctx, find, a.Chat().String()).Scan(&text)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, nil
	}
	if err != nil {
		return a, fmt.Errorf("follow a chat's moves: %w", err)
	}
	if to, ok := bot.ParseAddress(text); ok {
		to.Topic = a.Topic
		return to, nil
	}
	return a, nil
}
