package ledger

import (
	"context"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Search is what somebody of the desk looks for among all reports: those whose number has Part in it, and those that say all Words.
type Search struct {
	// Part are at least three letters and digits of a number in lower case, without dashes and without the prefix; "" for none.
	Part string
	// Words are as SearchWords gives them; none: nothing is found by words. One of at least WordBegins letters is the beginning of
	// a word, a shorter one is the whole of it. One may be several with bars between ("lampu|pju"): any of them will do. Where very many say the whole words,
	// older ones that only begin so may be left out (AtLeast). What is confidential or in quarantine is never found by them, nor what is of none
	// of Categories ("" for what has none yet).
	Words      []string
	Categories []string
	// Agency is whose reports are looked through, "" for the coordinator's; Everywhere says all.
	Agency     string
	Everywhere bool
	// Most is how many are given.
	Most int
}

// WordBegins is how many letters a word of a search has at least that is the beginning of a longer one.
const WordBegins = 3

// Found are reports that were found, newest first.
type Found struct {
	Reports []report.Report
	// More is how many there are besides; AtLeast says that there may be still more.
	More    int
	AtLeast bool
}

// SearchReader finds reports by what somebody remembers of them, and by what they have in common.
type SearchReader interface {
	Search(ctx context.Context, q Search) (Found, error)
	// Mine are a citizen's reports, newest first, at most limit.
	Mine(ctx context.Context, reporter bot.Address, limit int) ([]report.Report, error)
	// WaitingFor lists the coordinator's open reports whose duty is an agency's, oldest first, at most limit.
	WaitingFor(ctx context.Context, agency string, limit int) ([]report.Report, error)
}

// SearchWords are the words of a text as reports are found by them: runs of the letters a to z and digits, in lower case. Without
// those that are too long for a word, and those with four digits in a row: they are numbers of people.
func SearchWords(text string) (words []string) {
	for w := range strings.FieldsFuncSeq(strings.Map(lower, text), func(r rune) bool { return !letter(r) && !digit(r) }) {
		if len(w) <= 40 && !numbers(w) {
			words = append(words, w)
		}
	}
	return words
}

func letter(r rune) bool { return r >= 'a' && r <= 'z' }
func digit(r rune) bool  { return r >= '0' && r <= '9' }

func lower(r rune) rune {
	if r >= 'A' && r <= 'Z' {
		return r - 'A' + 'a'
	}
	return r
}

func numbers(word string) bool {
	run := 0
	for _, r := range word {
		if run++; !digit(r) {
			run = 0
		}
		if run == 4 {
			return true
		}
	}
	return false
}
