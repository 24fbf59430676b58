package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// sweepStep is how many letters are looked at with one statement: they are found by their ids, for no index knows whose they are.
const sweepStep = 20_000

// Keeper takes out of the database what has been kept for long enough, or what a person wants to be gone, and tells where else it stands.
type Keeper struct{ db *pgxpool.Pool }

// Newest is the id of the newest letter.
func (s *Keeper) Newest(ctx context.Context) (id int64, err error) {
	if err := s.db.QueryRow(ctx, `SELECT coalesce(max(id), 0) FROM letters`).Scan(&id); err != nil {
		return 0, fmt.Errorf("ask for the newest letter: %w", err)
	}
	return id, nil
}

// SweepLetters takes a person out of letters that are over, from an id up to another: of those to the chats, but about the reports
// that go on, all (in a later round only those about the gone reports); of those about the gone reports and of talks (by what a reply
// to them means), the words. It does a part and says how far it came; where no chat and no talk is to be looked for, all of it.
func (s *Keeper) SweepLetters(ctx context.Context, w ledger.Sweep, from, upTo int64) (int64, error) {
	const own = `
UPDATE letters SET ` + barePerson + ` WHERE id > $1 AND id <= $2 AND lane = ANY ($3) AND (report = ANY ($4)) = $5
AND state NOT IN ('waiting', 'sending', 'cold') AND purpose NOT IN ('card', 'refresh')`
	const about = `
UPDATE letters SET ` + bareWords + ` WHERE id > $1 AND id <= $2 AND state NOT IN ('waiting', 'sending', 'cold')
AND (report = ANY ($3) OR doc ->> 'Intent' = ANY ($4))`
	const known = `
UPDATE letters SET ` + bareWords + ` WHERE report = ANY ($1) AND id <= $2 AND state NOT IN ('waiting', 'sending', 'cold')`
	if len(w.Chats)+len(w.Talks) == 0 { // an index knows them
		if _, err := s.db.Exec(ctx, known, numbersOf(w.Gone), upTo); err != nil {
			return from, fmt.Errorf("sweep letters about a report: %w", err)
		}
		return upTo, nil
	}
	to := min(from+sweepStep, upTo)
	all, _ := names(w.Chats)
	reports, theirs := lettersOf(w.Later, w.Except, w.Gone)
	if _, err := s.db.Exec(ctx, own, from, to, all, reports, theirs); err != nil {
		return from, fmt.Errorf("sweep a person's letters: %w", err)
	}
	for _, x := range w.Said {
		const said = `
UPDATE letters SET ` + bareWords + ` WHERE id > $1 AND id <= $2 AND state NOT IN ('waiting', 'sending', 'cold') AND purpose = 'desk' AND report = $3 AND key ~ $4`
		if _, err := s.db.Exec(ctx, said, from, to, x.Report, x.Shows()); err != nil {
			return from, fmt.Errorf("sweep letters about what was said: %w", err)
		}
	}
	if len(w.Gone)+len(w.Talks) > 0 {
		if _, err := s.db.Exec(ctx, about, from, to, numbersOf(w.Gone), append([]string{}, w.Talks...)); err != nil {
			return from, fmt.Errorf("sweep letters about a report: %w", err)
		}
	}
	return to, nil
}

// postTo is ledger.Post's To of the letter l, {} for a room of the desk and for what is no letter.
const postTo = `coalesce(CASE WHEN l.network <> '` + outbox.DeskQueue + `' THEN l.doc -> 'To' END, '{}')`

// Posts are the messages of the desk that show what the citizen sent: under the cards of reports, in talks, and what was handed to the head
// of an office in private with what came of it.
func (s *Keeper) Posts(ctx context.Context, w ledger.Sweep) ([]ledger.Post, error) {
	const find = `
SELECT key, report, coalesce(doc ->> 'Room', ''), ` + postTo + ` FROM letters l WHERE purpose = 'desk' AND state IN ('waiting', 'sending', 'sent') AND doc::jsonb -> 'Message' <> '{}'
AND (report = ANY ($1) AND report <> 0 OR doc ->> 'Intent' = ANY ($2)) AND key ~ $3 ORDER BY id`
	rows, err := s.db.Query(ctx, find, numbersOf(w.Gone), append([]string{}, w.Talks...), ledger.Shown)
	if err != nil {
		return nil, fmt.Errorf("find what the desk shows of a person: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Post])
	if err != nil {
		return nil, fmt.Errorf("find what the desk shows of a person: %w", err)
	}
	for _, x := range w.Said {
		const said = `
SELECT key, report, coalesce(doc ->> 'Room', ''), ` + postTo + ` FROM letters l WHERE purpose = 'desk' AND state IN ('waiting', 'sending', 'sent') AND doc::jsonb -> 'Message' <> '{}'
AND report = $1 AND key ~ $2 ORDER BY id`
		rows, err := s.db.Query(ctx, said, x.Report, x.Shows())
		if err != nil {
			return nil, fmt.Errorf("find what the desk shows of a follower: %w", err)
		}
		more, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Post])
		if err != nil {
			return nil, fmt.Errorf("find what the desk shows of a follower: %w", err)
		}
		all = append(all, more...)
	}
	more, err := s.mentioned(ctx, w.Gone)
	return append(all, more...), err
}

