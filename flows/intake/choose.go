package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// choose carries out an answer to the open question.
func (t *turn) choose(id string) {
	switch t.kind() {
	case askReview:
		t.chooseReview(id)
	case askAbout, askCategory:
		t.chooseCategory(id)
	case askPlace, askNewPlace:
		f := t.form()
		switch id {
		case "nowhere":
			f.Place, f.Where = report.Place{Nowhere: true}, nil
		case "hint":
			f.Place, f.Where = report.Place{Said: f.Hint}, nil
		}
		t.next()
	case askWhere:
		t.chooseWhere(id)
	case askWhat:
		if f := t.form(); len(f.Files) > 0 {
			f.Mute, f.Listening = true, ""
		}
		t.next()
	case askHeard:
		t.chooseHeard(id)
	case askResume:
		t.chooseResume(id)
	case askUndo:
		t.restore()
	case askLate:
		t.chooseLate(id)
	case askIsReport:
		t.claim()
	default:
		t.chooseEdit(id)
	}
}

// chooseReview carries out a choice of the review card.
func (t *turn) chooseReview(id string) {
	f := t.s.Form
	if f == nil {
		t.onward()
		return
	}
	switch id {
	case "secret":
		f.Visibility = report.Confidential
		t.file()
	case "send":
		t.file()
	case "edit":
		t.ask(askEdit)
	case "cancel":
		t.cancel()
	case "other":
		t.split()
	default:
		t.next()
	}
}

// file sends the report. The receipt follows when the engine answers.
func (t *turn) file() {
	if !t.ready() {
		t.say(t.v.NotYet())
		t.next()
		return
	}
	d := t.s.Form.Draft
	d.Chosen = t.s.Form.Picked && d.Category != ""
	t.do(flows.File{Draft: d, Lang: t.v.Lang})
}

// split takes the last addition off the text and keeps it for the next report.
func (t *turn) split() {
	ref, words := t.s.Form.DropLast()
	if words == "" {
		t.next()
		return
	}
	if t.s.Aside == nil {
		t.s.Aside = &flows.Parcel{}
	}
	t.s.Aside.Join(flows.Parcel{Text: words, Parts: []flows.Part{{Ref: ref, Len: len(words)}}})
	t.understood(t.Reader.Read(t.s.Form.Text))
	t.say(t.v.KeptForLater(words))
	t.next()
}

// chooseCategory carries out an answer to the category question.
func (t *turn) chooseCategory(id string) {
	f := t.form()
	switch id {
	case "more":
		t.ask(askCategory)
		return
	case "next":
		pages := (len(offered(t.Profile)) + perPage - 1) / perPage
		t.askPage(askCategory, (t.s.Ask.Page+1)%max(1, pages))
		return
	case "back":
	case "unsure":
		f.Category, f.Picked = "", true
	default:
		f.Category, f.Picked = id, true
	}
	t.next()
}

// categoryWords takes words as the answer to the category question; false when they are more of the story. Who is not
// understood twice is not asked a third time: the officers choose.
func (t *turn) categoryWords(text string, rd understand.Reading) bool {
	f := t.form()
	words := len(strings.Fields(text))
	if code := t.named(text); code != "" {
		f.Category, f.Picked = code, true
		return true
	}
	if words <= 4 && len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Faint {
		if c, ok := t.Profile.Category(rd.Guesses[0].Category); ok && !c.Hidden {
			f.Category, f.Picked = c.Code, true
			return true
		}
	}
	if t.s.Ask.Tries >= 1 {
		f.Picked = true
	}
	if words >= 2 {
		return false
	}
	if !f.Picked {
		t.s.Missed()
		t.say(t.v.Unclear())
	}
	return true
}

// named finds the one category whose name holds the words.
func (t *turn) named(text string) string {
	said := bot.Fold(text)
	if len(said) < 4 {
		return ""
	}
	found := ""
	for _, c := range t.Profile.Categories {
		if c.Hidden || !strings.Contains(bot.Fold(c.Name+" "+c.NameEN), said) {
			continue
		}
		if found != "" {
			return ""
		}
		found = c.Code
	}
	return found
}

// chooseEdit carries out a choice of the questions that change one field.
func (t *turn) chooseEdit(id string) {
	f := t.form()
	switch t.kind() {
	case askEdit:
		ask := map[string]string{"text": askText, "category": askCategory, "place": askNewPlace, "photos": askPhotos,
			"visibility": askVis, "kind": askKind}[id]
		if ask != "" {
			t.ask(ask)
			return
		}
	case askPhotos:
		switch {
		case id == "dropphotos":
			f.Photos, f.Over = nil, 0
		case id == "dropphoto" && len(f.Photos) > 0:
			f.Photos, f.Over = f.Photos[:len(f.Photos)-1], 0
		}
	case askVis:
		switch v := report.Visibility(id); v {
		case report.Normal, report.Anonymous, report.Confidential:
			f.Visibility = v
		}
	case askKind:
		switch k := report.Kind(id); k {
		case report.Complaint, report.Wish, report.Question:
			f.Kind, f.KindSet = k, true
		}
	}
	t.next()
}
