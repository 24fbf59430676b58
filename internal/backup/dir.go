package backup

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"syscall"
	"time"
)

const (
	shapeName      = "shape.json"
	databasePrefix = "database-"
	listPrefix     = "files-"
	mediaFolder    = "media"
	partEnding     = ".part"
	stampForm      = "20060102T150405.000Z"
)

// Dir is a folder with a backup, or for one. What is in it is for its owner alone: all that citizens wrote, and the keys of the
// office's WhatsApp.
type Dir struct {
	root *os.Root
	lock *os.File
}

// ErrBusy says that another program makes a backup in the folder.
var ErrBusy = errors.New("another backup is being made there")

// Create opens a folder to make a backup in, and makes it where there is none. Only one program has it open at a time.
func Create(dir string) (*Dir, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder: %w", err)
	}
	d, err := Open(dir)
	if err != nil {
		return nil, err
	}
	// A folder that was there already may be open to others, and hold what is none of ours.
	if d.lock, err = d.root.OpenFile(".lock", os.O_CREATE|os.O_RDWR, 0o600); err == nil {
		err = d.root.Chmod(".", 0o700)
	}
	if err == nil {
		err = syscall.Flock(int(d.lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = ErrBusy
		}
	}
	if err != nil {
		d.Close()
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return d, nil
}

// Open opens a folder to read the backup in it.
func Open(dir string) (*Dir, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder: %w", err)
	}
	return &Dir{root: root}, nil
}

// Close ends the use of the folder.
func (d *Dir) Close() {
	if d.lock != nil {
		_ = d.lock.Close()
	}
	_ = d.root.Close()
}

// writing is a part on its way to the disk: packed, counted and summed.
type writing struct {
	*gzip.Writer
	name  string
	file  *os.File
	buf   *bufio.Writer
	sum   hash.Hash
	bytes int64
}

func (d *Dir) write(name string) (*writing, error) {
	f, err := d.root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fmt.Errorf("write the backup: %w", err)
	}
	w := &writing{name: name, file: f, sum: sha256.New()}
	w.buf = bufio.NewWriterSize(counter{w}, 1<<18)
	w.Writer, _ = gzip.NewWriterLevel(w.buf, gzip.BestSpeed) // the level is a right one
	return w, nil
}

type counter struct{ w *writing }

func (c counter) Write(b []byte) (int, error) {
	n, err := c.w.file.Write(b)
	c.w.bytes += int64(n)
	c.w.sum.Write(b[:n])
	return n, err
}

// done brings the part to the disk.
func (w *writing) done() (Part, error) {
	err := errors.Join(w.Close(), w.buf.Flush(), w.file.Sync(), w.file.Close())
	if err != nil {
		return Part{}, fmt.Errorf("write the backup: %w", err)
	}
	return Part{Name: w.name, Size: w.bytes, Sum: hex.EncodeToString(w.sum.Sum(nil))}, nil
}

// sync brings a folder's names to the disk.
func (d *Dir) sync(name string) error {
	f, err := d.root.Open(name)
	if err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	return nil
}

// put writes a small file whole or not at all.
func (d *Dir) put(name string, data []byte) error {
	_, err := d.copy(name, bytes.NewReader(data), "")
	return err
}

// copy writes a file whole or not at all. Where sum is given, a content with another one is errOther, and nothing is written.
func (d *Dir) copy(name string, r io.Reader, sum string) (n int64, err error) {
	part := name + "." + rand.Text() + partEnding
	f, err := d.root.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, fmt.Errorf("write the backup: %w", err)
	}
	h := sha256.New()
	n, err = io.Copy(io.MultiWriter(f, h), r)
	err = errors.Join(err, f.Sync(), f.Close())
	switch {
	case err != nil:
		err = fmt.Errorf("write the backup: %w", err)
	case sum != "" && hex.EncodeToString(h.Sum(nil)) != sum:
		err = errOther
	default:
		err = d.root.Rename(part, name)
	}
	if err != nil {
		_ = d.root.Remove(part)
		return 0, err
	}
	return n, d.sync(path.Dir(name))
}

var errOther = errors.New("its content is not what its name says")

// seal makes what was written the backup of the folder.
func (d *Dir) seal(m Manifest) error {
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return fmt.Errorf("write the manifest: %w", err)
	}
	return d.put(manifestName, append(text, '\n'))
}

// sweep removes what earlier backups left: databases other than keep's, and what a killed one had begun.
func (d *Dir) sweep(keep Manifest) error {
	list, err := fs.ReadDir(d.root.FS(), ".")
	if err != nil {
		return fmt.Errorf("look into the folder: %w", err)
	}
	for _, e := range list {
		name := e.Name()
		mine := strings.HasPrefix(name, databasePrefix) && name != keep.folder ||
			strings.HasPrefix(name, listPrefix) && name != keep.list || strings.HasPrefix(name, manifestName+".")
		if !mine {
			continue
		}
		if err := d.root.RemoveAll(name); err != nil {
			return fmt.Errorf("remove an earlier backup: %w", err)
		}
	}
	return nil
}

// open reads a part, unpacked. Its checksum was looked at by Check.
func (d *Dir) open(name string) (io.ReadCloser, error) {
	f, err := d.root.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read the backup: %w", err)
	}
	z, err := gzip.NewReader(bufio.NewReaderSize(f, 1<<18))
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("read the backup: %w", err)
	}
	return unpacked{z, f}, nil
}

type unpacked struct {
	*gzip.Reader
	file *os.File
}

// Close closes both.
func (u unpacked) Close() error { return errors.Join(u.Reader.Close(), u.file.Close()) }

// stamp names the parts of one backup.
func stamp(at time.Time) string { return at.UTC().Format(stampForm) }
