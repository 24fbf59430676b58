package embedded_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/embedded"
)

// The starter dies by SIGKILL; its servers follow, and the next start, right
// away and again and again, finds every committed row.
func TestServersFollowAKilledStarter(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	for range 3 {
		c := startChild(t, ownBinary(t), dir, nil)
		c.kill(t)
		// No wait here: the next start has to cope with servers still ending.
	}
	pg := startPostgres(t, embedded.Options{Dir: dir, Durable: true})
	if got := value(t, pg, `SELECT count(*)::text FROM seen`); got != "3" {
		t.Errorf("%s rows after three killed starters, want 3", got)
	}
}

func TestNoServerStaysBehind(t *testing.T) {
	t.Parallel()
	c := startChild(t, ownBinary(t), scratchChild, nil)
	c.kill(t)
	eventually(t, "PostgreSQL ends", func() bool { return gone(c.pg) })
	if c.redis != 0 {
		eventually(t, "Redis ends", func() bool { return gone(c.redis) })
	}
	eventually(t, "the scratch folder is removed", func() bool {
		_, err := os.Stat(c.dir)
		return errors.Is(err, os.ErrNotExist)
	})
}

func TestFolderOfAnotherProcessIsTaken(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	c := startChild(t, ownBinary(t), dir, nil)
	_, err := embedded.StartPostgres(within(t), embedded.Options{Dir: dir})
	var taken *embedded.InUseError
	if !errors.As(err, &taken) || taken.PID != c.cmd.Process.Pid {
		t.Errorf("start said %v, want that process %d has it", err, c.cmd.Process.Pid)
	}
	if err := c.stdin.Close(); err != nil { // asks the child to end in good order
		t.Fatal(err)
	}
	if err := c.cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	startPostgres(t, embedded.Options{Dir: dir})
}

func TestAsNormalUser(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	as, binary := nobody(t, dir)
	data := filepath.Join(dir, "data")
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(data, int(as.Uid), int(as.Gid)); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		c := startChild(t, binary, data, as)
		if c.dir != data {
			t.Errorf("took %s, want %s", c.dir, data)
		}
		c.kill(t)
	}
	// Root comes later to the same folder, and leaves it usable.
	pg := startPostgres(t, embedded.Options{Dir: data})
	if got := value(t, pg, `SELECT count(*)::text FROM seen`); got != "2" {
		t.Errorf("%s rows, want 2", got)
	}
	if err := pg.Close(context.Background()); err != nil {
		t.Fatal(err)
	}
	startChild(t, binary, data, as)
}

func TestNormalUserWhereFolderIsRoots(t *testing.T) {
	t.Parallel()
	dir := scratch(t)
	as, binary := nobody(t, dir)
	c := startChild(t, binary, filepath.Join(dir, "data"), as) // dir is root's
	if strings.HasPrefix(c.dir, dir) {
		t.Errorf("took %s inside root's folder", c.dir)
	}
	if err := c.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Wait(); err != nil {
		t.Error(err)
	}
	if err := os.RemoveAll(c.dir); err != nil {
		t.Error(err)
	}
}
