package media

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Disk keeps files in a folder.
type Disk struct{ root *os.Root }

// OpenDisk opens a folder, and makes it when there is none. Nothing outside of it is ever touched.
func OpenDisk(dir string) (*Disk, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("make the media folder: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the media folder: %w", err)
	}
	return &Disk{root: root}, nil
}

// Put writes beside, brings it to the disk, and renames: a file is there whole or not at all.
func (d *Disk) Put(_ context.Context, key, _ string, data []byte) error {
	if _, err := d.root.Stat(key); err == nil {
		return nil
	}
	if err := d.root.MkdirAll(filepath.Dir(key), 0o750); err != nil {
		return fmt.Errorf("make a media folder: %w", err)
	}
	part := key + ".part"
	f, err := d.root.OpenFile(part, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o640)
	if err != nil {
		return fmt.Errorf("write a file: %w", err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err == nil {
		err = d.root.Rename(part, key)
	}
	if err != nil {
		return fmt.Errorf("write a file: %w", err)
	}
	return nil
}

// Open reads a file.
func (d *Disk) Open(_ context.Context, key string) (io.ReadCloser, error) {
	f, err := d.root.Open(key)
	if err != nil {
		return nil, fmt.Errorf("open a kept file: %w", err)
	}
	return f, nil
}

// Check writes and removes a small file.
func (d *Disk) Check(ctx context.Context) error {
	const probe = "probe"
	if err := d.root.Remove(probe); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("write to the media folder: %w", err)
	}
	if err := d.Put(ctx, probe, "", []byte("ok")); err != nil {
		return err
	}
	if err := d.root.Remove(probe); err != nil {
		return fmt.Errorf("write to the media folder: %w", err)
	}
	return nil
}
