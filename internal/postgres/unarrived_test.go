package postgres_test

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// A network takes news for four people and delivers nothing: that is known a while later, their cards say so once, and the first word of
// one that arrived, sent after them, ends it. What was sent just now says nothing yet.
func TestWhatIsTakenAndNotDelivered(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Refresh: func(r report.Report) ledger.Letter { return refreshOf("", "card") }})
	ctx := t.Context()
	people := []string{"a", "b", "c", "d"}
	for i, who := range people {
		id := report.ID(i + 1)
		to := bot.Address{Network: bot.WhatsAppCloud, ID: "ID." + who}
		l := letter(who, to)
		l.Purpose, l.Report = ledger.Notice, id
		opened := ledger.Opened{Report: report.Report{ID: id, Code: report.NewCode("SRG", uint64(i)), Status: report.Received, Reporter: to}}
		if err := s.Commit(ctx, ledger.Batch{Cause: "e" + who, Changes: []ledger.Change{opened}, Letters: []ledger.Letter{l}}); err != nil {
			t.Fatal(err)
		}
	}
	ref := func(who string) bot.MessageRef {
		return bot.MessageRef{Chat: bot.Address{Network: bot.WhatsAppCloud, ID: "ID." + who}, ID: who}
	}
	people = people[:3]
	for i, who := range people {
		mark(t, s, outbox.Fate{Key: who, State: ledger.Sent, Ref: ref(who), Notice: report.ID(i + 1)})
	}
	missing := func() int {
		t.Helper()
		u, err := s.Unarrived(ctx, string(bot.WhatsAppCloud), outbox.UnarrivedWait)
		if err != nil || u.Grave() != (u.People >= 3) {
			t.Fatalf("%+v (%v)", u, err)
		}
		return u.People
	}
	doubted := func() (n int) {
		t.Helper()
		if err := s.Pool.QueryRow(ctx, `SELECT count(*) FROM letters WHERE why = $1`, outbox.NotSeen).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := missing(); n != 0 {
		t.Errorf("of what was sent just now %d are missed", n)
	}
	if _, err := s.Pool.Exec(ctx, `UPDATE letters SET done = done - interval '11 minutes' WHERE done IS NOT NULL`); err != nil {
		t.Fatal(err)
	}
	if n := missing(); n != 3 {
		t.Errorf("%d people got nothing", n)
	}
	for range 2 {
		if err := s.Doubt(ctx, string(bot.WhatsAppCloud), outbox.UnarrivedWait); err != nil {
			t.Fatal(err)
		}
	}
	if n := doubted(); n != 3 {
		t.Errorf("%d cards say that it did not arrive", n)
	}
	var cards int
	if err := s.Pool.QueryRow(ctx, `SELECT count(*) FROM letters WHERE purpose = 'refresh' AND key LIKE 'fate:%:unseen'`).Scan(&cards); err != nil || cards != 3 {
		t.Errorf("%d cards are shown anew (%v)", cards, err)
	}
	if _, err := s.Received(ctx, bot.Receipt{Ref: ref("a"), Key: "a", Outcome: bot.Arrived}); err != nil || doubted() != 2 {
		t.Errorf("what arrived after all is doubted still: %d (%v)", doubted(), err)
	}
	mark(t, s, outbox.Fate{Key: "d", State: ledger.Sent, Ref: ref("d"), Notice: 4})
	if _, err := s.Received(ctx, bot.Receipt{Ref: ref("d"), Key: "d", Outcome: bot.Arrived}); err != nil || missing() != 0 {
		t.Errorf("%d people are missed while a later letter arrived (%v)", missing(), err)
	}
}
