package main

import (
	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

// emit tells the features of a text.
type emit func(c *words.Text, f func(hash uint32, at int))

// rarest is in how many texts a feature must stand.
const rarest = 2

// vectors turns texts into unit vectors, with the rarity weights learnt from those texts.
func vectors(texts []words.Text, features emit, rows int) ([]row, linear.IDF) {
	df := make([]int32, rows)
	none := make(linear.IDF, rows)
	s := linear.NewScratch(rows)
	for i := range texts {
		s.Begin()
		features(&texts[i], func(h uint32, _ int) { s.Add(h) })
		for _, h := range s.Index {
			df[h]++
		}
		s.End(none)
	}
	idf := linear.RareIDF(df, len(texts), rarest)
	return apply(texts, features, idf), idf
}

// apply turns texts into unit vectors with given rarity weights.
func apply(texts []words.Text, features emit, idf linear.IDF) []row {
	s := linear.NewScratch(len(idf))
	out := make([]row, len(texts))
	for i := range texts {
		s.Begin()
		features(&texts[i], func(h uint32, _ int) { s.Add(h) })
		s.End(idf)
		r := row{idx: append([]uint32(nil), s.Index...), val: make([]float32, len(s.Value))}
		for k, v := range s.Value {
			r.val[k] = v / max(s.Norm, 1e-6)
		}
		out[i] = r
	}
	return out
}
