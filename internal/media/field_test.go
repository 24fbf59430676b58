package media_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decoded(t testing.TB, data []byte) image.Image {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// What phones show is shown: pictures that were cut off, as far as they go, odd ones, and the first of a moving one.
func TestOddPicturesAreShown(t *testing.T) {
	t.Parallel()
	for name, size := range map[string]image.Point{
		"photo-cut-85.jpg":          {X: 320, Y: 240},
		"photo-cut-progressive.jpg": {X: 320, Y: 240},
		"photo-subsampling.jpg":     {X: 320, Y: 240},
		"photo-arithmetic.jpg":      {X: 320, Y: 240},
		"photo-moving.webp":         {X: 160, Y: 120},
	} {
		for _, kind := range []string{"photo", "document"} {
			k := keeper(t)
			f := keep(t, k, kind, sample(t, name))
			if f.Lost != "" || f.Ref.MIME != "image/jpeg" || f.Width != size.X || f.Height != size.Y {
				t.Errorf("%s: %+v", name, f)
				continue
			}
			img := decoded(t, read(t, k, f))
			seen := map[color.Color]bool{}
			for x := range 16 {
				seen[img.At(x*size.X/16, size.Y/10)] = true
			}
			if len(seen) < 3 {
				t.Errorf("%s: nothing can be seen on it: %d colours", name, len(seen))
			}
		}
	}
}

// A picture is kept the way it was held, whatever its type.
func TestTurnedPictures(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"photo-turned.webp", "photo-turned.png"} {
		k := keeper(t)
		f := keep(t, k, "photo", sample(t, name))
		if f.Width != 480 || f.Height != 640 {
			t.Errorf("%s: %d×%d", name, f.Width, f.Height)
			continue
		}
		wantCorners(t, read(t, k, f), 480, 640, [4]color.RGBA{blue, blue, red, red})
	}
}

// Bytes that fill the room before a marker, and a second head before the notes, hide neither how a picture was held nor where it was taken.
func TestNotesAreFoundBehindFilling(t *testing.T) {
	t.Parallel()
	notes := camera{order: binary.LittleEndian, orientation: 6, lat: [3]uint32{6, 7, 1234}, lon: [3]uint32{106, 9, 0}, south: true}.exifBlock()
	long := append([]byte("Exif\x00\x00"), notes...)
	jpg, picture := plainJPEG(t, quarters()), plainPNG(t, quarters())
	part := append(binary.BigEndian.AppendUint16([]byte{0xff, 0xff, 0xff, 0xe1}, uint16(len(long)+2)), long...)
	filled := append(append(bytes.Clone(jpg[:2]), part...), jpg[2:]...)
	for name, data := range map[string][]byte{
		"jpeg": filled, "png": append(append(bytes.Clone(picture[:33]), chunk("eXIf", long)...), picture[33:]...),
	} {
		if f := keep(t, keeper(t), "photo", data); f.Width != 32 || f.Height != 64 || f.Pin == nil {
			t.Errorf("%s: %+v", name, f)
		}
	}
	odd := bytes.Clone(filled) // one that nobody here draws
	odd[bytes.Index(odd, []byte{0xff, 0xc0})+1] = 0xc3
	k := keeper(t)
	f := keep(t, k, "photo", append(odd, filled...))
	if got := read(t, k, f); !f.Odd || bytes.Contains(got, []byte("Exif")) {
		t.Errorf("%+v holds the camera's notes", f)
	}
}

// Films from before they said what they are lose their place, too.
func TestOldFilms(t *testing.T) {
	t.Parallel()
	box := func(kind string, body []byte) []byte {
		return append(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8)), kind...), body...)
	}
	place := box("moov", box("udta", box("\xa9xyz", []byte("+06.1227+106.1754/"))))
	for name, data := range map[string][]byte{
		"wide first": bytes.Join([][]byte{box("wide", nil), box("mdat", []byte("frames")), place}, nil), "moov first": append(bytes.Clone(place), box("mdat", []byte("frames"))...),
	} {
		k := keeper(t)
		f := keep(t, k, "document", data)
		if got := read(t, k, f); f.Ref.MIME != "video/quicktime" || bytes.Contains(got, []byte("106.1754")) || !bytes.Contains(got, []byte("frames")) {
			t.Errorf("%s: %+v, %q", name, f, got)
		}
	}
}

func TestNoPlaceWithoutItsHemisphere(t *testing.T) {
	t.Parallel()
	if f := keep(t, keeper(t), "photo", sample(t, "photo-gps-no-ref.jpg")); f.Lost != "" || f.Pin != nil {
		t.Errorf("%+v %v", f, f.Pin)
	}
}

