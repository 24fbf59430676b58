// Package jfif reads JPEGs as phones show them: as far as they go. The standard library's decoder refuses a picture that was cut
// off, an unusual sampling of colours and arithmetic coding, and takes memory by what a header claims. This one draws what there
// is of a picture, tells beforehand how many bytes that will take, and can draw it smaller from the start, so that a large one
// takes no more than a small one. It does no work that the bytes of the file do not pay for.
package jfif

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// What is wrong with a file. ErrBroken: nothing of a picture can be made out. ErrUnknown: a kind of JPEG that is not read here
// (more than 8 bits a colour, without loss, in layers).
var (
	ErrBroken  = errors.New("not a readable JPEG")
	ErrUnknown = errors.New("a kind of JPEG that is not read")
)

// maxScans bounds how often a picture is gone through: each time costs time by its size, whatever the bytes of the file.
const maxScans = 200

// Head is what a file says of its picture.
type Head struct {
	Width, Height int
	progressive   bool
	arithmetic    bool
	parts         []part
	maxH, maxV    int
	adobe         bool // Adobe says how the colours are to be read: transform
	transform     int
}

// part is one colour of a picture.
type part struct {
	id, h, v, table int
	// wide and high count the blocks that hold picture, all and tall those that are coded where colours are mixed.
	wide, high, all, tall int
}

// Parts is how many colours a picture has, 1 to 4.
func (h Head) Parts() int { return len(h.parts) }

// ReadHead reads the header, and nothing of the picture.
func ReadHead(data []byte) (Head, error) {
	var d decoder
	d.data = data
	if len(data) < 4 || data[0] != 0xff || data[1] != 0xd8 {
		return Head{}, ErrBroken
	}
	d.pos = 2
	for {
		marker, body, ok := d.segment()
		if !ok || marker == mSOS {
			return Head{}, ErrBroken
		}
		if isFrame(marker) {
			h, err := readFrame(marker, body)
			h.adobe, h.transform = d.adobe, d.transform
			return h, err
		}
		if marker == mAPE && len(body) >= 12 && string(body[:5]) == "Adobe" {
			d.adobe, d.transform = true, int(body[11])
		}
	}
}

// Bytes is how much memory drawing takes with each side divided by shrink (1, 2, 4, 8), all that is made on the way counted.
func (h Head) Bytes(shrink int) int64 {
	var planes, kept int64
	for _, p := range h.parts {
		blocks := int64(p.all) * int64(p.tall)
		planes += blocks * int64(64/(shrink*shrink))
		if h.progressive {
			kept += blocks * 2 * int64(keptOf(shrink))
		}
	}
	out := int64(ceil(h.Width, shrink)) * int64(ceil(h.Height, shrink))
	switch {
	case len(h.parts) == 4:
		out *= 4
	case len(h.parts) == 3: // where colours are sampled in a way that image.YCbCr has no name for, or are not YCbCr
		if _, ok := h.ratio(); !ok || h.rgb() {
			out *= 4
		} else {
			out = 0
		}
	default:
		out = 0
	}
	return planes + kept + out
}

// keptOf is how many coefficients of a block are kept: one that is drawn as a single point needs its first alone.
func keptOf(shrink int) int {
	if shrink == 8 {
		return 1
	}
	return 64
}

// The markers that are looked for (ITU-T T.81, table B.1).
const (
	mDHT = 0xc4
	mDAC = 0xcc
	mRST = 0xd0 // to 0xd7
	mSOI = 0xd8
	mEOI = 0xd9
	mSOS = 0xda
	mDQT = 0xdb
	mDRI = 0xdd
	mAPE = 0xee // Adobe's
)

func isFrame(m byte) bool { return m >= 0xc0 && m <= 0xcf && m != mDHT && m != 0xc8 && m != mDAC }

// segment finds the next marker that has a body, from d.pos on, and goes behind it. Bytes that belong to nothing are passed over.
func (d *decoder) segment() (marker byte, body []byte, ok bool) {
	for d.pos+1 < len(d.data) {
		if d.data[d.pos] != 0xff {
			d.pos++
			continue
		}
		m := d.data[d.pos+1]
		switch {
		case m == 0xff:
			d.pos++
			continue
		case m == 0 || m == 1 || m >= mRST && m <= mSOI:
			d.pos += 2
			continue
		case m == mEOI:
			return m, nil, false
		}
		if d.pos+4 > len(d.data) {
			return m, nil, false
		}
		size := int(binary.BigEndian.Uint16(d.data[d.pos+2:]))
		if size < 2 || d.pos+2+size > len(d.data) {
			return m, nil, false
		}
		body = d.data[d.pos+4 : d.pos+2+size]
		d.pos += 2 + size
		return m, body, true
	}
	return 0, nil, false
}

