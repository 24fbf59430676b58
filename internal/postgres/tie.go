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
)

var _ ledger.TieReader = (*Reader)(nil)

// Ties are the chats of one person.
func (s *Reader) Ties(ctx context.Context, chat bot.Address) ([]bot.Address, error) {
	const find = `
SELECT o.chat FROM ties t JOIN ties o ON o.person = t.person WHERE t.chat = $1 ORDER BY o.heard DESC, o.chat COLLATE "C"`
	rows, err := s.db.Query(ctx, find, chat.Chat().String())
	if err != nil {
		return nil, fmt.Errorf("read which chats are one person's: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read which chats are one person's: %w", err)
	}
	var out []bot.Address
	for _, n := range names {
		if a, ok := bot.ParseAddress(n); ok {
			out = append(out, a)
		}
	}
	return out, nil
}

// OfferOf is the code that a chat shows.
func (s *Reader) OfferOf(ctx context.Context, chat bot.Address) (ledger.Offer, error) {
	return s.offer(ctx, `SELECT chat, code, until, taker FROM tie_offers WHERE chat = $1`, chat.Chat().String())
}

// OfferBy is whose code it is.
func (s *Reader) OfferBy(ctx context.Context, code string) (ledger.Offer, error) {
	return s.offer(ctx, `SELECT chat, code, until, taker FROM tie_offers WHERE code = $1`, code)
}

func (s *Reader) offer(ctx context.Context, find, by string) (o ledger.Offer, err error) {
	var chat, taker string
	err = s.db.QueryRow(ctx, find, by).Scan(&chat, &o.Code, &o.Until, &taker)
	if errors.Is(err, pgx.ErrNoRows) {
		return o, ledger.ErrUnknown
	}
	if err != nil {
		return o, fmt.Errorf("read a code that ties chats: %w", err)
	}
	o.Chat, _ = bot.ParseAddress(chat)
	o.Taker, _ = bot.ParseAddress(taker)
	o.Until = o.Until.UTC()
	return o, nil
}

// tie writes what a batch changes about ties.
func (s *Store) tie(ctx context.Context, tx pgx.Tx, c ledger.Change) error {
	switch c := c.(type) {
	case ledger.Offered:
		return s.offered(ctx, tx, c.Offer)
	case ledger.Wanted:
		const want = `UPDATE tie_offers SET taker = $2 WHERE code = $1 AND taker IN ('', $2) AND until > $3 AND chat <> $2`
		return unlessStale(ctx, tx, want, c.Code, c.Taker.Chat().String(), c.At)
	case ledger.Tied:
		return s.tied(ctx, tx, c)
	case ledger.Withdrawn:
		_, err := tx.Exec(ctx, `DELETE FROM tie_offers WHERE chat = $1`, c.Chat.Chat().String())
		return err
	case ledger.Untied:
		return untie(ctx, tx, []string{c.Chat.Chat().String()})
	case ledger.Homed:
		return s.home(ctx, tx, c)
	default:
		return fmt.Errorf("unknown change %T", c)
	}
}

func unlessStale(ctx context.Context, tx pgx.Tx, sql string, args ...any) error {
	tag, err := tx.Exec(ctx, sql, args...)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// offered writes a code, and drops those that are over: nothing else does.
func (s *Store) offered(ctx context.Context, tx pgx.Tx, o ledger.Offer) error {
	const (
		over = `DELETE FROM tie_offers WHERE until < $1`
		put  = `
INSERT INTO tie_offers (chat, code, until) VALUES ($1, $2, $3)
ON CONFLICT (chat) DO UPDATE SET code = excluded.code, until = excluded.until, taker = ''`
		day = 24 * time.Hour
	)
	if _, err := tx.Exec(ctx, over, o.Until.Add(-day)); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, put, o.Chat.Chat().String(), o.Code, o.Until)
	return err
}

func (s *Store) tied(ctx context.Context, tx pgx.Tx, c ledger.Tied) error {
	chat, taker := c.Chat.Chat().String(), c.Taker.Chat().String()
	const end = `DELETE FROM tie_offers WHERE chat = $1 AND taker = $2 AND until > $3`
	if err := unlessStale(ctx, tx, end, chat, taker, c.At); err != nil {
		return err
	}
	const (
		lock   = `LOCK TABLE ties IN SHARE ROW EXCLUSIVE MODE` // two ties at once may meet in one person
		whose  = `SELECT coalesce(min(person), nextval('ties_person')) FROM ties WHERE chat = ANY ($1)`
		gather = `UPDATE ties SET person = $2 WHERE person IN (SELECT person FROM ties WHERE chat = ANY ($1))`
		put    = `INSERT INTO ties (chat, person, heard) VALUES ($1, $3, $4), ($2, $3, $4 - interval '1 second') ON CONFLICT (chat) DO NOTHING`
		most   = `SELECT 1 FROM ties WHERE person = $1 HAVING count(*) <= $2`
	)
	if _, err := tx.Exec(ctx, lock); err != nil {
		return err
	}
	var person int64
	if err := tx.QueryRow(ctx, whose, []string{chat, taker}).Scan(&person); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, gather, []string{chat, taker}, person); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, put, chat, taker, person, c.At); err != nil {
		return err
	}
	return unlessStale(ctx, tx, most, person, ledger.TiesMost)
}

