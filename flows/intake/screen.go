package intake

import (
	"rabeg/flows"
	"rabeg/internal/report"
)

var _ flows.Shower = (*flow)(nil)

// Shows implements flows.Shower. The review card shows the whole report, and so does every question that is not named here:
// what was asked about another report, or about this one as it was before, is then another question.
func (f *flow) Shows(s flows.State) flows.Shown {
	n := Of(s)
	return flows.Shown{Else: f.shows(s, &n)}
}

func (f *flow) shows(s flows.State, n *Notes) any {
	form := n.Form
	if form == nil {
		form = &Form{}
	}
	switch s.Ask.Kind {
	case askWhat, askAbout, askCategory, askNewPlace, askEdit, askText, askVis, askKind, askEmergency, askSafe, askHandled:
		return nil // one answer means the same, whatever else is written meanwhile
	case askSeveral, askSeveralEdit:
		return form.Several
	case askPlace:
		if form.several() {
			return form.Several
		}
		return struct {
			Hint, Near       string
			Helped, Narrowed bool
		}{form.Hint, form.Near, form.Helped, form.Narrowed}
	case askWhere:
		return form.Where
	case askHeard:
		return form.Heard
	case askPhotos:
		return form.Photos
	case askTwin:
		return form.Twins.Found
	case askUndo:
		if n.Shelf == nil {
			return nil
		}
		if prior := n.prior(); prior != nil {
			return [2]string{n.Shelf.ID, prior.ID}
		}
		return n.Shelf.ID
	case askLate, askIsReport, askResume:
		return aside(n)
	default:
		return struct {
			Draft  report.Draft
			Office string
		}{form.Draft, f.office(form.Draft)}
	}
}

// aside tells one thing kept aside from another, however much is added to it.
func aside(n *Notes) any {
	var it struct {
		Sent  report.ID
		First string
	}
	if n.Sent != nil {
		it.Sent = n.Sent.ID
	}
	if p := n.Aside; p != nil {
		switch {
		case len(p.Parts) > 0:
			it.First = p.Parts[0].Ref
		case len(p.Photos) > 0:
			it.First = p.Photos[0].ID
		case len(p.Files) > 0:
			it.First = p.Files[0].ID
		}
	}
	return it
}
