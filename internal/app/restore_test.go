package app

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/embedded/testdb"
)

// archive is a database of a city with a few files, and a folder for its backup.
type archive struct {
	*testing.T
	cfg   Config
	db    *pgx.Conn
	media string
	dir   string
}

func newArchive(t *testing.T) *archive {
	t.Helper()
	w := &archive{T: t, media: t.TempDir(), dir: filepath.Join(t.TempDir(), "cadangan")}
	w.cfg = Config{Database: testdb.New(t, shaped), Redis: "redis://none", Media: "file://" + w.media}
	w.db = connected(t, w.cfg.Database)
	w.does(`INSERT INTO city (prefix, region, name) VALUES ('SRG', '36.73', 'Kota Serang')`)
	w.does(`INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES (1, 'SRG-22222-2', 'c', 'telegram:1', now(), '{"rev": 3, "status": "received"}')`)
	for n := range 5 {
		w.photo(fmt.Sprint("foto ", n))
	}
	return w
}

func connected(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	db, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close(context.Background()) })
	return db
}

func (w *archive) does(sql string, args ...any) {
	w.Helper()
	if _, err := w.db.Exec(w.Context(), sql, args...); err != nil {
		w.Fatalf("%s: %v", sql, err)
	}
}

// photo keeps a file as the program does: the file first, then its row.
func (w *archive) photo(content string) (key string) {
	w.Helper()
	sum := sha256.Sum256([]byte(content))
	name := hex.EncodeToString(sum[:])
	key = name[:2] + "/" + name + ".jpg"
	if err := os.MkdirAll(filepath.Join(w.media, name[:2]), 0o700); err != nil {
		w.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.media, key), []byte(content), 0o600); err != nil {
		w.Fatal(err)
	}
	w.does(`INSERT INTO media (source, report, doc) VALUES ($1, 1, $2)`, "telegram:"+name, map[string]any{
		"hash": name, "ref": map[string]any{"n": "store", "i": key, "t": "image/jpeg", "s": len(content)}})
	return key
}

func (w *archive) backup() string {
	w.Helper()
	var out bytes.Buffer
	if err := Backup(w.Context(), w.cfg, w.dir, &out); err != nil {
		w.Fatal(err)
	}
	return out.String()
}

// empty is a place to restore to.
func empty(t *testing.T) Config {
	t.Helper()
	return Config{Database: testdb.New(t, nil), Redis: "redis://none", Media: "file://" + t.TempDir()}
}

// restored restores and gives how many reports and files there are then.
func restored(t *testing.T, cfg Config, dir string) (reports, files int) {
	t.Helper()
	if err := Restore(t.Context(), cfg, dir, false, new(bytes.Buffer)); err != nil {
		t.Fatal(err)
	}
	if err := connected(t, cfg.Database).QueryRow(t.Context(), `SELECT count(*) FROM reports`).Scan(&reports); err != nil {
		t.Fatal(err)
	}
	return reports, len(under(t, strings.TrimPrefix(cfg.Media, "file://")))
}

