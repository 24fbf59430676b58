package flows

import (
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Where there are no buttons a menu is a list of numbers, and a number that is typed belongs to what was said last: to the open question,
// to a menu under an answer of ours, which opens none, or to what an office has said since, which the conversation does not see.

// offeredFor is for how long a menu under an answer is taken to be meant by what is typed.
const offeredFor = 30 * time.Minute

// awaitNews waits for the own reports, to see whether an office has said something since.
const awaitNews = "news"

// Under is the menu that was said last: its id, those of its choices, and when the citizen had written what it answers.
type Under struct {
	Menu    string    `json:"menu"`
	Choices []string  `json:"choices"`
	At      time.Time `json:"at,omitzero"`
}

// under keeps the menu that is said last; what is said without one leaves none to be meant.
func under(s *State, out []Effect) {
	said := false
	var last *Under
	for _, e := range out {
		say, ok := e.(Say)
		if !ok {
			continue
		}
		said = true
		if menu := say.Message.Menu; menu != nil {
			last = &Under{Menu: menu.ID, At: s.At}
			for _, c := range menu.Choices {
				last.Choices = append(last.Choices, c.ID)
			}
		}
	}
	if said {
		s.Under = last
	}
}

// offered is the menu under the last answer as it was said, while it may be meant. An open question that needs an answer goes before.
func (m *Machine) offered(s State) (bot.Menu, bool) {
	u := s.Under
	if u == nil || !m.standing(u.Menu) || s.Ask != nil && !s.Ask.Light || s.At.Sub(u.At) > offeredFor {
		return bot.Menu{}, false
	}
	return *m.Voice(s).MenuOf(u.Menu, u.Choices...), true
}

// typed is the press that typed words make under the last answer.
func (m *Machine) typed(s State, ev bot.Event) (bot.Pick, bool) {
	menu, ok := m.offered(s)
	if _, words := ev.Body.(bot.Text); !ok || !words || ev.Edited || ev.ReplyTo != nil {
		return bot.Pick{}, false
	}
	if talk := m.InTalk(s); talk != nil && talk.Spoken && number(bot.Words(ev.Body)) { // it answers the person
		return bot.Pick{}, false
	}
	c, ok := menu.Match(ev.Body)
	return bot.Pick{Menu: menu.ID, Choice: c.ID}, ok
}

// looks reports whether what is typed has to be held against what offices have said since it was offered: a number to an offer, or
// whatever chooses under the last answer.
func (m *Machine) looks(s State, ev bot.Event) bool {
	if _, ok := m.typed(s, ev); ok {
		return true
	}
	text, words := ev.Body.(bot.Text)
	return words && !ev.Edited && ev.ReplyTo == nil && number(text.Text) && s.Ask != nil && s.Ask.Light && m.Stands(s).Ended.Code != ""
}

// weighed answers what was typed when it is known what offices have said: it is theirs where that came last.
func (m *Machine) weighed(s State, in Found) (State, []Effect) {
	ev := s.Wait.Said.event(s)
	s.Wait = nil
	shown := s.At
	switch {
	case s.Under != nil:
		shown = s.Under.At
	case s.Ask != nil:
		shown = s.Ask.At
	}
	pick, ok := m.typed(s, ev)
	if slices.ContainsFunc(in.Mine, func(r report.Report) bool { return wants(r, s.At, shown) }) {
		s.Ask, s.Under, ok = nil, nil, false
	}
	var out []Effect
	if ok {
		text, _ := ev.Body.(bot.Text)
		s.Last = &Last{What: wordsOf(text.Text), At: s.At}
		ev.Body = pick
		s, out = m.chain(s, Said{Event: ev})
	} else {
		s, out = m.answers(s, Said{Event: ev})
	}
	return s, m.finish(&s, out)
}

// wants reports whether an office has said something of a report after a time that a number answers: a question, or news with a menu.
func wants(r report.Report, at, since time.Time) bool {
	switch r.StoodAt(at) {
	case report.Resolved, report.Rejected:
		return Told(r, at).After(since)
	}
	return r.Asked.After(since)
}

// Told is when an office last told the citizen something of a report, as it stood for a message of then; a refusal of LAPOR! tells its end.
func Told(r report.Report, at time.Time) time.Time {
	if r.StoodAt(at) == report.Rejected && r.Ended.After(r.Told) {
		return r.Ended
	}
	return r.Told
}
