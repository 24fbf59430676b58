package engine_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/flows/intake"
)

// What a program remembers of a conversation counts only while the store holds the same: two programs that take a
// citizen's messages in turns, and one that failed to keep a turn, miss nothing.
func TestRememberedOnlyWhileItIsKept(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	one, two := s.Engine, s.second
	bodies := []bot.Body{
		bot.Text{Text: "lampu pju mati"}, bot.Location{Lat: -6.1227, Lon: 106.1754}, bot.Text{Text: "sudah tiga malam"},
		bot.Text{Text: "gelap sekali"}, bot.Text{Text: "mohon segera"},
	}
	for i, body := range bodies {
		s.Engine = one
		if i%2 == 1 {
			s.Engine = two
		}
		if i == 3 {
			s.die = "before save"
		}
		s.at(ani, body)
	}
	state, _ := s.state(ani)
	const want = "lampu pju mati|sudah tiga malam|gelap sekali|mohon segera"
	if f := intake.Of(state).Form; f == nil || f.Place.Pin == nil || strings.ReplaceAll(f.Text, "\n", "|") != want {
		t.Errorf("the draft kept %+v, want %s", f, want)
	}
}
