package words

import (
	"slices"
	"strings"
	"testing"
)

func lexiconFor(t testing.TB) *Lexicon {
	t.Helper()
	lx, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return lx
}

func formsIn(c Text) string {
	var out []string
	for _, w := range c.Words {
		out = append(out, w.Form)
	}
	return strings.Join(out, " ")
}

func TestRead(t *testing.T) {
	t.Parallel()
	lx := lexiconFor(t)
	for text, want := range map[string]string{
		"lampu pju mati dr kmrn di jl veteran dpn alun2 serang": "lampu pju mati dari kemarin di jalan veteran depan alun serang",
		"JLN RUSAKKKK bgt":                     "jalan rusak sekali",
		"ga ada air, blm nyala":                "tidak ada air belum nyala",
		"ora ana banyu":                        "tidak ana air",
		"teu aya cai":                          "tidak ada air",
		"gas 3 kg & e-KTP":                     "gas # melon e ktp",
		"P3K taon ini":                         "pppk tahun ini",
		"@budi lihat https://x.id/a [NAMA] ya": "lihat ya",
		"jalannya rusak, gmn nih":              "jalannya rusak bagaimana nih",
		"jum'at":                               "jumat",
		"":                                     "",
	} {
		if got := formsIn(lx.Read(text)); got != want {
			t.Errorf("%q\n got %q\nwant %q", text, got, want)
		}
	}
}

// TestNegationsStay: no spelling of "not" may vanish.
func TestNegationsStay(t *testing.T) {
	t.Parallel()
	lx := lexiconFor(t)
	for n := range strings.FieldsSeq("ga gak gk nggak ngga enggak kagak tdk ora ore boten teu henteu tidak") {
		if got := formsIn(lx.Read("lampu " + n + " nyala")); got != "lampu tidak nyala" {
			t.Errorf("%s: %q", n, got)
		}
	}
	for n := range strings.FieldsSeq("blm belom durung acan belum") {
		if got := formsIn(lx.Read(n + " datang")); got != "belum datang" {
			t.Errorf("%s: %q", n, got)
		}
	}
}

func TestBounds(t *testing.T) {
	t.Parallel()
	lx := lexiconFor(t)
	c := lx.Read(strings.Repeat("jalan rusak ", 5000))
	if len(c.Words) > maxWords+3 || len(c.Plain) > maxBytes {
		t.Errorf("%d words, %d bytes", len(c.Words), len(c.Plain))
	}
	for _, w := range lx.Read("l" + strings.Repeat("\u0301", 500) + "ampu " + strings.Repeat("x y", 10)).Words {
		if len(w.Form) > 40 {
			t.Errorf("a word of %d letters", len(w.Form))
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	lx := lexiconFor(t)
	for text, want := range map[string][]string{
		"lampu mati di jl veteran dpn alun2 serang":       {"jl veteran", "dpn alun2 serang"},
		"sampah numpuk di Kel. Kaligandu, sudah seminggu": {"Kel. Kaligandu"},
		"jalan rusak parah":                               nil,
		"pohon tumbang gg mawar perumahan bumi agung":     {"gg mawar", "perumahan bumi agung"},
	} {
		c := lx.Read(text)
		got := Places(&c)
		for _, w := range want {
			if !slices.ContainsFunc(got, func(g string) bool { return strings.Contains(g, w) || strings.Contains(w, g) }) {
				t.Errorf("%q: %q lacks %q", text, got, w)
			}
		}
		if want == nil && len(got) > 0 {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestFeaturesKeepApart(t *testing.T) {
	t.Parallel()
	lx := lexiconFor(t)
	c := lx.Read("selamat pagi lampu mati di surabaya")
	var at []int
	c.Features(func(h uint32, i int) {
		if h >= 1<<Bits {
			t.Fatalf("hash %d is outside", h)
		}
		at = append(at, i)
	})
	for _, i := range at {
		if c.Words[i].Weak {
			t.Errorf("the weak word %q gives features", c.Words[i].Form)
		}
	}
	if len(at) < 20 {
		t.Errorf("only %d features", len(at))
	}
}
