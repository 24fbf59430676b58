package profile

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"unicode/utf8"
)

// What a file may have at most: many times what a large city needs, and little enough to be read at a start.
const (
	largestYAML  = 1 << 20
	largestTable = 8 << 20
	largestAreas = 64 << 20
	// deepest is how many brackets may stand inside each other.
	deepest = 40
)

// exists reports whether something is called so: it may still be no file that can be read.
func (d *decoder) exists(name string) bool {
	_, err := fs.Stat(d.fsys, name)
	return !errors.Is(err, fs.ErrNotExist)
}

// readable says why a file cannot be read; "" when it can.
func (d *decoder) readable(name string, most int64) string {
	if !fs.ValidPath(name) {
		return "cannot be read: it lies outside the profile's folder"
	}
	about, err := fs.Stat(d.fsys, name)
	switch {
	case err != nil:
		return unreadable(err)
	case about.IsDir():
		return "cannot be read: it is a folder"
	case !about.Mode().IsRegular():
		return "cannot be read: it is no ordinary file"
	case about.Size() > most:
		return fmt.Sprintf("is too large: %d KB, at most %d KB are read", about.Size()>>10, most>>10)
	}
	f, err := d.fsys.Open(name)
	if err != nil {
		return unreadable(err)
	}
	_ = f.Close()
	return ""
}

// unreadable words an error of the file system for somebody who did not make it.
func unreadable(err error) string {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "cannot be read: there is no such file"
	case errors.Is(err, fs.ErrPermission):
		return "cannot be read: the user who runs rabeg has no permission"
	case errors.Is(err, syscall.ELOOP):
		return "cannot be read: it is a symbolic link that leads back to itself"
	}
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	return "cannot be read: " + err.Error()
}

// text reads a file of UTF-8; false when it could not be, which is a problem then.
func (d *decoder) text(name string, most int64) ([]byte, bool) {
	bad := func(line, col int, what, example string) ([]byte, bool) {
		d.problems = append(d.problems, Problem{File: name, Line: line, Col: col, What: what, Example: example})
		return nil, false
	}
	if why := d.readable(name, most); why != "" {
		return bad(0, 0, why, "")
	}
	text, err := fs.ReadFile(d.fsys, name)
	if err != nil {
		return bad(0, 0, unreadable(err), "")
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf")) // what Windows' editor puts in front
	if at := firstBad(text); at >= 0 {
		line, col := position(text, at)
		return bad(line, col, "is not written in UTF-8", "save it as UTF-8 in the editor")
	}
	return text, true
}

// firstBad is where text stops being UTF-8, or holds a letter that no text holds; -1 when all is well.
func firstBad(text []byte) int {
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && n == 1 || r == 0 {
			return at
		}
		at += n
	}
	return -1
}

// position turns an offset into line and column, both from 1.
func position(text []byte, at int) (line, col int) {
	at = min(at, len(text))
	begin := bytes.LastIndexByte(text[:at], '\n') + 1
	return 1 + bytes.Count(text[:at], []byte("\n")), 1 + utf8.RuneCount(text[begin:at])
}

// tooDeep finds brackets inside brackets inside brackets, and lists inside lists: no profile needs them, and reading them
// takes forever, and all memory.
func tooDeep(text []byte) (line, col int) {
	depth, head := 0, 0
	for at, c := range text {
		switch { // head is how far a line goes before it says anything
		case c == '\n':
			head = 0
		case head >= 0 && strings.IndexByte(" -?:\t", c) >= 0:
			if head++; head > 2*deepest {
				return position(text, at)
			}
		default:
			head = -1
		}
		switch c {
		case '[', '{':
			if depth++; depth > deepest {
				return position(text, at)
			}
		case ']', '}':
			depth = max(0, depth-1)
		}
	}
	return 0, 0
}
