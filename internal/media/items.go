package media

import (
	"encoding/binary"
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
func items(data []byte, meta box) *tiff {
	meta.body += 4 // version and flags
	if meta.body > meta.end {
		return nil
	}
	words := map[uint64]string{}
	if info, ok := child(data, meta, "iinf"); ok {
		words = itemKinds(data, info)
	}
	var found *tiff
	if where, ok := child(data, meta, "iloc"); ok {
		store, _ := child(data, meta, "idat")
		for _, e := range extents(data, where) {
			from, to := e.from, e.from+e.size
			if e.inside {
				from, to = from+uint64(store.body), to+uint64(store.body)
			}
			if e.size == 0 || to < from || to > uint64(len(data)) {
				to = uint64(len(data))
			}
			kind := words[e.item]
			if from >= to || kind != "Exif" && kind != "mime" && kind != "uri " {
				continue
			}
			part := data[from:to]
			if kind == "Exif" && found == nil {
				found = itemTIFF(part)
			}
			clear(part)
		}
	}
	for _, b := range boxes(data, meta.body, meta.end) {
		if b.kind == "uuid" || b.kind == "udta" || b.kind == "free" || b.kind == "skip" {
			blank(data, b)
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
	t, ok := newTIFF(append([]byte(nil), part[skip:]...))
	if !ok {
		return nil
	}
	return &t
}

// itemKinds are what a photo's parts are.
func itemKinds(data []byte, info box) map[uint64]string {
	out := map[uint64]string{}
	head := 6
	if info.end > info.body && data[info.body] > 0 {
		head = 8
	}
	for _, b := range boxes(data, info.body+head, info.end) {
		if b.kind != "infe" || b.end-b.body < 4 {
			continue
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
		kind := make([]byte, 0, 4)
		for range 4 {
			kind = append(kind, byte(r.next(1)))
		}
		if version >= 2 && !r.bad {
			out[id] = string(kind)
		}
	}
	return out
}

// extent is where a piece of an item lies, in the file or inside the box idat.
type extent struct {
	item, from, size uint64
	inside           bool
}

func extents(data []byte, where box) (out []extent) {
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
		for k := r.next(2); k > 0 && !r.bad; k-- {
			r.next(index)
			e.from, e.size = from+r.next(offset), r.next(length)
			if !r.bad {
				out = append(out, e)
			}
		}
	}
	return out
}
