package postgres

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Public is the database as everybody may see it: its pool can read displays, the pictures among them and the sheets for everybody, and
// nothing else, whatever the program asks for.
type Public struct{ db *pgxpool.Pool }

// PublicRole is the database role that can read those and nothing else.
const PublicRole = "rabeg_public"

// ErrNoRole says that the database has no role that can read only what everybody may see, and that the program may not make one.
var ErrNoRole = errors.New("the database has no role " + PublicRole + ", and the program's own user may not make it")

// GrantPublic makes the role and lets it read what everybody may see, as the owner of the tables. It may be repeated, and done by several
// programs at once. ErrNoRole where the database's own user may make no roles: then somebody who may has to.
func GrantPublic(ctx context.Context, pool *pgxpool.Pool) error {
	const (
		alone  = `SELECT pg_advisory_xact_lock(hashtext('rabeg_public'))`
		there  = `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1), coalesce((SELECT pg_has_role(current_user, oid, 'MEMBER') FROM pg_roles WHERE rolname = $1), false)`
		create = `CREATE ROLE ` + PublicRole + ` NOLOGIN`
		join   = `GRANT ` + PublicRole + ` TO CURRENT_USER`
		grant  = `GRANT SELECT ON displays, display_pictures, display_sheets TO ` + PublicRole
		enter  = `DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO ` + PublicRole + `', current_schema()); END $$`
	)
	give := func() error {
		return pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
			if _, err := tx.Exec(ctx, alone); err != nil {
				return err
			}
			var made, member bool
			if err := tx.QueryRow(ctx, there, PublicRole).Scan(&made, &member); err != nil {
				return err
			}
			steps := []string{enter, grant}
			if !member {
				steps = append([]string{join}, steps...)
			}
			if !made {
				steps = append([]string{create}, steps...)
			}
			for _, sql := range steps {
				if _, err := tx.Exec(ctx, sql); err != nil {
					return err
				}
			}
			return nil
		})
	}
	// Roles are of the whole server: a program on another of its databases may make this one at the same moment.
	err := give()
	for range 5 {
		var pe *pgconn.PgError
		if !errors.As(err, &pe) || pe.Code != "23505" && pe.Code != "42710" && pe.Code != "XX000" {
			break
		}
		err = give()
	}
	var pe *pgconn.PgError
	if errors.As(err, &pe) && (pe.Code == "42501" || pe.Code == "0LP01" || pe.Code == "42704") { // not allowed; no such role
		return fmt.Errorf("%w: %s", ErrNoRole, pe.Message)
	}
	if err != nil {
		return fmt.Errorf("let the public pages read: %w", err)
	}
	return nil
}

// ConnectPublic opens a pool that can do nothing but read what everybody may see: each of its connections takes the role before anything
// else, and writes nothing. size is how many connections it may have.
func ConnectPublic(ctx context.Context, dsn string, size int32) (*Public, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("read the database address: %w", err)
	}
	cfg.MaxConns = size
	cfg.ConnConfig.ConnectTimeout = 5 * time.Second
	cfg.ConnConfig.RuntimeParams["application_name"] = "rabeg public"
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	cfg.ConnConfig.RuntimeParams["role"] = PublicRole
	cfg.ConnConfig.RuntimeParams["default_transaction_read_only"] = "on"
	cfg.ConnConfig.RuntimeParams["statement_timeout"] = "5000" // milliseconds: no page is worth more
	cfg.ConnConfig.AfterConnect = atOnce
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return &Public{pool}, nil
}

// Close ends its connections.
func (p *Public) Close() { p.db.Close() }

// Pool is the pool itself, for tests of what it can read.
func (p *Public) Pool() *pgxpool.Pool { return p.db }

// Display is what everybody may see of the report under a code; ledger.ErrUnknown for none. Of its pictures those are told that are there.
func (p *Public) Display(ctx context.Context, code report.Code) (report.Display, error) {
	const find = displayed + ` WHERE code = $1`
	d, err := oneDisplay(p.db.Query(ctx, find, code))
	if errors.Is(err, pgx.ErrNoRows) {
		return d, ledger.ErrUnknown
	}
	if err != nil {
		return d, fmt.Errorf("read what is public of a report: %w", err)
	}
	return d, nil
}

