package words

import (
	"slices"
	"testing"
)

// What names the place is found, without what is done there: a landmark is where, never what.
func TestPlacesWithoutDeeds(t *testing.T) {
	t.Parallel()
	lx, err := New()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"di Kragilan buang limbah":                         "di Kragilan",
		"pohon mau roboh deket puskesmas":                  "deket puskesmas",
		"lampu mati depan pasar rau":                       "depan pasar rau",
		"jalan rusak di kampung sawo menumpuk sampah":      "di kampung sawo",
		"got mampet sebelah masjid al ikhlas, bau sekali":  "sebelah masjid al ikhlas",
		"dalan rusak ning kaligandu":                       "ning kaligandu",
		"jalan butut payuneun stasiun serang":              "payuneun stasiun serang",
		"street light broken near rau market since monday": "near rau market",
		"sampah menumpuk di jl mawar no 3":                 "di jl mawar no 3",
		"tolong jalan saya diperbaiki":                     "",
	} {
		c := lx.Read(text)
		got := Places(&c)
		if want == "" && len(got) > 0 || want != "" && !slices.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
