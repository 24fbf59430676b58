package media

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/draw"

	"rabeg/internal/media/jfif"
)

// plan is how a picture will be drawn: how much memory that takes is known before a byte of it is taken.
type plan struct {
	// bytes is all that is made on the way, at most.
	bytes int64
	draw  func(ctx context.Context) (image.Image, error)
	// notes are what the camera wrote.
	notes func() (tiff, bool)
}

// planner gives how a type of picture is planned; nil for what cannot be drawn.
func planner(mime string) func(data []byte) (plan, error) {
	switch mime {
	case "image/jpeg":
		return planJPEG
	case "image/png":
		return planPNG
	case "image/gif":
		return planGIF
	case "image/webp":
		return planWebP
	case "image/bmp":
		return planBMP
	}
	return nil
}

var (
	// errFile: it cannot be drawn, but others may be able to open it.
	errFile = errors.New("kept as a file")

	errBroken = lost("gambar tidak bisa dibuka")
	errLarge  = lost("gambar tidak bisa dibuka: terlalu besar")
	errSmall  = lost("gambar terlalu kecil untuk dilihat")
)

// sized checks a picture's sides, and adds what drawing it anew takes to what reading it takes.
func sized(w, h int, reading int64) (int64, error) {
	switch {
	case w < 1 || h < 1:
		return 0, errBroken
	case w < MinSide || h < MinSide:
		return 0, errSmall
	}
	fw, fh := fitted(w, h)
	need := reading + 2*4*int64(fw)*int64(fh) + int64(fw)*int64(fh)/2 // drawn, turned, and written
	if need > Memory {
		return 0, errLarge
	}
	return need, nil
}

// maxPixels bounds the time that a picture takes, where memory does not: the largest sensors of phones have half of it.
const maxPixels = 400_000_000

func planJPEG(data []byte) (plan, error) {
	h, err := jfif.ReadHead(data)
	if errors.Is(err, jfif.ErrUnknown) {
		return plan{}, errFile
	}
	if err != nil {
		return plan{}, errBroken
	}
	if int64(h.Width)*int64(h.Height) > maxPixels {
		return plan{}, errLarge
	}
	notes := func() (tiff, bool) { return exif(data) }
	for shrink := 1; shrink <= 8; shrink *= 2 {
		w, t := (h.Width+shrink-1)/shrink, (h.Height+shrink-1)/shrink
		if shrink < 8 && max(w, t) >= 2*MaxSide { // it is made smaller anyway
			continue
		}
		var need int64
		if need, err = sized(w, t, h.Bytes(shrink)); err == nil {
			return plan{bytes: need, notes: notes, draw: func(ctx context.Context) (image.Image, error) {
				img, err := jfif.Decode(ctx, data, shrink)
				if err != nil && ctx.Err() == nil {
					return nil, errBroken
				}
				return img, err
			}}, nil
		}
		if errors.Is(err, errSmall) {
			break
		}
	}
	return plan{}, err
}

func planBMP(data []byte) (plan, error) {
	cfg, err := bmp.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return plan{}, errFile
	}
	need, err := sized(cfg.Width, cfg.Height, 4*int64(cfg.Width)*int64(cfg.Height))
	return plan{bytes: need, notes: noNotes, draw: func(context.Context) (image.Image, error) {
		img, err := bmp.Decode(io.MultiReader(bytes.NewReader(data), &zeros{4 * cfg.Width * cfg.Height}))
		if err != nil {
			return nil, errBroken
		}
		return img, nil
	}}, err
}

func noNotes() (tiff, bool) { return tiff{}, false }

// zeros is what stands behind the end of a file that was cut off.
type zeros struct{ left int }

// Read is of io.Reader.
func (z *zeros) Read(p []byte) (int, error) {
	if z.left <= 0 {
		return 0, io.EOF
	}
	n := min(z.left, len(p))
	clear(p[:n])
	z.left -= n
	return n, nil
}

// drawn draws a picture anew as a JPEG, the way it was seen.
func drawn(ctx context.Context, p plan) (out []byte, img image.Image, err error) {
	if img, err = seen(ctx, p); err != nil {
		return nil, nil, err
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		return nil, nil, err
	}
	return b.Bytes(), img, nil
}

// seen is a picture the way it was seen.
func seen(ctx context.Context, p plan) (image.Image, error) {
	img, err := p.draw(ctx)
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	o := 1
	if t, ok := p.notes(); ok {
		o = t.orientation()
	}
	return upright(fit(img, o), o), nil
}

// fitted are sides of at most MaxSide.
func fitted(w, h int) (int, int) {
	if long := max(w, h); long > MaxSide {
		return max(1, w*MaxSide/long), max(1, h*MaxSide/long)
	}
	return w, h
}

// fit makes a picture at most MaxSide wide and high, on white where it is transparent. What needs no turning stays as it was read.
func fit(img image.Image, o int) image.Image {
	b := img.Bounds()
	w, h := fitted(b.Dx(), b.Dy())
	if _, plain := img.(*image.YCbCr); plain && o == 1 && w == b.Dx() && h == b.Dy() {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Over, nil)
	return out
}

// upright turns a picture the way it was seen.
func upright(img image.Image, o int) image.Image {
	in, ok := img.(*image.RGBA)
	if !ok || o < 2 || o > 8 {
		return img
	}
	w, h := in.Rect.Dx(), in.Rect.Dy()
	ow, oh := w, h
	if o >= 5 {
		ow, oh = h, w
	}
	out := image.NewRGBA(image.Rect(0, 0, ow, oh))
	for y := range h {
		for x := range w {
			nx, ny := turned(o, x, y, w, h)
			copy(out.Pix[ny*out.Stride+4*nx:][:4], in.Pix[y*in.Stride+4*x:][:4])
		}
	}
	return out
}

// turned is where a pixel goes.
func turned(o, x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	default:
		return y, w - 1 - x
	}
}

// upToEnd is a picture's body without what stands behind it: cameras hang second pictures there, with notes of their own.
func upToEnd(body []byte) []byte {
	if end := bytes.Index(body, []byte("\xff\xd9")); end >= 0 {
		return body[:end+2]
	}
	return body
}

// noteless is a JPEG that cannot be drawn, without what stands beside its picture.
func noteless(data []byte) []byte {
	out := append([]byte(nil), data[:2]...)
	for i := 2; i+4 <= len(data) && data[i] == 0xff; {
		if data[i+1] == 0xff { // as many as one likes may stand before a marker
			i++
			continue
		}
		marker, size := data[i+1], int(data[i+2])<<8|int(data[i+3])
		if marker == 0xda || size < 2 || i+2+size > len(data) {
			return append(out, upToEnd(data[i:])...)
		}
		// APP0 and Adobe's APP14 say how to read the picture; the others, and comments, are about it.
		if about := marker >= 0xe1 && marker <= 0xef && marker != 0xee || marker == 0xfe; !about {
			out = append(out, data[i:i+2+size]...)
		}
		i += 2 + size
	}
	return out
}
