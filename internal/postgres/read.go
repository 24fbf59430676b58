package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Reader reads what is kept of reports, calls and the people of the desk. It implements ledger.Reader and CitizenReader.
type Reader struct{ db *pgxpool.Pool }

// NewReader makes a Reader on a migrated database.
func NewReader(pool *pgxpool.Pool) *Reader { return &Reader{db: pool} }

// ByID finds a report; casework.ErrUnknown when there is none.
func (s *Reader) ByID(ctx context.Context, id report.ID) (report.Report, error) {
	const find = `SELECT doc FROM reports WHERE id = $1`
	return one[report.Report](ctx, s, "read the report", find, id)
}

// ByCode finds a report by its number.
func (s *Reader) ByCode(ctx context.Context, code report.Code) (report.Report, error) {
	const find = `SELECT doc FROM reports WHERE code = $1`
	return one[report.Report](ctx, s, "read the report", find, string(code))
}

// ByRef finds the report that a sent message is about, with the intent of its letter.
func (s *Reader) ByRef(ctx context.Context, ref bot.MessageRef) (report.Report, string, error) {
	const find = `
SELECT r.doc, coalesce(l.doc ->> 'Intent', '') FROM letters l LEFT JOIN reports r ON r.id = l.report
WHERE l.id = (SELECT max(letter) FROM places
    WHERE ref = ANY (ARRAY(SELECT $1 UNION ALL SELECT m.was || '#' || $3 FROM moves m WHERE m.now = $2 AND m.person)))`
	var doc []byte
	var intent string
	err := s.db.QueryRow(ctx, find, RefKey(ref), ref.Chat.Chat().String(), ref.ID).Scan(&doc, &intent)
	if errors.Is(err, pgx.ErrNoRows) {
		return s.byList(ctx, ref)
	}
	if err == nil && doc == nil && intent == "" {
		return report.Report{}, "", ledger.ErrUnknown
	}
	var r report.Report
	if err == nil && doc != nil {
		err = json.Unmarshal(doc, &r)
	}
	if err != nil {
		return report.Report{}, "", fmt.Errorf("read the report of a message: %w", err)
	}
	return r, intent, nil
}

// byList finds the intent of a message that told of several cards.
func (s *Reader) byList(ctx context.Context, ref bot.MessageRef) (r report.Report, intent string, err error) {
	const find = `SELECT intent FROM lists WHERE ref = $1`
	err = s.db.QueryRow(ctx, find, RefKey(ref)).Scan(&intent)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return r, "", ledger.ErrUnknown
	case err != nil:
		return r, "", fmt.Errorf("read what a message listed: %w", err)
	}
	return r, intent, nil
}

// ByAlbum finds the report with an answer of a person in an album.
func (s *Reader) ByAlbum(ctx context.Context, person, album string) (report.Report, error) {
	const find = `
SELECT r.doc FROM facts f JOIN reports r ON r.id = f.report
WHERE f.doc ? 'album' AND f.doc ->> 'album' = $1 AND f.doc -> 'by' ->> 'id' = $2 ORDER BY f.report DESC LIMIT 1`
	return one[report.Report](ctx, s, "find the report of an album", find, album, person)
}

// Facts are a report's facts in order, with the kept copies of their files; Lost counts those that cannot be had.
func (s *Reader) Facts(ctx context.Context, id report.ID) ([]report.Fact, error) {
	const find = `SELECT doc FROM facts WHERE report = $1 ORDER BY seq`
	facts, err := many[report.Fact](ctx, s, "read the facts", find, id)
	if err != nil {
		return nil, err
	}
	if len(facts) == 0 {
		return nil, ledger.ErrUnknown
	}
	return facts, s.copied(ctx, facts)
}

// Whole is all that a report's card shows, as of one moment.
func (s *Reader) Whole(ctx context.Context, id report.ID) (ledger.Whole, error) {
	const find = `
SELECT r.doc, coalesce((SELECT jsonb_agg(f.doc ORDER BY f.seq) FROM facts f WHERE f.report = r.id), '[]'),
       coalesce(l.state, ''), coalesce(l.done, l.created, 'epoch'), coalesce(l.why, ''), coalesce(l.seen, '')
FROM reports r LEFT JOIN LATERAL (
    SELECT state, done, created, why, seen FROM letters WHERE report = r.id AND purpose = 'notice' ORDER BY id DESC LIMIT 1) l ON true
WHERE r.id = $1`
	var w ledger.Whole
	var doc, facts []byte
	err := s.db.QueryRow(ctx, find, id).Scan(&doc, &facts, (*string)(&w.Delivery.State), &w.Delivery.At, &w.Delivery.Why, (*string)(&w.Delivery.Seen))
	if errors.Is(err, pgx.ErrNoRows) {
		return w, ledger.ErrUnknown
	}
	if w.Delivery.State == ledger.NoLetter {
		w.Delivery.At = time.Time{}
	}
	if err == nil {
		err = json.Unmarshal(doc, &w.Report)
	}
	if err == nil {
		err = json.Unmarshal(facts, &w.Facts)
	}
	if err != nil {
		return w, fmt.Errorf("read a whole report: %w", err)
	}
	return w, s.copied(ctx, w.Facts)
}

