package intake

import (
	"rabeg/flows"
	"rabeg/internal/understand"
)

// greet greets back who begins a matter with a greeting. Nobody is greeted in danger, nor in the middle of something.
func (t *telling) greet(p flows.Parcel, rd understand.Reading) {
	if p.Text == "" || rd.Emergency || !t.n.Form.Empty() || t.kind() != "" {
		return
	}
	if hello := t.v.Greet(p.Text); hello != "" {
		t.say(hello)
	}
}

// nudges reports whether a draft is worth a reminder: something was told, in words or by voice. One photo or a pin alone
// is no matter yet, and who is in danger is not reminded of a form.
func nudges(f *Form) bool {
	return !f.Emergency && (f.Text != "" || f.Heard != "" || f.Mute || voiced(f))
}
