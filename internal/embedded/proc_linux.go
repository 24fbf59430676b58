package embedded

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
)

// dieWithParent has the kernel send SIGINT, an orderly shutdown, to the server
// when this process is gone.
func dieWithParent(attr *syscall.SysProcAttr) {
	attr.Pdeathsig = syscall.SIGINT
}

// sentry posts no guard: the kernel keeps watch.
func sentry(int) (*guard, error) {
	return nil, nil //nolint:nilnil // a nil guard is one that has nothing to do
}

// elsewhere reports that the process certainly does not work in folder: a
// server's working directory is its data folder. One that has ended and that
// nobody has asked about since works nowhere.
func elsewhere(pid int, folder string) bool {
	if stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid)); err == nil {
		// The name in parentheses may hold anything; the state follows the last one.
		if rest := bytes.TrimSpace(stat[bytes.LastIndexByte(stat, ')')+1:]); len(rest) > 0 && (rest[0] == 'Z' || rest[0] == 'X') {
			return true
		}
	}
	at, err := os.Readlink(fmt.Sprintf("/proc/%d/cwd", pid))
	if err != nil {
		return false
	}
	full, err := filepath.EvalSymlinks(folder)
	return err == nil && at != full
}
