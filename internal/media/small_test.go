package media

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// A kept picture is made as small as is asked for, and stays a picture; what is none is told.
func TestAPictureIsMadeSmall(t *testing.T) {
	t.Parallel()
	disk, err := OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k := NewKeeper(disk)
	img := image.NewRGBA(image.Rect(0, 0, 1600, 1200))
	for y := range 1200 {
		for x := range 1600 { // noise does not press well
			n := uint32(x*7919+y*104729) * 2654435761
			img.Set(x, y, color.RGBA{uint8(n >> 24), uint8(n >> 16), uint8(n >> 8), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	keep := func(kind string, data []byte) ledger.File {
		t.Helper()
		f, err := k.Keep(t.Context(), kind, func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil })
		if err != nil || f.Lost != "" {
			t.Fatalf("%v %s", err, f.Lost)
		}
		return f
	}
	photo := keep("photo", b.Bytes())
	for _, most := range []int{1 << 20, 200 << 10} {
		got, err := k.Small(t.Context(), photo.Ref, most)
		if err != nil || len(got) > most {
			t.Errorf("at most %d: %d bytes, %v", most, len(got), err)
		}
		if _, err := jpeg.Decode(bytes.NewReader(got)); err != nil || bytes.Contains(got, []byte("Exif")) {
			t.Errorf("it is no plain picture: %v", err)
		}
	}
	if _, err := k.Small(t.Context(), photo.Ref, 100); err == nil {
		t.Error("nothing is as small as that")
	}
	if _, err := k.Small(t.Context(), keep("document", []byte("catatan")).Ref, 1<<20); err == nil {
		t.Error("words are a picture")
	}
	if _, err := k.Small(t.Context(), bot.MediaRef{Network: bot.Store, ID: "00/none.jpg"}, 1<<20); err == nil {
		t.Error("what is not there is a picture")
	}
}

// What panics as a picture is written is the picture's end alone, though another thread writes it.
func TestAPictureThatPanics(t *testing.T) {
	t.Parallel()
	f := pngFile{head: make([]byte, 13)}
	if img, err := f.decode(func(io.Writer) error { panic("what stands in it") }); err == nil {
		t.Errorf("it is %v", img)
	}
	good := bytes.NewBuffer(nil)
	if err := png.Encode(good, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	f.head = good.Bytes()[len(pngHead)+8:][:13]
	if img, err := f.decode(func(io.Writer) error { panic("what stands in it") }); err == nil || strings.Contains(err.Error(), "stands") {
		t.Errorf("one whose head is right is %v, %v", img, err)
	}
}
