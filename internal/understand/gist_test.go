package understand

import (
	"testing"

	"rabeg/internal/understand/answer"
)

// What was learnt of how officers talk tells words for a citizen from words to a colleague, and both from a verb.
func TestGists(t *testing.T) {
	t.Parallel()
	m, _ := model(t)
	lx := answer.Must()
	for text, want := range map[string]Gist{
		"kang jajang bawa tangga panjang ya ke kebon jahe":            GistTalk,
		"bu lampunya besok kami ganti ya mohon ditunggu":              GistAnswer,
		"lempar ke disdik aja":                                        GistForward,
		"lampu udah diganti semalem sama anak anak":                   GistResolve,
		"sanes bagian urang ieu mah":                                  GistNotOurs,
		"catat tiang keropos perlu dilas":                             GistNote,
		"siap ndan":                                                   GistNod,
		"jadwalin bulan april aja":                                    GistPlan,
		"Yth. Bapak, perbaikan jembatan kami mulai hari Senin depan.": GistAnswer,
	} {
		g := m.Gists(lx, text)
		if first, p := g.First(); first != want || g.P(want) != p {
			t.Errorf("%q is %v, not %s", text, g[:3], want)
		}
	}
	if g := m.Gists(lx, " "); g != nil {
		t.Errorf("nothing is %v", g[:2])
	}
}

// BenchmarkGists reads what an officer types at a card.
func BenchmarkGists(b *testing.B) {
	m, _ := model(b)
	lx := answer.Must()
	texts := []string{"kang jajang bawa tangga ya", "bu lampunya besok kami ganti ya mohon ditunggu, petugas kami masih di kasemen sampai sore", "lempar ke disdik aja", "siap ndan"}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		m.Gists(lx, texts[n%len(texts)])
		n++
	}
}
