package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot/whatsapp"
	"rabeg/internal/backup"
	"rabeg/internal/media"
	"rabeg/internal/postgres"
	"rabeg/internal/postgres/dump"
)

// schemas are where the tables lie that are backed up: the product's with those of the job queue, and WhatsApp's.
func schemas() []string { return []string{"public", whatsapp.DefaultSchema} }

// exampleBackup is a folder for a backup.
const exampleBackup = "/var/backups/rabeg"

// backupName is how a connection that makes or restores a backup calls itself.
const backupName = "rabeg backup"

// Backup writes the database and the files into a folder, while the program serves or not.
func Backup(ctx context.Context, cfg Config, dir string, out io.Writer) (err error) {
	files, err := cfg.blobs()
	if err != nil {
		return err
	}
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stores.Close()) }()
	if err := owned(ctx, cfg.Profile, stores.Database); err != nil {
		return err
	}
	pool, err := connectAs(ctx, stores.Database, backupName)
	if err != nil {
		return err
	}
	defer pool.Close()
	to, err := backup.Create(dir)
	if err != nil {
		return ofBackup(err, "cannot be written")
	}
	defer to.Close()
	m, fresh, err := to.Make(ctx, seen(ctx, pool), files)
	if err != nil {
		return ofBackup(err, "the backup was not made")
	}
	_, _ = fmt.Fprintf(out, "%s: a whole backup of %s as of %s: %d reports, %d files (%d new)\n", dir, m.City,
		m.At.Local().Format("02.01.2006 15.04.05"), m.Reports, m.Files, fresh)
	if n := len(m.Missing); n > 0 {
		_, _ = fmt.Fprintf(out, "%d files that the database names were not where MEDIA_URL says, or damaged; the manifest names them\n", n)
	}
	if err := postgres.MarkBackup(ctx, pool, m.At); err != nil {
		_, _ = fmt.Fprintf(out, "the database did not take the note of it: %s\n", short(err))
	}
	return nil
}

// blobs opens where the files lie, as serve would.
func (c Config) blobs() (media.Blobs, error) {
	at, err := c.mediaAt()
	if err != nil {
		return nil, err
	}
	b, err := media.OpenBlobs(at)
	if err != nil {
		return nil, Wrong("MEDIA_URL", ofMedia(err), "file:///var/lib/rabeg/media")
	}
	return b, nil
}

// mediaAt is where the files lie, as serve would have it.
func (c Config) mediaAt() (string, error) {
	switch {
	case c.Media != "":
		return c.Media, nil
	case !c.private():
		return systemMedia, nil
	}
	dir, err := c.folder()
	if err != nil {
		return "", err
	}
	path, at := mediaIn(dir)
	if err := os.MkdirAll(path, 0o700); err != nil {
		return "", Wrong("RABEG_DATA", "photos cannot be kept there: "+short(err), exampleData)
	}
	return at, nil
}

// connectAs opens two connections that show who they are.
func connectAs(ctx context.Context, dsn, name string) (*pgxpool.Pool, error) {
	cfg, err := pgxpool.ParseConfig(postgres.Writer(dsn))
	if err != nil {
		return nil, Wrong("DATABASE_URL", "cannot be read", exampleDatabase)
	}
	cfg.MaxConns = 2
	cfg.ConnConfig.RuntimeParams["application_name"] = name
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	return pool, nil
}

// ofBackup words what goes wrong with a folder of a backup: one line.
func ofBackup(err error, what string) error {
	if b, ok := errors.AsType[*backup.BrokenError](err); ok {
		return Wrong("DIR", b.Error(), exampleBackup)
	}
	if u, ok := errors.AsType[*dump.UnknownError](err); ok {
		return Wrong("DATABASE_URL", u.Error(), exampleDatabase)
	}
	if o, ok := errors.AsType[*dump.OccupiedError](err); ok {
		return Wrong("DATABASE_URL", "this database "+o.Error()+", and a backup is restored into an empty one", "createdb rabeg_restored")
	}
	if errors.Is(err, backup.ErrBusy) {
		return Wrong("DIR", backup.ErrBusy.Error(), exampleBackup)
	}
	_, ofDatabase := errors.AsType[*pgconn.PgError](err)
	if _, own := errors.AsType[said](err); own || ofDatabase {
		return Wrong("DATABASE_URL", what+": "+short(err), exampleDatabase)
	}
	return Wrong("DIR", what+": "+short(err), exampleBackup)
}

