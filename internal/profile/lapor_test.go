package profile_test

import (
	"slices"
	"strings"
	"testing"

	"rabeg/internal/profile"
)

// However a status is spelt, with other capitals, more spaces or one slip in a long word, it means what it means; a word that nobody
// has entered means nothing, however near it comes to two of them.
func TestTheStatusesOfLaporAreKnownHoweverTheyAreSpelt(t *testing.T) {
	t.Parallel()
	for _, name := range profile.Names() {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Lapor.Statuses {
			for _, word := range []string{s.Word, strings.ToUpper(s.Word), strings.ToLower(s.Word), "  " + strings.ReplaceAll(s.Word, " ", "  ") + " ",
				strings.Replace(s.Word, "oleh", "Oleh", 1)} {
				if got, ok := p.LaporStatus(word); !ok || got.Means != s.Means {
					t.Errorf("%s: %q means %q, want %q", name, word, got.Means, s.Means)
				}
			}
		}
	}
	p, _ := profile.Builtin("serang")
	for word, want := range map[string]string{
		"Ditutp oleh Sistem": profile.LaporLapsed, "Ditutup oleh Sitsem": profile.LaporLapsed, "Diarsipkan oleh Pelaporr": profile.LaporWithdrawn,
		"Belum Terverifkasi": profile.LaporWaiting, "Terdisposisi ke Dinas Perhubungan Kota Serang": profile.LaporForwarded,
		"Menunggu kelengkapan informasi.": profile.LaporIncomplete,
		"":                                "", "Ditutup oleh": "", "Ditutup oleh Menteri": "", "Selesai": "", "Ditutup": "", "oleh Sistem": "", "Terverifikasi oleh Sistem": "",
	} {
		if got, ok := p.LaporStatus(word); got.Means != want && ok || ok != (want != "") {
			t.Errorf("%q means %q (%v), want %q", word, got.Means, ok, want)
		}
	}
}

// Every category that can be handed over has a number, every number a name; and each meaning has a word to write.
func TestEveryCategoryHasItsNumberAtLapor(t *testing.T) {
	t.Parallel()
	none := []string{"luar_kewenangan", "darurat", "bukan_laporan"}
	for _, name := range profile.Names() {
		p, err := profile.Builtin(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range p.Categories {
			k, ok := p.LaporCategory(c.Code)
			if ok == slices.Contains(none, c.Code) || ok && (k.Name == "" || k.Code == "") {
				t.Errorf("%s: %s is handed over under %q", name, c.Code, k.Code)
			}
		}
		for _, m := range profile.LaporMeanings() {
			if s, ok := p.LaporStatus(p.LaporWord(m)); !ok || s.Means != m {
				t.Errorf("%s: the word for %s is %q, which means %q", name, m, p.LaporWord(m), s.Means)
			}
		}
	}
}
