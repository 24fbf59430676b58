package call

import (
	"strings"

	"rabeg/flows"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// told goes on after a line has reached the room.
func (f *flow) told(s flows.State, in flows.Called, p flows.Parcel) (flows.State, []flows.Effect) {
	talk := Of(s).Talk
	var rd understand.Reading
	if p.Text != "" {
		rd = f.Reader.Read(p.Text)
	}
	if in.Kind == flows.DangerCall && talk != nil && (s.Quiet >= flows.Pause && another(rd, talk.Category) || (talk.Report != 0 || !f.Open(s)) && f.apart(p, talk.Category)) {
		return s, nil // the room has it; it is a report of its own all the same
	}
	if talk != nil && talk.Report != 0 && !rd.NoReport && telling(p) {
		s.Await(Name, awaitAdded, &p)
		return s, []flows.Effect{flows.Act{Report: talk.Report, Action: f.AddOf(p)}}
	}
	s.Wait = nil
	offer := in.Kind == flows.HumanCall && talk != nil && !talk.Told && f.tells(p, rd)
	if offer {
		t := *talk
		t.Told = true
		s = s.With(Name, &Notes{Talk: &t, Tried: Of(s).Tried})
	}
	return f.heard(s, in, p, offer && !in.Spoken && talk.Report == 0 && !f.Open(s))
}

// tells reports whether a line of a talk tells something of which a report can be made: who asks whether somebody has answered tells nothing.
func (f *flow) tells(p flows.Parcel, rd understand.Reading) bool {
	switch {
	case rd.Human, rd.NoReport:
		return false
	case len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure:
		return true
	}
	return (len(rd.Guesses) > 0 || telling(p)) && f.Answers.After(p.Text).Sequel == answer.NoSequel
}

// heard answers a line of an open talk by what it says.
func (f *flow) heard(s flows.State, in flows.Called, p flows.Parcel, offer bool) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	var first string
	unnamed, secret := f.hides(p.Text)
	if unnamed && in.Hidden && (in.Kind == flows.HarmCall || !secret) {
		first = v.NamelessHere(in.Kind == flows.HarmCall)
	} else if unnamed {
		first = v.TalkHidden(secret)
	} else if words, ok := f.again(s, p); ok {
		first = words
	} else {
		first = f.aside(s, p)
	}
	s, out := f.goOn(s, in, offer)
	if talk := Of(s).Talk; talk != nil && talk.Unsafe {
		first = ""
	}
	if said, ok := out[0].(flows.Say); ok && first != "" {
		said.Message.Text = first
		out[0] = said
	}
	return s, out
}

// another reports whether a text surely tells of another matter than the danger that was filed. It is asked after a pause
// only: while a danger goes on, everything is about it that does not say that it is elsewhere (apart).
func another(rd understand.Reading, category string) bool {
	return !rd.NoReport && len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && rd.Guesses[0].Category != category
}

// apart reports whether a text tells, while a danger that is filed or let go is still spoken about, of several matters or surely of another, at a
// place of its own: it is a report of its own.
func (f *flow) apart(p flows.Parcel, category string) bool {
	if p.Text == "" || p.Edited || p.ReplyTo != nil {
		return false
	}
	return len(understand.Parts(f.Reader, p.Text)) > 1 || understand.Besides(f.Reader, category, "yang darurat tadi", p.Text)
}

// telling reports whether a line of a talk is worth having in the report as well.
func telling(p flows.Parcel) bool {
	return len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || len(strings.Fields(p.Text)) >= 3
}
