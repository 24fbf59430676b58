package intake

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/say"
)

// What is the duty of somebody outside the government is told at once, with the door: nobody waits days to hear that it was the
// wrong counter. It can still be filed, and officers pass it on.

// shortly is the page of askOwner on which the door alone is told, to who asks for it.
const shortly = 1

// owner is whose duty outside the government the report in the making is; ok is false where it is the government's, or nobody
// is known.
func (f *flow) owner(form *Form) (o profile.Owner, ok bool) {
	if form.Category == "" || form.Emergency {
		return profile.Owner{}, false
	}
	return f.Profile.OwnerOf(form.Category, form.Text, form.Place.District)
}

// foreign reports whether the door of somebody outside is still to be told. Who is told and goes on with the story files it.
func (t *telling) foreign(f *Form) bool {
	o, ok := t.owner(f)
	if !ok || f.Door == o.Code {
		return false
	}
	if t.kind() == askOwner {
		f.Door = o.Code
		return false
	}
	return true
}

// askOwner words the question, and the one for the number of whom a report is taken for.
func (f *flow) askOwner(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	if s.Ask.Kind == askContact {
		m.Text, m.Menu = v.AskContact(), v.MenuOf(s.Ask.ID, "nocontact")
		return
	}
	o, _ := f.owner(form)
	m.Text, m.Menu = v.AskOwner(o, s.At), v.MenuOf(s.Ask.ID, "anyway", "no")
	if s.Ask.Page == shortly {
		m.Text = v.TurnTo(o, s.At) + "\n\n" + v.OrFile(o)
	}
}

// chooseOwner files it all the same, or puts it away: it can be brought back, and is not asked about again then.
func (t *telling) chooseOwner(id string) {
	f := t.form()
	o, _ := t.owner(f)
	f.Door = o.Code
	if id == "no" {
		t.say(t.v.TurnTo(o, t.s.At))
		t.cancel()
		return
	}
	t.next()
}
