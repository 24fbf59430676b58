package intake

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Twins is what was found of reports about the same trouble, before the card is shown.
type Twins struct {
	// Asked is a hash of what the draft said when it was looked for, Photos how many pictures it had, Pictured whether there was one
	// around to compare with, Found what there was and is not answered yet.
	Asked    string       `json:"asked,omitempty"`
	Photos   int          `json:"photos,omitempty"`
	Pictured bool         `json:"pictured,omitempty"`
	Found    []flows.Twin `json:"found,omitempty"`
	// Empty is the last look, where it found nothing at all.
	Empty flows.Empty `json:"empty,omitzero"`
	// Not are those of which the citizen said that they are something else; Picked is the one that is being followed.
	Not    []report.ID `json:"not,omitempty"`
	Picked report.ID   `json:"picked,omitempty"`
}

func (t Twins) clone() Twins {
	t.Found, t.Not = slices.Clone(t.Found), slices.Clone(t.Not)
	return t
}

// wantsTwins reports whether it is to be looked for: once for what the draft says, and once more for another picture where there is one
// to compare it with. What is confidential or urgent is nobody else's.
func (t *telling) wantsTwins(f *Form) bool {
	if f.Emergency || f.Warned || f.Text == "" || f.Category == "" || f.Visibility == report.Confidential || t.s.Flooded() {
		return false
	}
	return f.Twins.Asked != sought(f) || f.Twins.Pictured && f.Twins.Photos != len(f.Photos)
}

// sought is a hash of what a look depends on.
func sought(f *Form) string {
	doc, err := json.Marshal(struct {
		Category, Text string
		Place          report.Place
		Kind           report.Kind
		Visibility     report.Visibility
	}{f.Category, f.Text, f.Place, f.Kind, f.Visibility})
	if err != nil {
		return f.Text
	}
	return "h" + sumOf(string(doc))
}

// seek looks, and holds what was to be said until the answer is there.
func (t *telling) seek(f *Form) {
	f.Twins.Asked, f.Twins.Photos = sought(f), len(f.Photos)
	t.n.Held = &Held{Lead: t.lead, Added: t.added, Burst: t.burst, Changed: t.showsChange}
	t.lead = nil
	t.do(flows.Seek{Draft: f.Draft, Empty: f.Twins.Empty})
}

// sought goes on where the turn was held up.
func (t *telling) foundTwins(in flows.Sought) {
	held := t.n.Held
	if held == nil {
		return
	}
	t.n.Held = nil
	t.lead, t.added, t.burst, t.showsChange = held.Lead, held.Added, held.Burst, held.Changed
	f := t.n.Form
	if f == nil || f.ID != in.Draft {
		t.onward()
		return
	}
	f.Twins.Pictured, f.Twins.Empty = in.Pictured, in.Empty
	f.Twins.Found = slices.DeleteFunc(slices.Clone(in.Twins), func(w flows.Twin) bool { return slices.Contains(f.Twins.Not, w.Report) })
	if len(f.Twins.Found) == 0 && t.showsChange {
		t.askPage(askReview, changed)
		return
	}
	t.next()
}

// askTwin shows the reports that there are.
func (f *flow) askTwin(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	found := form.Twins.Found
	var seen []say.Twin
	m.Menu = &bot.Menu{ID: s.Ask.ID}
	for i, w := range found {
		seen = append(seen, say.Twin{Category: w.Category, Metres: w.Metres, Street: w.Street, Filed: w.Filed, Status: w.Status, People: w.People,
			Own: w.Own, Photo: w.Photo != nil, Place: report.Place{AreaName: w.AreaName, DistrictName: w.DistrictName}})
		m.Menu.Choices = append(m.Menu.Choices, v.FollowChoice(i, len(found), w.Own))
		if w.Photo != nil && len(m.Photos) == 0 {
			m.Photos = []bot.MediaRef{*w.Photo}
		}
	}
	m.Menu.Choices = append(m.Menu.Choices, v.Choice("nottwin"))
	m.Text = v.AskTwin(seen)
}

// chooseTwin carries out an answer.
func (t *telling) chooseTwin(id string) {
	f := t.form()
	at, err := strconv.Atoi(strings.TrimPrefix(id, "follow"))
	if err != nil || at < 1 || at > len(f.Twins.Found) {
		t.notTwin()
		return
	}
	w := f.Twins.Found[at-1]
	f.Twins.Picked = w.Report
	d := f.Draft
	more := report.Add{Words: d.Text, Photos: d.Photos, Files: d.Files}
	t.s.Await(Name, awaitFollow, nil)
	if w.Own {
		t.do(flows.Act{Report: w.Report, Action: more})
		return
	}
	t.do(flows.Act{Report: w.Report, Action: report.Follow{Lang: t.v.Lang, With: more}})
}

// notTwin goes on with the report: none of what was shown is meant.
func (t *telling) notTwin() {
	f := t.form()
	for _, w := range f.Twins.Found {
		f.Twins.Not = append(f.Twins.Not, w.Report)
	}
	f.Twins.Found = nil
	t.next()
}

// awaitFollow is what this flow waits for while a report is being followed.
const awaitFollow = "follow"

// followed tells what came of it. Where the report cannot be followed any more, the citizen's own goes on.
func (t *telling) followed(in flows.Acted) {
	if what, _ := t.s.Awaited(Name); what != awaitFollow || t.n.Form == nil {
		return
	}
	t.s.Wait = nil
	f := t.n.Form
	at := slices.IndexFunc(f.Twins.Found, func(w flows.Twin) bool { return w.Report == f.Twins.Picked })
	if at < 0 {
		t.next()
		return
	}
	w := f.Twins.Found[at]
	if !in.OK && in.Why != whyAlready {
		t.say(t.v.TwinGone(w.Code))
		t.notTwin()
		return
	}
	waits := f.behind()
	t.n.Form, t.s.Ask, t.n.Before = nil, nil, nil
	text := t.v.Following(w.Code, in.OK)
	if w.Own {
		text = t.v.AddedToOwn(w.Code)
	}
	t.do(flows.Say{Message: bot.Message{Text: text, Want: bot.WantDone}, Report: w.Report})
	if p := t.n.Aside; p != nil && !p.Doubt {
		t.say(t.v.Second(p.Text))
		t.begin()
	}
	t.bringBack(waits, true)
}

// whyAlready is casework's word for what stands like that.
const whyAlready = "already"

// twinWords reads an answer in free words; false: the words are no answer, but more of the story.
func (t *telling) twinWords(p flows.Parcel) bool {
	if t.kind() != askTwin || p.Text == "" || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || t.n.Form == nil {
		return false
	}
	same, other, nth := say.TwinAnswer(p.Text)
	n := len(t.n.Form.Twins.Found)
	switch {
	case nth > 0 && nth <= n && !other:
		t.chooseTwin("follow" + strconv.Itoa(nth))
	case same && n == 1:
		t.chooseTwin("follow1")
	case same:
		t.say(t.v.WhichTwin())
		t.ask(askTwin)
	case other:
		rest := say.TwinRest(p.Text)
		if rd := t.Reader.Read(rest); rest != "" && substantial(rest, rd, true) {
			ref := ""
			if len(p.Parts) > 0 {
				ref = p.Parts[0].Ref
			}
			t.describe(ref, rest, nil, rd)
			t.added = false
		}
		t.notTwin()
	default:
		return false
	}
	return true
}
