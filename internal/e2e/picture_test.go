package e2e

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
)

// picture draws a small photo; each n has its own, and looks like no other.
func picture(n int) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 72, 64))
	for y := range 64 {
		for x := range 72 {
			cell := uint32(n)*2654435761 + uint32(x/8)*40503 + uint32(y/8)*2246822519
			cell ^= cell >> 15
			cell *= 2246822519
			img.Set(x, y, color.Gray{Y: uint8(cell >> 24)})
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return b.Bytes()
}

// onePixel is a picture that shows nothing.
func onePixel() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 1, 1)))
	return b.Bytes()
}

// bomb is a PNG of a few bytes that says it unfolds to 40,000 times 40,000 pixels.
func bomb() []byte {
	var b bytes.Buffer
	_ = png.Encode(&b, image.NewGray(image.Rect(0, 0, 16, 16)))
	out := b.Bytes()
	binary.BigEndian.PutUint32(out[16:], 40000)
	binary.BigEndian.PutUint32(out[20:], 40000)
	binary.BigEndian.PutUint32(out[29:], crc32.ChecksumIEEE(out[12:29]))
	return out
}

// geotagged is a photo whose camera wrote down where it was taken: 6°7'30" south, 106°9'0" east.
func geotagged(n int) []byte { return tagged(picture(n)) }

// detailed is such a photo, with details that are much smaller than what is masked of it.
func detailed(n int) []byte {
	const side, cell = 640, 4
	img := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			v := uint32(n)*2654435761 + uint32(x/cell)*40503 + uint32(y/cell)*2246822519
			v ^= v >> 15
			v *= 2246822519
			img.SetGray(x, y, color.Gray{Y: uint8(v >> 24)})
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return tagged(b.Bytes())
}

func tagged(plain []byte) []byte {
	tiff := []byte("MM\x00\x2a\x00\x00\x00\x08")
	u16 := func(v uint16) { tiff = binary.BigEndian.AppendUint16(tiff, v) }
	u32 := func(v uint32) { tiff = binary.BigEndian.AppendUint32(tiff, v) }
	entry := func(tag, kind uint16, count, value uint32) { u16(tag); u16(kind); u32(count); u32(value) }
	u16(1) // IFD0: one entry, the GPS IFD at 26
	entry(0x8825, 4, 1, 26)
	u32(0)
	u16(4) // GPS IFD at 26: 2 + 4*12 + 4 = 54 bytes, so data begins at 80
	entry(1, 2, 2, uint32('S')<<24)
	entry(2, 5, 3, 80)
	entry(3, 2, 2, uint32('E')<<24)
	entry(4, 5, 3, 104)
	u32(0)
	for _, v := range []uint32{6, 1, 7, 1, 30, 1, 106, 1, 9, 1, 0, 1} {
		u32(v)
	}
	segment := append([]byte("Exif\x00\x00"), tiff...)
	out := append([]byte(nil), plain[:2]...) // SOI
	out = append(out, 0xff, 0xe1)
	out = binary.BigEndian.AppendUint16(out, uint16(len(segment)+2))
	out = append(out, segment...)
	return append(out, plain[2:]...)
}
