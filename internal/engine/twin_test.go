package engine_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/intake"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// lastTo is the newest letter to a chat.
func (s *stand) lastTo(chat bot.Address) (l ledger.Letter) {
	s.Helper()
	var doc []byte
	err := s.store.Pool.QueryRow(s.Context(), `SELECT doc FROM letters WHERE lane = $1 ORDER BY id DESC LIMIT 1`, chat.String()).Scan(&doc)
	if err == nil {
		err = json.Unmarshal(doc, &l)
	}
	if err != nil {
		s.Fatal(err)
	}
	return l
}

func (s *stand) whole(id report.ID) ledger.Whole {
	s.Helper()
	w, err := s.store.Whole(s.Context(), id)
	if err != nil {
		s.Fatal(err)
	}
	return w
}

// follow lets budi file a lamp, and ani, who is to file the same one, follow his instead; die ends the turn of her choice.
func (s *stand) follow(die string) report.Report {
	s.Helper()
	s.at(budi, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap, telepon 081234567890"})
	s.at(budi, bot.Location{Lat: -6.1227, Lon: 106.1754})
	s.at(budi, bot.Text{Text: "kirim"})
	mine, err := s.store.Mine(s.Context(), budi, 9)
	if err != nil || len(mine) != 1 {
		s.Fatalf("budi has filed %d reports (%v)", len(mine), err)
	}
	s.at(ani, bot.Text{Text: "lampu pju padam, jalan gelap sekali"})
	s.at(ani, bot.Location{Lat: -6.1228, Lon: 106.1755})
	if text := s.lastTo(ani).Message.Text; !strings.Contains(text, "sekitar 20 m") || strings.Contains(text, "08123") || strings.Contains(text, "kemarin") {
		s.Fatalf("ani reads %q", text)
	}
	s.die = die
	s.at(ani, bot.Text{Text: "iya itu yang sama"})
	return mine[0]
}

// Who follows is written down once, with what he or she told, wherever the program dies; nothing is filed, and the draft is over.
func TestAReportIsFollowedOnce(t *testing.T) {
	t.Parallel()
	for _, die := range []string{"", "before load", "before commit", "before save", "after save"} {
		t.Run(die, func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			w := s.whole(s.follow(die).ID)
			if len(w.Report.Followers) != 1 || !w.Report.Follows(ani) {
				t.Errorf("followers: %v", w.Report.Followers)
			}
			n := map[report.What]int{}
			for _, f := range w.Facts {
				n[f.What]++
				if f.What == report.WasAdded && (!f.Beside || f.Words != "lampu pju padam, jalan gelap sekali") {
					t.Errorf("added: %+v", f)
				}
			}
			if n[report.WasFollowed] != 1 || n[report.WasAdded] != 1 {
				t.Errorf("facts: %v", n)
			}
			state, _ := s.state(ani)
			if kept := intake.Of(state); kept.Form != nil || state.Ask != nil {
				t.Errorf("a draft is left: %+v", kept.Form)
			}
			var reports int
			if err := s.store.Pool.QueryRow(t.Context(), `SELECT count(*) FROM reports`).Scan(&reports); err != nil || reports != 1 {
				t.Errorf("%d reports (%v)", reports, err)
			}
		})
	}
}

// The program dies after it has asked, and before it knows that it has. What others do in the meantime changes nothing of what was asked:
// the answer counts, be it to the card or to the report that was shown.
func TestWhatWasFoundStays(t *testing.T) {
	t.Parallel()
	const lamp = "lampu pju padam, jalan gelap sekali"
	here := bot.Location{Lat: -6.1228, Lon: 106.1755}
	neighbour := func(s *stand) {
		s.at(budi, bot.Text{Text: lamp})
		s.at(budi, here)
		s.at(budi, bot.Text{Text: "kirim"})
	}
	ended := func(s *stand) {
		mine, err := s.store.Mine(s.Context(), budi, 1)
		if err != nil || len(mine) != 1 {
			s.Fatalf("budi has filed %d reports (%v)", len(mine), err)
		}
		f := report.Fact{Report: mine[0].ID, Seq: mine[0].Rev + 1, At: began, What: report.WasRejected, Reason: "bohong"}
		if err := s.store.Commit(s.Context(), ledger.Batch{Cause: "end", At: began, Changes: []ledger.Change{
			ledger.Changed{Report: report.Apply(mine[0], f), Was: mine[0].Rev, Facts: []report.Fact{f}}}}); err != nil {
			s.Fatal(err)
		}
	}
	nothing := func(*stand) {}
	for name, c := range map[string]struct {
		before, between func(*stand)
		asked, answer   string
		reports         int
	}{
		"somebody files the same meanwhile":        {nothing, neighbour, "Sudah benar?", "kirim", 2},
		"what was shown comes to an end meanwhile": {neighbour, ended, "di titik yang sama", "bukan yang ini", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			c.before(s)
			s.at(ani, bot.Text{Text: lamp})
			s.die = "before save"
			ev := bot.Event{ID: "ani/pin", Chat: ani, From: bot.Person{ID: ani.ID}, At: began.Add(time.Hour), Body: here}
			if err := s.Handle(t.Context(), ev); !errors.Is(err, errDead) {
				t.Fatal(err)
			}
			if text := s.lastTo(ani).Message.Text; !strings.Contains(text, c.asked) {
				t.Fatalf("ani reads %q", text)
			}
			c.between(s)
			if err := s.Handle(t.Context(), ev); err != nil {
				t.Fatal(err)
			}
			s.n += 100
			s.at(ani, bot.Text{Text: c.answer})
			if c.answer != "kirim" {
				if text := s.lastTo(ani).Message.Text; !strings.Contains(text, "Sudah benar?") {
					t.Errorf("after %q ani reads %q", c.answer, text)
				}
			}
			var reports int
			if err := s.store.Pool.QueryRow(t.Context(), `SELECT count(*) FROM reports`).Scan(&reports); err != nil || reports != c.reports {
				t.Errorf("%d reports, want %d (%v): ani reads %q", reports, c.reports, err, s.lastTo(ani).Message.Text)
			}
		})
	}
}

