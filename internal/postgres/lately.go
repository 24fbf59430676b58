package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// Posted is a letter with what became of it, for whoever looks on: the lab.
type Posted struct {
	At       time.Time // when it was written, by the database's clock
	Purpose  ledger.Purpose
	State    ledger.DeliveryState
	Why      string
	Attempts int
	Text     string // what it says, "" where that is made when it is sent, or is erased
}

// Lately are the last letters to a chat, whatever became of them, newest first. Answers to presses are left out.
func (s *Reader) Lately(ctx context.Context, chat bot.Address, limit int) ([]Posted, error) {
	const find = `
SELECT created, purpose, state, why, attempts, doc FROM letters WHERE lane = $1 AND purpose <> 'press' ORDER BY id DESC LIMIT $2`
	rows, err := s.db.Query(ctx, find, chat.Chat().String(), limit)
	if err != nil {
		return nil, fmt.Errorf("read the letters of a chat: %w", err)
	}
	out, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Posted, error) {
		var p Posted
		var doc []byte
		if err := row.Scan(&p.At, &p.Purpose, &p.State, &p.Why, &p.Attempts, &doc); err != nil {
			return p, err
		}
		var whole ledger.Letter
		err := json.Unmarshal(doc, &whole)
		p.Text = bot.Unmark(whole.Message.Text)
		return p, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the letters of a chat: %w", err)
	}
	return out, nil
}
