package linear

import "math/bits"

// Bloom is a set of words that can be asked but not listed: names that slipped into training data cannot be read from
// it. Its length is a power of two.
type Bloom []byte

// bloomHashes is how many bits stand for a word.
const bloomHashes = 5

// Add puts a word in.
func (b Bloom) Add(word string) {
	h1, h2 := bloomHash(word)
	for i := range uint32(bloomHashes) {
		bit := (h1 + i*h2) % uint32(len(b)*8)
		b[bit/8] |= 1 << (bit % 8)
	}
}

// Has says whether the word was put in; about one in a hundred other words is taken for known.
func (b Bloom) Has(word string) bool {
	if len(b) == 0 {
		return false
	}
	h1, h2 := bloomHash(word)
	for i := range uint32(bloomHashes) {
		bit := (h1 + i*h2) % uint32(len(b)*8)
		if b[bit/8]&(1<<(bit%8)) == 0 {
			return false
		}
	}
	return true
}

func bloomHash(word string) (uint32, uint32) {
	h := uint32(2166136261)
	for i := range len(word) {
		h = (h ^ uint32(word[i])) * 16777619
	}
	return h ^ h>>15, bits.RotateLeft32(h*0x9e3779b1, 16) | 1
}
