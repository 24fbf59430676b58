package media

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
)

// Disk keeps files in a folder.
type Disk struct {
	root *os.Root
	mu   sync.Mutex
	// lacked is the greatest file that could not be kept, until there is room for one like it: on a disk that is as good as full there are always
	// some bytes left.
	lacked lack
}

// lack is a file that could not be kept: its folder, and how large it was.
type lack struct {
	folder string
	size   int
}

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

// Put writes beside, brings it to the disk, and renames: a file is there whole or not at all. Each writer has a file of
// its own beside, because two may bring the same picture at once.
func (d *Disk) Put(_ context.Context, key, _ string, data []byte) error {
	err := d.put(key, data)
	d.mu.Lock()
	defer d.mu.Unlock()
	switch enough := len(data) >= d.lacked.size; {
	case enough && err == nil:
		d.lacked = lack{}
	case enough:
		d.lacked = lack{filepath.Dir(key), len(data)}
	}
	return err
}

func (d *Disk) put(key string, data []byte) error {
	if at, err := d.root.Stat(key); err == nil && at.Mode().IsRegular() && at.Size() == int64(len(data)) {
		return nil
	}
	if err := d.root.MkdirAll(filepath.Dir(key), 0o750); err != nil {
		return fmt.Errorf("make a media folder: %w", err)
	}
	part := key + "." + rand.Text() + ".part"
	err := d.write(part, data)
	if err == nil {
		err = d.root.Rename(part, key)
	}
	if err == nil {
		err = d.sync(filepath.Dir(key))
	}
	if err != nil {
		_ = d.root.Remove(part) // gone already when it was renamed
		return fmt.Errorf("write a file: %w", err)
	}
	return nil
}

func (d *Disk) write(name string, data []byte) error {
	f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o640)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// sync brings a folder's names to the disk: a file that the database knows must be there after a power cut.
func (d *Disk) sync(dir string) error {
	f, err := d.root.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Open reads a file.
func (d *Disk) Open(_ context.Context, key string) (io.ReadCloser, error) {
	f, err := d.root.Open(key)
	if err != nil {
		return nil, fmt.Errorf("open a kept file: %w", err)
	}
	return f, nil
}

// Remove removes a file. Its name is gone from the disk when it returns.
func (d *Disk) Remove(_ context.Context, key string) error {
	err := d.root.Remove(key)
	if err == nil {
		err = d.sync(filepath.Dir(key))
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove a file: %w", err)
	}
	return nil
}

// Check writes and removes a file: a small one, or where a file could not be kept one like that. Each check has one of its own: two may look at
// once.
func (d *Disk) Check(ctx context.Context) error {
	d.mu.Lock()
	lacked := d.lacked
	d.mu.Unlock()
	body := make([]byte, max(lacked.size, 2))
	_, _ = rand.Read(body) // it never fails; a disk may take zeros for nothing
	probe := filepath.Join(lacked.folder, "probe."+rand.Text())
	if err := d.Put(ctx, probe, "", body); err != nil {
		return err
	}
	if err := d.root.Remove(probe); err != nil {
		return fmt.Errorf("write to the media folder: %w", err)
	}
	return nil
}
