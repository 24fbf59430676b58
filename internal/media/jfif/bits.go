package jfif

import "fmt"

// bits reads a scan bit by bit. Behind its end come zeros: whether those were asked for tells starved.
type bits struct {
	data []byte
	pos  int
	acc  uint64
	n    int // bits in acc
	lent int // of those, how many are not in the file; they are the last ones
	// eobs is how many blocks are still empty (T.81, G.1.2.2).
	eobs int
}

// begin starts anew at a byte.
func (b *bits) begin(pos int) { b.pos, b.acc, b.n, b.lent, b.eobs = pos, 0, 0, 0, 0 }

// starved reports whether more was read than there is.
func (b *bits) starved() bool { return b.n < b.lent }

func (b *bits) fill() {
	for b.n <= 48 {
		var v byte
		switch {
		case b.pos >= len(b.data):
			b.lent += 8
		case b.data[b.pos] != 0xff:
			v = b.data[b.pos]
			b.pos++
		case b.pos+1 < len(b.data) && b.data[b.pos+1] == 0:
			v = 0xff
			b.pos += 2
		default: // a marker: the scan ends here
			b.lent += 8
		}
		b.acc = b.acc<<8 | uint64(v)
		b.n += 8
	}
}

func (b *bits) peek(n int) uint32 {
	if b.n < n {
		b.fill()
	}
	return uint32(b.acc>>(b.n-n)) & (1<<n - 1)
}

func (b *bits) drop(n int) { b.n -= n }

func (b *bits) take(n int) int {
	if n == 0 {
		return 0
	}
	v := b.peek(n)
	b.n -= n
	return int(v)
}

// value reads a number of n bits (T.81, table F.1).
func (b *bits) value(n int) int {
	if n == 0 {
		return 0
	}
	v := b.take(n)
	if v < 1<<(n-1) {
		v += -1<<n + 1
	}
	return v
}

// quick is how many bits of a code are looked up at once.
const quick = 9

// codes are the codes of one table.
type codes struct {
	set    bool
	look   [1 << quick]uint16 // length << 8 | symbol, 0 for none
	most   [17]int            // the largest code of each length, -1 for none
	offset [17]int
	symbol [256]uint8
}

func (c *codes) build(counts, symbols []byte) error {
	*c = codes{set: true}
	copy(c.symbol[:], symbols)
	code, i := 0, 0
	for n := 1; n <= 16; n++ {
		c.most[n] = -1
		if counts[n-1] > 0 {
			c.offset[n] = i - code
			for range counts[n-1] {
				if n <= quick {
					for k := range 1 << (quick - n) {
						at := code<<(quick-n) | k
						if at >= len(c.look) {
							return fmt.Errorf("codes: %w", ErrBroken)
						}
						c.look[at] = uint16(n)<<8 | uint16(symbols[i])
					}
				}
				code++
				i++
			}
			c.most[n] = code - 1
		}
		if code > 1<<n {
			return fmt.Errorf("codes: %w", ErrBroken)
		}
		code <<= 1
	}
	return nil
}

// next reads a symbol, -1 for bits that are none.
func (b *bits) next(c *codes) int {
	if e := c.look[b.peek(quick)]; e != 0 {
		b.drop(int(e >> 8))
		return int(e & 0xff)
	}
	all := int(b.peek(16))
	for n := 1; n <= 16; n++ {
		if code := all >> (16 - n); code <= c.most[n] && c.most[n] >= 0 {
			if at := code + c.offset[n]; at >= 0 && at < 256 {
				b.drop(n)
				return int(c.symbol[at])
			}
			return -1
		}
	}
	return -1
}

// whole reads all of a block (T.81, F.2.2).
func (b *bits) whole(s *scan, c *scanned, block []int16) bool {
	if !b.first(s, c, block) {
		return false
	}
	for k := 1; k < 64; k++ {
		v := b.next(c.ac)
		if v < 0 {
			return false
		}
		run, size := v>>4, v&15
		if size == 0 {
			if run != 15 {
				break
			}
			k += 15
			continue
		}
		if k += run; k > 63 {
			return false
		}
		v = b.value(size)
		if len(block) > 1 {
			block[zigzag[k]] = int16(v)
		}
	}
	return true
}

// first reads a block's first coefficient.
func (b *bits) first(s *scan, c *scanned, block []int16) bool {
	n := b.next(c.dc)
	if n < 0 || n > 15 {
		return false
	}
	c.last += b.value(n)
	block[0] = int16(c.last << s.low)
	return true
}

func (b *bits) firstRefined(s *scan, block []int16) {
	if b.take(1) != 0 {
		block[0] |= 1 << s.low
	}
}

// rest reads the other coefficients of a block, as far as a scan holds them (T.81, G.1.2.2).
func (b *bits) rest(s *scan, c *scanned, block []int16) bool {
	if b.eobs > 0 {
		b.eobs--
		return true
	}
	for k := s.from; k <= s.to; k++ {
		v := b.next(c.ac)
		if v < 0 {
			return false
		}
		run, size := v>>4, v&15
		if size == 0 {
			if run == 15 {
				k += 15
				continue
			}
			b.eobs = 1<<run + b.take(run) - 1
			return true
		}
		if k += run; k > s.to {
			return false
		}
		block[zigzag[k]] = int16(b.value(size) << s.low)
	}
	return true
}

// restRefined reads one more bit of the other coefficients (T.81, G.1.2.3).
func (b *bits) restRefined(s *scan, c *scanned, block []int16) bool {
	k, bit := s.from, int16(1<<s.low)
	for b.eobs == 0 && k <= s.to {
		v := b.next(c.ac)
		if v < 0 {
			return false
		}
		run, size := v>>4, v&15
		var fresh int16
		switch {
		case size == 1:
			if fresh = -bit; b.take(1) != 0 {
				fresh = bit
			}
		case size != 0:
			return false
		case run < 15:
			b.eobs = 1<<run + b.take(run)
		}
		if b.eobs > 0 {
			break
		}
		k = b.refine(s, block, k, run, bit)
		if fresh != 0 {
			if k > s.to {
				return false
			}
			block[zigzag[k]] = fresh
		}
		k++
	}
	if b.eobs > 0 {
		b.refine(s, block, k, 64, bit)
		b.eobs--
	}
	return true
}

// refine goes over zeros coefficients that are zero, and gives those that are not one more bit. It returns where it stopped.
func (b *bits) refine(s *scan, block []int16, k, zeros int, bit int16) int {
	for ; k <= s.to; k++ {
		p := &block[zigzag[k]]
		if *p == 0 {
			if zeros == 0 {
				break
			}
			zeros--
			continue
		}
		if b.take(1) != 0 && *p&bit == 0 {
			if *p > 0 {
				*p += bit
			} else {
				*p -= bit
			}
		}
	}
	return k
}
