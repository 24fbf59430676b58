package embedded

import (
	"cmp"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// oldestMajor is the oldest PostgreSQL the product's SQL is written for.
const oldestMajor = 14

// Binaries are the server programs of this machine.
type Binaries struct {
	InitDB   string // full path of initdb
	Postgres string // full path of postgres, of the same installation
	Major    int    // major version of PostgreSQL, such as 15
	Redis    string // full path of redis-server or valkey-server, empty when there is none
}

// ErrNoPostgres tells that no usable PostgreSQL server is installed.
var ErrNoPostgres = errors.New("no PostgreSQL server (14 or newer) is installed: " +
	"run `make setup`, or install it by hand (Debian, Ubuntu: apt-get install postgresql; " +
	"macOS: brew install postgresql@16), or set DATABASE_URL")

// ErrNoRedis tells that no Redis server is installed.
var ErrNoRedis = errors.New("no Redis server is installed: install it (Debian, Ubuntu: apt-get install redis-server; " +
	"macOS: brew install redis), or set REDIS_URL")

// Find looks for the server programs: on PATH, then where Debian, Red Hat,
// Homebrew and Postgres.app keep them, the highest version first. It answers
// ErrNoPostgres when there is no PostgreSQL; a missing Redis is no error.
func Find() (Binaries, error) {
	return find(0)
}

// find is Find for one major version; 0 takes any.
func find(major int) (Binaries, error) {
	for _, b := range installations() {
		if major == 0 || b.Major == major {
			b.Redis = findRedis()
			return b, nil
		}
	}
	return Binaries{Redis: findRedis()}, ErrNoPostgres
}

// installations lists the usable PostgreSQL installations, best first.
func installations() []Binaries {
	var all []Binaries
	if path, err := exec.LookPath("postgres"); err == nil {
		if full, err := filepath.EvalSymlinks(path); err == nil {
			all = appendInstallation(all, filepath.Dir(full))
		}
	}
	var elsewhere []Binaries
	for _, pattern := range []string{
		"/usr/lib/postgresql/*/bin",
		"/usr/pgsql-*/bin",
		"/opt/homebrew/opt/postgresql*/bin",
		"/usr/local/opt/postgresql*/bin",
		"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
		"/Applications/Postgres.app/Contents/Versions/*/bin",
	} {
		folders, err := filepath.Glob(pattern)
		if err != nil {
			continue // only a malformed pattern errs
		}
		for _, folder := range folders {
			elsewhere = appendInstallation(elsewhere, folder)
		}
	}
	slices.SortStableFunc(elsewhere, func(a, b Binaries) int { return cmp.Compare(b.Major, a.Major) })
	return append(all, elsewhere...)
}

func appendInstallation(to []Binaries, folder string) []Binaries {
	b := Binaries{InitDB: filepath.Join(folder, "initdb"), Postgres: filepath.Join(folder, "postgres")}
	if !executable(b.InitDB) || !executable(b.Postgres) {
		return to
	}
	b.Major = majorVersion(b.Postgres)
	if b.Major < oldestMajor {
		return to
	}
	return append(to, b)
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// majorVersion asks the program itself ("postgres (PostgreSQL) 15.18 (…)"),
// since folder names differ between packagers; 0 when it does not say.
func majorVersion(postgres string) int {
	words := strings.Fields(versionLine(postgres))
	if len(words) < 3 {
		return 0
	}
	digits := regexp.MustCompile(`^\d+`).FindString(words[2]) // also "18beta1"
	major, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return major
}

func findRedis() string {
	for _, name := range []string{"redis-server", "valkey-server"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
		for _, folder := range []string{"/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"} {
			if path := filepath.Join(folder, name); executable(path) {
				return path
			}
		}
	}
	return ""
}

// versionLine is what `program --version` prints, empty when it fails.
func versionLine(program string) string {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "--version").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}