// untie takes chats out of those they are tied to, with the codes they show or want.
func untie(ctx context.Context, tx pgx.Tx, chats []string) error {
	for _, step := range []string{
		`DELETE FROM tie_offers WHERE chat = ANY ($1) OR taker <> '' AND taker = ANY ($1)`,
		`WITH gone AS (DELETE FROM ties WHERE chat = ANY ($1) RETURNING person)
DELETE FROM ties t USING gone g WHERE t.person = g.person AND t.chat <> ALL ($1)
    AND (SELECT count(*) FROM ties o WHERE o.person = g.person AND o.chat <> ALL ($1)) = 1`,
	} {
		if _, err := tx.Exec(ctx, step, chats); err != nil {
			return err
		}
	}
	return nil
}

// moveTies lets a tie follow a person who moves. Where both addresses are tied already, the one that is left goes.
func (s *Store) moveTies(ctx context.Context, tx pgx.Tx, c ledger.Moved) error {
	was, now := c.Was.Chat().String(), c.Now.Chat().String()
	if was == now {
		return nil
	}
	for _, step := range []string{
		`UPDATE ties SET chat = $2 WHERE chat = $1 AND NOT EXISTS (SELECT FROM ties WHERE chat = $2)`,
		`DELETE FROM ties WHERE chat = $1 AND $2 <> ''`,
		`UPDATE tie_offers SET chat = $2 WHERE chat = $1 AND NOT EXISTS (SELECT FROM tie_offers WHERE chat = $2)`,
		`UPDATE tie_offers SET taker = $2 WHERE taker = $1`,
	} {
		if _, err := tx.Exec(ctx, step, was, now); err != nil {
			return err
		}
	}
	return nil
}

// home lets news for a person's other chats come to the one that he or she wrote in. What is on its way there arrives there.
func (s *Store) home(ctx context.Context, tx pgx.Tx, c ledger.Homed) error {
	const (
		heard = `UPDATE ties SET heard = greatest(heard, $2) WHERE chat = $1`
		news  = `
SELECT id, doc FROM letters WHERE purpose IN ('notice', 'echo') AND (state = 'cold' AND done IS NOT NULL OR state = 'waiting' AND network = ANY ($2))
AND id = ANY (ARRAY(SELECT q.id FROM ties t JOIN ties o ON o.person = t.person AND o.chat <> t.chat JOIN queue q ON q.lane = o.chat WHERE t.chat = $1))`
		come = `UPDATE letters SET network = $2, lane = $3, doc = $4, state = 'waiting', why = '', done = NULL, again = NULL WHERE id = $1`
	)
	chat := c.Chat.Chat().String()
	if _, err := tx.Exec(ctx, heard, chat, c.At); err != nil {
		return err
	}
	unserved := make([]string, len(c.Unserved))
	for i, n := range c.Unserved {
		unserved[i] = string(n)
	}
	letters, err := lettersIn(ctx, tx, news, chat, unserved)
	if err != nil {
		return err
	}
	for id, l := range letters {
		l.To = c.Chat
		if _, err := tx.Exec(ctx, come, id, outbox.QueueOf(l), chat, mustJSON(l)); err != nil {
			return err
		}
	}
	return nil
}

// homed sends the news among letters to where their people wrote last.
func (s *Store) homed(ctx context.Context, letters []ledger.Letter) ([]ledger.Letter, error) {
	to := ledger.NewsFor(letters)
	if len(to) == 0 {
		return letters, nil
	}
	const find = `
SELECT t.chat, (SELECT h.chat FROM ties h WHERE h.person = t.person ORDER BY h.heard DESC, h.chat COLLATE "C" LIMIT 1)
FROM ties t WHERE t.chat = ANY ($1)`
	chats, _ := names(to)
	rows, err := s.Pool.Query(ctx, find, chats)
	if err != nil {
		return nil, fmt.Errorf("ask where people wrote last: %w", err)
	}
	homes := map[bot.Address]bot.Address{}
	var chat, home string
	if _, err := pgx.ForEachRow(rows, []any{&chat, &home}, func() error {
		was, known := bot.ParseAddress(chat)
		now, ok := bot.ParseAddress(home)
		if known && ok {
			homes[was] = now
		}
		return nil
	}); err != nil {
		return nil, fmt.Errorf("ask where people wrote last: %w", err)
	}
	return ledger.Home(letters, homes), nil
}
