package report

import (
	"slices"
	"time"
)

// Term is one clock of a report: the rule as it was when the clock began, and until when. A rule that changes later changes no term;
// pauses do.
type Term struct {
	// Stage is what has to be done: "verify", "answer", "finish" (the profile's stages).
	Stage string `json:"stage"`
	// Rule and Source are the rule's name and where it stands.
	Rule   string `json:"rule,omitempty"`
	Source string `json:"source,omitempty"`
	// One of these is how long it is: hours of the clock, working days, working hours.
	Hours     int `json:"hours,omitempty"`
	Days      int `json:"days,omitempty"`
	WorkHours int `json:"work_hours,omitempty"`
	// From is when it began, Due when it ends, Met when it was done; zero: not yet.
	From time.Time `json:"from"`
	Due  time.Time `json:"due"`
	Met  time.Time `json:"met,omitzero"`
	// Told is the last step of the ladder that was told, Promised the day that its citizens were told after it was late.
	Told     Step      `json:"told,omitempty"`
	Promised time.Time `json:"promised,omitzero"`
}

// Step is how far a clock has run that nobody stopped: each is told once. What is beyond Leaders is told again and again.
type Step int

// The steps.
const (
	NoStep Step = iota
	FirstReminder
	LastReminder
	Breach
	Leaders
	Again
)

// WasClocked says that a step of a term was told: Term is how the term stands from then on. It is the System's.
const WasClocked What = "clocked"

// WasRecounted says that somebody had the clocks reckoned anew, after the profile had changed.
const WasRecounted What = "recounted"

// TermOf is the term of a stage; ok is false where there is none.
func (r Report) TermOf(stage string) (Term, bool) {
	i := slices.IndexFunc(r.Terms, func(t Term) bool { return t.Stage == stage })
	if i < 0 {
		return Term{}, false
	}
	return r.Terms[i], true
}

// Owes is the answer that the report's office owes now, by the clock that runs: a report that was opened again owes one anew, though it was
// answered before. ok is false where none is owed, or nothing was promised; then it is the day that was promised first.
func (r Report) Owes() (t Term, ok bool) {
	if t, ok := r.TermOf("answer"); ok && t.Runs() {
		return t, true
	}
	return Term{Stage: "answer", From: r.Filed, Due: r.Due}, r.Answered.IsZero() && !r.Due.IsZero()
}

// Next is the clock that is due next of those that run for whoever has the report; ok is false where none does.
func (r Report) Next() (next Term, ok bool) {
	for _, t := range r.running() {
		if !ok || t.Due.Before(next.Due) {
			next, ok = t, true
		}
	}
	return next, ok
}

// running are the clocks that run. One of before clocks were kept is the day that was promised for an answer.
func (r Report) running() []Term {
	if len(r.Terms) == 0 && r.Answered.IsZero() && !r.Due.IsZero() {
		return []Term{{Stage: "answer", From: r.Filed, Due: r.Due}}
	}
	return slices.DeleteFunc(slices.Clone(r.Terms), func(t Term) bool { return !t.Runs() })
}

// Runs reports whether the term still asks for something.
func (t Term) Runs() bool { return t.Met.IsZero() && !t.Due.IsZero() }

// termed is a report whose clocks a fact sets. The day that its citizens were told first for an answer stays beside, until one came.
func termed(r Report, f Fact) Report {
	if f.Terms == nil {
		return r
	}
	r.Terms = f.Terms
	if t, ok := r.TermOf("answer"); ok && t.From.Equal(r.Filed) {
		r.Due = t.Due
	}
	return r
}
