package embedded

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// guard is a small shell that outlives this process for a moment: its standard
// input ends when this process does, however it dies.
type guard struct {
	in   io.WriteCloser
	gone chan struct{} // closed when the shell has ended
}

// A line on standard input means that the server ended in good order.
const watchScript = `read -r word || kill -INT "$1" 2>/dev/null`

// A server still shutting down may write into the folder: wait for PostgreSQL's
// pid file to go, then try again a few times.
const sweepScript = `read -r word
i=0
while [ -e "$1/postgres/postmaster.pid" ] && [ $i -lt 100 ]; do sleep 0.1; i=$((i+1)); done
i=0
until rm -rf "$1" 2>/dev/null || [ $i -ge 20 ]; do sleep 0.1; i=$((i+1)); done`

// watch has the server asked to stop when this process dies.
func watch(pid int) (*guard, error) {
	return post(watchScript, fmt.Sprint(pid))
}

func post(script, arg string) (*guard, error) {
	cmd := exec.Command("/bin/sh", "-c", script, "sh", arg)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("start guard: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start guard: %w", err)
	}
	g := &guard{in: in, gone: make(chan struct{})}
	go func() {
		// Waiting also keeps the pipe: were its last holder collected as garbage,
		// the shell would take this process for dead.
		_ = cmd.Wait()
		close(g.gone)
	}()
	return g, nil
}

// dismiss tells the guard that all is well and waits for it to go.
func (g *guard) dismiss() {
	if g == nil {
		return
	}
	_, _ = io.WriteString(g.in, "\n") // fails only when the guard is gone already
	_ = g.in.Close()
	<-g.gone
}

// Scratch makes a folder for servers that need not outlive this process: it is
// deleted when this process ends, even by SIGKILL, after its servers have gone.
// remove deletes it sooner; stop the servers first. It lies in memory where
// there is plenty, so it is no place to measure a disk.
func Scratch() (dir string, remove func(), err error) {
	for _, temp := range scratchPlaces() {
		if dir, err = os.MkdirTemp(temp, "rabeg-scratch-"); err != nil {
			continue
		}
		if err = prepareScratch(dir); err != nil {
			_ = os.Remove(dir)
			continue
		}
		g, err := post(sweepScript, dir)
		if err != nil {
			_ = os.Remove(dir)
			return "", nil, err
		}
		return dir, g.dismiss, nil
	}
	return "", nil, fmt.Errorf("make scratch folder: %w", err)
}

// memoryFolder is where Linux keeps files in memory.
const memoryFolder = "/dev/shm"

// roomy is how much memory must be free to put a test's servers there: each
// takes less than 200 MB, and several packages are tested at once.
const roomy = 4 << 30

// scratchPlaces are the folders for temporary files, best first. Cloning a
// database makes 300 files: in memory it takes 30 ms, on a disk up to 300.
func scratchPlaces() []string {
	places := []string{os.TempDir(), "/tmp", "/var/tmp"}
	if os.Getenv("TMPDIR") == "" && freeSpace(memoryFolder) >= roomy {
		places = append([]string{memoryFolder}, places...)
	}
	return places
}

// freeSpace is what a user may still write below dir, in bytes; 0 when unknown.
func freeSpace(dir string) int64 {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return 0
	}
	return int64(fs.Bavail) * int64(fs.Bsize) //nolint:unconvert // the fields' types differ between systems
}

func prepareScratch(dir string) error {
	if os.Geteuid() == 0 {
		if err := os.Chmod(dir, 0o711); err != nil {
			return err
		}
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	return prepare(full, true)
}