func readFrame(marker byte, b []byte) (Head, error) {
	h := Head{progressive: marker == 0xc2 || marker == 0xca, arithmetic: marker == 0xc9 || marker == 0xca}
	switch marker {
	case 0xc0, 0xc1, 0xc2, 0xc9, 0xca:
	default:
		return Head{}, ErrUnknown
	}
	if len(b) < 6 {
		return Head{}, ErrBroken
	}
	h.Height, h.Width = int(binary.BigEndian.Uint16(b[1:])), int(binary.BigEndian.Uint16(b[3:]))
	n := int(b[5])
	switch {
	case b[0] != 8:
		return Head{}, ErrUnknown
	case h.Width == 0 || h.Height == 0 || n < 1 || n > 4 || len(b) < 6+3*n:
		return Head{}, ErrBroken
	}
	for i := range n {
		c := b[6+3*i:]
		p := part{id: int(c[0]), h: int(c[1] >> 4), v: int(c[1] & 15), table: int(c[2])}
		if p.h < 1 || p.h > 4 || p.v < 1 || p.v > 4 || p.table > 3 {
			return Head{}, ErrBroken
		}
		h.maxH, h.maxV = max(h.maxH, p.h), max(h.maxV, p.v)
		h.parts = append(h.parts, p)
	}
	for i := range h.parts {
		p := &h.parts[i]
		p.wide, p.high = ceil(ceil(h.Width*p.h, h.maxH), 8), ceil(ceil(h.Height*p.v, h.maxV), 8)
		p.all, p.tall = ceil(h.Width, 8*h.maxH)*p.h, ceil(h.Height, 8*h.maxV)*p.v
	}
	return h, nil
}

func ceil(a, b int) int { return (a + b - 1) / b }

// tables reads what stands between a picture's scans.
func (d *decoder) tables(marker byte, b []byte) error {
	switch marker {
	case mDQT:
		return d.quantTables(b)
	case mDHT:
		return d.codeTables(b)
	case mDAC:
		for ; len(b) >= 2; b = b[2:] {
			if t := b[0] & 15; t < 4 {
				if b[0]>>4 == 0 {
					d.arith.low[t], d.arith.high[t] = int(b[1]&15), int(b[1]>>4)
				} else {
					d.arith.split[t] = int(b[1])
				}
			}
		}
	case mDRI:
		if len(b) >= 2 {
			d.interval = int(binary.BigEndian.Uint16(b))
		}
	}
	return nil
}

func (d *decoder) quantTables(b []byte) error {
	for len(b) > 0 {
		t, wide := b[0]&15, b[0]>>4 != 0
		b = b[1:]
		size := 64
		if wide {
			size = 128
		}
		if t > 3 || len(b) < size {
			return fmt.Errorf("quantization: %w", ErrBroken)
		}
		for i := range 64 {
			if wide {
				d.quant[t][zigzag[i]] = int32(binary.BigEndian.Uint16(b[2*i:]))
			} else {
				d.quant[t][zigzag[i]] = int32(b[i])
			}
		}
		b = b[size:]
	}
	return nil
}

func (d *decoder) codeTables(b []byte) error {
	for len(b) > 0 {
		if len(b) < 17 {
			return fmt.Errorf("codes: %w", ErrBroken)
		}
		class, t, n := b[0]>>4, b[0]&15, 0
		for _, c := range b[1:17] {
			n += int(c)
		}
		if class > 1 || t > 3 || n > 256 || len(b) < 17+n {
			return fmt.Errorf("codes: %w", ErrBroken)
		}
		if err := d.codes[class][t].build(b[1:17], b[17:17+n]); err != nil {
			return err
		}
		b = b[17+n:]
	}
	return nil
}

// zigzag is where the coefficients lie within a block, in the order of the file (T.81, figure A.6).
var zigzag = [64]uint8{
	0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5,
	12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
	35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51,
	58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
}
