package main

import (
	"math"
	"math/rand/v2"
)

// row is one training text as a sparse unit vector.
type row struct {
	idx []uint32
	val []float32
}

// problem is what a binary machine learns from: rows, targets (+1, -1) and the cost of each row's mistake.
type problem struct {
	rows []row
	y    []int8
	cost []float32
	dims int
}

// solve trains a linear machine with L2 penalty and squared hinge by dual coordinate descent (Hsieh et al. 2008, as in
// liblinear -s 1), the bias as one more feature. It is deterministic for a seed.
func (p *problem) solve(seed uint64, rounds int, eps float64) (w []float32, bias float32) {
	w = make([]float32, p.dims)
	n := len(p.rows)
	alpha := make([]float32, n)
	order, diag, norm := p.prepare()
	rng := rand.New(rand.NewPCG(seed, 1))
	active := n
	top := math.Inf(1)
	for range rounds {
		rng.Shuffle(active, func(i, j int) { order[i], order[j] = order[j], order[i] })
		worst, least := math.Inf(-1), math.Inf(1)
		for s := 0; s < active; s++ {
			i := order[s]
			r := &p.rows[i]
			dot := bias
			for k, j := range r.idx {
				dot += w[j] * r.val[k]
			}
			y := float32(p.y[i])
			g := y*dot - 1 + diag[i]*alpha[i]
			pg := g
			if alpha[i] == 0 {
				if float64(g) > top {
					active--
					order[s], order[active] = order[active], order[s]
					s--
					continue
				}
				pg = min(g, 0)
			}
			worst, least = max(worst, float64(pg)), min(least, float64(pg))
			if pg > -1e-9 && pg < 1e-9 {
				continue
			}
			old := alpha[i]
			alpha[i] = max(old-g/norm[i], 0)
			d := (alpha[i] - old) * y
			for k, j := range r.idx {
				w[j] += d * r.val[k]
			}
			bias += d
		}
		if worst-least <= eps {
			if active == n {
				break
			}
			active, top = n, math.Inf(1)
			continue
		}
		top = worst
		if top <= 0 {
			top = math.Inf(1)
		}
	}
	return w, bias
}

// prepare gives the order to begin with, and per row half the inverse cost and the diagonal of the quadratic form.
func (p *problem) prepare() (order []int32, diag, norm []float32) {
	n := len(p.rows)
	order, diag, norm = make([]int32, n), make([]float32, n), make([]float32, n)
	for i := range n {
		order[i] = int32(i)
		diag[i] = 0.5 / p.cost[i]
		var s float32 = 1 // the bias
		for _, v := range p.rows[i].val {
			s += v * v
		}
		norm[i] = s + diag[i]
	}
	return order, diag, norm
}
