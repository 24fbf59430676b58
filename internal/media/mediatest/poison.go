// Package mediatest makes pictures that are small to send and large to draw, for tests.
package mediatest

import "encoding/binary"

// jpegPart is a part of a JPEG.
func jpegPart(marker byte, body ...byte) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// PoisonJPEG is a grey JPEG that takes a hundred times and more of its own size to be drawn: each block costs a bit or less. w and h are pixels; sampling is that of
// the grey, two numbers of four bits.
func PoisonJPEG(w, h int, progressive bool, sampling byte) []byte {
	quant := make([]byte, 65)
	for i := range quant[1:] {
		quant[i+1] = 1
	}
	frame := []byte{8}
	frame = binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint16(frame, uint16(h)), uint16(w))
	frame = append(frame, 3, 1, sampling, 0, 2, 0x11, 0, 3, 0x11, 0)
	marker := byte(0xc0)
	if progressive {
		marker = 0xc2
	}
	// One code of one bit each: no change; and 2^14 blocks that are empty (or one, where there are no such runs).
	ends := byte(0xe0)
	if !progressive {
		ends = 0
	}
	one := func(class, symbol byte) []byte {
		return append(append([]byte{class, 1}, make([]byte, 15)...), symbol)
	}
	out := append([]byte{0xff, 0xd8}, jpegPart(0xdb, quant...)...)
	out = append(out, jpegPart(marker, frame...)...)
	out = append(append(out, jpegPart(0xc4, one(0, 0)...)...), jpegPart(0xc4, one(0x10, ends)...)...)
	mh, mv := int(sampling>>4), int(sampling&15)
	units := (w + 8*mh - 1) / (8 * mh) * ((h + 8*mv - 1) / (8 * mv))
	blocks := units * (mh*mv + 2)
	if !progressive {
		out = append(out, jpegPart(0xda, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0)...)
		return append(append(out, make([]byte, blocks*2/8+1)...), 0xff, 0xd9)
	}
	out = append(out, jpegPart(0xda, 3, 1, 0, 2, 0, 3, 0, 0, 0, 0)...)
	out = append(out, make([]byte, blocks/8+1)...)
	for c := byte(1); c <= 3; c++ {
		out = append(out, jpegPart(0xda, 1, c, 0, 1, 63, 0)...)
		out = append(out, make([]byte, (w/8+1)*(h/8+1)*mh*mv/16384*15/8+16)...)
	}
	return append(out, 0xff, 0xd9)
}
