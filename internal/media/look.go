package media

import (
	"context"
	"fmt"
	"image"
	"io"
	"math"
	"slices"
	"strings"
)

// The grid of a look: for each of 8 rows, whether each of 8 cells is brighter than its neighbour on the right (a "difference hash").
const (
	lookRows = 8
	lookCols = 9
	// lookPoints is how many points a side are looked at in a cell.
	lookPoints = 32
	// clearStep is by how much of 255 two cells differ that can be told apart. A picture of which fewer than clearCells can be told
	// apart (a night without a lamp, a wall) has no look: it would be like all others of its kind.
	clearStep, clearCells = 2.5, 20
)

// lookOf is what a picture looks like, as 16 hex digits; "" where it shows too little to tell. It stays the same, but for a few bits,
// when the picture is made smaller, pressed again or made a little brighter. Who cuts it or turns it makes another picture of it: see disguises.
func lookOf(img image.Image) string { return lookWithin(img, img.Bounds(), false) }

// lessOf are the hundredths that are cut off each side in a disguise: a look bears one more or less.
var lessOf = [...]int{3, 5}

// disguises are the looks of a picture in a mirror, and with a little of each side cut off, with spaces between.
func disguises(img image.Image) string {
	b := img.Bounds()
	all := []string{lookWithin(img, b, true)}
	for _, n := range lessOf {
		x, y := b.Dx()*n/100, b.Dy()*n/100
		all = append(all, lookWithin(img, image.Rect(b.Min.X+x, b.Min.Y+y, b.Max.X-x, b.Max.Y-y), false))
	}
	return strings.Join(strings.Fields(strings.Join(all, " ")), " ")
}

// lookWithin is the look of a part of a picture, as it is or in a mirror.
func lookWithin(img image.Image, b image.Rectangle, mirrored bool) string {
	if b.Dx() < lookCols || b.Dy() < lookRows {
		return ""
	}
	var cells [lookRows][lookCols]float64
	for y := range lookRows {
		for x := range lookCols {
			cells[y][x] = brightness(img, part(b.Min.X, b.Dx(), x, lookCols), part(b.Min.Y, b.Dy(), y, lookRows))
		}
	}
	if mirrored {
		for y := range lookRows {
			slices.Reverse(cells[y][:])
		}
	}
	var bits uint64
	told := 0
	for y := range lookRows {
		for x := range lookCols - 1 {
			bits <<= 1
			if cells[y][x]+clearStep < cells[y][x+1] { // what is the same but for the noise is not brighter
				bits |= 1
			}
			if math.Abs(cells[y][x]-cells[y][x+1]) >= clearStep {
				told++
			}
		}
	}
	if told < clearCells {
		return ""
	}
	return fmt.Sprintf("%016x", bits)
}

// span is one side of a cell, in pixels.
type span struct{ from, to int }

func part(from, long, i, of int) span { return span{from + long*i/of, from + long*(i+1)/of} }

// brightness is how bright a cell is, 0 to 255, at points spread over it.
func brightness(img image.Image, x, y span) float64 {
	sum, n := 0.0, 0
	for j := range lookPoints {
		for i := range lookPoints {
			r, g, b, _ := img.At(x.from+(x.to-x.from)*(2*i+1)/(2*lookPoints), y.from+(y.to-y.from)*(2*j+1)/(2*lookPoints)).RGBA()
			sum += 0.299*float64(r) + 0.587*float64(g) + 0.114*float64(b)
			n++
		}
	}
	return sum / float64(n) / 257
}

// lookMemory is what a picture may take that is looked at while a citizen waits.
const lookMemory = 64 << 20

// Look tells what a picture looks like that is not kept yet; "" for what is no picture, or too large to be looked at in passing.
func (k *Keeper) Look(ctx context.Context, open func(context.Context) (io.ReadCloser, error)) (string, error) {
	data, done, err := k.read(ctx, open)
	defer done()
	if err != nil {
		return "", err
	}
	plans := planner(sort(data))
	if plans == nil {
		return "", nil
	}
	p, err := plans(data)
	if err != nil || p.bytes > lookMemory {
		return "", nil
	}
	if err := k.memory.Acquire(ctx, p.bytes); err != nil {
		return "", err
	}
	defer k.memory.Release(p.bytes)
	img, err := seen(ctx, p)
	if err != nil {
		return "", nil
	}
	return lookOf(img), nil
}
