package media

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Documents of today (DOCX, XLSX, PPTX, ODT) are archives, and people pack photos. What lies in them is cleaned one by one and packed anew; the
// rest is taken over as it is packed. The sizes that an archive names are not believed: what is read is bounded.

const (
	// membersMost is how many files of an archive are looked at, memberMost how large one is that is cleaned: more than a phone's photo.
	// unpackedMost is how much of an archive is unpacked in all, which bounds the time.
	membersMost  = 2000
	memberMost   = 12 << 20
	unpackedMost = 96 << 20
)

// errSealed says that an archive cannot be cleaned: it is broken, locked, or too large inside.
var errSealed = errors.New("an archive that cannot be cleaned")

// authors are what the head of a document says of who wrote it, and where.
var authors = regexp.MustCompile(`(?s)(<(?:\w+:)?(?:creator|lastModifiedBy|initial-creator|printed-by|Manager|Company|user-defined)(?:\s[^>]*)?>)[^<]*(</)`)

// head reports whether a file of a document says who wrote it.
func head(name string) bool {
	switch name {
	case "docProps/core.xml", "docProps/app.xml", "meta.xml":
		return true
	}
	return false
}

// pictured are how the names of files end in which cameras say where they were.
var pictured = [...]string{".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".tif", ".tiff", ".webp", ".heic", ".heif", ".avif", ".mp4", ".mov", ".3gp", ".m4v", ".avi", ".webm", ".mkv", ".wav", ".dng"}

// nested are how those end that are archives themselves: they are taken over as they are.
var nested = [...]string{".zip", ".docx", ".xlsx", ".pptx", ".docm", ".xlsm", ".odt", ".ods", ".odp", ".rar", ".7z"}

func ends(name string, ends []string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(ends, func(end string) bool { return strings.HasSuffix(name, end) })
}

// unpacked gives an archive whose pictures do not say where they were made and whose head does not say who wrote it. What holds neither is given as
// it came. The error is errSealed, with what could be cleaned, if anything could; or ctx's.
func unpacked(ctx context.Context, data []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil || len(in.File) > membersMost {
		return nil, errSealed
	}
	var out bytes.Buffer
	w, left, changed := zip.NewWriter(&out), int64(unpackedMost), false
	var sealed error
	_ = w.SetComment(in.Comment) // it was read, so that it fits
	for _, f := range in.File {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if f.Flags&1 != 0 { // locked with a password
			return nil, errSealed
		}
		clean, err := cleaned(ctx, f, &left)
		if err != nil {
			return nil, err
		}
		if ends(f.Name, nested[:]) {
			sealed = errSealed
		}
		if clean == nil {
			err = w.Copy(f)
		} else {
			changed = true
			err = repack(w, f, clean)
		}
		if err != nil || out.Len() > MaxBytes {
			return nil, errSealed
		}
	}
	switch {
	case !changed:
		return data, sealed
	case w.Close() != nil:
		return nil, errSealed
	}
	return out.Bytes(), sealed
}

// cleaned is a file of an archive without what it says; nil where it says nothing. left is how much may still be unpacked.
func cleaned(ctx context.Context, f *zip.File, left *int64) ([]byte, error) {
	if !head(f.Name) && !ends(f.Name, pictured[:]) {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, errSealed
	}
	defer func() { _ = r.Close() }()
	most := min(memberMost, *left)
	was, err := io.ReadAll(io.LimitReader(r, most+1))
	*left -= int64(len(was))
	if err != nil || int64(len(was)) > most {
		return nil, errSealed
	}
	is := was
	switch mime := sort(was); {
	case head(f.Name):
		is = authors.ReplaceAll(was, []byte("$1$2"))
	case !archived(was):
		if is, _, _, err = stripped(ctx, mime, was); err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			return nil, errSealed
		}
	}
	if bytes.Equal(is, was) {
		return nil, nil
	}
	return is, nil
}

// repack writes a file of an archive anew, under its name and as it was packed.
func repack(w *zip.Writer, f *zip.File, body []byte) error {
	at, err := w.CreateHeader(&zip.FileHeader{Name: f.Name, Comment: f.Comment, NonUTF8: f.NonUTF8, Method: f.Method, Modified: f.Modified, ExternalAttrs: f.ExternalAttrs})
	if err == nil {
		_, err = at.Write(body)
	}
	if err != nil {
		return fmt.Errorf("pack a file anew: %w", err)
	}
	return nil
}
