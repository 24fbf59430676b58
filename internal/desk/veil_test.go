package desk_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"rabeg/internal/report"
)

// veiledDeeds are what may happen to a report whose reporter writes numbers of people. Officers do not repeat them.
var veiledDeeds = []string{
	"warga nik istri 3673010101900001", "warga menilai belum: hubungi 0812-3456-7890", "warga menilai sebagian: b.santoso@mail.com tahu", "warga tidak setuju: plat A 7788 BC",
	"warga memberi nilai 2: telepon 081234567890 saja", "Dewi: /ambil @n", "Dewi: /laporan @n", "Rina: /laporan @n", "Rina: /tugas", "Dewi: /riwayat @n", "Rina: /riwayat @n", "Dewi: @n",
	"Rina: /teruskan @n dishub tolong", "Rina: /teruskan @n pupr tolong", "Budi: /bukan @n bukan tugas kami", "Rina: /kategori @n jalan", "Dewi: /tolak @n bohong tidak ada",
	"Rina foto: @n selesai sudah", "Rina: /bukalagi @n lagi", "Rina: /alihkan @n pln tolong", "Dewi: /buka @n", "+30s", "+400h", "lampiran", "ringkas", "Dewi: /tanya @n di mana?",
}

// Whatever happens to a report that everybody in the group may read, and in whatever order: the numbers of people in what its reporter
// told, also in what he or she called the place, are never written to the group.
func TestNumbersOfPeopleAreVeiledInTheGroup(t *testing.T) {
	t.Parallel()
	shown := 0
	rapid.Check(t, func(rt *rapid.T) {
		done := rapid.SliceOfN(rapid.SampledFrom(veiledDeeds), 1, 20).Draw(rt, "deeds")
		s := newStage(t)
		word := report.Normal
		s.visibility, s.place = &word, report.Place{Said: "rumah 0812-3456-7890", Note: "mobil A 7788 BC"}
		s.file("jalan", []string{"foto=1"}, "jalan rusak, nik saya 3673010101900001")
		s.deliver()
		for _, d := range done {
			s.happens(d)
			s.deliver()
		}
		for _, m := range s.seen {
			for _, number := range []string{"3673010101900001", "3456-7890", "081234567890", "7788", "santoso"} {
				if strings.Contains(m.text, number) {
					rt.Fatalf("the group reads %q in %q", number, m.text)
				}
			}
			if strings.Contains(m.text, "••••") {
				shown++
			}
		}
	})
	if shown == 0 {
		t.Error("nothing was veiled: the test looks at nothing")
	}
}
