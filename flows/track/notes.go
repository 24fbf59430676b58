package track

import (
	"slices"

	"rabeg/flows"
	"rabeg/internal/report"
)

// Notes are what this flow keeps of a conversation while a question of its own is open: the reports that it is about, the one
// it would change and the words it would add.
type Notes struct {
	Codes  []report.Code `json:"codes,omitempty"`
	Report report.ID     `json:"report,omitempty"`
	Text   string        `json:"text,omitempty"`
	// Verdict is what Text says of the report that is chosen, Unfair that it does not take a refusal. Tried is the turn in which
	// words were taken for a verdict, or for the end of a following, and no report was found that they are about.
	Verdict report.Verdict `json:"verdict,omitempty"`
	Unfair  bool           `json:"unfair,omitempty"`
	Tried   string         `json:"tried,omitempty"`
	// Pressed is a verdict whose report is being looked up; whatever else is asked meanwhile stays as it is.
	Pressed *Verdict `json:"pressed,omitempty"`
	// Mark is a mark that was given for MarkOf before its reporter has judged it: it counts with the verdict.
	Mark   int         `json:"mark,omitempty"`
	MarkOf report.Code `json:"markof,omitempty"`
	// Office is whose work a mark is asked for.
	Office string `json:"office,omitempty"`
	// Left are the words of a verdict whose report is asked for; they outlive the question.
	Left *Left `json:"left,omitempty"`
	// Labels are how Codes are called where one of them is chosen.
	Labels []string `json:"labels,omitempty"`
}

// Verdict is what the reporter says of work that is called done: Unfair says that a refusal is not taken.
type Verdict struct {
	Of     report.Verdict `json:"of,omitempty"`
	Unfair bool           `json:"unfair,omitempty"`
	Words  string         `json:"words,omitempty"`
}

var (
	_ flows.Keeper = (*flow)(nil)
	_ flows.Noter  = (*flow)(nil)
	_ flows.Shower = (*flow)(nil)
)

// Of are this flow's notes in a conversation, for reading.
func Of(s flows.State) Notes { return flows.NotesOf[Notes](s, Name) }

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes {
	n.Codes, n.Labels = slices.Clone(n.Codes), slices.Clone(n.Labels)
	if n.Pressed != nil {
		n.Pressed = new(*n.Pressed)
	}
	if n.Left != nil {
		n.Left = new(*n.Left)
		n.Left.Said, n.Left.Codes = *n.Left.Said.Copy(), slices.Clone(n.Left.Codes)
	}
	return &n
}

// Empty implements flows.Notes.
func (n Notes) Empty() bool {
	return len(n.Codes) == 0 && n.Report == 0 && n.Text == "" && n.Verdict == "" && !n.Unfair && n.Tried == "" && n.Pressed == nil && n.Mark == 0 && n.Left == nil
}

// Note implements flows.Noter: what a question needed goes when it is no longer asked.
func (*flow) Note(s flows.State, in flows.Input) flows.State {
	if _, said := in.(flows.Said); !said || s.Ask != nil && s.Ask.Flow == Name || Of(s).Empty() {
		return s
	}
	return s.With(Name, &Notes{Mark: Of(s).Mark, MarkOf: Of(s).MarkOf, Left: Of(s).Left})
}

// Shows implements flows.Shower.
func (*flow) Shows(s flows.State) flows.Shown {
	n := Of(s)
	return flows.Shown{Codes: n.Codes, Report: n.Report, Text: n.Text}
}
