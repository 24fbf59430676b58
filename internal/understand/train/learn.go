package main

import (
	"fmt"
	"slices"

	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

const dims = 1 << words.Bits

// The recipe's numbers, found by cross-validation in the complaints (see internal/understand/MODEL.md).
const (
	categoryCost  = 0.3
	categoryLevel = 400
	rounds        = 12
	// pruned leaves out features whose largest weight is below this share of the largest of its class.
	pruned = 0.08
)

// learn trains everything and packs it.
func learn(d *dataset, o options) (*linear.File, error) {
	st := settings{c: categoryCost, level: categoryLevel, rounds: rounds, seed: o.seed}
	texts, labels, weight := d.categorised(nil)
	rows, idf := vectors(texts, matter, dims)
	m := oneVsRest(rows, labels, weight, dims, st)
	category, err := linear.NewTable(m.classes, idf, m.w, m.bias, pruned)
	if err != nil {
		return nil, err
	}
	for k := range category.Heat {
		category.Heat[k] = heat
	}
	heads, err := d.learnHeads(o)
	if err != nil {
		return nil, err
	}
	signals, err := d.learnSignals(o)
	if err != nil {
		return nil, err
	}
	turns, err := d.learnTurns(o)
	if err != nil {
		return nil, err
	}
	gists, err := d.learnGists(o)
	if err != nil {
		return nil, err
	}
	return &linear.File{
		Version: o.version, Note: fmt.Sprintf("%d texts, %d categories", len(texts), len(m.classes)),
		Tables: []*linear.Table{category, heads, signals, turns, gists}, Known: d.known(),
	}, nil
}

// heat is the sharpness of the category probabilities: softmax(heat·margin). Out-of-fold weak labels ask for less
// (their labels are often wrong or shared), what people judged acceptable for more; this stands between.
const heat = 7

func matter(c *words.Text, f func(uint32, int)) { c.Features(f) }

// categorised are the texts with a category; skip, when not nil, leaves some out.
func (d *dataset) categorised(skip func(i int) bool) (texts []words.Text, labels []string, weight []float64) {
	for i := range d.all {
		if d.all[i].category == "" || skip != nil && skip(i) {
			continue
		}
		texts, labels, weight = append(texts, d.texts[i]), append(labels, d.all[i].category), append(weight, d.all[i].weight)
	}
	return texts, labels, weight
}

// known are the words that several texts hold, as a Bloom filter.
func (d *dataset) known() linear.Bloom {
	df := map[string]int{}
	for i := range d.texts {
		seen := map[string]bool{}
		for _, w := range d.texts[i].Words {
			if !w.Number && !seen[w.Form] {
				seen[w.Form] = true
				df[w.Form]++
				if d.all[i].source == "seed" || d.all[i].source == "keyword" {
					df[w.Form] += 3
				}
			}
		}
	}
	b := make(linear.Bloom, 16<<10)
	var all []string
	for w, n := range df {
		if n >= 4 && len(w) > 1 {
			all = append(all, w)
		}
	}
	slices.Sort(all)
	for _, w := range all {
		b.Add(w)
	}
	return b
}
