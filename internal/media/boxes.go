package media

import (
	"encoding/binary"
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
func boxes(data []byte, from, to int) []box {
	var out []box
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
		if size < uint64(body-at) {
			break
		}
		out = append(out, box{at: at, body: body, end: end, kind: string(data[at+4 : at+8])})
		at = end
	}
	return out
}

// child is the first box of a kind within another.
func child(data []byte, b box, kinds ...string) (box, bool) {
	for _, kind := range kinds {
		all := boxes(data, b.body, b.end)
		i := slices.IndexFunc(all, func(c box) bool { return c.kind == kind })
		if i < 0 {
			return box{}, false
		}
		b = all[i]
	}
	return b, true
}

// blank makes a box one that says nothing.
func blank(data []byte, b box) {
	copy(data[b.at+4:b.at+8], "free")
	clear(data[b.body:b.end])
}

// placeless gives a copy of a file in boxes without what it says about where it was taken, and what a picture said of it.
func placeless(data []byte) (out []byte, taken time.Time, pin *report.Pin) {
	out = slices.Clone(data)
	all := boxes(out, 0, len(out))
	for _, b := range all {
		switch b.kind {
		case "meta":
			if t := items(out, b); t != nil {
				taken, pin = factsOf(*t)
			}
		case "moov", "moof":
			movie(out, b, 0)
		case "ftyp", "styp", "mdat", "mfra", "sidx", "ssix", "prft", "wide", "pdin":
		default:
			blank(out, b)
		}
	}
	if n := len(all); n > 0 {
		out = out[:all[n-1].end] // what stands behind is no part of it
	}
	return out, taken, pin
}

// depth bounds how deep boxes lie in each other.
const depth = 8

// movie blanks within a video what is neither picture nor sound.
func movie(data []byte, in box, deep int) {
	for _, b := range boxes(data, in.body, in.end) {
		switch b.kind {
		case "trak":
			if handler, ok := child(data, b, "mdia", "hdlr"); ok && handler.end-handler.body >= 12 &&
				!slices.Contains([]string{"vide", "soun", "subt", "sbtl", "text", "clcp", "tmcd", "auxv", "pict", "hint"}, string(data[handler.body+8:handler.body+12])) {
				samples(data, b) // where it was, second by second
				blank(data, b)
				continue
			}
			if deep < depth {
				movie(data, b, deep+1)
			}
		case "mdia", "minf", "stbl", "edts", "mvex", "traf":
			if deep < depth {
				movie(data, b, deep+1)
			}
		case "udta", "meta", "uuid", "free", "skip", "loci", "Xtra", "gps ":
			blank(data, b)
		}
	}
}

// samples blanks what a track tells.
func samples(data []byte, track box) {
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
	for i, at := range chunks(data, table) {
		size := take(runs(i + 1))
		if at < uint64(len(data)) {
			clear(data[at:min(at+min(size, uint64(len(data))), uint64(len(data)))])
		}
	}
}

// chunks are where a track's samples lie.
func chunks(data []byte, table box) (out []uint64) {
	width := 4
	b, ok := child(data, table, "stco")
	if !ok {
		width = 8
		if b, ok = child(data, table, "co64"); !ok {
			return nil
		}
	}
	for at := b.body + 8; at+width <= b.end; at += width {
		if width == 4 {
			out = append(out, uint64(binary.BigEndian.Uint32(data[at:])))
		} else {
			out = append(out, binary.BigEndian.Uint64(data[at:]))
		}
	}
	return out
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
