package engine_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Who asks for a number that was given in the time that a restore lost hears so, and the coordinator is told of it, without a
// word about the person. Numbers that cannot have been given then are not found, as ever.
func TestANumberThatWasLost(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	s.Gap = report.Gap{From: began.Add(-48 * time.Hour), Until: began.Add(-40 * time.Hour)}
	lost := report.NewCode("SRG", 77)
	letters := func(where string) (all []ledger.Letter) {
		t.Helper()
		rows, err := s.store.Pool.Query(t.Context(), `SELECT doc FROM letters WHERE lane = $1 ORDER BY id`, where)
		if err != nil {
			t.Fatal(err)
		}
		docs, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
		if err != nil {
			t.Fatal(err)
		}
		for _, doc := range docs {
			var l ledger.Letter
			if err := json.Unmarshal(doc, &l); err != nil {
				t.Fatal(err)
			}
			all = append(all, l)
		}
		return all
	}
	last := func() string {
		all := letters(ani.String())
		return all[len(all)-1].Message.Text
	}
	for _, words := range []string{string(lost), "status " + strings.ToLower(string(lost)), "laporan saya " + string(lost) + " kok belum ada kabar ya pak?"} {
		s.at(ani, bot.Text{Text: words})
		if got := last(); !strings.Contains(got, bot.Bold(string(lost))+" tidak ada lagi") || !strings.Contains(got, "Ceritakan sekali lagi") {
			t.Errorf("%q is answered with %q", words, got)
		}
	}
	told := letters(deskAt.String())
	if len(told) != 3 || told[0].Room != "" || !strings.Contains(told[0].Message.Text, string(lost)) || strings.Contains(told[0].Message.Text, ani.ID) {
		t.Errorf("the coordinator is told %+v", told)
	}
	var waits int
	if err := s.store.Pool.QueryRow(t.Context(), `SELECT count(*) FROM letters WHERE lane = $1 AND state = 'waiting'`, deskAt.String()).Scan(&waits); err != nil || waits != 1 {
		t.Errorf("%d such letters wait for the room, want one (%v)", waits, err)
	}
	s.at(ani, bot.Text{Text: "SRG-2222-3"})
	if got := last(); !strings.Contains(got, "tidak saya temukan") {
		t.Errorf("a number of the old form is answered with %q", got)
	}
	s.Gap = report.Gap{}
	s.at(ani, bot.Text{Text: string(lost)})
	if got := last(); !strings.Contains(got, "tidak saya temukan") || len(letters(deskAt.String())) != 3 {
		t.Errorf("where nothing was restored the answer is %q", got)
	}
}
