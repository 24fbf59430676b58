package media_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"math"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/media"
)

func keeper(t *testing.T) *media.Keeper {
	t.Helper()
	d, err := media.OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return media.NewKeeper(d)
}

func from(data []byte) func(context.Context) (io.ReadCloser, error) {
	return func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
}

func keep(t *testing.T, k *media.Keeper, kind string, data []byte) ledger.File {
	t.Helper()
	f, err := k.Keep(t.Context(), kind, from(data))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func read(t *testing.T, k *media.Keeper, f ledger.File) []byte {
	t.Helper()
	r, err := k.Open(t.Context(), f.Ref)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func near(c color.Color, want color.RGBA) bool {
	r, g, b, _ := c.RGBA()
	d := func(a uint32, b uint8) float64 { return math.Abs(float64(a>>8) - float64(b)) }
	return d(r, want.R) < 40 && d(g, want.G) < 40 && d(b, want.B) < 40
}

// corners are the colours in the middle of the four quarters.
func wantCorners(t *testing.T, data []byte, w, h int, want [4]color.RGBA) {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if got := img.Bounds(); got.Dx() != w || got.Dy() != h {
		t.Fatalf("%v, want %d×%d", got, w, h)
	}
	for i, at := range [4]image.Point{{w / 4, h / 4}, {3 * w / 4, h / 4}, {w / 4, 3 * h / 4}, {3 * w / 4, 3 * h / 4}} {
		if c := img.At(at.X, at.Y); !near(c, want[i]) {
			t.Errorf("quarter %d is %v, want %v", i, c, want[i])
		}
	}
}

func TestEveryKindOfPicture(t *testing.T) {
	t.Parallel()
	img := quarters()
	gray := image.NewGray(image.Rect(0, 0, 64, 32))
	glass := image.NewNRGBA(image.Rect(0, 0, 64, 32))
	all := [4]color.RGBA{red, green, blue, white}
	one := func(c color.RGBA) [4]color.RGBA { return [4]color.RGBA{c, c, c, c} }
	for name, c := range map[string]struct {
		data []byte
		want [4]color.RGBA
	}{
		"jpeg":             {plainJPEG(t, img), all},
		"gray jpeg":        {plainJPEG(t, gray), one(color.RGBA{A: 255})},
		"png":              {plainPNG(t, img), all},
		"transparent png":  {plainPNG(t, glass), one(white)},
		"gif":              {plainGIF(t, img), all},
		"webp":             {plainWebP(64, 32, blue), one(blue)},
		"a part of a gif":  {plainGIF(t, img.SubImage(image.Rect(0, 0, 64, 32))), all},
		"png with 16 bits": {plainPNG(t, image.NewNRGBA64(image.Rect(0, 0, 64, 32))), one(white)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := keeper(t)
			for _, kind := range []string{"photo", "document"} {
				f := keep(t, k, kind, c.data)
				if f.Lost != "" || f.Ref.MIME != "image/jpeg" || f.Ref.Network != bot.Store || f.Width != 64 || f.Height != 32 {
					t.Fatalf("%s: %+v", kind, f)
				}
				data := read(t, k, f)
				if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f.Hash || int64(len(data)) != f.Ref.Size {
					t.Error("hash or size are not those of what is kept")
				}
				wantCorners(t, data, 64, 32, c.want)
			}
		})
	}
}

func TestOrientation(t *testing.T) {
	t.Parallel()
	for o, want := range map[int][4]color.RGBA{
		0: {red, green, blue, white}, 9: {red, green, blue, white}, // none of these
		1: {red, green, blue, white},
		2: {green, red, white, blue},
		3: {white, blue, green, red},
		4: {blue, white, red, green},
		5: {red, blue, green, white},
		6: {blue, red, white, green},
		7: {white, green, blue, red},
		8: {green, white, red, blue},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			k := keeper(t)
			f := keep(t, k, "photo", camera{order: order, orientation: o}.photo(t, quarters()))
			w, h := 64, 32
			if o >= 5 && o <= 8 {
				w, h = h, w
			}
			if f.Width != w || f.Height != h {
				t.Errorf("orientation %d: %d×%d", o, f.Width, f.Height)
			}
			wantCorners(t, read(t, k, f), w, h, want)
		}
	}
}

