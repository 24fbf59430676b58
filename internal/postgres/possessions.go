package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

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

// ErasureKey is the key of what stands in place of what was erased.
func (s *Store) ErasureKey() []byte { return []byte(s.erasure) }

// Gone reports whether the conversation with a chat was erased at a time or later.
func (s *Store) Gone(ctx context.Context, chat bot.Address, at time.Time) (gone bool, err error) {
	const find = `SELECT EXISTS (SELECT FROM erased WHERE mark = $1 AND at >= $2)`
	if err := s.Pool.QueryRow(ctx, find, casework.ChatMark(s.ErasureKey(), chat), at).Scan(&gone); err != nil {
		return false, fmt.Errorf("ask whether a chat was erased: %w", err)
	}
	return gone, nil
}

// Possessions are what is kept about a person.
func (s *Reader) Possessions(ctx context.Context, chat bot.Address, letters int) (p ledger.Possessions, err error) {
	const (
		former = `SELECT was FROM moves WHERE now = $1 AND person ORDER BY was`
		own    = `SELECT doc FROM reports WHERE reporter = ANY ($1) ORDER BY filed, id`
		talks  = `SELECT doc FROM calls WHERE chat = ANY ($1) ORDER BY opened, id`
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
	mine, err := docs[report.Report](ctx, s.db, own, chats)
	if err != nil {
		return p, doing(err)
	}
	others, err := s.cameTo(ctx, p.Chats, chats)
	if err != nil {
		return p, doing(err)
	}
	if p.Calls, err = docs[ledger.Call](ctx, s.db, talks, chats); err != nil {
		return p, doing(err)
	}
	if p.TalkFiles, err = s.ofTalks(ctx, p.Calls); err != nil {
		return p, doing(err)
	}
	if p.Reports, err = s.cases(ctx, mine); err != nil {
		return p, doing(err)
	}
	if p.Followed, err = s.cases(ctx, others); err != nil {
		return p, doing(err)
	}
	officers, err := docs[ledger.Operator](ctx, s.db, `SELECT doc FROM operators WHERE id = ANY ($1) ORDER BY id`, chats)
	if err != nil {
		return p, doing(err)
	}
	if len(officers) > 0 {
		p.Operator = &officers[0]
	}
	if letters > 0 {
		if p.Letters, err = s.written(ctx, chats, letters); err != nil {
			return p, doing(err)
		}
	}
	return p, nil
}

// ofTalks are the kept photos and files of talks.
func (s *Reader) ofTalks(ctx context.Context, calls []ledger.Call) (map[string]ledger.File, error) {
	var sources []string
	for _, c := range calls {
		for _, l := range c.Lines {
			for _, m := range slices.Concat(l.Photo, l.Files) {
				sources = append(sources, SourceKey(m))
			}
		}
	}
	if len(sources) == 0 {
		return nil, nil
	}
	return s.kept(ctx, sources)
}

// cameTo are the reports of others that somebody follows, or has left: who has left has still said something there.
func (s *Reader) cameTo(ctx context.Context, chats []bot.Address, own []string) (out []report.Report, err error) {
	const find = `
SELECT doc FROM reports WHERE NOT (reporter = ANY ($3)) AND id IN (SELECT report FROM facts
    WHERE what IN ('followed', 'joined', 'rehomed') AND ((doc -> 'by') @> $1::jsonb OR (doc -> 'with') @> $2::jsonb)) ORDER BY filed, id`
	for _, c := range chats { // one by one: the index knows no list
		who := map[string]any{"chat": c}
		some, err := docs[report.Report](ctx, s.db, find, string(mustJSON(who)), string(mustJSON(map[string]any{"came": []any{who}})), own)
		if err != nil {
			return nil, err
		}
		for _, r := range some {
			if !slices.ContainsFunc(out, func(o report.Report) bool { return o.ID == r.ID }) {
				out = append(out, r)
			}
		}
	}
	return out, nil
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
