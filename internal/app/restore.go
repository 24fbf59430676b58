package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/backup"
	"rabeg/internal/postgres"
	"rabeg/internal/postgres/dump"
	"rabeg/migrations"
)

// spare are the tables that hold rows in a database that nothing came to yet: what migrating it and serving with it leaves.
func spare() []string {
	return []string{
		"public.rabeg_version", "public.settings", "public.city", "public.leases", "public.looks_head", "public.handled", "public.handled_parts", "public.timers",
		"public.river_migration", "public.river_queue", "public.river_leader", "public.river_client", "public.river_client_queue", "public.river_job",
		"wa.whatsmeow_version",
	}
}

// Restore fills an empty database and the home of the files from a backup. It looks at everything first: what it refuses it leaves
// untouched.
func Restore(ctx context.Context, cfg Config, dir string, checkOnly bool, out io.Writer) (err error) {
	from, err := backup.Open(dir)
	if err != nil {
		return ofBackup(err, "cannot be read")
	}
	defer from.Close()
	m, err := from.About()
	if err != nil {
		return ofBackup(err, "cannot be read")
	}
	if err := fits(cfg.Profile, m); err != nil {
		return err
	}
	if checkOnly {
		if _, err := from.Check(ctx); err != nil {
			return ofBackup(err, "cannot be read")
		}
		_, _ = fmt.Fprintf(out, "%s holds a whole %s\n", dir, about(m))
		return nil
	}
	files, err := cfg.blobs()
	if err != nil {
		return err
	}
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stores.Close()) }()
	pool, err := connectAs(ctx, stores.Database, backupName)
	if err != nil {
		return err
	}
	defer pool.Close()
	return restore(ctx, pool, from, files, out, func() error { return Migrate(ctx, stores.Database) })
}

// restore is Restore where all is open.
func restore(ctx context.Context, pool *pgxpool.Pool, from *backup.Dir, files backup.Files, out io.Writer, migrate func() error) error {
	m, err := from.About()
	if err != nil {
		return ofBackup(err, "cannot be read")
	}
	if err := vacant(ctx, pool, m); err != nil {
		return err
	}
	whole, err := from.Check(ctx)
	if err != nil {
		return ofBackup(err, "cannot be read")
	}
	var shape dump.Shape
	if err := json.Unmarshal(whole.Shape, &shape); err != nil {
		return Wrong("DIR", "its shape of the database cannot be read", exampleBackup)
	}
	if err := whole.Put(ctx, files); err != nil {
		return ofBackup(err, "its files cannot be put back")
	}
	if err := load(ctx, pool, whole, shape); err != nil {
		return ofBackup(err, "its database cannot be put back")
	}
	if err := migrate(); err != nil { // the start of serve does it, too
		return err
	}
	_, _ = fmt.Fprintf(out, "restored the %s\n", about(m))
	_, _ = fmt.Fprintln(out, "before you start rabeg serve here: the old one must be off for good, and Redis must be empty. What came after the backup is lost; "+
		"letters that went out after it may go out again.")
	return nil
}

func about(m backup.Manifest) string {
	return fmt.Sprintf("backup of %s as of %s: %d reports, %d letters, %d files", m.City, m.At.Local().Format("02.01.2006 15.04.05"), m.Reports, m.Letters, m.Files)
}

// fits checks that a backup is of this city, where one is named, and of no newer program.
func fits(name string, m backup.Manifest) error {
	knows, err := migrations.Knows()
	if err != nil {
		return err
	}
	if m.Schema > knows {
		return Wrong("DIR", "the backup "+(&migrations.NewerError{Has: m.Schema, Knows: knows}).Error(), "restore it with the version that made it, "+m.Program+", or a later one")
	}
	if name == "" {
		return nil
	}
	p, err := government(name)
	if err != nil {
		return err
	}
	if owner := cityIn(m); !owner.Same(cityOf(p)) {
		return Wrong("DIR", "the backup "+(&postgres.OtherCityError{Owner: owner, Wanted: cityOf(p)}).Error(), "set RABEG_PROFILE to its city")
	}
	return nil
}

func cityIn(m backup.Manifest) postgres.City {
	return postgres.City{Prefix: m.Prefix, Region: m.Region, Name: m.City}
}

// vacant checks that nothing would be overwritten.
func vacant(ctx context.Context, pool *pgxpool.Pool, m backup.Manifest) error {
	c, err := pool.Acquire(ctx)
	if err != nil {
		return Wrong("DATABASE_URL", "the database does not answer: "+short(err), exampleDatabase)
	}
	defer c.Release()
	if err := dump.Unused(ctx, c.Conn(), "rabeg"); err != nil {
		return ofBackup(err, "cannot be restored")
	}
	err = pgx.BeginFunc(ctx, c.Conn(), func(tx pgx.Tx) error { return dump.Vacant(ctx, tx, schemas(), spare(), false) })
	if err != nil {
		return ofBackup(err, "cannot be restored")
	}
	err = postgres.Owned(ctx, pool, cityIn(m))
	if other, ok := errors.AsType[*postgres.OtherCityError](err); ok {
		return elsewhere(other)
	}
	return err
}

// load fills the database, in one transaction with the mark that it was restored.
func load(ctx context.Context, pool *pgxpool.Pool, from backup.Whole, shape dump.Shape) error {
	c, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer c.Release()
	return dump.Load(ctx, c.Conn(), dump.Filling{
		Shape: shape,
		Open:  func(t dump.Table) (io.ReadCloser, error) { return from.Rows(t.String()) },
		First: func(tx pgx.Tx) error { return dump.Vacant(ctx, tx, schemas(), spare(), true) },
		Last:  func(tx pgx.Tx) error { return postgres.MarkRestored(ctx, tx, from.At, time.Now()) },
	})
}
