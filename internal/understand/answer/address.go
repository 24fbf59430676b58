package answer

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// peopleWord are the words for people, who are from a place and are none.
var peopleWord = ListOf("of-people")

// ofOthers reports whether what is denied are people.
func ofOthers(ps []piece) bool {
	for i := 1; i < len(ps); i++ {
		if ps[i-1].any("bukan") && peopleWord[bot.Fold(ps[i].raw)] {
			return true
		}
	}
	return false
}

// addressWord are what a part of an address is called that is wrong: "gangnya salah".
var addressWord = ListOf("address-its")

// withNoun puts what a part of an address is before its right name, where that stands alone: "gangnya bukan mawar tapi melati".
func withNoun(its, words string) string {
	noun := strings.TrimSuffix(strings.TrimSuffix(its, "na"), "nya")
	if first := strings.Fields(bot.Fold(words)); len(first) == 0 || strings.HasPrefix(first[0], noun[:1]) && len(first[0]) <= len(noun) || slices.Contains([]string{"di", "ke"}, first[0]) {
		return words
	}
	return noun + " " + words
}
