package embedded

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

const (
	postgresFolder = "postgres"
	redisFolder    = "redis"
	socketFolder   = "run"
)

// Place makes the folder for the servers' data and returns the one taken, as an
// absolute path: wanted, or, where the servers' user could not reach or write
// it (under root's home, on a read-only disk, made by another user), a folder
// under the system's state directory that is the same for the same wanted.
// The caller says which one it was. Placing a placed folder changes nothing.
func Place(wanted string) (string, error) {
	full, err := filepath.Abs(wanted)
	if err != nil {
		return "", fmt.Errorf("find data folder %q: %w", wanted, err)
	}
	var failed []error
	for _, dir := range append([]string{full}, fallbacks(full)...) {
		err := prepare(dir, dir != full)
		if err == nil {
			return dir, nil
		}
		failed = append(failed, err)
	}
	return "", fmt.Errorf("no folder for the data of the private servers: %w", errors.Join(failed...))
}

// Exactly is Place without a folder in its stead: for data that must be found
// where they were left.
func Exactly(wanted string) (string, error) {
	full, err := filepath.Abs(wanted)
	if err != nil {
		return "", fmt.Errorf("find data folder %q: %w", wanted, err)
	}
	return full, prepare(full, false)
}

// fallbacks are the folders that may stand in for wanted, best first.
func fallbacks(wanted string) []string {
	sum := sha256.Sum256([]byte(wanted))
	name := "rabeg-" + hex.EncodeToString(sum[:6])
	var dirs []string
	if os.Geteuid() == 0 {
		dirs = append(dirs, filepath.Join("/var/lib", name))
	} else if state := stateHome(); state != "" {
		dirs = append(dirs, filepath.Join(state, name))
	}
	// In a folder everyone may write to, the name says whose it is; prepare
	// refuses one that somebody else made.
	return append(dirs, filepath.Join(os.TempDir(), fmt.Sprintf("%s-%d", name, os.Geteuid())))
}

func stateHome() string {
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return dir
	}
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return ""
	}
	return filepath.Join(home, ".local", "state")
}

// prepare makes dir if needed and proves that the servers' user can use it. Root
// may work in another user's folder when it was asked to, but a fallback that
// somebody else made first must not receive the data (onlyMine).
func prepare(dir string, onlyMine bool) error {
	if err := makeFolder(dir); err != nil {
		return fmt.Errorf("make data folder: %w", err)
	}
	full, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return fmt.Errorf("follow data folder: %w", err)
	}
	if uid, _, ok := ownerOf(full); !ok || (int(uid) != os.Geteuid() && (onlyMine || os.Geteuid() != 0)) {
		return fmt.Errorf("data folder %s belongs to another user", dir)
	}
	a := accountFor(full)
	if !a.searches(full) {
		return fmt.Errorf("data folder %s cannot be reached by the servers' user", dir)
	}
	probe, err := os.MkdirTemp(full, ".probe-")
	if err != nil {
		return fmt.Errorf("write to data folder: %w", err)
	}
	owned := a.own(probe) // a shared or foreign disk may not know owners
	if err := os.Remove(probe); err != nil {
		return fmt.Errorf("write to data folder: %w", err)
	}
	if owned != nil {
		return fmt.Errorf("give data folder to the servers' user: %w", owned)
	}
	return nil
}

// makeFolder makes dir and its parents. The last one is open for passing
// through only when the servers run as somebody else.
func makeFolder(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		if errors.Is(err, os.ErrExist) { // another process was faster
			return nil
		}
		return err
	}
	if os.Geteuid() == 0 {
		return os.Chmod(dir, 0o711)
	}
	return nil
}

// ownedFolder makes dir for the account alone.
func ownedFolder(dir string, a *account) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if err := a.own(dir); err != nil {
		return err
	}
	return os.Chmod(dir, 0o700)
}

// longestSocketPath is what the smallest sun_path (macOS: 104 bytes with its
// closing zero) leaves.
const longestSocketPath = 103

// postgresSocket is the name PostgreSQL gives its socket, the longer of the two.
const postgresSocket = ".s.PGSQL.5432"

// redisSocket is the name of Redis' socket.
const redisSocket = "redis.sock"

// socketPlace makes the folder for a server's socket: inside dir, or a fresh
// one under the temporary directory where that path is too long for a socket
// or holds a character that PostgreSQL reads as a list. remove deletes what
// does not live inside dir.
func socketPlace(dir string, a *account) (folder string, remove func(), err error) {
	inside := filepath.Join(dir, socketFolder)
	if socketable(inside) {
		if err := ownedFolder(inside, a); err != nil {
			return "", nil, fmt.Errorf("make socket folder: %w", err)
		}
		return inside, func() {}, nil
	}
	for _, temp := range []string{os.TempDir(), "/tmp"} {
		short, err := os.MkdirTemp(temp, "rabeg-")
		if err != nil {
			continue
		}
		if socketable(short) && a.searches(filepath.Dir(short)) && ownedFolder(short, a) == nil {
			return short, func() { _ = os.RemoveAll(short) }, nil
		}
		_ = os.Remove(short)
	}
	return "", nil, fmt.Errorf("data folder %s is too deep for a unix socket (%d bytes), and no temporary folder is shorter",
		dir, longestSocketPath)
}

func socketable(folder string) bool {
	return len(filepath.Join(folder, postgresSocket)) <= longestSocketPath && !strings.ContainsAny(folder, `,"'`)
}
