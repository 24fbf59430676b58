package info_test

import (
	"strings"
	"testing"
)

// A question that leaves out whom it is about goes on from the one before, whatever other office its words might name.
func TestAQuestionGoesOnFromTheOneBefore(t *testing.T) {
	t.Parallel()
	first := map[string]string{"ktp ilang ngurusnya dmn": "Disdukcapil", "no telp dishub dong": "Dishub", "alamat dinas sosial dimana": "Dinsos"}
	for asked, office := range first {
		for text, want := range map[string]string{
			"trs jm brp bukanya": "07.30", "klo sabtu bka ga": "Sabtu: tutup", "smp jam 2": "16.00", "sampe jam brp": "16.00", "jam segini kantornya buka ga": "07.30",
			"hari ini buka?": "07.30", "minta no tlp nya": "elepon", "klo jumat": "Jumat: buka", "besok buka ga min": "buka", "alamatnya dmn": "lamat", "masih buka ga jam segini": "07.30", "ooh. minggu buka jg?": "Minggu: tutup", "yowes, dino setu buka ora": "Sabtu: tutup", "mun poe saptu muka teu": "Sabtu: tutup", "oke. besok buka kan": "buka",
		} {
			e, read := talk(t)
			say1(t, e, asked)
			read()
			say1(t, e, text)
			got := strings.NewReplacer("\ue000", "", "\ue001", "").Replace(read())
			if !strings.Contains(got, office) || !strings.Contains(got, want) {
				t.Errorf("%q, then %q: no %s and %s in %q", asked, text, office, want, got)
			}
		}
	}
}

// Where nobody was asked about no office is guessed, and what is amiss is no such question.
func TestNoOfficeIsGuessed(t *testing.T) {
	t.Parallel()
	for text, not := range map[string]string{
		"trs jm brp bukanya": "Ini urusan", "klo sabtu bka ga": "Ini urusan", "jam segini kantornya buka ga": "Ini urusan",
	} {
		e, read := talk(t)
		say1(t, e, text)
		if got := read(); strings.Contains(got, not) || !strings.Contains(got, "07.30") {
			t.Errorf("%q is answered with %q", text, got)
		}
	}
	for _, text := range []string{"kantornya masih tutup jam segini", "smp 2 atapnya bocor", "lampu mati di cipare", "sudah telpon ga diangkat"} {
		e, read := talk(t)
		say1(t, e, "jam buka disdukcapil")
		read()
		say1(t, e, text)
		if got := read(); strings.Contains(got, "Ini urusan") {
			t.Errorf("%q goes on from a question: %q", text, got)
		}
	}
}
