package media

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"io"
)

const pngHead = "\x89PNG\r\n\x1a\n"

// pngFile is what is read of a PNG.
type pngFile struct {
	head          []byte // IHDR
	w, h          int
	depth, colour int
	interlaced    bool
	between       []byte // the parts that say how to read the picture, as they came
	body          [][]byte
	notes         []byte
}

// openPNG reads the parts of a PNG, as far as they go, whatever their checksums say.
func openPNG(data []byte) (pngFile, bool) {
	var f pngFile
	for at := len(pngHead); at+8 <= len(data); {
		size, kind := int(binary.BigEndian.Uint32(data[at:])), string(data[at+4:at+8])
		end := min(at+8+size, len(data))
		if size < 0 || end < at+8 {
			break
		}
		part := data[at+8 : end]
		switch kind {
		case "IHDR":
			if len(part) >= 13 {
				f.head = part[:13]
			}
		case "PLTE", "tRNS":
			if len(part) == size {
				f.between = append(f.between, pngPart(kind, part)...)
			}
		case "IDAT":
			f.body = append(f.body, part)
		case "eXIf":
			f.notes = part
		}
		at = end + 4
		if kind == "IEND" {
			break
		}
	}
	if f.head == nil {
		return f, false
	}
	f.w, f.h = int(binary.BigEndian.Uint32(f.head)), int(binary.BigEndian.Uint32(f.head[4:]))
	f.depth, f.colour, f.interlaced = int(f.head[8]), int(f.head[9]), f.head[12] != 0
	return f, true
}

func pngPart(kind string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, kind...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func planPNG(data []byte) (plan, error) {
	f, ok := openPNG(data)
	if !ok || f.w < 1 || f.h < 1 || f.w > maxPixels || f.h > maxPixels {
		return plan{}, errBroken
	}
	each := int64(4)
	if f.depth > 8 {
		each = 8
	}
	if f.interlaced {
		each *= 2
	}
	need, err := sized(f.w, f.h, each*int64(f.w)*int64(f.h)+int64(len(data)))
	return plan{bytes: need, draw: f.draw, notes: func() (tiff, bool) { return newTIFF(f.notes) }}, err
}

func (f pngFile) draw(context.Context) (image.Image, error) {
	whole := io.MultiReader(bytes.NewReader(f.start()), bytes.NewReader(pngPart("IDAT", bytes.Join(f.body, nil))),
		bytes.NewReader(pngPart("IEND", nil)))
	img, err := png.Decode(whole)
	if err == nil {
		return img, nil
	}
	mended, ok := f.mended()
	if !ok {
		return nil, errBroken
	}
	if img, err = png.Decode(bytes.NewReader(mended)); err != nil {
		return nil, errBroken
	}
	return img, nil
}

func (f pngFile) start() []byte {
	return append(append([]byte(pngHead), pngPart("IHDR", f.head)...), f.between...)
}

// mended is a PNG that was cut off or damaged, as far as it goes: what is missing has no colour.
func (f pngFile) mended() ([]byte, bool) {
	size := f.rawSize()
	var parts []io.Reader
	for _, b := range f.body {
		parts = append(parts, bytes.NewReader(b))
	}
	z, err := zlib.NewReader(io.MultiReader(parts...))
	if err != nil {
		return nil, false
	}
	var packed bytes.Buffer
	out, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		return nil, false
	}
	n, _ := io.Copy(out, io.LimitReader(z, size)) // it breaks off: that is why we are here
	if n < size/100+1 {
		return nil, false
	}
	if _, err := io.Copy(out, &zeros{int(size - n)}); err != nil || out.Close() != nil {
		return nil, false
	}
	mended := append(f.start(), pngPart("IDAT", packed.Bytes())...)
	return append(mended, pngPart("IEND", nil)...), true
}

// rawSize is how many bytes the rows of a PNG have, unpacked.
func (f pngFile) rawSize() int64 {
	bits := f.depth
	switch f.colour {
	case 2:
		bits *= 3
	case 4:
		bits *= 2
	case 6:
		bits *= 4
	}
	rows := func(w, h int) int64 {
		if w == 0 || h == 0 {
			return 0
		}
		return int64(h) * (1 + (int64(w)*int64(bits)+7)/8)
	}
	if !f.interlaced {
		return rows(f.w, f.h)
	}
	var sum int64 // the seven passes (ISO/IEC 15948, 8.2)
	for _, p := range [7][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}} {
		sum += rows(max(0, (f.w-p[0]+p[2]-1)/p[2]), max(0, (f.h-p[1]+p[3]-1)/p[3]))
	}
	return sum
}
