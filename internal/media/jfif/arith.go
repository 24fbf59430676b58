package jfif

// arith reads a scan in arithmetic coding (T.81, annex D, and F.2.4, G.2.3).
type arith struct {
	data []byte
	pos  int
	c    uint32
	a    uint32
	left int // bits until the next byte
	over int // bytes asked for behind the end, since it began anew
	bad  bool

	low, high, split [4]int // conditioning (DAC)
	dc               [4][64]state
	ac               [4][256]state
	half             state
}

// state is one estimate: which bit is the likely one, and how likely.
type state struct{ at, likely uint8 }

// begin starts anew at a byte.
func (r *arith) begin(pos int) {
	r.pos, r.c, r.a, r.left, r.over, r.bad = pos, 0, 0x10000, 0, 0, false
	r.dc, r.ac, r.half = [4][64]state{}, [4][256]state{}, state{at: fixed}
	r.byte()
	r.c <<= 8
	r.byte()
	r.c <<= 8
	r.left = 0
	r.input()
}

// Behind the last byte come zeros: an encoder leaves those out. A few of them are taken for such, whether a marker ends the bytes or
// the file; each of them pays for many thousands of blocks at most.
func (r *arith) starved() bool { return r.over > 16 }

func (r *arith) byte() {
	var v byte
	switch {
	case r.pos >= len(r.data):
		r.over++
	case r.data[r.pos] != 0xff:
		v = r.data[r.pos]
		r.pos++
	case r.pos+1 < len(r.data) && r.data[r.pos+1] == 0:
		v = 0xff
		r.pos += 2
	default: // a marker: the scan ends here
		r.over++
	}
	r.c += uint32(v) << 8
}

func (r *arith) input() { r.byte(); r.left = 8 }

// bit reads one decision (T.81, figures D.16 to D.20). The upper half of c is compared with the interval a.
func (r *arith) bit(s *state) int {
	e := estimates[s.at]
	qe := uint32(e.qe)
	r.a -= qe
	d := s.likely
	if r.c>>16 < r.a {
		if r.a >= 0x8000 {
			return int(d)
		}
		if r.a < qe {
			d = s.unlikely(e)
		} else {
			s.at = e.mps
		}
	} else {
		r.c -= r.a << 16
		if r.a < qe {
			s.at = e.mps
		} else {
			d = s.unlikely(e)
		}
		r.a = qe
	}
	for {
		if r.left == 0 {
			r.input()
		}
		r.a <<= 1
		r.c <<= 1
		r.left--
		if r.a >= 0x8000 {
			return int(d)
		}
	}
}

// unlikely moves on after the unlikely bit, and gives it.
func (s *state) unlikely(e estimate) uint8 {
	d := 1 - s.likely
	if e.turns {
		s.likely = d
	}
	s.at = e.lps
	return d
}

// magnitude reads how large a number is, from where its categories are counted on (T.81, figures F.23 and F.24): m is 1 for the
// first of them.
func (r *arith) magnitude(bins []state, at, m int) (v, top int) {
	for r.bit(&bins[at]) != 0 {
		if m <<= 1; m >= 0x8000 || at+1 >= len(bins) {
			r.bad = true
			return 0, 0
		}
		at++
	}
	return r.pattern(bins, at, m), m
}

func (r *arith) pattern(bins []state, at, m int) int {
	v := m
	if at += 14; at >= len(bins) {
		r.bad = true
		return 0
	}
	for m >>= 1; m > 0; m >>= 1 {
		if r.bit(&bins[at]) != 0 {
			v |= m
		}
	}
	return v
}

