package e2e

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// abreast is how many tests run at once: most of them wait for outages and held answers, not for a processor.
const abreast = "24"

func TestMain(m *testing.M) {
	flag.Parse()
	asked := false
	flag.Visit(func(f *flag.Flag) { asked = asked || f.Name == "test.parallel" })
	if !asked {
		if err := flag.Set("test.parallel", abreast); err != nil {
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
	// workshop is where the program is built.
	workshop string
	// built is the path of the program under test, which is made when first asked for.
	built = sync.OnceValues(build)
)

// build makes the program as it is shipped: static, without the race detector.
func build() (string, error) {
	if given := os.Getenv("E2E_PROGRAM"); given != "" {
		return given, nil
	}
	path := filepath.Join(workshop, "rabeg")
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute) // a machine that builds for the first time
	defer cancel()
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", path, "./cmd/rabeg")
	cmd.Dir = filepath.Join("..", "..")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w\n%s", err, out)
	}
	return path, nil
}

func program(t testing.TB) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// migrated is the testdb.Migrate of these tests: it runs the program's own command.
func migrated(ctx context.Context, dsn string) error {
	path, err := built()
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

// outage is how long something is away in these tests.
func outage() time.Duration {
	if testing.Short() {
		return 8 * time.Second
	}
	return 20 * time.Second
}

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