func oneDisplay(rows pgx.Rows, err error) (report.Display, error) {
	if err != nil {
		return report.Display{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scanDisplay)
}

// displayed reads displays: each with those of its pictures that are there, and whether strangers may know of the report that it was joined
// with: that one may have become confidential since. It is asked for by a value, for what EXISTS asks PostgreSQL may look up in a list of all
// displays, which it makes anew each time.
const displayed = `
SELECT doc, array(SELECT seq FROM display_pictures x WHERE x.report = d.report),
    coalesce((SELECT true FROM displays w WHERE w.code = d.doc ->> 'with'), false)
FROM displays d`

func scanDisplay(row pgx.CollectableRow) (d report.Display, err error) {
	var (
		there []int
		known bool
	)
	if err := row.Scan(&d, &there, &known); err != nil {
		return d, err
	}
	if !known {
		d.With = ""
	}
	for i, e := range d.Exhibits {
		d.Exhibits[i].Picture = e.Picture && slices.Contains(there, e.Seq)
	}
	return d, nil
}

// Asked is which displays somebody wants.
type Asked = ledger.DisplayQuery

// Displays are what is asked for.
func (p *Public) Displays(ctx context.Context, a Asked) ([]report.Display, error) {
	sql, args := displayQuery(a)
	rows, err := p.db.Query(ctx, sql, args...)
	if err != nil {
		return nil, fmt.Errorf("read what is public of reports: %w", err)
	}
	all, err := pgx.CollectRows(rows, scanDisplay)
	if err != nil {
		return nil, fmt.Errorf("read what is public of reports: %w", err)
	}
	return all, nil
}

// displayQuery is the statement for what is asked: its words are of this file alone, what is asked for are its arguments.
func displayQuery(a Asked) (sql string, args []any) {
	sql = displayed + ` WHERE true`
	when := func(is bool, cond string, all ...any) {
		if !is {
			return
		}
		n := make([]any, len(all))
		for i, v := range all {
			args = append(args, v)
			n[i] = len(args)
		}
		sql += " AND " + fmt.Sprintf(cond, n...)
	}
	when(len(a.Codes) > 0, "code = ANY ($%d)", a.Codes)
	when(len(a.Categories) > 0, "category = ANY ($%d)", a.Categories)
	when(len(a.Statuses) > 0, "status = ANY ($%d)", a.Statuses)
	when(len(a.Areas) > 0, "area = ANY ($%d)", a.Areas)
	when(len(a.Offices) > 0, "office = ANY ($%d)", a.Offices)
	when(!a.From.IsZero(), "filed >= $%d", a.From)
	when(!a.To.IsZero(), "filed < $%d", a.To)
	when(!a.ChangedFrom.IsZero(), "changed >= $%d", a.ChangedFrom)
	when(!a.ResolvedFrom.IsZero(), "resolved >= $%d", a.ResolvedFrom)
	when(!a.BeforeFiled.IsZero(), "(filed, report) < ($%d, $%d)", a.BeforeFiled, a.BeforeReport)
	if a.WithExhibits {
		sql += " AND exhibits > 0"
	}
	limit := a.Limit
	if limit <= 0 {
		limit = 1000
	}
	args = append(args, limit)
	if !a.ResolvedFrom.IsZero() {
		return sql + fmt.Sprintf(" ORDER BY resolved DESC, report DESC LIMIT $%d", len(args)), args
	}
	return sql + fmt.Sprintf(" ORDER BY filed DESC, report DESC LIMIT $%d", len(args)), args
}

// Picture is the copy of a picture that a fact of the report under a code cleared; ledger.ErrUnknown for none.
func (p *Public) Picture(ctx context.Context, code report.Code, seq int) (jpeg []byte, err error) {
	const find = `SELECT jpeg FROM display_pictures x JOIN displays d USING (report) WHERE code = $1 AND seq = $2`
	err = p.db.QueryRow(ctx, find, code, seq).Scan(&jpeg)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ledger.ErrUnknown
	}
	if err != nil {
		return nil, fmt.Errorf("read a cleared picture: %w", err)
	}
	return jpeg, nil
}

// Sheet reads what was counted for everybody under a name into doc, and tells when that was; zero where nothing has been counted yet.
func (p *Public) Sheet(ctx context.Context, name string, doc any) (at time.Time, err error) {
	const find = `SELECT at, doc FROM display_sheets WHERE name = $1`
	var raw []byte
	err = p.db.QueryRow(ctx, find, name).Scan(&at, &raw)
	if errors.Is(err, pgx.ErrNoRows) {
		return time.Time{}, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, doc)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read what was counted for everybody: %w", err)
	}
	return at, nil
}

// KeepSheet keeps what was counted for everybody under a name, unless something newer is there.
func (s *Store) KeepSheet(ctx context.Context, name string, at time.Time, doc any) error {
	const keep = `
INSERT INTO display_sheets (name, at, doc) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET at = excluded.at, doc = excluded.doc
WHERE display_sheets.at <= excluded.at`
	if _, err := s.Pool.Exec(ctx, keep, name, at, mustJSON(doc)); err != nil {
		return fmt.Errorf("keep what was counted for everybody: %w", err)
	}
	return nil
}