// first reads a block's first coefficient (T.81, F.2.4.1).
func (r *arith) first(s *scan, c *scanned, block []int16) bool {
	bins := r.dc[c.dcTable][:]
	at := c.context
	if r.bit(&bins[at]) == 0 {
		c.context = 0
	} else {
		sign := r.bit(&bins[at+1])
		at += 2 + sign
		var v, top int
		if r.bit(&bins[at]) != 0 {
			v, top = r.magnitude(bins, 20, 1)
		} else {
			v = r.pattern(bins, at, 0)
		}
		switch {
		case top < 1<<r.low[c.dcTable]>>1:
			c.context = 0
		case top > 1<<r.high[c.dcTable]>>1:
			c.context = 12 + 4*sign
		default:
			c.context = 4 + 4*sign
		}
		if v++; sign != 0 {
			v = -v
		}
		c.last += v
	}
	block[0] = int16(c.last << s.low)
	return !r.bad
}

func (r *arith) firstRefined(s *scan, block []int16) {
	if r.bit(&r.half) != 0 {
		block[0] |= 1 << s.low
	}
}

// rest reads the other coefficients of a block, as far as a scan holds them (T.81, F.2.4.2).
func (r *arith) rest(s *scan, c *scanned, block []int16) bool {
	bins := r.ac[c.acTable][:]
	for k := max(s.from, 1); k <= s.to; k++ {
		if r.bit(&bins[3*(k-1)]) != 0 {
			break
		}
		for r.bit(&bins[3*(k-1)+1]) == 0 {
			if k++; k > s.to {
				return false
			}
		}
		sign, at := r.bit(&r.half), 3*(k-1)+2
		v := 0
		if r.bit(&bins[at]) != 0 {
			if r.bit(&bins[at]) != 0 {
				from := 217
				if k <= r.split[c.acTable] {
					from = 189
				}
				v, _ = r.magnitude(bins, from, 2)
			} else {
				v = r.pattern(bins, at, 1)
			}
		}
		if v++; sign != 0 {
			v = -v
		}
		if r.bad {
			return false
		}
		if len(block) > 1 {
			block[zigzag[k]] = int16(v << s.low)
		}
	}
	return true
}

// whole reads all of a block.
func (r *arith) whole(s *scan, c *scanned, block []int16) bool {
	return r.first(s, c, block) && r.rest(s, c, block)
}

// restRefined reads one more bit of the other coefficients (T.81, G.1.3.3).
func (r *arith) restRefined(s *scan, c *scanned, block []int16) bool {
	bins, bit := r.ac[c.acTable][:], int16(1<<s.low)
	end := s.to
	for end > 0 && block[zigzag[end]] == 0 {
		end--
	}
	for k := s.from; k <= s.to; k++ {
		if k > end && r.bit(&bins[3*(k-1)]) != 0 {
			break
		}
		for ; ; k++ {
			if k > s.to {
				return false
			}
			if r.refined(bins[3*(k-1):], &block[zigzag[k]], bit) {
				break
			}
		}
	}
	return true
}

// refined reads one more bit of a coefficient, false where it stays zero.
func (r *arith) refined(bins []state, p *int16, bit int16) bool {
	switch {
	case *p == 0 && r.bit(&bins[1]) == 0:
		return false
	case *p == 0:
		if *p = bit; r.bit(&r.half) != 0 {
			*p = -bit
		}
	case r.bit(&bins[2]) == 0:
	case *p > 0:
		*p += bit
	default:
		*p -= bit
	}
	return true
}

// estimate is a row of T.81, table D.3.
type estimate struct {
	qe       uint16
	lps, mps uint8
	turns    bool
}

// fixed is the estimate that stays at one half.
const fixed = 113

