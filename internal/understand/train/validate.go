package main

import (
	"fmt"
	"hash/fnv"
	"path/filepath"
	"slices"

	"rabeg/internal/understand/words"
)

// crossValidate measures the categories on complaints that were not learnt from: their labels are weak, so the figures
// show differences between recipes rather than what a city will see.
func (d *dataset) crossValidate(o options) error {
	office, err := officeOf(filepath.Join(o.data, "opd", "categories.csv"))
	if err != nil {
		return err
	}
	st := settings{c: categoryCost, level: categoryLevel, rounds: rounds, seed: o.seed}
	var t tally
	t.by = map[string][2]int{}
	for fold := range o.folds {
		out := func(i int) bool { return d.foreign(i) && foldOf(&d.texts[i], o.folds) == fold }
		texts, labels, weight := d.categorised(out)
		rows, idf := vectors(texts, matter, dims)
		m := oneVsRest(rows, labels, weight, dims, st)
		held, want, _ := d.categorised(func(i int) bool { return !out(i) })
		for i, r := range apply(held, matter, idf) {
			t.count(m.classes, m.scores(r), want[i], office)
		}
	}
	macro := 0.0
	for _, n := range t.by {
		macro += float64(n[0]) / float64(n[1])
	}
	pct := func(n int) float64 { return 100 * float64(n) / float64(t.n) }
	fmt.Printf("%d-fold, %d complaints: office %.1f %%, among first three %.1f %%, category %.1f %%, mean of categories %.1f %%\n",
		o.folds, t.n, pct(t.office), pct(t.three), pct(t.category), 100*macro/float64(len(t.by)))
	d.turnSet().validate(d.lx, "said to a filed report", o)
	return d.validateHeads(o)
}

type tally struct {
	n, category, office, three int
	by                         map[string][2]int
}

func (t *tally) count(classes []string, scores []float64, want string, office map[string]string) {
	order := make([]int, len(classes))
	for k := range order {
		order[k] = k
	}
	slices.SortFunc(order, func(a, b int) int {
		if scores[a] > scores[b] {
			return -1
		}
		return 1
	})
	t.n++
	n := t.by[want]
	n[1]++
	if classes[order[0]] == want {
		t.category++
		n[0]++
	}
	t.by[want] = n
	var offices []string
	for _, k := range order {
		if o := office[classes[k]]; !slices.Contains(offices, o) {
			offices = append(offices, o)
		}
		if len(offices) == 3 {
			break
		}
	}
	if offices[0] == office[want] {
		t.office++
	}
	if slices.Contains(offices, office[want]) {
		t.three++
	}
}

// validateHeads prints what the heads find in phrases and complaints they have not learnt from.
func (d *dataset) validateHeads(o options) error {
	h := d.headData()
	rows, _ := vectors(h.texts, d.everything, 1<<headBits)
	for k, name := range headLabels {
		data := h.outOfFold(rows, k, o.seed)
		a, b := platt(data)
		for _, cut := range []float64{-2, -1, 0} { // probabilities 0.12, 0.27, 0.5
			found, wrong := share{}, share{}
			for _, s := range data {
				hit := float64(a)*s.s+float64(b) >= cut
				if s.y > 0 {
					found.count(hit)
				} else {
					wrong.count(hit)
				}
			}
			fmt.Printf("5-fold %-13s cut %4.1f: found %d of %d, wrongly %d of %d\n",
				name, cut, found.hits, found.all, wrong.hits, wrong.all)
		}
	}
	return nil
}

// share is hits out of all.
type share struct{ hits, all int }

func (s *share) count(hit bool) {
	s.all++
	if hit {
		s.hits++
	}
}

// foreign says whether an example is a citizen's text, which may be held out; our own phrases never are.
func (d *dataset) foreign(i int) bool {
	switch d.all[i].source {
	case "seed", "keyword", "correction", "stemmed":
		return false
	}
	return true
}

// foldOf puts texts that begin alike into one part, so that copies do not help each other.
func foldOf(t *words.Text, k int) int {
	h := fnv.New32a()
	n := 0
	for i := range t.Words {
		if t.Words[i].Weak {
			continue
		}
		h.Write([]byte(t.Words[i].Form))
		if n++; n == 6 {
			break
		}
	}
	return int(h.Sum32()>>4) % k
}

func officeOf(file string) (map[string]string, error) {
	rows, err := readCSV(file)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, r := range rows[1:] {
		out[r[0]] = r[2]
	}
	return out, nil
}
