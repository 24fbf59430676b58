package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// InUseError tells that another live process runs a server on the folder.
type InUseError struct {
	Dir string // the data folder
	PID int    // the process that started the server
}

func (e *InUseError) Error() string {
	return fmt.Sprintf("data folder %s is in use by process %d: stop that one or choose another folder", e.Dir, e.PID)
}

// lingering is how long servers of a dead process may take to leave a folder: a
// busy PostgreSQL brings all it holds to the disk first.
const lingering = time.Minute

// take locks the folder for one server. The lock file names this process; the
// lock itself is handed down to the server, so it is free again only when every
// process of that server is gone. A folder whose starter is alive answers
// *InUseError at once; one whose starter is dead is waited for.
func take(ctx context.Context, dir, path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open lock of data folder: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, lingering)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil {
			break
		}
		if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
			_ = f.Close()
			return nil, fmt.Errorf("lock data folder %s: %w", dir, err)
		}
		if pid := claimant(f); pid > 0 && alive(pid) {
			_ = f.Close()
			return nil, &InUseError{Dir: dir, PID: pid}
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			_ = f.Close()
			return nil, fmt.Errorf("data folder %s: an earlier server has not ended yet: %w", dir, ctx.Err())
		}
	}
	if err := claim(f, strconv.Itoa(os.Getpid())); err != nil {
		_ = f.Close()
		return nil, err
	}
	return f, nil
}

// release gives up the claim, so that whoever comes next waits for what may be
// left of the server instead of calling the folder taken.
func release(f *os.File) error {
	return errors.Join(claim(f, ""), f.Close())
}

func claim(f *os.File, by string) error {
	if err := f.Truncate(0); err != nil {
		return fmt.Errorf("write lock of data folder: %w", err)
	}
	if _, err := f.WriteAt([]byte(by), 0); err != nil {
		return fmt.Errorf("write lock of data folder: %w", err)
	}
	return nil
}

func claimant(f *os.File) int {
	text, err := io.ReadAll(io.NewSectionReader(f, 0, 32))
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0
	}
	return pid
}

func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}