var estimates = [114]estimate{
	{0x5a1d, 1, 1, true}, {0x2586, 14, 2, false}, {0x1114, 16, 3, false}, {0x080b, 18, 4, false},
	{0x03d8, 20, 5, false}, {0x01da, 23, 6, false}, {0x00e5, 25, 7, false}, {0x006f, 28, 8, false},
	{0x0036, 30, 9, false}, {0x001a, 33, 10, false}, {0x000d, 35, 11, false}, {0x0006, 9, 12, false},
	{0x0003, 10, 13, false}, {0x0001, 12, 13, false}, {0x5a7f, 15, 15, true}, {0x3f25, 36, 16, false},
	{0x2cf2, 38, 17, false}, {0x207c, 39, 18, false}, {0x17b9, 40, 19, false}, {0x1182, 42, 20, false},
	{0x0cef, 43, 21, false}, {0x09a1, 45, 22, false}, {0x072f, 46, 23, false}, {0x055c, 48, 24, false},
	{0x0406, 49, 25, false}, {0x0303, 51, 26, false}, {0x0240, 52, 27, false}, {0x01b1, 54, 28, false},
	{0x0144, 56, 29, false}, {0x00f5, 57, 30, false}, {0x00b7, 59, 31, false}, {0x008a, 60, 32, false},
	{0x0068, 62, 33, false}, {0x004e, 63, 34, false}, {0x003b, 32, 35, false}, {0x002c, 33, 9, false},
	{0x5ae1, 37, 37, true}, {0x484c, 64, 38, false}, {0x3a0d, 65, 39, false}, {0x2ef1, 67, 40, false},
	{0x261f, 68, 41, false}, {0x1f33, 69, 42, false}, {0x19a8, 70, 43, false}, {0x1518, 72, 44, false},
	{0x1177, 73, 45, false}, {0x0e74, 74, 46, false}, {0x0bfb, 75, 47, false}, {0x09f8, 77, 48, false},
	{0x0861, 78, 49, false}, {0x0706, 79, 50, false}, {0x05cd, 48, 51, false}, {0x04de, 50, 52, false},
	{0x040f, 50, 53, false}, {0x0363, 51, 54, false}, {0x02d4, 52, 55, false}, {0x025c, 53, 56, false},
	{0x01f8, 54, 57, false}, {0x01a4, 55, 58, false}, {0x0160, 56, 59, false}, {0x0125, 57, 60, false},
	{0x00f6, 58, 61, false}, {0x00cb, 59, 62, false}, {0x00ab, 61, 63, false}, {0x008f, 61, 32, false},
	{0x5b12, 65, 65, true}, {0x4d04, 80, 66, false}, {0x412c, 81, 67, false}, {0x37d8, 82, 68, false},
	{0x2fe8, 83, 69, false}, {0x293c, 84, 70, false}, {0x2379, 86, 71, false}, {0x1edf, 87, 72, false},
	{0x1aa9, 87, 73, false}, {0x174e, 72, 74, false}, {0x1424, 72, 75, false}, {0x119c, 74, 76, false},
	{0x0f6b, 74, 77, false}, {0x0d51, 75, 78, false}, {0x0bb6, 77, 79, false}, {0x0a40, 77, 48, false},
	{0x5832, 80, 81, true}, {0x4d1c, 88, 82, false}, {0x438e, 89, 83, false}, {0x3bdd, 90, 84, false},
	{0x34ee, 91, 85, false}, {0x2eae, 92, 86, false}, {0x299a, 93, 87, false}, {0x2516, 86, 71, false},
	{0x5570, 88, 89, true}, {0x4ca9, 95, 90, false}, {0x44d9, 96, 91, false}, {0x3e22, 97, 92, false},
	{0x3824, 99, 93, false}, {0x32b4, 99, 94, false}, {0x2e17, 93, 86, false}, {0x56a8, 95, 96, true},
	{0x4f46, 101, 97, false}, {0x47e5, 102, 98, false}, {0x41cf, 103, 99, false}, {0x3c3d, 104, 100, false},
	{0x375e, 99, 93, false}, {0x5231, 105, 102, false}, {0x4c0f, 106, 103, false}, {0x4639, 107, 104, false},
	{0x415e, 103, 99, false}, {0x5627, 105, 106, true}, {0x50e7, 108, 107, false}, {0x4b85, 109, 103, false},
	{0x5597, 110, 109, false}, {0x504f, 111, 107, false}, {0x5a10, 110, 111, true}, {0x5522, 112, 109, false},
	{0x59eb, 112, 111, true}, {0x5a1d, 113, 113, false},
}
