package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// commitTimeout bounds one transaction.
const commitTimeout = 10 * time.Second

// Commit writes a batch: all or nothing, once per cause. Batches that only add rows share one statement with those of
// other chats; the others get a transaction of their own.
func (s *Store) Commit(ctx context.Context, b ledger.Batch) error {
	if b.Cause == "" {
		return errors.New("commit: the batch has no cause")
	}
	if !addsOnly(b) {
		return s.commitAlone(ctx, b)
	}
	return s.group.commit(ctx, b)
}

// addsOnly reports whether the batch can stand in the shared statement: new reports, letters and timers only.
func addsOnly(b ledger.Batch) bool {
	for _, c := range b.Changes {
		switch c.(type) {
		case ledger.Opened, ledger.Timed:
		default:
			return false
		}
	}
	if len(b.Jobs) > 0 {
		return false
	}
	for _, l := range b.Letters {
		if l.Fold != "" && l.Purpose != ledger.Reply {
			return false
		}
	}
	return true
}

func (s *Store) commitAlone(ctx context.Context, b ledger.Batch) error {
	ctx, cancel := context.WithTimeout(ctx, commitTimeout)
	defer cancel()
	var items []outbox.Item
	err := pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		var err error
		items, err = s.write(ctx, tx, b)
		return err
	})
	if err != nil {
		return fmt.Errorf("commit: %w", known(err))
	}
	if len(items) > 0 {
		s.Committed(items)
	}
	return nil
}

func (s *Store) write(ctx context.Context, tx pgx.Tx, b ledger.Batch) ([]outbox.Item, error) {
	const handle = `INSERT INTO handled (cause) VALUES ($1) ON CONFLICT DO NOTHING`
	tag, err := tx.Exec(ctx, handle, b.Cause)
	if err != nil {
		return nil, err
	}
	if tag.RowsAffected() == 0 {
		return nil, ledger.ErrDone
	}
	for _, c := range b.Changes {
		if err := s.change(ctx, tx, b, c); err != nil {
			return nil, err
		}
	}
	items, err := s.letters(ctx, tx, b.Letters)
	if err != nil {
		return nil, err
	}
	if len(b.Jobs) > 0 {
		if err := s.Enqueue(ctx, tx, b.Jobs); err != nil {
			return nil, fmt.Errorf("enqueue: %w", err)
		}
	}
	return items, nil
}

func (s *Store) change(ctx context.Context, tx pgx.Tx, b ledger.Batch, c ledger.Change) error {
	switch c := c.(type) {
	case ledger.Opened:
		return s.open(ctx, tx, b.Cause, c)
	case ledger.Changed:
		return s.update(ctx, tx, c)
	case ledger.Enrolled:
		return s.enroll(ctx, tx, c.Operator)
	case ledger.Unsent:
		return s.unsend(ctx, tx, c.Key)
	case ledger.Stored:
		return s.stored(ctx, tx, c)
	case ledger.Moved:
		return s.movePerson(ctx, tx, c)
	case ledger.Called:
		return s.call(ctx, tx, c)
	case ledger.Timed:
		return s.timed(ctx, tx, c.Timer)
	case ledger.Untimed:
		return s.untimed(ctx, tx, c)
	case ledger.Rung:
		return s.rung(ctx, tx, c.Timer)
	default:
		return fmt.Errorf("unknown change %T", c)
	}
}

func (s *Store) open(ctx context.Context, tx pgx.Tx, cause string, o ledger.Opened) error {
	const insert = `
INSERT INTO reports (id, code, cause, rev, status, agency, category, kind, visibility, reporter, area, district, lat, lon, filed, due, doc)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`
	r := row(o.Report)
	_, err := tx.Exec(ctx, insert, r.id, r.code, cause, r.rev, r.status, r.agency, r.category, r.kind, r.visibility,
		r.reporter, r.area, r.district, r.lat, r.lon, r.filed, r.due, mustJSON(o.Report))
	if err != nil {
		return err
	}
	return s.facts(ctx, tx, o.Facts)
}

