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
			cause := "11/d"
			if photo { // such a report is committed alone
				cause = "11/e"
			}
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
			if photo {
				s.at(ani, bot.Photo{Media: bot.MediaRef{Network: bot.Telegram, ID: "p"}})
			}
			s.die = die
			s.at(ani, bot.Text{Text: "kirim"})
			_, code, err := s.store.NextID(ctx, cause)
			if err != nil || code == taken {
				t.Fatalf("the number is %s, and %s was taken (%v)", code, taken, err)
			}
			r, err := s.store.ByCode(ctx, code)
			if err != nil || r.Reporter != ani {
				t.Fatalf("the report: %v (%v)", r.Reporter, err)
			}
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
