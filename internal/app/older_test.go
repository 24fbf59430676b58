package app

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"rabeg/internal/embedded/testdb"
)

// olderStep is a step of long ago, in whose shape there were no fences of leases, nor times at which officers acted.
const olderStep = 10

// A backup of an older program is restored as it was and then brought to the newest shape.
func TestAnOlderBackup(t *testing.T) {
	t.Parallel()
	w := &archive{T: t, media: t.TempDir(), dir: t.TempDir()}
	w.cfg = Config{Database: testdb.New(t, atStep), Redis: "redis://none", Media: "file://" + w.media}
	w.db = connected(t, w.cfg.Database)
	w.does(`INSERT INTO city (prefix, region, name) VALUES ('SRG', '36.73', 'Kota Serang')`)
	w.does(`INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES (1, 'SRG-22222-2', 'c', 'telegram:1', now(), '{"rev": 3}')`)
	w.photo("foto lama")
	if said := w.backup(); !strings.Contains(said, "1 reports, 1 files") {
		t.Errorf("it says %q", said)
	}
	to := empty(t)
	if reports, files := restored(t, to, w.dir); reports != 1 || files != 1 {
		t.Errorf("%d reports and %d files come back", reports, files)
	}
	fresh := testdb.New(t, Migrate)
	without := func(dsn string) (kept []string) {
		for line := range strings.SplitSeq(shapeSaid(t, dsn), "\n") {
			if !strings.Contains(line, "SCHEMA") {
				kept = append(kept, line)
			}
		}
		return kept
	}
	if d := cmp.Diff(without(fresh), without(to.Database)); d != "" {
		t.Errorf("its shape is not the newest (-want +got):\n%s", d)
	}
	if err := Restore(t.Context(), to, w.dir, false, new(bytes.Buffer)); err == nil {
		t.Error("it is restored a second time")
	}
}

// atStep makes a database as the program made it then.
func atStep(ctx context.Context, dsn string) error {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return err
	}
	db := stdlib.OpenDB(*config)
	defer func() { _ = db.Close() }()
	p, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("../../migrations"), goose.WithTableName("rabeg_version"))
	if err != nil {
		return err
	}
	_, err = p.UpTo(ctx, olderStep)
	return err
}