// Whoever follows a report sees its outline and nothing of what its reporter has told; a move takes the following along, "berhenti" ends it.
func TestWhatAFollowerSees(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	r := s.follow("")
	in, err := s.Look(t.Context(), ani, flows.Look{Code: r.Code})
	if err != nil {
		t.Fatal(err)
	}
	seen, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	if found, ok := in.(flows.Found); !ok || found.Full != nil || len(found.Followed) != 1 || found.Short == nil {
		t.Errorf("ani finds %+v", in)
	}
	for _, secret := range []string{"08123", "kemarin", `"12"`, "106.1754", "pju"} {
		if strings.Contains(string(seen), secret) {
			t.Errorf("a follower is handed %q: %s", secret, seen)
		}
	}
	s.at(ani, bot.Text{Text: "status"})
	if text := s.lastTo(ani).Message.Text; !strings.Contains(text, string(r.Code)) || strings.Contains(text, "kemarin") {
		t.Errorf("ani's list: %q", text)
	}
	s.at(budi, bot.Text{Text: string(r.Code)})
	if text := s.lastTo(budi).Message.Text; strings.Contains(text, "gelap sekali") || !strings.Contains(text, "Warga lain menambah keterangan") {
		t.Errorf("the reporter reads %q", text)
	}
	s.at(ani, bot.Moved{To: aniNow})
	if w := s.whole(r.ID); !w.Report.Follows(aniNow) || w.Report.Follows(ani) || len(w.Report.Followers) != 1 {
		t.Errorf("after the move: %v", w.Report.Followers)
	}
	s.at(aniNow, bot.Text{Text: "berhenti"})
	if w := s.whole(r.ID); len(w.Report.Followers) != 0 {
		t.Errorf("after leaving: %v", w.Report.Followers)
	}
}

// What becomes confidential is not its followers' to see or to add to any more.
func TestFollowersOfWhatBecomesSecret(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	r := s.whole(s.follow("").ID).Report
	f := report.Fact{Report: r.ID, Seq: r.Rev + 1, At: began, What: report.WasCategorised, Visibility: report.Confidential}
	if err := s.store.Commit(t.Context(), ledger.Batch{Cause: "hide", At: began, Changes: []ledger.Change{
		ledger.Changed{Report: report.Apply(r, f), Was: r.Rev, Facts: []report.Fact{f}}}}); err != nil {
		t.Fatal(err)
	}
	for _, l := range []flows.Look{{}, {Code: r.Code}} {
		in, err := s.Look(t.Context(), ani, l)
		if found, ok := in.(flows.Found); err != nil || !ok || found.Full != nil || found.Short != nil || len(found.Followed) > 0 {
			t.Errorf("a follower finds %+v (%v)", in, err)
		}
	}
	in, err := s.ActFor(t.Context(), ani, flows.Act{Report: r.ID, Action: report.Add{Words: "lagi"}})
	if acted, ok := in.(flows.Acted); err != nil || !ok || acted.OK || acted.Report.ID != 0 {
		t.Errorf("a follower adds to a secret: %+v (%v)", in, err)
	}
}

// Nobody follows what is kept from strangers, by whatever number or forged choice.
func TestNobodyFollowsWhatIsSecret(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for i, c := range []struct {
		vis      report.Visibility
		category string
	}{{report.Confidential, "penerangan_jalan"}, {report.Normal, "pungli_integritas"}, {"tetangga", "penerangan_jalan"}} {
		cause := "secret" + string(rune('a'+i))
		id, code := s.store.Draw(cause)
		r, b := s.Office().Open(casework.Filing{ID: id, Code: code, Reporter: budi, Cause: cause, At: began,
			Draft: report.Draft{Kind: report.Complaint, Text: "lampu mati", Category: c.category, Visibility: c.vis, Place: report.Place{Pin: &report.Pin{Lat: -6.1227, Lon: 106.1754}}}})
		if err := s.store.Commit(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		in, err := s.ActFor(t.Context(), ani, flows.Act{Report: r.ID, Action: report.Follow{Lang: "id"}})
		if acted, ok := in.(flows.Acted); err != nil || !ok || acted.OK || acted.Report.Text != "" {
			t.Errorf("%s %s: %+v (%v)", c.vis, c.category, in, err)
		}
	}
	s.at(ani, bot.Text{Text: "lampu pju padam, jalan gelap sekali"})
	s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
	if text := s.lastTo(ani).Message.Text; !strings.Contains(text, "Sudah benar?") {
		t.Errorf("ani reads %q", text)
	}
}
