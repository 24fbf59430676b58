// Package linear holds the small linear machines of the reader: sparse vectors of hashed features, weights in one byte
// each, and the file they are kept in. It is pure.
package linear

import "math"

// IDF is how much a hashed feature weighs by its rarity, in sixteenths, by hash; 0 leaves the feature out.
type IDF []uint8

// RareIDF works out the weights from how many of n texts hold a feature: ln((1+n)/(1+df))+1, features of fewer than
// least texts left out.
func RareIDF(df []int32, n, least int) IDF {
	out := make(IDF, len(df))
	for i, d := range df {
		if int(d) < least {
			continue
		}
		v := math.Log(float64(1+n)/float64(1+d)) + 1
		out[i] = uint8(min(255, math.Round(v*16)))
	}
	return out
}

// Scratch is the working memory of one Vector at a time.
type Scratch struct {
	count []uint8
	// Index and Value are the features of the text last told, each once; Norm is the length of Value.
	Index []uint32
	Value []float32
	Norm  float32
}

// NewScratch makes working memory for hashes below rows.
func NewScratch(rows int) *Scratch { return &Scratch{count: make([]uint8, rows)} }

// Begin starts a new text.
func (s *Scratch) Begin() { s.Index, s.Value, s.Norm = s.Index[:0], s.Value[:0], 0 }

// Add counts one feature.
func (s *Scratch) Add(hash uint32) {
	h := hash & uint32(len(s.count)-1)
	if s.count[h] == 0 {
		s.Index = append(s.Index, h)
	}
	if s.count[h] < 255 {
		s.count[h]++
	}
}

// logs holds 1+ln(n) for the counts that occur.
var logs = [...]float32{0, 1, 1.6931472, 2.0986123, 2.3862944, 2.609438, 2.7917595, 2.9459102, 3.0794415, 3.1972246, 3.3025851}

// End weighs what was counted: (1+ln count) · idf. Features without weight are dropped.
func (s *Scratch) End(idf IDF) {
	var sum float32
	n := 0
	for _, h := range s.Index {
		c := s.count[h]
		s.count[h] = 0
		w := idf[h]
		if w == 0 {
			continue
		}
		v := float32(w) * (1.0 / 16)
		if int(c) < len(logs) {
			v *= logs[c]
		} else {
			v *= logs[len(logs)-1]
		}
		s.Index[n] = h
		s.Value = append(s.Value, v)
		sum += v * v
		n++
	}
	s.Index = s.Index[:n]
	s.Norm = float32(math.Sqrt(float64(sum)))
}
