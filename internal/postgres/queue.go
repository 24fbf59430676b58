package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// WaitingIDs lists the ids of all letters that wait, oldest first, at most limit, and before them alarms beyond the limit.
func (s *Store) WaitingIDs(ctx context.Context, networks []string, limit int) ([]int64, error) {
	const find = `SELECT id FROM queue WHERE network = ANY ($1) AND NOT cold AND state = 'waiting' ORDER BY id LIMIT $2`
	rows, err := s.Looking().Query(ctx, find, networks, limit)
	if err != nil {
		return nil, fmt.Errorf("list the waiting letters: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list the waiting letters: %w", err)
	}
	if len(ids) < limit {
		return ids, nil
	}
	return s.alarmsFirst(ctx, networks, ids)
}

// alarmsFirst puts the alarms before a list that has no room for all letters: they pass whatever waits.
func (s *Store) alarmsFirst(ctx context.Context, networks []string, ids []int64) ([]int64, error) {
	const find = `
SELECT id FROM queue WHERE network = ANY ($1) AND NOT cold AND state = 'waiting' AND purpose = 'alarm' AND id > $2 ORDER BY id LIMIT 100`
	rows, err := s.Pool.Query(ctx, find, networks, ids[len(ids)-1])
	if err != nil {
		return nil, fmt.Errorf("list the waiting alarms: %w", err)
	}
	alarms, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, fmt.Errorf("list the waiting alarms: %w", err)
	}
	return append(alarms, ids...), nil
}

// ByIDs reads letters that still wait.
func (s *Store) ByIDs(ctx context.Context, ids []int64) ([]outbox.Item, error) {
	const find = `
SELECT id, attempts, coalesce(extract(epoch FROM again - now()), 0)::float8, lates, doc FROM letters WHERE id = ANY ($1) AND state = 'waiting' ORDER BY id`
	rows, err := s.Pool.Query(ctx, find, ids)
	if err != nil {
		return nil, fmt.Errorf("read letters: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (outbox.Item, error) {
		var it outbox.Item
		var doc []byte
		var wait float64
		var lates int
		if err := row.Scan(&it.ID, &it.Attempts, &wait, &lates, &doc); err != nil {
			return it, err
		}
		it.Wait, it.Unsure = time.Duration(max(wait, 0)*float64(time.Second)), lates == 0
		return it, json.Unmarshal(doc, &it.Letter)
	})
}

// Mark writes what became of letters under the hold of ctx, for notices the letter that refreshes the card, and of chats of the desk's people
// that take no letters any more that it is so, in one transaction.
func (s *Store) Mark(ctx context.Context, fates []outbox.Fate) error {
	hold := ledger.HoldOf(ctx)
	var notices []outbox.Fate
	var shut []bot.Address
	for i := range fates {
		if fates[i].Notice != 0 && s.Refresh != nil {
			notices = append(notices, fates[i])
		}
		if chat := fates[i].Unreached; !chat.Zero() && !slices.Contains(shut, chat) {
			shut = append(shut, chat)
		}
	}
	if len(notices)+len(shut) == 0 {
		if err := setFates(ctx, s.Pool, hold, fates); err != nil {
			return fmt.Errorf("mark letters: %w", err)
		}
		s.toldOf(ctx, fates)
		return nil
	}
	var items []outbox.Item
	err := pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		if err := setFates(ctx, tx, hold, fates); err != nil {
			return err
		}
		var err error
		if items, err = s.refresh(ctx, tx, notices); err != nil {
			return err
		}
		for _, chat := range shut {
			told, err := s.unreached(ctx, tx, chat)
			if err != nil {
				return err
			}
			items = append(items, told...)
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mark letters: %w", err)
	}
	s.Committed(items)
	s.toldOf(ctx, fates)
	return nil
}