// copied puts the kept copies of files in place of what the networks named.
func (s *Reader) copied(ctx context.Context, facts []report.Fact) error {
	var sources []string
	for _, f := range facts {
		for _, m := range slices.Concat(f.Photos, f.Files) {
			sources = append(sources, SourceKey(m))
		}
	}
	if len(sources) == 0 {
		return nil
	}
	kept, err := s.kept(ctx, sources)
	if err != nil {
		return err
	}
	for i := range facts {
		f := &facts[i]
		var lostPhotos, lostFiles int
		for _, ref := range slices.Concat(f.Photos, f.Files) {
			if kept[SourceKey(ref)].Waits != "" {
				f.Waiting++
			}
		}
		f.Photos, lostPhotos = copies(kept, f.Photos)
		f.Files, lostFiles = copies(kept, f.Files)
		f.Lost = lostPhotos + lostFiles
	}
	return nil
}

func (s *Reader) kept(ctx context.Context, sources []string) (map[string]ledger.File, error) {
	const find = `SELECT source, doc FROM media WHERE source = ANY ($1)`
	rows, err := s.db.Query(ctx, find, sources)
	if err != nil {
		return nil, fmt.Errorf("read kept files: %w", err)
	}
	out := make(map[string]ledger.File, len(sources))
	var source string
	var doc []byte
	_, err = pgx.ForEachRow(rows, []any{&source, &doc}, func() error {
		var f ledger.File
		if err := json.Unmarshal(doc, &f); err != nil {
			return err
		}
		out[source] = f
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read kept files: %w", err)
	}
	return out, nil
}

func copies(kept map[string]ledger.File, refs []bot.MediaRef) (out []bot.MediaRef, lost int) {
	for _, ref := range refs {
		f, ok := kept[SourceKey(ref)]
		switch {
		case ok && f.Lost != "":
			lost++
		case ok && f.Waits == "":
			out = append(out, f.Ref)
		default:
			out = append(out, ref)
		}
	}
	return out, lost
}

// Mine are a citizen's reports, newest first, at most limit.
func (s *Reader) Mine(ctx context.Context, reporter bot.Address, limit int) ([]report.Report, error) {
	if reporter.Chat().Zero() {
		return nil, nil
	}
	const find = `SELECT doc FROM reports WHERE reporter = $1 ORDER BY filed DESC, id LIMIT $2`
	return many[report.Report](ctx, s, "read a citizen's reports", find, reporter.Chat().String(), limit)
}

// LastActive are a citizen's reports, the one first that people did something about last, at most limit.
func (s *Reader) LastActive(ctx context.Context, reporter bot.Address, limit int) ([]report.Report, error) {
	if reporter.Chat().Zero() {
		return nil, nil
	}
	const find = `
SELECT doc FROM reports r WHERE reporter = $1
ORDER BY (SELECT max(f.at) FROM facts f WHERE f.report = r.id AND f.what NOT IN ('advised', 'moved')) DESC, filed DESC, id LIMIT $2`
	return many[report.Report](ctx, s, "read a citizen's last reports", find, reporter.Chat().String(), limit)
}

// OpenOf lists the open reports of an agency ("" = the coordinator's), oldest first, at most limit.
func (s *Reader) OpenOf(ctx context.Context, agency string, limit int) ([]report.Report, error) {
	const find = `
SELECT doc FROM reports
WHERE agency = $1 AND status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') ORDER BY filed, id LIMIT $2`
	return many[report.Report](ctx, s, "read the open reports", find, agency, limit)
}

// File finds what became of a network's file; ok is false while it was not yet fetched.
func (s *Reader) File(ctx context.Context, m bot.MediaRef) (f ledger.File, ok bool, err error) {
	const find = `SELECT doc FROM media WHERE source = $1`
	f, err = one[ledger.File](ctx, s, "read a kept file", find, SourceKey(m))
	if errors.Is(err, ledger.ErrUnknown) {
		return ledger.File{}, false, nil
	}
	return f, err == nil, err
}

// Stumble keeps an event that the program itself failed on, for a person to look at. why holds no text of people.
func (s *Store) Stumble(ctx context.Context, cause, why string, event []byte) error {
	const put = `INSERT INTO stumbles (cause, why, event) VALUES ($1, $2, $3) ON CONFLICT (cause) DO NOTHING`
	if _, err := s.Pool.Exec(ctx, put, cause, why, event); err != nil {
		return fmt.Errorf("keep a stumble: %w", err)
	}
	return nil
}

func one[T any](ctx context.Context, s *Reader, doing, sql string, args ...any) (T, error) {
	var v T
	var doc []byte
	err := s.db.QueryRow(ctx, sql, args...).Scan(&doc)
	if errors.Is(err, pgx.ErrNoRows) {
		return v, ledger.ErrUnknown
	}
	if err == nil {
		err = json.Unmarshal(doc, &v)
	}
	if err != nil {
		return v, fmt.Errorf("%s: %w", doing, err)
	}
	return v, nil
}

func many[T any](ctx context.Context, s *Reader, doing, sql string, args ...any) ([]T, error) {
	all, err := docs[T](ctx, s.db, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	return all, nil
}

func docs[T any](ctx context.Context, db interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}, sql string, args ...any) ([]T, error) {
	rows, err := db.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (T, error) {
		var v T
		var doc []byte
		if err := row.Scan(&doc); err != nil {
			return v, err
		}
		return v, json.Unmarshal(doc, &v)
	})
}
