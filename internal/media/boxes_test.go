package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"testing"
)

const whereabouts = "-6.1201+106.1503/"

func u16(v ...int) (out []byte) {
	for _, n := range v {
		out = binary.BigEndian.AppendUint16(out, uint16(n))
	}
	return out
}

func u32(v ...int) (out []byte) {
	for _, n := range v {
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	return out
}

func boxOf(kind string, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append(append(u32(len(body)+8), kind...), body...)
}

// inBoxes is a photo in boxes, with items that are notes and a table that says where they lie.
func inBoxes(iloc []byte, items int) []byte {
	info := [][]byte{u32(0), u16(items)}
	for id := range items {
		info = append(info, boxOf("infe", u32(2<<24), u16(id+1, 0), []byte("mime")))
	}
	return bytes.Join([][]byte{boxOf("ftyp", []byte("heic"), u32(0)), boxOf("meta", u32(0), boxOf("iinf", info...), boxOf("iloc", iloc)),
		boxOf("mdat", bytes.Repeat([]byte(whereabouts), 64))}, nil)
}

// A small file may claim any number of pieces: what is looked at goes by its bytes, whatever widths it gives them.
func TestAFileHasNoMorePiecesThanBytes(t *testing.T) {
	t.Parallel()
	for version := range 3 {
		for widths := range 1 << 4 {
			of := func(bit int) int { return widths >> bit & 1 * 4 }
			iloc := append(u32(version<<24), u16(of(0)<<12|of(1)<<8|of(2)<<4|of(3), 100)...)
			for id := range 100 {
				iloc = append(iloc, u16(id+1, 0, 0)...)
				iloc = append(iloc, make([]byte, of(2))...)
				iloc = append(iloc, u16(65535)...)
			}
			data, n := boxOf("iloc", iloc), 0
			for range extents(data, box{body: 8, end: len(data)}) {
				if n++; n > len(data) {
					t.Fatalf("version %d, widths %04b: more pieces than its %d bytes", version, widths, len(data))
				}
			}
		}
	}
}

// chunked is a video with a track that tells where it was: in so many chunks, each of them from a place to the end.
func chunked(each int, at ...int) []byte {
	track := boxOf("trak", boxOf("mdia", boxOf("hdlr", u32(0, 0), []byte("meta")), boxOf("minf", boxOf("stbl",
		boxOf("stsz", u32(0, each, len(at))), boxOf("stsc", u32(0, 1, 1, 1, 1)), boxOf("stco", u32(0, len(at)), u32(at...))))))
	return bytes.Join([][]byte{boxOf("ftyp", []byte("mp42"), u32(0)), boxOf("mdat", bytes.Repeat([]byte(whereabouts), 64)), boxOf("moov", track)}, nil)
}

// However often a file names the same bytes, no more are cleared than it has, and what it says about its place is gone.
func TestBytesThatAreNamedAgainAndAgain(t *testing.T) {
	t.Parallel()
	const many = 1000
	whole := append(u32(0), u16(0x4400, many)...) // offset and length of four bytes each
	for id := range many {
		whole = append(append(whole, u16(id+1, 0, 1)...), u32(0, 0)...)
	}
	for name, data := range map[string][]byte{
		"chunks over each other":          chunked(64*len(whereabouts), make([]int, many)...),
		"chunks that are larger than all": chunked(1<<31, make([]int, many)...),
		"items over each other":           inBoxes(whole, many),
	} {
		out, _, _, err := placeless(t.Context(), data)
		if err != nil || len(out) != len(data) || bytes.Contains(out, []byte(whereabouts)) {
			t.Errorf("%s: %d bytes of %d, %v; it says where it was: %v", name, len(out), len(data), err, bytes.Contains(out, []byte(whereabouts)))
		}
	}
	w := &blanker{data: make([]byte, 100), out: bytes.Repeat([]byte{1}, 100), left: 100}
	for i, c := range []struct {
		from, size uint64
		goes       bool
	}{{0, 60, true}, {1 << 63, 1 << 63, true}, {70, 1 << 63, true}, {0, 10, true}, {60, 1, false}, {0, 0, false}} {
		if goes := w.part(c.from, c.size); goes != c.goes {
			t.Errorf("part %d: %v", i+1, goes)
		}
	}
	if bytes.Count(w.out, []byte{1}) != 10 {
		t.Errorf("%d bytes stayed", bytes.Count(w.out, []byte{1}))
	}
	plain := chunked(len(whereabouts), 24, 24+len(whereabouts)) // of the 64 two are named
	out, _, _, err := placeless(t.Context(), plain)
	if n := bytes.Count(out, []byte(whereabouts)); err != nil || n != 62 {
		t.Errorf("of a plain file %d of 64 stayed, %v", n, err)
	}
}

// shot is a film whose subtitles tell where it was, in one piece or in fragments; what is seen is there too.
func shot(kind string, fragments bool, flags, words int) []byte {
	const seen = "what is seen"
	samples := [2][]byte{[]byte(seen), []byte(whereabouts)}
	var tracks, trex, all []byte
	tracks = append(tracks, boxOf("mvhd", u32(0))...)
	at := 24 // behind ftyp and the head of mdat
	for i, handler := range []string{"vide", kind} {
		table := boxOf("stbl", boxOf("stsz", u32(0, 0, 0)))
		if !fragments {
			table = boxOf("stbl", boxOf("stsz", u32(0, len(samples[i]), 1)), boxOf("stsc", u32(0, 1, 1, 1, 1)), boxOf("stco", u32(0, 1, at)))
		}
		at += len(samples[i])
		tracks = append(tracks, boxOf("trak", boxOf("tkhd", u32(0, 0, 0, i+1)), boxOf("mdia", boxOf("hdlr", u32(0, 0), []byte(handler)), boxOf("minf", table)))...)
		trex = append(trex, boxOf("trex", u32(0, i+1, 1, 0, len(samples[i])))...)
	}
	ftyp, mdat := boxOf("ftyp", []byte("mp42"), u32(0)), boxOf("mdat", samples[0], samples[1])
	if !fragments {
		return bytes.Join([][]byte{ftyp, mdat, boxOf("moov", tracks)}, nil)
	}
	all = bytes.Join([][]byte{ftyp, boxOf("moov", tracks, boxOf("mvex", trex))}, nil)
	for range 2 {
		piece := func(offset int) []byte {
			run := boxOf("trun", u32(runOffset, 1, offset))
			if flags != 0 {
				run = boxOf("trun", u32(runOffset|flags, 1, offset), u32(make([]int, words)...), u32(len(whereabouts)))
			}
			return boxOf("moof", boxOf("traf", boxOf("tfhd", u32(headIndex, 2, 1)), run))
		}
		moof := piece(len(piece(0)) + 8 + len(seen))
		all = append(append(all, moof...), mdat...)
	}
	return all
}

// Cameras of drones and cars write into subtitles where they are, second by second.
func TestSubtitlesTellNoPlace(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"text", "sbtl", "subt", "clcp", "meta"} {
		for name, film := range map[string][]byte{
			"in one piece": shot(kind, false, 0, 0), "in fragments": shot(kind, true, 0, 0), "in sized fragments": shot(kind, true, runSize, 0),
			"in timed fragments": shot(kind, true, runSize|runDuration|runFirst, 2),
		} {
			out, _, _, err := placeless(t.Context(), film)
			if err != nil || len(out) != len(film) || bytes.Contains(out, []byte(whereabouts)) || bytes.Count(out, []byte("what is seen")) != bytes.Count(film, []byte("what is seen")) {
				t.Errorf("%s, %s: %v, %q", kind, name, err, out)
			}
		}
	}
}

