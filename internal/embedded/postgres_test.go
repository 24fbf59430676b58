package embedded_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"rabeg/internal/embedded"
)

func TestPostgresKeepsItsDataOverEveryEnd(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	pg := startPostgres(t, embedded.Options{Dir: dir, Durable: true})
	ctx := within(t)
	dsn := pg.DSN("postgres")
	if err := execute(ctx, pg, `CREATE TABLE kept (n int)`); err != nil {
		t.Fatal(err)
	}
	ends := []struct {
		name string
		end  func() error
	}{
		{"stop", func() error { return pg.Stop(ctx) }},
		{"kill", func() error { pg.Kill(); return nil }},
		{"stop twice", func() error { return errors.Join(pg.Stop(ctx), pg.Stop(ctx)) }},
		{"killed by somebody else", func() error {
			done := pg.Done()
			process, err := os.FindProcess(pg.PID())
			if err != nil {
				return err
			}
			if err := process.Kill(); err != nil {
				return err
			}
			<-done
			return nil
		}},
	}
	for i, e := range ends {
		if err := execute(ctx, pg, `INSERT INTO kept VALUES (1)`); err != nil {
			t.Fatalf("before %s: %v", e.name, err)
		}
		if err := e.end(); err != nil {
			t.Fatalf("%s: %v", e.name, err)
		}
		if pid := pg.PID(); pid != 0 {
			t.Fatalf("after %s: PID is %d", e.name, pid)
		}
		if err := pg.Start(ctx); err != nil {
			t.Fatalf("after %s: %v", e.name, err)
		}
		if got, want := value(t, pg, `SELECT count(*)::text FROM kept`), strconv.Itoa(i+1); got != want {
			t.Errorf("after %s: %s rows, want %s", e.name, got, want)
		}
	}
	if pg.DSN("postgres") != dsn {
		t.Error("the connection string changed over restarts")
	}
	if err := pg.Restart(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestPostgresSettings(t *testing.T) {
	t.Parallel()
	durable := startPostgres(t, embedded.Options{Dir: scratch(t), Durable: true})
	quick := startPostgres(t, embedded.Options{Dir: scratch(t)})
	for _, pg := range []*embedded.Postgres{durable, quick} {
		for setting, want := range map[string]string{
			"server_encoding": "UTF8", "timezone": "UTC", "listen_addresses": "", "max_connections": "500",
			"log_error_verbosity": "terse", "log_min_error_statement": "panic",
		} {
			if got := value(t, pg, "SHOW "+setting); got != want {
				t.Errorf("%s is %q, want %q", setting, got, want)
			}
		}
		// By code point, whatever the machine's language is.
		if got := value(t, pg, `SELECT string_agg(x, '' ORDER BY x) FROM unnest(ARRAY['a','B','é','A']) x`); got != "ABaé" {
			t.Errorf("sorted as %q", got)
		}
	}
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		if got := value(t, durable, "SHOW "+setting); got != "on" {
			t.Errorf("durable: %s is %s", setting, got)
		}
		if got := value(t, quick, "SHOW "+setting); got != "off" {
			t.Errorf("quick: %s is %s", setting, got)
		}
	}
}

func TestPostgresLogHoldsNoValues(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer // one writer at a time, read after Stop
	pg := startPostgres(t, embedded.Options{Dir: scratch(t), Log: &log})
	ctx := within(t)
	if err := execute(ctx, pg, `CREATE TABLE person (phone text PRIMARY KEY)`, `INSERT INTO person VALUES ('0812secret')`); err != nil {
		t.Fatal(err)
	}
	if err := execute(ctx, pg, `INSERT INTO person VALUES ('0812secret')`); err == nil {
		t.Fatal("a second row of the same key went in")
	}
	if err := pg.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(log.String(), "duplicate key") {
		t.Errorf("the log does not tell of the error: %s", log.String())
	}
	if strings.Contains(log.String(), "secret") {
		t.Errorf("the log holds a value: %s", log.String())
	}
}

func TestPostgresFolderBelongsToOne(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	var wg sync.WaitGroup
	var mu sync.Mutex
	var started []*embedded.Postgres
	refused := 0
	for range 4 {
		wg.Go(func() {
			pg, err := embedded.StartPostgres(within(t), embedded.Options{Dir: dir})
			mu.Lock()
			defer mu.Unlock()
			var taken *embedded.InUseError
			switch {
			case err == nil:
				started = append(started, pg)
			case errors.As(err, &taken) && taken.PID == os.Getpid() && taken.Dir == dir:
				refused++
			default:
				t.Errorf("start on a taken folder: %v", err)
			}
		})
	}
	wg.Wait()
	for _, pg := range started {
		if err := pg.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}
	if len(started) != 1 || refused != 3 {
		t.Errorf("%d started, %d were told that the folder is taken; want 1 and 3", len(started), refused)
	}
}

func TestPostgresAfterStalePIDFile(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	pg := startPostgres(t, embedded.Options{Dir: dir})
	ctx := within(t)
	pg.Kill() // leaves its pid file
	path := filepath.Join(dir, "postgres", "postmaster.pid")
	if _, err := os.Stat(path); err != nil {
		t.Fatalf("no pid file was left: %v", err)
	}
	if _, err := os.Stat("/proc/self/cwd"); err == nil {
		// The number now belongs to a living program that is no PostgreSQL.
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(text), "\n")
		if err := os.WriteFile(path, []byte(strconv.Itoa(os.Getpid())+"\n"+rest), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := pg.Start(ctx); err != nil {
		t.Fatal(err)
	}
}

func TestPostgresAfterUnfinishedInit(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	half := filepath.Join(dir, "postgres.new")
	if err := os.MkdirAll(filepath.Join(half, "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	startPostgres(t, embedded.Options{Dir: dir})
	if _, err := os.Stat(half); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the unfinished folder is still there: %v", err)
	}
}

func TestPostgresRefusesWhatIsNotItsOwn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, content, want string }{
		"other files":    {"diary.txt", "dear", "holds files but no PostgreSQL data"},
		"older version":  {"PG_VERSION", "9\n", "was made by PostgreSQL 9, which is not installed"},
		"broken version": {"PG_VERSION", "?", "read version of the data"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := scratch(t)
			path := filepath.Join(dir, "postgres", c.file)
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			_, err := embedded.StartPostgres(within(t), embedded.Options{Dir: dir})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("start said %v, want %q", err, c.want)
			}
			if text, err := os.ReadFile(path); err != nil || string(text) != c.content {
				t.Errorf("the file was touched: %q, %v", text, err)
			}
		})
	}
}

func TestPostgresSaysWhyItDidNotStart(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	pg := startPostgres(t, embedded.Options{Dir: dir})
	ctx := within(t)
	if err := pg.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "postgres", "postgresql.conf"), []byte("work_mem = 'much'\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := pg.Start(ctx); err == nil || !strings.Contains(err.Error(), "postgresql.conf") {
		t.Errorf("start said %v, want the file with the error", err)
	}
}

func TestPostgresStartCancelled(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := embedded.StartPostgres(ctx, embedded.Options{Dir: dir}); !errors.Is(err, context.Canceled) {
		t.Errorf("start said %v", err)
	}
	startPostgres(t, embedded.Options{Dir: dir}) // nothing stands in the way afterwards
}

func TestEnsureDatabase(t *testing.T) {
	t.Parallel()
	pg := startPostgres(t, embedded.Options{Dir: scratch(t)})
	for range 2 {
		if err := pg.EnsureDatabase(within(t), `city "of" Serang`); err != nil {
			t.Fatal(err)
		}
	}
	if got := value(t, pg, `SELECT count(*)::text FROM pg_database WHERE datname LIKE 'city%'`); got != "1" {
		t.Errorf("%s databases", got)
	}
}
