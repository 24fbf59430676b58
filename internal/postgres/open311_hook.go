package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Claim takes the telling of a report's client in hand until a time, and gives the client with the number of the report and the last fact
// that it was told of. ok is false where no client is to be told; ledger.ErrStale where another job is at it.
func (s *Carriers) Claim(ctx context.Context, id report.ID, now, until time.Time) (client ledger.Client, code report.Code, told int, ok bool, err error) {
	const claim = `
UPDATE open311_carried SET busy = $3 WHERE report = $1 AND (busy IS NULL OR busy <= $2)
RETURNING client, told, (SELECT code FROM reports WHERE id = report)`
	var of string
	err = s.db.QueryRow(ctx, claim, id, now, until).Scan(&of, &told, &code)
	if errors.Is(err, pgx.ErrNoRows) {
		var there bool
		if err := s.db.QueryRow(ctx, `SELECT EXISTS (SELECT FROM open311_carried WHERE report = $1)`, id).Scan(&there); err != nil {
			return client, code, 0, false, fmt.Errorf("ask who is to be told: %w", err)
		}
		if there {
			return client, code, 0, false, ledger.ErrStale
		}
		return client, code, 0, false, nil
	}
	if err == nil {
		client, err = scanClient(s.db.QueryRow(ctx, `SELECT `+clientColumns+` FROM open311_clients WHERE id = $1`, of))
	}
	if err != nil {
		return client, code, told, false, fmt.Errorf("ask who is to be told: %w", err)
	}
	return client, code, told, true, nil
}

// Owed are reports of which something that strangers may know happened from a time on and before another, and of which their client was not told
// the last of it, by client, of each at most so many.
func (s *Carriers) Owed(ctx context.Context, from, to time.Time, most int) ([]ledger.Owed, error) {
	const find = `
SELECT report, client FROM (
    SELECT c.report, c.client, row_number() OVER (PARTITION BY c.client ORDER BY d.changed, c.report) AS n
    FROM open311_carried c JOIN open311_clients k ON k.id = c.client JOIN displays d ON d.report = c.report
    WHERE k.hook <> '' AND k.ended IS NULL AND d.changed >= $1 AND d.changed < $2 AND (d.doc -> 'story' -> -1 ->> 'seq')::int > c.told
) AS owed WHERE n <= $3 ORDER BY client, n`
	rows, err := s.db.Query(ctx, find, from, to, most)
	if err != nil {
		return nil, fmt.Errorf("find what clients were not told: %w", err)
	}
	owed, err := pgx.CollectRows(rows, pgx.RowToStructByPos[ledger.Owed])
	if err != nil {
		return nil, fmt.Errorf("find what clients were not told: %w", err)
	}
	return owed, nil
}

// Told puts on record that a client was told of a fact.
func (s *Carriers) Told(ctx context.Context, id report.ID, seq int) error {
	if _, err := s.db.Exec(ctx, `UPDATE open311_carried SET told = $2 WHERE report = $1 AND told < $2`, id, seq); err != nil {
		return fmt.Errorf("write down what a client was told: %w", err)
	}
	return nil
}

// Unclaim ends Claim.
func (s *Carriers) Unclaim(ctx context.Context, id report.ID) error {
	if _, err := s.db.Exec(ctx, `UPDATE open311_carried SET busy = NULL WHERE report = $1`, id); err != nil {
		return fmt.Errorf("let go of a client: %w", err)
	}
	return nil
}
