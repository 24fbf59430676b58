package sequel

import (
	"slices"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// Who edits what an office has got already ("tiang no 12" to "tiang no 21") has told it something else: the office reads that, too.

// editedSign stands before such words, for an office that has read the others.
const editedSign = "(diubah) "

var _ flows.Noter = (*flow)(nil)

// Note implements flows.Noter: of what another flow did to a report it is kept for which message.
func (*flow) Note(s flows.State, in flows.Input) flows.State {
	acted, ok := in.(flows.Acted)
	if !ok || !acted.OK || acted.Report.Code == "" || s.Wait == nil || s.Wait.Flow == Name || s.Wait.Said == nil {
		return s
	}
	refs := refsOf(*s.Wait.Said)
	if len(refs) == 0 {
		return s
	}
	n := Of(s)
	n.Ref, n.RefOf = refs[len(refs)-1], acted.Report.Code
	return s.With(Name, &n)
}

// edited is the report that got a message which is edited now, "" for none. A danger is for who stands behind, whatever it was edited from.
func (f *flow) edited(s flows.State, ev bot.Event, p flows.Parcel) report.Code {
	n := Of(s)
	if !ev.Edited || p.Text == "" || ev.Ref.ID == "" || n.Tried == s.Turn || f.InTalk(s) != nil {
		return ""
	}
	if rd := f.Reader.Read(p.Text); rd.Emergency || rd.Harm != understand.NoHarm || rd.Misconduct {
		return ""
	}
	switch {
	case n.Took != "" && slices.Contains(refsOf(n.Said), ev.Ref.ID):
		return n.Took
	case n.Ref == ev.Ref.ID:
		return n.RefOf
	}
	return ""
}

// refsOf are the messages that a parcel came in.
func refsOf(p flows.Parcel) []string {
	refs := slices.Clone(p.Bare)
	for _, part := range p.Parts {
		refs = append(refs, part.Ref)
	}
	return slices.DeleteFunc(refs, func(ref string) bool { return ref == "" })
}

// putRight carries out what an edited message wishes, or gives its words to the office.
func (f *flow) putRight(s flows.State, r report.Report, p flows.Parcel) (flows.State, []flows.Effect) {
	p = flows.Parcel{Text: p.Text, Parts: p.Parts} // a picture whose words are edited is there already
	if next, out := f.replied(s, flows.Replied{Report: r, Said: p}); len(out) > 0 {
		return next, out
	}
	now := p
	now.Text = editedSign + p.Text
	n := &Notes{Act: meant.Words, Said: p, Tried: s.Turn, NewsOf: Of(s).NewsOf, NewsAt: Of(s).NewsAt}
	n.list(f.Voice(s), []report.Report{r})
	s.Await(Name, awaitGiven, &p)
	return s.With(Name, n), []flows.Effect{flows.Act{Report: r.ID, Action: f.AddOf(now)}}
}