// seen shows the database at one moment to whoever makes a backup of it.
func seen(ctx context.Context, pool *pgxpool.Pool) func(func(backup.Database) error) error {
	return func(use func(backup.Database) error) error {
		c, err := pool.Acquire(ctx)
		if err != nil {
			return err
		}
		defer c.Release()
		return dump.See(ctx, c.Conn(), schemas(), func(s *dump.Snapshot) error { return use(&snapshot{Snapshot: s}) })
	}
}

// snapshot is the database as a backup sees it.
type snapshot struct {
	*dump.Snapshot
	tables map[string]dump.Table
}

// About implements backup.Database.
func (s *snapshot) About(ctx context.Context) (m backup.Manifest, err error) {
	const about = `
SELECT now(), (SELECT max(version_id) FROM public.rabeg_version WHERE is_applied), c.prefix, c.region, c.name,
    (SELECT count(*) FROM public.reports), (SELECT count(*) FROM public.letters)
FROM (SELECT) one LEFT JOIN public.city c ON true`
	var prefix, region, name *string
	err = s.Row(ctx, about).Scan(&m.At, &m.Schema, &prefix, &region, &name, &m.Reports, &m.Letters)
	if err != nil {
		return m, fmt.Errorf("read whose database it is: %w", err)
	}
	if prefix == nil {
		return m, said("no city was served with this database yet: there is nothing to back up")
	}
	m.Prefix, m.Region, m.City, m.Program = *prefix, *region, *name, version()
	m.At = m.At.UTC()
	return m, nil
}

// Shape implements backup.Database.
func (s *snapshot) Shape(ctx context.Context) (doc json.RawMessage, tables []string, err error) {
	shape, err := s.Snapshot.Shape(ctx)
	if err != nil {
		return nil, nil, err
	}
	s.tables = map[string]dump.Table{}
	for _, t := range shape.Tables {
		s.tables[t.String()] = t
		tables = append(tables, t.String())
	}
	doc, err = json.Marshal(shape)
	return doc, tables, err
}

// Rows implements backup.Database.
func (s *snapshot) Rows(ctx context.Context, table string, w io.Writer) (int64, error) {
	return s.Copy(ctx, s.tables[table], w)
}

// Keys implements backup.Database.
func (s *snapshot) Keys(ctx context.Context, each func(key, mime string) error) error {
	const keys = `
SELECT DISTINCT ON (key COLLATE "C") key || E'\t' || mime
FROM (SELECT doc #>> '{ref,i}' AS key, coalesce(doc #>> '{ref,t}', '') AS mime FROM public.media WHERE doc #>> '{ref,n}' = 'store') m
ORDER BY key COLLATE "C"`
	return s.Lines(ctx, keys, func(line string) error {
		for i := range line {
			if line[i] == '\t' {
				return each(line[:i], line[i+1:])
			}
		}
		return each(line, "")
	})
}

// version is that of this program, as far as it was built from a repository.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && (v == "" || v == "(devel)") {
			v = s.Value
		}
	}
	return v
}

// backupLate is how old the last backup may be before the doctor warns.
const backupLate = 48 * time.Hour

// backups tells how old the last backup is.
func backups(ctx context.Context, s interface {
	BackedUp(ctx context.Context) (time.Time, error)
}) finding {
	f := finding{name: "backup", mend: "run each day: rabeg backup DIR"}
	at, err := s.BackedUp(ctx)
	switch {
	case err != nil:
		f.err = err
	case at.IsZero():
		f.saw = "none is known yet; run each day: rabeg backup DIR"
	case time.Since(at) > backupLate:
		f.err = said(fmt.Sprintf("the last one is %.0f hours old", time.Since(at).Hours()))
	default:
		f.saw = fmt.Sprintf("the last one is %.0f hours old", time.Since(at).Hours())
	}
	return f
}