// What stands in the boxes counts as it came: what is blanked on the way changes nothing of it.
func TestNothingIsHiddenByWhatIsBlanked(t *testing.T) {
	t.Parallel()
	said := boxOf("udta", []byte(whereabouts))
	data := chunked(16, 0)
	data = append(slices.Clip(data), said...) // behind the track, within the film
	moov := bytes.Index(data, []byte("moov")) - 4
	copy(data[moov:], u32(len(data)-moov))
	stco := bytes.Index(data, []byte("stco")) + 12
	copy(data[stco:], u32(len(data)-len(said)-4)) // a chunk over its head
	out, _, _, err := placeless(t.Context(), data)
	if err != nil || bytes.Contains(out[moov:], []byte(whereabouts)) {
		t.Errorf("it still says where it was, %v", err)
	}
}

func TestCleaningEndsWithItsContext(t *testing.T) {
	t.Parallel()
	gone, leave := context.WithCancel(t.Context())
	leave()
	for name, data := range map[string][]byte{"a film": chunked(1, 0), "a photo": inBoxes(u32(0, 0), 1)} {
		if _, _, _, err := placeless(gone, data); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A table of items takes what was said beforehand, whatever stands in it.
func TestItemsAreBounded(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 1000, 60000} {
		data := inBoxes(u32(0, 0), n)
		meta, _ := child(data, box{end: len(data)}, "meta")
		meta.body += 4
		info, _ := child(data, meta, "iinf")
		notes := itemNotes(data, info)
		if len(notes) != n || cap(notes)*8 > len(data) {
			t.Errorf("%d items are %d, room for %d", n, len(notes), cap(notes))
		}
		for _, id := range []int{1, n} {
			if _, ok := noteOf(notes, uint64(id)); !ok {
				t.Error(fmt.Sprint("there is no item ", id))
			}
		}
		if _, ok := noteOf(notes, uint64(n+1)); ok {
			t.Error("there is one item too many")
		}
	}
}
