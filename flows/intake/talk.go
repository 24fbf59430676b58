package intake

import (
	"strings"

	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
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
	p.Text, p.Parts = t.matterOfTalk(t.unrepeated(p.Text)), nil
	if p.Text != "" {
		p.Parts = []flows.Part{{Len: len(p.Text)}}
	}
	t.s.Ask = nil
	if rd := t.Reader.Read(p.Text); !rd.NoReport && !t.n.Form.Empty() && t.ownMatter(p, rd) {
		t.makeWait()
	}
	if in.Secret { // an officer chooses the office, and nothing is asked
		t.makeWait()
		f := t.form()
		f.Visibility, f.Picked, f.Nudged = report.Confidential, true, true
		f.Place.Nowhere = !f.Place.Known()
	}
	if in.Kind != "" {
		t.makeWait()
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

// unrepeated is what was said in a talk without the draft, which the room was given to read at the beginning.
func (t *telling) unrepeated(text string) string {
	gist, _, _ := t.Tell(t.s)
	return strings.TrimPrefix(text, gist)
}

// matterOfTalk are the lines of a talk without those that only call for a person, greet, or ask whether somebody has answered; where
// nothing else was said, greetings and questions stay.
func (t *telling) matterOfTalk(text string) string {
	var kept, told []string
	for line := range strings.SplitSeq(text, "\n") {
		rd := t.Reader.Read(line)
		tells := !rd.NoReport && len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure
		if strings.TrimSpace(line) == "" || rd.Human && !tells { // "mau bicara dengan petugas, lampu di jalan saya mati" tells a matter as well
			continue
		}
		kept = append(kept, line)
		if !rd.NoReport && !t.onlyAsks(line, rd) {
			told = append(told, line)
		}
	}
	if len(told) > 0 {
		kept = told
	}
	return strings.Join(kept, "\n")
}

// onlyAsks reports whether words ask whether somebody has answered, and tell of no matter ("udah ada yg bales blm").
func (t *telling) onlyAsks(text string, rd understand.Reading) bool {
	if len(rd.Places) > 0 || len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure || len(strings.Fields(text)) > newsMost {
		return false
	}
	var aims understand.Aims
	if r, ok := t.Reader.(understand.Follower); ok {
		aims = r.Aims(t.Answers, text)
	}
	return t.Answers.AsksAfter(text) || newsy(text) && (aims.P(understand.AimNews) >= listedFrom || t.Answers.After(text).Sequel == answer.WantsNews)
}

func (t *telling) onwardOrAsk() {
	if t.n.Form.Empty() {
		t.ask(askWhat)
		return
	}
	t.next()
}
