package profile

import (
	"slices"
	"strings"
	"testing"
)

// What officers are offered: what is for the category first, then what is for all.
func TestCannedFor(t *testing.T) {
	t.Parallel()
	for _, name := range Names() {
		p, err := Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, main := range []string{"penerangan_jalan", "jalan_jembatan", "sampah_kebersihan", "drainase_banjir", "administrasi_kependudukan"} {
			list := p.CannedFor(main)
			general := slices.IndexFunc(list, func(c Canned) bool { return len(c.Categories) == 0 })
			if general < 2 || slices.ContainsFunc(list[general:], func(c Canned) bool { return len(c.Categories) > 0 }) {
				t.Errorf("%s: %s is offered %d answers of its own, of %d", name, main, general, len(list))
			}
		}
		if list := p.CannedFor("kesbang"); len(list) == 0 || len(list[0].Categories) != 0 {
			t.Errorf("%s: what has none of its own is offered %v", name, list)
		}
		for _, c := range p.Canned {
			if c.WordsEN == "" || c.Question != (strings.Contains(c.Words, "?") || strings.Contains(c.Words, "Mohon kirim") || strings.Contains(c.Words, "mohon kirim")) {
				t.Errorf("%s: %s is in one language alone, or asks and does not say so", name, c.Code)
			}
		}
	}
}

func TestBadBlank(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]string{
		"Laporan {nomor} di {tempat}, {kantor}, {kota}.": "",
		"tanpa apa-apa":        "",
		"{batas} {masuk}":      "",
		"{nomer}":              "{nomer}",
		"{nomor} dan {nama}":   "{nama}",
		"{}":                   "{}",
		"{ nomor }":            "{ nomor }",
		"kurung { saja":        "{",
		"kurung } saja":        "}",
		"{nomor}}":             "}",
		"{{nomor}}":            "{",
		"{nomor {tempat} dst.": "{",
	} {
		if got := BadBlank(words); got != want {
			t.Errorf("in %q %q is found, not %q", words, got, want)
		}
	}
	if got := FillBlanks("{a}{b} c {a}", strings.ToUpper); got != "AB c A" {
		t.Errorf("filled in: %q", got)
	}
}
