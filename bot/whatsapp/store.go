package whatsapp

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"go.mau.fi/util/dbutil"
	"go.mau.fi/whatsmeow/store/sqlstore"
	"go.mau.fi/whatsmeow/store/sqlstore/upgrades"
)

// OpenDB opens a database for New: its connections look for tables in the schema alone (default "wa"). The caller closes
// it. It is a pool of its own because the product's connections look elsewhere, and a search_path belongs to a connection.
func OpenDB(dsn, schema string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("whatsapp: the database's address: %w", err)
	}
	return openConfig(config, schema), nil
}

func openConfig(config *pgx.ConnConfig, schema string) *sql.DB {
	if schema == "" {
		schema = DefaultSchema
	}
	config.RuntimeParams["search_path"] = schema
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	db.SetConnMaxIdleTime(5 * time.Minute)
	return db
}

// tables are this package's own.
//
//	inbox   what was acknowledged to WhatsApp and not yet handled; event is JSON, written and read by this package alone
//	person  every address a person was seen under, LID or phone number, when that was, and the one that stands in bot.Address
//	        for ever
//	former  addresses that are never given again, hashed: those with a count, which were given because somebody had the number before,
//	        those that were given up for another, and those that are lost: their number was left or has another owner, and nothing
//	        else leads to their person. A hash tells a number only to who tries all there are
//	moved   addresses that were given up for another, until the product is told of it
//	heard   when a person last wrote to us: the network distrusts letters to people who have been silent for long
//	poll    what the options of our polls stand for
//	sharper the sharper copy of a photo or film, by the message that it is a copy of, see marked
//	unread  rows of inbox that could not be read, for a person to look at
const tables = `
CREATE TABLE IF NOT EXISTS inbox (
	seq   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	id    text NOT NULL UNIQUE,
	chat  text NOT NULL,
	event bytea NOT NULL
);
CREATE TABLE IF NOT EXISTS person (
	jid text PRIMARY KEY,
	id  text NOT NULL
);
ALTER TABLE person ADD COLUMN IF NOT EXISTS seen timestamptz NOT NULL DEFAULT now();
CREATE INDEX IF NOT EXISTS person_id ON person (id);
CREATE TABLE IF NOT EXISTS former (
	id   text PRIMARY KEY,
	lost boolean NOT NULL
);
WITH plain AS (DELETE FROM former WHERE id LIKE '%@%' RETURNING id, lost),
	left_behind AS (DELETE FROM person WHERE id = '' RETURNING jid)
	INSERT INTO former (id, lost) SELECT encode(sha256(convert_to(id, 'UTF8')), 'hex'), bool_or(lost)
		FROM (SELECT * FROM plain UNION ALL SELECT jid, true FROM left_behind) older GROUP BY id
	ON CONFLICT (id) DO UPDATE SET lost = former.lost OR excluded.lost;
CREATE TABLE IF NOT EXISTS moved (
	was text PRIMARY KEY,
	now text NOT NULL
);
CREATE INDEX IF NOT EXISTS moved_now ON moved (now);
CREATE TABLE IF NOT EXISTS heard (
	id text PRIMARY KEY,
	at timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS poll (
	id   text PRIMARY KEY,
	menu bytea NOT NULL,
	at   timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS sharper (
	mark  text PRIMARY KEY,
	media text NOT NULL,
	at    timestamptz NOT NULL
);
CREATE TABLE IF NOT EXISTS unread (
	id    text PRIMARY KEY,
	chat  text NOT NULL,
	event bytea NOT NULL,
	at    timestamptz NOT NULL
);`

// prepare makes the schema and the own tables. whatsmeow asks information_schema for its version table without naming a
// schema and would take another schema's for its own, so that table is made first.
func prepare(ctx context.Context, db *sql.DB, schema string) error {
	if !regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`).MatchString(schema) {
		return fmt.Errorf("the schema's name %q must be lower case letters, digits and '_'", schema)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("reach the database: %w", err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range []string{
		// Two programs that start at once must not make the same schema.
		`SELECT pg_advisory_xact_lock(hashtext('whatsapp:' || '` + schema + `'))`,
		`CREATE SCHEMA IF NOT EXISTS ` + schema,
		`CREATE TABLE IF NOT EXISTS ` + schema + `.whatsmeow_version (version int, compat int)`,
	} {
		if _, err = tx.ExecContext(ctx, statement); err != nil {
			return fmt.Errorf("make the schema: %w", err)
		}
	}
	var current sql.NullString
	if err = tx.QueryRowContext(ctx, `SELECT current_schema()`).Scan(&current); err != nil {
		return fmt.Errorf("ask for the schema: %w", err)
	}
	if current.String != schema {
		return fmt.Errorf("the database's connections look for tables in %q, not in %q; open them with OpenDB", current.String, schema)
	}
	if _, err = tx.ExecContext(ctx, tables); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	return tx.Commit()
}

func openContainer(ctx context.Context, db *sql.DB, t *trouble) (*sqlstore.Container, error) {
	wrapped, err := dbutil.NewWithDB(db, "pgx")
	if err != nil {
		return nil, err
	}
	wrapped.UpgradeTable = upgrades.Table
	wrapped.VersionTable = "whatsmeow_version"
	wrapped.Log = t
	container := sqlstore.NewWithWrappedDB(wrapped, nil)
	if err := container.Upgrade(ctx); err != nil {
		return nil, fmt.Errorf("upgrade the library's tables: %w", err)
	}
	if err := container.LIDMap.FillCache(ctx); err != nil {
		return nil, fmt.Errorf("read the known addresses: %w", err)
	}
	return container, nil
}

// trouble counts failed statements of the library. It is told by the library's own database layer, so it also knows of
// those whose error the library only writes into its log. What a message asks for and no database could answer is no failure.
type trouble struct {
	noLog
	count atomic.Int64
}

// QueryTiming is called after each statement.
func (t *trouble) QueryTiming(_ context.Context, _, _ string, _ []any, _ int, _ time.Duration, err error) {
	if err != nil && !ofData(err) && err != sql.ErrNoRows { //nolint:errorlint // the driver gives the bare value
		t.count.Add(1)
	}
}

type noLog struct{}

func (noLog) WarnUnsupportedVersion(_, _, _ int)             {}
func (noLog) PrepareUpgrade(_, _, _ int)                     {}
func (noLog) DoUpgrade(_, _ int, _ string, _ dbutil.TxnMode) {}
func (noLog) Warn(string, ...any)                            {}
