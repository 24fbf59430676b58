package media

import "encoding/binary"

// A film that is written while it is taken comes in fragments (ISO/IEC 14496-12, 8.8): each says where its pieces of every track lie.

// The flags of a fragment's head and of its runs that say what stands in them.
const (
	headBase, headIndex, headDuration, headSize = 0x1, 0x2, 0x8, 0x10
	runOffset, runFirst, runDuration, runSize   = 0x1, 0x4, 0x100, 0x200
	runFlags, runShift                          = 0x400, 0x800
)

// tell remembers a track that says where the film was taken.
func (w *blanker) tell(track box) {
	head, ok := child(w.data, track, "tkhd")
	if !ok || head.body >= head.end {
		return
	}
	at := head.body + 12
	if w.data[head.body] == 1 { // its times are longer
		at += 8
	}
	if at+4 > head.end {
		return
	}
	if w.telling == nil {
		w.telling = map[uint32]bool{}
	}
	w.telling[binary.BigEndian.Uint32(w.data[at:])] = true
}

// piece remembers how large a track's pieces are where a fragment does not say.
func (w *blanker) piece(trex box) {
	f := fields{w.data, trex.body, trex.end}
	f.next()
	id := uint32(f.next())
	f.next()
	f.next()
	if w.usual == nil {
		w.usual = map[uint32]uint64{}
	}
	w.usual[id] = f.next()
}

// fields reads numbers of four bytes one after the other; what is not there is 0.
type fields struct {
	data    []byte
	at, end int
}

func (f *fields) next() uint64 {
	if f.at+4 > f.end {
		f.at = f.end
		return 0
	}
	f.at += 4
	return uint64(binary.BigEndian.Uint32(f.data[f.at-4:]))
}

// fragment blanks a fragment's pieces of a track that tells.
func (w *blanker) fragment(moof, traf box) {
	head, ok := child(w.data, traf, "tfhd")
	if !ok {
		return
	}
	f := fields{w.data, head.body, head.end}
	flags, id := f.next()&0xffffff, uint32(f.next())
	if !w.telling[id] {
		return
	}
	base := uint64(moof.at)
	if flags&headBase != 0 {
		base = f.next()<<32 | f.next()
	}
	for _, flag := range [...]uint64{headIndex, headDuration} {
		if flags&flag != 0 {
			f.next()
		}
	}
	usual := w.usual[id]
	if flags&headSize != 0 {
		usual = f.next()
	}
	next := base
	for b := range boxes(w.data, traf.body, traf.end) {
		if b.kind == "trun" {
			next = w.run(b, base, next, usual)
		}
	}
}

// run blanks one run of pieces, and tells where it ends.
func (w *blanker) run(b box, base, next, usual uint64) uint64 {
	f := fields{w.data, b.body, b.end}
	flags, count := f.next()&0xffffff, f.next()
	if flags&runOffset != 0 {
		next = base + uint64(int64(int32(f.next())))
	}
	if flags&runFirst != 0 {
		f.next()
	}
	size := usual * count
	if flags&runSize != 0 {
		size = 0
		for ; count > 0 && f.at < f.end; count-- {
			if flags&runDuration != 0 {
				f.next()
			}
			size += f.next()
			if flags&runFlags != 0 {
				f.next()
			}
			if flags&runShift != 0 {
				f.next()
			}
		}
	}
	w.part(next, size)
	return next + size
}
