package flowtest

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Where a mark is asked for it is heard in free words; a complaint with a number in it is no mark, nor is what tells a time or a thing that
// is counted.
func TestMarksInFreeWords(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	for words, want := range map[string]int{
		"4": 4, "5/5": 5, "bagus sekali, lima": 5, "kasih 4 deh pak": 4, "bintang tiga": 3, "bintang 2 aja, lama banget": 2, "nilai 5": 5, "⭐⭐⭐⭐": 4,
		"lima bintang pak mantap": 5, "empat aja, agak lama": 4, "five stars": 5, "i give 4": 4, "dua aja": 2, "siji wae": 1, "3 saja ya pak": 3, "saya kasih 1, lambat": 1,
		"5 👍": 5, "5 mantap": 5, "satu": 1, "lima, terima kasih": 5, "2 bintang karena lama": 2, "1, ga puas": 1, "limo mantap": 5, "skor 3": 3,
		"4 dari 5": 4, "5 out of 5": 5, "tiga dari lima": 3, "4 of 5 stars": 4,

		"dua hari lalu masih rusak": 0, "5 menit lagi": 0, "satu kata: mantap": 0, "lampu satu lagi mati": 0, "masih mati 2 lampu": 0, "baru 3 hari mati lagi": 0,
		"2 hari kemudian rusak lagi": 0, "yang satu belum": 0, "lampu yang nomor 3 belum nyala": 0, "dua tiang masih gelap": 0, "sudah 2 minggu mati": 0, "tinggal satu yang mati": 0,
		"3 rumah masih banjir": 0, "besok jam 4": 0, "rt 05": 0, "satu lagi pak, sampahnya juga": 0, "one of the lamps is still dark": 0, "mati lagi setelah 1 hari": 0,
		"2 dari 5 lampu masih mati": 0, "nomor 2 gimana pak": 0, "gang 3 belum diaspal": 0, "hanya satu yang nyala": 0, "cuma tahan dua hari": 0, "6": 0, "10": 0,
		"lima lima nya mati": 0, "satu bulan kok": 0, "dari 5 lampu baru nyala 2": 0, "3 kali lapor baru beres": 0,
	} {
		t.Run(words, func(t *testing.T) {
			e := begin(t, "resolved")
			for _, text := range []string{"sudah beres", words} {
				if _, err := e.Say(bot.Event{Body: bot.Text{Text: text}}); err != nil {
					t.Fatal(err)
				}
				e.Flush()
			}
			if e.reports[0].Verdict != report.Fixed && want > 0 {
				t.Fatal("it was not asked for a mark")
			}
			if got := e.reports[0].Stars; got != want {
				t.Errorf("%d stars, want %d", got, want)
			}
		})
	}
}
