package understand

import (
	"slices"

	"rabeg/internal/understand/answer"
)

// Gist is what an officer means with words at a report's card, as the reader has learnt it from phrases.
type Gist string

// The gists. NoGist is that nothing was read.
const (
	NoGist       Gist = ""
	GistAnswer   Gist = "answer" // words for the citizen
	GistTalk     Gist = "talk"   // words to colleagues
	GistNote     Gist = "note"   // words for the story of the report, which the citizen does not read
	GistNod      Gist = "nod"    // a yes, a greeting, or too little to mean anything
	GistTake     Gist = "take"
	GistForward  Gist = "forward"
	GistResolve  Gist = "resolve"
	GistReject   Gist = "reject"
	GistAsk      Gist = "ask"
	GistNotOurs  Gist = "notours"
	GistPlan     Gist = "plan"
	GistMerge    Gist = "merge"
	GistIdentify Gist = "identify"
)

// Gists are what words may mean, the likeliest first; their probabilities add up to 1.
type Gists []GistP

// GistP is a gist with its probability.
type GistP struct {
	Gist Gist
	P    float64
}

// First is the likeliest gist, NoGist where nothing was read.
func (g Gists) First() (Gist, float64) {
	if len(g) == 0 {
		return NoGist, 0
	}
	return g[0].Gist, g[0].P
}

// P is the probability that one of some gists is meant.
func (g Gists) P(some ...Gist) float64 {
	sum := 0.0
	for _, x := range g {
		if slices.Contains(some, x.Gist) {
			sum += x.P
		}
	}
	return sum
}

// Listener is what a Reader may be beside: it reads what officers say at a card. It is pure, never waits, and may be used at once from
// several goroutines.
type Listener interface {
	// Gists reads a text; lx tells what the word lists see in it. A story is none that an officer types: nothing is read of it.
	Gists(lx *answer.Lexicon, text string) Gists
}

var _ Listener = (*Model)(nil)

// Gists implements Listener.
func (m *Model) Gists(lx *answer.Lexicon, text string) Gists {
	c := m.lx.Read(text)
	if len(c.Words) == 0 || len(c.Words) > longestAim {
		return nil
	}
	var out Gists
	for _, x := range m.turn(&c, lx.Cues(text), &m.desks, m.fifth) {
		out = append(out, GistP{Gist: Gist(x.label), P: x.p})
	}
	return out
}
