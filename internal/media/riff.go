package media

import (
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
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

// film is what a RIFF says of itself while its parts are gone through: the kind of each of its streams ("vids", "auds").
type film struct{ streams []string }

// blankRIFF blanks in place what is neither seen nor heard.
func blankRIFF(out []byte) {
	var f film
	for at := 0; at+12 <= len(out); {
		end := partEnd(out, at, len(out))
		if string(out[at:at+4]) != "RIFF" {
			clear(out[at:])
			return
		}
		f.blankParts(out, at+12, end, 0)
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

func (f *film) blankParts(out []byte, at, to, deep int) {
	for at+8 <= to {
		kind, end := string(out[at:at+4]), partEnd(out, at, to)
		switch {
		case kind == "LIST" && at+12 <= end && deep < depth && slices.Contains(seenLists[:], string(out[at+8:at+12])):
			if list := string(out[at+8 : at+12]); list == "movi" || list == "rec " {
				f.blankPieces(out, at+12, end, deep+1)
			} else {
				f.blankParts(out, at+12, end, deep+1)
			}
		case kind == "LIST", !slices.Contains(seenParts[:], kind):
			copy(out[at:], "JUNK")
			clear(out[at+8 : end])
		case kind == "strh" && at+12 <= end:
			f.streams = append(f.streams, string(out[at+8:at+12]))
		}
		at = end
	}
}

// blankPieces blanks among the pieces of a film's streams those that are neither seen nor heard: cameras of cars write into subtitles, and
// between the pieces, where they are. The piece's name stays, for the film's index names it.
func (f *film) blankPieces(out []byte, at, to, deep int) {
	for at+8 <= to {
		kind, end := string(out[at:at+4]), partEnd(out, at, to)
		switch {
		case kind == "LIST" && at+12 <= end && string(out[at+8:at+12]) == "rec " && deep < depth:
			f.blankPieces(out, at+12, end, deep+1)
		case !f.shows(kind):
			clear(out[at+8 : end])
		}
		at = end
	}
}

// shows reports whether a piece is seen or heard, or says where such lie ("00dc", "01wb", "ix00").
func (f *film) shows(kind string) bool {
	if strings.HasPrefix(kind, "ix") {
		return true
	}
	n, err := strconv.ParseUint(kind[:2], 16, 8)
	if err != nil || kind[2:] == "tx" {
		return false
	}
	return int(n) >= len(f.streams) || slices.Contains([]string{"vids", "auds", "iavs", "mids"}, f.streams[n])
}

// The elements of Matroska (RFC 9559) that matter here.
const (
	mkvHead        = 0x1A45DFA3
	mkvSegment     = 0x18538067
	mkvCluster     = 0x1F43B675
	mkvTracks      = 0x1654AE6B
	mkvTrack       = 0xAE
	mkvTrackNumber = 0xD7
	mkvTrackType   = 0x83
	mkvGroup       = 0xA0
	mkvBlock       = 0xA1
	mkvSimpleBlock = 0xA3
	mkvTags        = 0x1254C367
	mkvAttachments = 0x1941A469
	mkvVoid        = 0xEC
	mkvUnread      = 0 // no element has it
)

// blankMatroska blanks in place what is said of a film, what is attached to it, and what its subtitles say: cameras write there where they
// are. What cannot be read is blanked to the end, if there may be such in it.
func blankMatroska(out []byte) {
	shown := shownMatroska(out)
	walkMatroska(out, func(id uint64, whole, body []byte) {
		switch id {
		case mkvUnread:
			clear(whole)
		case mkvTags, mkvAttachments, mkvVoid:
			voidElement(whole)
		case mkvBlock, mkvSimpleBlock:
			if track, n := mkvNumber(body, 8, false); n == 0 || !shown(track) {
				clear(body[min(n+3, len(body)):]) // its time and its flags stay
			}
		}
	})
}

// shownMatroska tells which tracks of a film are seen or heard. Those that are named nowhere are.
func shownMatroska(out []byte) func(track uint64) bool {
	type track struct{ number, kind uint64 }
	var all []track
	walkMatroska(out, func(id uint64, _, body []byte) {
		n := uint64(0)
		for _, b := range body[:min(len(body), 8)] {
			n = n<<8 | uint64(b)
		}
		switch last := len(all) - 1; {
		case id == mkvTrack:
			all = append(all, track{})
		case id == mkvTrackNumber && last >= 0:
			all[last].number = n
		case id == mkvTrackType && last >= 0:
			all[last].kind = n
		}
	})
	hidden := map[uint64]bool{}
	for _, t := range all {
		if t.kind != 1 && t.kind != 2 && t.kind != 3 { // pictures, sound, both
			hidden[t.number] = true
		}
	}
	return func(n uint64) bool { return !hidden[n] }
}

// walkMatroska goes through the elements of a film, those that hold others before what they hold. What cannot be read is shown as mkvUnread:
// all up to the end of the cluster that it is in, or of the film.
func walkMatroska(out []byte, see func(id uint64, whole, body []byte)) {
	cluster := 0 // where the one ends that is gone through
	for at := 0; at < len(out); {
		id, n := mkvNumber(out[at:], 4, true)
		size, m := mkvNumber(out[min(at+n, len(out)):], 8, false)
		if n == 0 || m == 0 {
			end := len(out)
			if at < cluster {
				end = cluster
			}
			see(mkvUnread, out[at:end], nil)
			at = end
			continue
		}
		body := at + n + m
		end, known := len(out), size != 1<<(7*m)-1
		if known && size < uint64(end-body) {
			end = body + int(size)
		}
		see(id, out[at:end], out[body:end])
		switch id {
		case mkvCluster:
			if cluster = 0; known {
				cluster = end
			}
			end = body // what lies within comes next
		case mkvSegment, mkvTracks, mkvTrack, mkvGroup:
			end = body
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
