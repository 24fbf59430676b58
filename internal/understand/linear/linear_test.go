package linear

import (
	"errors"
	"math"
	"testing"
)

func table(t *testing.T) *Table {
	t.Helper()
	idf := make(IDF, 16)
	for i := range idf {
		idf[i] = 16
	}
	idf[5] = 0
	w := [][]float32{make([]float32, 16), make([]float32, 16)}
	w[0][1], w[0][2], w[1][2], w[1][5], w[1][7] = 1, -0.5, 2, 9, 0.001
	w[1][5] = 0
	tab, err := NewTable([]string{"a", "b"}, idf, w, []float32{-1, 0.5}, 0.01)
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

func TestScores(t *testing.T) {
	t.Parallel()
	tab := table(t)
	if tab.Rows() != 2 {
		t.Errorf("%d rows are kept, want 2: one weighs too little", tab.Rows())
	}
	s := NewScratch(16)
	out := make([]float32, 2)
	for range 2 { // the second time shows that nothing is left of the first
		s.Begin()
		for _, h := range []uint32{1, 2, 2, 5} {
			s.Add(h)
		}
		s.End(tab.IDF)
		tab.Scores(s, out)
		v2 := 1 + math.Ln2
		norm := math.Sqrt(1 + v2*v2)
		for c, want := range []float64{(1-0.5*v2)/norm - 1, 2*v2/norm + 0.5} {
			if math.Abs(float64(out[c])-want) > 0.02 {
				t.Errorf("class %d: %f, want %f", c, out[c], want)
			}
		}
	}
	tab.Softmax(out)
	if math.Abs(float64(out[0]+out[1])-1) > 1e-5 || out[1] < out[0] {
		t.Errorf("softmax %v", out)
	}
	if tab.Weight(2, 1) < 1.9 || tab.Weight(7, 1) != 0 {
		t.Errorf("weights %f %f", tab.Weight(2, 1), tab.Weight(7, 1))
	}
}

func TestFile(t *testing.T) {
	t.Parallel()
	f := &File{Version: "v", Note: "n", Tables: []*Table{table(t)}, Known: make(Bloom, 64)}
	f.Known.Add("lampu")
	b := f.Marshal()
	got, err := Unmarshal(b)
	if err != nil {
		t.Fatal(err)
	}
	if got.Version != "v" || got.Tables[0].Labels[1] != "b" || !got.Known.Has("lampu") || got.Known.Has("xyzzy") {
		t.Errorf("read again: %+v", got)
	}
	if string(got.Marshal()) != string(b) {
		t.Error("written again it differs")
	}
	for i := range b {
		bad := append([]byte(nil), b...)
		bad[i] ^= 0x40
		if _, err := Unmarshal(bad); !errors.Is(err, ErrFile) {
			t.Fatalf("byte %d changed: %v", i, err)
		}
		if _, err := Unmarshal(b[:i]); !errors.Is(err, ErrFile) {
			t.Fatalf("cut at %d: %v", i, err)
		}
	}
}
