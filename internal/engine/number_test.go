package engine_test

import (
	"encoding/json"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/flows/intake"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// A number that another report has got already is nobody's twice: the citizen hears the one that the report is filed
// under, also when the program dies in between.
func TestANumberThatIsTaken(t *testing.T) {
	t.Parallel()
	for _, die := range []string{"", "before commit", "before save", "after save", "before save, with a photo"} {
		t.Run(die, func(t *testing.T) {
			t.Parallel()
			s := newStand(t)
			ctx := t.Context()
			die, photo := strings.CutSuffix(die, ", with a photo")
			taken := report.NewCodeIn("SRG", 1, 0)
			var draws atomic.Uint64
			s.store.Chance = func() uint64 { // the first three who draw get one and the same
				return max(1, draws.Add(1)-2)
			}
			other := report.Report{ID: 1, Code: taken, Status: report.Received, Reporter: budi, Filed: began}
			if err := s.store.Commit(ctx, ledger.Batch{Cause: "other", Changes: []ledger.Change{ledger.Opened{Report: other}}}); err != nil {
				t.Fatal(err)
			}
			s.at(ani, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap"})
			s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
			if photo { // such a report is committed alone
				s.at(ani, bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}})
			}
			s.die = die
			s.at(ani, bot.Text{Text: "kirim"})
			mine, err := s.store.Mine(ctx, ani, 9)
			if err != nil || len(mine) != 1 || mine[0].Code == taken {
				t.Fatalf("the reports: %v, and %s was taken (%v)", mine, taken, err)
			}
			code := mine[0].Code
			rows, err := s.store.Pool.Query(ctx, `SELECT doc FROM letters WHERE lane = $1 ORDER BY id DESC LIMIT 1`, ani.String())
			if err != nil {
				t.Fatal(err)
			}
			doc, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[[]byte])
			if err != nil {
				t.Fatal(err)
			}
			var last ledger.Letter
			if err := json.Unmarshal(doc, &last); err != nil || !strings.Contains(last.Message.Text, string(code)) {
				t.Errorf("the citizen hears %q, not %s (%v)", last.Message.Text, code, err)
			}
			state, _ := s.state(ani)
			if kept := intake.Of(state); kept.Form != nil || kept.Sent == nil || kept.Sent.Code != code {
				t.Errorf("of the draft %+v was filed as %+v, want %s", kept.Form, kept.Sent, code)
			}
			var reports int
			if err := s.store.Pool.QueryRow(ctx, `SELECT count(*) FROM reports`).Scan(&reports); err != nil || reports != 2 {
				t.Errorf("%d reports (%v), want 2", reports, err)
			}
		})
	}
}

// A draft is one report, whatever sends it: a press that comes when the conversation stands where it stood before (another press was committed
// by a program that died, and comes again later; a Redis came back that is a little behind) gets the number that the draft has got.
func TestADraftIsOneReport(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	ctx := t.Context()
	s.at(ani, bot.Text{Text: "lampu pju mati dari kemarin, jalan gelap"})
	s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
	before, err := s.sess.Load(ctx, ani)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.sess.Free(ctx, before); err != nil {
		t.Fatal(err)
	}
	s.at(ani, bot.Text{Text: "kirim"})
	after, err := s.sess.Load(ctx, ani)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.sess.Save(ctx, after, before.State, "back"); err != nil {
		t.Fatal(err)
	}
	s.at(ani, bot.Text{Text: "iya kirim"})
	mine, err := s.store.Mine(ctx, ani, 9)
	if err != nil || len(mine) != 1 {
		t.Fatalf("%d reports (%v), want one", len(mine), err)
	}
	state, _ := s.state(ani)
	if kept := intake.Of(state); kept.Form != nil || kept.Sent == nil || kept.Sent.Code != mine[0].Code {
		t.Errorf("the conversation stands at %+v, with %+v sent; the number is %s", kept.Form, kept.Sent, mine[0].Code)
	}
	if got := s.lastTo(ani); got.Key != "11/e/r0" || !strings.Contains(got.Message.Text, string(mine[0].Code)) {
		t.Errorf("the second press is answered with %s %q", got.Key, got.Message.Text)
	}
	s.at(ani, bot.Text{Text: "jalan berlubang dalam sekali, banyak motor jatuh"})
	s.at(ani, bot.Location{Lat: -6.1227, Lon: 106.1754})
	s.at(ani, bot.Text{Text: "kirim"})
	if mine, err = s.store.Mine(ctx, ani, 9); err != nil || len(mine) != 2 {
		t.Errorf("%d reports (%v): the next matter is a report of its own", len(mine), err)
	}
}
