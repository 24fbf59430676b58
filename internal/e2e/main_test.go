package e2e

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// abreast is how many tests run at once for each processor: most of them wait for outages and held answers, but each starts programs with
// some thirty connections, and where too many start at once a database does not answer them in time.
const abreast = 3

func TestMain(m *testing.M) {
	if file := os.Getenv(clockVar); file != "" {
		os.Exit(serveByClock(file))
	}
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if !asked {
		if err := flag.Set("test.parallel", strconv.Itoa(abreast*runtime.GOMAXPROCS(0))); err != nil {
			panic(err)
		}
	}
	dir, err := os.MkdirTemp("", "rabeg-e2e-")
	if err != nil {
		panic(err)
	}
	workshop = dir
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

var (
	// workshop is where the programs are built.
	workshop string
	// shipped and lab are the paths of the programs under test, which are made when first asked for.
	shipped = sync.OnceValues(func() (string, error) { return build("rabeg", "E2E_PROGRAM") })
	lab     = sync.OnceValues(func() (string, error) { return build("rabeg-lab", "E2E_LAB") })
)

// build makes a program as it is shipped: static, without the race detector; or takes the one that a variable names.
func build(name, variable string) (string, error) {
	if given := os.Getenv(variable); given != "" {
		return given, nil
	}
	path := filepath.Join(workshop, name)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute) // a machine that builds for the first time
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", path, "./cmd/"+name)
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build %s: %w\n%s", name, err, out)
	}
	return path, nil
}

// program is the one that is shipped.
func program(t testing.TB) string {
	t.Helper()
	path, err := shipped()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// labProgram is the same product, which can be told to trust a local WhatsApp.
func labProgram(t testing.TB) string {
	t.Helper()
	path, err := lab()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// migrated is the testdb.Migrate of these tests: it runs the program's own command.
func migrated(ctx context.Context, dsn string) error {
	path, err := shipped()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, path, "migrate")
	cmd.Env = bare("DATABASE_URL=" + dsn)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// bare is an environment without anything of the program's own settings but those given.
func bare(set ...string) []string {
	var env []string
	for _, name := range []string{"PATH", "HOME", "TMPDIR", "LANG"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	return append(env, set...)
}

// thorough says that all is played, and at its full length (make thorough). Otherwise each kind is played once, more briefly (make test).
func thorough() bool { return os.Getenv("THOROUGH") != "" }

// length is how long, or how many, of two.
func length[T any](full, brief T) T {
	if thorough() {
		return full
	}
	return brief
}

// oneOf leaves out what is another case of a kind, unless all are played.
func oneOf(t *testing.T, played bool) {
	t.Helper()
	if !played && !thorough() {
		t.Skip("another of its kind is played; make thorough plays them all")
	}
}

// outage is how long something is away in these tests.
func outage() time.Duration { return length(20*time.Second, 8*time.Second) }

// exitCode of a program that ended; -1 when it was killed or did not run.
func exitCode(err error) int {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit):
		return exit.ExitCode()
	}
	return -1
}

// lines are the non-empty lines of a text.
func lines(text string) []string {
	var out []string
	for l := range strings.SplitSeq(text, "\n") {
		if strings.TrimSpace(l) != "" {
			out = append(out, l)
		}
	}
	return out
}
