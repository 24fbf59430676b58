package engine_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// verdicts plays what follows the number: it is called done, is not, is called done again, is; then it is refused, which is not taken.
// What the citizen says is unquoted but for one reply.
func (p *play) verdicts() {
	text := func(s string) bot.Body { return bot.Text{Text: s} }
	proof := func(words string) bot.Body {
		return bot.Photo{Media: bot.MediaRef{Network: bot.Store, ID: "aa/bukti.jpg"}, Caption: words}
	}
	p.deliver(p.says(1, ani, "11", text("lampu pju mati dari kemarin, jalan gelap")))
	p.deliver(p.says(2, ani, "11", bot.Location{Lat: -6.1227, Lon: 106.1754}))
	p.deliver(p.says(3, ani, "11", text("kirim")))
	code := p.code()
	p.deliver(p.says(4, deskAt, "21", proof(code+" selesai sudah menyala")))
	p.deliver(p.says(5, ani, "11", text("mati lagi bos")))
	p.deliver(p.says(6, deskAt, "21", proof(code+" selesai kabelnya kami ganti")))
	p.deliver(p.says(7, ani, "11", text("udah nyala pak, makasih")))
	p.deliver(p.says(8, ani, "11", text("5")))
	p.deliver(p.says(9, deskAt, "21", text("/bukalagi "+code+" salah tekan")))
	p.deliver(p.says(10, deskAt, "21", text("/tolak "+code+" lokasi_tidak_ditemukan tidak ada tiang di sana")))
	p.deliver(p.says(11, ani, "11", text("saya tidak setuju, itu jalan kota")))
	p.deliver(p.says(12, ani, "11", text("terima kasih")))
	p.life.end()
}

func TestDyingInAVerdictChangesNothing(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	f, err := place.New(p)
	if err != nil {
		t.Fatal(err)
	}
	whole := newPlay(t, p, f, 0)
	whole.verdicts()
	want := whole.outcome(ani)
	var told []report.What
	for _, f := range want.Facts {
		told = append(told, f.What)
	}
	wantFacts := []report.What{report.WasFiled, report.WasResolved, report.WasJudged, report.WasResolved, report.WasJudged, report.WasRated, report.WasReopened,
		report.WasRejected, report.WasDisputed}
	if diff := cmp.Diff(wantFacts, told); diff != "" {
		t.Fatalf("the case itself is not whole: (-want +got)\n%s", diff)
	}
	t.Logf("%d steps to die at", whole.steps)
	for at := range deaths(whole.steps) {
		t.Run(fmt.Sprintf("%03d", at), func(t *testing.T) {
			t.Parallel()
			pl := newPlay(t, p, f, at)
			pl.verdicts()
			if diff := cmp.Diff(want, pl.outcome(ani)); diff != "" {
				t.Errorf("died at step %d of %v: (-without +with)\n%s", at, pl.names[max(0, at-4):min(len(pl.names), at+2)], diff)
			}
		})
	}
}
