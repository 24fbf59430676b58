package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/report"
)

func commit(t *testing.T, s *postgres.Store, cause string, letters ...ledger.Letter) {
	t.Helper()
	if err := s.Commit(t.Context(), ledger.Batch{Cause: cause, Letters: letters}); err != nil {
		t.Fatal(err)
	}
}

func state(t *testing.T, s *postgres.Store, key string) (id int64, state string) {
	t.Helper()
	if err := s.Pool.QueryRow(t.Context(), `SELECT id, state FROM letters WHERE key = $1`, key).Scan(&id, &state); err != nil {
		t.Fatal(err)
	}
	return id, state
}

func refreshOf(key, card string) ledger.Letter {
	return ledger.Letter{Key: key, To: chat, Desk: true, Purpose: ledger.Refresh, Edits: card, Fold: card, Report: 1}
}

func mark(t *testing.T, s *postgres.Store, f outbox.Fate) {
	t.Helper()
	f.ID, _ = state(t, s, f.Key)
	if err := s.Mark(t.Context(), []outbox.Fate{f}); err != nil {
		t.Fatal(err)
	}
}

// A message that told of several cards is nobody's card: a reply to it means what the list says, and is forgotten with all that is old.
func TestAMessageForSeveralCards(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	first, second := letter("c1", chat), letter("c2", chat)
	first.Purpose, first.Report, second.Purpose, second.Report = ledger.Card, 1, ledger.Card, 2
	commit(t, s, "e", first, second)
	ref := bot.MessageRef{Chat: chat, ID: "77"}
	for range 2 { // the answer to the first try was lost
		mark(t, s, outbox.Fate{Key: "c1", State: ledger.Sent, List: outbox.List{Ref: ref, Intent: "tenggat:CTH-1,CTH-2"}})
		mark(t, s, outbox.Fate{Key: "c2", State: ledger.Sent})
	}
	if r, intent, err := s.ByRef(t.Context(), ref); err != nil || intent != "tenggat:CTH-1,CTH-2" || r.ID != 0 {
		t.Errorf("it is %q of report %d, %v", intent, r.ID, err)
	}
	if at, gone, err := s.Ref(t.Context(), "c1"); err != nil || !at.Zero() || !gone {
		t.Errorf("the first card stands at %v, %v, %v", at, gone, err)
	}
	if err := s.Forget(t.Context(), time.Now().Add(ledger.Remembered+time.Hour)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.ByRef(t.Context(), ref); !errors.Is(err, ledger.ErrUnknown) {
		t.Errorf("after it was forgotten: %v", err)
	}
}

// A mark whose answer was lost is repeated: the letter stays as it was marked first, and its card is refreshed once.
func TestMarkRepeated(t *testing.T) {
	t.Parallel()
	var handed int
	s := open(t, postgres.Options{
		Committed: func(items []outbox.Item) { handed += len(items) },
		Refresh:   func(r report.Report) ledger.Letter { return refreshOf("", "card") },
	})
	r := report.Report{ID: 1, Code: "SRG-AAAA-A", Status: report.Received, Reporter: chat}
	notice := letter("notice", chat)
	notice.Purpose, notice.Report = ledger.Notice, 1
	if err := s.Commit(t.Context(), ledger.Batch{Cause: "e", Changes: []ledger.Change{ledger.Opened{Report: r}}, Letters: []ledger.Letter{notice}}); err != nil {
		t.Fatal(err)
	}
	handed = 0
	ref := bot.MessageRef{Chat: chat, ID: "5"}
	for range 3 {
		mark(t, s, outbox.Fate{Key: "notice", State: ledger.Sent, Ref: ref, Notice: 1})
	}
	mark(t, s, outbox.Fate{Key: "notice", State: ledger.Failed, Why: "late"})
	if _, got := state(t, s, "notice"); got != "sent" {
		t.Errorf("the letter is %s", got)
	}
	if handed != 1 {
		t.Errorf("%d refreshes were handed over, want 1", handed)
	}
	if got, gone, err := s.Ref(t.Context(), "notice"); err != nil || !gone || got != ref {
		t.Errorf("it stands at %v, %v (%v)", got, gone, err)
	}
}

// A report that cannot be read any more must not keep fates from being written.
func TestMarkWithAnUnreadableReport(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{Refresh: func(report.Report) ledger.Letter { return refreshOf("", "card") }})
	commit(t, s, "e", letter("a", chat), letter("b", chat))
	_, err := s.Pool.Exec(t.Context(), `
INSERT INTO reports (id, code, cause, reporter, filed, doc)
VALUES (1, 'X', 'x', '', now(), '{"id": "no number", "status": "closed"}')`)
	if err != nil {
		t.Fatal(err)
	}
	mark(t, s, outbox.Fate{Key: "a", State: ledger.Sent, Notice: 1})
	mark(t, s, outbox.Fate{Key: "b", State: ledger.Sent, Notice: 99})
	for _, key := range []string{"a", "b"} {
		if _, got := state(t, s, key); got != "sent" {
			t.Errorf("letter %s is %s", key, got)
		}
	}
}

