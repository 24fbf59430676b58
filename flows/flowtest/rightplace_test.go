package flowtest

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
)

// TestOnlyAPlaceSetsThePlaceRight asks where a filed report belongs: thanks, anger, wishes and talk leave the place as it is and are asked
// about again, who does not want it changed is left alone, and a place is taken out of the words of correcting it.
func TestOnlyAPlaceSetsThePlaceRight(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	answers := func(words string) (said, place string) {
		e := begin(t, "late")
		n := 0
		for _, line := range []string{"tempatnya salah", words} {
			n = len(e.sent)
			if _, err := e.Say(bot.Event{Body: bot.Text{Text: line}}); err != nil {
				t.Fatal(err)
			}
			e.Flush()
			if line != words && !strings.Contains(shown(e.sent[len(e.sent)-1].Message.Text), "tempat yang benar") {
				t.Fatalf("it is not asked where: %q", e.sent[len(e.sent)-1].Message.Text)
			}
		}
		for _, s := range e.sent[n:] {
			said += shown(s.Message.Text) + "\n"
		}
		for _, facts := range e.facts {
			for _, f := range facts {
				if f.What == report.WasAdded && f.Place != nil {
					place = f.Place.Said + " " + f.Place.AreaName
				}
			}
		}
		return said, place
	}
	for _, words := range []string{"makasih ya semoga cepet, tapi jujur kecewa sama yang kemaren", "nuhun pisan kang", "anjing lu bot goblok", "eh maaf salah kirim, ini buat istri",
		"semoga cepet dibenerin ya pak", "ga usah kabarin saya lagi", "tunggu bentar saya tanya istri dulu"} {
		if said, place := answers(words); strings.Contains(said, "saya betulkan") || place != "" {
			t.Errorf("%q became the place %q: %s", words, place, said)
		}
	}
	if said, _ := answers("ga jadi deh"); !strings.Contains(said, "tidak saya ubah") {
		t.Errorf("who wants no change is told: %s", said)
	}
	for words, where := range map[string]string{"eh salah, bukan penancangan tapi Kagungan": "Kagungan", "di Sukajaya": "Sukajaya", "depan bengkel pak Udin": "depan bengkel pak Udin"} {
		if said, place := answers(words); !strings.Contains(said, "saya betulkan") || !strings.Contains(place, where) {
			t.Errorf("%q names the place %q: %s", words, place, said)
		}
	}
}
