package call

import (
	"strings"

	"rabeg/flows"
	"rabeg/internal/understand"
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
	if in.Kind == flows.HumanCall && talk != nil && !rd.Human && !rd.NoReport && len(rd.Guesses) > 0 {
		t := *talk
		t.Told = true
		s = s.With(Name, &Notes{Talk: &t, Tried: Of(s).Tried})
	}
	return f.heard(s, in, p)
}

// files reports whether "kirim" makes a report of what was told in a talk: nobody has answered in it, and nothing else could be sent.
func (f *flow) files(s flows.State, w flows.Word, talk *flows.Talk) bool {
	return w == flows.WordSend && talk != nil && !talk.Over && talk.Kind == flows.HumanCall && talk.Told && !talk.Spoken && talk.Report == 0 && !busy(s) && !f.Open(s)
}

// heard answers a line of an open talk by what it says.
func (f *flow) heard(s flows.State, in flows.Called, p flows.Parcel) (flows.State, []flows.Effect) {
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
	s, out := f.goOn(s, in)
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
