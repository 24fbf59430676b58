package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// sweepStep is how many letters are looked at with one statement: they are found by their ids, for no index knows whose they are.
const sweepStep = 20_000

// Newest is the id of the newest letter.
func (s *Store) Newest(ctx context.Context) (id int64, err error) {
	if err := s.Pool.QueryRow(ctx, `SELECT coalesce(max(id), 0) FROM letters`).Scan(&id); err != nil {
		return 0, fmt.Errorf("ask for the newest letter: %w", err)
	}
	return id, nil
}

// SweepLetters takes a person out of letters that are over, from an id up to another: of those to the chats, but about the reports
// that go on, all; of those about the gone reports, the words. It does a part and says how far it came.
func (s *Store) SweepLetters(ctx context.Context, chats []bot.Address, except, gone []report.ID, from, upTo int64) (int64, error) {
	const own = `
UPDATE letters SET ` + barePerson + ` WHERE id > $1 AND id <= $2 AND lane = ANY ($3) AND NOT (report = ANY ($4))
AND state NOT IN ('waiting', 'sending', 'cold') AND purpose NOT IN ('card', 'refresh')`
	const about = `
UPDATE letters SET ` + bareWords + ` WHERE id > $1 AND id <= $2 AND report = ANY ($3) AND state NOT IN ('waiting', 'sending', 'cold')`
	to := min(from+sweepStep, upTo)
	all, _ := names(chats)
	if _, err := s.Pool.Exec(ctx, own, from, to, all, numbersOf(except)); err != nil {
		return from, fmt.Errorf("sweep a person's letters: %w", err)
	}
	if len(gone) > 0 {
		if _, err := s.Pool.Exec(ctx, about, from, to, numbersOf(gone)); err != nil {
			return from, fmt.Errorf("sweep letters about a report: %w", err)
		}
	}
	return to, nil
}

// DropCauses forgets the handled causes that are made of a chat's address: those of timers and of what was heard. Those of events
// stay until Forget.
func (s *Store) DropCauses(ctx context.Context, chats []bot.Address) error {
	const drop = `DELETE FROM handled WHERE starts_with(cause, 'timer:') AND position('/' || $1 || '/' IN cause) > 0 OR starts_with(cause, 'heard:' || $1 || ':')`
	for _, c := range chats {
		if _, err := s.Pool.Exec(ctx, drop, c.Chat().String()); err != nil {
			return fmt.Errorf("forget causes that name a chat: %w", err)
		}
	}
	return nil
}

// DropMedia forgets the files of reports that no fact of theirs names any more, and those of the sources, and tells which files of
// the store they were.
func (s *Store) DropMedia(ctx context.Context, gone []report.ID, sources []bot.MediaRef) ([]bot.MediaRef, error) {
	const drop = `
DELETE FROM media m WHERE source = ANY ($2) OR report = ANY ($1) AND report <> 0 AND NOT EXISTS (
    SELECT FROM facts f, jsonb_array_elements(coalesce(f.doc -> 'photos', '[]') || coalesce(f.doc -> 'files', '[]')) AS x
    WHERE f.report = m.report AND (x ->> 'n') || ':' || (x ->> 'i') = m.source)
RETURNING doc`
	keys := make([]string, len(sources))
	for i, m := range sources {
		keys[i] = SourceKey(m)
	}
	files, err := docs[ledger.File](ctx, s.Pool, drop, numbersOf(gone), keys)
	if err != nil {
		return nil, fmt.Errorf("forget a person's files: %w", err)
	}
	var refs []bot.MediaRef
	for _, f := range files {
		if f.Ref.ID != "" {
			refs = append(refs, f.Ref)
		}
	}
	return refs, nil
}

// FileNamed reports whether anything still names a file of the store.
func (s *Store) FileNamed(ctx context.Context, m bot.MediaRef) (named bool, err error) {
	if err := s.Pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM media WHERE doc #>> '{ref,i}' = $1)`, m.ID).Scan(&named); err != nil {
		return false, fmt.Errorf("ask who needs a file: %w", err)
	}
	return named, nil
}

