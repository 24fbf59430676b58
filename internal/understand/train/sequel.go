package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"rabeg/internal/understand/answer"
	"rabeg/internal/understand/linear"
	"rabeg/internal/understand/words"
)

// The fourth table tells what somebody wants with words to a filed report (understand.Aim).
const (
	turnBits  = 17
	turnCost  = 4
	turnLevel = 200
	turnFolds = 5
	turnTrims = 0.1 // as pruned
	// borrowed is how much phrases count that were written for other heads.
	borrowed = 0.1
	// amidst is how much a phrase counts that stands among sentences that want nothing, and every which one is put there.
	amidst    = 0.5
	amidEvery = 3
)

// turnSet is what the fourth table learns from. Phrases that were written for other heads help, and are never held out.
type turnSet struct {
	texts  []words.Text
	cues   map[*words.Text][]string
	labels []string
	weight []float64
	fold   []int  // -1 for those that are never held out
	spare  []bool // a phrase among other sentences: it is held out with its phrase, and not asked about
}

func (d *dataset) turnSet() *turnSet {
	s := &turnSet{cues: map[*words.Text][]string{}}
	lx := answer.Must()
	var cues [][]string
	add := func(e example, label string, own bool) {
		t := d.lx.Read(e.text)
		fold, weight := -1, borrowed
		if own {
			fold, weight = foldOf(&t, turnFolds), 1
		}
		s.texts, s.labels, s.weight, s.fold = append(s.texts, t), append(s.labels, label), append(s.weight, weight), append(s.fold, fold)
		s.spare, cues = append(s.spare, false), append(cues, lx.Cues(e.text))
	}
	for n, e := range d.sequel {
		add(e, e.category, true)
		if text, ok := d.amid(e, n); ok {
			fold := s.fold[len(s.fold)-1]
			s.texts, s.labels, s.weight, s.fold = append(s.texts, d.lx.Read(text)), append(s.labels, e.category), append(s.weight, amidst), append(s.fold, fold)
			s.spare, cues = append(s.spare, true), append(cues, lx.Cues(text))
		}
	}
	for _, e := range d.signals {
		if e.category == "human" {
			add(e, "human", false)
		}
	}
	for _, e := range d.emergency {
		if strings.HasPrefix(e.id, "seeds/emergency_due") {
			continue // what is about to come is seldom said to a filed report, and much like the matter itself
		}
		if e.category == "darurat" {
			add(e, "danger", false)
		}
	}
	for i := range s.texts {
		s.cues[&s.texts[i]] = cues[i]
	}
	return s
}

// learnTurns trains the fourth table and calibrates it on texts it has not seen.
func (d *dataset) learnTurns(o options) (*linear.Table, error) {
	return d.turnSet().learn(d.lx, turnTrims, o)
}

// learn trains a table on a set and calibrates it on texts it has not seen; trims is as pruned.
func (s *turnSet) learn(lx *words.Lexicon, trims float64, o options) (*linear.Table, error) {
	rows, idf := vectors(s.texts, s.emit(lx), 1<<turnBits)
	m := s.without(rows, -2, o)
	t, err := linear.NewTable(m.classes, idf, m.w, m.bias, trims)
	if err != nil {
		return nil, err
	}
	heat := s.heat(s.heldOut(rows, o))
	for k := range t.Heat {
		t.Heat[k] = float32(heat)
	}
	return t, nil
}

// amid puts some of the phrases between sentences that want nothing, as people do who write much: what counts is the one in the middle.
func (d *dataset) amid(e example, n int) (string, bool) {
	if len(d.around) == 0 || n%amidEvery != 0 || len(strings.Fields(e.text)) < 3 {
		return "", false
	}
	switch e.category {
	case "greet", "thanks", "nod":
		return "", false // that is what the sentences around say
	}
	var before, after []string
	for _, a := range d.around {
		if a.category == "before" {
			before = append(before, a.text)
		} else {
			after = append(after, a.text)
		}
	}
	k := n / amidEvery
	text := strings.TrimRight(e.text, ".") + "."
	if k%4 != 3 {
		text = before[k%len(before)] + " " + text
	}
	if k%4 != 1 {
		text += " " + after[k%len(after)]
	}
	return text, true
}

func (s *turnSet) emit(lx *words.Lexicon) emit {
	return func(c *words.Text, f func(uint32, int)) { c.Turn(lx, s.cues[c], f) }
}

// without trains on all but one fold.
func (s *turnSet) without(rows []row, fold int, o options) machine {
	var some []row
	var labels []string
	var weight []float64
	for i := range rows {
		if s.fold[i] != fold {
			some, labels, weight = append(some, rows[i]), append(labels, s.labels[i]), append(weight, s.weight[i])
		}
	}
	return oneVsRest(some, labels, weight, 1<<turnBits, settings{c: turnCost, level: turnLevel, rounds: rounds, seed: o.seed + 200})
}

// turnScore are the margins of a phrase that was held out.
type turnScore struct {
	at     int
	scores []float64
	want   int
}

// heldOut scores every own phrase by machines that have not seen its fold.
func (s *turnSet) heldOut(rows []row, o options) (out []turnScore, classes []string) {
	for f := range turnFolds {
		m := s.without(rows, f, o)
		classes = m.classes
		for i := range rows {
			if s.fold[i] == f && !s.spare[i] {
				out = append(out, turnScore{at: i, scores: m.scores(rows[i]), want: slices.Index(m.classes, s.labels[i])})
			}
		}
	}
	return out, classes
}

// heat finds the sharpness of the softmax under which what was held out is likeliest.
func (s *turnSet) heat(scored []turnScore, _ []string) float64 {
	best, least := 1.0, math.Inf(1)
	for h := 2.0; h <= 12; h += 0.25 {
		loss := 0.0
		for _, t := range scored {
			loss -= math.Log(softmaxOf(t.scores, t.want, h))
		}
		if loss < least {
			best, least = h, loss
		}
	}
	return best
}

func softmaxOf(scores []float64, k int, heat float64) float64 {
	sum := 0.0
	for _, v := range scores {
		sum += math.Exp(heat * (v - scores[k]))
	}
	return 1 / sum
}

// validate prints how often a table learnt from a set is right about phrases that it has not learnt from, and what it takes them for.
func (s *turnSet) validate(lx *words.Lexicon, what string, o options) {
	rows, _ := vectors(s.texts, s.emit(lx), 1<<turnBits)
	scored, classes := s.heldOut(rows, o)
	heat := s.heat(scored, classes)
	per, taken, sure := make([]share, len(classes)), map[[2]int]int{}, [10]share{}
	all := share{}
	for _, t := range scored {
		k := slices.Index(t.scores, slices.Max(t.scores))
		all.count(k == t.want)
		per[t.want].count(k == t.want)
		sure[min(9, int(10*softmaxOf(t.scores, k, heat)))].count(k == t.want)
		taken[[2]int{t.want, k}]++
	}
	fmt.Printf("%d-fold, own phrases %s: %d of %d, heat %.2f, by probability %v\n", turnFolds, what, all.hits, all.all, heat, sure)
	for k, class := range classes {
		fmt.Printf("  %-9s %3d of %3d, taken for", class, per[k].hits, per[k].all)
		for j, other := range classes {
			if n := taken[[2]int{k, j}]; j != k && n > 2 {
				fmt.Printf(" %s %d", other, n)
			}
		}
		fmt.Println()
	}
}
