package understand

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rabeg/internal/profile"
)

// harbour is Serang with a category that no training has seen, in words of its own, and a word added to a known one.
func harbour(t *testing.T) (*Model, *profile.Profile) {
	t.Helper()
	city := serang(t)
	own := profile.Profile{Agencies: city.Agencies, Categories: slices.Clone(city.Categories)}
	for i := range own.Categories {
		if c := &own.Categories[i]; c.Code == "sampah_kebersihan" {
			c.Added = []string{"depo wungu"}
			c.Keywords = append(slices.Clone(c.Keywords), c.Added...)
		}
	}
	own.Categories = append(own.Categories, profile.Category{Code: "dermaga", Name: "Dermaga & perahu", Agency: "KEC-KASEMEN",
		Keywords: []string{"dermaga", "perahu tambangan", "klotok"}})
	m, err := New(&own)
	if err != nil {
		t.Fatal(err)
	}
	return m, &own
}

// A city's own category is found by its own words, known to the model or not, and the explanation names it.
func TestOwnCategoryIsExplained(t *testing.T) {
	t.Parallel()
	m, p := harbour(t)
	for text, by := range map[string]string{
		"dermaga rusak parah":                        "'dermaga'",
		"papan dermaganya bolong, bahaya buat warga": "'dermaga'",
		"klotok":            "'klotok'",
		"tes, klotok":       "'klotok'",
		"klotok zxcv qwrty": "'klotok'",
		"perahu tambangan tidak jalan sejak pagi": "'perahu tambangan'",
		"di dermaga": "'dermaga'",
	} {
		r := m.Read(text)
		if r.NoReport || len(r.Guesses) == 0 || r.Guesses[0].Category != "dermaga" {
			t.Errorf("%q: %+v", text, r)
			continue
		}
		if why := r.Why[len(r.Why)-1]; why != "kata "+by+" → Dermaga & perahu" {
			t.Errorf("%q is explained by %q", text, why)
		}
		if o := Offices(p, r, text, ""); o[0].Code != "KEC-KASEMEN" {
			t.Errorf("%q goes to %+v", text, o)
		}
	}
}

// What only tells the place, thanks and danger are what they are without the city's words.
func TestOwnWordsOvershoutNothing(t *testing.T) {
	t.Parallel()
	m, _ := harbour(t)
	for text, want := range map[string]string{
		"jalan rusak depan dermaga":           "jalan_jembatan",
		"sampah numpuk di dekat dermaga":      "sampah_kebersihan",
		"petugas dermaga minta uang pungli":   profile.Integrity,
		"kebakaran di dermaga":                "damkar_penyelamatan",
		"terima kasih dermaganya sudah bagus": "",
	} {
		r := m.Read(text)
		got := ""
		if len(r.Guesses) > 0 {
			got = r.Guesses[0].Category
		}
		if got != want || r.NoReport != (want == "") {
			t.Errorf("%q: %+v, want %q", text, r, want)
		}
	}
}

// A word added to a category that the model knows speaks where the model has nothing to say, and nowhere else.
func TestAddedWords(t *testing.T) {
	t.Parallel()
	m, _ := harbour(t)
	plain, _ := model(t)
	const murky = "ada masalah di depo wungu"
	if r := plain.Read(murky); len(r.Guesses) > 0 && r.Guesses[0].Category == "sampah_kebersihan" {
		t.Fatalf("%q is understood without the added word: %+v", murky, r)
	}
	if r := m.Read(murky); len(r.Guesses) == 0 || r.Guesses[0].Category != "sampah_kebersihan" {
		t.Errorf("%q: %+v", murky, r)
	}
	for _, text := range []string{"lampu jalan di depo wungu mati", "jalan rusak parah", "halo", "ktp saya belum jadi"} {
		if d := cmp.Diff(plain.Read(text), m.Read(text)); d != "" {
			t.Errorf("%q is read in another way:\n%s", text, d)
		}
	}
}

// A city that has nothing but its own categories is read by their words alone.
func TestOnlyOwnCategories(t *testing.T) {
	t.Parallel()
	m, err := New(&profile.Profile{Categories: []profile.Category{
		{Code: "perahu", Name: "Perahu", Keywords: []string{"klotok"}}, {Code: "kanal", Name: "Kanal", Keywords: []string{"kanal mampet"}},
	}})
	if err != nil {
		t.Fatal(err)
	}
	r := m.Read("kanal mampet lagi")
	if len(r.Guesses) != 1 || r.Guesses[0].Category != "kanal" || !strings.HasSuffix(r.Why[0], "→ Kanal") {
		t.Errorf("%+v", r)
	}
	if r := m.Read("jalan rusak parah"); len(r.Guesses) != 0 || len(r.Why) != 0 {
		t.Errorf("%+v", r)
	}
}
