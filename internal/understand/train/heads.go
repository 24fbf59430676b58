package main

import (
	"hash/fnv"
	"math"

	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

// The second table's machines.
var headLabels = []string{"darurat", "bukan_laporan", "pengaduan", "aspirasi", "informasi"}

// target is one text of one head: +1 or -1, and how much it counts.
type target struct {
	y    int8
	cost float64
}

// headRows is what all heads learn from: one list of texts, and per head which of them count and how.
type headRows struct {
	texts   []words.Text
	targets [5][]target // by head; cost 0 leaves the text out
	fold    []int
}

func (h *headRows) add(t words.Text, v [5]target) {
	h.texts = append(h.texts, t)
	for k := range v {
		h.targets[k] = append(h.targets[k], v[k])
	}
	f := fnv.New32a()
	for i := range t.Words {
		f.Write([]byte(t.Words[i].Form))
	}
	h.fold = append(h.fold, int(f.Sum32()>>3)%5)
}

// headData labels texts for the heads: our own phrases, complaints with their kind, and complaints in which the rules
// see no danger as examples of none.
func (d *dataset) headData() *headRows {
	h := &headRows{}
	yes, no := func(c float64) target { return target{1, c} }, func(c float64) target { return target{-1, c} }
	for _, e := range d.emergency {
		if e.category == "darurat" {
			h.add(d.lx.Read(e.text), [5]target{yes(12), no(4), {}, {}, {}})
		} else {
			h.add(d.lx.Read(e.text), [5]target{no(8), no(2), {}, {}, {}})
		}
	}
	for _, e := range d.small {
		h.add(d.lx.Read(e.text), [5]target{no(2), yes(8), {}, {}, {}})
	}
	for _, e := range d.kind {
		v := kindTargets(e.category, 4)
		v[0], v[1] = no(2), no(1)
		h.add(d.lx.Read(e.text), v)
	}
	for i, e := range d.all {
		if e.source == "stemmed" {
			continue
		}
		t := d.texts[i]
		var v [5]target
		if e.source == "seed" || e.source == "keyword" {
			if e.kind != "" {
				v = kindTargets(e.kind, phraseTrust)
			}
			v[1] = no(3)
			if !besideDanger[e.category] {
				v[0] = no(2)
			}
			h.add(t, v)
			continue
		}
		if _, _, danger := d.lx.Emergency(&t); !danger {
			v[0] = no(1)
		}
		thanks := d.lx.Count(&t, "thanks", 30) >= 3 && d.lx.Count(&t, "plea", 30) == 0
		if _, small := d.lx.SmallTalk(&t); !small && !thanks && e.category != "" {
			v[1] = no(1)
		}
		if e.kind != "" {
			k := kindTargets(e.kind, 1)
			v[2], v[3], v[4] = k[2], k[3], k[4]
		} else if guess := d.weakKind(&t); guess != "" {
			k := kindTargets(guess, 0.3)
			v[2], v[3], v[4] = k[2], k[3], k[4]
		}
		h.add(t, v)
	}
	return h
}

// phraseTrust is how much a phrase of ours that tells its kind counts beside the phrases written for the kind alone.
const phraseTrust = 2

// besideDanger are the categories whose phrases may tell of danger: they are no examples of safety.
var besideDanger = map[string]bool{"perempuan_anak_kb": true, "damkar_penyelamatan": true}

func kindTargets(kind string, cost float64) (v [5]target) {
	for k := 2; k < 5; k++ {
		v[k] = target{-1, cost}
		if headLabels[k] == kind {
			v[k].y = 1
		}
	}
	return v
}

// weakKind guesses the kind of complaints that carry none: asking at the beginning and nothing that troubles, or
// something that troubles and no asking.
func (d *dataset) weakKind(t *words.Text) string {
	ask, trouble, wish := d.lx.Count(t, "ask", 12), d.lx.Count(t, "trouble", len(t.Words)), d.lx.Count(t, "wish", len(t.Words))
	switch {
	case ask >= 2 && trouble == 0 && wish == 0 && len(t.Words) <= 40:
		return "informasi"
	case trouble >= 2 && ask == 0 && wish == 0:
		return "pengaduan"
	}
	return ""
}

func (d *dataset) everything(c *words.Text, f func(uint32, int)) { c.All(d.lx, f) }

const headBits = 15

// learnHeads trains the five machines of the second table and calibrates each on texts it has not seen.
func (d *dataset) learnHeads(o options) (*linear.Table, error) {
	h := d.headData()
	rows, idf := vectors(h.texts, d.everything, 1<<headBits)
	weights, bias := make([][]float32, 5), make([]float32, 5)
	heat, shift := make([]float32, 5), make([]float32, 5)
	for k := range headLabels {
		if weights[k], bias[k] = h.solve(rows, k, -1, o.seed); k == danger {
			weights[k], bias[k] = h.steady(rows, k, o.seed)
		}
		heat[k], shift[k] = platt(h.outOfFold(rows, k, o.seed))
	}
	t, err := linear.NewTable(headLabels, idf, weights, bias, 0.004)
	if err != nil {
		return nil, err
	}
	t.Heat, t.Shift = heat, shift
	return t, nil
}

// headCost is the cost of a mistake of each head.
var headCost = [5]float64{0.5, 0.5, 0.3, 0.3, 0.3}

// danger is the head of which a miss costs most. shuffles is over how many orders of the texts it is averaged: after so few rounds
// one order alone moves its border, and with it how many dangers are seen.
const (
	danger   = 0
	shuffles = 5
)

// steady trains head k on all texts in several orders, and gives the mean.
func (h *headRows) steady(rows []row, k int, seed uint64) ([]float32, float32) {
	mean, bias := h.solve(rows, k, -1, seed)
	for n := uint64(1); n < shuffles; n++ {
		w, b := h.solve(rows, k, -1, seed+1000*n)
		for i := range w {
			mean[i] += w[i]
		}
		bias += b
	}
	for i := range mean {
		mean[i] /= shuffles
	}
	return mean, bias / shuffles
}

// solve trains head k on all folds but one (-1: on all).
func (h *headRows) solve(rows []row, k, without int, seed uint64) ([]float32, float32) {
	return h.solveWith(rows, k, without, seed, 1<<headBits, headCost[k])
}

func (h *headRows) solveWith(rows []row, k, without int, seed uint64, dims int, cost float64) ([]float32, float32) {
	p := problem{dims: dims}
	var pos, neg float64
	for i, t := range h.targets[k] {
		if t.cost == 0 || h.fold[i] == without {
			continue
		}
		if t.y > 0 {
			pos += t.cost
		} else {
			neg += t.cost
		}
	}
	lift := math.Sqrt(neg / max(pos, 1))
	for i, t := range h.targets[k] {
		if t.cost == 0 || h.fold[i] == without {
			continue
		}
		c := cost * t.cost
		if t.y > 0 {
			c *= lift
		}
		p.rows, p.y, p.cost = append(p.rows, rows[i]), append(p.y, t.y), append(p.cost, float32(c))
	}
	return p.solve(seed+100+uint64(k), rounds, 0.1)
}

// scored is one out-of-fold score.
type scored struct {
	s, w float64
	y    int8
	i    int
}

func (h *headRows) outOfFold(rows []row, k int, seed uint64) []scored {
	return h.outOfFoldWith(rows, k, seed, 1<<headBits, headCost[k])
}

func (h *headRows) outOfFoldWith(rows []row, k int, seed uint64, dims int, cost float64) []scored {
	var out []scored
	for f := range 5 {
		w, b := h.solveWith(rows, k, f, seed, dims, cost)
		for i, t := range h.targets[k] {
			if t.cost == 0 || h.fold[i] != f {
				continue
			}
			s := float64(b)
			for j, idx := range rows[i].idx {
				s += float64(w[idx] * rows[i].val[j])
			}
			out = append(out, scored{s: s, w: t.cost, y: t.y, i: i})
		}
	}
	return out
}

// platt fits sigmoid(a·s + b) to the scores by Newton's method.
func platt(data []scored) (a, b float32) {
	x, y := 2.0, 0.0
	for range 50 {
		var g0, g1, h00, h01, h11 float64
		for _, d := range data {
			p := 1 / (1 + math.Exp(-(x*d.s + y)))
			t := 0.0
			if d.y > 0 {
				t = 1
			}
			e, v := d.w*(p-t), d.w*max(p*(1-p), 1e-9)
			g0, g1 = g0+e*d.s, g1+e
			h00, h01, h11 = h00+v*d.s*d.s, h01+v*d.s, h11+v
		}
		h00, h11 = h00+1e-3, h11+1e-3
		det := h00*h11 - h01*h01
		if det < 1e-12 {
			break
		}
		dx, dy := (h11*g0-h01*g1)/det, (h00*g1-h01*g0)/det
		x, y = x-dx, y-dy
		if math.Abs(dx)+math.Abs(dy) < 1e-6 {
			break
		}
	}
	return float32(x), float32(y)
}