// A card stands where the newest refresh that was sent anew stands.
func TestWhereACardStands(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	c := letter("card", chat)
	c.Desk, c.Purpose, c.Report = true, ledger.Card, 1
	commit(t, s, "e0", c)
	if at, gone, err := s.Ref(t.Context(), "card"); err != nil || gone || !at.Zero() {
		t.Errorf("before it is sent: %v %v (%v)", at, gone, err)
	}
	mark(t, s, outbox.Fate{Key: "card", State: ledger.Sent}) // in a digest
	if at, gone, err := s.Ref(t.Context(), "card"); err != nil || !gone || !at.Zero() {
		t.Errorf("after a digest: %v %v (%v)", at, gone, err)
	}
	for i := range 3 {
		key := fmt.Sprint("r", i)
		commit(t, s, key, refreshOf(key, "card"))
		ref := bot.MessageRef{Chat: chat, ID: fmt.Sprint(10 + i)}
		mark(t, s, outbox.Fate{Key: key, State: ledger.Sent, Ref: ref})
		if at, gone, err := s.Ref(t.Context(), "card"); err != nil || !gone || at != ref {
			t.Errorf("after refresh %d: %v %v (%v)", i, at, gone, err)
		}
	}
	if _, gone, err := s.Ref(t.Context(), "never written"); err != nil || !gone {
		t.Errorf("a letter that is not there: %v (%v)", gone, err)
	}
}

func TestClaimAndUnclaim(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx := t.Context()
	wa := letter("wa", bot.Address{Network: bot.WhatsApp, ID: "1"})
	commit(t, s, "e", letter("a", chat), letter("b", chat), wa)
	a, _ := state(t, s, "a")
	b, _ := state(t, s, "b")
	w, _ := state(t, s, "wa")
	for _, id := range []int64{a, a, w} { // a letter that is tried again is claimed again
		if ok, err := s.Claim(ctx, id); err != nil || !ok {
			t.Fatalf("claim %d: %v %v", id, ok, err)
		}
	}
	if err := s.Commit(ctx, ledger.Batch{Cause: "late", Changes: []ledger.Change{ledger.Unsent{Key: "a"}}}); !errors.Is(err, ledger.ErrSent) {
		t.Errorf("a claimed letter was taken back: %v", err)
	}
	if err := s.Commit(ctx, ledger.Batch{Cause: "soon", Changes: []ledger.Change{ledger.Unsent{Key: "b"}}}); err != nil {
		t.Error(err)
	}
	if ok, err := s.Claim(ctx, b); err != nil || ok {
		t.Errorf("a withdrawn letter was claimed: %v %v", ok, err)
	}
	if ids, err := s.WaitingIDs(ctx, []string{"telegram"}, 10); err != nil || len(ids) != 0 {
		t.Errorf("%v wait (%v)", ids, err)
	}
	if err := s.Unclaim(ctx, []string{"telegram"}); err != nil {
		t.Fatal(err)
	}
	ids, err := s.WaitingIDs(ctx, []string{"telegram", "whatsapp"}, 10)
	if err != nil || len(ids) != 1 || ids[0] != a {
		t.Errorf("%v wait, want the telegram letter %d alone (%v)", ids, a, err)
	}
	mark(t, s, outbox.Fate{Key: "b", State: ledger.Sent})
	if _, got := state(t, s, "b"); got != string(ledger.Taken) {
		t.Errorf("a withdrawn letter became %s", got)
	}
}

