package intake

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/say"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// perPage is how many categories one page of the full list shows.
const perPage = 8

// next asks for what is missing, or shows the review card.
func (t *turn) next() {
	f := t.s.Form
	switch {
	case f.Empty():
		t.ask(askWhat)
	case f.Emergency:
		t.nextDanger(false)
	case f.Heard != "":
		t.ask(askHeard)
	case f.Text == "" && !f.Mute:
		t.ask(askWhat)
	case f.Category == "" && !f.Picked:
		if len(f.Guesses) == 0 {
			t.ask(askCategory)
			return
		}
		t.ask(askAbout)
	case f.Where != nil:
		t.ask(askWhere)
	case t.wantsPlace(f):
		t.ask(askPlace)
	case t.added:
		t.askPage(askReview, 1)
	default:
		t.ask(askReview)
	}
}

// ready reports whether nothing is missing.
func (t *turn) ready() bool {
	f := t.s.Form
	return !f.Empty() && (f.Text != "" || f.Mute) && (f.Category != "" || f.Picked) && f.Where == nil &&
		!t.wantsPlace(f)
}

// wantsPlace reports whether the place is still to be asked for. Wishes and questions need none, unless they are about
// something that stands somewhere.
func (f *flow) wantsPlace(form *flows.Form) bool {
	if form.Place.Known() {
		return false
	}
	if form.Kind == report.Complaint {
		return true
	}
	c, ok := f.Profile.Category(form.Category)
	return ok && c.Physical
}

// soft reports whether the matter may well have no place, so that it is asked for gently.
func (f *flow) soft(form *flows.Form) bool {
	c, ok := f.Profile.Category(form.Category)
	if c.Agency == profile.District {
		return false
	}
	return form.Kind != report.Complaint || ok && !c.Physical
}

// question words the open question from the state.
func (f *flow) question(s flows.State, v say.Voice) (bot.Message, bool) {
	form := s.Form
	if form == nil {
		form = &flows.Form{}
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
		soft := f.soft(form)
		m.Text = v.AskPlace(soft, form.Hint != "")
		if !soft {
			m.Want = bot.WantLocation
		}
		menu("nowhere")
		if form.Hint != "" {
			m.Menu.Choices = append([]bot.Choice{{ID: "hint", Label: say.Clip(form.Hint, 40)}}, m.Menu.Choices...)
		}
	case askNewPlace:
		m.Text, m.Want = v.AskPlaceAgain(), bot.WantLocation
		menu("nowhere", "back")
		m.Menu.Choices[0].Also = "" // "lewati" goes back: there is a place already
	case askWhere:
		f.askWhere(&m, s, v, form)
	case askReview:
		f.askReview(&m, s, v, form)
	case askEmergency, askSafe:
		f.askDanger(&m, s, v, form)
	case askHeard:
		m.Text = v.AskHeard(form.Heard)
		menu("heard", "write")
	case askResume:
		if s.Ask.Page == 1 {
			m.Text = v.Nudge(form.Text)
		} else {
			m.Text = v.AskResume(form.Text, s.Aside != nil)
		}
		menu("resume", "new")
	case askUndo:
		m.Text = v.Cancelled()
		menu("undo")
	case askLate:
		m.Text = askLateText(s, v)
		menu("yes", "newreport")
	case askIsReport:
		m.Text = v.NotAReport()
		menu("isreport")
	default:
		return f.askEdits(m, s, v, form)
	}
	return m, true
}

