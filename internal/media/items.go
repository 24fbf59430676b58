package media

import (
	"cmp"
	"context"
	"encoding/binary"
	"iter"
	"slices"
)

// reads numbers of different widths one after the other; behind the end there are zeros, and bad.
type reads struct {
	data []byte
	bad  bool
}

func (r *reads) next(width int) uint64 {
	if width > len(r.data) {
		r.data, r.bad = nil, true
		return 0
	}
	var v uint64
	for _, b := range r.data[:width] {
		v = v<<8 | uint64(b)
	}
	r.data = r.data[width:]
	return v
}

// items blanks what a photo in boxes says beside its picture (ISO/IEC 23008-12), and gives what its camera wrote.
func (w *blanker) items(ctx context.Context, meta box) *tiff {
	meta.body += 4 // version and flags
	if meta.body > meta.end {
		return nil
	}
	var notes []note
	if info, ok := child(w.data, meta, "iinf"); ok {
		notes = itemNotes(w.data, info)
	}
	var found *tiff
	if where, ok := child(w.data, meta, "iloc"); ok && len(notes) > 0 {
		store, _ := child(w.data, meta, "idat")
		for e := range extents(w.data, where) {
			if ctx.Err() != nil {
				return nil
			}
			n, ok := noteOf(notes, e.item)
			if !ok {
				continue
			}
			from, all := e.from, uint64(len(w.data))
			if e.inside {
				from += uint64(store.body)
			}
			size := e.size
			if size == 0 || from+size < from { // to the end
				size = all
			}
			if n.exif && found == nil && from < all {
				found = itemTIFF(w.data[from : from+min(size, all-from)])
			}
			if !w.part(from, size) {
				break
			}
		}
	}
	for b := range boxes(w.data, meta.body, meta.end) {
		if b.kind == "uuid" || b.kind == "udta" || b.kind == "free" || b.kind == "skip" {
			w.box(b)
		}
	}
	return found
}

// itemTIFF reads an Exif item: how far away it begins, and it.
func itemTIFF(part []byte) *tiff {
	if len(part) < 4 {
		return nil
	}
	skip := uint64(binary.BigEndian.Uint32(part)) + 4
	if skip+8 > uint64(len(part)) {
		return nil
	}
	t, ok := newTIFF(part[skip:])
	if !ok {
		return nil
	}
	return &t
}

// note is an item that says something beside the picture.
type note struct {
	item uint32
	exif bool
}

// itemNotes are the items of a photo that are no picture, by their numbers; of two with one number the last comes first.
func itemNotes(data []byte, info box) []note {
	head := 6
	if info.end > info.body && data[info.body] > 0 {
		head = 8
	}
	all := func(yield func(note) bool) {
		for b := range boxes(data, info.body+head, info.end) {
			if n, ok := itemNote(data, b); ok && !yield(n) {
				return
			}
		}
	}
	count := 0
	for range all {
		count++
	}
	out := make([]note, 0, count)
	for n := range all {
		out = append(out, n)
	}
	slices.Reverse(out)
	slices.SortStableFunc(out, func(a, b note) int { return cmp.Compare(a.item, b.item) })
	return out
}

// itemNote reads what an item is; false for a picture, and for what says nothing of itself.
func itemNote(data []byte, b box) (note, bool) {
	if b.kind != "infe" || b.end-b.body < 4 {
		return note{}, false
	}
	r := &reads{data: data[b.body:b.end]}
	version := r.next(1)
	r.next(3)
	width := 2
	if version > 2 {
		width = 4
	}
	id := r.next(width)
	r.next(2)
	kind := r.next(4)
	if version < 2 || r.bad {
		return note{}, false
	}
	switch string(binary.BigEndian.AppendUint32(nil, uint32(kind))) {
	case "Exif":
		return note{item: uint32(id), exif: true}, true
	case "mime", "uri ":
		return note{item: uint32(id)}, true
	}
	return note{}, false
}

func noteOf(notes []note, item uint64) (note, bool) {
	i, ok := slices.BinarySearchFunc(notes, item, func(n note, item uint64) int { return cmp.Compare(uint64(n.item), item) })
	if !ok {
		return note{}, false
	}
	return notes[i], true
}

// extent is where a piece of an item lies, in the file or inside the box idat.
type extent struct {
	item, from, size uint64
	inside           bool
}

// extents are the pieces of all items. Each costs a byte of the file at least: where a table gives them no width, an item is one
// piece, whatever it claims.
func extents(data []byte, where box) iter.Seq[extent] {
	return func(yield func(extent) bool) {
		r := &reads{data: data[where.body:where.end]}
		version := r.next(1)
		r.next(3)
		sizes := r.next(2)
		offset, length, base, index := int(sizes>>12), int(sizes>>8&15), int(sizes>>4&15), int(sizes&15)
		if version == 0 {
			index = 0
		}
		idWidth := 2
		if version == 2 {
			idWidth = 4
		}
		for n := r.next(idWidth); n > 0 && !r.bad; n-- {
			e := extent{item: r.next(idWidth)}
			if version > 0 {
				e.inside = r.next(2)&15 == 1
			}
			r.next(2)
			from := r.next(base)
			k := r.next(2)
			if offset+length+index == 0 {
				k = min(k, 1)
			}
			for ; k > 0 && !r.bad; k-- {
				r.next(index)
				e.from, e.size = from+r.next(offset), r.next(length)
				if !r.bad && !yield(e) {
					return
				}
			}
		}
	}
}
