package app

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"rabeg/bot/whatsapp"
	"rabeg/internal/embedded"
	"rabeg/internal/embedded/testdb"
)

// shaped makes a database of the newest shape, with the job queue's tables and WhatsApp's.
func shaped(ctx context.Context, dsn string) error {
	if err := Migrate(ctx, dsn); err != nil {
		return err
	}
	db, err := whatsapp.OpenDB(dsn, "")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = whatsapp.New(ctx, whatsapp.Options{DB: db})
	return err
}

// literal is a value of a type, with all in it that could be misread on its way.
func literal(column, typ, first string, n int) string {
	switch {
	case column == "finalized_at": // of a job that is not over
		return "NULL"
	case column == "name" && first == "" && typ == "text":
		return "'default'"
	case strings.HasSuffix(column, "_sig"):
		return fmt.Sprintf(`'\x%0128x'`, n)
	case column == "hash" && typ == "bytea":
		return fmt.Sprintf(`'\x%0256x'`, n)
	case typ == "uuid":
		return fmt.Sprintf("'00000000-0000-0000-0000-%012d'", n)
	case first != "": // of an enum
		return "'" + first + "'"
	case strings.HasSuffix(typ, "[]"):
		return "'{}'"
	case strings.HasPrefix(typ, "bytea"):
		return fmt.Sprintf(`'\x%062x%02x'`, 0x0a5c2e0a, n)
	case strings.HasPrefix(typ, "bit"):
		return "B'10000001'"
	case typ == "boolean":
		return "true"
	case typ == "json", typ == "jsonb":
		return fmt.Sprintf(`'{"n": %d, "t": "baris\n\\.\tkolom \\N €", "doc": {}}'`, n)
	case typ == "date":
		return fmt.Sprintf("'2026-11-%02d'", n)
	case strings.HasPrefix(typ, "timestamp"):
		return fmt.Sprintf("'2026-11-28 12:00:%02d.123456+07'", n)
	case strings.HasPrefix(typ, "double"):
		return "0.1"
	case strings.Contains(typ, "int"), typ == "numeric":
		return fmt.Sprint(n)
	default:
		return fmt.Sprintf(`E'a\tb\n\\.\n\\N \'%d\' "€"'`, n)
	}
}

// strew puts rows into every table, as far as its constraints let it, and gives the tables that stayed empty.
func strew(t *testing.T, db *pgx.Conn) (empty []string) {
	t.Helper()
	const columns = `
SELECT format('%I.%I', n.nspname, c.relname), array_agg(quote_ident(a.attname) ORDER BY a.attnum), array_agg(format_type(a.atttypid, a.atttypmod) ORDER BY a.attnum),
    array_agg(coalesce((SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = a.atttypid ORDER BY e.enumsortorder LIMIT 1), '') ORDER BY a.attnum)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'wa') AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.attidentity = ''
GROUP BY 1 ORDER BY 1`
	type table struct {
		Name                  string
		Columns, Types, First []string
	}
	rows, err := db.Query(t.Context(), columns)
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(rows, pgx.RowToStructByPos[table])
	if err != nil {
		t.Fatal(err)
	}
	for range 3 { // the later times for what refers to others
		empty = nil
		for _, tab := range all {
			if slices.Contains([]string{"public.rabeg_version", "public.river_migration", "wa.whatsmeow_version"}, tab.Name) {
				continue
			}
			for n := 1; n <= 3; n++ {
				var values []string
				for i, typ := range tab.Types {
					values = append(values, literal(tab.Columns[i], typ, tab.First[i], n))
				}
				_, err = db.Exec(t.Context(), fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s) ON CONFLICT DO NOTHING", tab.Name, strings.Join(tab.Columns, ", "), strings.Join(values, ", ")))
			}
			var n int
			if err2 := db.QueryRow(t.Context(), "SELECT count(*) FROM "+tab.Name).Scan(&n); err2 != nil {
				t.Fatal(err2)
			}
			if n == 0 {
				empty = append(empty, fmt.Sprintf("%s (%v)", tab.Name, err))
			}
		}
	}
	return empty
}

