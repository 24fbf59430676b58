package media

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"rabeg/internal/report"
)

// Documents hold photos as cameras made them, and what programs wrote of them. What they say of a place goes from there, too.

var (
	exifLead = []byte("Exif\x00\x00")
	xmpLead  = []byte("<x:xmpmeta")
	xmpEnd   = []byte("</x:xmpmeta>")
)

// errPlaced: a file that names more than it has is not worth the time, and may hide anything.
const errPlaced = lost("tidak bisa dibersihkan dari data lokasi")

// blankWithin blanks in place what lies open anywhere in a file: where cameras say that they were, and what programs say of a picture.
func blankWithin(ctx context.Context, out []byte) error {
	left := 4 * len(out)
	for at, n := 0, 0; ; n++ {
		i := bytes.Index(out[at:], exifLead)
		if i < 0 {
			break
		}
		at += i + len(exifLead)
		if n > maxPacked || left < 0 {
			return errPlaced
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		t, ok := newTIFF(out[at:])
		if !ok {
			continue
		}
		top := t.first() // values are parts of out
		clear(top[tagXMP].value)
		left -= len(top[tagXMP].value)
		for _, f := range t.sub(top[tagGPS]) {
			clear(f.value)
			left -= len(f.value)
		}
	}
	for at := 0; ; {
		i := bytes.Index(out[at:], xmpLead)
		if i < 0 {
			return nil
		}
		at += i
		end := len(out)
		if j := bytes.Index(out[at:], xmpEnd); j >= 0 {
			end = at + j + len(xmpEnd)
		}
		for k := at; k < end; k++ {
			out[k] = ' '
		}
		at = end
	}
}

// holds reports whether a file may say openly where it was made.
func holds(data []byte) bool { return bytes.Contains(data, exifLead) || bytes.Contains(data, xmpLead) }

// placed are the endings of what lies in archives and documents and may say where it was made.
var placed = [...]string{".jpg", ".jpeg", ".jpe", ".jfif", ".heic", ".heif", ".avif", ".tif", ".tiff", ".dng", ".png", ".webp", ".jxl", ".jp2",
	".mp4", ".mov", ".3gp", ".m4v", ".avi", ".webm", ".mkv", ".pdf"}

// maxUnpacked bounds what lies in an archive, unpacked.
const maxUnpacked = 4 * MaxBytes

// repacked is an archive, or a document that is one, whose pictures and films do not say where they were made. One in which no such
// lie stays as it is.
func repacked(ctx context.Context, data []byte) ([]byte, error) {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return data, nil //nolint:nilerr // nobody can open it either
	}
	if !slices.ContainsFunc(r.File, mayBePlaced) {
		return data, nil
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	left := int64(maxUnpacked)
	for _, f := range r.File {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var part []byte
		if mayBePlaced(f) {
			if part, err = unpacked(f, left); err != nil {
				return nil, err
			}
			left -= int64(len(part))
		}
		if err := repack(ctx, w, f, part); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func mayBePlaced(f *zip.File) bool {
	return slices.Contains(placed[:], strings.ToLower(path.Ext(f.Name))) && f.Flags&1 == 0 // what is locked is nobody's to read
}

// unpacked is a file of an archive, as far as it can be read.
func unpacked(f *zip.File, most int64) ([]byte, error) {
	part := []byte{}
	r, err := f.Open()
	if err != nil {
		return part, nil // packed in a way that nobody knows: nothing of it is handed on
	}
	defer func() { _ = r.Close() }()
	part, _ = io.ReadAll(io.LimitReader(r, most+1))
	if int64(len(part)) > most {
		return nil, errPlaced
	}
	return part, nil
}

// repack writes one file of an archive: as it was packed, or what came of it.
func repack(ctx context.Context, w *zip.Writer, f *zip.File, part []byte) error {
	if part == nil {
		return w.Copy(f)
	}
	clean, _, _, err := stripped(ctx, sort(part), part)
	if err != nil {
		return err
	}
	head := zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified, ExternalAttrs: f.ExternalAttrs}
	to, err := w.CreateHeader(&head)
	if err != nil {
		return err
	}
	_, err = to.Write(clean)
	return err
}

// stripped is a file that is not drawn anew, without what it says about where it was made, and what it said of it. What says nothing of it
// is given as it came.
func stripped(ctx context.Context, mime string, data []byte) (out []byte, taken time.Time, pin *report.Pin, err error) {
	switch {
	case mime == "image/jpeg":
		if t, ok := exif(data); ok {
			taken, pin = factsOf(t)
		}
		return noteless(data), taken, pin, nil
	case mime == "image/tiff":
		out, taken, pin = placelessTIFF(data)
		return out, taken, pin, blankWithin(ctx, out)
	case mime == "image/png":
		return notelessPNG(data), taken, pin, nil
	case boxed(data):
		return placeless(ctx, data)
	case mime == "image/webp", mime == "video/avi", mime == "audio/wave":
		out = slices.Clone(data)
		blankRIFF(out)
		return out, taken, pin, nil
	case mime == "video/webm":
		out = slices.Clone(data)
		blankMatroska(out)
		return out, taken, pin, nil
	case archived(mime, data):
		out, err = repacked(ctx, data)
		return out, taken, pin, err
	case holds(data):
		out = slices.Clone(data)
		return out, taken, pin, blankWithin(ctx, out)
	}
	return data, taken, pin, nil
}

// archived reports whether a file is an archive, or a document that is one; a program is not looked into.
func archived(mime string, data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) && mime != "application/octet-stream"
}

// strips is how much memory stripped takes of a file, at most; 0 where it makes no copy.
func strips(mime string, data []byte) int64 {
	size := int64(len(data))
	switch {
	case archived(mime, data):
		return 2*size + 2*maxUnpacked
	case mime == "image/jpeg", mime == "image/tiff", mime == "image/png", mime == "image/webp", mime == "video/avi", mime == "audio/wave", mime == "video/webm",
		boxed(data), holds(data):
		return 3 * size // a copy that grows, or one and a list of the file's items: 8 bytes for 20 of it at most
	}
	return 0
}
