package jfif_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"image"
	"runtime"
	"slices"
	"testing"

	"rabeg/internal/media/jfif"
)

func part(marker byte, body ...byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// grey begins a grey picture: its tables and its frame, of one of the kinds of T.81 (0xc0 sequential, 0xc2 progressive, 0xca
// progressive and arithmetic). A first coefficient has the code 0 where it does not change, and 1 for four bits of a change.
func grey(kind byte, w, h int) []byte {
	quant := bytes.Repeat([]byte{1}, 65)
	quant[0] = 0
	frame := binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16([]byte{8}, uint16(h)), uint16(w))
	codes := func(class byte, symbols ...byte) []byte {
		counts := make([]byte, 16)
		counts[len(symbols)-1] = byte(len(symbols))
		return append(append([]byte{class}, counts...), symbols...)
	}
	return bytes.Join([][]byte{{0xff, 0xd8}, part(0xdb, quant...), part(kind, append(frame, 1, 1, 0x11, 0)...),
		part(0xc4, codes(0, 0)...), part(0xc4, codes(0x10, 0)...), part(0xc4, codes(1, 0, 4)...)}, nil)
}

// scan is a scan of the first coefficients, or of all; table says by which codes.
func scan(table, to, low byte, bits ...byte) []byte {
	return append(part(0xda, 1, 1, table<<4, 0, to, low), bits...)
}

func at(t *testing.T, data []byte, x, y int) uint8 {
	t.Helper()
	img, err := jfif.Decode(t.Context(), data, 1)
	if err != nil {
		t.Fatal(err)
	}
	g, ok := img.(*image.Gray)
	if !ok {
		t.Fatalf("it is a %T", img)
	}
	return g.GrayAt(x, y).Y
}

// A picture is gone through as often as its kind allows: what comes after it changes nothing any more.
func TestAPictureIsReadAsOftenAsItsKindAllows(t *testing.T) {
	t.Parallel()
	// Two bits of code (0b01: the second of two), four of the number 15 (0b1111), and the end of the block.
	light := []byte{0b01111100}
	dark := []byte{0b01000000} // the number -15
	for name, c := range map[string]struct {
		kind, to byte
		times    int
	}{"sequential": {0xc0, 63, 1}, "progressive": {0xc2, 0, 14}} {
		data := grey(c.kind, 8, 8)
		for range c.times {
			data = append(data, scan(1, c.to, 3*(1-c.to/63), light...)...)
		}
		want := at(t, data, 4, 4)
		if want <= 128 {
			t.Fatalf("%s: the picture of the test is %d", name, want)
		}
		for range 3 {
			data = append(data, scan(1, c.to, 3*(1-c.to/63), dark...)...)
			if got := at(t, data, 4, 4); got != want {
				t.Errorf("%s: another scan makes it %d, it was %d", name, got, want)
			}
		}
	}
	// One less is still read.
	data := grey(0xc2, 8, 8)
	for range 13 {
		data = append(data, scan(1, 0, 3, light...)...)
	}
	if got := at(t, append(data, scan(1, 0, 3, dark...)...), 4, 4); got >= 128 {
		t.Errorf("the last scan is not read: %d", got)
	}
}

// started is what an arithmetic coder may begin with: the first block is not grey.
func started(t *testing.T) []byte {
	t.Helper()
	for b := range 255 {
		code := []byte{byte(b), 0x55, 0x33}
		if v := at(t, append(append(grey(0xca, 8, 8), scan(0, 0, 3, code...)...), 0xff, 0xd9), 4, 4); v > 150 {
			return code
		}
	}
	t.Fatal("no bytes make a block light")
	return nil
}

// What is not in the file pays for a part of a picture at most, whether a marker ends it or the file.
func TestWhatIsNotThereDrawsNoPicture(t *testing.T) {
	t.Parallel()
	data := append(grey(0xca, 640, 640), scan(0, 0, 3, started(t)...)...)
	for name, end := range map[string][]byte{"the file": nil, "a marker": {0xff, 0xd9}} {
		img, err := jfif.Decode(t.Context(), append(slices.Clip(data), end...), 8)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		g, ok := img.(*image.Gray)
		if !ok || g.GrayAt(0, 0).Y == 128 || g.GrayAt(79, 79).Y != 128 {
			t.Errorf("where %s ends it, it begins with %v and ends with %v", name, g.GrayAt(0, 0), g.GrayAt(79, 79))
		}
	}
}

// What an encoder leaves out at the end of each part between two restarts is not counted together.
func TestEachRestartBeginsAnew(t *testing.T) {
	t.Parallel()
	const rows = 200
	code := started(t)
	data := append(grey(0xca, 8, 8*rows), part(0xdd, 0, 1)...)
	data = append(data, scan(0, 0, 3)...)
	for i := range rows - 1 {
		data = append(data, 0xff, 0xd0|byte(i&7)) // a part of zeros alone
	}
	data = append(append(data, code...), 0xff, 0xd9)
	if first, last := at(t, data, 4, 4), at(t, data, 4, 8*rows-4); first != 128 || last == 128 {
		t.Errorf("it begins with %d and ends with %d", first, last)
	}
}

// ticks is a context that ends after it was looked at so often.
type ticks struct {
	context.Context //nolint:containedctx // it is one

	left int
}

// Err is of context.Context.
func (c *ticks) Err() error {
	if c.left--; c.left < 0 {
		return context.DeadlineExceeded
	}
	return nil
}

// Whatever a picture is doing, its context ends it: with each line.
func TestDrawingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	for name, data := range map[string][]byte{
		"sequential": written(t, hills(64, 320)), "progressive": sample(t, "photo-cut-progressive.jpg"),
		"arithmetic": sample(t, "photo-arithmetic.jpg"), "sampled oddly": sample(t, "photo-subsampling.jpg"),
	} {
		looks := 0
		for ; ; looks++ {
			img, err := jfif.Decode(&ticks{Context: t.Context(), left: looks}, data, 1)
			if err == nil {
				break
			}
			if img != nil || !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("%s: after %d looks %v", name, looks, err)
			}
		}
		if looks < 10 {
			t.Errorf("%s: its context is looked at %d times", name, looks)
		}
	}
}

// Drawing takes what was told beforehand, and leaves no more lying about. It runs alone: what others take would be counted.
func TestDrawingTakesWhatItTells(t *testing.T) { //nolint:paralleltest // see above
	for name, data := range map[string][]byte{
		"sequential": written(t, hills(640, 640)), "progressive": sample(t, "photo-cut-progressive.jpg"),
		"arithmetic": sample(t, "photo-arithmetic.jpg"), "sampled oddly": sample(t, "photo-subsampling.jpg"),
	} {
		for shrink := 1; shrink <= 8; shrink *= 2 {
			h, err := jfif.ReadHead(data)
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			img, err := jfif.Decode(t.Context(), data, shrink)
			runtime.ReadMemStats(&after)
			if err != nil {
				t.Fatal(err)
			}
			const tables = 40 << 10 // of codes, whatever the picture
			if took, told := int64(after.TotalAlloc-before.TotalAlloc), h.Bytes(shrink); took > told+told/8+tables {
				t.Errorf("%s of %v, by %d: %d bytes, it told %d", name, img.Bounds(), shrink, took, told)
			}
		}
	}
}
