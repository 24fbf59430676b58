package jfif

import (
	"context"
	"errors"
	"fmt"
	"image"
)

// decoder is a picture on its way.
type decoder struct {
	Head

	data   []byte
	pos    int
	shrink int

	quant    [4][64]int32
	codes    [2][4]codes // by class (0 first, 1 rest) and number
	arith    arith
	interval int // how many units stand between two restarts; 0: none

	pixels [4]pixels
	one    [64]int16 // the block of a sequential picture that is read: it lies here, or each would be a piece of memory of its own
	scans  int
	// got is how much of the first coefficients has been read, at most: of 1.
	got float64
}

// pixels are a colour's coefficients and what they draw.
type pixels struct {
	kept   []int16 // keptOf coefficients for each block; progressive pictures only
	plane  []byte
	stride int
	quant  *[64]int32 // as it stood when the colour was begun
	// times is how often each coefficient was in a scan.
	times [64]int
}

// entropy reads blocks.
type entropy interface {
	whole(s *scan, c *scanned, block []int16) bool
	first(s *scan, c *scanned, block []int16) bool
	firstRefined(s *scan, block []int16)
	rest(s *scan, c *scanned, block []int16) bool
	restRefined(s *scan, c *scanned, block []int16) bool
}

// scan is one walk through the picture.
type scan struct {
	colours        []*scanned
	from, to       int
	refines        bool
	low            uint
	entropy        entropy
	begin          func(pos int)
	at             func() int
	starved        func() bool
	units, perLine int
}

// scanned is a colour within a scan.
type scanned struct {
	part             *part
	pixels           *pixels
	dc, ac           *codes
	dcTable, acTable int
	last, context    int
}

