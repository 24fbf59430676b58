package postgres_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
)

// What a network tells of a letter it took is written down once, shown on the card each time it says something new, and lets the
// letter out anew where that is the remedy.
func TestReceipts(t *testing.T) {
	t.Parallel()
	s, refreshed := coldCase(t, "a", "b")
	ctx := t.Context()
	ref := bot.MessageRef{Chat: chat, ID: "1"}
	tell := func(r bot.Receipt) bool {
		t.Helper()
		again, err := s.Received(ctx, r)
		if err != nil {
			t.Fatal(err)
		}
		return again
	}
	early := bot.Receipt{Ref: ref, Key: "a", Outcome: bot.Missed, Err: &bot.SendError{Remedy: bot.GiveUp}}
	if _, err := s.Received(ctx, early); !errors.Is(err, outbox.ErrEarly) {
		t.Errorf("a failure before the letter was marked gives %v", err)
	}
	mark(t, s, outbox.Fate{Key: "a", State: ledger.Sent, Ref: ref, Notice: 1})
	for range 2 {
		tell(bot.Receipt{Ref: ref, Key: "a", Outcome: bot.Arrived})
	}
	tell(bot.Receipt{Ref: ref, Outcome: bot.Read}) // found by the message
	tell(bot.Receipt{Ref: ref, Key: "a", Outcome: bot.Took})
	var seen string
	if err := s.Pool.QueryRow(ctx, `SELECT seen FROM letters WHERE key = 'a'`).Scan(&seen); err != nil || seen != string(ledger.Read) {
		t.Errorf("it came as far as %q (%v)", seen, err)
	}
	if got := fmt.Sprint(refreshed()); got != "[fate:a:sent fate:a:sent-delivered-0 fate:a:sent-read-0]" {
		t.Errorf("cards shown anew: %s", got)
	}
	if !tell(bot.Receipt{Ref: ref, Key: "a", Outcome: bot.Missed, Err: &bot.SendError{Remedy: bot.Retry, After: time.Hour}}) {
		t.Error("it does not go out anew")
	}
	ids, err := s.WaitingIDs(ctx, []string{"telegram"}, 10)
	if err != nil {
		t.Fatal(err)
	}
	items, err := s.ByIDs(ctx, ids)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, it := range items {
		if it.Letter.Key == "a" {
			found = it.Wait > 50*time.Minute && it.Wait <= time.Hour && !it.Unsure
		}
	}
	if !found {
		t.Errorf("it does not wait for an hour: %+v", items)
	}
	tell(bot.Receipt{Ref: bot.MessageRef{Chat: chat, ID: "9"}, Key: "nobody's", Outcome: bot.Arrived})
}

// The network tells that a letter was taken and did not arrive, before the sender has written down that it sent it: the letter goes out
// anew all the same, and where the person has been silent for too long it waits. Once the second copy has gone it is sent.
func TestAFailureThatIsToldBeforeTheSending(t *testing.T) {
	t.Parallel()
	s, _ := coldCase(t, "a", "b")
	ctx := t.Context()
	first, second := bot.MessageRef{Chat: chat, ID: "1"}, bot.MessageRef{Chat: chat, ID: "2"}
	goes := func(key string, was *bot.SendError, want string) {
		t.Helper()
		id, _ := state(t, s, key)
		if ok, err := s.Claim(ctx, id); err != nil || !ok {
			t.Fatal(ok, err)
		}
		for _, r := range []bot.Receipt{{Outcome: bot.Took}, {Outcome: bot.Missed, Err: was}} {
			r.Ref, r.Key = first, key
			if _, err := s.Received(ctx, r); err != nil {
				t.Fatal(err)
			}
		}
		mark(t, s, outbox.Fate{Key: key, State: ledger.Sent, Ref: first, Notice: 1})
		if _, got := state(t, s, key); got != want {
			t.Errorf("%s, which did not arrive, is %q, want %q", key, got, want)
		}
	}
	goes("a", &bot.SendError{Remedy: bot.Retry, After: time.Hour}, "waiting")
	mark(t, s, outbox.Fate{Key: "a", State: ledger.Sent, Ref: second, Notice: 1})
	if _, got := state(t, s, "a"); got != "sent" {
		t.Errorf("after its second copy it is %q", got)
	}
	goes("b", &bot.SendError{Remedy: bot.GiveUp}, "failed")
}

