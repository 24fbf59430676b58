package engine_test

import (
	"fmt"
	"testing"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// Who left the own report and wants it after all hears its news again, also where it was joined with another one meanwhile.
func TestWhoComesBackToWhatWasJoinedHearsOfIt(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	city, err := serang()
	if err != nil {
		t.Fatal(err)
	}
	office := &casework.Office{Profile: city.profile}
	does := func(id report.ID, by report.Actor, a report.Action) {
		w := s.whole(id)
		_, b, err := office.Act(w.Report, by, a, casework.Occasion{Cause: "does " + string(by.Role), At: began, Facts: w.Facts})
		if err == nil {
			err = s.store.Commit(t.Context(), b)
		}
		if err != nil {
			t.Fatalf("%T: %v", a, err)
		}
	}
	own := s.follow("")
	does(own.ID, report.Actor{Role: report.Citizen, Chat: budi}, report.Recall{})
	cici := bot.Address{Network: bot.Telegram, ID: "7"}
	s.at(cici, bot.Text{Text: "sampah menumpuk di pinggir jalan"})
	s.at(cici, bot.Location{Lat: -6.1227, Lon: 106.1754})
	s.at(cici, bot.Text{Text: "kirim"})
	others, err := s.store.Mine(t.Context(), cici, 9)
	if err != nil || len(others) != 1 {
		t.Fatalf("%d reports (%v): %s", len(others), err, s.lastTo(cici).Message.Text)
	}
	does(own.ID, report.Actor{Role: report.Coordinator, ID: "telegram:r"}, report.Merge{Into: s.whole(others[0].ID).Report})
	if r := s.whole(others[0].ID).Report; r.Follows(budi) || !r.Follows(ani) {
		t.Errorf("he was brought back without his wish: %+v", r.Followers)
	}
	s.at(budi, bot.Text{Text: fmt.Sprintf("#resume %d", own.ID)})
	if !s.whole(own.ID).Report.Hears() || !s.whole(others[0].ID).Report.Follows(budi) {
		t.Errorf("he hears nothing of it: %s", s.lastTo(budi).Message.Text)
	}
}
