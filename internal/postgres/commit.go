package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// commitTimeout bounds one transaction.
const commitTimeout = 10 * time.Second

// Commit writes a batch: all or nothing, once per cause. Batches that only add rows share one statement with those of
// other chats; the others get a transaction of their own.
func (s *Store) Commit(ctx context.Context, b ledger.Batch) error {
	if b.Cause == "" {
		return errors.New("commit: the batch has no cause")
	}
	var err error
	if b.Letters, err = s.homed(ctx, b.Letters); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	if !addsOnly(b) {
		return s.commitAlone(ctx, b)
	}
	return s.group.commit(ctx, b)
}

// addsOnly reports whether the batch can stand in the shared statement: new reports, letters and timers only.
func addsOnly(b ledger.Batch) bool {
	return added(b.Changes) && len(b.Jobs)+len(b.Looks) == 0 && !slices.ContainsFunc(b.Letters, folds) && !slices.ContainsFunc(b.Letters, mentions)
}

// added reports whether changes are rows of the shared statement alone. Timers are not where others are dropped, ended or
// moved: there they are set in their order.
func added(changes []ledger.Change) bool {
	for _, c := range changes {
		switch c.(type) {
		case ledger.Opened, ledger.Timed:
		default:
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
		s.doubt(err)
		return fmt.Errorf("commit: %w", known(err))
	}
	if len(items) > 0 {
		s.Committed(items)
	}
	return nil
}

// write keeps the order of a batch: what it adds to cases, what it changes, and then what it says and wants done, so that a
// letter finds others, and chats their addresses, as the changes left them.
func (s *Store) write(ctx context.Context, tx pgx.Tx, b ledger.Batch) ([]outbox.Item, error) {
	if _, err := s.put(ctx, tx, &ledger.Batch{Cause: b.Cause, Changes: b.Changes, Memo: b.Memo}); err != nil {
		return nil, err
	}
	if !added(b.Changes) {
		for _, c := range b.Changes {
			if err := s.change(ctx, tx, c); err != nil {
				return nil, err
			}
		}
	}
	items, err := s.put(ctx, tx, &ledger.Batch{Letters: b.Letters})
	if err == nil {
		err = s.mention(ctx, tx, b.Letters)
	}
	if err != nil {
		return nil, err
	}
	if jobs := append(slices.Clip(b.Jobs), ledger.Hooks(b)...); len(jobs) > 0 {
		if err := s.Enqueue(ctx, tx, jobs); err != nil {
			return nil, fmt.Errorf("enqueue: %w", err)
		}
	}
	return items, look(ctx, tx, b.Looks)
}

// put adds a batch's rows in the shared statement, within a transaction. What has no cause is added in any case.
func (s *Store) put(ctx context.Context, tx pgx.Tx, b *ledger.Batch) ([]outbox.Item, error) {
	if b.Cause == "" && len(b.Letters)+len(b.Changes) == 0 {
		return nil, nil
	}
	r := s.writer.rows()
	r.add(b)
	if err := r.write(ctx, tx.Conn()); err != nil {
		return nil, err
	}
	for _, end := range r.ends {
		if end != nil {
			return nil, end
		}
	}
	items := slices.Clone(r.items)
	s.writer.done(r)
	return items, s.fold(ctx, tx, items)
}

// fold replaces the letters that letters take the place of.
func (s *Store) fold(ctx context.Context, tx pgx.Tx, items []outbox.Item) error {
	const fold = `
UPDATE letters SET state = 'replaced', done = now()
WHERE state = 'waiting' AND id = ANY (ARRAY(SELECT id FROM queue WHERE lane = $1 AND fold = $2 AND fold <> '' AND id < $3))`
	for _, it := range items {
		if !folds(it.Letter) {
			continue
		}
		_, lane := queueOf(it.Letter)
		if _, err := tx.Exec(ctx, fold, lane, it.Letter.Fold, it.ID); err != nil {
			return err
		}
	}
	return nil
}

// folds reports whether a letter takes the place of others here; replies do in the sender.
func folds(l ledger.Letter) bool { return l.Fold != "" && l.Purpose != ledger.Reply }

// change writes what a batch changes, once what it adds to cases is written.
func (s *Store) change(ctx context.Context, tx pgx.Tx, c ledger.Change) error {
	switch c := c.(type) {
	case ledger.Opened:
		return nil // it was added
	case ledger.Changed:
		if err := s.update(ctx, tx, c); err != nil {
			return err
		}
		return s.acted(ctx, tx, c)
	case ledger.Enrolled:
		return s.enroll(ctx, tx, c)
	case ledger.Restrained:
		return s.restrain(ctx, tx, c)
	case ledger.Shelved:
		return s.shelve(ctx, tx, c)
	case ledger.Taught:
		return s.teach(ctx, tx, c)
	case ledger.Mapped:
		return s.mapped(ctx, tx, c)
	case ledger.Unsent:
		return s.unsend(ctx, tx, c.Key)
	case ledger.Stored:
		return s.stored(ctx, tx, c)
	case ledger.Moved:
		return s.movePerson(ctx, tx, c)
	case ledger.Contacted:
		return s.contacted(ctx, tx, c)
	case ledger.Claimed:
		return s.claimed(ctx, tx, c)
	case ledger.Carried:
		return s.carried(ctx, tx, c)
	case ledger.Sighted:
		return s.sighted(ctx, tx, c)
	case ledger.Called:
		if err := s.call(ctx, tx, c); err != nil {
			return err
		}
		return s.acted(ctx, tx, c)
	case ledger.Timed:
		_, err := s.put(ctx, tx, &ledger.Batch{Changes: []ledger.Change{c}})
		return err
	case ledger.Untimed:
		return s.untimed(ctx, tx, c)
	case ledger.Rung:
		return s.rung(ctx, tx, c.Timer)
	case ledger.Pleaded:
		return s.pleaded(ctx, tx, c)
	case ledger.Redacted:
		return s.redacted(ctx, tx, c)
	case ledger.Cleared:
		return s.cleared(ctx, tx, c)
	case ledger.Hushed:
		return s.hushed(ctx, tx, c)
	default:
		return s.tie(ctx, tx, c)
	}
}

func (s *Store) update(ctx context.Context, tx pgx.Tx, c ledger.Changed) error {
	var t table[filing]
	t.with("reports", changeColumns())
	t.add("", filing{report: &c.Report, was: c.Was})
	set := fmt.Sprintf("UPDATE reports SET %s WHERE id = (%s)[1] AND rev = (%s)[1]", t.set(), t.param(0), t.param(1))
	tag, err := send(ctx, tx.Conn(), "change", set, t.arrays()[1:], nil) // its cause is written already
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		var there bool
		if err := tx.QueryRow(ctx, `SELECT EXISTS (SELECT FROM reports WHERE id = $1)`, c.Report.ID).Scan(&there); err != nil {
			return err
		}
		if !there {
			return ledger.ErrUnknown
		}
		return ledger.ErrStale
	}
	return s.follow(ctx, tx, c)
}

