package media_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"testing"
)

// maker is what a camera would write beside the picture, and must never be in what is kept.
const maker = "SECRETCAMERA"

var (
	red   = color.RGBA{R: 255, A: 255}
	green = color.RGBA{G: 255, A: 255}
	blue  = color.RGBA{B: 255, A: 255}
	white = color.RGBA{R: 255, G: 255, B: 255, A: 255}
)

// quarters is a picture 64 wide and 32 high: red and green above, blue and white below.
func quarters() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for y := range 32 {
		for x := range 64 {
			c := [][]color.RGBA{{red, green}, {blue, white}}[y/16][x/32]
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func plainJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func plainPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func plainGIF(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bits writes numbers, lowest bit first, as lossless WebP does.
type bits struct {
	out []byte
	n   uint
}

func (b *bits) put(v uint32, width uint) {
	for i := range width {
		if b.n%8 == 0 {
			b.out = append(b.out, 0)
		}
		b.out[b.n/8] |= byte(v>>i&1) << (b.n % 8)
		b.n++
	}
}

// plainWebP is a picture of one colour: each of its five codes has one symbol, so its pixels take no bits at all.
func plainWebP(w, h int, c color.RGBA) []byte {
	var b bits
	b.put(0x2f, 8)
	b.put(uint32(w-1), 14)
	b.put(uint32(h-1), 14)
	b.put(0, 1+3+1+1+1) // no alpha, version 0, no transform, no colour cache, one group of codes
	for _, v := range []uint8{c.G, c.R, c.B, c.A} {
		b.put(0b101, 3) // simple, one symbol, of eight bits
		b.put(uint32(v), 8)
	}
	b.put(0b0001, 4) // simple, one symbol, of one bit: 0
	b.put(0, 8)
	data := b.out
	if len(data)%2 == 1 {
		data = append(data, 0)
	}
	out := []byte("RIFF")
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)+12))
	out = append(out, "WEBPVP8L"...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(data)))
	return append(out, data...)
}

// camera is what is written into a JPEG.
type camera struct {
	order       binary.AppendByteOrder
	orientation int
	taken, zone string
	lat, lon    [3]uint32 // degrees, minutes, hundredths of seconds
	south, west bool
}

type entry struct {
	tag, kind uint16
	count     uint32
	value     []byte
}

// exifBlock lays out three directories: the first, the camera's own, and GPS.
func (c camera) exifBlock() []byte {
	o := c.order
	u16 := func(v int) []byte { return o.AppendUint16(nil, uint16(v)) }
	u32 := func(v int) []byte { return o.AppendUint32(nil, uint32(v)) }
	ascii := func(tag uint16, s string) entry { return entry{tag, 2, uint32(len(s) + 1), append([]byte(s), 0)} }
	angle := func(tag uint16, v [3]uint32) entry {
		var b []byte
		for i, n := range v {
			den := uint32(1)
			if i == 2 {
				den = 100
			}
			b = o.AppendUint32(o.AppendUint32(b, n), den)
		}
		return entry{tag, 5, 3, b}
	}
	ref := func(tag uint16, yes bool, a, b string) entry {
		if yes {
			return ascii(tag, a)
		}
		return ascii(tag, b)
	}
	sub := []entry{ascii(0x9003, c.taken)}
	if c.zone != "" {
		sub = append(sub, ascii(0x9011, c.zone))
	}
	gps := []entry{ref(1, c.south, "S", "N"), angle(2, c.lat), ref(3, c.west, "W", "E"), angle(4, c.lon)}
	first := []entry{ascii(0x010f, maker), {0x0112, 3, 1, u16(c.orientation)}, {0x8769, 4, 1, nil}, {0x8825, 4, 1, nil}}
	at := 8 + size(first)
	first[2].value = u32(at)
	first[3].value = u32(at + size(sub))
	head := "II*\x00"
	if o.String() == "BigEndian" {
		head = "MM\x00*"
	}
	out := append([]byte(head), u32(8)...)
	for _, dir := range [][]entry{first, sub, gps} {
		out = appendDir(o, out, dir)
	}
	return out
}

func size(dir []entry) int {
	n := 2 + 12*len(dir) + 4
	for _, e := range dir {
		if len(e.value) > 4 || e.value == nil && e.kind != 4 {
			n += len(e.value)
		}
	}
	return n
}

func appendDir(o binary.AppendByteOrder, out []byte, dir []entry) []byte {
	out = o.AppendUint16(out, uint16(len(dir)))
	far := len(out) + 12*len(dir) + 4
	var values []byte
	for _, e := range dir {
		out = o.AppendUint16(o.AppendUint16(out, e.tag), e.kind)
		out = o.AppendUint32(out, e.count)
		if len(e.value) > 4 {
			out = o.AppendUint32(out, uint32(far+len(values)))
			values = append(values, e.value...)
			continue
		}
		out = append(out, append(e.value, 0, 0, 0, 0)[:4]...)
	}
	return append(append(out, 0, 0, 0, 0), values...)
}

// photo is a JPEG as a camera writes it, with a comment too.
func (c camera) photo(t testing.TB, img image.Image) []byte {
	t.Helper()
	jpg := plainJPEG(t, img)
	segment := func(marker byte, body []byte) []byte {
		return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
	}
	out := append([]byte{}, jpg[:2]...)
	out = append(out, segment(0xe1, append([]byte("Exif\x00\x00"), c.exifBlock()...))...)
	out = append(out, segment(0xe1, []byte("http://ns.adobe.com/xap/1.0/\x00<x>"+maker+"</x>"))...)
	out = append(out, segment(0xfe, []byte(maker))...)
	return append(append(out, jpg[2:]...), maker...)
}

// chunk is one part of a PNG.
func chunk(kind string, body []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, kind...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// bomb is a PNG that claims to be w by h pixels, of 8 or 16 bits a colour.
func bomb(w, h uint32, depth byte) []byte {
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(head, depth, 6, 0, 0, 0))...)
	return append(out, chunk("IDAT", []byte{0x78, 0x9c, 3, 0, 0, 0, 0, 1})...)
}
