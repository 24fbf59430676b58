package media_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"rabeg/internal/media"
)

// A disk on which the next picture does not fit has some bytes left all the same: it is not well until there is room for one like it.
func TestADiskThatIsAsGoodAsFull(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := syscall.Mount("none", dir, "tmpfs", 0, "size=1m"); err != nil {
		t.Skipf("a small disk cannot be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	lacks(t, dir, func(d *media.Disk) {
		if err := d.Put(context.Background(), "aa/first", "", bytes.Repeat([]byte("x"), 700<<10)); err != nil {
			t.Fatal(err)
		}
	}, func() error { return os.Remove(filepath.Join(dir, "aa", "first")) })
}

// So is one of whose folders one cannot be written to.
func TestAFolderThatTakesNothing(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	stone := filepath.Join(dir, "ab")
	lacks(t, dir, func(*media.Disk) {
		if err := os.WriteFile(stone, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}, func() error { return os.Remove(stone) })
}

// lacks keeps a picture on a disk that has no room for it, and then on one that has.
func lacks(t *testing.T, dir string, fill func(*media.Disk), empty func() error) {
	t.Helper()
	ctx := t.Context()
	d, err := media.OpenDisk(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Check(ctx); err != nil {
		t.Fatal(err)
	}
	fill(d)
	if err := d.Check(ctx); err != nil {
		t.Errorf("before anything was refused: %v", err)
	}
	picture := bytes.Repeat([]byte("y"), 500<<10)
	if err := d.Put(ctx, "ab/second", "", picture); err == nil {
		t.Fatal("there was room")
	}
	if err := d.Put(ctx, "ac/note", "", []byte("small")); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := d.Check(ctx); err == nil {
			t.Error("a disk that lacks room is well")
		}
	}
	if err := empty(); err != nil {
		t.Fatal(err)
	}
	if err := d.Check(ctx); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*", "probe.*")); len(left) > 0 {
		t.Errorf("probes stayed: %v", left)
	}
	if err := d.Put(ctx, "ab/second", "", picture); err != nil {
		t.Error(err)
	}
}
