package media

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"testing"

	"rabeg/internal/report"
)

// chess is a picture of fine black and white squares.
func chess() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 800, 400))
	for y := range 400 {
		for x := range 800 {
			c := color.RGBA{255, 255, 255, 255}
			if (x/5+y/5)%2 == 0 {
				c = color.RGBA{0, 0, 0, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// contrast is the greatest difference of brightness of two neighbours in a part of a picture.
func contrast(img image.Image, part image.Rectangle) (most int) {
	at := func(x, y int) int { return int(color.GrayModel.Convert(img.At(x, y)).(color.Gray).Y) }
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x+1 < part.Max.X; x++ {
			most = max(most, at(x, y)-at(x+1, y), at(x+1, y)-at(x, y))
		}
	}
	return most
}

// What is made unrecognisable has nothing fine left in it, the rest is as it was, and of a crop only that part is left.
func TestMasked(t *testing.T) {
	t.Parallel()
	disk, err := OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k := NewKeeper(disk)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, chess(), &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	file, err := k.Keep(t.Context(), "photo", func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b.Bytes())), nil })
	if err != nil || file.Lost != "" {
		t.Fatal(file, err)
	}
	made := func(m report.Mask) image.Image {
		t.Helper()
		data, w, h, err := k.Masked(t.Context(), file.Ref, m)
		if err != nil {
			t.Fatal(err)
		}
		img, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil || img.Bounds().Dx() != w || img.Bounds().Dy() != h {
			t.Fatalf("%d × %d says the answer, %v the picture (%v)", w, h, img.Bounds(), err)
		}
		if bytes.Contains(data, []byte("Exif")) {
			t.Error("it tells of itself")
		}
		return img
	}
	whole := made(report.Mask{})
	if whole.Bounds() != image.Rect(0, 0, 800, 400) || contrast(whole, whole.Bounds()) < 150 {
		t.Errorf("without a mask it is %v, with %d", whole.Bounds(), contrast(whole, whole.Bounds()))
	}
	half := made(report.Mask{Blur: []report.Box{{Left: 0, Top: 0, Right: 500, Bottom: 1000}}})
	if n := contrast(half, image.Rect(0, 0, 390, 400)); n > 40 {
		t.Errorf("what is blurred shows differences of %d", n)
	}
	if n := contrast(half, image.Rect(420, 0, 800, 400)); n < 150 {
		t.Errorf("the rest was blurred, too: %d", n)
	}
	cut := made(report.Mask{Blur: []report.Box{{Left: 250, Top: 0, Right: 375, Bottom: 125}}, Crop: &report.Box{Left: 250, Top: 0, Right: 500, Bottom: 500}})
	if cut.Bounds() != image.Rect(0, 0, 200, 200) || contrast(cut, image.Rect(0, 0, 90, 40)) > 40 || contrast(cut, image.Rect(110, 60, 200, 200)) < 150 {
		t.Errorf("the part is %v", cut.Bounds())
	}
	for _, odd := range []report.Mask{{Blur: []report.Box{{Left: 900, Top: 900, Right: 100, Bottom: 100}}}, {Crop: &report.Box{}}, {Blur: []report.Box{{Left: -50, Top: -50, Right: 5000, Bottom: 5000}}}} {
		if img := made(odd); img.Bounds() != whole.Bounds() {
			t.Errorf("%+v makes %v", odd, img.Bounds())
		}
	}
}
