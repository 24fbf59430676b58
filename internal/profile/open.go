package profile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// home is what the folder of a city is called among the product's own: "../common/categories.yaml" names the shared lists
// from there as it does from a profile that comes with the product.
const home = "kota"

// city shows a folder of the machine beside the product's shared lists.
type city struct{ dir string }

// Open implements fs.FS.
func (c city) Open(name string) (fs.File, error) {
	if name == home || strings.HasPrefix(name, home+"/") {
		return os.DirFS(c.dir).Open(inside(name)) //nolint:wrapcheck // a file system's own error
	}
	return builtin.Open(name)
}

// Stat implements fs.StatFS: a pipe in place of a file is seen before somebody waits for it.
func (c city) Stat(name string) (fs.FileInfo, error) {
	if name == home || strings.HasPrefix(name, home+"/") {
		return os.Stat(filepath.Join(c.dir, filepath.FromSlash(inside(name)))) //nolint:wrapcheck // a file system's own error
	}
	return fs.Stat(builtin, name) //nolint:wrapcheck // a file system's own error
}

// inside is a name inside the folder.
func inside(name string) string {
	if name == home {
		return "."
	}
	return strings.TrimPrefix(name, home+"/")
}

// folder reports whether a name means a folder of the machine. A bare name means the product's own profile of that name.
func folder(name string) bool {
	if strings.ContainsRune(name, '/') || strings.ContainsRune(name, filepath.Separator) || name == "." || name == ".." {
		return true
	}
	about, err := os.Stat(name)
	return !slices.Contains(Names(), name) && err == nil && about.IsDir()
}

// Known says what is wrong with the name of a profile, before anything is read: nil for the product's own and for folders.
func Known(name string) error {
	switch {
	case folder(name):
		about, err := os.Stat(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("there is no folder %s", name)
		case err != nil:
			return fmt.Errorf("the folder %s %s", name, unreadable(err))
		case !about.IsDir():
			return fmt.Errorf("%s is no folder", name)
		}
	case !slices.Contains(Names(), name):
		return unknown(name)
	}
	return nil
}

func unknown(name string) error {
	return fmt.Errorf("no profile is called %q: choose one of %s, or a folder (./%s)", name, strings.Join(Names(), ", "), name)
}

// Open reads the profile of that name: one that comes with the product, or a folder. It is read once; what changes in the
// folder afterwards is seen at the next start. Where the files are wrong, the error holds Problems.
func Open(name string) (*Profile, error) {
	if err := Known(name); err != nil {
		return nil, err
	}
	if !folder(name) {
		return Builtin(name)
	}
	p, err := Load(city{name}, home)
	if ps, ok := err.(Problems); ok { //nolint:errorlint // Load wraps nothing
		return nil, ps.of(name)
	}
	if p != nil {
		p.notes = p.notes.of(name)
	}
	return p, err
}

// of names the files as they are called on the machine.
func (ps Problems) of(dir string) Problems {
	out := slices.Clone(ps)
	for i, p := range out {
		if strings.HasPrefix(p.File, home+"/") {
			out[i].File = filepath.Join(dir, filepath.FromSlash(inside(p.File)))
		}
	}
	return out
}

// Notes are what is no mistake in a profile's files but worth a look, such as an office that no category leads to.
func (p *Profile) Notes() []Problem { return p.notes }
