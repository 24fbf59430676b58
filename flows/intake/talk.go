package intake

import (
	"strings"

	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// called goes on once it is known how the talk stands.
func (t *turn) called(in flows.Called) {
	await, f := t.s.Await, t.s.Form
	choice, number := strings.CutPrefix(await, awaitNumber)
	switch {
	case await == flows.AwaitMake:
		t.s.Await = ""
		t.make(in)
	case await == awaitSilence && f != nil:
		t.s.Await = ""
		if in.Report != 0 {
			t.s.Form, t.s.Ask = nil, nil
			t.do(flows.Answer{}) // the citizen has its number
			return
		}
		t.fileDanger(report.BySilence)
	case number && f != nil && t.s.Pending != nil:
		p := *t.s.Pending
		t.s.Await, t.s.Pending = "", nil
		if in.Spoken {
			t.danger(p, understand.Reading{})
			return
		}
		t.chooseDanger(choice, flows.Parcel{})
	}
}

// make begins a report with all that was said in a talk but the wish for a person. What was said in confidence stays so.
func (t *turn) make(in flows.Called) {
	p := in.Said
	var kept []string
	for line := range strings.SplitSeq(p.Text, "\n") {
		if rd := t.Reader.Read(line); strings.TrimSpace(line) != "" && !rd.Human {
			kept = append(kept, line)
		}
	}
	p.Text, p.Parts = strings.Join(kept, "\n"), nil
	if p.Text != "" {
		p.Parts = []flows.Part{{Len: len(p.Text)}}
	}
	t.s.Call, t.s.Ask = nil, nil
	if in.Kind == flows.HarmCall { // an officer chooses the office, and nothing is asked
		if !t.s.Form.Empty() {
			t.s.Shelf, t.s.Form = t.s.Form, nil
		}
		f := t.form()
		f.Visibility, f.Picked, f.Nudged = report.Confidential, true, true
		f.Place.Nowhere = !f.Place.Known()
	}
	if p.Empty() {
		t.onwardOrAsk()
		return
	}
	t.s.Aside = &p
	t.claim()
}

func (t *turn) onwardOrAsk() {
	if t.s.Form.Empty() {
		t.ask(askWhat)
		return
	}
	t.next()
}
