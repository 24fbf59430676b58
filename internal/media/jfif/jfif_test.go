package jfif_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"path/filepath"
	"testing"

	"rabeg/internal/media/jfif"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// hills is a picture with something on it everywhere.
func hills(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			f := func(a, b float64) uint8 { return uint8(127 + 120*math.Sin(float64(x)/a)*math.Cos(float64(y)/b)) }
			img.SetRGBA(x, y, color.RGBA{R: f(7, 11), G: f(13, 5), B: f(3, 17), A: 255})
		}
	}
	return img
}

func written(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 90}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// apart is how far two pictures are from each other on average, of 255, above the line.
func apart(a, b image.Image, line int) float64 {
	var sum, n float64
	for y := range line {
		for x := range a.Bounds().Dx() {
			r, g, bl, _ := a.At(x, y).RGBA()
			r2, g2, bl2, _ := b.At(x, y).RGBA()
			for _, d := range []float64{float64(r) - float64(r2), float64(g) - float64(g2), float64(bl) - float64(bl2)} {
				sum += math.Abs(d) / 257
				n++
			}
		}
	}
	return sum / n
}

func decode(t testing.TB, data []byte, shrink int) image.Image {
	t.Helper()
	img, err := jfif.Decode(t.Context(), data, shrink)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestAsTheStandardLibrary(t *testing.T) {
	t.Parallel()
	gray := image.NewGray(image.Rect(0, 0, 50, 30))
	for i := range gray.Pix {
		gray.Pix[i] = uint8(i)
	}
	for _, img := range []image.Image{hills(64, 32), hills(101, 67), hills(8, 8), gray} {
		data := written(t, img)
		want, err := jpeg.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		got := decode(t, data, 1)
		if got.Bounds() != want.Bounds() {
			t.Fatalf("%v, want %v", got.Bounds(), want.Bounds())
		}
		if d := apart(got, want, want.Bounds().Dy()); d > 0.6 {
			t.Errorf("%v: %.2f apart", want.Bounds(), d)
		}
	}
}

// Three ways to write the same picture.
func TestOddCodings(t *testing.T) {
	t.Parallel()
	arithmetic, odd := decode(t, sample(t, "photo-arithmetic.jpg"), 1), decode(t, sample(t, "photo-subsampling.jpg"), 1)
	for name, c := range map[string]struct {
		img  image.Image
		most float64
	}{
		"sampled oddly":        {odd, 8},
		"progressive, cut off": {decode(t, sample(t, "photo-cut-progressive.jpg"), 1), 12},
		"cut off":              {decode(t, sample(t, "photo-cut-85.jpg"), 1), 8},
	} {
		if d := apart(arithmetic, c.img, 190); d > c.most {
			t.Errorf("%s: %.2f apart", name, d)
		} else {
			t.Logf("%s: %.2f apart", name, d)
		}
	}
}

// A picture drawn smaller is the same picture.
func TestDrawnSmaller(t *testing.T) {
	t.Parallel()
	whole := decode(t, sample(t, "photo-arithmetic.jpg"), 1)
	for _, name := range []string{"photo-arithmetic.jpg", "photo-subsampling.jpg", "photo-cut-progressive.jpg"} {
		for _, shrink := range []int{2, 4, 8} {
			small := decode(t, sample(t, name), shrink)
			if w, h := small.Bounds().Dx(), small.Bounds().Dy(); w != 320/shrink || h != 240/shrink {
				t.Errorf("%s: %d×%d", name, w, h)
			}
			want := image.NewRGBA(small.Bounds())
			for y := range 240 / shrink {
				for x := range 320 / shrink {
					var sum [3]uint32
					for i := range shrink * shrink {
						r, g, b, _ := whole.At(x*shrink+i%shrink, y*shrink+i/shrink).RGBA()
						sum[0], sum[1], sum[2] = sum[0]+r>>8, sum[1]+g>>8, sum[2]+b>>8
					}
					n := uint32(shrink * shrink)
					want.SetRGBA(x, y, color.RGBA{R: uint8(sum[0] / n), G: uint8(sum[1] / n), B: uint8(sum[2] / n), A: 255})
				}
			}
			if d := apart(small, want, 240/shrink); d > 10 {
				t.Errorf("%s, each side divided by %d: %.2f apart", name, shrink, d)
			}
		}
	}
}

// However a file is cut or damaged, it ends as a picture or as an error, and takes what was said beforehand.
func FuzzDecode(f *testing.F) {
	for _, name := range []string{"photo-arithmetic.jpg", "photo-subsampling.jpg", "photo-cut-progressive.jpg", "photo-cut-85.jpg"} {
		data := sample(f, name)
		for _, n := range []int{len(data), len(data) / 2, 700} {
			f.Add(data[:n], uint8(0))
			f.Add(data[:n], uint8(3))
		}
	}
	f.Add(written(f, hills(40, 40)), uint8(1))
	f.Fuzz(func(t *testing.T, data []byte, by uint8) {
		h, err := jfif.ReadHead(data)
		shrink := 1 << (by % 4)
		if err != nil || h.Bytes(shrink) > 8<<20 {
			return
		}
		img, err := jfif.Decode(t.Context(), data, shrink)
		if err == nil && (img.Bounds().Dx() != (h.Width+shrink-1)/shrink || img.Bounds().Dy() != (h.Height+shrink-1)/shrink) {
			t.Errorf("%v of %d×%d by %d", img.Bounds(), h.Width, h.Height, shrink)
		}
	})
}
