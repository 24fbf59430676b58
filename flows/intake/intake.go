// Package intake is the errand of filing a report: whatever a citizen sends fills the slots it can, only what is missing
// is asked for, and a review card stands before sending. It is pure.
//
// What a citizen may expect, where the rules leave a choice:
//   - There is no question for photos of their own: the review card offers them, so that a complaint takes three messages
//     (what, where, send). Photos sent at any time are taken.
//   - At the review card a fresh sentence is added to the text, for most people who write on are not done telling. One tap
//     ("Itu laporan lain") takes it off again and makes it the next report.
//   - After 30 minutes of silence fresh content is kept aside and asked about (Lanjutkan / Buat baru). A press, a number or
//     a pin that answers the open question is taken as the answer. Who writes a second sentence instead of choosing goes
//     on with the old report, and the card offers to split it off.
//   - A report about a danger is no form: see danger.go.
package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Name is the flow's name in State.Ask.
const Name = "intake"

// The questions of this flow (State.Ask.Kind).
const (
	askWhat      = "what"
	askAbout     = "about"    // the best guesses
	askCategory  = "category" // the full menu: groups, then the categories of one
	askPlace     = "place"
	askWhere     = "where" // something unsettled about the place: Form.Where
	askReview    = "review"
	askEdit      = "edit"
	askText      = "text"
	askNewPlace  = "newplace"
	askPhotos    = "photos"
	askVis       = "visibility"
	askKind      = "kind"
	askEmergency = "emergency" // where is the danger?
	askSafe      = "safe"      // are you safe?
	askHandled   = "handled"   // others have seen to it: is a report wanted?
	askResume    = "resume"
	askUndo      = "undo"
	askLate      = "late"
	askElder     = "elder"
	askIsReport  = "isreport"
	askHeard     = "heard"   // words made out of a voice note
	askRival     = "rival"   // which of two matters: Form.Rival
	askOwner     = "owner"   // file what is somebody else's?
	askContact   = "contact" // the number of whom it is taken for
	askTwin      = "twin"    // is it the same as what there is? Form.Twins

	askSeveral     = "several"     // several matters: Form.Several
	askSeveralEdit = "severaledit" // what to change of them
)

type flow struct{ flows.Options }

// New makes the flow; it is a flows.Maker.
func New(o flows.Options) flows.Flow { return &flow{Options: o} }

var _ flows.Asker = (*flow)(nil)

// Name implements flows.Flow.
func (*flow) Name() string { return Name }

// Step implements flows.Flow.
func (f *flow) Step(s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	t := &telling{flow: f, s: s, n: Of(s).clone(), v: f.Voice(s)}
	if t.n.Form != nil {
		t.draft, t.was = t.n.Form.ID, t.n.Form.Category
	}
	switch in := in.(type) {
	case flows.Said:
		t.said(in)
	case flows.Filed:
		t.filed(in.Report)
	case flows.Idle:
		t.idle(in)
	case flows.Heard:
		t.heard(in)
	case flows.Unkept:
		t.unkept(in)
	case flows.Called:
		t.called(in)
	case flows.Found:
		t.found(in)
	case flows.Advised:
		t.advised(in)
	case flows.Sought:
		t.foundTwins(in)
	case flows.Acted:
		t.followed(in)
	case flows.Begin:
		t.make(in)
	case flows.OnBehalf:
		t.onBehalf(in)
	default:
		return s, nil
	}
	if len(t.out) == 0 {
		return s, nil
	}
	return t.s.With(Name, t.n), t.out
}

// Question implements flows.Asker.
func (f *flow) Question(s flows.State) (bot.Message, bool) {
	if s.Ask == nil || s.Ask.Flow != Name {
		return bot.Message{}, false
	}
	n := Of(s)
	return f.question(s, &n, f.Voice(s))
}

// office is whose duty the draft is as it stands; "" is the coordinator.
func (f *flow) office(d report.Draft) string {
	if d.Category == "" {
		return ""
	}
	code, _ := f.Profile.OfficeAt(d.Category, d.Text, d.Place.District, d.Abroad())
	return code
}

// telling is one input being taken in, and the answer to it in the making: what the citizen tells, and what is said to it.
type telling struct {
	*flow
	s   flows.State
	n   *Notes // a copy
	v   say.Voice
	out []flows.Effect
	// lead are sentences that stand before the question.
	lead []string
	// burst says that more of the same may follow at once: the answer waits a moment.
	burst bool
	// rest are words that were said beside the answer to the open question.
	rest string
	// overheard says that the words being taken in were made out of a voice note: they call nothing off.
	overheard bool
	// spoken is the voice note whose words are being taken in: the room gets it with them.
	spoken []bot.MediaRef
	// added says that words were added to a text that was there.
	added bool
	// showsChange says that the card is to offer to take a change back.
	showsChange bool
	// earlier are the words that a report had before it turned out to be about a danger.
	earlier string
	// draft is the report that was in the making before it, was the category that it had then.
	draft, was string
}

func (t *telling) say(first string) { t.lead = append(t.lead, first) }

func (t *telling) do(e flows.Effect) { t.out = append(t.out, e) }

// kind is this flow's open question, "" when none of its own is open.
func (t *telling) kind() string {
	if t.s.Ask == nil || t.s.Ask.Flow != Name {
		return ""
	}
	return t.s.Ask.Kind
}

// ask opens a question and says it, after what leads.
func (t *telling) ask(kind string) { t.askPage(kind, 0) }

func (t *telling) askPage(kind string, page int) {
	t.s.Put(Name, kind).Page = page
	q, _ := t.question(t.s, t.n, t.v)
	t.send(q)
}

// close ends without a question.
func (t *telling) close(words string) {
	t.s.Ask = nil
	t.send(bot.Message{Text: words, Want: bot.WantDone})
}

func (t *telling) send(m bot.Message) {
	var text strings.Builder
	for _, l := range t.lead {
		text.WriteString(l + "\n\n")
	}
	m.Text = text.String() + m.Text
	t.lead = nil
	out := flows.Say{Message: m}
	if t.burst {
		out.Hold = flows.HoldBurst
	}
	t.do(out)
}

// hand gives an input to the other flows; false: nobody took it.
func (t *telling) hand(in flows.Input) bool {
	s, out := t.Hand(t.s.With(Name, t.n), in)
	if len(out) == 0 {
		return false
	}
	t.s, t.n, t.out = s, Of(s).clone(), append(t.out, out...)
	return true
}

// talk is the talk with the coordinator's room that the citizen is or was in.
func (t *telling) talk() flows.Talk {
	if talk := t.Stands(t.s).Talk; talk != nil {
		return *talk
	}
	return flows.Talk{}
}

// form is the report in the making; it begins one where there is none.
func (t *telling) form() *Form {
	if t.n.Form == nil {
		t.n.Form = &Form{Draft: report.Draft{
			ID: t.s.Mint("d"), Kind: report.Complaint, Visibility: report.Normal, Begun: t.s.At,
		}}
		t.do(flows.Nudge{Draft: t.n.Form.ID, After: flows.NudgeAfter})
	}
	return t.n.Form
}
