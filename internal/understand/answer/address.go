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

// putsRight reports whether words behind a part of an address name another: "gangnya salah, gang melati", "gangnya bukan mawar tapi melati";
// "bloknya salah desain" and "gangnya bukan dibersihin malah ditutup" tell of it.
func putsRight(ps []piece, first int) bool {
	const most = 4
	of := ps[first+1]
	switch rest := ps[first+2:]; {
	case of.any("salah"):
		return len(rest) <= most && (len(rest) == 0 || namesAddress(rest) || !ps[first].any("jalan") && len(rest) <= 2)
	case of.any("bukan"):
		return len(rest) <= most && slices.ContainsFunc(rest, func(p piece) bool { return p.any("tapi", "melainkan") })
	}
	return false
}

// namesAddress reports whether words begin with a part of an address.
func namesAddress(ps []piece) bool {
	return ps[0].any("gang", "gg", "jalan", "jl", "jln", "kp", "kampung", "perum", "blok", "rt", "rw", "lingkungan", "di")
}
