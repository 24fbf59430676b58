package words

import "testing"

// Words that mean the same to whoever is asked about a report have one meaning, in whatever tongue or spelling they come.
func TestMeanings(t *testing.T) {
	t.Parallel()
	lx := lexiconFor(t)
	for _, same := range [][]string{
		{"rampung", "kelar", "rengse", "finished", "diselesaikan", "udah beres"},
		{"iraha", "kpn", "when", "jadwalnya"},
		{"nungguan", "enteni", "nunggu", "waiting"},
		{"wurung", "dibatalin", "cancel", "ditarik"},
		{"gigireun", "sebelahnya", "ngarep", "opposite"},
		{"murub", "hurung", "idup", "menyala"},
	} {
		var first string
		for i, text := range same {
			c := lx.Read(text)
			got := lx.means(&c.Words[len(c.Words)-1])
			if i == 0 {
				first = got
			}
			if got != first {
				t.Errorf("%q means %q, %q means %q", same[0], first, text, got)
			}
		}
	}
	for text, want := range map[string]string{"dikembalikannya": "kembali", "menggambar": "gambar", "kota": "kota", "di": "di", "nyambungkeun": "ambung"} {
		if got := stem(text); got != want {
			t.Errorf("the stem of %q is %q, want %q", text, got, want)
		}
	}
}