// DropMoves forgets the former addresses of a person.
func (s *Store) DropMoves(ctx context.Context, chats []bot.Address) error {
	all, _ := names(chats)
	if _, err := s.Pool.Exec(ctx, `DELETE FROM moves WHERE person AND (was = ANY ($1) OR now = ANY ($1))`, all); err != nil {
		return fmt.Errorf("forget former addresses: %w", err)
	}
	return nil
}

// Aged are reports that are over since then and still hold their reporter or words, at most limit.
func (s *Store) Aged(ctx context.Context, over time.Time, limit int) ([]report.ID, error) {
	const find = `
SELECT id FROM reports r WHERE status IN ('resolved', 'closed', 'rejected', 'merged', 'transferred') AND NOT doc ? 'erased' AND filed < $1
AND (SELECT max(f.at) FROM facts f WHERE f.report = r.id AND f.what NOT IN ('advised', 'moved')) < $1 ORDER BY filed LIMIT $2`
	rows, err := s.Pool.Query(ctx, find, over, limit)
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
func (s *Store) AgedCalls(ctx context.Context, over time.Time, limit int) ([]ledger.Call, error) {
	const find = `SELECT doc FROM calls WHERE NOT open AND chat <> '' AND (doc ->> 'ended') < $1 ORDER BY opened LIMIT $2`
	return many[ledger.Call](ctx, s.Reader, "read talks that were kept for long", find, over.UTC().Format(time.RFC3339), limit)
}

// Old removes letters that are over, and stumbles, that are older than a time: of letters the words and the person go, and what
// they were about and what became of them stays. Letters about reports that are not over keep both. It does a part, and says whether
// there is more.
func (s *Store) Old(ctx context.Context, letters, stumbles time.Time) (more bool, err error) {
	const some = 2000
	const drop = `
UPDATE letters SET ` + barePerson + ` WHERE id IN (
    SELECT id FROM letters l WHERE created < $1 AND lane <> '' AND network <> 'desk' AND state NOT IN ('waiting', 'sending', 'cold')
    AND NOT EXISTS (SELECT FROM reports r WHERE r.id = l.report AND NOT r.doc ? 'erased') ORDER BY id LIMIT $2)`
	tag, err := s.Pool.Exec(ctx, drop, letters, some)
	if err == nil {
		_, err = s.Pool.Exec(ctx, `DELETE FROM stumbles WHERE at < $1`, stumbles)
	}
	if err == nil {
		_, err = s.Pool.Exec(ctx, `DELETE FROM pleas WHERE NOT open AND asked < $1`, letters)
	}
	if err != nil {
		return false, fmt.Errorf("remove what is old: %w", err)
	}
	return tag.RowsAffected() == some, nil
}

// Plea finds a plea by its id.
func (s *Reader) Plea(ctx context.Context, id ledger.PleaID) (ledger.Plea, error) {
	return one[ledger.Plea](ctx, s, "read a plea", `SELECT doc FROM pleas WHERE id = $1`, string(id))
}

// PleaOf is the newest open plea of a chat for an act.
func (s *Reader) PleaOf(ctx context.Context, chat bot.Address, act ledger.PleaAct) (ledger.Plea, error) {
	const find = `SELECT doc FROM pleas WHERE chat = $1 AND act = $2 AND open ORDER BY asked DESC, id LIMIT 1`
	return one[ledger.Plea](ctx, s, "read the plea of a chat", find, chat.Chat().String(), string(act))
}

// PleasFor are the open pleas for erasing in which a report is left.
func (s *Reader) PleasFor(ctx context.Context, id report.ID) ([]ledger.Plea, error) {
	const find = `SELECT doc FROM pleas WHERE open AND act = 'erase' AND doc -> 'left' @> to_jsonb($1::bigint) ORDER BY asked`
	return many[ledger.Plea](ctx, s, "read the pleas about a report", find, id)
}

// GoneMark reports whether a chat whose keyed hash this is was erased at a time or later.
func (s *Reader) GoneMark(ctx context.Context, mark string, at time.Time) (gone bool, err error) {
	const find = `SELECT EXISTS (SELECT FROM erased WHERE mark = $1 AND at >= $2)`
	if err := s.db.QueryRow(ctx, find, mark, at).Scan(&gone); err != nil {
		return false, fmt.Errorf("ask whether a chat was erased: %w", err)
	}
	return gone, nil
}

// Possessions are what is kept about a person.
func (s *Reader) Possessions(ctx context.Context, chat bot.Address, letters int) (p ledger.Possessions, err error) {
	const (
		former   = `SELECT was FROM moves WHERE now = $1 AND person ORDER BY was`
		own      = `SELECT doc FROM reports WHERE reporter = ANY ($1) ORDER BY filed, id`
		followed = `SELECT doc FROM reports WHERE doc ? 'followers' AND (doc -> 'followers') @> ANY ($1::jsonb[]) AND NOT (reporter = ANY ($2)) ORDER BY filed, id`
		talks    = `SELECT doc FROM calls WHERE chat = ANY ($1) ORDER BY opened, id`
	)
	doing := func(err error) error { return fmt.Errorf("read what is kept about a person: %w", err) }
	p.Chats = []bot.Address{chat.Chat()}
	rows, err := s.db.Query(ctx, former, chat.Chat().String())
	if err != nil {
		return p, doing(err)
	}
	was, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return p, doing(err)
	}
	for _, text := range was {
		if a, ok := bot.ParseAddress(text); ok {
			p.Chats = append(p.Chats, a)
		}
	}
	chats, _ := names(p.Chats)
	probes := make([]string, len(p.Chats))
	for i, c := range p.Chats {
		probes[i] = string(mustJSON([]map[string]any{{"chat": c}}))
	}
	mine, err := docs[report.Report](ctx, s.db, own, chats)
	if err != nil {
		return p, doing(err)
	}
	others, err := docs[report.Report](ctx, s.db, followed, probes, chats)
	if err != nil {
		return p, doing(err)
	}
	if p.Calls, err = docs[ledger.Call](ctx, s.db, talks, chats); err != nil {
		return p, doing(err)
	}
	if p.Reports, err = s.cases(ctx, mine); err != nil {
		return p, doing(err)
	}
	if p.Followed, err = s.cases(ctx, others); err != nil {
		return p, doing(err)
	}
	if letters > 0 {
		if p.Letters, err = s.written(ctx, chats, letters); err != nil {
			return p, doing(err)
		}
	}
	return p, nil
}

