package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"image"
	"slices"

	"golang.org/x/image/webp"
)

// webpFile is what is read of a WebP: the picture, or the first of a moving one.
type webpFile struct {
	lossy, lossless, alpha, notes []byte
	w, h                          int
	found                         bool // the first picture: the others are passed over
	cut                           bool // the file ends within it
}

// openWebP reads the parts of a WebP, as far as they go.
func openWebP(data []byte) (f webpFile) {
	f.parts(data, 12, true)
	switch {
	case len(f.lossy) >= 10:
		f.w, f.h = int(binary.LittleEndian.Uint16(f.lossy[6:]))&0x3fff, int(binary.LittleEndian.Uint16(f.lossy[8:]))&0x3fff
	case len(f.lossless) >= 5:
		v := binary.LittleEndian.Uint32(f.lossless[1:])
		f.w, f.h = int(v&0x3fff)+1, int(v>>14&0x3fff)+1
	}
	return f
}

func (f *webpFile) parts(data []byte, at int, top bool) {
	for at+8 <= len(data) {
		size, kind := int(binary.LittleEndian.Uint32(data[at+4:])), string(data[at:at+4])
		end := min(at+8+size, len(data))
		part := data[at+8 : end]
		switch {
		case kind == "EXIF" && top:
			f.notes = bytes.TrimPrefix(part, []byte("Exif\x00\x00"))
		case f.found:
		case kind == "ANMF" && top && len(part) > 16:
			f.parts(part, 16, false)
		case kind == "ALPH":
			if len(part) == size {
				f.alpha = part
			}
		case kind == "VP8 ":
			f.lossy, f.found, f.cut = part, true, len(part) < size
		case kind == "VP8L":
			f.lossless, f.found, f.cut = part, true, len(part) < size
		}
		at = end + size&1
	}
}

// codeTables bounds what the codes of a picture without loss take, by the size of the file: a few bits make a large table.
func codeTables(size int) int64 { return min(140<<20, 400*int64(size)) }

func planWebP(data []byte) (plan, error) {
	f := openWebP(data)
	if !f.found {
		return plan{}, errBroken
	}
	area := int64(f.w+15) * int64(f.h+15)
	var reading int64
	if f.lossless != nil {
		reading = 8*area + codeTables(len(f.lossless))
	} else if reading = 2 * area; f.alpha != nil {
		reading += 9*area + codeTables(len(f.alpha))
	}
	need, err := sized(f.w, f.h, reading+f.behind()+2*int64(len(data)))
	return plan{bytes: need, draw: f.draw, notes: func() (tiff, bool) { return newTIFF(f.notes) }}, err
}

// behind is how many zeros stand for what was cut off: the decoder wants to read to the end of the picture, whatever it reads.
func (f webpFile) behind() int64 {
	if !f.cut {
		return 0
	}
	return int64(f.w)*int64(f.h)/2 + 4096
}

func (f webpFile) draw(ctx context.Context) (image.Image, error) {
	if f.cut {
		rest := make([]byte, f.behind())
		if f.lossless != nil {
			f.lossless = append(slices.Clip(f.lossless), rest...)
		} else {
			f.lossy = append(slices.Clip(f.lossy), rest...)
		}
		f.cut = false
	}
	var b []byte
	switch {
	case f.lossless != nil:
		b = webpPart(b, "VP8L", f.lossless)
	case f.alpha != nil:
		head := []byte{1 << 4, 0, 0, 0} // with alpha
		for _, side := range []int{f.w - 1, f.h - 1} {
			head = append(head, byte(side), byte(side>>8), byte(side>>16))
		}
		b = webpPart(webpPart(webpPart(b, "VP8X", head), "ALPH", f.alpha), "VP8 ", f.lossy)
	default:
		b = webpPart(b, "VP8 ", f.lossy)
	}
	img, err := webp.Decode(bytes.NewReader(webpPart(nil, "RIFF", append([]byte("WEBP"), b...))))
	if err != nil && f.alpha != nil { // without what is transparent
		f.alpha = nil
		return f.draw(ctx)
	}
	if err != nil {
		return nil, errBroken
	}
	return img, nil
}

func webpPart(b []byte, kind string, body []byte) []byte {
	b = append(b, kind...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(body)))
	b = append(b, body...)
	if len(body)%2 == 1 {
		b = append(b, 0)
	}
	return b
}
