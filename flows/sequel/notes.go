package sequel

import (
	"slices"
	"time"

	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

const (
	// sureOf is from which probability words are plainly of one matter.
	sureOf = understand.Sure
	// placeSure is from which probability words name a place without a doubt (place.Candidate).
	placeSure = 0.9
)

// Notes are what this flow keeps while a question of its own is open, and of what it took last.
type Notes struct {
	// Act is what is to be done, to one of Codes, with Said; Who and Place are meant.Decision's. Report is the one whose question is open.
	Act    meant.Act     `json:"act,omitempty"`
	Who    string        `json:"who,omitempty"`
	Place  string        `json:"place,omitempty"`
	Said   flows.Parcel  `json:"said,omitzero"`
	Report report.ID     `json:"report,omitempty"`
	Codes  []report.Code `json:"codes,omitempty"`
	IDs    []report.ID   `json:"ids,omitempty"`
	Labels []string      `json:"labels,omitempty"`
	// Category is that of Report, where its right place is asked.
	Category string `json:"category,omitempty"`
	// Others is how many people besides wait for what is to be taken back.
	Others int `json:"others,omitempty"`
	// Fresh says that a new report is offered beside Codes.
	Fresh bool `json:"fresh,omitempty"`
	// Draft names the question of which report is meant, for when it is not answered.
	Draft string `json:"draft,omitempty"`
	// Tried is the turn in which a message was looked at.
	Tried string `json:"tried,omitempty"`
	// Took is the report that got Said last: one tap says that it was not meant.
	Took report.Code `json:"took,omitempty"`
	// Ref is the message for which another flow did something last to the report RefOf: it may be edited.
	Ref   string      `json:"ref,omitempty"`
	RefOf report.Code `json:"refof,omitempty"`
	// Answered is when it got Said as the answer to an officer's question: what is written in the next while goes on answering.
	Answered time.Time `json:"answered,omitzero"`
	// Meant is who Said may have been said to all the same, once it was taken for a wish: the report whose office has asked something, or
	// talking for the person who is spoken with; "" for nobody. One tap says so.
	Meant string `json:"meant,omitempty"`
	// NewsOf is the report that was asked after last, and NewsAt when: who asks again soon is told the rest, and how to reach a person.
	NewsOf report.Code `json:"newsof,omitempty"`
	NewsAt time.Time   `json:"newsat,omitzero"`
	// Promised is when a photo was announced: it is added unasked.
	Promised time.Time `json:"promised,omitzero"`
}

var (
	_ flows.Keeper = (*flow)(nil)
	_ flows.Shower = (*flow)(nil)
)

// Of are this flow's notes in a conversation, for reading.
func Of(s flows.State) Notes { return flows.NotesOf[Notes](s, Name) }

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes {
	n.Codes, n.IDs, n.Labels = slices.Clone(n.Codes), slices.Clone(n.IDs), slices.Clone(n.Labels)
	n.Said = *n.Said.Copy()
	return &n
}

// Empty implements flows.Notes.
func (n Notes) Empty() bool {
	return n.Act == "" && len(n.Codes) == 0 && n.Tried == "" && n.Took == "" && n.Answered.IsZero() && n.Meant == "" && n.NewsOf == "" && n.Promised.IsZero() && n.RefOf == "" && n.Said.Empty()
}

// Shows implements flows.Shower.
func (*flow) Shows(s flows.State) flows.Shown {
	n := Of(s)
	return flows.Shown{Codes: n.Codes, Report: n.Report, Text: n.Said.Text, Else: [2]string{string(n.Act), n.Meant}}
}

// list takes note of the reports that may be meant.
func (n *Notes) list(v say.Voice, reports []report.Report) {
	n.Codes, n.IDs, n.Labels = nil, nil, nil
	for _, r := range reports {
		n.Codes, n.IDs, n.Labels = append(n.Codes, r.Code), append(n.IDs, r.ID), append(n.Labels, v.Which(r))
	}
}

// waits reports whether words wait for the answer to which report they are for, which are not lost without it: for an office, or a wish.
func (n Notes) waits() bool {
	return n.Draft != "" && !n.Said.Empty() && len(n.IDs) > 0 &&
		(n.Act == meant.Words || n.Act == meant.Answer || n.Act == meant.Move || n.Act == meant.Withdraw ||
			n.Act == meant.Hide || n.Act == meant.Dispute || n.Act == meant.Oppose)
}

func (n Notes) label(i int) string {
	if i < len(n.Labels) {
		return n.Labels[i]
	}
	return string(n.Codes[i])
}
