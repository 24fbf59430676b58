package intake

import (
	"rabeg/flows"
	"rabeg/internal/report"
)

// choose carries out an answer to the open question.
func (t *telling) choose(id string) {
	switch t.kind() {
	case askReview:
		t.chooseReview(id)
	case askAbout, askCategory:
		t.chooseCategory(id)
	case askPlace, askNewPlace:
		t.choosePlace(id)
	case askWhere:
		t.chooseWhere(id)
	case askWhat:
		if f := t.form(); len(f.Files) > 0 {
			f.Mute, f.Listening = true, ""
		}
		t.next()
	case askHeard:
		t.chooseHeard(id)
	case askTwin:
		t.chooseTwin(id)
	case askSeveral, askSeveralEdit:
		t.chooseSeveral(id)
	case askRival:
		t.chooseRival(id)
	case askContact:
		f := t.form()
		f.Phone, f.Phoned = "", true
		t.next()
	case askOwner:
		t.chooseOwner(id)
	case askResume:
		t.chooseResume(id)
	case askUndo:
		if f := t.n.prior(); id == "prior" && f != nil {
			t.n.turnTo(f.ID)
		}
		t.restore()
	case askLate:
		t.chooseLate(id)
	case askElder:
		t.chooseElder(id)
	case askIsReport:
		if t.s.Ask.Page >= ofFraud {
			t.claimTurned(id)
			return
		}
		t.claim()
	default:
		t.chooseEdit(id)
	}
}

// chooseReview carries out a choice of the review card.
func (t *telling) chooseReview(id string) {
	f := t.n.Form
	if f == nil {
		t.onward()
		return
	}
	switch id {
	case "secret":
		f.Visibility = report.Confidential
		t.fileWith(t.rest)
	case "send":
		t.fileWith(t.rest)
	case "edit":
		t.ask(askEdit)
	case "cancel":
		t.cancel()
	case "other":
		t.split()
	case "revert":
		t.revert()
	default:
		t.next()
	}
}

// fileWith sends the report, with what was told in the same breath ("kirim aja, sudah dua minggu begini").
func (t *telling) fileWith(rest string) {
	if rd := t.Reader.Read(rest); rest != "" && !rd.NoReport && substantial(rest, rd, true) {
		if rd.Emergency {
			t.danger(flows.Parcel{Text: rest, Parts: []flows.Part{{Len: len(rest)}}}, rd)
			return
		}
		t.describe("", rest, nil, rd)
		t.lead = nil
		if t.n.Form.Rival != "" || t.n.Form.Where != nil {
			t.next()
			return
		}
	}
	t.file()
}

// file sends the report. The receipt follows when the engine answers.
func (t *telling) file() {
	if !t.ready() && !t.n.Form.several() {
		t.say(t.v.NotYet())
		t.next()
		return
	}
	if t.n.Form.several() { // what was told with the press is another matter
		t.next()
		return
	}
	d := t.n.Form.Draft
	d.Chosen = t.n.Form.Picked && d.Category != ""
	d.Emergency = d.Emergency || t.n.Form.Grave
	t.do(flows.File{Draft: d, Lang: t.v.Lang, Contact: t.n.Form.Phone, Advice: t.n.Form.Advice})
}

// split takes the last addition off the text and keeps it for the next report.
func (t *telling) split() {
	ref, words := t.n.Form.DropLast()
	if words == "" {
		t.next()
		return
	}
	if t.n.Aside == nil {
		t.n.Aside = &flows.Parcel{}
	}
	t.n.Aside.Join(flows.Parcel{Text: words, Parts: []flows.Part{{Ref: ref, Len: len(words)}}})
	t.understood(t.Reader.Read(t.n.Form.Text))
	t.say(t.v.KeptForLater(words))
	t.next()
}

// chooseEdit carries out a choice of the questions that change one field.
func (t *telling) chooseEdit(id string) {
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
		t.choosePhotos(id)
	case askVis:
		switch v := report.Visibility(id); v {
		case report.Normal, report.Anonymous, report.Confidential:
			f.Visibility, f.Seen = v, true
		}
	case askKind:
		switch k := report.Kind(id); k {
		case report.Complaint, report.Wish, report.Question:
			f.Kind, f.KindSet = k, true
		}
	}
	t.next()
}
