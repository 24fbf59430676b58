package public

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/crc32"
	"sync"
)

// packer gzips pages. What is the same on all of them is pressed once: it is most of a page, and pressing it took a quarter of the time
// in which one is made.
type packer struct {
	same    []byte // what all pages hold
	pressed []byte // the same, as whole blocks that need nothing before them
	// writers are of use again: a new one takes most of a megabyte.
	writers sync.Pool
}

func newPacker(same []byte) *packer {
	p := &packer{same: same}
	var b bytes.Buffer
	p.press(&b, same, false)
	p.pressed = b.Bytes()
	return p
}

// press adds data as blocks to a stream; last ends the stream.
func (p *packer) press(to *bytes.Buffer, data []byte, last bool) {
	z, ok := p.writers.Get().(*flate.Writer)
	if !ok {
		z, _ = flate.NewWriter(nil, flate.BestSpeed) // that is a level
	}
	z.Reset(to)
	_, _ = z.Write(data) // memory takes all
	if last {
		_ = z.Close()
	} else {
		_ = z.Flush()
	}
	p.writers.Put(z)
}

// gzip packs a page.
func (p *packer) gzip(body []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(p.pressed) + len(body)/2)
	b.WriteString("\x1f\x8b\x08\x00\x00\x00\x00\x00\x04\xff") // deflate, no name, no time, fast, unknown system
	if before, after, found := bytes.Cut(body, p.same); found && len(p.same) > 0 {
		p.press(&b, before, false)
		b.Write(p.pressed)
		p.press(&b, after, true)
	} else {
		p.press(&b, body, true)
	}
	out := binary.LittleEndian.AppendUint32(b.Bytes(), crc32.ChecksumIEEE(body))
	return binary.LittleEndian.AppendUint32(out, uint32(len(body)))
}