// What comes in boxes is kept as it came, but for where it was made.
func TestBoxesWithoutTheirPlace(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, kind, mime, ending string }{
		{"photo-gps.heic", "photo", "image/heic", ".heic"}, {"photo-gps.heic", "document", "image/heic", ".heic"},
		{"video-gps.mp4", "document", "video/mp4", ".mp4"},
	} {
		data := sample(t, c.name)
		k := keeper(t)
		f := keep(t, k, c.kind, data)
		if f.Lost != "" || f.Ref.MIME != c.mime || !strings.HasSuffix(f.Ref.ID, c.ending) || f.Odd != (c.mime == "image/heic") {
			t.Errorf("%s: %+v", c.name, f)
			continue
		}
		got := read(t, k, f)
		for _, word := range []string{"Exif", "GPS", "\xa9xyz", "-6.1", "+106", "ISO6709", "http://ns.adobe.com"} {
			if i := bytes.Index(got, []byte(word)); i >= 0 && word != "Exif" {
				t.Errorf("%s: what is kept holds %q at %d", c.name, word, i)
			}
		}
		same := 0
		for i := range min(len(got), len(data)) {
			if got[i] == data[i] {
				same++
			}
		}
		if same < len(data)*8/10 {
			t.Errorf("%s: only %d of %d bytes are as they came", c.name, same, len(data))
		}
	}
}

// A raw picture is a TIFF: kept, and without its place.
func TestRawPictures(t *testing.T) {
	t.Parallel()
	for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
		data := camera{order: order, lat: [3]uint32{6, 7, 1234}, lon: [3]uint32{106, 9, 0}, south: true, taken: "2026:11:22 07:30:00"}.exifBlock()
		k := keeper(t)
		f := keep(t, k, "document", data)
		if !strings.HasSuffix(f.Ref.ID, ".tif") || !f.Odd || f.Pin == nil {
			t.Errorf("%+v", f)
		}
		if got := read(t, k, f); bytes.Contains(got, order.AppendUint32(order.AppendUint32(nil, 1234), 100)) {
			t.Error("what is kept says where it was taken")
		}
	}
}

func TestAFileHasItsEnding(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data   []byte
		ending string
	}{
		"a letter":       {sample(t, "surat-warga.docx"), ".docx"},
		"a PDF":          {[]byte("%PDF-1.7"), ".pdf"},
		"a web page":     {[]byte("<!DOCTYPE html><script>alert(1)</script>"), ".txt"},
		"a program":      {[]byte("\x7fELF\x02\x01\x01"), ".bin"},
		"a voice note":   {[]byte("OggS\x00\x02\x00\x00"), ".ogg"},
		"an old letter":  {append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "W\x00o\x00r\x00d\x00D\x00o\x00c\x00u\x00m\x00e\x00n\x00t\x00"...), ".doc"},
		"rich text":      {[]byte(`{\rtf1 a}`), ".rtf"},
		"plain text":     {[]byte("Kepada Yth."), ".txt"},
		"an iPhone film": {[]byte("\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00qt  "), ".mov"},
	} {
		if f := keep(t, keeper(t), "document", c.data); f.Lost != "" || !strings.HasSuffix(f.Ref.ID, c.ending) {
			t.Errorf("%s: %+v, want %s", name, f, c.ending)
		}
	}
}

// Any picture that was cut off is shown as far as it goes.
func TestCutPictures(t *testing.T) {
	t.Parallel()
	img := image.NewRGBA(image.Rect(0, 0, 200, 100))
	for i := range img.Pix {
		img.Pix[i] = byte(i*i>>3 | 3*i>>6)
	}
	for name, data := range map[string][]byte{
		"jpeg": plainJPEG(t, img), "png": plainPNG(t, img), "gif": plainGIF(t, img), "progressive": sample(t, "photo-cut-progressive.jpg"),
		"webp": sample(t, "photo-moving.webp")[:2090],
	} {
		k := keeper(t)
		f := keep(t, k, "photo", data[:len(data)*7/10])
		if f.Lost != "" || f.Ref.MIME != "image/jpeg" {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// A ZIP of countless files is not listed: it may be a program, and has no type then.
func TestAZIPOfCountlessFiles(t *testing.T) {
	t.Parallel()
	for files, want := range map[int]string{1000: "application/zip", 25_000: "application/octet-stream"} {
		var data bytes.Buffer
		z := zip.NewWriter(&data)
		for i := range files {
			if _, err := z.CreateHeader(&zip.FileHeader{Name: strconv.Itoa(i)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if f := keep(t, keeper(t), "document", data.Bytes()); f.Ref.MIME != want || f.Lost != "" {
			t.Errorf("%d files are %+v, want %s", files, f, want)
		}
	}
}
