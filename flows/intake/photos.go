package intake

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/say"
)

// A photo that was sent by mistake may show what nobody is to see. One is taken away at once, and can be brought back; of several it is
// asked which, and until that is answered nothing is sent.

// dropPhotos carries out the wish to have photos taken away; false where there are none, or a danger is told of.
func (t *telling) dropPhotos() bool {
	f := t.n.Form
	if f == nil || len(f.Photos) == 0 || t.n.inDanger() {
		return false
	}
	switch t.kind() {
	case askResume, askLate, askElder, askUndo, askIsReport:
		return false
	}
	if len(f.Photos) > 1 {
		f.Unwanted = true
		t.ask(askPhotos)
		return true
	}
	t.n.Before = f.clone()
	f.Photos, f.Over = nil, 0
	t.say(t.v.PhotoDropped())
	t.showChanged()
	return true
}

// photosBack brings back photos that were just taken away; false where none were.
func (t *telling) photosBack() bool {
	f, was := t.n.Form, t.n.Before
	if f == nil || was == nil || was.ID != f.ID || len(f.Photos) > 0 || len(was.Photos) == 0 {
		return false
	}
	f.Photos, f.Over, t.n.Before = was.Photos, was.Over, nil
	t.say(t.v.Reverted())
	t.next()
	return true
}

// choosePhotos carries out what is to become of the photos.
func (t *telling) choosePhotos(id string) {
	f := t.form()
	f.Unwanted = false
	left := len(f.Photos)
	switch id {
	case "dropphotos":
		left = 0
	case "dropphoto":
		left = max(0, left-1)
	}
	if left < len(f.Photos) {
		f.Photos, f.Over = f.Photos[:left:left], 0
	}
}

// askPhotosOf words the question what is to become of the photos; who wants them taken away agrees with any yes.
func askPhotosOf(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	m.Text = v.AskPhotos(len(form.Photos))
	switch n := len(form.Photos); {
	case n == 0:
		m.Menu = v.MenuOf(s.Ask.ID, "back")
	case n == 1:
		m.Menu = v.MenuOf(s.Ask.ID, "dropphotos", "back")
	default:
		m.Menu = v.MenuOf(s.Ask.ID, "dropphoto", "dropphotos", "back")
	}
	if form.Unwanted && len(form.Photos) > 0 {
		m.Text = v.AskDropPhotos(len(form.Photos))
		all := &m.Menu.Choices[len(m.Menu.Choices)-2]
		all.Also += v.DropAgreed()
	}
}