// What an earlier sender may have sent waits for a word of the network, and a word settles it; the rest waits too, and goes then.
func TestWhatMayHaveBeenSentWaitsForAWord(t *testing.T) {
	t.Parallel()
	s, _ := coldCase(t, "a", "b")
	ctx := t.Context()
	for _, key := range []string{"a", "b"} {
		id, _ := state(t, s, key)
		if ok, err := s.Claim(ctx, id); err != nil || !ok {
			t.Fatal(ok, err)
		}
	}
	if err := s.Unsettle(ctx, []string{"telegram"}, time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Received(ctx, bot.Receipt{Ref: bot.MessageRef{Chat: chat, ID: "5"}, Key: "a", Outcome: bot.Took}); err != nil {
		t.Fatal(err)
	}
	if got := waitingKeys(t, s); got != "b" {
		t.Errorf("there wait %q", got)
	}
	if ref, _, err := s.Ref(ctx, "a"); err != nil || ref.ID != "5" {
		t.Errorf("it stands at %v (%v)", ref, err)
	}
	id, _ := state(t, s, "b")
	items, err := s.ByIDs(ctx, []int64{id})
	if err != nil || len(items) != 1 || !items[0].Unsure || items[0].Wait <= 0 {
		t.Errorf("the other is %+v (%v)", items, err)
	}
}

// A letter that was not taken can be taken back again; one that is to wait for long keeps nobody from knowing how the others do.
func TestWhatWasNotTaken(t *testing.T) {
	t.Parallel()
	s, _ := coldCase(t, "a", "b")
	ctx := t.Context()
	refuse := func(key string, wait time.Duration, want int) {
		t.Helper()
		id, _ := state(t, s, key)
		if _, err := s.Claim(ctx, id); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Refused(ctx, id, wait); err != nil || n != want {
			t.Errorf("%s was laid aside %d times (%v), want %d", key, n, err, want)
		}
	}
	refuse("a", 0, 0)
	if err := s.Commit(ctx, ledger.Batch{Cause: "undo", Changes: []ledger.Change{ledger.Unsent{Key: "a"}}}); err != nil {
		t.Errorf("it cannot be taken back: %v", err)
	}
	refuse("b", time.Hour, 1)
	if oldest, err := s.Unsent(ctx, []string{"telegram"}); err != nil || len(oldest) != 0 {
		t.Errorf("what waits for an hour counts as not sent: %v (%v)", oldest, err)
	}
	refuse("b", time.Hour, 2)
}

// While nobody can be invited a letter waits, and keeps nobody from knowing how the others do; one that is on its way is left alone.
func TestInvitationsWait(t *testing.T) {
	t.Parallel()
	s, _ := coldCase(t, "a", "b")
	ctx := t.Context()
	a, _ := state(t, s, "a")
	b, _ := state(t, s, "b")
	if _, err := s.Claim(ctx, b); err != nil {
		t.Fatal(err)
	}
	for _, id := range []int64{a, b} {
		if err := s.Postpone(ctx, id, time.Hour); err != nil {
			t.Fatal(err)
		}
	}
	if items, err := s.ByIDs(ctx, []int64{a}); err != nil || len(items) != 1 || items[0].Wait < 59*time.Minute || items[0].Wait > time.Hour {
		t.Errorf("it waits so: %+v (%v)", items, err)
	}
	var put bool
	if err := s.Pool.QueryRow(ctx, `SELECT again > now() FROM letters WHERE id = $1 AND again IS NOT NULL`, b).Scan(&put); err == nil && put {
		t.Error("what is on its way was put off")
	}
}

// An invitation is remembered until the person writes, and one that did not arrive is said on the card.
func TestInvitations(t *testing.T) {
	t.Parallel()
	s, refreshed := coldCase(t, "a")
	ctx := t.Context()
	is := func(want bool) {
		t.Helper()
		if got, err := s.Invited(ctx, chat); err != nil || got != want {
			t.Errorf("invited: %v, %v", got, err)
		}
	}
	is(false)
	if err := s.Invite(ctx, chat); err != nil {
		t.Fatal(err)
	}
	is(true)
	chill(t, s, "a")
	for range 2 {
		if _, err := s.Received(ctx, bot.Receipt{Ref: bot.MessageRef{Chat: chat, ID: "9"}, Key: "wake:a", Outcome: bot.Missed, Err: &bot.SendError{}}); err != nil {
			t.Fatal(err)
		}
	}
	if got := fate(t, s, "a"); got != "cold "+outbox.NotInvited {
		t.Errorf("its fate is %s", got)
	}
	if got := fmt.Sprint(refreshed()); got != "[fate:a:chilled fate:a:uninvited]" {
		t.Errorf("cards shown anew: %s", got)
	}
	if n, err := s.Thaw(ctx, chat); err != nil || n != 1 {
		t.Fatal(n, err)
	}
	is(false)
}

// When a person wrote only goes forward; what the network refused counts until the person writes again; a new id takes both along.
func TestWindows(t *testing.T) {
	t.Parallel()
	s, _ := coldCase(t)
	w, ctx := s.Windows(bot.WhatsAppCloud), t.Context()
	noon := time.Date(2026, 11, 20, 5, 0, 0, 0, time.UTC)
	heard := func(chat string, want time.Time, phone string) {
		t.Helper()
		if at, number, err := w.Heard(ctx, chat); err != nil || !at.Equal(want) || number != phone {
			t.Errorf("%s wrote at %v from %q (%v)", chat, at, number, err)
		}
	}
	do := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	heard("ID.A", time.Time{}, "")
	do(w.Met(ctx, "ID.A", "+62811", noon))
	do(w.Met(ctx, "ID.A", "", noon.Add(-time.Hour)))
	do(w.Met(ctx, "ID.A", "", time.Time{}))
	heard("ID.A", noon, "+62811")
	do(w.Shut(ctx, "ID.A", noon.Add(time.Hour)))
	heard("ID.A", time.Time{}, "+62811")
	do(w.Shut(ctx, "ID.A", noon.Add(time.Minute))) // told late
	do(w.Met(ctx, "ID.A", "", noon.Add(2*time.Hour)))
	heard("ID.A", noon.Add(2*time.Hour), "+62811")
	for range 2 {
		do(w.Renamed(ctx, "ID.A", "ID.B", "+62822"))
	}
	heard("ID.A", time.Time{}, "")
	heard("ID.B", noon.Add(2*time.Hour), "+62822")
	whose := func(number string, since time.Time, want ...bot.Address) {
		t.Helper()
		if got, err := w.Numbered(ctx, number, since); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is the number of %v, %v; want %v", number, got, err, want)
		}
	}
	whose("62822", noon, bot.Address{Network: bot.WhatsAppCloud, ID: "ID.B"})
	whose("62822", noon.Add(3*time.Hour))
	whose("62811", noon)
	do(w.Met(ctx, "ID.C", "", noon))
	whose("", time.Time{})
	do(w.Forgotten(ctx, "ID.B"))
	whose("62822", noon)
	heard("ID.B", time.Time{}, "")
}
