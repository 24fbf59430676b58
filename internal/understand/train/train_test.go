package main

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rabeg/internal/understand/words"
)

// TestSolve: two clouds that a line can part are parted, a mistake that costs nothing is allowed, and the same seed
// gives the same weights.
func TestSolve(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	p := problem{dims: 3}
	for i := range 200 {
		y := int8(1 - 2*(i%2))
		p.rows = append(p.rows, row{idx: []uint32{0, 1, 2}, val: []float32{float32(y)*0.6 + rng.Float32()*0.4, rng.Float32(), 0.5}})
		p.y, p.cost = append(p.y, y), append(p.cost, 1)
	}
	p.rows = append(p.rows, row{idx: []uint32{0}, val: []float32{5}})
	p.y, p.cost = append(p.y, -1), append(p.cost, 1e-6)
	w, b := p.solve(3, 50, 0.01)
	again, b2 := p.solve(3, 50, 0.01)
	if !slices.Equal(w, again) || b != b2 {
		t.Error("two trainings with one seed differ")
	}
	for i, r := range p.rows[:200] {
		s := b
		for k, j := range r.idx {
			s += w[j] * r.val[k]
		}
		if s*float32(p.y[i]) <= 0 {
			t.Fatalf("row %d is on the wrong side: %f", i, s)
		}
	}
}

func TestPlatt(t *testing.T) {
	t.Parallel()
	var data []scored
	for i := range 1000 { // at score 1 three of four are right, at -1 one of four
		s := float64(1 - 2*(i%2))
		y := int8(-1)
		if (i/2)%4 < 3 == (s > 0) {
			y = 1
		}
		data = append(data, scored{s: s, w: 1, y: y})
	}
	a, b := platt(data)
	if a < 1.0 || a > 1.2 || b < -0.1 || b > 0.1 { // ln 3 = 1.0986
		t.Errorf("a %f, b %f", a, b)
	}
}

func TestTwins(t *testing.T) {
	t.Parallel()
	f := strings.Fields
	got := twins([][]string{
		f("lampu jalan di depan rumah saya mati sudah tiga hari ini"), f("sampah menumpuk"), f("halo"),
	}, [][]string{f("tolong lampu jalan di depan rumah saya mati sudah tiga hari"), f("halo")})
	if !slices.Equal(got, []bool{true, false, true}) {
		t.Errorf("got %v", got)
	}
}

func TestSeedsAndCorrections(t *testing.T) {
	t.Parallel()
	for _, pattern := range []string{"category.txt", "more*.txt", "border*.txt", "tongue*.txt", "emergency*.txt", "smalltalk*.txt", "kind*.txt", "sequel*.txt"} {
		if s, err := readSeeds(pattern); err != nil || len(s) < 20 {
			t.Errorf("%s: %d phrases, %v", pattern, len(s), err)
		}
	}
	file := filepath.Join(t.TempDir(), "c.jsonl")
	if err := os.WriteFile(file, []byte("{\"text\":\"lampu taman mati\",\"category\":\"pohon_taman\"}\n\n{\"text\":\"x\"}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readCorrections(file); err == nil || !strings.Contains(err.Error(), "c.jsonl:3") {
		t.Errorf("a correction without category: %v", err)
	}
}

// TestAimsHeldOut: what is said to a filed report is mostly taken for what it is by machines that have never seen the phrase.
func TestAimsHeldOut(t *testing.T) {
	t.Parallel()
	if testing.Short() || underRace {
		t.Skip("five trainings take too long here: go test ./internal/understand/train runs it")
	}
	lx, err := words.New()
	if err != nil {
		t.Fatal(err)
	}
	d := &dataset{lx: lx}
	for pattern, to := range map[string]*[]example{"sequel*.txt": &d.sequel, "signals*.txt": &d.signals, "emergency*.txt": &d.emergency} {
		if *to, err = readSeeds(pattern); err != nil {
			t.Fatal(err)
		}
	}
	s := d.turnSet()
	rows, _ := vectors(s.texts, s.emit(lx), 1<<turnBits)
	scored, classes := s.heldOut(rows, options{seed: 7})
	all, danger := share{}, share{}
	for _, h := range scored {
		got := slices.Index(h.scores, slices.Max(h.scores))
		all.count(got == h.want)
		if classes[h.want] == "danger" {
			danger.count(got == h.want)
		}
	}
	t.Logf("right: %d of %d, of the dangers %d of %d", all.hits, all.all, danger.hits, danger.all)
	if all.hits*100 < all.all*85 || danger.hits*100 < danger.all*97 {
		t.Error("too few are right")
	}
}

// TestLearn trains on the real data and wants the very bytes that the product embeds.
func TestLearn(t *testing.T) {
	t.Parallel()
	if testing.Short() || underRace {
		t.Skip("a whole training takes too long here: go test ./internal/understand/train runs it")
	}
	const data = "../../../../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skip("the training data (../shared/data) are not here")
	}
	want, err := os.ReadFile("../model.bin")
	if err != nil {
		t.Fatal(err)
	}
	lx, err := words.New()
	if err != nil {
		t.Fatal(err)
	}
	o := options{data: data, version: "1", seed: 7, firstSeeds: true}
	set, err := gather(o, lx)
	if err != nil {
		t.Fatal(err)
	}
	m, err := learn(set, o)
	if err != nil {
		t.Fatal(err)
	}
	if string(m.Marshal()) != string(want) {
		t.Error("training gives another model than the embedded one: train again, or find what is not deterministic")
	}
}