// Case is a report with its facts as they were written.
func (s *Reader) Case(ctx context.Context, id report.ID) (ledger.Case, error) {
	r, err := s.ByID(ctx, id)
	if err != nil {
		return ledger.Case{}, err
	}
	all, err := s.cases(ctx, []report.Report{r})
	if err != nil {
		return ledger.Case{}, fmt.Errorf("read a case: %w", err)
	}
	return all[0], nil
}

func (s *Reader) cases(ctx context.Context, reports []report.Report) ([]ledger.Case, error) {
	out := make([]ledger.Case, 0, len(reports))
	for _, r := range reports {
		c := ledger.Case{Report: r}
		var err error
		if c.Facts, err = docs[report.Fact](ctx, s.db, `SELECT doc FROM facts WHERE report = $1 ORDER BY seq`, r.ID); err != nil {
			return nil, err
		}
		var sources []string
		for _, f := range c.Facts {
			for _, m := range append(append([]bot.MediaRef(nil), f.Photos...), f.Files...) {
				sources = append(sources, SourceKey(m))
			}
		}
		if len(sources) > 0 {
			if c.Files, err = s.kept(ctx, sources); err != nil {
				return nil, err
			}
		}
		out = append(out, c)
	}
	return out, nil
}

// written are the letters to a person whose words are still kept, newest first.
func (s *Reader) written(ctx context.Context, chats []string, limit int) ([]ledger.PostedLetter, error) {
	const find = `
SELECT created, doc FROM letters WHERE lane = ANY ($1) AND state = 'sent' AND purpose NOT IN ('press') ORDER BY id DESC LIMIT $2`
	rows, err := s.db.Query(ctx, find, chats, limit)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (ledger.PostedLetter, error) {
		var l ledger.PostedLetter
		var doc []byte
		if err := row.Scan(&l.At, &doc); err != nil {
			return l, err
		}
		var whole ledger.Letter
		err := json.Unmarshal(doc, &whole)
		l.Text = bot.Unmark(whole.Message.Text)
		return l, err
	})
}
