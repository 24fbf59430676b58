package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Who is asked to go and look is a colleague, though a day or a number stands beside it; who says when somebody comes answers the citizen.
func TestWhoIsSentToLookIsAColleague(t *testing.T) {
	t.Parallel()
	for said, answers := range map[string]bool{"tolong besok dicek ya pak": false, "coba cek RT 05 dulu": false, "tolong cek lampu di blok C2 ya": false, "tolong besok disurvei ya bu Ida": false, "jadwalkan survei rabu ya": false,
		"besok tim kami cek ke lokasi bu": true, "rabu jam 3 sore tim kami survei ke lokasi": true} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: said}, replying(r.card))
		if (told(b) != "") != answers {
			t.Errorf("%q: the citizen reads %q", said, told(b))
		}
	}
}

// A day of the week is the next one where it stands alone; a date, a number or a distance beside it says which.
func TestADayBesideADate(t *testing.T) {
	t.Parallel()
	for said, not := range map[string]string{"/rencana kamis tgl 10 pengecoran": "26 Nov", "/rencana Senin 7/12 pengecoran": "30 Nov", "/rencana senin dua minggu lagi alat datang": "30 Nov", "/rencana Senin 31-11-2026 pengecoran": "30 Nov"} {
		r := newHall(t)
		b := r.hears(bot.Text{Text: said}, replying(r.card))
		if strings.Contains(told(b), not) {
			t.Errorf("%q: the citizen is told %q", said, told(b))
		}
	}
}

// Other words than yes below the question whether a report is done do not close it.
func TestOtherWordsBelowTheQuestionCloseNothing(t *testing.T) {
	t.Parallel()
	r := newHall(t)
	r.hears(bot.Text{Text: "lampunya sudah kami ganti bu"}, replying(r.card))
	r.deliver()
	var asks bot.MessageRef
	for _, m := range r.sent {
		if strings.Contains(m.m.Text, "selesai? ") {
			asks = m.ref
		}
	}
	if asks.Zero() {
		t.Fatal("nobody asks whether it is done")
	}
	for _, f := range changed(r.hears(bot.Text{Text: "tinggal tiang sebelahnya, Kamis kami ganti"}, replying(asks))) {
		if f.What == report.WasResolved {
			t.Errorf("it is closed by %q", f.Words)
		}
	}
}
