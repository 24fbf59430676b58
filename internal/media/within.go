package media

import (
	"bytes"
	"context"
	"slices"
	"time"

	"rabeg/internal/report"
)

// Documents hold photos as cameras made them, and what programs wrote of them. What lies open there of a place goes, too.

var (
	exifLead = []byte("Exif\x00\x00")
	xmpLead  = []byte("<x:xmpmeta")
	xmpEnd   = []byte("</x:xmpmeta>")
)

// openXMP is how much is blanked of a packet of XMP that has no end.
const openXMP = 64 << 10

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
		end := min(at+openXMP, len(out)) // what has no end may be cut in pieces, with other things between them
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
	case archived(data):
		return data, taken, pin, nil
	case holds(data):
		out = slices.Clone(data)
		return out, taken, pin, blankWithin(ctx, out)
	}
	return data, taken, pin, nil
}

// archived reports whether a file is an archive, or a document that is one: a changed byte breaks what lies in it, so that it is packed anew
// (unpacked).
func archived(data []byte) bool { return bytes.HasPrefix(data, []byte("PK\x03\x04")) }

// strips is how much memory stripped takes of a file, at most; 0 where it makes no copy.
func strips(mime string, data []byte) int64 {
	size := int64(len(data))
	switch {
	case archived(data):
		return 3*size + 5*memberMost // the new one as it grows, and one file of it with its copies
	case mime == "image/jpeg", mime == "image/tiff", mime == "image/png", mime == "image/webp", mime == "video/avi", mime == "audio/wave", mime == "video/webm",
		boxed(data), holds(data):
		return 3 * size // a copy that grows, or one and a list of the file's items: 8 bytes for 20 of it at most
	}
	return 0
}
