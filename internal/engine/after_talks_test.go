package engine_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Somebody talked with a person twice, long ago, and files a report now. Once its reporter is hidden, no card of those talks names him or
// her any more; a second wish changes nothing. A talk of somebody else keeps its name.
func TestHidingReachesTalksThatAreOver(t *testing.T) {
	t.Parallel()
	for _, v := range []report.Visibility{report.Anonymous, report.Confidential} {
		t.Run(string(v), func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			s.name = "Ani Lestari"
			s.at(ani, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap"})
			s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
			s.at(ani, bot.Text{Text: "kirim"})
			r := s.all()[0]
			about, other, stranger := s.talked("about", ani, r.ID), s.talked("other", ani, 0), s.talked("stranger", bot.Address{Network: ani.Network, ID: "777"}, 0)
			for _, deed := range []string{"#hide %d " + string(v), "#hide %d " + string(v)} {
				s.at(ani, bot.Text{Text: fmt.Sprintf(deed, r.ID)})
				for id, want := range map[ledger.CallID]struct {
					nameless, secret bool
					lines            int
				}{about: {true, v == report.Confidential, 3}, other: {true, false, 3}, stranger: {false, false, 2}} {
					c, err := s.store.Call(t.Context(), id)
					if err != nil {
						t.Fatal(err)
					}
					if c.Hides(report.Operators) != want.nameless || c.Sensitive() != want.secret || len(c.Lines) != want.lines || c.Open() {
						t.Errorf("%s: nameless %v, secret %v, %d lines, open %v", c.Lines[0].Words, c.Hides(report.Operators), c.Sensitive(), len(c.Lines), c.Open())
					}
				}
			}
			cards := slices.DeleteFunc(s.waits(), func(l string) bool { return !strings.HasPrefix(l, "refresh: 🙋") })
			counts := map[string]int{} // of one folded into the other, both are here
			for _, card := range cards {
				for _, word := range []string{"Warga: A***", "Warga: Anonim", "🔒"} {
					if strings.Contains(card, word) {
						counts[word]++
					}
				}
			}
			if counts["Warga: A***"] != 1 || counts["Warga: Anonim"] < 2 || (counts["🔒"] > 0) != (v == report.Confidential) {
				t.Errorf("the cards show %v:\n%s", counts, strings.Join(cards, "\n"))
			}
		})
	}
}

// talked leaves a talk that is over, of which its report may have come.
func (s *stand) talked(cause string, chat bot.Address, came report.ID) ledger.CallID {
	s.Helper()
	city, err := serang()
	if err != nil {
		s.Fatal(err)
	}
	o := &casework.Office{Profile: city.profile, Desk: deskAt}
	c, b := o.OpenCall(casework.Calling{Kind: ledger.HumanCall, Chat: chat, Person: bot.Person{ID: chat.ID, Name: "Ani Lestari"}, Lang: "id", Report: came,
		First: ledger.Line{What: ledger.LineSaid, Words: "kabel putus"}}, casework.Occasion{Cause: cause, At: began})
	if err := s.store.Commit(s.Context(), b); err != nil {
		s.Fatal(err)
	}
	c, b, err = o.EndCall(c, report.Actor{Role: report.Coordinator, ID: "telegram:9", Name: "Rina", Chat: deskAt}, casework.Occasion{Cause: cause + "/end", At: began.Add(time.Minute)})
	if err == nil {
		err = s.store.Commit(s.Context(), b)
	}
	if err != nil {
		s.Fatal(err)
	}
	return c.ID
}
