package report

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// Split makes a second report of a part of this one (Pecah): a citizen told of two matters at once. Part is the draft of the second
// as it is to be filed: its words are the citizen's own. ID and Code are what it is known by.
type Split struct {
	Part Draft
	ID   ID
	Code Code
	// Before are the reports that were made of parts of it earlier.
	Before []Report
}

func (Split) deed() Deed { return Splitting }

// The facts of splitting. Each names the other report: With. The words of the first stay whole, for they are what the citizen said.
const (
	WasSplit    What = "split"     // a part of it became a report of its own; Words are the part
	WasSplitOff What = "split_off" // it is a part of another
	WasCovered  What = "covered"   // a part, With, turned out to be a matter to hide: its words stand here, too
)

// applySplit is Apply for the facts of splitting; ok is false for all others.
func applySplit(r Report, f Fact) (_ Report, ok bool) {
	switch f.What {
	case WasSplit:
		if f.With != nil {
			r.Parts = append(slices.Clone(r.Parts), *f.With)
		}
	case WasSplitOff:
		r.PartOf = f.With
	case WasCovered: // its visibility is applied as with every fact
	default:
		return r, false
	}
	return r, true
}

// filler are words that tell nothing of a matter: who copies what somebody said leaves them out.
func filler(w string) bool {
	switch w {
	case "juga", "jg", "dan", "n", "trus", "terus", "trs", "sama", "serta", "plus", "lalu", "kemudian", "sekalian", "tambah", "lagi", "pula", "nih", "sih", "dong", "donk", "ya", "yah", "kan", "tuh", "deh", "lah", "loh", "lho",
		"pak", "bu", "min", "kak", "mas", "mbak", "bang", "om", "tolong", "mohon", "yang", "yg", "itu", "ini", "ada", "nya", "aja", "saja", "kok", "ko", "di", "ke", "dari", "pada", "yaitu", "and", "also", "the", "a", "is", "please":
		return true
	}
	return false
}

// told is a text as its words are compared: folded, without filler, each with its place among the fields.
func told(text string) (words []string, at []int) {
	for i, f := range strings.Fields(text) {
		for w := range strings.FieldsSeq(bot.Fold(f)) {
			if !filler(w) {
				words, at = append(words, w), append(at, i)
			}
		}
	}
	return words, at
}

// Span finds words in what a citizen said, as they stand there, whatever their case and marks, with filler left out or put in; ok is false
// where they do not stand there in their order, or hold filler alone. What is given back is the citizen's own, filler and all.
func Span(text, words string) (own string, ok bool) {
	t, at := told(text)
	w, _ := told(words)
	if len(w) == 0 || len(w) > len(t) {
		return "", false
	}
	for i := range len(t) - len(w) + 1 {
		if slices.Equal(t[i:i+len(w)], w) {
			return strings.Trim(strings.Join(strings.Fields(text)[at[i]:at[i+len(w)-1]+1], " "), ",;: "), true
		}
	}
	return "", false
}

// Within reports whether words are a citizen's own (Span).
func Within(text, words string) bool {
	_, ok := Span(text, words)
	return ok
}
