package info

import (
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/say"
	"rabeg/internal/understand/inquiry"
)

// Topic is who was asked about last: an office, or somebody outside the government. Text is what was asked then, At when.
type Topic struct {
	Agency   string    `json:"office,omitempty"`
	Owner    string    `json:"owner,omitempty"`
	Category string    `json:"cat,omitempty"`
	Text     string    `json:"text,omitempty"`
	At       time.Time `json:"at,omitzero"`
}

// topic is who is talked of after an answer. A question that leans on another stays with it.
func (f *flow) topic(s flows.State, text string, of subject) Topic {
	t := Topic{Agency: of.Agency, Owner: of.Owner, Category: of.category, Text: text, At: s.At}
	if of.about != "" {
		t.Text = of.about
	}
	if t.Agency == "" && t.Owner == "" && !of.Rescue { // what people often ask is answered by itself
		t.Agency, _ = f.Profile.Office(t.Category, text, "")
		if a, ok := f.Profile.Agency(t.Agency); !ok || a.Outside {
			t.Agency = ""
		}
	}
	return t
}

// Leans implements flows.Leaner.
func (f *flow) Leans(s flows.State, in flows.Said) bool {
	of, ok := f.leans(s, bot.Words(in.Event.Body))
	return ok && (of.Agency != "" || of.Owner != "")
}

// leans reads a question that leaves out whom it is about ("trs jm brp bukanya"): whoever was asked about last. Where nobody was, what it
// asks of the hours is answered for all offices, and no office is guessed.
func (f *flow) leans(s flows.State, text string) (of subject, ok bool) {
	q, ok := inquiry.Follows(text)
	if !ok {
		return subject{}, false
	}
	last := flows.NotesOf[Notes](s, Name).Of
	if last.Agency == "" && last.Owner == "" || s.At.Sub(last.At) > flows.Pause {
		if q.Wants != inquiry.Hours || !q.Asks || f.Stands(s).Ended.Code != "" || f.Open(s) || s.Ask != nil && !s.Ask.Light {
			return subject{}, false
		}
		return subject{Inquiry: inquiry.Inquiry{Wants: q.Wants}, day: q.Day, about: text}, true
	}
	return subject{Inquiry: inquiry.Inquiry{Wants: q.Wants, Agency: last.Agency, Owner: last.Owner}, category: last.Category, day: q.Day, about: last.Text}, true
}

// goesOn answers such a question.
func (f *flow) goesOn(v say.Voice, s flows.State, of subject) (words string, whole bool) {
	if of.Owner != "" {
		o, _ := f.Profile.Owner(of.Owner)
		return v.TurnTo(o, s.At), true
	}
	a, _ := f.Profile.Agency(of.Agency)
	words, whole = f.facts(v, s, a, of.Wants)
	if day, named := f.dayOf(s.At, of.day); named && of.Wants.Has(inquiry.Hours) {
		hours, own := f.Profile.HoursOf(a.Code)
		if len(hours) > 0 {
			words = v.OpenOn(hours, day, f.Profile.Holiday(day), own) + "\n" + words
		}
	}
	return words, whole
}

// dayOf is the next such day from at on, today included.
func (f *flow) dayOf(at time.Time, name string) (day time.Time, ok bool) {
	day = at.In(f.Profile.Location())
	switch name {
	case "":
		return day, false
	case inquiry.Today:
		return day, true
	case inquiry.Tomorrow:
		return day.AddDate(0, 0, 1), true
	}
	for range 7 {
		if profile.Weekday(day) == name {
			return day, true
		}
		day = day.AddDate(0, 0, 1)
	}
	return day, false
}