// contents is all that a database holds: each row of each table, and where each sequence stands.
func contents(t *testing.T, db *pgx.Conn) map[string][]string {
	t.Helper()
	list := func(sql string) []string {
		rows, err := db.Query(t.Context(), sql)
		if err != nil {
			t.Fatal(err)
		}
		all, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	out := map[string][]string{}
	for _, name := range list(`SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`) {
		out[name] = list("SELECT t::text FROM " + name + " t ORDER BY 1")
	}
	out["sequences"] = list(`SELECT s::text FROM (SELECT schemaname, sequencename, last_value, start_value, increment_by, data_type FROM pg_sequences) s ORDER BY 1`)
	return out
}

// shapeSaid is the shape of a database as PostgreSQL's own program tells it.
func shapeSaid(t *testing.T, dsn string) string {
	t.Helper()
	programs, err := embedded.Find()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(filepath.Dir(programs.Postgres), "pg_dump")
	if _, err := os.Stat(path); err != nil {
		t.Skip("no pg_dump is installed to compare with")
	}
	var errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), path, "--schema-only", "--no-owner", "--no-privileges", dsn)
	cmd.Stderr = &errs
	said, err := cmd.Output()
	if err != nil {
		t.Fatalf("pg_dump: %v: %s", err, &errs)
	}
	var kept []string
	for line := range strings.SplitSeq(string(said), "\n") {
		if !strings.HasPrefix(line, `\`) && line != "" && !strings.HasPrefix(line, "--") { // \restrict has a key of its own each time
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

// A backup holds every table and every sequence, whoever made them, and what is restored is the same to the last row and
// the last index.
func TestABackupHoldsEverything(t *testing.T) {
	t.Parallel()
	from, to, dir := testdb.New(t, shaped), testdb.New(t, nil), filepath.Join(t.TempDir(), "cadangan")
	media := "file://" + t.TempDir()
	db, err := pgx.Connect(t.Context(), from)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close(context.WithoutCancel(t.Context())) }()
	for _, sql := range []string{
		`INSERT INTO city (prefix, region, name) VALUES ('SRG', '36.73', 'Kota Serang')`,
		`INSERT INTO reports (id, code, cause, reporter, filed, doc) VALUES (1, 'SRG-22222-2', 'c', 'telegram:1', now(), '{"rev": 3, "status": "received", "place": {"pin": {"lat": -6.1, "lon": 106.1}}}')`,
		`CREATE TYPE public.mood AS ENUM ('sedih', 'it''s fine')`,
		`CREATE SEQUENCE public.lone AS int START 5 INCREMENT BY 3 CYCLE MAXVALUE 100`, `SELECT nextval('public.lone'), nextval('public.lone')`,
		`CREATE UNLOGGED TABLE public."Later Table" (id serial PRIMARY KEY, "Kata Kunci" varchar(9) COLLATE "C" DEFAULT 'x''y' CHECK ("Kata Kunci" <> ''), m public.mood,
		    n numeric(8,2), up text GENERATED ALWAYS AS (upper("Kata Kunci")) STORED, EXCLUDE USING btree (id WITH =)) WITH (fillfactor = 30)`,
		`CREATE INDEX ON public."Later Table" USING brin (id) WITH (pages_per_range = 4)`,
		`INSERT INTO public."Later Table" ("Kata Kunci", m, n) VALUES ('satu', 'sedih', 1.50), (DEFAULT, NULL, NULL)`,
	} {
		if _, err := db.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	if empty := strew(t, db); len(empty) > 0 {
		t.Errorf("tables could not be filled: %s", strings.Join(empty, "\n"))
	}
	if _, err := db.Exec(t.Context(), `DELETE FROM media`); err != nil { // their files are made up
		t.Fatal(err)
	}
	want := contents(t, db)
	var out bytes.Buffer
	if err := Backup(t.Context(), Config{Database: from, Redis: "redis://none", Media: media}, dir, &out); err != nil {
		t.Fatal(err)
	}
	if err := Restore(t.Context(), Config{Database: to, Redis: "redis://none", Media: media}, dir, false, &out); err != nil {
		t.Fatal(err)
	}
	back, err := pgx.Connect(t.Context(), to)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = back.Close(context.WithoutCancel(t.Context())) }()
	got := contents(t, back)
	for _, m := range []map[string][]string{want, got} {
		var kept []string
		for _, row := range m["public.settings"] {
			if !strings.HasPrefix(row, "(restored,") && !strings.HasPrefix(row, "(backup,") {
				kept = append(kept, row)
			}
		}
		m["public.settings"] = kept
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("what was restored differs (-want +got):\n%s", d)
	}
	if d := cmp.Diff(strings.Split(shapeSaid(t, from), "\n"), strings.Split(shapeSaid(t, to), "\n")); d != "" {
		t.Errorf("the shape differs (-want +got):\n%s", d)
	}
	t.Log(out.String())
}

// A disk that is full is said in one line, wherever it happens, and without a word of a library.
func TestAFullDiskIsOneLine(t *testing.T) {
	t.Parallel()
	full := fmt.Errorf("write the backup: %w", &fs.PathError{Op: "write", Path: "x", Err: syscall.ENOSPC})
	const want = "DIR: the backup was not made: no space left on device (example: /var/backups/rabeg)"
	if err := ofBackup(full, "the backup was not made"); err.Error() != want {
		t.Errorf("%v", err)
	}
}

// Who never made a backup, made one yesterday, or forgot it for a week.
func TestTheDoctorKnowsTheLastBackup(t *testing.T) {
	t.Parallel()
	for ago, want := range map[time.Duration]string{
		0:              "✓ backup: none is known yet; run each day: rabeg backup DIR\n",
		20 * time.Hour: "✓ backup: the last one is 20 hours old\n",
		7 * 24 * time.Hour: "✗ backup: the last one is 168 hours old\n" +
			"  → run each day: rabeg backup DIR\n",
	} {
		var out bytes.Buffer
		show(&out, backups(t.Context(), lastBackup(ago)))
		if out.String() != want {
			t.Errorf("%s ago: %s", ago, &out)
		}
	}
}

// lastBackup is how long ago it was; 0: never.
type lastBackup time.Duration

func (l lastBackup) BackedUp(context.Context) (time.Time, error) {
	if l == 0 {
		return time.Time{}, nil
	}
	return time.Now().Add(-time.Duration(l)), nil
}