// Decode draws a picture with each side divided by shrink (1, 2, 4, 8). Where a part of it is missing, that is grey. Where nothing
// can be made out the error is ErrBroken. It ends with ctx, whose error it gives then: that is looked at with each line.
func Decode(ctx context.Context, data []byte, shrink int) (image.Image, error) {
	h, err := ReadHead(data)
	if err != nil {
		return nil, err
	}
	d := &decoder{Head: h, data: data, pos: 2, shrink: shrink}
	d.arith.data = data
	for i := range 4 {
		d.arith.high[i], d.arith.split[i] = 1, 5
	}
	d.room()
	for {
		marker, body, ok := d.segment()
		if !ok || d.read(ctx, marker, body) != nil {
			break // what came before it is shown
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if d.got < enough {
		return nil, ErrBroken
	}
	return d.picture(ctx)
}

// enough is how much of a picture must be there to be worth a look: of 1.
const enough = 0.01

func (d *decoder) read(ctx context.Context, marker byte, body []byte) error {
	switch {
	case marker == mSOS:
		return d.scan(ctx, body)
	case isFrame(marker), marker == mAPE: // read with the head
		return nil
	}
	return d.tables(marker, body)
}

func (d *decoder) room() {
	size := 8 / d.shrink
	for i, p := range d.parts {
		px := &d.pixels[i]
		px.stride = p.all * size
		px.plane = make([]byte, px.stride*p.tall*size)
		if !d.progressive {
			for i := range px.plane {
				px.plane[i] = 128
			}
			continue
		}
		px.kept = make([]int16, p.all*p.tall*keptOf(d.shrink))
	}
}

var errEnough = errors.New("too many scans")

// scan reads a scan's header and its blocks.
func (d *decoder) scan(ctx context.Context, b []byte) error {
	if d.scans++; d.scans > maxScans {
		return errEnough
	}
	s, err := d.scanHead(b)
	if err != nil {
		return err
	}
	if !d.due(s) {
		return errEnough
	}
	if s.from == 0 || d.shrink < 8 { // else only the first coefficients are drawn: the next marker is looked for
		return d.units(ctx, s)
	}
	return nil
}

// maxTimes is how often a coefficient may come in a progressive picture: as a whole number, and then for each of its other bits once
// more (T.81, G.1.1.1.2).
const maxTimes = 14

// due counts a scan, and reports whether there may be one like it (T.81, B.2.3): a sequential picture has each colour once.
func (d *decoder) due(s *scan) bool {
	most := 1
	if d.progressive {
		most = maxTimes
	}
	for _, c := range s.colours {
		for k := s.from; k <= s.to; k++ {
			if c.pixels.times[k]++; c.pixels.times[k] > most {
				return false
			}
		}
	}
	return true
}

func (d *decoder) scanHead(b []byte) (*scan, error) {
	broken := fmt.Errorf("scan: %w", ErrBroken)
	if len(b) < 1 || b[0] < 1 || b[0] > 4 || len(b) < 4+2*int(b[0]) {
		return nil, broken
	}
	n := int(b[0])
	tail := b[1+2*n:]
	s := &scan{from: int(tail[0]), to: int(tail[1]), refines: tail[2]>>4 != 0, low: uint(tail[2] & 15)}
	if !d.progressive {
		s.from, s.to, s.refines, s.low = 0, 63, false, 0
	}
	if s.from > s.to || s.to > 63 || s.from > 0 && n > 1 || d.progressive && s.from == 0 && s.to > 0 || s.low > 13 {
		return nil, broken
	}
	for i := range n {
		c := &scanned{dcTable: int(b[2+2*i] >> 4), acTable: int(b[2+2*i] & 15)}
		for j := range d.parts {
			if d.parts[j].id == int(b[1+2*i]) {
				c.part, c.pixels = &d.parts[j], &d.pixels[j]
			}
		}
		if c.part == nil || c.dcTable > 3 || c.acTable > 3 {
			return nil, broken
		}
		c.dc, c.ac = &d.codes[0][c.dcTable], &d.codes[1][c.acTable]
		if !d.arithmetic && (s.from == 0 && !s.refines && !c.dc.set || s.to > 0 && !c.ac.set) {
			return nil, broken
		}
		if c.pixels.quant == nil {
			q := d.quant[c.part.table]
			c.pixels.quant = &q
		}
		s.colours = append(s.colours, c)
	}
	if d.arithmetic {
		s.entropy, s.begin, s.starved = &d.arith, d.arith.begin, d.arith.starved
		s.at = func() int { return d.arith.pos }
	} else {
		b := &bits{data: d.data}
		s.entropy, s.begin, s.starved = b, b.begin, b.starved
		s.at = func() int { return b.pos }
	}
	if n == 1 {
		s.perLine, s.units = s.colours[0].part.wide, s.colours[0].part.wide*s.colours[0].part.high
	} else {
		s.perLine = ceil(d.Width, 8*d.maxH)
		s.units = s.perLine * ceil(d.Height, 8*d.maxV)
	}
	return s, nil
}

// units reads the blocks of a scan. Where they cannot be read it goes on at the next restart, if there is one.
func (d *decoder) units(ctx context.Context, s *scan) error {
	s.begin(d.pos)
	read, left, line := 0, d.interval, 0
	for u := 0; u < s.units; u++ {
		if u >= line {
			if err := ctx.Err(); err != nil {
				return err
			}
			line = u + s.perLine
		}
		if d.interval > 0 && left == 0 {
			if !d.restart(s) {
				break
			}
			left = d.interval
		}
		left--
		if d.unit(s, u) && !s.starved() {
			read++
			continue
		}
		if d.interval == 0 || !d.restart(s) {
			break
		}
		u += left // what stood before the restart is lost
		left = d.interval
	}
	d.pos = s.at()
	if s.from == 0 {
		d.got = max(d.got, float64(read)/float64(s.units))
	}
	return nil
}

// restart goes behind the next restart marker.
func (d *decoder) restart(s *scan) bool {
	for at := s.at(); at+1 < len(d.data); at++ {
		if d.data[at] != 0xff {
			continue
		}
		switch m := d.data[at+1]; {
		case m == 0 || m == 0xff:
			continue
		case m < mRST || m > mRST+7:
			return false
		}
		for _, c := range s.colours {
			c.last, c.context = 0, 0
		}
		s.begin(at + 2)
		return true
	}
	return false
}

// unit reads what belongs together: a block, or as many of each colour as its sampling says.
func (d *decoder) unit(s *scan, u int) bool {
	x, y := u%s.perLine, u/s.perLine
	if len(s.colours) == 1 {
		return d.block(s, s.colours[0], x, y)
	}
	for _, c := range s.colours {
		for v := range c.part.v {
			for h := range c.part.h {
				if !d.block(s, c, x*c.part.h+h, y*c.part.v+v) {
					return false
				}
			}
		}
	}
	return true
}

func (d *decoder) block(s *scan, c *scanned, x, y int) bool {
	if !d.progressive {
		d.one = [64]int16{}
		ok := s.entropy.whole(s, c, d.one[:])
		if ok && !s.starved() {
			c.pixels.draw(&d.one, x, y, d.shrink)
		}
		return ok
	}
	n := keptOf(d.shrink)
	at := (y*c.part.all + x) * n
	block := c.pixels.kept[at : at+n]
	switch {
	case s.from == 0 && !s.refines:
		return s.entropy.first(s, c, block)
	case s.from == 0:
		s.entropy.firstRefined(s, block)
		return true
	case !s.refines:
		return s.entropy.rest(s, c, block)
	default:
		return s.entropy.restRefined(s, c, block)
	}
}
