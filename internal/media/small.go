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
)

// Small is a kept picture as a JPEG of at most so many bytes, without anything that it tells besides: drawn anew, with less and less
// detail. A file that is no picture is an error.
func (k *Keeper) Small(ctx context.Context, m bot.MediaRef, most int) ([]byte, error) {
	in, err := k.Open(ctx, m)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(in, MaxBytes))
	_ = in.Close()
	if err != nil {
		return nil, fmt.Errorf("read a kept picture: %w", err)
	}
	if err := k.memory.Acquire(ctx, Memory); err != nil { // one at a time is enough
		return nil, err
	}
	defer k.memory.Release(Memory)
	img, err := jpeg.Decode(bytes.NewReader(data)) // what is kept as a photo is one of ours
	if err != nil {
		return nil, fmt.Errorf("draw a kept picture: %w", err)
	}
	for side := 2048; side >= 256; side /= 2 {
		img = within(img, side)
		for _, q := range []int{85, 70, 55} {
			var b bytes.Buffer
			if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: q}); err != nil {
				return nil, fmt.Errorf("draw a kept picture: %w", err)
			}
			if b.Len() <= most {
				return b.Bytes(), nil
			}
		}
	}
	return nil, fmt.Errorf("a picture cannot be made as small as %d bytes", most)
}

// within is a picture no wider and no higher than side.
func within(img image.Image, side int) image.Image {
	b := img.Bounds()
	long := max(b.Dx(), b.Dy())
	if long <= side {
		return img
	}
	out := image.NewRGBA(image.Rect(0, 0, max(1, b.Dx()*side/long), max(1, b.Dy()*side/long)))
	draw.ApproxBiLinear.Scale(out, out.Bounds(), img, b, draw.Src, nil)
	return out
}