func (s *Store) stored(ctx context.Context, tx pgx.Tx, c ledger.Stored) error {
	const put = `INSERT INTO media (source, report, doc) VALUES ($1, $2, $3) ON CONFLICT (source) DO UPDATE SET doc = excluded.doc`
	_, err := tx.Exec(ctx, put, SourceKey(c.From), c.Report, mustJSON(c.File))
	return err
}

// doubt says so where an error leaves open whether the commit took place: the connection was lost with the answer, or the
// server ended a session that may have committed.
func (s *Store) doubt(err error) {
	var pe *pgconn.PgError
	if !errors.As(err, &pe) && !refusal(err) || pe != nil && (strings.HasPrefix(pe.Code, "57") || strings.HasPrefix(pe.Code, "58")) {
		s.Doubted()
	}
}

// refusal reports whether an error is an answer of the ledger's own: nothing was committed.
func refusal(err error) bool {
	for _, own := range []error{ledger.ErrDone, ledger.ErrStale, ledger.ErrSent, ledger.ErrUnknown, ledger.ErrTaken, ledger.ErrOwner, ledger.ErrUntimed} {
		if errors.Is(err, own) {
			return true
		}
	}
	return false
}

// known turns the database's own errors into those of the ledger.
func known(err error) error {
	var pe *pgconn.PgError
	if !errors.As(err, &pe) {
		return err
	}
	if pe.Code == "40P01" { // deadlock_detected: of two that stood in each other's way nothing of this one was written; it decides anew
		return ledger.ErrStale
	}
	switch pe.ConstraintName {
	case "reports_code":
		return ledger.ErrTaken
	case "reports_owner":
		return ledger.ErrOwner
	case "reports_pkey", "reports_cause", "letters_key": // the id follows from the cause
		return fmt.Errorf("%w: %s", ledger.ErrDone, pe.ConstraintName)
	case "facts_pkey", "reports_tracking": // of two that enter one number the other decides anew
		return ledger.ErrStale
	case "facts_report_fkey":
		return ledger.ErrUnknown
	}
	return err
}
