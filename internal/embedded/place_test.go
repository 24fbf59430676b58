package embedded_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/standin"
)

func TestPlaceTakesTheWantedFolder(t *testing.T) {
	t.Parallel()
	wanted := filepath.Join(scratch(t), "deep", "er")
	for range 2 {
		got, err := embedded.Place(wanted)
		if err != nil {
			t.Fatal(err)
		}
		if got != wanted {
			t.Errorf("took %s, want %s", got, wanted)
		}
	}
}

// t.TempDir is root's alone, as a checkout under root's home is.
func TestPlaceWhereTheServersCannotReach(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("a normal user's servers reach what the user reaches")
	}
	wanted := filepath.Join(t.TempDir(), ".rabeg")
	got, err := embedded.Place(wanted)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(got) })
	if strings.HasPrefix(got, filepath.Dir(wanted)) {
		t.Fatalf("took %s, which the servers' user cannot reach", got)
	}
	if again, err := embedded.Place(wanted); err != nil || again != got {
		t.Errorf("the second time %s, %v; want %s again", again, err, got)
	}
	if pg := startPostgres(t, embedded.Options{Dir: wanted}); pg.Dir() != got {
		t.Errorf("PostgreSQL took %s, want %s", pg.Dir(), got)
	}
}

// Blanks, quotes and a path too long for a socket.
func TestAwkwardFolders(t *testing.T) {
	t.Parallel()
	for name, folder := range map[string]string{
		"blanks": "my data \"here\"", "list": "a,b", "long": strings.Repeat("x", 150), "unicode": "laporan-é",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(scratch(t), folder)
			pg := startPostgres(t, embedded.Options{Dir: dir})
			if got := value(t, pg, `SELECT 'x'`); got != "x" || pg.Dir() != dir {
				t.Errorf("answered %q from %s", got, pg.Dir())
			}
			r, err := embedded.StartRedis(within(t), embedded.Options{Dir: dir, StandIn: standin.New()})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = r.Close(t.Context()) })
			if err := client(t, r.URL()).Ping(within(t)).Err(); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	b, err := embedded.Find()
	if err != nil {
		t.Fatal(err)
	}
	if b.Major < 14 || filepath.Dir(b.InitDB) != filepath.Dir(b.Postgres) {
		t.Errorf("found %+v", b)
	}
	if text := embedded.ErrNoPostgres.Error(); strings.Contains(text, "\n") || !strings.Contains(text, "install") {
		t.Errorf("not one line telling what to install: %q", text)
	}
}
