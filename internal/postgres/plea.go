package postgres

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// pleaded writes a plea after a change. One that has moved on meanwhile is ErrStale, also where two open the same.
func (s *Store) pleaded(ctx context.Context, tx pgx.Tx, c ledger.Pleaded) error {
	const begin = `
INSERT INTO pleas (id, rev, act, chat, open, asked, doc) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`
	const set = `UPDATE pleas SET rev = $2, act = $3, chat = $4, open = $5, asked = $6, doc = $7 WHERE id = $1 AND rev = $8`
	chat := ""
	if !c.Plea.Chat.Zero() {
		chat = c.Plea.Chat.Chat().String()
	}
	args := []any{string(c.Plea.ID), c.Plea.Rev, string(c.Plea.Act), chat, c.Plea.Open(), c.Plea.Asked, mustJSON(c.Plea)}
	sql := begin
	if c.Was != 0 {
		sql = set
		args = append(args, c.Was)
	}
	tag, err := tx.Exec(ctx, sql, args...)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// movePleas lets a person's open pleas follow to another address.
func (s *Store) movePleas(ctx context.Context, tx pgx.Tx, was, now bot.Address) error {
	const set = `
UPDATE pleas SET chat = $2, rev = rev + 1, doc = doc || jsonb_build_object('chat', $3::jsonb, 'rev', rev + 1,
    'chats', coalesce(doc -> 'chats', '[]') || $3::jsonb) WHERE chat = $1 AND open`
	const covered = `
UPDATE pleas SET rev = rev + 1, doc = doc || jsonb_build_object('rev', rev + 1, 'tied', doc -> 'tied' || $2::jsonb)
WHERE open AND doc -> 'tied' @> $1::jsonb`
	if _, err := tx.Exec(ctx, set, was.Chat().String(), now.Chat().String(), mustJSON(now.Chat())); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, covered, mustJSON([]bot.Address{was.Chat()}), mustJSON(now.Chat()))
	return err
}

// redacted replaces facts; the database itself refuses what is no redaction that an erased fact names.
func (s *Store) redacted(ctx context.Context, tx pgx.Tx, c ledger.Redacted) error {
	const (
		set = `UPDATE facts SET doc = $3 WHERE report = $1 AND seq = $2`
		// A number in LAPOR! that goes with a person is remembered by itself: no file is to bring back what it is about.
		gone = `
INSERT INTO sightings (tracking, seen, erased) SELECT doc #>> '{foreign,number}', 'epoch', true FROM facts
WHERE report = $1 AND seq = $2 AND what = 'linked' AND doc #>> '{foreign,source}' = $3 ON CONFLICT (tracking) DO UPDATE SET erased = true`
	)
	for _, f := range c.Facts {
		if f.What == report.WasLinked && f.Foreign == nil {
			if _, err := tx.Exec(ctx, gone, f.Report, f.Seq, report.Lapor); err != nil {
				return err
			}
		}
		tag, err := tx.Exec(ctx, set, f.Report, f.Seq, mustJSON(f))
		if err != nil {
			return err
		}
		if tag.RowsAffected() == 0 {
			return ledger.ErrUnknown
		}
	}
	return nil
}

// bare is a letter without the person and the words, for SQL. What became of it stays. A long Intent holds words that were chosen from.
const (
	bareWords = `doc = (doc::jsonb - ARRAY['Message', 'Rest'] || '{"Message": {}}' || CASE WHEN length(doc ->> 'Intent') > 60
    THEN jsonb_build_object('Intent', regexp_replace(doc ->> 'Intent', '^((alone:)?[^:]*):.*$', '\1')) ELSE '{}' END)::json`
	barePerson = `key = 'erased:' || id, lane = '', ref = NULL, fold = '', hold = NULL, why = '',
    doc = (doc::jsonb - ARRAY['Message', 'Rest', 'To', 'Key', 'Press', 'Answers', 'Edits', 'Fold', 'Over'] || '{"Message": {}, "Key": ""}')::json`
)

