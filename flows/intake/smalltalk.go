package intake

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// What people say to the bot as to somebody they meet, what goes round and pretends to come from an office, and what was stolen: each gets
// one short answer. None of it is put into a report unless its sender says so.

// The pages of askIsReport: which answer stands in the question.
const (
	ofFraud = 2
	ofTheft = 3
	ofChain = 4
	ofPaid  = 5 // for work that is promised
	ofSpent = 6 // the same, and the money is gone
)

// turnsAway answers what goes round and what is for the police. It is kept aside, and its sender may have it filed all the same.
func (t *telling) turnsAway(p flows.Parcel, rd understand.Reading) bool {
	if p.Text == "" || t.kind() == askText || t.n.inDanger() || rd.Emergency || rd.Harm != understand.NoHarm {
		return false
	}
	var page int
	var words string
	lure := understand.LureIn(p.Text)
	switch {
	case lure == understand.Fraud:
		page, words = ofFraud, t.v.WarnFraud()
	case lure == understand.Chain && len(p.Photos) == 0:
		page, words = ofChain, t.v.ChainLetter()
	case lure == understand.Paid:
		page = ofPaid
		if understand.PaidAlready(p.Text) {
			page = ofSpent
		}
		words = t.v.WarnPaid(t.police(), page == ofSpent)
	case t.n.Form.Empty() && t.kind() == askIsReport && t.s.Ask.Page == ofFraud && understand.Doubts(p.Text):
		t.onward()
		return true
	case t.n.Form.Empty() && understand.Doubts(p.Text):
		t.close(t.v.WhichMessage())
		return true
	case understand.Stolen(p.Text) && (t.n.Form.Empty() || understand.AsksWhere(p.Text)):
		page, words = ofTheft, t.v.ForPolice(t.police())
	default:
		return false
	}
	if !t.n.Form.Empty() { // one thing after the other
		t.say(words)
		t.onward()
		return true
	}
	t.doubt(p)
	t.askPage(askIsReport, page)
	t.s.Ask.Light = true
	return true
}

// askTurned asks whether what was taken for no report is one.
func (f *flow) askTurned(m *bot.Message, s flows.State) {
	v := f.Voice(s)
	switch s.Ask.Page {
	case ofFraud:
		m.Text, m.Menu = v.AskFraud(), v.MenuOf(s.Ask.ID, "fraud", "no")
	case ofChain:
		m.Text, m.Menu = v.ChainLetter(), v.MenuOf(s.Ask.ID, "isreport")
	case ofPaid, ofSpent:
		m.Text, m.Menu = v.WarnPaid(f.police(), s.Ask.Page == ofSpent)+"\n\n"+v.AskFraudToo(), v.MenuOf(s.Ask.ID, "fraud", "no")
	case ofTheft:
		m.Text, m.Menu = v.AskTheft(f.police()), v.MenuOf(s.Ask.ID, "anyway", "no")
	default:
		m.Text, m.Menu = v.NotAReport(), v.MenuOf(s.Ask.ID, "isreport")
	}
}

// police is the number of the police, "" where the profile has none.
func (f *flow) police() string {
	if h := f.Profile.Help(profile.ForCrime); len(h) > 0 {
		return h[0].Number
	}
	return ""
}

// claimTurned files what was turned away, with the office that it is for: the officers of information warn of fraud.
func (t *telling) claimTurned(id string) {
	category, page := profile.Digital, t.s.Ask.Page
	if id == "no" {
		t.n.Aside = nil
		t.close(t.v.Invite())
		return
	}
	switch page {
	case ofTheft:
		category = profile.Outside
	case ofChain:
		t.claim()
		return
	}
	f := t.form()
	if _, ok := t.Profile.Category(category); !ok {
		category = ""
	}
	f.Category, f.Picked = category, true
	f.Kind, f.KindSet = report.Complaint, true
	f.Place.Nowhere = page != ofTheft
	t.claim()
}
