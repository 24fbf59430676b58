package place

import "math/bits"

// letters is the set of a word's letters, for throwing unlike words out before they are compared.
func letters(s string) uint64 {
	var m uint64
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
			m |= 1 << (c - 'a')
		case c >= '0' && c <= '9':
			m |= 1 << (26 + c - '0')
		default:
			m |= 1 << 40
		}
	}
	return m
}

// digitSet are the digits in a set of letters.
const digitSet = (1<<10 - 1) << 26

// maxEdits is how many slips of the finger a name of n letters may bear.
func maxEdits(n int) int {
	switch {
	case n < 4:
		return 0
	case n < 7:
		return 1
	case n < 14:
		return 2
	}
	return 3
}

// similar says how well a written word q fits a name f, 0 to 1: 1 the same, from 0.9 hardly another one. It knows slips of
// the finger (one letter more, less, other, two exchanged) and words written without their vowels ("cpcok").
func similar(q, f string, qset, fset uint64) float64 {
	if q == f {
		return 1
	}
	n := len(f)
	if len(q) < 3 || n < 4 || len(q) > n+3 {
		return 0
	}
	if digits := qset&digitSet | fset&digitSet; digits != 0 && (qset&digitSet != fset&digitSet || numbers(q) != numbers(f)) {
		return 0 // another number is another place
	}
	most := maxEdits(n)
	s := 0.0
	if diff := n - len(q); diff <= most && diff >= -most && bits.OnesCount64(qset^fset) <= 2*most {
		s = slips(edits(q, f, most), n)
		if q[0] != f[0] {
			s -= 0.08
		}
	}
	if s < 0.9 && qset&^fset == 0 {
		s = max(s, vowelless(q, f))
	}
	return max(s, 0)
}

// slips turns a number of edits in a name of n letters into a score. The steps were set by hand: one slip in seven
// letters is the name, two in eight are worth asking.
func slips(d, n int) float64 {
	switch {
	case d == 1 && n >= 7:
		return 0.93
	case d == 1 && n == 6:
		return 0.87
	case d == 1 && n == 5:
		return 0.8
	case d == 1 && n == 4:
		return 0.68
	case d == 2 && n >= 10:
		return 0.86
	case d == 2 && n >= 8:
		return 0.78
	case d == 2 && n == 7:
		return 0.7
	case d == 3 && n >= 14:
		return 0.78
	}
	return 0
}

// vowelless scores a word that is the name without some of its vowels.
func vowelless(q, f string) float64 {
	if q[0] != f[0] || len(q) >= len(f) || 2*len(q) < len(f)-1 {
		return 0
	}
	k, consonants := 0, 0
	for i := range len(f) {
		if k < len(q) && q[k] == f[i] {
			k++
			if !vowel(f[i]) {
				consonants++
			}
			continue
		}
		if !vowel(f[i]) {
			return 0
		}
	}
	switch {
	case k < len(q) || consonants < 3:
		return 0
	case consonants >= 5:
		return 0.92
	case consonants == 4:
		return 0.86
	}
	return 0.74
}

func vowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

// numbers gives the digits of a word in order, packed.
func numbers(s string) uint64 {
	var n uint64
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			n = n*11 + uint64(s[i]-'0') + 1
		}
	}
	return n
}

// edits counts letters inserted, left out, changed or exchanged with the next one; more than most is most+1.
func edits(a, b string, most int) int {
	const size = 48
	if len(a) >= size || len(b) >= size {
		return most + 1
	}
	var rows [3][size]int8
	before, last, now := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = int8(j)
	}
	for i := range len(a) {
		now[0] = int8(i + 1)
		low := now[0]
		for j := range len(b) {
			cost := int8(1)
			if a[i] == b[j] {
				cost = 0
			}
			d := min(last[j]+cost, last[j+1]+1, now[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				d = min(d, before[j-1]+1)
			}
			now[j+1] = d
			low = min(low, d)
		}
		if int(low) > most {
			return most + 1
		}
		before, last, now = last, now, before
	}
	return int(last[len(b)])
}