// Shown are the messages of the desk that show what a citizen said of a report, and those that show something of it beside others.
func (s *Keeper) Shown(ctx context.Context, id report.ID) ([]ledger.Post, error) {
	const find = `
SELECT key, report, coalesce(doc ->> 'Room', ''), ` + postTo + ` FROM letters l WHERE purpose = 'desk' AND report = $1 AND state IN ('waiting', 'sending', 'sent')
AND doc::jsonb -> 'Message' <> '{}' AND (network = 'desk' AND key ~ $2 OR key ~ $3) ORDER BY id`
	rows, err := s.db.Query(ctx, find, id, ledger.Shown, ledger.Quoted)
	if err != nil {
		return nil, fmt.Errorf("find what the desk shows of a report: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Post])
	if err != nil {
		return nil, fmt.Errorf("find what the desk shows of a report: %w", err)
	}
	more, err := s.mentioned(ctx, []report.ID{id})
	return append(all, more...), err
}

// DropCauses forgets the handled causes that are made of a chat's address: those of timers and of what was heard. Those of events
// stay until Forget.
func (s *Keeper) DropCauses(ctx context.Context, chats []bot.Address) error {
	const drop = `DELETE FROM handled WHERE starts_with(cause, 'timer:') AND position('/' || $1 || '/' IN cause) > 0 OR starts_with(cause, 'heard:' || $1 || ':')`
	for _, c := range chats {
		if _, err := s.db.Exec(ctx, drop, c.Chat().String()); err != nil {
			return fmt.Errorf("forget causes that name a chat: %w", err)
		}
	}
	return nil
}

// Orphans are the files of erased reports and of what was said in others' that no fact of theirs names any more, and those that networks
// gave the names.
func (s *Keeper) Orphans(ctx context.Context, w ledger.Sweep, sources []bot.MediaRef) ([]ledger.Orphan, error) {
	const find = `
SELECT source, doc FROM media m WHERE source = ANY ($2) OR (report = ANY ($1) OR source = ANY ($3)) AND NOT EXISTS (
    SELECT FROM facts f, jsonb_array_elements(coalesce(f.doc -> 'photos', '[]') || coalesce(f.doc -> 'files', '[]')) AS x
    WHERE f.report = m.report AND (x ->> 'n') || ':' || (x ->> 'i') = m.source)`
	var said []bot.MediaRef
	for _, x := range w.Said {
		said = append(said, x.Files...)
	}
	rows, err := s.db.Query(ctx, find, numbersOf(w.Gone), sourceKeys(sources), sourceKeys(said))
	if err != nil {
		return nil, fmt.Errorf("find a person's files: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (o ledger.Orphan, err error) {
		var doc []byte
		if err := row.Scan(&o.Source, &doc); err != nil {
			return o, err
		}
		var f ledger.File
		err = json.Unmarshal(doc, &f)
		o.Ref = f.Ref
		return o, err
	})
	if err != nil {
		return nil, fmt.Errorf("find a person's files: %w", err)
	}
	return all, nil
}

func sourceKeys(files []bot.MediaRef) []string {
	keys := make([]string, len(files))
	for i, m := range files {
		keys[i] = SourceKey(m)
	}
	return keys
}

// Needed reports whether any other row names an orphan's file: one picture may be of several people.
func (s *Keeper) Needed(ctx context.Context, o ledger.Orphan) (needed bool, err error) {
	const find = `SELECT EXISTS (SELECT FROM media WHERE doc #>> '{ref,i}' = $1 AND source <> $2)`
	if err := s.db.QueryRow(ctx, find, o.Ref.ID, o.Source).Scan(&needed); err != nil {
		return false, fmt.Errorf("ask who needs a file: %w", err)
	}
	return needed, nil
}

// DropMedia forgets a file, and the causes that its network's name stands in.
func (s *Keeper) DropMedia(ctx context.Context, o ledger.Orphan) error {
	const drop = `
WITH gone AS (DELETE FROM media WHERE source = $1 RETURNING report)
DELETE FROM handled WHERE cause IN (SELECT 'job:media:' || report || ':' || $1 FROM gone UNION SELECT 'job:media:waits:' || report || ':' || $1 FROM gone)`
	if _, err := s.db.Exec(ctx, drop, o.Source); err != nil {
		return fmt.Errorf("forget a file: %w", err)
	}
	return nil
}

// ErasedSince are the reports that were erased since a time, at most limit: a program may have died before it removed their files.
func (s *Keeper) ErasedSince(ctx context.Context, since time.Time, limit int) ([]report.ID, error) {
	const find = `SELECT id FROM reports WHERE doc ? 'erased' AND (doc ->> 'erased') >= $1 ORDER BY doc ->> 'erased' LIMIT $2`
	rows, err := s.db.Query(ctx, find, since.UTC().Format(time.RFC3339), limit)
	if err != nil {
		return nil, fmt.Errorf("read what was erased lately: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[report.ID])
	if err != nil {
		return nil, fmt.Errorf("read what was erased lately: %w", err)
	}
	return ids, nil
}

// DropMoves forgets the former addresses of a person.
func (s *Keeper) DropMoves(ctx context.Context, chats []bot.Address) error {
	all, _ := names(chats)
	if _, err := s.db.Exec(ctx, `DELETE FROM moves WHERE person AND (was = ANY ($1) OR now = ANY ($1))`, all); err != nil {
		return fmt.Errorf("forget former addresses: %w", err)
	}
	return nil
}

// Aged are reports that are over since then and still hold their reporter, somebody else or words, at most limit.
func (s *Keeper) Aged(ctx context.Context, over time.Time, limit int) ([]report.ID, error) {
	const (
		old = `status IN ('resolved', 'closed', 'rejected', 'merged', 'transferred') AND filed < $1
AND (SELECT max(f.at) FROM facts f WHERE f.report = r.id AND f.what NOT IN ('advised', 'moved')) < $1 ORDER BY filed LIMIT $2`
		find = `(SELECT id FROM reports r WHERE NOT doc ? 'erased' AND ` + old + `) UNION ALL (SELECT id FROM reports r WHERE doc ? 'erased' AND doc ? 'remains' AND ` + old + `) LIMIT $2`
	)
	rows, err := s.db.Query(ctx, find, over, limit)
	if err != nil {
		return nil, fmt.Errorf("read what was kept for long: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[report.ID])
	if err != nil {
		return nil, fmt.Errorf("read what was kept for long: %w", err)
	}
	return ids, nil
}

// AgedCalls are talks that ended before a time and still hold who spoke, at most limit.
func (s *Keeper) AgedCalls(ctx context.Context, over time.Time, limit int) ([]ledger.Call, error) {
	const find = `SELECT doc FROM calls WHERE NOT open AND chat <> '' AND (doc ->> 'ended') < $1 ORDER BY opened LIMIT $2`
	return many[ledger.Call](ctx, NewReader(s.db), "read talks that were kept for long", find, over.UTC().Format(time.RFC3339), limit)
}

// Old takes the words and the person out of letters that are over and older than a time; what they were about and what became of them
// stays, as long as reports do. Letters about reports that still have their reporter or words keep all. It does a part, and says whether
// there is more.
func (s *Keeper) Old(ctx context.Context, t ledger.Terms) (more bool, err error) {
	const some = 2000
	// Who was silent for so long, or has shut the bot out, is not waited for any longer.
	const forget = `
UPDATE letters SET state = 'withdrawn', done = now() WHERE state = 'cold' AND id = ANY (ARRAY(
    SELECT q.id FROM queue q JOIN letters l ON l.id = q.id WHERE q.cold AND q.created < $1
    AND NOT EXISTS (SELECT FROM reports r WHERE r.id = l.report AND NOT r.doc ? 'erased') ORDER BY q.id LIMIT $2))`
	const drop = `
UPDATE letters SET ` + barePerson + ` WHERE id IN (
    SELECT id FROM letters l WHERE created < $1 AND lane <> '' AND network <> 'desk' AND state NOT IN ('waiting', 'sending', 'cold')
    AND NOT EXISTS (SELECT FROM reports r WHERE r.id = l.report AND NOT r.doc ? 'erased') ORDER BY id LIMIT $2)`
	const remove = `
DELETE FROM letters WHERE id IN (
    SELECT id FROM letters l WHERE created < $1 AND state NOT IN ('waiting', 'sending', 'cold')
    AND NOT EXISTS (SELECT FROM reports r WHERE r.id = l.report AND NOT r.doc ? 'erased') LIMIT $2)`
	forgotten, err := s.db.Exec(ctx, forget, t.Letters, some)
	if err != nil {
		return false, fmt.Errorf("take back letters that nobody came for: %w", err)
	}
	bared, err := s.db.Exec(ctx, drop, t.Letters, some)
	if err != nil {
		return false, fmt.Errorf("take people out of old letters: %w", err)
	}
	removed, err := s.db.Exec(ctx, remove, t.Reports, some)
	if err != nil {
		return false, fmt.Errorf("remove old letters: %w", err)
	}
	return max(forgotten.RowsAffected(), bared.RowsAffected(), removed.RowsAffected()) == some, nil
}
