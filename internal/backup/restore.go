package backup

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
)

// Whole is a backup whose parts were compared with their checksums.
type Whole struct {
	Manifest
	// Shape is what Database.Shape gave.
	Shape json.RawMessage
	dir   *Dir
}

// Check reads all of a backup and compares it with its manifest. Anything that is not as it was written is a *BrokenError.
func (d *Dir) Check(ctx context.Context) (w Whole, err error) {
	w.dir = d
	if w.Manifest, err = d.read(); err != nil {
		return w, err
	}
	for _, p := range w.Parts {
		if err := d.same(ctx, p); err != nil {
			return w, err
		}
	}
	err = d.keys(w.Manifest, func(key, _ string) error {
		if slices.Contains(w.Missing, key) {
			return nil
		}
		sum, _ := sumOf(key)
		return d.same(ctx, Part{Name: path.Join(mediaFolder, key), Size: -1, Sum: sum})
	})
	if err != nil {
		return w, err
	}
	r, err := d.open(path.Join(w.folder, shapeName))
	if err != nil {
		return w, err
	}
	w.Shape, err = io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return w, fmt.Errorf("read the backup: %w", err)
	}
	return w, nil
}

// About reads what a backup says of itself, and compares nothing.
func (d *Dir) About() (Manifest, error) { return d.read() }

// same compares a file with its checksum.
func (d *Dir) same(ctx context.Context, p Part) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := d.root.Open(p.Name)
	if errors.Is(err, fs.ErrNotExist) {
		return broken("is not whole: %s is missing", p.Name)
	}
	if err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("read the backup: %w", err)
	}
	if p.Size >= 0 && n != p.Size || hex.EncodeToString(h.Sum(nil)) != p.Sum {
		return broken("is damaged: %s is not what was written", p.Name)
	}
	return nil
}

// Rows reads the rows of a table.
func (w Whole) Rows(table string) (io.ReadCloser, error) {
	name := rowsOf(w.Manifest, table)
	if _, ok := w.part(name); !ok {
		return nil, broken("is not whole: the manifest does not name %s", name)
	}
	return w.dir.open(name)
}

// Put gives all files to their home. Those that are there already stay.
func (w Whole) Put(ctx context.Context, to Files) error {
	return w.dir.keys(w.Manifest, func(key, mime string) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		data, err := fs.ReadFile(w.dir.root.FS(), path.Join(mediaFolder, key))
		if errors.Is(err, fs.ErrNotExist) && slices.Contains(w.Missing, key) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the backup: %w", err)
		}
		sum := sha256.Sum256(data)
		if want, _ := sumOf(key); hex.EncodeToString(sum[:]) != want {
			return broken("is damaged: %s is not what was written", path.Join(mediaFolder, key))
		}
		if err := to.Put(ctx, key, mime, data); err != nil {
			return fmt.Errorf("put a file back: %w", err)
		}
		return nil
	})
}
