package media

import (
	"context"
	"encoding/binary"
	"iter"
	"slices"
	"time"

	"rabeg/internal/report"
)

// Phones write where they were into videos and into their newer photos. Those are kept as they came, but without: what says it is
// blanked where it lies, so that everything else stays at its place.

// box is a part of a file (ISO/IEC 14496-12): its type at at+4, its content from body to end.
type box struct {
	at, body, end int
	kind          string
}

// boxes are those between two places; what cannot be read ends them.
func boxes(data []byte, from, to int) iter.Seq[box] {
	return func(yield func(box) bool) {
		for at := from; at+8 <= to; {
			size, body := uint64(binary.BigEndian.Uint32(data[at:])), at+8
			switch {
			case size == 1 && at+16 <= to:
				size, body = binary.BigEndian.Uint64(data[at+8:]), at+16
			case size == 0:
				size = uint64(to - at)
			}
			end := to // a file that was cut off
			if size < uint64(to-at) {
				end = at + int(size)
			}
			if size < uint64(body-at) || !yield(box{at: at, body: body, end: end, kind: string(data[at+4 : at+8])}) {
				return
			}
			at = end
		}
	}
}

// child is the first box of a kind within another.
func child(data []byte, b box, kinds ...string) (box, bool) {
	for _, kind := range kinds {
		found := false
		for c := range boxes(data, b.body, b.end) {
			if c.kind == kind {
				b, found = c, true
				break
			}
		}
		if !found {
			return box{}, false
		}
	}
	return b, true
}

// blanker blanks parts of a copy of a file. What it goes by is the file as it came: it does not change under the reading.
type blanker struct {
	data, out []byte
	// left is how many bytes may still be cleared out of the order of the boxes. A file that names more than it has names some of
	// them again and again: it is not worth the time, and nothing of it is kept.
	left int
	// telling are the tracks of a film that say where it was, usual is how large the pieces of a track are where a fragment does not say.
	telling map[uint32]bool
	usual   map[uint32]uint64
}

// box makes a box one that says nothing.
func (w *blanker) box(b box) {
	copy(w.out[b.at+4:b.at+8], "free")
	clear(w.out[b.body:b.end])
}

// part clears what a table points at, cut to the file; false where that is more than there can be.
func (w *blanker) part(from, size uint64) bool {
	all := uint64(len(w.out))
	if w.left < 0 || from >= all {
		return w.left >= 0
	}
	size = min(size, all-from)
	if w.left -= int(size); w.left >= 0 {
		clear(w.out[from : from+size])
	}
	return w.left >= 0
}

// placeless gives a copy of a file in boxes without what it says about where it was taken, and what a picture said of it. The time
// it takes goes by the length of the file.
func placeless(ctx context.Context, data []byte) (out []byte, taken time.Time, pin *report.Pin, err error) {
	w := &blanker{data: data, out: slices.Clone(data), left: len(data)}
	end := 0 // what stands behind the last box is no part of it
	for b := range boxes(data, 0, len(data)) {
		end = b.end
		switch b.kind {
		case "meta":
			if t := w.items(ctx, b); t != nil {
				taken, pin = factsOf(*t)
			}
		case "moov", "moof":
			w.movie(ctx, b, 0)
		case "ftyp", "styp", "mdat", "mfra", "sidx", "ssix", "prft", "wide", "pdin":
		case "JXL ", "jxlc", "jxlp", "jxll", "jxli", "jP  ", "rreq", "jp2h", "jpch", "jplh", "jp2c": // pictures of other kinds
		default:
			w.box(b)
		}
		if err := ctx.Err(); err != nil {
			return nil, time.Time{}, nil, err
		}
	}
	if w.left < 0 {
		for b := range boxes(data, 0, len(data)) {
			if b.kind != "ftyp" {
				w.box(b)
			}
		}
	}
	if end > 0 {
		w.out = w.out[:end]
	}
	return w.out, taken, pin, nil
}

// depth bounds how deep boxes lie in each other.
const depth = 8

// shownTracks are the kinds of tracks that are seen or heard. Subtitles are none: cameras of drones and cars write there where they are.
var shownTracks = [...]string{"vide", "soun", "tmcd", "auxv", "pict", "hint"}

// movie blanks within a video what is neither picture nor sound.
func (w *blanker) movie(ctx context.Context, in box, deep int) {
	for b := range boxes(w.data, in.body, in.end) {
		if w.left < 0 || ctx.Err() != nil {
			return
		}
		switch b.kind {
		case "trak":
			if handler, ok := child(w.data, b, "mdia", "hdlr"); ok && handler.end-handler.body >= 12 &&
				!slices.Contains(shownTracks[:], string(w.data[handler.body+8:handler.body+12])) {
				w.samples(b) // where it was, second by second
				w.tell(b)
				w.box(b)
				continue
			}
			if deep < depth {
				w.movie(ctx, b, deep+1)
			}
		case "traf":
			w.fragment(in, b)
			if deep < depth {
				w.movie(ctx, b, deep+1)
			}
		case "trex":
			w.piece(b)
		case "mdia", "minf", "stbl", "edts", "mvex":
			if deep < depth {
				w.movie(ctx, b, deep+1)
			}
		case "udta", "meta", "uuid", "free", "skip", "loci", "Xtra", "gps ":
			w.box(b)
		}
	}
}

// samples blanks what a track tells.
func (w *blanker) samples(track box) {
	data := w.data
	table, ok := child(data, track, "mdia", "minf", "stbl")
	if !ok {
		return
	}
	sizes, ok := child(data, table, "stsz")
	if !ok || sizes.end-sizes.body < 12 {
		return
	}
	each, count := uint64(binary.BigEndian.Uint32(data[sizes.body+4:])), uint64(binary.BigEndian.Uint32(data[sizes.body+8:]))
	next := uint64(0)
	take := func(n uint64) (sum uint64) { // the bytes of the next n samples
		for ; n > 0 && next < count; n-- {
			if each > 0 {
				n = min(n, count-next)
				next += n
				return n * each
			}
			at := sizes.body + 12 + int(next)*4
			if at+4 > sizes.end {
				break
			}
			sum += uint64(binary.BigEndian.Uint32(data[at:]))
			next++
		}
		return sum
	}
	runs := sampleRuns(data, table)
	n := 0
	for at := range chunks(data, table) {
		n++
		if !w.part(at, take(runs(n))) {
			return
		}
	}
}

// chunks are where a track's samples lie.
func chunks(data []byte, table box) iter.Seq[uint64] {
	width := 4
	b, ok := child(data, table, "stco")
	if !ok {
		width = 8
		b, ok = child(data, table, "co64")
	}
	return func(yield func(uint64) bool) {
		for at := b.body + 8; ok && at+width <= b.end; at += width {
			place := uint64(binary.BigEndian.Uint32(data[at:]))
			if width == 8 {
				place = binary.BigEndian.Uint64(data[at:])
			}
			if !yield(place) {
				return
			}
		}
	}
}

// sampleRuns tells how many samples the n-th chunk holds, for n rising from 1.
func sampleRuns(data []byte, table box) func(n int) uint64 {
	b, ok := child(data, table, "stsc")
	at := b.body + 8
	per := uint64(1)
	return func(n int) uint64 {
		for ok && at+12 <= b.end && int64(binary.BigEndian.Uint32(data[at:])) <= int64(n) {
			per = uint64(binary.BigEndian.Uint32(data[at+4:]))
			at += 12
		}
		return per
	}
}
