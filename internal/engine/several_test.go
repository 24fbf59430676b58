package engine_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/flows/intake"
	"rabeg/internal/report"
)

// One tap files all matters of a message in one commit: each with its own number and office, and one letter with all numbers. However
// often the event is delivered, and wherever the program dies, they are the same.
func TestSeveralReportsOfOneMessage(t *testing.T) {
	t.Parallel()
	for _, die := range []string{"", "before commit", "before save", "after save"} {
		t.Run(die, func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			ctx := t.Context()
			s.at(ani, bot.Text{Text: "1. lampu pju mati dari kemarin, jalan gelap 2. sampah ga diangkut 2 minggu 3. got mampet depan mushola"})
			s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
			s.die = die
			s.at(ani, bot.Text{Text: "iya kirim semua"})
			mine, err := s.store.Mine(ctx, ani, 9)
			if err != nil || len(mine) != 3 {
				t.Fatalf("%d reports (%v): %s", len(mine), err, s.lastTo(ani).Message.Text)
			}
			letter := s.lastTo(ani).Message.Text
			codes, offices := map[report.Code]bool{}, map[string]bool{}
			for _, r := range mine {
				if !strings.Contains(letter, string(r.Code)) {
					t.Errorf("%s is not in %q", r.Code, letter)
				}
				codes[r.Code], offices[r.Suggested+r.Agency] = true, true
				if r.Place.Pin == nil || !r.Owned() || strings.Contains(r.Text, "\n") {
					t.Errorf("the report: %+v", r)
				}
				if w := s.whole(r.ID); report.Fold(report.Origin(w.Report), w.Facts).Rev != r.Rev {
					t.Errorf("it does not follow from its facts")
				}
			}
			if len(codes) != 3 || len(offices) != 3 {
				t.Errorf("numbers %v, offices %v", codes, offices)
			}
			var letters, cards int
			if err := s.store.Pool.QueryRow(ctx, `SELECT count(*) FILTER (WHERE lane = $1 AND doc::text LIKE '%Terima kasih%'), count(*) FILTER (WHERE purpose = 'card') FROM letters`,
				ani.String()).Scan(&letters, &cards); err != nil {
				t.Fatal(err)
			}
			if letters != 1 || cards != 3 {
				t.Errorf("%d receipts, %d cards", letters, cards)
			}
			state, _ := s.state(ani)
			kept := intake.Of(state)
			if kept.Form != nil || kept.Sent == nil || !codes[kept.Sent.Code] {
				t.Errorf("what is kept: %+v", kept)
			}
		})
	}
}

// The bounds of one person count each matter of a message: what is beyond them waits for the coordinator's look, and the receipt says so.
func TestBoundsCountEachOfSeveral(t *testing.T) {
	t.Parallel()
	s := newStreet(t)
	s.at(ani, bot.Text{Text: "1. lampu pju mati dari kemarin, jalan gelap 2. sampah ga diangkut 2 minggu 3. got mampet depan mushola"})
	s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
	s.at(ani, bot.Text{Text: "kirim semua"})
	mine, err := s.store.Mine(t.Context(), ani, 9)
	if err != nil || len(mine) != 3 {
		t.Fatalf("%d reports (%v)", len(mine), err)
	}
	held := 0
	for _, r := range mine {
		if r.Status == report.Quarantined {
			held++
		}
	}
	if letter := s.lastTo(ani).Message.Text; held != 1 || strings.Count(letter, "dilihat dulu oleh petugas") != 1 {
		t.Errorf("%d of three are held, and the citizen reads %q", held, letter)
	}
}