func (s *Store) update(ctx context.Context, tx pgx.Tx, c ledger.Changed) error {
	const set = `
UPDATE reports SET rev = $3, status = $4, agency = $5, category = $6, kind = $7, visibility = $8, area = $9,
       district = $10, lat = $11, lon = $12, due = $13, doc = $14, reporter = $15
WHERE id = $1 AND rev = $2`
	r := row(c.Report)
	tag, err := tx.Exec(ctx, set, r.id, c.Was, r.rev, r.status, r.agency, r.category, r.kind, r.visibility, r.area,
		r.district, r.lat, r.lon, r.due, mustJSON(c.Report), r.reporter)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		var there bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM reports WHERE id = $1)`, r.id).Scan(&there); err != nil {
			return err
		}
		if !there {
			return ledger.ErrUnknown
		}
		return ledger.ErrStale
	}
	return s.facts(ctx, tx, c.Facts)
}

func (s *Store) facts(ctx context.Context, tx pgx.Tx, facts []report.Fact) error {
	const insert = `INSERT INTO facts (report, seq, at, what, doc) VALUES ($1, $2, $3, $4, $5)`
	for _, f := range facts {
		if _, err := tx.Exec(ctx, insert, f.Report, f.Seq, f.At, string(f.What), mustJSON(f)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) enroll(ctx context.Context, tx pgx.Tx, o ledger.Operator) error {
	const put = `
INSERT INTO operators (id, agency, role, approved, ended, doc) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET agency = excluded.agency, role = excluded.role, approved = excluded.approved,
    ended = excluded.ended, doc = excluded.doc`
	_, err := tx.Exec(ctx, put, o.ID, o.Agency, string(o.Role), o.Approved != "", !o.Ended.IsZero(), mustJSON(o))
	return err
}

func (s *Store) stored(ctx context.Context, tx pgx.Tx, c ledger.Stored) error {
	const put = `INSERT INTO media (source, report, doc) VALUES ($1, $2, $3) ON CONFLICT (source) DO UPDATE SET doc = excluded.doc`
	_, err := tx.Exec(ctx, put, SourceKey(c.From), c.Report, mustJSON(c.File))
	return err
}

// letters writes letters in order and replaces those that they fold over.
func (s *Store) letters(ctx context.Context, tx pgx.Tx, letters []ledger.Letter) ([]outbox.Item, error) {
	const fold = `
UPDATE letters SET state = 'replaced', done = now()
WHERE lane = $1 AND fold = $2 AND fold <> '' AND purpose <> 'reply' AND state = 'waiting' AND key <> $3`
	const insert = `
INSERT INTO letters (key, network, lane, report, purpose, fold, hold, doc) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`
	items := make([]outbox.Item, 0, len(letters))
	for _, l := range letters {
		network, lane := queueOf(l)
		if l.Fold != "" && l.Purpose != ledger.Reply {
			if _, err := tx.Exec(ctx, fold, lane, l.Fold, l.Key); err != nil {
				return nil, err
			}
		}
		it := outbox.Item{Letter: l}
		err := tx.QueryRow(ctx, insert, l.Key, network, lane, l.Report, string(l.Purpose), l.Fold, orNull(l.Hold), mustJSON(l)).Scan(&it.ID)
		if err != nil {
			return nil, err
		}
		items = append(items, it)
	}
	return items, nil
}

// known turns the database's own errors into those of casework.
func known(err error) error {
	var pe *pgconn.PgError
	if errors.As(err, &pe) && pe.Code == "23505" {
		switch pe.ConstraintName {
		case "reports_code":
			return ledger.ErrTaken
		case "reports_cause", "letters_key", "handled_pkey":
			return fmt.Errorf("%w: %s", ledger.ErrDone, pe.ConstraintName)
		case "facts_pkey":
			return ledger.ErrStale
		}
	}
	return err
}

func orNull(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
