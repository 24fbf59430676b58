package phones

import (
	"bytes"
	"encoding/binary"
	"errors"
)

// errSound says that what was recorded is nothing that a phone would send.
var errSound = errors.New("this is no voice note")

// spoken makes a voice note as phones send them, Opus in Ogg, of what a browser recorded: some write Ogg, others the same Opus in WebM.
// Whatever else it is goes out as it is, as people send odd files, too.
func spoken(data []byte) ([]byte, error) {
	if len(data) == 0 {
		return nil, errSound
	}
	if !bytes.HasPrefix(data, []byte{0x1a, 0x45, 0xdf, 0xa3}) {
		return data, nil
	}
	head, packets := fromWebM(data)
	if len(packets) == 0 {
		return nil, errSound
	}
	return intoOgg(head, packets), nil
}

// The elements of a WebM file that lead to its sound.
const (
	ebmlSegment      = 0x18538067
	ebmlCluster      = 0x1f43b675
	ebmlBlockGroup   = 0xa0
	ebmlTracks       = 0x1654ae6b
	ebmlTrackEntry   = 0xae
	ebmlCodecPrivate = 0x63a2
	ebmlSimpleBlock  = 0xa3
	ebmlBlock        = 0xa1
)

// fromWebM takes the head of the Opus stream and its packets out of a WebM file, as far as it can be read.
func fromWebM(data []byte) (head []byte, packets [][]byte) {
	var walk func([]byte)
	walk = func(data []byte) {
		for len(data) > 1 {
			id, n := vint(data, false)
			size, m := vint(data[n:], true)
			if n == 0 || m == 0 {
				return
			}
			data = data[n+m:]
			if size > uint64(len(data)) { // also one whose size nobody knew when it began
				size = uint64(len(data))
			}
			inside := data[:size]
			data = data[size:]
			switch id {
			case ebmlSegment, ebmlCluster, ebmlBlockGroup, ebmlTracks, ebmlTrackEntry:
				walk(inside)
			case ebmlCodecPrivate:
				head = inside
			case ebmlSimpleBlock, ebmlBlock:
				_, n := vint(inside, true)
				if n > 0 && len(inside) > n+3 {
					packets = append(packets, inside[n+3:])
				}
			}
		}
	}
	walk(data)
	return head, packets
}

// vint reads a number of a length that its first byte tells; n is that length, 0 where it cannot be read. Sizes are read without the
// mark of the length, ids with it.
func vint(data []byte, size bool) (v uint64, n int) {
	if len(data) == 0 || data[0] == 0 {
		return 0, 0
	}
	n = 1
	for mark := byte(0x80); data[0]&mark == 0; mark >>= 1 {
		n++
	}
	if len(data) < n {
		return 0, 0
	}
	v = uint64(data[0])
	if size {
		v &= 1<<(8-n) - 1
	}
	for _, b := range data[1:n] {
		v = v<<8 | uint64(b)
	}
	return v, n
}

// intoOgg writes an Opus stream as Ogg, one packet a page. head is the stream's own, or one for a single voice where there is none.
func intoOgg(head []byte, packets [][]byte) []byte {
	if !bytes.HasPrefix(head, []byte("OpusHead")) {
		head = append([]byte("OpusHead\x01\x01"), 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0)
	}
	var b bytes.Buffer
	page := 0
	write := func(kind byte, at uint64, packet []byte) {
		b.Write(oggPage(kind, at, page, packet))
		page++
	}
	write(2, 0, head)
	write(0, 0, append([]byte("OpusTags"), 5, 0, 0, 0, 'R', 'a', 'b', 'e', 'g', 0, 0, 0, 0))
	at := uint64(0)
	for i, p := range packets {
		at += samples(p)
		kind := byte(0)
		if i == len(packets)-1 {
			kind = 4
		}
		write(kind, at, p)
	}
	return b.Bytes()
}

// samples is how long a packet sounds, at 48,000 a second: its first byte tells (RFC 6716, 3.1).
func samples(p []byte) uint64 {
	if len(p) == 0 {
		return 0
	}
	var frame uint64
	switch config := p[0] >> 3; {
	case config >= 16:
		frame = 120 << (config & 3)
	case config >= 12:
		frame = 480 << (config & 1)
	default:
		frame = [4]uint64{480, 960, 1920, 2880}[config&3]
	}
	switch p[0] & 3 {
	case 0:
		return frame
	case 1, 2:
		return 2 * frame
	default:
		if len(p) < 2 {
			return frame
		}
		return uint64(p[1]&63) * frame
	}
}

// oggPage writes one page with one packet of at most 64 KB (RFC 3533).
func oggPage(kind byte, at uint64, n int, packet []byte) []byte {
	packet = packet[:min(len(packet), 255*254)]
	segments := len(packet)/255 + 1
	page := make([]byte, 27, 27+segments+len(packet))
	copy(page, "OggS")
	page[5] = kind
	binary.LittleEndian.PutUint64(page[6:], at)
	binary.LittleEndian.PutUint32(page[14:], 1)
	binary.LittleEndian.PutUint32(page[18:], uint32(n))
	page[26] = byte(segments)
	for range segments - 1 {
		page = append(page, 255)
	}
	page = append(page, byte(len(packet)%255))
	page = append(page, packet...)
	binary.LittleEndian.PutUint32(page[22:], oggSum(page))
	return page
}

// oggSum is the checksum of a page: polynomial 04c11db7, nothing turned round.
func oggSum(page []byte) uint32 {
	var sum uint32
	for _, b := range page {
		sum ^= uint32(b) << 24
		for range 8 {
			if sum&(1<<31) != 0 {
				sum = sum<<1 ^ 0x04c11db7
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}