// Callers that leave, causes that come twice, and a batch that cannot even be written down: each gets its own answer.
func TestGroupCommitUnderTrouble(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	left, leave := context.WithCancel(t.Context())
	leave()
	nan := ledger.Opened{Report: report.Report{ID: 9, Code: "SRG-N", Reporter: chat}}
	nan.Report.Place.Pin = &report.Pin{Lat: math.NaN()}
	const n = 100
	type answer struct {
		kind int
		err  error
	}
	answers := make(chan answer, 4*n)
	for i := range n {
		cause := fmt.Sprint("e", i)
		good := ledger.Batch{Cause: cause, Letters: []ledger.Letter{letter(cause, chat)}}
		go func() { answers <- answer{0, s.Commit(t.Context(), good)} }()
		go func() {
			answers <- answer{1, s.Commit(left, ledger.Batch{Cause: cause + "left", Letters: good.Letters})}
		}()
		go func() {
			answers <- answer{2, s.Commit(t.Context(), ledger.Batch{Cause: cause + "nan", Changes: []ledger.Change{nan}})}
		}()
		go func() {
			bad := letter("bad"+cause, chat)
			bad.Fold, bad.Purpose = "a\x00b", ledger.Reply // PostgreSQL takes no NUL
			answers <- answer{3, s.Commit(t.Context(), ledger.Batch{Cause: cause + "nul", Letters: []ledger.Letter{bad}})}
		}()
	}
	for range 4 * n {
		a := <-answers
		if (a.err == nil) != (a.kind == 0) {
			t.Errorf("kind %d: %v", a.kind, a.err)
		}
		if a.kind == 1 && !errors.Is(a.err, context.Canceled) {
			t.Errorf("a caller that had left: %v", a.err)
		}
	}
	if ids, err := s.WaitingIDs(t.Context(), []string{"telegram"}, 10*n); err != nil || len(ids) != n {
		t.Errorf("%d letters wait (%v), want %d", len(ids), err, n)
	}
}

func TestNoCommitAfterClose(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	s.Close()
	s.Close()
	if err := s.Commit(t.Context(), ledger.Batch{Cause: "e", Letters: []ledger.Letter{letter("a", chat)}}); err == nil {
		t.Error("a closed store took a batch")
	}
}

// killOthers ends all connections of the test's database but the asking one.
func killOthers(t *testing.T, s *postgres.Store) {
	t.Helper()
	const kill = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`
	if _, err := s.Pool.Exec(t.Context(), kill); err != nil {
		t.Fatal(err)
	}
}

func TestTellAndHear(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	heard, over := make(chan struct{}, 100), make(chan error, 1)
	go func() { over <- s.Hear(ctx, func() { heard <- struct{}{} }) }()
	for told := false; !told; {
		if err := s.Tell(ctx); err != nil {
			t.Fatal(err)
		}
		tick := time.NewTimer(20 * time.Millisecond)
		select {
		case <-heard:
			told = true
		case <-tick.C:
		}
		tick.Stop()
	}
	killOthers(t, s)
	if err := <-over; err == nil {
		t.Error("a listener whose connection was killed ended without an error")
	}
	again, stop := context.WithCancel(t.Context())
	go func() { over <- s.Hear(again, func() {}) }()
	stop()
	if err := <-over; err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("a listener that was stopped: %v", err)
	}
}

func TestBacklog(t *testing.T) {
	t.Parallel()
	s := open(t, postgres.Options{})
	held := letter("held", chat)
	held.Hold = time.Now().Add(time.Hour)
	d := letter("d", chat)
	d.Desk = true
	commit(t, s, "e", letter("a", chat), held, d)
	n, age, err := s.Backlog(t.Context())
	if err != nil || n["telegram"] != 2 || n["desk"] != 1 {
		t.Errorf("backlog %v (%v)", n, err)
	}
	if age["telegram"] < 0 || age["telegram"] > time.Minute {
		t.Errorf("ages %v", age)
	}
}
