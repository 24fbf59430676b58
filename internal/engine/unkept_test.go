package engine_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"rabeg/bot"
	"rabeg/internal/engine"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// toAni are the words that were written to Ani, in their order.
func (s *stand) toAni() (all []string) {
	s.Helper()
	rows, err := s.store.Pool.Query(s.Context(), `SELECT doc FROM letters WHERE lane = $1 ORDER BY id`, ani.String())
	if err != nil {
		s.Fatal(err)
	}
	docs, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		s.Fatal(err)
	}
	for _, doc := range docs {
		var l ledger.Letter
		if err := json.Unmarshal(doc, &l); err != nil {
			s.Fatal(err)
		}
		all = append(all, l.Message.Text)
	}
	return all
}

// Somebody whose report did not come over to another server is asked for it once, whoever asks and however often; what is in the making
// stays, and of a report that the conversation does not talk of any more nothing is said.
func TestAReportThatWasNotKept(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	for _, words := range []string{"lampu jalan mati di kaligandu", "kirim", "ya"} {
		s.at(ani, bot.Text{Text: words})
	}
	var code report.Code
	if err := s.store.Pool.QueryRow(t.Context(), `SELECT code FROM reports WHERE reporter = $1`, ani.String()).Scan(&code); err != nil {
		t.Fatalf("nothing is filed: %v; %q", err, s.toAni())
	}
	before := len(s.toAni())
	if err := s.Unkept(t.Context(), ani, report.NewCode("SRG", 99), ""); err != nil {
		t.Fatal(err)
	}
	if n := len(s.toAni()); n != before {
		t.Errorf("of another's report %d things are said: %q", n-before, s.toAni()[before:])
	}
	for _, by := range []*engine.Engine{s.Engine, s.second, s.Engine} {
		if err := by.Unkept(t.Context(), ani, code, ""); err != nil {
			t.Fatal(err)
		}
	}
	said := s.toAni()[before:]
	if len(said) != 1 || !strings.Contains(said[0], bot.Bold(string(code))) || !strings.Contains(said[0], "Kirim lagi ceritanya") || !strings.Contains(said[0], "112") {
		t.Errorf("Ani is told %q", said)
	}
	s.at(ani, bot.Text{Text: "sampah menumpuk"}) // a draft, with a question about its place
	before = len(s.toAni())
	if err := s.Unkept(t.Context(), ani, "", "e7"); err != nil {
		t.Fatal(err)
	}
	said = s.toAni()[before:]
	if len(said) != 1 || !strings.HasPrefix(said[0], "Maaf 🙏, sistem kami sempat terganggu.") || len(said[0]) < 200 {
		t.Errorf("with a draft Ani is told %q", said)
	}
}
