package twin

import (
	"strings"

	"rabeg/bot"
)

// Like says how alike two texts are, 0 to 1: the share of their trigrams that both have, each word with two spaces before it and
// one behind, as PostgreSQL's pg_trgm counts. It is computed here because an ordinary user of a database may not install that.
func Like(a, b string) float64 { return alike(trigrams(a), trigrams(b)) }

func alike(x, y map[[3]rune]bool) float64 {
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	both := 0
	for t := range x {
		if y[t] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

func trigrams(text string) map[[3]rune]bool {
	out := map[[3]rune]bool{}
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		r := []rune("  " + w + " ")
		for i := 0; i+3 <= len(r); i++ {
			out[[3]rune{r[i], r[i+1], r[i+2]}] = true
		}
	}
	return out
}

// numbered are the words before a number that tell one thing from the next, each with what it counts.
var numbered = map[string]string{
	"tiang": "no", "no": "no", "nomor": "no", "nmr": "no", "nomer": "no", "number": "no", "pole": "no", "rumah": "no", "rt": "rt", "rw": "rw", "blok": "blok",
	"km": "km", "sd": "sd", "sdn": "sd", "smp": "smp", "smpn": "smp", "sma": "sma", "sman": "sma", "smk": "smk", "smkn": "smk", "mtsn": "mts", "min": "mi", "man": "ma",
}

// between are words that stand between such a word and its number: "no rumah 2", "sd negeri 3".
var between = map[string]bool{"rumah": true, "no": true, "nomor": true, "nomer": true, "negeri": true, "pju": true, "tiang": true, "lampu": true}

// apart reports whether two texts name different poles, houses, RT, schools: "tiang 14" and "tiang no 15". What only one names tells
// nothing.
func apart(x, y map[string]map[string]bool) bool {
	for what, in := range x {
		if other := y[what]; len(other) > 0 && !overlap(in, other) {
			return true
		}
	}
	return false
}

// sameNumber reports whether two texts name the same school.
func sameNumber(x, y map[string]map[string]bool) bool {
	for _, what := range []string{"sd", "smp", "sma", "smk", "mts", "mi", "ma"} {
		if overlap(x[what], y[what]) {
			return true
		}
	}
	return false
}

func overlap(a, b map[string]bool) bool {
	for n := range a {
		if b[n] {
			return true
		}
	}
	return false
}

// numbers are those in a text that tell one thing from the next, by what they count.
func numbers(tokens []string) map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for i, w := range tokens {
		what, ok := numbered[w]
		if !ok {
			continue
		}
		j := i + 1
		if j < len(tokens) && between[tokens[j]] {
			j++
		}
		if j >= len(tokens) {
			continue
		}
		n := strings.TrimLeft(tokens[j], "0")
		if n == "" || len(n) > 4 || what != "blok" && (n[0] < '0' || n[0] > '9') {
			continue
		}
		if out[what] == nil {
			out[what] = map[string]bool{}
		}
		out[what][n] = true
	}
	return out
}