func TestFactsOfTheCamera(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct {
		camera   camera
		taken    time.Time
		lat, lon float64
		no       bool
	}{
		{camera{taken: "2026:11:22 07:30:00", zone: "+07:00", lat: [3]uint32{6, 7, 1234}, lon: [3]uint32{106, 9, 0}, south: true}, at("2026-11-22T00:30:00Z"), -6.12009, 106.15, false},
		{camera{taken: "2026:11:22 07:30:00", lat: [3]uint32{0, 30, 0}, lon: [3]uint32{1, 0, 0}, west: true}, at("2026-11-22T07:30:00Z"), 0.5, -1, false},
		{camera{taken: "0000:00:00 00:00:00"}, time.Time{}, 0, 0, true}, // a clock that was never set, a position never found
		{camera{taken: "yesterday", lat: [3]uint32{91, 0, 0}}, time.Time{}, 0, 0, true},
		{camera{taken: "", lat: [3]uint32{1, 0, 0}, lon: [3]uint32{200, 0, 0}}, time.Time{}, 0, 0, true},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			c.camera.order, c.camera.orientation = order, 1
			k := keeper(t)
			f := keep(t, k, "photo", c.camera.photo(t, quarters()))
			if !f.Taken.Equal(c.taken) {
				t.Errorf("taken %v, want %v", f.Taken, c.taken)
			}
			if (f.Pin == nil) != c.no || f.Pin != nil && (math.Abs(f.Pin.Lat-c.lat) > 1e-4 || math.Abs(f.Pin.Lon-c.lon) > 1e-4) {
				t.Errorf("pin %v, want %v %v", f.Pin, c.lat, c.lon)
			}
		}
	}
}

func TestNoMetadataIsKept(t *testing.T) {
	t.Parallel()
	text := plainPNG(t, quarters())
	text = append(append(append([]byte{}, text[:33]...), chunk("tEXt", []byte("Make\x00"+maker))...), text[33:]...)
	for name, data := range map[string][]byte{
		"jpeg": camera{order: binary.LittleEndian, orientation: 6, taken: "2026:11:22 07:30:00"}.photo(t, quarters()),
		"png":  text,
	} {
		k := keeper(t)
		if !bytes.Contains(data, []byte(maker)) {
			t.Fatalf("%s: the test has no metadata", name)
		}
		got := read(t, k, keep(t, k, "document", data))
		for _, word := range []string{maker, "Exif", "adobe", "2026:11:22"} {
			if bytes.Contains(got, []byte(word)) {
				t.Errorf("%s: what is kept holds %q", name, word)
			}
		}
	}
}

