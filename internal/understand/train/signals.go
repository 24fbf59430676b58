package main

import (
	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

// signalLabels are the third table's machines: what a text says beside its matter (understand.Reading).
var signalLabels = []string{"self", "abuse", "misconduct", "human"}

const signalBits = 15

// How much the phrases count beside the complaints, of which nearly none says any of it, how much our own phrases for other
// things, and the cost of a mistake.
const (
	signalTrust = 10
	ownTrust    = 4
	otherTrust  = 1.5 // for the other signals, whose words are seldom said of something else
	signalCost  = 0.5
)

// signalRows are our own phrases by signal; complaints and phrases for other things in which the rules see no signal are
// examples of none.
func (d *dataset) signalRows() *headRows {
	h := &headRows{}
	add := func(text words.Text, label string, yes, no float64) {
		var v [5]target
		for k, l := range signalLabels {
			v[k] = target{-1, no}
			if l != "misconduct" && label == "" {
				v[k].cost = min(no, otherTrust)
			}
			if l == label {
				v[k] = target{1, yes}
			}
		}
		h.add(text, v)
	}
	for _, e := range d.signals {
		add(d.lx.Read(e.text), e.category, signalTrust, signalTrust/2)
	}
	for _, own := range [][]example{d.emergency, d.small, d.kind} {
		for _, e := range own {
			t := d.lx.Read(e.text)
			if d.lx.Signals(&t) == (words.Signals{}) {
				add(t, "", 0, ownTrust)
			}
		}
	}
	for i, e := range d.all {
		t := &d.texts[i]
		switch e.category {
		case "pungli_integritas":
			if e.source == "seed" {
				add(*t, "misconduct", signalTrust/2, 1)
			}
			continue
		case "perempuan_anak_kb", "kepegawaian":
			continue
		}
		if d.lx.Signals(t) == (words.Signals{}) {
			no := 1.0
			if e.source == "seed" || e.source == "keyword" {
				no = ownTrust
			}
			add(*t, "", 0, no)
		}
	}
	return h
}

// learnSignals trains the third table and calibrates each machine on texts it has not seen.
func (d *dataset) learnSignals(o options) (*linear.Table, error) {
	h := d.signalRows()
	emit := func(c *words.Text, f func(uint32, int)) { c.Signs(d.lx, f) }
	rows, idf := vectors(h.texts, emit, 1<<signalBits)
	n := len(signalLabels)
	weights, bias := make([][]float32, n), make([]float32, n)
	heat, shift := make([]float32, n), make([]float32, n)
	for k := range n {
		weights[k], bias[k] = h.solveWith(rows, k, -1, o.seed+50, 1<<signalBits, signalCost)
		heat[k], shift[k] = platt(h.outOfFoldWith(rows, k, o.seed+50, 1<<signalBits, signalCost))
	}
	t, err := linear.NewTable(signalLabels, idf, weights, bias, 0.01)
	if err != nil {
		return nil, err
	}
	t.Heat, t.Shift = heat, shift
	return t, nil
}
