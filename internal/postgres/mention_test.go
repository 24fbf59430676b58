package postgres_test

import (
	"slices"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

// A letter that shows what was said is tried, fails, and waits for its next try. The report becomes confidential meanwhile: it is not tried
// again, also where the sender has died since. One that is on the wire arrives, and is found to be taken off.
func TestWhatIsHushedIsNotTriedAgain(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	said := func(key string, about report.ID) ledger.Letter {
		return ledger.Letter{Key: key, To: chat, Desk: true, Report: about, Purpose: ledger.ToDesk, Message: bot.Message{Text: "lampu"}}
	}
	list := ledger.Letter{Key: "e/d0", To: chat, Purpose: ledger.ToDesk, Mentions: []report.ID{1, 2}, Message: bot.Message{Text: "lampu"}}
	commit(t, s, "e", said("e/add1", 1), said("e/line2", 1), said("e/add3", 2), list)
	claims := func(key string, want bool) {
		t.Helper()
		id, _ := state(t, s, key)
		if ok, err := s.Claim(t.Context(), id); err != nil || ok != want {
			t.Errorf("%s may be sent: %v, %v", key, ok, err)
		}
	}
	for _, key := range []string{"e/add1", "e/line2", "e/add3", "e/d0"} {
		claims(key, true)
		claims(key, true) // its next try
	}
	if err := s.Commit(t.Context(), ledger.Batch{Cause: "hush", Changes: []ledger.Change{ledger.Hushed{Report: 1}}}); err != nil {
		t.Fatal(err)
	}
	claims("e/add1", false)
	claims("e/d0", false)
	claims("e/add3", true)
	mark(t, s, outbox.Fate{Key: "e/line2", State: ledger.Sent, Ref: bot.MessageRef{Chat: chat, ID: "7"}})
	if err := s.Unclaim(t.Context(), []string{outbox.DeskQueue, string(chat.Network)}); err != nil {
		t.Fatal(err)
	}
	claims("e/add1", false)
	claims("e/add3", true)
	posts, err := s.Shown(t.Context(), 1)
	if err != nil || !slices.ContainsFunc(posts, func(p ledger.Post) bool { return p.Key == "e/line2" }) {
		t.Errorf("what arrived is not found: %v, %v", posts, err)
	}
}

// One message tells of several cards. It is no letter, and is found all the same by each report in it, with where it stands.
func TestWhatIsToldTogetherIsFound(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	at := bot.MessageRef{Chat: chat, ID: "9"}
	cards := []ledger.Letter{{Key: "card:1", Desk: true, Room: "DISHUB", Report: 1}, {Key: "card:2", Desk: true, Room: "DISHUB", Report: 2}, {Key: "call", Desk: true}}
	for range 2 {
		if err := s.Told(t.Context(), at, cards); err != nil {
			t.Fatal(err)
		}
	}
	for _, id := range []report.ID{1, 2} {
		posts, err := s.Shown(t.Context(), id)
		if err != nil || len(posts) != 1 || posts[0].Room != "DISHUB" || posts[0].Report != 0 {
			t.Fatalf("of %d is found %v, %v", id, posts, err)
		}
		if ref, gone, err := s.Ref(t.Context(), posts[0].Key); err != nil || ref != at || !gone {
			t.Errorf("it stands at %v, %v, %v", ref, gone, err)
		}
	}
	if ref, gone, err := s.Ref(t.Context(), "told:nowhere"); err != nil || !ref.Zero() || !gone {
		t.Errorf("what was never told stands at %v, %v, %v", ref, gone, err)
	}
}
