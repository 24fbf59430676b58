package backup

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// sumOf reads the checksum in a key: ab/abcd….jpg.
func sumOf(key string) (sum string, ok bool) {
	folder, name, _ := strings.Cut(key, "/")
	sum, _, _ = strings.Cut(name, ".")
	if len(sum) != 64 || len(folder) != 2 || !strings.HasPrefix(sum, folder) || strings.Trim(sum, "0123456789abcdef") != "" || !fs.ValidPath(key) {
		return "", false
	}
	return sum, strings.Count(key, "/") == 1
}

// keys reads the list of files of a backup.
func (d *Dir) keys(m Manifest, each func(key, mime string) error) (err error) {
	r, err := d.open(m.list)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		key, mime, _ := strings.Cut(lines.Text(), "\t")
		if _, ok := sumOf(key); !ok {
			return broken("its list of files is damaged")
		}
		if err := each(key, mime); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the list of files: %w", err)
	}
	return nil
}

// prune removes files that the backup does not name, and what was begun of others. The list is in order: the names of one folder
// at a time are held in memory.
func (d *Dir) prune(m Manifest) error {
	seen, folder, named := map[string]bool{}, "", map[string]bool{}
	err := d.keys(m, func(key, _ string) error {
		dir, name, _ := strings.Cut(key, "/")
		if dir != folder {
			if err := d.clean(folder, named); err != nil {
				return err
			}
			folder, named = dir, map[string]bool{}
			seen[dir] = true
		}
		named[name] = true
		return nil
	})
	if err == nil {
		err = d.clean(folder, named)
	}
	if err != nil {
		return err
	}
	all, err := fs.ReadDir(d.root.FS(), mediaFolder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("look into the folder: %w", err)
	}
	for _, e := range all {
		if e.IsDir() && !seen[e.Name()] {
			if err := d.clean(e.Name(), nil); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *Dir) clean(folder string, named map[string]bool) error {
	if folder == "" {
		return nil
	}
	at := path.Join(mediaFolder, folder)
	list, err := fs.ReadDir(d.root.FS(), at)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look into the folder: %w", err)
	}
	for _, e := range list {
		if named[e.Name()] {
			continue
		}
		if err := d.root.Remove(path.Join(at, e.Name())); err != nil {
			return fmt.Errorf("remove a file that nobody names any more: %w", err)
		}
	}
	return nil
}
