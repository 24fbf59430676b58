package intake

import (
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// late reports whether a message may belong to the report filed just before: photos, files or a pin without words, or
// a few words that are no clear complaint of their own.
func (t *telling) late(p flows.Parcel, rd understand.Reading) bool {
	if t.n.Sent == nil || t.n.Sent.Behalf || !t.n.Form.Empty() || p.BadPin || t.s.At.Sub(t.n.Sent.At) > flows.Late || t.kind() == askWhat {
		return false
	}
	if p.MediaOnly() {
		return true
	}
	sure := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
	return !sure && substantial(p.Text, rd, true)
}

// lateMore takes in what comes while it is still open to which report the last message belongs.
func (t *telling) lateMore(p flows.Parcel, rd understand.Reading) {
	sure := len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
	if t.n.Aside == nil {
		t.n.Aside = &flows.Parcel{}
	}
	t.n.Aside.Join(p)
	if p.MediaOnly() || !sure && t.s.Ask.Tries < 1 {
		t.ask(askLate)
		return
	}
	t.begin()
}

// begin starts a report with what was kept aside.
func (t *telling) begin() {
	p := t.n.Aside
	t.n.Aside, t.s.Ask = nil, nil
	if p.Empty() {
		t.ask(askWhat)
		return
	}
	var rd understand.Reading
	if p.Text != "" {
		rd = t.Reader.Read(p.Text)
	}
	t.absorb(*p, rd)
}

// filed confirms a filed report and goes on with what was kept for the next one.
func (t *telling) filed(r report.Report) {
	if r.ID == 0 {
		t.close(t.v.NoOfficer())
		return
	}
	if t.filedOne(r) {
		return
	}
	phone := t.n.Form != nil && t.n.Form.Phone != ""
	menu, draft, words := "", "", ""
	var all []say.Numbered
	if t.s.Ask != nil {
		menu = t.s.Ask.ID
	}
	if f := t.n.Form; f != nil {
		draft, words, all = f.ID, sumOf(f.Text), f.Several.Filed
	}
	waits := t.n.Form.behind()
	at := r.Filed
	if at.IsZero() || at.Sub(t.s.At).Abs() > time.Hour {
		at = t.s.At
	}
	t.n.Form, t.n.Before, t.s.Ask, t.s.Wait = nil, nil, nil, nil
	t.n.Sent = &Sent{ID: r.ID, Code: r.Code, At: at, Menu: menu, Draft: draft, Words: words, Behalf: r.How.OnBehalf()}
	if len(all) > 1 {
		t.n.Sent.ID, t.n.Sent.Code = all[0].ID, all[0].Code
	}
	switch {
	case len(all) > 1:
		t.do(flows.Say{Message: bot.Message{Text: t.v.SeveralReceipt(all), Want: bot.WantDone}})
	case r.How.OnBehalf():
		t.do(flows.Say{Message: bot.Message{Text: t.v.BehalfReceipt(r, phone), Want: bot.WantDone}})
	case r.Emergency:
		t.filedDanger(r)
	default:
		t.do(flows.Say{Message: bot.Message{Text: t.v.Receipt(r), Want: bot.WantDone}, Report: r.ID})
	}
	if r.Emergency && hushed(r) {
		t.n.Form = waits
		return
	}
	if p := t.n.Aside; p != nil && !p.Doubt {
		t.say(t.v.Second(p.Text))
		t.begin()
	}
	t.bringBack(waits, !r.Emergency)
}
