package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
)

// Who is begged to do an office's work is a colleague, by name or without one: no citizen reads it. A citizen is begged to wait, to send, to bring.
func TestWorkIsBeggedOfColleagues(t *testing.T) {
	t.Parallel()
	for _, said := range []string{"tolong dikerjakan ya pak dedi", "bu Ida mohon dicek ya", "mohon segera dieksekusi pak", "laporan ini mohon diprioritaskan bu Nia", "minta dibantu pak Ujang untuk yang ini", "pak Rudi ieu punten dibereskeun", "tulung digarap ya kang Mul",
		"segera ditindaklanjuti ya bu Wulan"} {
		r := newHall(t)
		r.desk.Hears = listening(r.desk.Hears)
		if b := r.hears(bot.Text{Text: r.code + " " + said}, by("Rina")); told(b) != "" || !strings.Contains(asked(b).Message.Text, said) {
			t.Errorf("%q: the citizen reads %q, the room %q", said, told(b), asked(b).Message.Text)
		}
	}
	for _, said := range []string{"mohon ditunggu ya bu Ida", "tolong sabar ya pak Herman petugas kami masih di jalan", "mohon dilampirkan foto KTP bu, kami tunggu ya", "segera kami tindaklanjuti pak"} {
		r := newHall(t)
		r.desk.Hears = listening(r.desk.Hears)
		if b := r.hears(bot.Text{Text: r.code + " " + said}, by("Rina")); told(b) == "" {
			t.Errorf("%q: the room reads %q", said, asked(b).Message.Text)
		}
	}
}