// setFates is planned anew as the table grows (grown): the plan that is kept from when it was empty reads the whole table, and stays
// until the server gathers statistics, a minute later or more. That a letter was sent is true whoever sent it; all else is for
// who leads now to say. But what the network has told of that very message meanwhile is newer: a copy that did not arrive stays one.
func setFates(ctx context.Context, db interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}, hold ledger.Hold, fates []outbox.Fate) error {
	set := `
UPDATE letters l SET state = f.state, why = f.why, ref = nullif(f.ref, ''), attempts = f.attempts, done = now()
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::int[]) AS f (id, state, why, ref, attempts)
WHERE l.id = f.id AND (l.state = 'cold' OR (l.state IN ('waiting', 'sending') AND f.state <> 'cold')
    OR (l.state = 'replaced' AND f.state = 'sent')) AND (f.state = 'sent' AND (f.ref = '' OR l.ref IS DISTINCT FROM f.ref) OR f.state <> 'sent' AND ` + fenced(6, 7) + `)`
	var (
		ids               = make([]int64, len(fates))
		states, why, refs = make([]string, len(fates)), make([]string, len(fates)), make([]string, len(fates))
		attempts          = make([]int, len(fates))
	)
	newest := int64(0)
	for i, f := range fates {
		newest = max(newest, f.ID)
		ids[i], states[i], why[i], attempts[i] = f.ID, string(f.State), f.Why, f.Attempts
		if !f.Ref.Zero() {
			refs[i] = RefKey(f.Ref)
		}
	}
	if _, err := db.Exec(ctx, set+grown(newest), ids, states, why, refs, attempts, hold.Name, hold.Fence); err != nil {
		return err
	}
	return setLists(ctx, db, fates)
}

// setLists keeps what replies to messages for several cards mean.
func setLists(ctx context.Context, db interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}, fates []outbox.Fate) error {
	const keep = `INSERT INTO lists (ref, intent) SELECT r, i FROM unnest($1::text[], $2::text[]) AS l (r, i) ON CONFLICT DO NOTHING`
	var refs, intents []string
	for i := range fates {
		if l := fates[i].List; l.Intent != "" && !l.Ref.Zero() {
			refs, intents = append(refs, RefKey(l.Ref)), append(intents, l.Intent)
		}
	}
	if len(refs) == 0 {
		return nil
	}
	_, err := db.Exec(ctx, keep, refs, intents)
	return err
}

// grown tells a statement about a table that grows from the same statement when the table was a quarter as large, so that a connection
// plans it again. newest is an id of a row about as new as any.
func grown(newest int64) string { return " -- " + strconv.Itoa(bits.Len64(uint64(max(newest, 0)))/2) }

