package postgres_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// A leader's letter that finds nobody makes the leader one who is not counted on: the coordinator's room reads it once, however many letters
// end so, and however the network tells. A letter that only this one time was not taken changes nothing.
func TestALeaderWhomNothingReaches(t *testing.T) {
	t.Parallel()
	leader := bot.Address{Network: bot.WhatsAppCloud, ID: "62811"}
	for name, c := range map[string]struct {
		ends func(t *testing.T, s *postgres.Store)
		lost bool
	}{
		"refused at once": {func(t *testing.T, s *postgres.Store) {
			mark(t, s, outbox.Fate{Key: "a", State: ledger.Failed, Unreached: leader})
			mark(t, s, outbox.Fate{Key: "b", State: ledger.Failed, Unreached: leader})
		}, true},
		"refused, and nobody is gone": {func(t *testing.T, s *postgres.Store) { mark(t, s, outbox.Fate{Key: "a", State: ledger.Failed}) }, false},
		"a citizen is gone": {func(t *testing.T, s *postgres.Store) {
			mark(t, s, outbox.Fate{Key: "a", State: ledger.Failed, Unreached: bot.Address{Network: bot.WhatsAppCloud, ID: "62899"}})
		}, false},
		"told later": {func(t *testing.T, s *postgres.Store) {
			mark(t, s, outbox.Fate{Key: "a", State: ledger.Sent, Ref: bot.MessageRef{Chat: leader, ID: "1"}})
			if _, err := s.Received(t.Context(), bot.Receipt{Key: "a", Ref: bot.MessageRef{Chat: leader, ID: "1"}, Outcome: bot.Missed, Err: &bot.SendError{Remedy: bot.Gone}}); err != nil {
				t.Fatal(err)
			}
		}, true},
		"not even invited": {func(t *testing.T, s *postgres.Store) {
			chill(t, s, "a")
			if _, err := s.Received(t.Context(), bot.Receipt{Key: "wake:a", Outcome: bot.Missed}); err != nil {
				t.Fatal(err)
			}
		}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			office := &casework.Office{Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}
			s := open(t, postgres.Options{Unreached: office.Unreached, Refresh: func(report.Report) ledger.Letter { return ledger.Letter{} }})
			op := ledger.Operator{ID: leader.String(), Name: "Ratna", Role: report.Leader, Title: "sekda", Approved: "telegram:1", Met: time.Unix(1, 0).UTC()}
			b := ledger.Batch{Cause: "e", Changes: []ledger.Change{ledger.Enrolled{Operator: op}}}
			for _, key := range []string{"a", "b"} {
				l := letter(key, leader)
				l.Purpose = ledger.ToDesk
				b.Letters = append(b.Letters, l)
			}
			if err := s.Commit(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			c.ends(t, s)
			now, err := s.Operator(t.Context(), op.ID)
			if err != nil {
				t.Fatal(err)
			}
			var told int
			var texts string
			if err := s.Pool.QueryRow(t.Context(), `SELECT count(*), coalesce(string_agg(doc::text, ''), '') FROM letters WHERE network = 'desk'`).Scan(&told, &texts); err != nil {
				t.Fatal(err)
			}
			if now.Met.IsZero() != c.lost || (told == 1) != c.lost || !c.lost && told != 0 {
				t.Errorf("it is %+v, and the desk was told %d times", now, told)
			}
			if c.lost && !strings.Contains(texts, "tidak dapat menulis lagi kepada") {
				t.Errorf("told is %q", texts)
			}
		})
	}
}
