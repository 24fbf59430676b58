package ledger_test

import (
	"regexp"
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// What a follower said stands in the letters that are named by its facts, and in what officers asked for; what was sent anew with a card is
// of all who sent files, and so only where this one did.
func TestLettersThatShowWhatSomebodySaid(t *testing.T) {
	t.Parallel()
	words := ledger.Said{Report: 1, Seqs: []int{2, 3}}
	sent := words
	sent.Files = []bot.MediaRef{{Network: bot.Telegram, ID: "f"}}
	for key, want := range map[string][2]bool{
		"citizen1/add2": {true, true}, "x/line3": {true, true}, "x/quote": {true, true}, "x/copy4/alone": {true, true}, "x/media3": {true, true},
		"card:1/media": {false, true}, "job:media:1/late": {false, true}, "x/add23": {}, "x/add4": {}, "x/card": {}, "x/add2/more": {},
	} {
		for i, said := range []ledger.Said{words, sent} {
			if got := regexp.MustCompile(said.Shows()).MatchString(key); got != want[i] {
				t.Errorf("%s, with files %v: %v", key, i == 1, got)
			}
		}
	}
}
