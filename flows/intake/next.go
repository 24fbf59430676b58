package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// next asks for what is missing, or shows the review card.
func (t *telling) next() {
	f := t.n.Form
	if f != nil {
		f.keepHint()
	}
	switch {
	case f.Empty():
		t.ask(askWhat)
	case f.Emergency:
		t.nextDanger(false)
	case f.Unwanted && len(f.Photos) > 0:
		t.ask(askPhotos)
	case f.Heard != "":
		t.ask(askHeard)
	case f.Text == "" && !f.Mute:
		t.ask(askWhat)
	case f.several():
		t.nextSeveral()
	case t.wantsAdvice(f):
		t.consult(f)
	case f.Rival != "":
		t.ask(askRival)
	case f.Category == "" && !f.Picked:
		t.askTopic(f)
	case t.foreign(f):
		t.ask(askOwner)
	case f.Where != nil:
		t.ask(askWhere)
	case t.wantsPlace(f):
		t.askForPlace()
	case f.How.OnBehalf() && !f.Phoned:
		t.ask(askContact)
	case t.wantsTwins(f):
		t.seek(f)
	case len(f.Twins.Found) > 0:
		t.ask(askTwin)
		t.s.Ask.Plain = true
	case t.added:
		t.askPage(askReview, 1)
	default:
		t.ask(askReview)
	}
}

// ready reports whether nothing is missing.
func (t *telling) ready() bool {
	f := t.n.Form
	return !f.Empty() && !f.Unwanted && !f.several() && f.Rival == "" && (f.Text != "" || f.Mute) && (f.Category != "" || f.Picked) && f.Where == nil &&
		!t.wantsPlace(f)
}

// soft reports whether the matter may well have no place, so that it is asked for gently.
func (f *flow) soft(form *Form) bool {
	c, ok := f.Profile.Category(form.Category)
	if c.Agency == profile.District {
		return false
	}
	return form.Kind != report.Complaint || ok && !c.Physical
}

// question words the open question from the state.
func (f *flow) question(s flows.State, n *Notes, v say.Voice) (bot.Message, bool) {
	form := n.Form
	if form == nil {
		form = &Form{}
	}
	m := bot.Message{}
	menu := func(ids ...string) { m.Menu = v.MenuOf(s.Ask.ID, ids...) }
	switch s.Ask.Kind {
	case askWhat:
		m.Text = askWhatText(v, form)
		if voiced(form) {
			menu("voice")
		}
	case askAbout, askCategory:
		f.askCategory(&m, s, v, form)
	case askPlace:
		f.placeQuestion(&m, s, v, form)
	case askNewPlace:
		m.Text, m.Want = v.AskPlaceAgain(), bot.WantLocation
		if f.fixed(form) {
			menu("back")
			break
		}
		menu("nowhere", "back")
		m.Menu.Choices[0].Also = "" // "lewati" goes back: there is a place already
	case askWhere:
		f.askWhere(&m, s, v, form)
	case askReview:
		f.askReview(&m, s, n, v)
	case askTwin:
		f.askTwin(&m, s, v, form)
	case askRival:
		m.Text = v.AskRival(form.Category, form.Rival)
		menu("other")
		m.Menu.Choices = append([]bot.Choice{f.categoryChoice(v, form.Category), f.categoryChoice(v, form.Rival)}, m.Menu.Choices...)
	case askContact, askOwner:
		f.askOwner(&m, s, v, form)
	case askEmergency, askSafe, askHandled:
		f.askDanger(&m, s, v, form)
	case askHeard:
		m.Text = v.AskHeard(form.Heard)
		menu("heard", "write")
	case askResume:
		if s.Ask.Page == 1 {
			m.Text = v.Nudge(form.Text)
		} else {
			m.Text = v.AskResume(form.Text, n.Aside != nil)
		}
		menu("resume", "new")
	case askUndo:
		askUndoOf(&m, s, n, v)
	case askLate:
		m.Text = askLateText(n, v)
		menu("yes", "newreport")
	case askElder:
		askElderOf(&m, s, n, v)
	case askIsReport:
		f.askTurned(&m, s)
	default:
		return f.askEdits(m, s, v, form)
	}
	return m, true
}

// askUndoOf offers what was called off, and what had made room for it.
func askUndoOf(m *bot.Message, s flows.State, n *Notes, v say.Voice) {
	m.Text, m.Menu = v.Cancelled(), v.MenuOf(s.Ask.ID, "undo")
	if prior := n.prior(); prior != nil {
		m.Text += "\n" + v.PriorKept(prior.Text)
		m.Menu = v.MenuOf(s.Ask.ID, "undo", "prior")
	}
}

// askEdits words the questions of changing one field.
func (f *flow) askEdits(m bot.Message, s flows.State, v say.Voice, form *Form) (bot.Message, bool) {
	menu := func(ids ...string) { m.Menu = v.MenuOf(s.Ask.ID, ids...) }
	switch s.Ask.Kind {
	case askSeveral, askSeveralEdit:
		f.askSeveral(&m, s, v, form)
	case askEdit:
		m.Text = v.AskEdit()
		menu("text", "category", "place", "photos", "visibility", "kind", "back")
	case askText:
		m.Text = v.AskText(form.Text)
		menu("back")
	case askPhotos:
		askPhotosOf(&m, s, v, form)
	case askVis:
		m.Text = v.AskVisibility()
		menu("biasa", "anonim", "rahasia", "back")
	case askKind:
		m.Text = v.AskKind()
		menu("pengaduan", "aspirasi", "informasi", "back")
	default:
		return bot.Message{}, false
	}
	return m, true
}

// askReview words the review card.
func (f *flow) askReview(m *bot.Message, s flows.State, n *Notes, v say.Voice) {
	form := n.Form
	if form == nil {
		form = &Form{}
	}
	m.Text = v.Card(form.Draft, f.office(form.Draft))
	m.Want = bot.WantDone
	ids := []string{"send", "edit", "cancel"}
	if form.How.OnBehalf() {
		m.Text += "\n" + v.BehalfSeen(form.How, form.Phone)
	}
	c, _ := f.Profile.Category(form.Category)
	secret := c.Sensitive && form.Visibility != report.Confidential && !form.Seen
	if secret {
		m.Text += "\n\n" + v.SuggestSecret()
		ids = append([]string{"secret"}, ids...)
	}
	if readByOthers(form.Text) {
		m.Text += "\n\n" + v.ReadByOthers()
	}
	if s.Ask.Page == 1 && len(form.Parts) > 1 {
		ids = append(ids, "other")
	}
	revert := s.Ask.Page == changed && n.Before != nil
	if revert {
		ids = append(ids, "revert")
	}
	m.Menu = v.MenuOf(s.Ask.ID, ids...)
	if secret { // a plain "ya" goes the safe way
		m.Menu.Choices[0].Also += "|" + strings.ReplaceAll(m.Menu.Choices[1].Also, "|kirim biasa", "")
		m.Menu.Choices[1].Also = "kirim biasa|biasa"
	}
}

// askLateText offers the report just filed for what was kept aside.
func askLateText(n *Notes, v say.Voice) string {
	if n.Sent == nil || n.Aside == nil {
		return v.Invite()
	}
	return v.AskLate(string(n.Sent.Code), v.What(len(n.Aside.Text), len(n.Aside.Photos), len(n.Aside.Files), n.Aside.Pin != nil))
}