// under are the files below a folder.
func under(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			path, err = filepath.Rel(dir, path)
			all = append(all, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// untouched checks that a refused restore made nothing.
func untouched(t *testing.T, cfg Config) {
	t.Helper()
	var n int
	if err := connected(t, cfg.Database).QueryRow(t.Context(), `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`).Scan(&n); err != nil || n != 0 {
		t.Errorf("a refused restore left %d tables (%v)", n, err)
	}
}

// copied is a folder like another.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "salinan")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// Whatever is missing, cut off or changed in a backup, it is refused with one line that says what, and the database stays empty.
// Every file of the folder is lost, cut off and changed once.
func TestABrokenBackupIsRefused(t *testing.T) {
	t.Parallel()
	w := newArchive(t)
	w.backup()
	cfg, dir := empty(t), copied(t, w.dir)
	for _, name := range under(t, w.dir) {
		if name == ".lock" {
			continue
		}
		path := func(dir string) string { return filepath.Join(dir, name) }
		whole, err := os.ReadFile(path(w.dir))
		if err != nil {
			t.Fatal(err)
		}
		turned := slices.Clone(whole)
		turned[len(turned)/2] ^= 4
		for how, broken := range map[string][]byte{"is lost": nil, "is cut off": whole[:len(whole)/2], "is empty": {}, "is changed": turned} {
			if name == "manifest.json" && how == "is changed" {
				continue // what it says is compared below, field by field
			}
			if err := os.Remove(path(dir)); err != nil {
				t.Fatal(err)
			}
			if how != "is lost" {
				if err := os.WriteFile(path(dir), broken, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			errs := []error{Restore(t.Context(), cfg, dir, true, new(bytes.Buffer))}
			if how == "is changed" && strings.HasSuffix(name, ".jpg") || strings.HasSuffix(name, "reports.gz") || name == "manifest.json" {
				errs = append(errs, Restore(t.Context(), cfg, dir, false, new(bytes.Buffer)))
			}
			for _, err := range errs {
				if err == nil || strings.Contains(err.Error(), "\n") || !strings.HasPrefix(err.Error(), "DIR: ") ||
					name != "manifest.json" && !strings.Contains(err.Error(), name) {
					t.Errorf("%s %s: %v", name, how, err)
				}
			}
			if err := os.WriteFile(path(dir), whole, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	untouched(t, cfg)
	if reports, files := restored(t, cfg, w.dir); reports != 1 || files != 5 {
		t.Errorf("the whole one brings %d reports and %d files", reports, files)
	}
}

// A manifest that speaks of another city, a newer program or a newer form is refused with a line that says so.
func TestABackupThatDoesNotFitIsRefused(t *testing.T) {
	t.Parallel()
	w := newArchive(t)
	w.backup()
	for name, c := range map[string]struct {
		change  map[string]any
		profile string
		want    string
	}{
		"a newer shape":     {map[string]any{"schema": 9999}, "", "DIR: the backup is of a newer program: it has step 9999"},
		"a newer form":      {map[string]any{"format": 2}, "", "DIR: is a backup of a newer program: it has form 2, and this one reads forms until 1"},
		"no form":           {map[string]any{"format": 0}, "", "DIR: its manifest.json cannot be read"},
		"parts not named":   {map[string]any{"parts": []any{}}, "", "DIR: its manifest.json cannot be read"},
		"a part outside":    {map[string]any{"parts": []any{map[string]any{"name": "../x"}}}, "", "DIR: its manifest.json cannot be read"},
		"another city":      {nil, "denpasar", "DIR: the backup belongs to Kota Serang (SRG, 36.73) and cannot serve Kota Denpasar (DPS, 51.71)"},
		"not even a folder": {nil, "-", "DIR: cannot be read: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg, dir := empty(t), copied(t, w.dir)
			path := filepath.Join(dir, "manifest.json")
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			said := map[string]any{}
			if err := json.Unmarshal(text, &said); err != nil {
				t.Fatal(err)
			}
			maps.Copy(said, c.change)
			if text, err = json.Marshal(said); err == nil {
				err = os.WriteFile(path, text, 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			cfg.Profile = c.profile
			if c.profile == "-" {
				cfg.Profile, dir = "", filepath.Join(dir, "tidak", "ada")
			}
			if err := Restore(t.Context(), cfg, dir, false, new(bytes.Buffer)); err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want %s", err, c.want)
			}
			untouched(t, cfg)
		})
	}
}

// What lies in a database is never written over: whatever holds a row of a person's. A database that only was migrated, or served
// with before anybody came, is as good as an empty one.
func TestADatabaseThatHoldsAnythingIsRefused(t *testing.T) {
	t.Parallel()
	w := newArchive(t)
	w.backup()
	for name, c := range map[string]struct{ does, want string }{
		"a report":                 {`INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES (7, 'SRG-33333-3', 'x', '', now(), '{"status": "received"}')`, "its table public.reports holds rows"},
		"an operator":              {`INSERT INTO operators (id, agency, role, approved, ended, doc) VALUES ('telegram:1', '', 'x', true, false, '{}')`, "its table public.operators holds rows"},
		"a linked WhatsApp":        {`INSERT INTO wa.person VALUES ('a', 'b')`, "its table wa.person holds rows"},
		"somebody else's":          {`CREATE TABLE gaji AS SELECT 1 AS n`, "its table public.gaji holds rows"},
		"another city":             {`INSERT INTO city (prefix, region, name) VALUES ('DPS', '51.71', 'Kota Denpasar')`, "belongs to Kota Denpasar (DPS, 51.71) and cannot serve Kota Serang"},
		"served, and nobody came":  {`INSERT INTO city (prefix, region, name) VALUES ('SRG', '36.73', 'Kota Serang'); INSERT INTO settings VALUES ('number_key', 'x')`, ""},
		"migrated, and not served": {`SELECT`, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := empty(t)
			cfg.Database = testdb.New(t, shaped)
			db := connected(t, cfg.Database)
			if _, err := db.Exec(t.Context(), c.does); err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				if reports, files := restored(t, cfg, w.dir); reports != 1 || files != 5 {
					t.Errorf("%d reports, %d files", reports, files)
				}
				return
			}
			err := Restore(t.Context(), cfg, w.dir, false, new(bytes.Buffer))
			if err == nil || !strings.HasPrefix(err.Error(), "DATABASE_URL: this database ") || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") {
				t.Errorf("%v, want %s", err, c.want)
			}
			if n := len(under(t, strings.TrimPrefix(cfg.Media, "file://"))); n != 0 {
				t.Errorf("%d files were put there all the same", n)
			}
		})
	}
	if err := Restore(t.Context(), w.cfg, w.dir, false, new(bytes.Buffer)); err == nil || !strings.Contains(err.Error(), "holds rows") {
		t.Errorf("over itself: %v", err)
	}
}

// A second backup into the same folder copies only the files that are new, takes the place of the first, and lets go of what was
// erased meanwhile. One that fails or is cut off leaves the first as it was.
func TestBackupsFollowEachOther(t *testing.T) {
	t.Parallel()
	w := newArchive(t)
	if said := w.backup(); !strings.Contains(said, "1 reports, 5 files (5 new)") {
		t.Errorf("the first says %q", said)
	}
	gone := w.photo("sebentar saja")
	w.photo("foto baru")
	if said := w.backup(); !strings.Contains(said, "7 files (2 new)") {
		t.Errorf("the second says %q", said)
	}
	w.does(`DELETE FROM media WHERE doc #>> '{ref,i}' = $1`, gone)
	w.does(`INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES (2, 'SRG-44444-4', 'd', 'telegram:1', now(), '{"status": "received"}')`)
	if said := w.backup(); !strings.Contains(said, "2 reports, 6 files (0 new)") {
		t.Errorf("the third says %q", said)
	}
	if _, err := os.Stat(filepath.Join(w.dir, "media", gone)); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that was erased stays in the backup: %v", err)
	}
	before := under(t, w.dir)
	for _, name := range before {
		info, err := os.Stat(filepath.Join(w.dir, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s is open to others: %v (%v)", name, info.Mode(), err)
		}
	}
	// A view is nothing that a backup would keep: it says so and does nothing.
	w.does(`CREATE VIEW lihat AS SELECT 1 AS n`)
	err := Backup(t.Context(), w.cfg, w.dir, new(bytes.Buffer))
	if err == nil || !strings.Contains(err.Error(), "the view public.lihat") || strings.Contains(err.Error(), "\n") {
		t.Errorf("with a view: %v", err)
	}
	w.does(`DROP VIEW lihat`)
	late, stop := context.WithCancel(t.Context())
	stop()
	if err := Backup(late, w.cfg, w.dir, new(bytes.Buffer)); err == nil {
		t.Error("a backup that was told to stop is said to be made")
	}
	if after := under(t, w.dir); !slices.Equal(before, after) {
		t.Errorf("a backup that failed left %v of %v", after, before)
	}
	// What a killed one leaves: a database that no manifest names, and half a file.
	for _, left := range []string{"database-20300101T000000.000Z/shape.json", "files-20300101T000000.000Z.gz", "manifest.json.X.part", "media/" + gone[:2] + "/x.part"} {
		path := filepath.Join(w.dir, left)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("setengah"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if reports, files := restored(t, empty(t), w.dir); reports != 2 || files != 6 {
		t.Errorf("beside what a killed one left, %d reports and %d files come back", reports, files)
	}
	w.backup()
	if after := under(t, w.dir); len(after) != len(before) {
		t.Errorf("what a killed one left stays: %v", after)
	}
}

// What the database names and the store does not have is said, and the rest is kept.
func TestFilesThatAreGone(t *testing.T) {
	t.Parallel()
	w := newArchive(t)
	gone, other := w.photo("hilang"), w.photo("rusak")
	if err := os.Remove(filepath.Join(w.media, gone)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(w.media, other), []byte("lain"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := w.backup(); !strings.Contains(said, "5 files (5 new)") || !strings.Contains(said, "2 files that the database names were not where") {
		t.Errorf("it says %q", said)
	}
	if reports, files := restored(t, empty(t), w.dir); reports != 1 || files != 5 {
		t.Errorf("%d reports and %d files come back", reports, files)
	}
}
