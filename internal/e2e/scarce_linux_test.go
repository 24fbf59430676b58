package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// scarce gives a folder on a small disk of its own that belongs to a user, and fills it; where that is not allowed the test is left
// out, saying so.
func scarce(t *testing.T, uid int) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "rabeg-scarce-")
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=4m"); err != nil {
		_ = os.Remove(dir)
		t.Skipf("a small disk cannot be made here: %v", err)
	}
	t.Cleanup(func() {
		_ = syscall.Unmount(dir, syscall.MNT_DETACH)
		_ = os.Remove(dir)
	})
	if err := os.Chown(dir, uid, -1); err != nil {
		t.Fatal(err)
	}
	return dir
}

// fill leaves no room on a disk until the stone is taken away.
func fill(t *testing.T, dir string) (empty func()) {
	t.Helper()
	stone := filepath.Join(dir, "stone")
	f, err := os.Create(stone)
	if err != nil {
		t.Fatal(err)
	}
	for _, block := range [][]byte{make([]byte, 64<<10), make([]byte, 1)} {
		for {
			if _, err := f.Write(block); err != nil {
				break
			}
		}
	}
	_ = f.Close()
	return func() { _ = os.Remove(stone) }
}

// fillsDatabase puts the letters and what was handled on a disk that is full: PostgreSQL itself says so.
func fillsDatabase(t *testing.T, w *pair) func() {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	var info syscall.Stat_t
	if err := syscall.Stat("/proc/"+strconv.Itoa(w.pg.PID()), &info); err != nil {
		t.Fatal(err)
	}
	dir := scarce(t, int(info.Uid))
	name := strings.ReplaceAll(filepath.Base(dir), "-", "_")
	for _, s := range []string{
		`CREATE TABLESPACE ` + name + ` LOCATION '` + dir + `'`,
		`ALTER TABLE letters SET TABLESPACE ` + name, `ALTER TABLE handled_1 SET TABLESPACE ` + name,
	} {
		if _, err := w.db.Exec(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	empty := fill(t, dir)
	return func() {
		empty()
		for _, s := range []string{`ALTER TABLE letters SET TABLESPACE pg_default`, `ALTER TABLE handled_1 SET TABLESPACE pg_default`, `DROP TABLESPACE ` + name} {
			if _, err := w.db.Exec(context.Background(), s); err != nil {
				t.Error(err)
			}
		}
	}
}

// fillsMedia puts a full disk over the folder of files.
func fillsMedia(t *testing.T, w *pair) func() {
	t.Helper()
	if err := syscall.Mount("none", w.media, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("a small disk cannot be made here: %v", err)
	}
	_ = fill(t, w.media)
	return func() {
		if err := syscall.Unmount(w.media, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	}
}
