package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// chatter answers greetings, thanks, tests and spam; what came with them is still taken in. Who meant a report can say so.
func (t *telling) chatter(p flows.Parcel, rd understand.Reading) bool {
	if !rd.NoReport || t.kind() == askText || t.goesOn(p, rd) {
		return false
	}
	alone := t.n.Form.Empty() && len(p.Photos)+len(p.Files) == 0 && p.Pin == nil
	more := rd.Small == "greeting" && t.beyond(p.Text)
	if more && !alone {
		return false
	}
	switch rd.Small {
	case "greeting":
		if more { // it is asked whether it is a report
			break
		}
		if t.s.Quiet >= flows.Pause && !t.n.Form.Empty() {
			t.say(t.v.HelloTo(p.Text))
			t.ask(askResume)
			return true
		}
		if alone && t.n.Sent == nil && p.Text != "" {
			t.s.Ask = nil
			t.send(bot.Message{Text: t.v.WelcomeTo(p.Text)})
			return true
		}
		t.say(t.v.HelloTo(p.Text))
	case "thanks":
		if alone && !t.tells(p.Text) && (t.kind() == "" || t.s.Ask.Light) && t.s.ThanksAgain() {
			t.do(flows.NoAnswer{})
			return true
		}
		if t.n.Form.Empty() || thankful(p.Text) {
			t.say(t.v.Thanks())
			break
		}
		t.say(t.v.Heeded())
	case "test":
		t.say(t.v.Testing())
	case "spam":
		if t.n.Form.Empty() {
			t.doubt(p)
			t.ask(askIsReport)
			return true
		}
		t.say(t.v.NotAdded())
	default:
		return false
	}
	if alone && (more || (t.kind() == "" || t.s.Ask.Light) && t.tells(p.Text)) {
		t.doubt(p)
		t.askPage(askIsReport, 1)
		t.s.Ask.Light = true
		return true
	}
	p.Text, p.Parts = "", nil
	if !p.Empty() {
		t.absorb(p, understand.Reading{})
		return true
	}
	t.onward()
	return true
}

// beyond reports whether words that sound like a greeting tell more than one does ("namanya pak Dedi yang minta"): they belong to the
// report in the making, or to the one that was sent. Who has told nothing yet must say more than that, for there is nothing it belongs to.
func (t *telling) beyond(text string) bool {
	said := t.Answers.Read(text)
	told := 0
	for _, w := range said.Rest {
		if !polite[w] {
			told++
		}
	}
	if t.n.Form.Empty() && t.n.Sent == nil {
		told--
	}
	return said.Long || flows.Since(text) || told > 0 && len(strings.Fields(text)) >= 3
}

// The words with which people greet, say who they are, and that they want to ask or report something; and how words of thanks begin.
var polite, thankfulStems = answer.ListOf("polite"), answer.ListOf("thankful-stems")

// thankful reports whether words thank, or bless: not all that sounds like it does.
func thankful(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), thankfulStems.Begins)
}

// doubt keeps what was taken for no report, in case it is one.
func (t *telling) doubt(p flows.Parcel) {
	p.Doubt = true
	t.n.Aside = &p
}

// tells reports whether a text holds words that are no mere politeness: it may be a report after all.
func (t *telling) tells(text string) bool {
	s := t.Answers.Read(text)
	return s.Long || len(s.Rest) >= 2
}

// goesOn reports whether words go on with the report in the making, or answer what is asked of it, though the reader takes them
// for small talk: a name of a place or a word of a matter stands in them.
func (t *telling) goesOn(p flows.Parcel, rd understand.Reading) bool {
	if t.n.Form.Empty() || rd.Small == "spam" {
		return false
	}
	said := t.Answers.Read(p.Text)
	return said.Long || slices.ContainsFunc(said.Rest, t.Answers.Tells)
}

// pleads reports whether words urge ("mohon segera ya pak"): they tell nothing new, but they are meant for the officers.
func pleads(text string) bool {
	for w := range strings.FieldsSeq(bot.Fold(text)) {
		switch w {
		case "segera", "secepatnya", "cepat", "cepet", "urgent", "asap", "immediately", "geura", "enggal", "gancang":
			return true
		}
	}
	return false
}

// saysNothing answers words that are neither an answer nor a part of any story ("hadeh", "mantap bosku").
func (t *telling) saysNothing(p flows.Parcel) bool {
	if p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || t.kind() == askText || t.kind() == askWhat || t.kind() == "" && t.s.Ask == nil {
		return false
	}
	said := t.Answers.Read(p.Text)
	if said.Long || said.Empty || len(said.Rest) > 0 || said.Number != 0 || !t.n.Form.Empty() && pleads(p.Text) {
		return false
	}
	m, _ := said.Only()
	switch {
	case len(said.Means) > 0 && m != answer.Later && !t.n.Form.Empty():
		return false
	case m == answer.Later && !t.n.Form.Empty():
		t.send(bot.Message{Text: t.v.Waiting()})
	case t.n.Form.Empty():
		t.close(t.v.Invite())
	default:
		t.say(t.v.Heeded())
		t.onward()
	}
	return true
}

// doubted reports whether a message says again what was taken for no report just before: the second try is always taken in.
// What nobody claimed is forgotten.
func (t *telling) doubted(p flows.Parcel, rd understand.Reading) bool {
	if t.n.Aside == nil || !t.n.Aside.Doubt {
		return false
	}
	was := t.n.Aside.Text
	t.n.Aside = nil
	return rd.NoReport && rd.Small != "greeting" && t.tells(p.Text) && akin(was, p.Text)
}

// akin reports whether two texts share a word of some length.
func akin(a, b string) bool {
	said := " " + bot.Fold(a) + " "
	for w := range strings.FieldsSeq(bot.Fold(b)) {
		if len(w) >= 4 && strings.Contains(said, " "+w+" ") {
			return true
		}
	}
	return false
}

// later puts a card off that somebody is not ready to send: nothing is lost, nothing is sent. Who says that the matter has no
// place is believed.
func (t *telling) later(p flows.Parcel) bool {
	if t.kind() != askReview || p.Text == "" {
		return false
	}
	m, _ := t.Answers.Read(p.Text).Only()
	if m == answer.Nowhere && t.soft(t.n.Form) {
		t.n.Form.Place = report.Place{Nowhere: true}
		t.say(t.v.Changed())
		t.next()
		return true
	}
	if m != answer.Later && !t.waits(p.Text) {
		return false
	}
	t.s.Ask.Light = true
	t.send(bot.Message{Text: t.v.KeptForNow()})
	return true
}

// waits reports whether words at the card ask for time, and tell nothing ("tar dulu, mau nanya pak rt").
func (t *telling) waits(text string) bool {
	if t.Answers.Orders(text) != answer.Waits {
		return false
	}
	rd := t.Reader.Read(text)
	return !rd.Emergency && (len(rd.Guesses) == 0 || rd.Guesses[0].P < understand.Sure)
}

// ordersToSend reports whether words at a question for a part of the report order to send it ("iya betul, kirim semua pak"): that part is
// none of them.
func (t *telling) ordersToSend(text string) bool {
	switch t.kind() {
	case askPlace, askNewPlace, askWhere, askAbout, askCategory:
		return t.Answers.Read(text).Has(answer.Send) && t.Answers.Orders(text) == answer.Sends
	}
	return false
}
