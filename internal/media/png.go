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
	"iter"
	"slices"
	"sync"

	"rabeg/internal/guard"
)

const pngHead = "\x89PNG\r\n\x1a\n"

// pngFile is what is read of a PNG.
type pngFile struct {
	data           []byte
	head           []byte // IHDR
	w, h           int
	depth, colour  int
	interlaced     bool
	palette, glass []byte // the parts that say how to read the picture, nil where there are none
	size           int    // of the picture's parts together
	notes          []byte
}

// pngPiece is a part of a PNG; whole is false where the file ends within it.
type pngPiece struct {
	kind  string
	body  []byte
	whole bool
}

// pngPieces are the parts of a PNG, as far as they go, whatever their checksums say. There may be as many as bytes: nobody is to list
// them.
func pngPieces(data []byte) iter.Seq[pngPiece] {
	return func(yield func(pngPiece) bool) {
		for at := len(pngHead); at+8 <= len(data); {
			size := int64(binary.BigEndian.Uint32(data[at:]))
			end := int(min(int64(at)+8+size, int64(len(data))))
			p := pngPiece{kind: string(data[at+4 : at+8]), body: data[at+8 : end], whole: int64(end-at-8) == size}
			if !yield(p) || p.kind == "IEND" {
				return
			}
			at = end + 4
		}
	}
}

// maxPalette is what the largest list of colours takes: it bounds what says how a picture is read.
const maxPalette = 3 * 256

// openPNG reads the parts of a PNG, as far as they go.
func openPNG(data []byte) (pngFile, bool) {
	f := pngFile{data: data}
	for p := range pngPieces(data) {
		switch {
		case p.kind == "IHDR" && len(p.body) >= 13:
			f.head = p.body[:13]
		case p.kind == "PLTE" && p.whole && f.palette == nil && len(p.body) <= maxPalette:
			f.palette = p.body
		case p.kind == "tRNS" && p.whole && f.glass == nil && len(p.body) <= maxPalette:
			f.glass = p.body
		case p.kind == "IDAT":
			f.size += len(p.body)
		case p.kind == "eXIf":
			f.notes = bytes.TrimPrefix(p.body, []byte("Exif\x00\x00"))
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
	out := binary.BigEndian.AppendUint32(make([]byte, 0, len(body)+12), uint32(len(body)))
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
	body := f.body()
	img, err := f.decode(func(w io.Writer) error {
		_, err := pngBody{w}.Write(body)
		return err
	})
	if err != nil {
		img, err = f.decode(func(w io.Writer) error { return f.mend(w, body) })
	}
	if err != nil {
		return nil, errBroken
	}
	return img, nil
}

// body is what the picture's parts hold, put together.
func (f pngFile) body() []byte {
	out := make([]byte, 0, f.size)
	for p := range pngPieces(f.data) {
		if p.kind == "IDAT" {
			out = append(out, p.body...)
		}
	}
	return out
}

// decode draws a picture whose parts are written on the way: no second copy of them lies in memory.
func (f pngFile) decode(write func(io.Writer) error) (image.Image, error) {
	r, w := io.Pipe()
	var writing sync.WaitGroup
	writing.Go(func() {
		_ = w.CloseWithError(guard.Do(func() error { // never an error; a panic is the picture's, and not the program's
			_, err := w.Write(f.start())
			if err == nil {
				err = write(w)
			}
			if err == nil {
				_, err = w.Write(pngPart("IEND", nil))
			}
			return err
		}))
	})
	img, err := png.Decode(r)
	_ = r.Close() // never an error; what is still being written ends
	writing.Wait()
	return img, err
}

func (f pngFile) start() []byte {
	out := append([]byte(pngHead), pngPart("IHDR", f.head)...)
	if f.palette != nil {
		out = append(out, pngPart("PLTE", f.palette)...)
	}
	if f.glass != nil {
		out = append(out, pngPart("tRNS", f.glass)...)
	}
	return out
}

// pngBody writes what it is given as parts of a picture.
type pngBody struct{ to io.Writer }

// Write is of io.Writer.
func (b pngBody) Write(p []byte) (int, error) {
	const most = 64 << 10
	for part := range slices.Chunk(p, most) {
		if _, err := b.to.Write(pngPart("IDAT", part)); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// mend writes the parts of a PNG that was cut off or damaged, as far as it goes: what is missing has no colour.
func (f pngFile) mend(w io.Writer, body []byte) error {
	size := f.rawSize()
	in, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return err
	}
	out, err := zlib.NewWriterLevel(pngBody{w}, zlib.NoCompression)
	if err != nil {
		return err
	}
	n, _ := io.Copy(out, io.LimitReader(in, size)) // it breaks off: that is why we are here
	if n < size/100+1 {
		return errBroken
	}
	if _, err := io.Copy(out, &zeros{int(size - n)}); err != nil {
		return err
	}
	return out.Close()
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

// notelessPNG is a PNG with only the parts that are seen, or say how.
func notelessPNG(data []byte) []byte {
	out := []byte(pngHead)
	for p := range pngPieces(data) {
		switch p.kind {
		case "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs", "acTL", "fcTL", "fdAT":
			out = append(out, pngPart(p.kind, p.body)...)
		}
	}
	return out
}
