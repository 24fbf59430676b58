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
	default:
		return r, false
	}
	return r, true
}

// Within reports whether words are a citizen's own: they stand in the text as they are, whatever their case and marks.
func Within(text, words string) bool {
	t, w := strings.Fields(bot.Fold(text)), strings.Fields(bot.Fold(words))
	if len(w) == 0 || len(w) > len(t) {
		return false
	}
	for i := range len(t) - len(w) + 1 {
		if slices.Equal(t[i:i+len(w)], w) {
			return true
		}
	}
	return false
}
