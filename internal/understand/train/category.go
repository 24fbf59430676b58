package main

import (
	"math"
	"slices"
	"sync"
)

// machine is one-vs-rest weights before they are squeezed into bytes.
type machine struct {
	classes []string
	w       [][]float32 // by class
	bias    []float32
}

// settings are what a training can be tuned by.
type settings struct {
	c      float64 // cost of a mistake
	level  float64 // class size at which a class weighs 1; smaller ones weigh more
	rounds int
	seed   uint64
}

// lift is how strongly small classes are lifted: 0 not at all, 1 until all weigh the same.
const lift = 0.9

// classWeights weighs small classes more: (level/n)^lift.
func classWeights(labels []string, weight []float64, level float64) map[string]float64 {
	n := map[string]float64{}
	for i, l := range labels {
		n[l] += weight[i]
	}
	for l := range n {
		n[l] = math.Pow(level/n[l], lift)
	}
	return n
}

// oneVsRest trains one machine per class, two at a time.
func oneVsRest(rows []row, labels []string, weight []float64, dims int, st settings) machine {
	classes := slices.Compact(slices.Sorted(slices.Values(labels)))
	byClass := classWeights(labels, weight, st.level)
	cost := make([]float32, len(rows))
	for i := range rows {
		cost[i] = float32(st.c * byClass[labels[i]] * weight[i])
	}
	m := machine{classes: classes, w: make([][]float32, len(classes)), bias: make([]float32, len(classes))}
	var wg sync.WaitGroup
	gate := make(chan struct{}, 2)
	for k, class := range classes {
		wg.Go(func() {
			gate <- struct{}{}
			defer func() { <-gate }()
			p := problem{rows: rows, y: make([]int8, len(rows)), cost: cost, dims: dims}
			for i, l := range labels {
				p.y[i] = -1
				if l == class {
					p.y[i] = 1
				}
			}
			m.w[k], m.bias[k] = p.solve(st.seed+uint64(k), st.rounds, 0.1)
		})
	}
	wg.Wait()
	return m
}

// scores are the margins of all classes.
func (m *machine) scores(r row) []float64 {
	out := make([]float64, len(m.classes))
	for k := range m.classes {
		w := m.w[k]
		s := m.bias[k]
		for i, j := range r.idx {
			s += w[j] * r.val[i]
		}
		out[k] = float64(s)
	}
	return out
}
