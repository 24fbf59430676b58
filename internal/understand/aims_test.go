package understand

import (
	"testing"

	"rabeg/internal/understand/answer"
)

// No danger that the reader sees is talked away by what was learnt of talk with an office: neither by the reading itself, nor by a
// probability of danger so low that meant.Mind would rule it out (0.01).
func TestNoDangerIsTalkedAway(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	lx := answer.Must()
	seen, lowest := 0, 1.0
	for _, file := range []string{"danger", "danger_aside", "last_aside", "newest_aside", "wide_aside"} {
		for _, text := range sayings(t, file+".txt")["danger"] {
			r := m.Read(text)
			if !r.Emergency || r.Harm != NoHarm {
				continue
			}
			seen++
			aims := m.Aims(lx, text)
			if got := r.Calmed(aims); !got.Emergency {
				t.Errorf("%s: %q is no danger any more: %v", file, text, aims[:2])
			}
			if p := aims.P(AimDanger); len(aims) > 0 && p < lowest {
				lowest = p
			}
		}
	}
	t.Logf("%d sentences of danger, the lowest probability of danger %.4f", seen, lowest)
	if seen < 390 || lowest < 0.01 {
		t.Errorf("%d sentences of danger, the lowest probability of danger %.4f", seen, lowest)
	}
}

// What plainly is said of a report calls for no person, though a word of it may; who calls for one, or may be in danger, is heard.
func TestAgainst(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	lx := answer.Must()
	for text, want := range map[string]bool{
		"sama aja":                         true,
		"salut sama adminnya":              true,
		"kapan petugasnya ke sini":         true,
		"mau bicara sama petugas":          false,
		"tolong sambungkan ke orang dinas": false,
		"ada orang kesetrum di tiang itu":  false,
	} {
		if got := m.Aims(lx, text).Against(AimHuman); got != want {
			t.Errorf("%q speaks against a person: %v, %v", text, got, m.Aims(lx, text)[:2])
		}
	}
}

// BenchmarkAims reads what is wanted with a text of usual length that is said to a filed report.
func BenchmarkAims(b *testing.B) {
	m, _ := model(b)
	lx := answer.Must()
	texts := []string{"kapan ya pak, udah seminggu ini belum ada yang dateng", "sebelah warung bu haji, tiang yang kedua dari gang", "mati lagi bos",
		"tolong nama saya jangan disebut ya, takut sama pak rt", "alhamdulillah udah nyala, makasih banyak pak"}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		m.Aims(lx, texts[n%len(texts)])
		n++
	}
}
