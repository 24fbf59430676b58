package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// While a report is in the making people speak of those that they filed before: "yang got udah lancar", "yang sampah jangan sebut nama
// saya". What names the matter of another one is said of that one, and neither calls this one off nor hides it.

// ofAnother gives what names another matter than the draft's to the flow of what is filed; false where it is of none, or of the draft.
func (t *telling) ofAnother(ev bot.Event, p flows.Parcel) bool {
	f := t.n.Form
	if p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || t.n.Sent == nil || t.n.behalf() || t.n.inDanger() || ev.ReplyTo != nil || ev.Edited {
		return false
	}
	if f == nil { // "batal" calls nothing off that was sent
		if t.Answers.After(p.Text).Sequel == answer.TakesBack {
			return false
		}
		f = &Form{}
	}
	if f.Empty() && !t.wishes(p.Text) || t.kind() == askText || t.kind() == askHeard || !singles(p.Text) && !f.Empty() {
		return false
	}
	var matters []string
	for _, m := range f.Several.Each {
		matters = append(matters, m.Category)
	}
	if f.Category != "" {
		matters = append(matters, f.Category)
	}
	if !t.hand(flows.Beside{Event: ev, Matters: matters}) {
		return false
	}
	t.hidesNext(p.Text)
	return true
}

// hidesNext heeds a wish to be hidden for the report that is about to be told as well, and says so: at that question it may be meant of
// that one, and a name that is shown against a wish cannot be unseen.
func (t *telling) hidesNext(text string) {
	c, ok := t.Answers.Changes(text)
	if t.kind() != askWhat || !t.n.Form.Empty() || !ok || c.Field != answer.Who || c.Who == string(report.Normal) {
		return
	}
	t.form().Visibility = report.Visibility(c.Who)
	t.do(flows.Say{Message: bot.Message{Text: t.v.NextHidden(report.Visibility(c.Who))}})
}

// wishes reports whether words only want something done to a report.
func (f *flow) wishes(text string) bool {
	s := f.Answers.After(text).Sequel
	return s == answer.Hides || s == answer.TakesBack || s == answer.Shows
}

// singles reports whether words single one of several out: "yang got", "soal sampah", "laporan lampu".
func singles(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool {
		switch w {
		case "yg", "yang", "yng", "soal", "sing", "nu", "anu", "ingkang", "laporan", "lapor", "lapuran", "report", "one", "itu", "yangg", "yank":
			return true
		}
		return strings.HasSuffix(w, "nya") || strings.HasSuffix(w, "ne")
	})
}

// done takes away the one of several matters that words say to be done or not wanted; false where they name none, or more than one.
func (t *telling) done(text string) bool {
	f := t.n.Form
	if !f.several() {
		return false
	}
	said := strings.Fields(bot.Fold(text))
	of := func(m Matter) bool {
		told := strings.Fields(bot.Fold(m.Text + " " + t.v.Topic(m.Category)))
		return slices.ContainsFunc(said, func(w string) bool {
			w = stem(w)
			return len(w) >= 3 && !commonplace(w) && !idle(w) && slices.ContainsFunc(told, func(h string) bool { return stem(h) == w })
		})
	}
	at := -1
	for i, m := range f.Several.Each {
		if !of(m) {
			continue
		}
		if at >= 0 {
			return false
		}
		at = i
	}
	if at < 0 {
		return false
	}
	t.drop(at)
	return true
}

// idle knows the words of saying that something is done, which name no matter.
func idle(w string) bool {
	switch w {
	case "yang", "yg", "udah", "sudah", "udh", "beres", "kelar", "jadi", "usah", "deh", "bang", "pak", "aja", "saja", "lancar", "nyala", "barusan", "tadi", "ada", "gak", "ngga", "nggak", "tidak", "laporan", "soal", "masalah", "lagi", "hari", "terus", "dan", "juga", "itu":
		return true
	}
	return false
}