// cleared takes a person out of what waits.
func (s *Store) cleared(ctx context.Context, tx pgx.Tx, c ledger.Cleared) error {
	chats, networks := names(c.Chats)
	gone := numbersOf(c.Gone)
	about, theirs := lettersOf(c.Later, c.Except, c.Gone)
	conversations := chats
	if c.Later {
		conversations = []string{}
	}
	for _, step := range []struct {
		sql  string
		args []any
	}{
		{`DELETE FROM timers WHERE subject = ANY ($1)`, []any{conversations}},
		// What is claimed is on the wire: it arrives, and leaves no trace.
		{`UPDATE letters SET state = 'withdrawn', done = now(), ` + barePerson + `
WHERE state IN ('waiting', 'sending') AND id = ANY (ARRAY(SELECT id FROM queue WHERE network = ANY ($2) AND lane = ANY ($1))) AND (report = ANY ($3)) = $4`, []any{chats, networks, about, theirs}},
		{`UPDATE letters SET state = 'withdrawn', done = now(), ` + barePerson + `
WHERE state = 'cold' AND id = ANY (ARRAY(SELECT id FROM queue WHERE cold AND lane = ANY ($1))) AND (report = ANY ($2)) = $3`, []any{chats, about, theirs}},
		{`UPDATE letters SET state = 'withdrawn', done = now(), ` + bareWords + `
WHERE state IN ('waiting', 'sending') AND purpose = 'desk' AND report = ANY ($1)`, []any{gone}},
		{`DELETE FROM stumbles WHERE (event #>> '{Chat,n}') || ':' || (event #>> '{Chat,i}') = ANY ($1)`, []any{conversations}},
		// A measure that still holds stays: nobody erases the way out of it.
		{`DELETE FROM conducts WHERE chat = ANY ($1) AND until <= $2`, []any{conversations, c.At}},
		{`DELETE FROM contacts WHERE report = ANY ($1)`, []any{gone}},
		{`UPDATE reports SET cause = 'erased:' || id WHERE id = ANY ($1)`, []any{gone}},
		{`INSERT INTO erased (mark, at) SELECT m, $2 FROM unnest($1::text[]) AS m
ON CONFLICT (mark) DO UPDATE SET at = greatest(erased.at, excluded.at)`, []any{c.Marks, c.At}},
	} {
		if _, err := tx.Exec(ctx, step.sql, step.args...); err != nil {
			return fmt.Errorf("clear a person's traces: %w", err)
		}
	}
	return untie(ctx, tx, conversations)
}

// hushedWhy marks a letter that is being sent while what it shows becomes confidential.
const hushedWhy = "hushed"

// hushed takes back what waits to show what was said of a report. What is on the wire arrives; what is not there yet is not tried again.
func (s *Store) hushed(ctx context.Context, tx pgx.Tx, c ledger.Hushed) error {
	const hush = `
UPDATE letters SET state = 'withdrawn', done = now(), ` + bareWords + `
WHERE report = $1 AND state IN ('waiting', 'cold') AND id = ANY (ARRAY(SELECT id FROM queue WHERE purpose IN ('echo', 'desk'))) AND (purpose = 'echo' OR purpose = 'desk' AND (network = $2 AND key ~ $3 OR key ~ $4))`
	// What is being sent may have failed and wait for its next try: it is not claimed again (Claim).
	const stop = `
UPDATE letters SET why = '` + hushedWhy + `' WHERE state = 'sending' AND id = ANY (ARRAY(SELECT id FROM queue WHERE state = 'sending')) AND (report = $1 AND (purpose = 'echo' OR purpose = 'desk' AND (network = $2 AND key ~ $3 OR key ~ $4))
    OR key IN (SELECT key FROM mentions WHERE report = $1))`
	const lists = `UPDATE letters SET state = 'withdrawn', done = now(), ` + bareWords + ` WHERE state = 'waiting' AND key IN (SELECT key FROM mentions WHERE report = $1)`
	args := []any{c.Report, outbox.DeskQueue, ledger.Shown, ledger.Quoted}
	_, err := tx.Exec(ctx, hush, args...)
	if err == nil {
		_, err = tx.Exec(ctx, stop, args...)
	}
	if err == nil {
		_, err = tx.Exec(ctx, lists, c.Report)
	}
	if err != nil {
		return fmt.Errorf("take back what was said: %w", err)
	}
	return nil
}

// lettersOf tells which letters to a person go: those of which (report = ANY (about)) = theirs. In the first round of an erasing that
// is all but for those about what goes on, later only those about what goes then.
func lettersOf(later bool, except, gone []report.ID) (about []int64, theirs bool) {
	if later {
		return numbersOf(gone), true
	}
	return numbersOf(except), false
}

// names are addresses and their networks as the database holds them.
func names(chats []bot.Address) (all, networks []string) {
	all, networks = []string{}, []string{}
	for _, c := range chats {
		all, networks = append(all, c.Chat().String()), append(networks, string(c.Network))
	}
	return all, networks
}

func numbersOf(ids []report.ID) []int64 {
	all := make([]int64, len(ids))
	for i, id := range ids {
		all[i] = int64(id)
	}
	return all
}
