package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"io"

	"golang.org/x/image/draw"

	"rabeg/bot"
	"rabeg/internal/report"
)

// maskedSide is how long a picture for everybody is at most, in pixels; coarse how many squares a blurred part has along its longer side:
// a face of four squares is nobody's.
const (
	maskedSide = 1280
	coarse     = 4
)

// Masked is a kept picture as everybody may see it: a JPEG without anything that it tells besides, of which only the part Crop is left,
// with the parts Blur made so coarse that nothing in them can be recognised. They are parts of the whole picture.
func (k *Keeper) Masked(ctx context.Context, m bot.MediaRef, mask report.Mask) (data []byte, width, height int, err error) {
	in, err := k.Open(ctx, m)
	if err != nil {
		return nil, 0, 0, err
	}
	kept, err := io.ReadAll(io.LimitReader(in, MaxBytes))
	_ = in.Close()
	if err != nil {
		return nil, 0, 0, fmt.Errorf("read a kept picture: %w", err)
	}
	if err := k.memory.Acquire(ctx, Memory); err != nil { // one at a time is enough
		return nil, 0, 0, err
	}
	defer k.memory.Release(Memory)
	img, err := jpeg.Decode(bytes.NewReader(kept)) // what is kept as a photo is one of ours
	if err != nil {
		return nil, 0, 0, fmt.Errorf("draw a kept picture: %w", err)
	}
	out := masked(within(img, maskedSide), mask)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: 80}); err != nil {
		return nil, 0, 0, fmt.Errorf("draw a kept picture: %w", err)
	}
	return b.Bytes(), out.Bounds().Dx(), out.Bounds().Dy(), nil
}

// masked is a picture with a mask over it.
func masked(img image.Image, mask report.Mask) *image.RGBA {
	all := image.Rect(0, 0, img.Bounds().Dx(), img.Bounds().Dy())
	out := image.NewRGBA(all)
	draw.Draw(out, all, img, img.Bounds().Min, draw.Src)
	for _, b := range mask.Blur {
		if part := partOf(b, all); !part.Empty() {
			pixelate(out, part)
		}
	}
	if mask.Crop == nil {
		return out
	}
	part := partOf(*mask.Crop, all)
	if part.Empty() {
		return out
	}
	cut := image.NewRGBA(image.Rect(0, 0, part.Dx(), part.Dy()))
	draw.Draw(cut, cut.Bounds(), out, part.Min, draw.Src)
	return cut
}

// partOf is a box in the pixels of a picture: with every pixel that it touches.
func partOf(b report.Box, all image.Rectangle) image.Rectangle {
	const whole = 1000
	up := func(n, of int) int { return (n*of + whole - 1) / whole }
	return image.Rect(b.Left*all.Dx()/whole, b.Top*all.Dy()/whole, up(b.Right, all.Dx()), up(b.Bottom, all.Dy())).Intersect(all)
}

// pixelate leaves only the mean colour of a few large squares of a part. Nothing finer can be got back from it.
func pixelate(img *image.RGBA, part image.Rectangle) {
	side := max(1, (max(part.Dx(), part.Dy())+coarse-1)/coarse)
	for y := part.Min.Y; y < part.Max.Y; y += side {
		for x := part.Min.X; x < part.Max.X; x += side {
			square := image.Rect(x, y, x+side, y+side).Intersect(part)
			var sum [3]int
			for py := square.Min.Y; py < square.Max.Y; py++ {
				for px := square.Min.X; px < square.Max.X; px++ {
					c := img.RGBAAt(px, py)
					sum[0], sum[1], sum[2] = sum[0]+int(c.R), sum[1]+int(c.G), sum[2]+int(c.B)
				}
			}
			n := square.Dx() * square.Dy()
			mean := image.NewUniform(rgb{sum[0] / n, sum[1] / n, sum[2] / n})
			draw.Draw(img, square, mean, image.Point{}, draw.Src)
		}
	}
}

// rgb is a colour in parts of 255.
type rgb [3]int

// RGBA is of color.Color.
func (c rgb) RGBA() (r, g, b, a uint32) {
	const deep = 0x101
	return uint32(c[0]) * deep, uint32(c[1]) * deep, uint32(c[2]) * deep, 255 * deep
}