// askEdits words the questions of changing one field.
func (f *flow) askEdits(m bot.Message, s flows.State, v say.Voice, form *flows.Form) (bot.Message, bool) {
	menu := func(ids ...string) { m.Menu = v.MenuOf(s.Ask.ID, ids...) }
	switch s.Ask.Kind {
	case askEdit:
		m.Text = v.AskEdit()
		menu("text", "category", "place", "photos", "visibility", "kind", "back")
	case askText:
		m.Text = v.AskText(form.Text)
		menu("back")
	case askPhotos:
		m.Text = v.AskPhotos(len(form.Photos))
		switch len(form.Photos) {
		case 0:
			menu("back")
		case 1:
			menu("dropphotos", "back")
		default:
			menu("dropphoto", "dropphotos", "back")
		}
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

// askCategory words the question for the category: the best guesses, or a page of all.
func (f *flow) askCategory(m *bot.Message, s flows.State, v say.Voice, form *flows.Form) {
	m.Menu = &bot.Menu{ID: s.Ask.ID}
	add := func(code string) {
		m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: code, Label: v.Category(code)})
	}
	if s.Ask.Kind == askAbout {
		m.Text = v.AskAbout(len(form.Guesses) == 0 || form.Guesses[0].P < understand.Faint)
		for _, g := range form.Guesses {
			add(g.Category)
		}
		m.Menu.Choices = append(m.Menu.Choices, v.Choice("more"))
		return
	}
	all := offered(f.Profile)
	pages := (len(all) + perPage - 1) / perPage
	page := min(s.Ask.Page, max(0, pages-1))
	m.Text = v.AskCategory(page+1, pages)
	for _, c := range all[page*perPage : min(len(all), (page+1)*perPage)] {
		add(c.Code)
	}
	if pages > 1 {
		m.Menu.Choices = append(m.Menu.Choices, v.Choice("next"))
	}
	m.Menu.Choices = append(m.Menu.Choices, v.Choice("unsure"))
	if form.Category != "" || form.Picked { // "lewati" goes back then
		m.Menu.Choices[len(m.Menu.Choices)-1].Also = ""
		m.Menu.Choices = append(m.Menu.Choices, v.Choice("back"))
	}
}

// offered are the categories a citizen may choose.
func offered(p *profile.Profile) []profile.Category {
	out := make([]profile.Category, 0, len(p.Categories))
	for _, c := range p.Categories {
		if !c.Hidden {
			out = append(out, c)
		}
	}
	return out
}

// askWhere words what is unsettled about the place.
func (f *flow) askWhere(m *bot.Message, s flows.State, v say.Voice, form *flows.Form) {
	w := form.Where
	m.Menu = &bot.Menu{ID: s.Ask.ID}
	if w == nil {
		m.Menu = nil
		return
	}
	if w.Why == whyOutside {
		m.Text, m.Want = v.AskOutside(), bot.WantLocation
		m.Menu.Choices = append(m.Menu.Choices, v.Choice("keep"), v.Choice("nowhere"))
		return
	}
	for i, p := range w.Options {
		m.Menu.Choices = append(m.Menu.Choices, bot.Choice{ID: placeID(i), Label: label(v, w, p)})
	}
	if w.Why == whyNear {
		m.Text = v.AskNear()
		return
	}
	m.Text = v.AskWhich(w.Said, len(w.Options))
	m.Menu.Choices = append(m.Menu.Choices, v.Choice("notthat"))
}

// labelName is how many runes of a place's name a choice shows: the kecamatan behind it must not be cut off.
const labelName = 28

// label names a place to choose: what tells it from the others, always with its kecamatan.
func label(v say.Voice, w *flows.Where, p report.Place) string {
	p.Note = ""
	p.Said = say.Clip(p.Said, labelName)
	if w.Why == whyNear {
		p.Said = ""
	}
	return v.Where(p)
}

// askReview words the review card.
func (f *flow) askReview(m *bot.Message, s flows.State, v say.Voice, form *flows.Form) {
	m.Text = v.Card(form.Draft, f.office(form.Draft))
	m.Want = bot.WantDone
	ids := []string{"send", "edit", "cancel"}
	c, _ := f.Profile.Category(form.Category)
	secret := c.Sensitive && form.Visibility != report.Confidential
	if secret {
		m.Text += "\n\n" + v.SuggestSecret()
		ids = append([]string{"secret"}, ids...)
	}
	if s.Ask.Page == 1 && len(form.Parts) > 1 {
		ids = append(ids, "other")
	}
	m.Menu = v.MenuOf(s.Ask.ID, ids...)
	if secret { // a plain "ya" goes the safe way
		m.Menu.Choices[0].Also += "|" + m.Menu.Choices[1].Also
		m.Menu.Choices[1].Also = "kirim biasa"
	}
}

// askLateText offers the report just filed for what was kept aside.
func askLateText(s flows.State, v say.Voice) string {
	if s.Sent == nil || s.Aside == nil {
		return v.Invite()
	}
	return v.AskLate(string(s.Sent.Code), v.What(len(s.Aside.Text), len(s.Aside.Photos), len(s.Aside.Files), s.Aside.Pin != nil))
}
