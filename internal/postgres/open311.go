package postgres

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Carriers keeps the clients of Open311 and what they brought.
type Carriers struct{ db *pgxpool.Pool }

// NewCarriers reads and writes clients on a migrated database.
func NewCarriers(db *pgxpool.Pool) *Carriers { return &Carriers{db} }

// carried puts on record which client brought a report. A print that is fresh is another report's: this one is not wanted then.
func (s *Store) carried(ctx context.Context, tx pgx.Tx, c ledger.Carried) error {
	const known = `
INSERT INTO open311_prints (client, print, report, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (client, print) DO UPDATE SET report = excluded.report, at = excluded.at WHERE open311_prints.at < $5`
	tag, err := tx.Exec(ctx, known, c.Client, c.Print[:], c.Report, c.At, c.Since)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return fmt.Errorf("%w: the same was brought before", ledger.ErrDone)
	}
	const put = `INSERT INTO open311_carried (report, client, token, at) VALUES ($1, $2, $3, $4)`
	_, err = tx.Exec(ctx, put, c.Report, c.Client, c.Token, c.At)
	return err
}

const clientColumns = `id, name, per_minute, tokens, answers, phones, hook, secret, private, added, coalesce(ended, '0001-01-01')`

func scanClient(row pgx.Row) (c ledger.Client, err error) {
	err = row.Scan(&c.ID, &c.Name, &c.PerMinute, &c.Tokens, &c.Answers, &c.Phones, &c.Hook, &c.Secret, &c.Private, &c.Added, &c.Ended)
	if c.Ended.Year() <= 1 {
		c.Ended = time.Time{}
	}
	if errors.Is(err, pgx.ErrNoRows) {
		err = ledger.ErrNoClient
	}
	return c, err
}

// ClientOf finds a client by the hash of its key; one that has ended is found, too. ledger.ErrNoClient for none.
func (s *Carriers) ClientOf(ctx context.Context, hash [sha256.Size]byte) (ledger.Client, error) {
	c, err := scanClient(s.db.QueryRow(ctx, `SELECT `+clientColumns+` FROM open311_clients WHERE hash = $1`, hash[:]))
	if err != nil && !errors.Is(err, ledger.ErrNoClient) {
		err = fmt.Errorf("ask who calls: %w", err)
	}
	return c, err
}

// AddClient keeps a new client with the hash of its key; ledger.ErrTaken where its id is another's.
func (s *Carriers) AddClient(ctx context.Context, c ledger.Client, hash [sha256.Size]byte) error {
	const put = `INSERT INTO open311_clients (id, name, hash, per_minute, tokens, answers, phones, hook, secret, private, added) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`
	_, err := s.db.Exec(ctx, put, c.ID, c.Name, hash[:], c.PerMinute, c.Tokens, c.Answers, c.Phones, c.Hook, c.Secret, c.Private, c.Added)
	if pe, ok := errors.AsType[*pgconn.PgError](err); ok && pe.ConstraintName == "open311_clients_pkey" {
		return ledger.ErrTaken
	}
	if err != nil {
		return fmt.Errorf("add a client: %w", err)
	}
	return nil
}

// EndClient ends what a client may do; ledger.ErrNoClient where there is none that still may.
func (s *Carriers) EndClient(ctx context.Context, id string, at time.Time) error {
	tag, err := s.db.Exec(ctx, `UPDATE open311_clients SET ended = $2 WHERE id = $1 AND ended IS NULL`, id, at)
	if err != nil {
		return fmt.Errorf("end a client: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return ledger.ErrNoClient
	}
	return nil
}

// AllClients are all clients there ever were, by id, with how many reports each brought.
func (s *Carriers) AllClients(ctx context.Context) ([]ledger.Client, []int, error) {
	rows, err := s.db.Query(ctx, `SELECT `+clientColumns+`, (SELECT count(*) FROM open311_carried r WHERE r.client = c.id) FROM open311_clients c ORDER BY id`)
	if err != nil {
		return nil, nil, fmt.Errorf("list the clients: %w", err)
	}
	var all []ledger.Client
	var brought []int
	for rows.Next() {
		var c ledger.Client
		var n int
		if err := rows.Scan(&c.ID, &c.Name, &c.PerMinute, &c.Tokens, &c.Answers, &c.Phones, &c.Hook, &c.Secret, &c.Private, &c.Added, &c.Ended, &n); err != nil {
			return nil, nil, fmt.Errorf("list the clients: %w", err)
		}
		if c.Ended.Year() <= 1 {
			c.Ended = time.Time{}
		}
		all, brought = append(all, c), append(brought, n)
	}
	if err := rows.Err(); err != nil {
		return nil, nil, fmt.Errorf("list the clients: %w", err)
	}
	return all, brought, nil
}

func (s *Carriers) carriage(ctx context.Context, sql string, args ...any) (c ledger.Carriage, err error) {
	err = s.db.QueryRow(ctx, sql, args...).Scan(&c.Report, &c.Code, &c.Client, &c.Token, &c.At)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, ledger.ErrUnknown
	}
	if err != nil {
		return c, fmt.Errorf("find what a client brought: %w", err)
	}
	return c, nil
}

const carriage = `SELECT c.report, r.code, c.client, c.token, c.at FROM open311_carried c JOIN reports r ON r.id = c.report `

// ByToken finds what was brought under a token.
func (s *Carriers) ByToken(ctx context.Context, token string) (ledger.Carriage, error) {
	return s.carriage(ctx, carriage+`WHERE c.token = $1`, token)
}

// Carrier tells who brought a report.
func (s *Carriers) Carrier(ctx context.Context, code report.Code) (ledger.Carriage, error) {
	return s.carriage(ctx, carriage+`WHERE r.code = $1`, code)
}

// ByPrint finds what a client brought of the same print since a time.
func (s *Carriers) ByPrint(ctx context.Context, client string, mark [sha256.Size]byte, since time.Time) (ledger.Carriage, error) {
	return s.carriage(ctx, carriage+`JOIN open311_prints p ON p.report = c.report WHERE p.client = $1 AND p.print = $2 AND p.at >= $3`, client, mark[:], since)
}

// CarriedBy are the numbers of a client's own reports of which something that strangers may know happened since a time.
func (s *Carriers) CarriedBy(ctx context.Context, client string, since time.Time) ([]report.Code, error) {
	const find = `SELECT d.code FROM open311_carried c JOIN displays d ON d.report = c.report WHERE c.client = $1 AND d.changed >= $2`
	rows, err := s.db.Query(ctx, find, client, since)
	if err != nil {
		return nil, fmt.Errorf("find what a client brought: %w", err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowTo[report.Code])
	if err != nil {
		return nil, fmt.Errorf("find what a client brought: %w", err)
	}
	return all, nil
}

// Key is the key of a name that this deployment made up once.
func (s *Carriers) Key(ctx context.Context, name string) ([]byte, error) {
	const keep = `INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING value`
	var key string
	if err := s.db.QueryRow(ctx, keep, name, rand.Text()+rand.Text()).Scan(&key); err != nil {
		return nil, fmt.Errorf("read a key: %w", err)
	}
	return []byte(key), nil
}
