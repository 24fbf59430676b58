package engine_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// What an officer has answered reaches the next citizen, and what was taken away reaches nobody any more.
func TestAnOfficersAnswerReachesTheNextCitizen(t *testing.T) {
	t.Parallel()
	s := newStand(t)
	teach := func(cause string, k ledger.Known, was int) {
		t.Helper()
		err := s.store.Commit(t.Context(), ledger.Batch{Cause: cause, At: began, Changes: []ledger.Change{ledger.Taught{Known: k, Was: was}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	const question, words = "PPDB SMP kapan dibuka?", "Dibuka 1 Juni di sekolah masing-masing."
	s.at(budi, bot.Text{Text: question})
	if text := s.lastTo(budi).Message.Text; strings.Contains(text, words) || !strings.Contains(text, "Teruskan sebagai pertanyaan") {
		t.Fatalf("budi reads %q", text)
	}
	teach("taught", ledger.Known{Category: "pendidikan_dasar", Rev: 1, Answers: []ledger.Answer{
		{Question: question, Words: words, By: "telegram:21", Name: "Sari", At: began}}}, 0)
	s.wait += 6 * time.Second
	s.at(ani, bot.Text{Text: "ppdb smp dibuka kapan ya kak"})
	if text := s.lastTo(ani).Message.Text; !strings.Contains(text, words) {
		t.Errorf("ani reads %q", text)
	}
	teach("gone", ledger.Known{Category: "pendidikan_dasar", Rev: 2}, 1)
	s.wait += 6 * time.Second
	s.at(ani, bot.Text{Text: "spmb smp kapan dibukanya"})
	if text := s.lastTo(ani).Message.Text; strings.Contains(text, words) {
		t.Errorf("ani reads what was taken away: %q", text)
	}
}