func (s *Store) refresh(ctx context.Context, tx pgx.Tx, notices []outbox.Fate) ([]outbox.Item, error) {
	const find = `SELECT doc FROM reports WHERE id = $1`
	var letters []ledger.Letter
	for _, f := range notices {
		var doc []byte
		err := tx.QueryRow(ctx, find, f.Notice).Scan(&doc)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			return nil, err
		}
		var r report.Report
		if err := json.Unmarshal(doc, &r); err != nil {
			continue // its card cannot be shown; that its letter was sent must be known all the same
		}
		l := s.Refresh(r)
		if l.Purpose == "" {
			continue // it has no card
		}
		// A letter is marked once; but a mark may be repeated when its answer was lost on the way.
		l.Key = fmt.Sprintf("fate:%s:%s", f.Key, f.State)
		var known bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM letters WHERE key = $1)`, l.Key).Scan(&known); err != nil {
			return nil, err
		}
		if !known {
			letters = append(letters, l)
		}
	}
	return s.put(ctx, tx, &ledger.Batch{Letters: letters})
}

// unsend takes a letter back that still waits.
func (s *Store) unsend(ctx context.Context, tx pgx.Tx, key string) error {
	const take = `UPDATE letters SET state = 'withdrawn', done = now() WHERE key = $1 AND state = 'waiting'`
	tag, err := tx.Exec(ctx, take, key)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return ledger.ErrSent
	}
	return nil
}

// Claim says that a letter that can be withdrawn is going out now; ok is false when it was withdrawn or replaced, when what
// it shows has become confidential since, or another leads in place of the hold of ctx.
// Without it an answer taken back in its last moment could still arrive.
func (s *Store) Claim(ctx context.Context, id int64) (ok bool, err error) {
	claim := `UPDATE letters SET state = 'sending' WHERE id = $1 AND state IN ('waiting', 'sending') AND why <> '` + hushedWhy + `' AND ` + fenced(2, 3)
	hold := ledger.HoldOf(ctx)
	tag, err := s.Pool.Exec(ctx, claim, id, hold.Name, hold.Fence)
	if err != nil {
		return false, fmt.Errorf("claim a letter: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// claimed are the letters of the networks $1 that were claimed.
const claimed = `state = 'sending' AND id = ANY (ARRAY(SELECT id FROM queue WHERE network = ANY ($1) AND NOT cold AND state = 'sending'))`

// Unclaim puts every claimed letter back, when a sender starts: its predecessor died between claim and mark.
func (s *Store) Unclaim(ctx context.Context, networks []string) error {
	const back = `UPDATE letters SET state = 'waiting' WHERE ` + claimed
	if _, err := s.Pool.Exec(ctx, back, networks); err != nil {
		return fmt.Errorf("put claimed letters back: %w", err)
	}
	return nil
}

// Ref is where the letter with this key stands, zero when it was not sent as a message of its own. A card that could not
// be edited, or that was told in a digest, was sent anew by one of its refreshes: it stands where the newest of them does.
// gone is true when the letter waits no more.
func (s *Store) Ref(ctx context.Context, key string) (ref bot.MessageRef, gone bool, err error) {
	const find = `
SELECT coalesce((SELECT r.ref FROM letters r WHERE r.fold = l.key AND r.purpose = 'refresh' AND r.ref IS NOT NULL ORDER BY r.id DESC LIMIT 1),
       l.ref, ''), l.state NOT IN ('waiting', 'sending')
FROM letters l WHERE l.key = $1`
	var text string
	err = s.Pool.QueryRow(ctx, find, key).Scan(&text, &gone)
	if errors.Is(err, pgx.ErrNoRows) {
		ref, err := s.toldAt(ctx, key)
		return ref, err == nil, err
	}
	if err != nil {
		return bot.MessageRef{}, false, fmt.Errorf("read where a letter stands: %w", err)
	}
	return parseRef(text), gone, nil
}

func parseRef(text string) bot.MessageRef {
	for i := len(text) - 1; i > 0; i-- {
		if text[i] == '#' {
			if chat, ok := bot.ParseAddress(text[:i]); ok {
				return bot.MessageRef{Chat: chat, ID: text[i+1:]}
			}
			break
		}
	}
	return bot.MessageRef{}
}

// Backlog counts the waiting letters of each queue and tells the age of the oldest that may go now.
func (s *Store) Backlog(ctx context.Context) (map[string]int, map[string]time.Duration, error) {
	const count = `
SELECT network, count(*), coalesce(extract(epoch FROM now() - min(created) FILTER (WHERE (hold IS NULL OR hold <= now()) AND (again IS NULL OR again <= now()))), 0)
FROM queue WHERE NOT cold GROUP BY network`
	rows, err := s.Looking().Query(ctx, count)
	if err != nil {
		return nil, nil, fmt.Errorf("count the waiting letters: %w", err)
	}
	n, age := map[string]int{}, map[string]time.Duration{}
	var network string
	var many int
	var seconds float64
	_, err = pgx.ForEachRow(rows, []any{&network, &many, &seconds}, func() error {
		n[network], age[network] = many, time.Duration(seconds*float64(time.Second))
		return nil
	})
	if err != nil {
		return nil, nil, fmt.Errorf("count the waiting letters: %w", err)
	}
	return n, age, nil
}
