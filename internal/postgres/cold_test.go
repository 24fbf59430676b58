package postgres_test

import (
	"fmt"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// coldCase is a report with notices to its citizen.
func coldCase(t *testing.T, notices ...string) (s *postgres.Store, refreshed func() []string) {
	t.Helper()
	s = open(t, postgres.Options{Refresh: func(r report.Report) ledger.Letter { return refreshOf("", "card") }})
	r := report.Report{ID: 1, Code: "SRG-AAAA-A", Status: report.Received, Reporter: chat}
	b := ledger.Batch{Cause: "e", Changes: []ledger.Change{ledger.Opened{Report: r}}}
	for _, key := range notices {
		l := letter(key, chat)
		l.Purpose, l.Report = ledger.Notice, 1
		b.Letters = append(b.Letters, l)
	}
	if err := s.Commit(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	return s, func() []string {
		rows, err := s.Pool.Query(t.Context(), `SELECT key FROM letters WHERE purpose = 'refresh' ORDER BY id`)
		if err != nil {
			t.Fatal(err)
		}
		var keys []string
		for rows.Next() {
			var key string
			if err := rows.Scan(&key); err != nil {
				t.Fatal(err)
			}
			keys = append(keys, key)
		}
		return keys
	}
}

func waitingKeys(t *testing.T, s *postgres.Store) string {
	t.Helper()
	ids, err := s.WaitingIDs(t.Context(), []string{"telegram"}, 10)
	if err != nil {
		t.Fatal(err)
	}
	items, err := s.ByIDs(t.Context(), ids)
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, it := range items {
		if it.Letter.Purpose == ledger.Notice {
			keys = append(keys, it.Letter.Key)
		}
	}
	return strings.Join(keys, " ")
}

func fate(t *testing.T, s *postgres.Store, key string) (stateAndWhy string) {
	t.Helper()
	const read = `SELECT state || ' ' || why FROM letters WHERE key = $1`
	if err := s.Pool.QueryRow(t.Context(), read, key).Scan(&stateAndWhy); err != nil {
		t.Fatal(err)
	}
	return stateAndWhy
}

func chill(t *testing.T, s *postgres.Store, key string) bool {
	t.Helper()
	id, _ := state(t, s, key)
	ok, err := s.Chill(t.Context(), id, "mungkin")
	if err != nil {
		t.Fatal(err)
	}
	return ok
}

// A letter is cold before it is tried, shows so on the card, and a sender that died with it on the wire leaves it there.
func TestAColdLetterSurvivesItsSender(t *testing.T) {
	t.Parallel()
	s, refreshed := coldCase(t, "a")
	for range 2 { // a try that did not reach the network is repeated
		if !chill(t, s, "a") {
			t.Fatal("a letter that waits was not taken")
		}
	}
	if got := fate(t, s, "a"); got != "cold mungkin" {
		t.Errorf("its fate is %s", got)
	}
	if got := fmt.Sprint(refreshed()); got != "[fate:a:chilled]" {
		t.Errorf("cards shown anew: %s", got)
	}
	echo := letter("echo", chat)
	echo.Purpose, echo.Report = ledger.Echo, 1
	if err := s.Commit(t.Context(), ledger.Batch{Cause: "f", Letters: []ledger.Letter{echo}}); err != nil {
		t.Fatal(err)
	}
	if !chill(t, s, "echo") || len(refreshed()) != 1 {
		t.Errorf("a follower's silence is shown on the card: %v", refreshed())
	}
	mark(t, s, outbox.Fate{Key: "echo", State: ledger.Sent})
	if err := s.Unclaim(t.Context(), []string{"telegram"}); err != nil {
		t.Fatal(err)
	}
	if got := waitingKeys(t, s); got != "" {
		t.Errorf("the next sender takes %s", got)
	}
	if n, err := s.Thaw(t.Context(), chat); err != nil || n != 1 || waitingKeys(t, s) != "a" {
		t.Errorf("%d wait after the person wrote (%v)", n, err)
	}
	mark(t, s, outbox.Fate{Key: "a", State: ledger.Sent, Ref: bot.MessageRef{Chat: chat, ID: "1"}, Notice: 1})
	if chill(t, s, "a") {
		t.Error("a letter that was sent was taken")
	}
	if got := fate(t, s, "a"); got != "sent " {
		t.Errorf("its fate is %s", got)
	}
}

// What was refused waits for the person; letters of others do not, and neither does what was sent or withdrawn meanwhile.
func TestRefusedAndThawed(t *testing.T) {
	t.Parallel()
	s, refreshed := coldCase(t, "a", "b", "sent", "fresh", "withdrawn")
	for _, key := range []string{"a", "b", "sent"} {
		chill(t, s, key)
	}
	mark(t, s, outbox.Fate{Key: "b", State: ledger.Cold, Why: "tidak", Notice: 1})
	mark(t, s, outbox.Fate{Key: "a", State: ledger.Cold, Why: "tidak", Notice: 1})
	mark(t, s, outbox.Fate{Key: "sent", State: ledger.Sent, Why: "mungkin", Notice: 1})
	if err := s.Commit(t.Context(), ledger.Batch{Cause: "undo", Changes: []ledger.Change{ledger.Unsent{Key: "withdrawn"}}}); err != nil {
		t.Fatal(err)
	}
	if chill(t, s, "withdrawn") {
		t.Error("a withdrawn letter was taken")
	}
	if got := waitingKeys(t, s); got != "fresh" {
		t.Errorf("%s wait", got)
	}
	if n, err := s.Thaw(t.Context(), bot.Address{Network: bot.Telegram, ID: "8"}); err != nil || n != 0 {
		t.Errorf("somebody else's message thawed %d (%v)", n, err)
	}
	for _, want := range []int{2, 0} {
		if n, err := s.Thaw(t.Context(), chat); err != nil || n != want {
			t.Errorf("thawed %d (%v), want %d", n, err, want)
		}
	}
	if got := waitingKeys(t, s); got != "a b fresh" {
		t.Errorf("%s wait", got)
	}
	want := "[fate:a:chilled fate:b:chilled fate:sent:chilled fate:b:cold fate:a:cold fate:sent:sent]"
	if got := fmt.Sprint(refreshed()); got != want {
		t.Errorf("cards shown anew: %s", got)
	}
}

// The person writes while a refusal is being written down, or the answer to that was lost: the letter goes out.
func TestARefusalOvertakenByThePerson(t *testing.T) {
	t.Parallel()
	s, _ := coldCase(t, "a")
	chill(t, s, "a")
	if _, err := s.Thaw(t.Context(), chat); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		mark(t, s, outbox.Fate{Key: "a", State: ledger.Cold, Why: "tidak", Notice: 1})
		if got := waitingKeys(t, s); got != "a" {
			t.Fatalf("%q wait", got)
		}
	}
	chill(t, s, "a")
	id, _ := state(t, s, "a")
	if err := s.Warm(t.Context(), id); err != nil || waitingKeys(t, s) != "a" {
		t.Errorf("a letter that was not refused does not wait (%v)", err)
	}
	mark(t, s, outbox.Fate{Key: "a", State: ledger.Failed, Why: "ditolak jaringan", Notice: 1})
	if n, err := s.Thaw(t.Context(), chat); err != nil || n != 0 {
		t.Errorf("a failed letter was thawed: %d (%v)", n, err)
	}
}
