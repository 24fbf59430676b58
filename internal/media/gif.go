package media

import (
	"bytes"
	"compress/lzw"
	"context"
	"encoding/binary"
	"image"
	"image/color"
	"io"
)

// gifFile is the first picture of a GIF.
type gifFile struct {
	w, h       int
	colours    color.Palette
	interlaced bool
	width      int // of a code, at first
	body       []byte
}

// openGIF reads a GIF up to the end of its first picture, as far as it goes.
func openGIF(data []byte) (f gifFile, ok bool) {
	if len(data) < 13 {
		return f, false
	}
	glass := -1 // which colour is none
	f.colours = gifColours(data, 13, data[10])
	for at := 13 + 3*len(f.colours); at+2 <= len(data); {
		switch data[at] {
		case 0x21:
			if data[at+1] == 0xf9 && at+7 < len(data) && data[at+3]&1 != 0 {
				glass = int(data[at+6])
			}
			_, at = gifBlocks(data, at+2, false)
		case 0x2c:
			return f.picture(data, at, glass)
		default:
			return f, false
		}
	}
	return f, false
}

// picture reads one picture.
func (f gifFile) picture(data []byte, at, glass int) (gifFile, bool) {
	if at+10 > len(data) {
		return f, false
	}
	f.w, f.h = int(binary.LittleEndian.Uint16(data[at+5:])), int(binary.LittleEndian.Uint16(data[at+7:]))
	flags := data[at+9]
	f.interlaced = flags&0x40 != 0
	at += 10
	if own := gifColours(data, at, flags); own != nil {
		f.colours = own
		at += 3 * len(own)
	}
	if at >= len(data) {
		return f, false
	}
	f.width = int(data[at])
	f.body, _ = gifBlocks(data, at+1, true)
	for len(f.colours) < 256 { // a number that has no colour is black
		f.colours = append(f.colours, color.NRGBA{A: 255})
	}
	if glass >= 0 {
		f.colours[glass] = color.NRGBA{}
	}
	return f, f.width >= 2 && f.width <= 8
}

func gifColours(data []byte, at int, flags byte) (p color.Palette) {
	if flags&0x80 == 0 {
		return nil
	}
	for range 2 << (flags & 7) {
		if at+3 > len(data) {
			break
		}
		p = append(p, color.NRGBA{R: data[at], G: data[at+1], B: data[at+2], A: 255})
		at += 3
	}
	return p
}

// gifBlocks goes over a row of small blocks, and puts them together.
func gifBlocks(data []byte, at int, keep bool) (out []byte, next int) {
	for at < len(data) {
		n := int(data[at])
		at++
		if n == 0 {
			break
		}
		end := min(at+n, len(data))
		if keep {
			out = append(out, data[at:end]...)
		}
		at = end
	}
	return out, at
}

func planGIF(data []byte) (plan, error) {
	f, ok := openGIF(data)
	if !ok {
		return plan{}, errBroken
	}
	need, err := sized(f.w, f.h, 2*int64(f.w)*int64(f.h)+2*int64(len(data)))
	return plan{bytes: need, draw: f.draw, notes: noNotes}, err
}

func (f gifFile) draw(context.Context) (image.Image, error) {
	img := image.NewPaletted(image.Rect(0, 0, f.w, f.h), f.colours)
	r := lzw.NewReader(bytes.NewReader(f.body), lzw.LSB, f.width)
	defer func() { _ = r.Close() }()
	n, _ := io.ReadFull(r, img.Pix) // as far as it goes
	if n < len(img.Pix)/100+1 {
		return nil, errBroken
	}
	if !f.interlaced {
		return img, nil
	}
	out := image.NewPaletted(img.Rect, f.colours)
	row := 0
	for _, pass := range [4][2]int{{0, 8}, {4, 8}, {2, 4}, {1, 2}} {
		for y := pass[0]; y < f.h; y += pass[1] {
			copy(out.Pix[y*out.Stride:][:f.w], img.Pix[row*img.Stride:])
			row++
		}
	}
	return out, nil
}
