package track

import (
	"strconv"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand/answer"
)

// starsMost is how many words somebody takes to give a mark; who writes more tells something else.
const starsMost = 12

// numerals are the marks as people say them.
var numerals = map[string]int{
	"1": 1, "2": 2, "3": 3, "4": 4, "5": 5,
	"satu": 1, "siji": 1, "hiji": 1, "one": 1, "dua": 2, "loro": 2, "two": 2, "tiga": 3, "telu": 3, "tilu": 3, "three": 3,
	"empat": 4, "papat": 4, "opat": 4, "four": 4, "lima": 5, "limo": 5, "five": 5,
}

// besideMark are the words that stand next to a mark. A number beside any other word counts or names something ("dua hari", "gang 3").
var besideMark = wordSet(`bintang bintangnya star stars nilai nilainya skor score rate rating poin point points angka kasih beri berikan ngasih give saya aku gw gue i kami untuk buat
	aja saja ajah wae bae deh dah sih ya yah lah dong pak bu bapak ibu mas mbak kak min kang teh gan bang om admin
	bagus baik mantap mantep sip top oke ok keren cepat cepet gercep ramah memuaskan puas lumayan cukup lama lambat lelet jelek buruk parah kecewa biasa good great bad slow fast excellent
	kurang ga gak tidak tdk ngga nggak agak banget bgt sekali sangat karena krn soalnya soale tapi because but terima makasih makasi trims thanks thank nuhun hatur suwun
	petugas petugasnya pelayanan pelayanannya kerjanya responnya penanganannya`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// starsIn reads a mark in free words, where one is asked for: "bagus sekali, lima", "kasih 4 deh pak", "5/5", "bintang tiga".
func (f *flow) starsIn(s flows.State, ev bot.Event, words string) (stars string, ok bool) {
	if _, plain := ev.Body.(bot.Text); !plain || ev.Edited || s.Ask == nil || s.Ask.Flow != Name || s.Ask.Kind != askStars {
		return "", false
	}
	if judged, _ := f.Answers.Judges(words); judged == answer.JudgedUnfit || judged == answer.JudgedPart {
		return "", false // it is not fixed, whatever mark stands beside it
	}
	n := f.markIn(words)
	return strconv.Itoa(n), n > 0
}

// markIn is the one mark in a few words, 0 for none.
func (f *flow) markIn(words string) int {
	if n := strings.Count(words, "⭐"); n > 0 && n <= 5 && strings.Trim(words, "⭐\ufe0f ") == "" {
		return n
	}
	all := pieces(words)
	mark := 0
	for i := 0; i < len(all); i++ {
		n, is := numerals[all[i]]
		switch {
		case !is && strings.ContainsFunc(all[i], unicode.IsDigit):
			return 0 // "rt05", "10"
		case !is:
			continue
		case mark > 0, i > 0 && !borders(all[i-1]), f.tellsBeside(clauseOf(all, i)):
			return 0
		}
		mark = n
		i += scale(all[i+1:])
		if i+1 < len(all) && !borders(all[i+1]) {
			return 0
		}
	}
	if len(all) > starsMost {
		return 0
	}
	return mark
}

// clauseOf are the words around the one at i, between what parts a text.
func clauseOf(all []string, i int) []string {
	from, to := i, i
	for from > 0 && all[from-1] != "," {
		from--
	}
	for to < len(all) && all[to] != "," {
		to++
	}
	return all[from:to]
}

// pieces are the words of a text in lower case, with "," for whatever stands between them.
func pieces(text string) []string {
	var out []string
	for w := range strings.FieldsSeq(strings.ReplaceAll(strings.ToLower(text), "/", " of ")) {
		for i, part := range strings.FieldsFunc(" "+w+" ", func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != ' ' }) {
			if i > 0 {
				out = append(out, ",")
			}
			if part = strings.TrimSpace(part); part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

func borders(w string) bool { return w == "," || besideMark[w] }

// scale is how many words after a mark say out of how many it is: "dari 5", "out of five", "/5".
func scale(after []string) int {
	for i, w := range after {
		switch {
		case i > 0 && numerals[w] == 5:
			return i + 1
		case i > 1, w != "dari" && w != "dr" && w != "out" && w != "of":
			return 0
		}
	}
	return 0
}
