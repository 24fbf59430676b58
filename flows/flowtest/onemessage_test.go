package flowtest

import (
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
)

// forOffice are the outcomes by which an office or its record gets what was said.
var forOffice = []string{"answer", "words", "fixed", "part", "unfit", "disagree", "oppose", "place", "hide"}

// TestOneMessageIsEnough counts, of all that people say unquoted to a filed report and that is for its office alone, how many messages it
// takes until the office has it: the first, and one more for each question of ours that is answered with the first choice. Of the unseen
// files the figures alone are told.
func TestOneMessageIsEnough(t *testing.T) {
	t.Parallel()
	p, finder, reader := builtin(t)
	begin := begun(whole(p, finder, reader), p)
	const never = 9
	for _, file := range []string{"unquoted-dev.tsv", "unquoted-dev4.tsv", "unquoted-unseen5.tsv"} {
		var took []int
		lines, situations := unquoted(t, file)
		for _, l := range lines {
			for i, where := range situations {
				if where == "none" || !onlyFor(strings.Split(l[i+1], "|")) {
					continue
				}
				took = append(took, reaches(t, begin(t, where), l[0], never))
			}
		}
		slices.Sort(took)
		n := len(took)
		if n < 20 {
			t.Fatalf("%s: %d are not enough to count", file, n)
		}
		median, ninth := took[n/2], took[n*9/10]
		lost := n - slices.IndexFunc(append(took, never), func(m int) bool { return m >= never })
		t.Logf("%s: of %d, median %d, nine in ten within %d; %d reach no office", file, n, median, ninth, lost)
		if median != 1 || ninth > 2 || lost*16 > n { // the other answers are news, thanks, a new report
			t.Errorf("%s: median %d, nine in ten within %d, %d of %d reach no office", file, median, ninth, lost, n)
		}
	}
}

// onlyFor reports whether nothing else than an office's having it is right.
func onlyFor(want []string) bool {
	return !slices.ContainsFunc(want, func(w string) bool { return !slices.Contains(forOffice, w) && w != "which" }) && !slices.Equal(want, []string{"which"})
}

// reaches counts the messages until something more stands in a report's record.
func reaches(t *testing.T, e *Engine, words string, never int) int {
	t.Helper()
	known := func() (n int) {
		for _, all := range e.facts {
			n += len(all)
		}
		return n
	}
	was := known()
	for n := 1; n <= 3; n++ {
		if _, err := e.Say(bot.Event{Body: bot.Text{Text: words}}); err != nil {
			t.Fatalf("%q: %v", words, err)
		}
		e.Flush()
		if known() > was {
			return n
		}
		if s := e.Reread(); s.Ask == nil {
			return never
		}
		words = "1"
	}
	return never
}
