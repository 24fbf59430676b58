// Package backup keeps a database and its files in a folder, and reads them back. The manifest says what belongs to a backup; it
// is written last, in one step: a folder without one, or with that of an earlier backup, is never taken for a later one.
//
//	manifest.json            what there is, with checksums
//	database-20261128T…/     the database as it was at one moment: shape.json, and the rows of each table
//	files-20261128T….gz      the keys of the files that this database names
//	media/ab/abcd….jpg       the files; a key holds the SHA-256 of its content, so later backups copy only what is new
package backup

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"
)

// Format is the number of the folder's form. A program reads those up to its own.
const Format = 1

const manifestName = "manifest.json"

// Manifest is what a backup says of itself.
type Manifest struct {
	Format  int    `json:"format"`
	Program string `json:"program"` // the version that made it
	// Schema is the newest step of the database's shape.
	Schema int64     `json:"schema"`
	Prefix string    `json:"prefix"` // what the city's report numbers begin with
	Region string    `json:"region"`
	City   string    `json:"city"`
	At     time.Time `json:"at"` // when the database was as it is here
	// Parts are the files of the database, with how many rows each holds.
	Parts []Part `json:"parts"`
	// Reports, Letters and Files are how many there are; Bytes are those of all files.
	Reports int64 `json:"reports"`
	Letters int64 `json:"letters"`
	Files   int64 `json:"files"`
	Bytes   int64 `json:"bytes"`
	// Missing are keys of files that the database names and that could not be had: gone, or not what their key says.
	Missing []string `json:"missing,omitempty"`

	folder, list string
}

// Part is one file of a backup's database: its name within the folder, bytes, SHA-256 in hex, and rows.
type Part struct {
	Name string `json:"name"`
	Size int64  `json:"size"`
	Sum  string `json:"sha256"`
	Rows int64  `json:"rows,omitempty"`
}

// BrokenError says why a folder is no backup that can be used, in one line for people.
type BrokenError struct{ What string }

// Error is the line.
func (e *BrokenError) Error() string { return e.What }

func broken(format string, args ...any) error {
	return &BrokenError{What: fmt.Sprintf(format, args...)}
}

// read reads the manifest of a folder.
func (d *Dir) read() (m Manifest, err error) {
	text, err := fs.ReadFile(d.root.FS(), manifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return m, broken("holds no whole backup: it has no %s", manifestName)
	case err != nil:
		return m, fmt.Errorf("read the manifest: %w", err)
	}
	var form struct{ Format int }
	if err := json.Unmarshal(text, &form); err != nil {
		return m, broken("its %s cannot be read: it was damaged or cut off", manifestName)
	}
	if form.Format > Format {
		return m, broken("is a backup of a newer program: it has form %d, and this one reads forms until %d", form.Format, Format)
	}
	if err := json.Unmarshal(text, &m); err != nil || m.Format < 1 || m.At.IsZero() || !m.complete() {
		return m, broken("its %s cannot be read: it was damaged or cut off", manifestName)
	}
	return m, nil
}

// complete finds the parts that every backup has.
func (m *Manifest) complete() bool {
	for _, p := range m.Parts {
		folder, name, inside := strings.Cut(p.Name, "/")
		switch {
		case !fs.ValidPath(p.Name):
			return false
		case inside && name == shapeName:
			m.folder = folder
		case !inside && strings.HasPrefix(p.Name, listPrefix):
			m.list = p.Name
		}
	}
	return m.folder != "" && m.list != ""
}

// part finds a part by its name.
func (m Manifest) part(name string) (Part, bool) {
	for _, p := range m.Parts {
		if p.Name == name {
			return p, true
		}
	}
	return Part{}, false
}
