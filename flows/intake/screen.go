package intake

import (
	"rabeg/flows"
	"rabeg/internal/report"
)

var _ flows.Shower = (*flow)(nil)

// Shows implements flows.Shower. The review card shows the whole report, and so does every question that is not named here:
// what was asked about another report, or about this one as it was before, is then another question.
func (f *flow) Shows(s flows.State) any {
	form := s.Form
	if form == nil {
		form = &flows.Form{}
	}
	switch s.Ask.Kind {
	case askWhat, askAbout, askCategory, askNewPlace, askEdit, askText, askVis, askKind, askEmergency, askSafe:
		return nil // one answer means the same, whatever else is written meanwhile
	case askPlace:
		return struct {
			Hint             string
			Helped, Narrowed bool
		}{form.Hint, form.Helped, form.Narrowed}
	case askWhere:
		return form.Where
	case askHeard:
		return form.Heard
	case askPhotos:
		return form.Photos
	case askUndo:
		if s.Shelf == nil {
			return nil
		}
		return s.Shelf.ID
	case askLate, askIsReport, askResume:
		return aside(s)
	default:
		return struct {
			Draft  report.Draft
			Office string
		}{form.Draft, f.office(form.Draft)}
	}
}

// aside tells one thing kept aside from another, however much is added to it.
func aside(s flows.State) any {
	var it struct {
		Sent  report.ID
		First string
	}
	if s.Sent != nil {
		it.Sent = s.Sent.ID
	}
	if p := s.Aside; p != nil {
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
