package intake

import (
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/understand/inquiry"
)

var _ flows.Turner = (*flow)(nil)

// Turn implements flows.Turner: what is in the making may be the duty of somebody outside the government, or lie in another's.
func (f *flow) Turn(s flows.State) string {
	form := Of(s).Form
	if form == nil || form.Emergency {
		return ""
	}
	v := f.Voice(s)
	if o, ok := f.whose(form); ok {
		return v.TurnTo(o, s.At) + " " + v.NotTheirs(o)
	}
	whose := form.Place.Whose
	if whose == "" && form.Where != nil && form.Where.Why == whyOutside {
		whose = form.Where.Whose
	}
	if whose == "" {
		return ""
	}
	return v.NotOurs(whose)
}

// whose is whose duty outside the government the report in the making is, or whose people it accuses.
func (f *flow) whose(form *Form) (o profile.Owner, ok bool) {
	if o, ok = f.owner(form); ok || !f.Profile.Sensitive(form.Category) {
		return o, ok
	}
	agencies, owners := inquiry.New(f.Profile).In(form.Text)
	if len(agencies) > 0 || len(owners) != 1 {
		return profile.Owner{}, false
	}
	return f.Profile.Owner(owners[0])
}
