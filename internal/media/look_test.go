package media_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"golang.org/x/image/draw"

	"rabeg/internal/media"
	"rabeg/internal/twin"
)

// street is a picture with a sky, houses and a pole; seed moves them.
func street(seed int) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 640, 480))
	for y := range 480 {
		for x := range 640 {
			v := 200 - y/4 + int(25*math.Sin(float64(x*(seed+2))/90+float64(seed)))
			if x/(60+7*seed)%2 == seed%2 && y > 200+13*seed%90 {
				v = 60 + (x/8*seed)%50
			}
			if d := x - (150 + 61*seed%400); d > 0 && d < 14 {
				v = 20
			}
			img.SetRGBA(x, y, color.RGBA{R: uint8(v), G: uint8(v * 9 / 10), B: uint8(v * 8 / 10), A: 255})
		}
	}
	return img
}

func look(t *testing.T, data []byte) string {
	t.Helper()
	disk, err := media.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k := media.NewKeeper(disk)
	open := func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	passing, err := k.Look(t.Context(), open)
	if err != nil {
		t.Fatal(err)
	}
	f, err := k.Keep(t.Context(), "photo", open)
	if err != nil || f.Look != passing {
		t.Fatalf("kept it looks like %q, in passing like %q (%v)", f.Look, passing, err)
	}
	return f.Look
}

func pressed(t *testing.T, img image.Image, quality, width int) []byte {
	t.Helper()
	small := image.NewRGBA(image.Rect(0, 0, width, width*img.Bounds().Dy()/img.Bounds().Dx()))
	draw.ApproxBiLinear.Scale(small, small.Bounds(), img, img.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A picture that was forwarded, made smaller and pressed again is the same picture; another one is not.
func TestAPictureIsKnownAgain(t *testing.T) {
	t.Parallel()
	var all []string
	for seed := range 8 {
		img := street(seed + 1)
		first := look(t, plainJPEG(t, img))
		if len(first) != 16 {
			t.Fatalf("street %d has the look %q", seed, first)
		}
		for _, again := range [][]byte{pressed(t, img, 40, 640), pressed(t, img, 80, 320), pressed(t, img, 60, 960), plainPNG(t, img)} {
			if l := look(t, again); !twin.SamePicture(first, l) {
				t.Errorf("street %d is not known again: %s, %s", seed, first, l)
			}
		}
		for _, other := range all {
			if twin.SamePicture(first, other) {
				t.Errorf("street %d is taken for another one", seed)
			}
		}
		all = append(all, first)
	}
}

// mirrored is a picture turned left to right; cut is one of which so many hundredths are gone from each side.
func mirrored(img *image.RGBA) *image.RGBA {
	out := image.NewRGBA(img.Bounds())
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			out.SetRGBA(img.Bounds().Dx()-1-x, y, img.RGBAAt(x, y))
		}
	}
	return out
}

func cut(img *image.RGBA, hundredths int) image.Image {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	return img.SubImage(image.Rect(w*hundredths/100, h*hundredths/100, w-w*hundredths/100, h-h*hundredths/100))
}

// uneven is a street in which neighbouring parts differ.
func uneven(seed int) *image.RGBA {
	img := street(seed)
	for y := range 480 {
		for x := range 640 {
			c := img.RGBAAt(x, y)
			d := int(40 * math.Sin(float64(x*(3+seed%4))/101+float64(y*(seed+1))/77))
			v := func(u uint8) uint8 { return uint8(max(0, min(255, int(u)+d))) }
			img.SetRGBA(x, y, color.RGBA{R: v(c.R), G: v(c.G), B: v(c.B), A: 255})
		}
	}
	return img
}

// A kept picture that comes back turned left to right, or with a little cut off all around, is known by its disguises; no other picture is
// taken for one of them. How often each was known is told.
func TestAPictureInDisguise(t *testing.T) {
	t.Parallel()
	const streets = 10
	known := map[string]int{}
	var kept []string
	for seed := range streets {
		img := uneven(seed + 1)
		disk, err := media.OpenDisk(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		data := plainJPEG(t, img)
		f, err := media.NewKeeper(disk).Keep(t.Context(), "photo", func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil })
		if err != nil {
			t.Fatal(err)
		}
		is := func(l string) bool {
			return twin.SamePicture(l, f.Look) || slices.ContainsFunc(strings.Fields(f.Disguises), func(d string) bool { return twin.SamePicture(l, d) })
		}
		for name, again := range map[string][]byte{"mirrored": pressed(t, mirrored(img), 60, 480), "cut by 1 %": pressed(t, cut(img, 1), 70, 480),
			"cut by 3 %": pressed(t, cut(img, 3), 70, 480), "cut by 5 %": pressed(t, cut(img, 5), 70, 480)} {
			if is(look(t, again)) {
				known[name]++
			}
		}
		for _, other := range kept {
			if is(other) {
				t.Errorf("street %d is taken for another one", seed)
			}
		}
		kept = append(kept, f.Look)
	}
	t.Logf("known again of %d: %v", streets, known)
	for _, name := range []string{"mirrored", "cut by 1 %", "cut by 3 %", "cut by 5 %"} {
		if known[name] < streets-1 {
			t.Errorf("%s: known again %d of %d", name, known[name], streets)
		}
	}
}

// What shows too little to tell it from others looks like nothing: a dark night, a white wall.
func TestANightHasNoLook(t *testing.T) {
	t.Parallel()
	for _, c := range []color.Color{color.Black, color.White, color.RGBA{R: 12, G: 12, B: 14, A: 255}} {
		img := image.NewRGBA(image.Rect(0, 0, 400, 300))
		draw.Draw(img, img.Bounds(), image.NewUniform(c), image.Point{}, draw.Src)
		for y := range 20 { // one lamp
			for x := range 20 {
				img.Set(190+x, 90+y, color.White)
			}
		}
		if l := look(t, plainJPEG(t, img)); l != "" || twin.SamePicture(l, l) {
			t.Errorf("a night looks like %q", l)
		}
	}
	if twin.SamePicture("", "") {
		t.Error("what has no look is like what has none")
	}
}
