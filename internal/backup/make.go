package backup

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// Database is what is read of the database, all of it as of one moment.
type Database interface {
	// About tells of it: all of a Manifest but what the folder adds.
	About(ctx context.Context) (Manifest, error)
	// Shape is what it is made of, as Load of the same program understands it, and the names of its tables.
	Shape(ctx context.Context) (doc json.RawMessage, tables []string, err error)
	// Rows writes the rows of a table.
	Rows(ctx context.Context, table string, w io.Writer) (rows int64, err error)
	// Keys gives the keys of all files that it names, in order, each with what kind of file it is ("image/jpeg").
	Keys(ctx context.Context, each func(key, mime string) error) error
}

// Files is where the files lie; see media.Blobs.
type Files interface {
	Put(ctx context.Context, key, mime string, data []byte) error
	// Open reads a file; fs.ErrNotExist when there is none.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
}

// Make makes a backup. see calls its argument with the database as it was at one moment; the files are copied after that: a file is
// written before the database names it, so all that was named then is there by now. Whatever fails, the backup that the folder
// held before still is one. fresh is how many files the folder did not have yet.
func (d *Dir) Make(ctx context.Context, see func(func(Database) error) error, from Files) (m Manifest, fresh int64, err error) {
	earlier, err := d.read()
	if _, none := errors.AsType[*BrokenError](err); err != nil && !none {
		return m, 0, err
	}
	if err := d.sweep(earlier); err != nil {
		return m, 0, err
	}
	defer func() {
		if err != nil {
			_ = d.sweep(earlier) // the disk may be full; else the next one does it
		}
	}()
	err = see(func(db Database) error {
		if m, err = db.About(ctx); err != nil {
			return err
		}
		if earlier.Prefix != "" && earlier.Prefix != m.Prefix {
			return broken("holds a backup of %s (%s), and this is %s (%s): choose another folder", earlier.City, earlier.Prefix, m.City, m.Prefix)
		}
		return d.database(ctx, db, &m)
	})
	if err == nil {
		fresh, err = d.files(ctx, &m, from)
	}
	if err == nil {
		err = d.seal(m)
	}
	if err != nil {
		return m, 0, err
	}
	// What only an earlier one named goes: what a person had erased is not kept in backups either.
	earlier = m
	return m, fresh, errors.Join(d.sweep(m), d.prune(m))
}

func (d *Dir) database(ctx context.Context, db Database, m *Manifest) error {
	m.Format = Format
	m.folder, m.list = databasePrefix+stamp(m.At), listPrefix+stamp(m.At)+".gz"
	if err := d.root.Mkdir(m.folder, 0o700); err != nil {
		return fmt.Errorf("write the backup: %w", err)
	}
	shape, tables, err := db.Shape(ctx)
	if err != nil {
		return err
	}
	err = d.part(m, path.Join(m.folder, shapeName), func(w io.Writer) (int64, error) {
		_, err := w.Write(shape)
		return 0, err
	})
	for _, t := range tables {
		if err != nil {
			return err
		}
		err = d.part(m, rowsOf(*m, t), func(w io.Writer) (int64, error) { return db.Rows(ctx, t, w) })
	}
	if err != nil {
		return err
	}
	err = d.part(m, m.list, func(w io.Writer) (n int64, err error) {
		err = db.Keys(ctx, func(key, mime string) error {
			n++
			if _, ok := sumOf(key); !ok || strings.ContainsAny(mime, "\t\n") {
				return fmt.Errorf("the database names a file by a key that is none: %q", key)
			}
			_, err := fmt.Fprintf(w, "%s\t%s\n", key, mime)
			return err
		})
		return n, err
	})
	if err != nil {
		return err
	}
	return d.sync(m.folder)
}

func rowsOf(m Manifest, table string) string { return path.Join(m.folder, table+".gz") }

func (d *Dir) part(m *Manifest, name string, fill func(io.Writer) (rows int64, err error)) error {
	w, err := d.write(name)
	if err != nil {
		return err
	}
	rows, err := fill(w)
	if err != nil {
		_ = w.file.Close()
		return err
	}
	p, err := w.done()
	if err != nil {
		return err
	}
	p.Rows = rows
	m.Parts = append(m.Parts, p)
	return nil
}

// files copies what the list names and the folder does not have.
func (d *Dir) files(ctx context.Context, m *Manifest, from Files) (fresh int64, err error) {
	err = d.keys(*m, func(key, _ string) error {
		size, copied, err := d.fetch(ctx, from, key)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, errOther):
			m.Missing = append(m.Missing, key)
			return nil
		case err != nil:
			return err
		}
		m.Files++
		m.Bytes += size
		if copied {
			fresh++
		}
		return nil
	})
	return fresh, err
}

// fetch copies one file, unless the folder has it.
func (d *Dir) fetch(ctx context.Context, from Files, key string) (size int64, fresh bool, err error) {
	name := path.Join(mediaFolder, key)
	if at, err := d.root.Stat(name); err == nil && at.Mode().IsRegular() {
		return at.Size(), false, nil // it came by rename, whole, with the right sum
	}
	if err := ctx.Err(); err != nil {
		return 0, false, err
	}
	r, err := from.Open(ctx, key)
	if err != nil {
		return 0, false, err
	}
	defer func() { _ = r.Close() }()
	if err := d.root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return 0, false, fmt.Errorf("write the backup: %w", err)
	}
	sum, _ := sumOf(key)
	size, err = d.copy(name, r, sum)
	return size, true, err
}
