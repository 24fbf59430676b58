package postgres

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/ledger"
)

const (
	// partTime is how long one part of what was handled takes causes. Each commit asks all of them: eleven cost nothing that can be
	// measured, as many as there are days a tenth of a millisecond. partsMost is how many younger parts one has before it may go: as many
	// as are begun while a cause is remembered, also where one wrong clock is that of the program and of the database.
	partTime  = 5 * 24 * time.Hour
	partsMost = int(ledger.Remembered / partTime)
	// partWait is how long is waited for whoever writes, or reads a whole snapshot, before a part is begun or dropped: all others wait as
	// well. A vacuum that the server began itself gives way within it. It is tried again with the next look.
	partWait = "1500ms"
	// backAgain is how far a clock must be behind the beginning of a part to be one that was ahead then.
	backAgain = time.Hour
)

// part is one part of what was handled, in the order of their numbers.
type part struct {
	N     int
	Began time.Time
}

func (p part) table() string { return fmt.Sprintf("handled_%d", p.N) }

// ripe reports whether the newest part has taken causes for long enough.
func ripe(parts []part, now time.Time) bool {
	newest := parts[len(parts)-1].Began
	return now.Sub(newest) >= partTime || newest.Sub(now) > backAgain
}

// after is the part that begins after others.
func after(parts []part, now time.Time) part { return part{parts[len(parts)-1].N + 1, now} }

// spent are the parts of which every cause is older than it has to be remembered: the next one began so long ago, and as many have
// begun since as do in that time. Whether it is so by the database's clock as well is asked by aged.
func spent(parts []part, now time.Time) (old []part) {
	for i, p := range parts {
		if younger := len(parts) - 1 - i; younger <= partsMost || now.Sub(parts[i+1].Began) < ledger.Remembered {
			break
		}
		old = append(old, p)
	}
	return old
}

// knownSince is the time from which on all that was handled is known: the earliest that a part began, once the first one is gone, in which
// lies what was handled before there were parts. A clock that was wrong when one began makes it earlier, never later.
func knownSince(parts []part) time.Time {
	since := time.Unix(0, 0)
	if len(parts) == 0 || parts[0].N == 1 {
		return since
	}
	since = parts[0].Began
	for _, p := range parts {
		if p.Began.Before(since) {
			since = p.Began
		}
	}
	return since
}

// Since is the time from which on all that was handled is known, as it was when Forget looked last.
func (s *Store) Since() time.Time { return time.Unix(0, s.since.Load()) }

func readParts(ctx context.Context, db interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}) ([]part, error) {
	rows, err := db.Query(ctx, `SELECT part, began FROM handled_parts ORDER BY part`)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[part])
}

// aged are those of some parts, the oldest first, that took no cause within the time for which it is remembered, by the database's clock: that
// of a program may go ahead again and again, and begin parts at each time. A cause of what is to come tells of a clock that was wrong. It
// reads a part as a whole, once, before it goes; only the newest part is written into, so that what was found stays true.
func aged(ctx context.Context, db *pgxpool.Pool, parts []part) ([]part, error) {
	const find = `SELECT EXISTS (SELECT FROM handled WHERE part = $1 AND at > now() - $2::interval AND at < now() + $3::interval)`
	for i, p := range parts {
		var lately bool
		if err := db.QueryRow(ctx, find, p.N, ledger.Remembered, backAgain).Scan(&lately); err != nil {
			return nil, err
		}
		if lately {
			return parts[:i], nil
		}
	}
	return parts, nil
}

// turnParts begins a new part of what was handled once the newest has taken causes for long enough, and drops those that are spent. A program that dies in
// between leaves all as it was. While somebody reads a whole snapshot (a backup) it fails, and the newest part takes causes until
// another look.
func (s *Store) turnParts(ctx context.Context, now time.Time) error {
	parts, err := readParts(ctx, s.Pool)
	if err != nil {
		return err
	}
	s.since.Store(knownSince(parts).UnixNano())
	if len(parts) == 0 {
		return nil
	}
	turned := parts
	if ripe(parts, now) {
		turned = append(slices.Clip(parts), after(parts, now))
	}
	old, err := aged(ctx, s.Pool, spent(turned, now))
	if err != nil || len(turned) == len(parts) && len(old) == 0 {
		return err
	}
	return pgx.BeginFunc(ctx, s.Pool, func(tx pgx.Tx) error {
		// Nobody has a cause on its way from here on, and who writes after it sees all that was written before.
		if _, err := tx.Exec(ctx, `SET LOCAL lock_timeout = '`+partWait+`'; LOCK TABLE handled IN ACCESS EXCLUSIVE MODE`, pgx.QueryExecModeSimpleProtocol); err != nil {
			return err
		}
		parts, err := readParts(ctx, tx) // another program may have been here
		if err != nil {
			return err
		}
		if ripe(parts, now) {
			if err := begin(ctx, tx, after(parts, now)); err != nil {
				return err
			}
		}
		for _, p := range old {
			if _, err := tx.Exec(ctx, fmt.Sprintf(`DROP TABLE IF EXISTS %s; DELETE FROM handled_parts WHERE part = %d`, p.table(), p.N), pgx.QueryExecModeSimpleProtocol); err != nil {
				return err
			}
		}
		return nil
	})
}

// begin lets another part take causes from the end of the transaction on. Each knows its own causes alone (alreadyHandled asks all).
func begin(ctx context.Context, tx pgx.Tx, p part) error {
	_, err := tx.Exec(ctx, fmt.Sprintf(`
CREATE TABLE %[1]s PARTITION OF handled (PRIMARY KEY (cause)) FOR VALUES IN (%[2]d);
ALTER TABLE ONLY handled ALTER COLUMN part SET DEFAULT %[2]d`, p.table(), p.N), pgx.QueryExecModeSimpleProtocol)
	if err == nil {
		_, err = tx.Exec(ctx, `INSERT INTO handled_parts (part, began) VALUES ($1, $2)`, p.N, p.Began)
	}
	return err
}

// Forget removes what only served to do things once, when it is older than any network redelivers.
func (s *Store) Forget(ctx context.Context, now time.Time) error {
	var errs []error
	if err := s.turnParts(ctx, now); err != nil {
		errs = append(errs, fmt.Errorf("forget handled causes: %w", err))
	}
	before := now.Add(-ledger.Remembered)
	for _, of := range []struct {
		doing, sql string
		args       []any
	}{
		{"forget erased chats", `DELETE FROM erased WHERE at < $1`, []any{before}},
		{"forget lists of cards", `DELETE FROM lists WHERE at < $1`, []any{before}},
		{"forget what postings are known by", `DELETE FROM open311_prints WHERE at < now() - interval '1 day'`, nil},
		{"forget which messages were counted", `DELETE FROM delivered_marks WHERE at < $1`, []any{before}},
	} {
		if _, err := s.Pool.Exec(ctx, of.sql, of.args...); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", of.doing, err))
		}
	}
	return errors.Join(errs...)
}
