package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// enroll writes an operator after a change. One that has moved on meanwhile is ErrStale, also where two ask for the first time.
func (s *Store) enroll(ctx context.Context, tx pgx.Tx, c ledger.Enrolled) error {
	const put = `
INSERT INTO operators (id, agency, role, approved, ended, doc) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (id) DO UPDATE SET agency = excluded.agency, role = excluded.role, approved = excluded.approved,
    ended = excluded.ended, doc = excluded.doc
WHERE coalesce((operators.doc ->> 'rev')::int, 0) = $7`
	o := c.Operator
	tag, err := tx.Exec(ctx, put, o.ID, o.Agency, string(o.Role), o.Approved != "", !o.Ended.IsZero(), mustJSON(o), c.Was)
	if err == nil && tag.RowsAffected() == 0 {
		return ledger.ErrStale
	}
	return err
}

// acted keeps when a person of the desk last did something.
func (s *Store) acted(ctx context.Context, tx pgx.Tx, c ledger.Change) error {
	person, at, ok := ledger.ActedIn(c)
	if !ok {
		return nil
	}
	const set = `UPDATE operators SET acted = $2 WHERE id = $1 AND (acted IS NULL OR acted < $2)`
	_, err := tx.Exec(ctx, set, person, at)
	return err
}

// Operator finds a person of the desk; casework.ErrUnknown when he or she never asked to join.
func (s *Reader) Operator(ctx context.Context, id string) (ledger.Operator, error) {
	const find = `SELECT doc FROM operators WHERE id = $1`
	return one[ledger.Operator](ctx, s, "read the operator", find, id)
}

// Operators are all people who ever asked to join, by id.
func (s *Reader) Operators(ctx context.Context) ([]ledger.Operator, error) {
	const find = `SELECT doc, coalesce(acted, 'epoch'), acted IS NULL FROM operators ORDER BY id COLLATE "C"`
	rows, err := s.db.Query(ctx, find)
	if err != nil {
		return nil, fmt.Errorf("read the people of the desk: %w", err)
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (ledger.Operator, error) {
		var o ledger.Operator
		var doc []byte
		var at time.Time
		var never bool
		if err := row.Scan(&doc, &at, &never); err != nil {
			return o, err
		}
		err := json.Unmarshal(doc, &o)
		if !never {
			o.Acted = at.UTC()
		}
		return o, err
	})
	if err != nil {
		return nil, fmt.Errorf("read the people of the desk: %w", err)
	}
	return list, nil
}

// DisposedTo lists the open reports of an agency that a person has by a disposition, oldest first, at most limit.
func (s *Reader) DisposedTo(ctx context.Context, agency, person string, limit int) ([]report.Report, error) {
	const find = `
SELECT doc FROM reports
WHERE agency = $1 AND status IN ('received', 'assigned', 'in_progress', 'planned', 'reopened') AND doc -> 'disposed' ->> 'id' = $2
ORDER BY filed, id LIMIT $3`
	return many[report.Report](ctx, s, "read what somebody has by a disposition", find, agency, person, limit)
}

// Served reports whether an approved operator serves the agency now.
func (s *Reader) Served(ctx context.Context, agency string) (bool, error) {
	const find = `SELECT EXISTS (SELECT FROM operators WHERE agency = $1 AND approved AND NOT ended)`
	var ok bool
	if err := s.db.QueryRow(ctx, find, agency).Scan(&ok); err != nil {
		return false, fmt.Errorf("ask who serves an office: %w", err)
	}
	return ok, nil
}

// Manned lists the agencies that an approved operator serves.
func (s *Reader) Manned(ctx context.Context) ([]string, error) {
	const find = `SELECT DISTINCT agency FROM operators WHERE approved AND NOT ended`
	rows, err := s.db.Query(ctx, find)
	if err != nil {
		return nil, fmt.Errorf("ask who serves the offices: %w", err)
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("ask who serves the offices: %w", err)
	}
	return list, nil
}
