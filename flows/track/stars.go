package track

import (
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
)

// starsMost is how many words somebody takes to give a mark; who writes more tells something else.
const starsMost = 10

// numerals are the marks as people say them.
var numerals = map[string]string{
	"satu": "1", "siji": "1", "hiji": "1", "one": "1", "dua": "2", "loro": "2", "two": "2", "tiga": "3", "telu": "3", "tilu": "3", "three": "3",
	"empat": "4", "papat": "4", "opat": "4", "four": "4", "lima": "5", "limo": "5", "five": "5",
}

// starsIn reads a mark in free words, where one is asked for: "bagus sekali, lima", "kasih 4 deh pak", "5/5", "bintang tiga". Another
// number beside it makes it something else.
func starsIn(s flows.State, ev bot.Event, words string) (stars string, ok bool) {
	if _, plain := ev.Body.(bot.Text); !plain || ev.Edited || s.Ask == nil || s.Ask.Flow != Name || s.Ask.Kind != askStars {
		return "", false
	}
	all := strings.FieldsFunc(bot.Fold(words), func(r rune) bool { return strings.ContainsRune(" .,;:!?()-\n", r) })
	if len(all) > starsMost {
		return "", false
	}
	for _, w := range all {
		w = strings.TrimSuffix(strings.Trim(w, "*⭐"), "/5")
		if named, is := numerals[w]; is {
			w = named
		}
		n, err := strconv.Atoi(w)
		switch {
		case err != nil && strings.ContainsAny(w, "0123456789"):
			return "", false // "rt05", "jam 10.30"
		case err != nil:
			continue
		case n < 1 || n > 5 || stars != "" && stars != w:
			return "", false
		}
		stars = strconv.Itoa(n)
	}
	return stars, stars != ""
}
