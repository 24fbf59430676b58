// Package understand reads what a citizen wrote: kind, category, emergency, and the words that name a place. It is pure.
package understand

import "rabeg/internal/report"

// Reading is what a text was understood as.
type Reading struct {
	// Kind is what the citizen wants; NoReport tells that it is a greeting, thanks, spam or a test instead.
	Kind     report.Kind `json:"kind"`
	NoReport bool        `json:"no_report,omitempty"`
	// Small is what small talk it is when NoReport: "greeting", "thanks", "test", "spam", "".
	Small string `json:"small,omitempty"`
	// Guesses are the three most probable categories, best first; empty when nothing speaks for any.
	Guesses []report.Guess `json:"guesses,omitempty"`
	// All are all categories that are not out of the question, best first: what Offices adds up; their
	// probabilities are not mended yet as those of Guesses are. The key-word reader and a stored reading have none.
	All []report.Guess `json:"-"`
	// Emergency says that life or property is in danger now: the emergency number comes first.
	Emergency bool `json:"emergency,omitempty"`
	// Places are the words that name a place, as written, most specific first.
	Places []string `json:"places,omitempty"`
	// Why explains in plain words what decided (words and rules).
	Why []string `json:"why,omitempty"`
}

// Reader reads a text. Implementations are pure and may be used at once from several goroutines.
type Reader interface {
	Read(text string) Reading
}

// Sure is the probability from which a category is said instead of asked, and Faint the one below which the bot asks
// what it is about at all (classify.md, confidence).
const (
	Sure  = 0.5
	Faint = 0.3
)
