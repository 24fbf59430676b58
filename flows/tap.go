package flows

import (
	"strings"
	"time"

	"rabeg/bot"
)

const (
	// TapTwice is how long the same press is the same press: what it brings about cannot be another thing so soon.
	TapTwice = 10 * time.Second
	// SayTwice is how long the same typed answer is the same answer. Nobody has read the next question that soon, so that
	// the second "1" does not answer it. (Networks count whole seconds.)
	SayTwice = time.Second
)

// Last is the last answer to a question: a press, or words that chose.
type Last struct {
	What string    `json:"w"`
	At   time.Time `json:"at"`
}

// pressOf and wordsOf are what Last remembers of an answer.
func pressOf(p bot.Pick) string { return p.Menu + "|" + p.Choice }

func wordsOf(text string) string { return "=" + bot.Fold(text) }

func (l *Last) is(what string, at time.Time, within time.Duration) bool {
	return l != nil && l.What == what && at.Sub(l.At).Abs() <= within
}

// tooLate gives the notice for a press that came too late or twice and changes nothing: no message is sent for it, and
// the conversation stays as it is. ok is false where the press counts, and where nothing would be left to answer.
func (m *Machine) tooLate(s State, ev bot.Event) (notice string, ok bool) {
	pick, pressed := ev.Body.(bot.Pick)
	if !pressed || pick.Quiet || !s.At.IsZero() && ev.At.Sub(s.At) >= Keep {
		return "", false
	}
	v := m.Voice(s)
	if _, danger := m.dangerPress(s, ev); danger && !s.Last.is(pressOf(pick), ev.At, TapTwice) {
		return "", false
	}
	if ended := m.Stands(s).Ended; ended.shown(pick.Menu) {
		return v.AlreadySent(ended.Code), true
	}
	if s.Last.is(pressOf(pick), ev.At, TapTwice) {
		return v.TapTwice(), true
	}
	q, open := m.question(s)
	if !open || s.Ask.Light || q.Menu == nil || m.standing(pick.Menu) {
		return "", false
	}
	if _, on := q.Menu.Match(pick); on {
		return "", false
	}
	return v.TooLate(), true
}

// shown reports whether a menu is a screen of the report that was filed last.
func (e Ended) shown(menu string) bool {
	if e.Code == "" || menu == "" {
		return false
	}
	return menu == e.Menu || e.Subject != "" && strings.HasPrefix(menu, ofSubject(e.Subject))
}

// Lasting is a flow with menus that stand under news, and not in the conversation: a press on one is for it whatever is asked
// meanwhile, and as long as the news is true.
type Lasting interface {
	Lasts(menu string) bool
}

// standing reports whether a menu stands under news.
func (m *Machine) standing(menu string) bool {
	for f := range all[Lasting](m.Options) {
		if f.Lasts(menu) {
			return true
		}
	}
	return false
}

// stale answers a press on a menu that is no longer the question, where a notice does not do: nothing is open, or the
// network shows none.
func (m *Machine) stale(s State, ev bot.Event) (State, []Effect) {
	v := m.Voice(s)
	pick, _ := ev.Body.(bot.Pick)
	st := m.Stands(s)
	if st.Ended.shown(pick.Menu) {
		return s, m.side(s, v.AlreadySent(st.Ended.Code))
	}
	if s.Ask != nil && s.Ask.Light && st.Shelved != "" && strings.HasPrefix(pick.Menu, ofSubject(st.Shelved)) {
		return s, m.ask(s) // it was cancelled, and can come back
	}
	open := s.Ask != nil && !s.Ask.Light
	if open || !st.Open {
		return s, m.side(s, v.Stale(open))
	}
	// Only an offer stands between the press and the report, so that the report goes on; and where the press was made on
	// the very screen that it goes on with, it counts.
	s, out := m.word(s, WordResume, "")
	m.stamp(&s, out)
	if q, ok := m.question(s); ok && q.Menu != nil {
		if c, on := q.Menu.Match(pick); on {
			return m.answered(s, Said{Event: ev, Choice: c.ID})
		}
	}
	return s, before(v.Stale(true), out)
}

// echo answers words that chose a moment ago and come once more: they do not answer what is asked since then.
func (m *Machine) echo(s *State, ev bot.Event) ([]Effect, bool) {
	last := s.Last
	s.Last = nil
	switch b := ev.Body.(type) {
	case bot.Pick:
		s.Last = &Last{What: pressOf(b), At: ev.At.UTC()}
		return nil, false
	case bot.Text:
		if ev.Edited || ev.ReplyTo != nil || !last.is(wordsOf(b.Text), ev.At, SayTwice) {
			return nil, false
		}
	default:
		return nil, false
	}
	if s.Ask != nil && !s.Ask.Light {
		return m.ask(*s), true
	}
	if ended := m.Stands(*s).Ended; ended.Code != "" && ev.At.Sub(ended.At) <= SayTwice {
		return []Effect{Say{Message: bot.Message{Text: m.Voice(*s).AlreadySent(ended.Code)}}}, true
	}
	return nil, false
}
