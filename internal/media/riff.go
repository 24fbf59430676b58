package media

import (
	"encoding/binary"
	"slices"
)

// Cameras and programs write beside picture and sound what they like. Of films and recordings in a row of parts (RIFF) and in elements
// (Matroska, WebM) only what is seen and heard stays; the rest is blanked where it lies, so that everything else stays at its place.

// seenParts are the parts of a RIFF that are seen or heard, or say how.
var seenParts = [...]string{
	"avih", "strh", "strf", "indx", "vprp", "dmlh", "idx1", // films
	"fmt ", "fact", "data", // recordings
	"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP", // pictures
}

// seenLists are the lists of parts that hold such.
var seenLists = [...]string{"hdrl", "strl", "odml", "movi", "rec "}

// blankRIFF blanks in place what is neither seen nor heard.
func blankRIFF(out []byte) {
	for at := 0; at+12 <= len(out); {
		end := partEnd(out, at, len(out))
		if string(out[at:at+4]) != "RIFF" {
			clear(out[at:])
			return
		}
		blankParts(out, at+12, end, 0)
		at = end
	}
}

// partEnd is where a part ends. Who is cut off while recording, or does not know yet how much comes, writes no size: such a part goes on to
// the end.
func partEnd(out []byte, at, to int) int {
	size := int(binary.LittleEndian.Uint32(out[at+4:]))
	if kind := string(out[at : at+4]); size == 0 && (kind == "RIFF" || kind == "LIST" || kind == "data") {
		return to
	}
	return min(at+8+size+size&1, to)
}

func blankParts(out []byte, at, to, deep int) {
	for at+8 <= to {
		kind, end := string(out[at:at+4]), partEnd(out, at, to)
		switch {
		case kind == "LIST" && at+12 <= end && deep < depth && slices.Contains(seenLists[:], string(out[at+8:at+12])):
			if string(out[at+8:at+12]) != "movi" {
				blankParts(out, at+12, end, deep+1)
			}
		case kind == "LIST", !slices.Contains(seenParts[:], kind):
			copy(out[at:], "JUNK")
			clear(out[at+8 : end])
		}
		at = end
	}
}

// The elements of Matroska (RFC 9559) that matter here.
const (
	mkvHead        = 0x1A45DFA3
	mkvSegment     = 0x18538067
	mkvCluster     = 0x1F43B675
	mkvTags        = 0x1254C367
	mkvAttachments = 0x1941A469
	mkvVoid        = 0xEC
)

// blankMatroska blanks in place what is said of a film, and what is attached to it. What cannot be read is blanked to the end, if
// there may be such in it.
func blankMatroska(out []byte) {
	for at := 0; at < len(out); {
		id, n := mkvNumber(out[at:], 4, true)
		size, m := mkvNumber(out[min(at+n, len(out)):], 8, false)
		if n == 0 || m == 0 {
			clear(out[at:])
			return
		}
		body := at + n + m
		end := len(out)
		unknown := size == 1<<(7*m)-1
		if !unknown && size < uint64(end-body) {
			end = body + int(size)
		}
		switch {
		case id == mkvSegment, unknown && id == mkvCluster:
			end = body // what lies within comes next
		case id == mkvTags, id == mkvAttachments, id == mkvVoid:
			voidElement(out[at:end])
		}
		at = end
	}
}

// voidElement makes an element one that says nothing.
func voidElement(e []byte) {
	clear(e)
	if n := len(e); n >= 9 {
		binary.BigEndian.PutUint64(e[1:], 1<<56|uint64(n-9))
		e[0] = mkvVoid
	} else if n >= 2 {
		e[0], e[1] = mkvVoid, 0x80|byte(n-2)
	}
}

// mkvNumber reads a number of at most so many bytes, with its length in front, and how long it is; 0 says that there is none.
// An id is read with its length.
func mkvNumber(b []byte, most int, whole bool) (v uint64, n int) {
	if len(b) == 0 {
		return 0, 0
	}
	n = 1
	for mask := byte(0x80); n <= most && b[0]&mask == 0; mask >>= 1 {
		n++
	}
	if n > most || n > len(b) {
		return 0, 0
	}
	v = uint64(b[0])
	if !whole {
		v &= 1<<(8-n) - 1
	}
	for _, c := range b[1:n] {
		v = v<<8 | uint64(c)
	}
	return v, n
}
