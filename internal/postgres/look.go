package postgres

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// look adds looks to the chain. The row of the head is locked until the transaction ends, so that they stand in the order of
// commit; it is the last lock that a transaction takes.
func look(ctx context.Context, tx pgx.Tx, looks []ledger.Look) error {
	const (
		head = `SELECT n, hash FROM looks_head FOR UPDATE`
		add  = `INSERT INTO looks (n, at, who, act, report, about, prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
		grow = `UPDATE looks_head SET n = $1, hash = $2`
	)
	if len(looks) == 0 {
		return nil
	}
	var h ledger.Head
	err := tx.QueryRow(ctx, head).Scan(&h.N, &h.Hash)
	for _, l := range looks {
		if err != nil {
			break
		}
		k := h.Link(l)
		_, err = tx.Exec(ctx, add, k.N, k.At, k.Who, string(k.Act), int64(k.Report), k.About, k.Prev, k.Hash)
		h = k.Head()
	}
	if err == nil {
		_, err = tx.Exec(ctx, grow, h.N, h.Hash)
	}
	if err != nil {
		return fmt.Errorf("note who looked: %w", err)
	}
	return nil
}

// Note writes looks down by themselves, for commands that commit nothing else.
func Note(ctx context.Context, pool *pgxpool.Pool, looks ...ledger.Look) error {
	return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return look(ctx, tx, looks) })
}

// Unshaped reports whether an error says that a table is not there yet: the database was not migrated.
func Unshaped(err error) bool {
	pe, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pe.Code == "42P01"
}

const linked = `SELECT n, at, who, act, report, about, prev, hash FROM looks `

func scanLook(row pgx.CollectableRow) (l ledger.Linked, err error) {
	err = row.Scan(&l.N, &l.At, &l.Who, (*string)(&l.Act), (*int64)(&l.Report), &l.About, &l.Prev, &l.Hash)
	l.At = l.At.UTC()
	return l, err
}

// Looks are the looks at one report, newest first.
func (s *Reader) Looks(ctx context.Context, id report.ID, limit int) ([]ledger.Look, error) {
	rows, err := s.db.Query(ctx, linked+`WHERE report = $1 AND report <> 0 ORDER BY n DESC LIMIT $2`, id, limit)
	if err == nil {
		var list []ledger.Look
		list, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (ledger.Look, error) {
			l, err := scanLook(row)
			return l.Look, err
		})
		if err == nil {
			return list, nil
		}
	}
	return nil, fmt.Errorf("read who looked: %w", err)
}

// Audit follows the whole chain of looks, as of one moment: a *ledger.BrokenError says where it is broken first; the chain tells
// how far it held. noted is a head that was noted elsewhere once, which must be in the chain; the zero Head asks for none.
func Audit(ctx context.Context, pool *pgxpool.Pool, noted ledger.Head) (c ledger.Chain, err error) {
	err = pgx.BeginTxFunc(ctx, pool, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		var kept ledger.Head
		err := tx.QueryRow(ctx, `SELECT n, hash FROM looks_head`).Scan(&kept.N, &kept.Hash)
		if errors.Is(err, pgx.ErrNoRows) {
			return &ledger.BrokenError{N: 1, Why: "cannot be told to be the first of how many: the end of the log was removed"}
		}
		if err != nil {
			return err
		}
		rows, err := tx.Query(ctx, linked+`ORDER BY n`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			l, err := scanLook(rows)
			if err == nil {
				err = c.Follow(l)
			}
			if err == nil && l.N == noted.N && l.Hash != noted.Hash {
				err = &ledger.BrokenError{N: l.N, Why: "is not the one that was noted: it or one before it was written anew"}
			}
			if err != nil {
				return err
			}
		}
		if err := rows.Err(); err != nil {
			return err
		}
		if err := c.End(kept); err != nil {
			return err
		}
		if noted.N > c.Head.N {
			return &ledger.BrokenError{N: c.Head.N + 1, Why: fmt.Sprintf("is missing, and all after it: %d were noted", noted.N)}
		}
		return nil
	})
	if broken, ok := errors.AsType[*ledger.BrokenError](err); ok {
		return c, broken
	}
	if err != nil {
		return c, fmt.Errorf("read who looked: %w", err)
	}
	return c, nil
}

// Told is a look as an auditor reads it: with the report's number, and the reason where one was given.
type Told struct {
	ledger.Linked

	Code, Why string
}

// LooksOf lists looks, newest first, at most limit: those at the report with a number, all for "".
func LooksOf(ctx context.Context, pool *pgxpool.Pool, code string, limit int) ([]Told, error) {
	const find = `
SELECT l.n, l.at, l.who, l.act, l.report, l.about, l.prev, l.hash, coalesce(r.code, ''), coalesce((SELECT f.doc ->> 'words' FROM facts f
    WHERE f.report = l.report AND f.at = l.at AND f.what IN ('identified', 'unveiled') AND f.doc #>> '{by,id}' = l.who ORDER BY f.seq LIMIT 1), '')
FROM looks l LEFT JOIN reports r ON r.id = l.report AND l.report <> 0 WHERE $1 = '' OR r.code = $1 ORDER BY l.n DESC LIMIT $2`
	rows, err := pool.Query(ctx, find, code, limit)
	if err == nil {
		var all []Told
		if all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (t Told, err error) {
			err = row.Scan(&t.N, &t.At, &t.Who, (*string)(&t.Act), (*int64)(&t.Report), &t.About, &t.Prev, &t.Hash, &t.Code, &t.Why)
			return t, err
		}); err == nil {
			return all, nil
		}
	}
	return nil, fmt.Errorf("list who looked: %w", err)
}