func TestWhatCanNotBeKept(t *testing.T) {
	t.Parallel()
	k := keeper(t)
	jpg := plainJPEG(t, quarters())
	for name, c := range map[string]struct {
		kind string
		data []byte
		want string
	}{
		"a page as photo":       {"photo", []byte("<!DOCTYPE html><html><script>alert(1)</script>"), "bukan gambar"},
		"a program as photo":    {"photo", []byte("\x7fELF\x02\x01\x01"), "bukan gambar"},
		"one pixel":             {"photo", plainPNG(t, image.NewRGBA(image.Rect(0, 0, 1, 1))), "gambar terlalu kecil untuk dilihat"},
		"a line":                {"photo", plainPNG(t, image.NewRGBA(image.Rect(0, 0, 2000, 2))), "gambar terlalu kecil untuk dilihat"},
		"a bomb":                {"photo", bomb(50000, 50000, 8), "gambar tidak bisa dibuka: terlalu besar"},
		"a bomb as document":    {"document", bomb(50000, 50000, 8), "gambar tidak bisa dibuka: terlalu besar"},
		"a bomb that overflows": {"photo", bomb(1<<31-1, 1<<31-1, 8), "gambar"},
		"a deep bomb":           {"photo", bomb(6000, 6000, 16), "gambar tidak bisa dibuka: terlalu besar"},
		"cut off in its head":   {"photo", jpg[:20], "gambar tidak bisa dibuka"},
		"cut off in the middle": {"photo", jpg[:len(jpg)/2], "gambar tidak bisa dibuka"},
		"an empty PNG":          {"photo", bomb(20, 20, 8), "gambar tidak bisa dibuka"},
		"nothing":               {"photo", nil, "kosong"},
		"a byte too many":       {"document", make([]byte, media.MaxBytes+1), "lebih besar dari 20 MB"},
	} {
		f := keep(t, k, c.kind, c.data)
		if !strings.HasPrefix(f.Lost, c.want) || f.Ref != (bot.MediaRef{}) {
			t.Errorf("%s: lost %q (%+v), want %q", name, f.Lost, f.Ref, c.want)
		}
	}
	if f := keep(t, k, "document", make([]byte, media.MaxBytes)); f.Lost != "" || f.Ref.Size != media.MaxBytes {
		t.Errorf("20 MB to the byte: %+v", f)
	}
	if f := keep(t, k, "document", []byte("%PDF-1.7")); f.Ref.MIME != "application/pdf" || !strings.HasSuffix(f.Ref.ID, ".pdf") {
		t.Errorf("a document: %+v", f)
	}
}

// A large photo is made smaller, in its own shape.
func TestLargePhotos(t *testing.T) {
	t.Parallel()
	k := keeper(t)
	f := keep(t, k, "photo", plainWebP(4200, 100, red))
	if f.Width != media.MaxSide || f.Height != 97 {
		t.Errorf("%d×%d", f.Width, f.Height)
	}
}

func TestAFailureIsNotALoss(t *testing.T) {
	t.Parallel()
	k := keeper(t)
	broken := errors.New("reset by peer")
	for name, open := range map[string]func(context.Context) (io.ReadCloser, error){
		"cannot be opened": func(context.Context) (io.ReadCloser, error) {
			return nil, &bot.SendError{Remedy: bot.Gone, Err: broken}
		},
		"breaks off": func(context.Context) (io.ReadCloser, error) { return io.NopCloser(&breaks{broken}), nil },
	} {
		if f, err := k.Keep(t.Context(), "photo", open); !errors.Is(err, broken) {
			t.Errorf("%s: %+v, %v", name, f, err)
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := k.Open(gone, bot.MediaRef{Network: bot.Telegram, ID: "x"}); err == nil {
		t.Error("a network's file was opened in the store")
	}
}

type breaks struct{ err error }

func (b *breaks) Read(p []byte) (int, error) { return copy(p, "\xff\xd8"), b.err }

// FuzzEXIF: strangers' bytes end as a kept picture or as a word, never in a panic.
func FuzzEXIF(f *testing.F) {
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		f.Add(camera{order: order, orientation: 6, taken: "2026:11:22 07:30:00", zone: "+07:00", lat: [3]uint32{6, 7, 8}}.exifBlock())
	}
	f.Add([]byte("II*\x00\xff\xff\xff\xff\xff\xff\xff\xff"))
	jpg := plainJPEG(f, quarters())
	d, err := media.OpenDisk(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	k := media.NewKeeper(d)
	f.Fuzz(func(t *testing.T, block []byte) {
		if len(block) > 60000 {
			return
		}
		body := append([]byte("Exif\x00\x00"), block...)
		data := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, 0xe1}, uint16(len(body)+2))
		data = append(append(data, body...), jpg[2:]...)
		got, err := k.Keep(t.Context(), "photo", from(data))
		if err != nil || got.Lost != "" || got.Width*got.Height != 64*32 {
			t.Fatalf("%+v, %v", got, err)
		}
		if p := got.Pin; p != nil && !(math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180) {
			t.Fatalf("pin %+v", p)
		}
	})
}
