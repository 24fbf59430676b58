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
	// Emergency says that life or property is in danger now: the emergency number comes first. Danger names what kind of
	// danger the rules saw ("api", "medis", …), "" where only the model did.
	Emergency bool   `json:"emergency,omitempty"`
	Danger    string `json:"danger,omitempty"`
	// Harm says that a person is harmed or harms himself or herself; what is asked and shown then differs.
	Harm Harm `json:"harm,omitempty"`
	// OfOther says that the self-harm is somebody else's, as a friend or a relative tells of it.
	OfOther bool `json:"of_other,omitempty"`
	// Unfiled says that the writer wants no report made of it, only an answer.
	Unfiled bool `json:"unfiled,omitempty"`
	// Misconduct says that somebody who works for an office is accused (bribes, harassment, abuse of the office): the accused
	// never gets the complaint.
	Misconduct bool `json:"misconduct,omitempty"`
	// Unheard says that it tells only that what was reported before found no answer.
	Unheard bool `json:"unheard,omitempty"`
	// Human says that the citizen wants to talk with a person.
	Human bool `json:"human,omitempty"`
	// Lang is the language it is written in: "id" or "en", "" where it cannot be said. Regional languages count as "id".
	Lang string `json:"lang,omitempty"`
	// Places are the words that name a place, as written, most specific first.
	Places []string `json:"places,omitempty"`
	// Why explains in plain words what decided (words and rules).
	Why []string `json:"why,omitempty"`
}

// Pressing reports whether a text says what must be answered, whatever is asked just then: a danger, harm, the wish for a person, or that no
// report is wanted.
func (r Reading) Pressing() bool { return r.Emergency || r.Harm != NoHarm || r.Human || r.Unfiled }

// Harm is what harm to a person a text tells of.
type Harm string

// The harms. NoHarm is everything else.
const (
	NoHarm   Harm = ""
	SelfHarm Harm = "self"  // thinks of ending his or her life, or of hurting himself or herself
	Abuse    Harm = "abuse" // violence against a woman or a child, whoever tells it
)

// Reader reads a text. Implementations are pure and may be used at once from several goroutines.
type Reader interface {
	Read(text string) Reading
}

// Sure is the probability from which a category is said instead of asked, and Faint the one below which the bot asks
// what it is about at all. Asking below 0.7 rather than 0.5 costs 0.13 messages a report, and what is said is right or
// acceptable in 94 rather than 92 of 100 (MODEL.md).
const (
	Sure  = 0.7
	Faint = 0.3
)
