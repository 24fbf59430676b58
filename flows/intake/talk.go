package intake

import (
	"strings"

	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// called goes on once it is known how the talk stands.
func (t *telling) called(in flows.Called) {
	await, said := t.s.Awaited(Name)
	choice, number := strings.CutPrefix(await, awaitNumber)
	switch {
	case t.n.Form == nil:
	case await == awaitSilence:
		t.s.Wait = nil
		if in.Report != 0 {
			waits := t.n.Form.behind()
			t.n.Form, t.s.Ask = nil, nil
			t.do(flows.Answer{}) // the citizen has its number
			t.bringBack(waits, false)
			return
		}
		t.fileDanger(report.BySilence)
	case number && said != nil:
		t.s.Wait = nil
		if in.Spoken {
			t.danger(*said, understand.Reading{})
			return
		}
		t.chooseDanger(choice, flows.Parcel{})
	}
}

// make begins a report with all that was said in a talk but the wish for a person. What was said in confidence stays so.
func (t *telling) make(in flows.Begin) {
	p := in.Said
	if in.Urgent {
		t.danger(p, understand.Reading{Emergency: true})
		return
	}
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
	t.s.Ask = nil
	if in.Secret { // an officer chooses the office, and nothing is asked
		if !t.n.Form.Empty() {
			t.n.Shelf, t.n.Form = t.n.Form, nil
		}
		f := t.form()
		f.Visibility, f.Picked, f.Nudged = report.Confidential, true, true
		f.Place.Nowhere = !f.Place.Known()
	}
	if in.Kind != "" {
		f := t.form()
		f.Kind, f.KindSet, f.Category, f.Picked = in.Kind, true, in.Category, true
		f.Place.Nowhere = true
	}
	if p.Empty() {
		t.onwardOrAsk()
		return
	}
	t.n.Aside = &p
	t.claim()
}

func (t *telling) onwardOrAsk() {
	if t.n.Form.Empty() {
		t.ask(askWhat)
		return
	}
	t.next()
}
