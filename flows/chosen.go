package flows

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// asked is the open question, whether there is one, and whether what was said is for its flow, whatever choices it names.
type asked struct {
	q              bot.Message
	open, reserved bool
}

// reserved reports whether words are for the flow whose question is open, whatever choices they name. q is that question, whole.
func (m *Machine) reserved(s State, q bot.Message, ev bot.Event) bool {
	text, words := ev.Body.(bot.Text)
	if !words || s.Ask == nil || ev.Edited || ev.ReplyTo != nil {
		return false
	}
	r, ok := m.flow(s.Ask.Flow).(Reserver)
	return ok && r.Reserves(s, q, text.Text)
}

// unclear reports whether words are an answer, but to none of the choices: they must not become a part of the report. What must be answered,
// whatever is asked, is none.
func (m *Machine) unclear(s State, q bot.Message, ev bot.Event) bool {
	text, ok := ev.Body.(bot.Text)
	if !ok || q.Menu == nil || s.Ask.Plain || ev.Edited || ev.ReplyTo != nil || s.Ask.Light && !m.Open(s) {
		return false
	}
	if m.WantsPerson(s, text.Text) { // "jangan bot dong, ganti orang" answers nothing that was asked
		return false
	}
	c, changes := m.Answers.Changes(text.Text)
	if !(changes && c.Pure && c.Field != answer.Something) && (m.orders(q, text.Text) == answer.Wavers || m.Answers.Strays(text.Text) || m.Answers.Read(text.Text).Mutes()) {
		return true
	}
	if changes {
		return false
	}
	if w, _ := m.WordOf(text.Text); w != NoWord {
		return false
	}
	said := m.Answers.Read(text.Text)
	if said.Number != 0 && len(said.Means) == 0 {
		return false // a number that no choice has is answered with those there are
	}
	only, _ := said.Only()
	return len(said.Rest) == 0 && !said.Long && len(said.Means) > 0 && only != answer.Later && only != answer.Nowhere && !Since(text.Text) && !m.Reader.Read(text.Text).Pressing()
}

// orders is what a line orders beside other words, where the open question is whether to send.
func (m *Machine) orders(q bot.Message, text string) answer.Order {
	if q.Menu == nil || !slices.ContainsFunc(q.Menu.Choices, func(c bot.Choice) bool { return c.ID == "send" }) {
		return answer.NoOrder
	}
	return m.Answers.Orders(text)
}

// chosen finds the choice that a body makes: by a press, a number or a label, or by other words that mean it.
func (m *Machine) chosen(s State, q bot.Message, b bot.Body) answer.Verdict {
	if _, pressed := b.(bot.Pick); pressed && len(s.Ask.Only) > 0 { // the whole menu may still stand on the screen
		q, _ = m.wholeQuestion(s)
	}
	hidden := roomForKey(q).Menu == nil // then there are no numbers to choose by
	if c, ok := q.Menu.Match(b); ok && !(hidden && number(bot.Words(b))) {
		return answer.Verdict{Choice: c, OK: true}
	}
	if s.Ask.Plain || m.ofOwn(b) {
		return answer.Verdict{}
	}
	if text, ok := b.(bot.Text); ok && !m.asksBack(text.Text) && !hasty(s, m.Answers.Read(text.Text)) && !strings.HasPrefix(strings.TrimSpace(text.Text), "/") {
		free := q.Want == bot.WantLocation || slices.ContainsFunc(q.Menu.Choices, func(c bot.Choice) bool { return c.ID == "nowhere" })
		v := m.Answers.Match(*q.Menu, text.Text, answer.Asked{Numbered: !hidden, Free: free})
		if (v.OK || len(v.Either) > 0) && strings.Contains(strings.TrimSpace(text.Text), " ") && m.overrides(s, text.Text) {
			return answer.Verdict{}
		}
		return v
	}
	return answer.Verdict{}
}

// overrides reports whether words of an answer choose nothing, for what they say besides: "gas bocor" agrees to nothing, and who wants a
// person ("jangan bot dong") takes nothing back.
func (m *Machine) overrides(s State, text string) bool {
	rd := m.Reader.Read(text)
	return m.WantsPerson(s, text) || len(m.Answers.Read(text).Rest) > 0 && (rd.Emergency && rd.Danger != "" || rd.Harm != understand.NoHarm)
}

// ofOwn reports whether words are about what is kept of their writer: whatever is asked, they choose nothing.
func (m *Machine) ofOwn(b bot.Body) bool {
	text, ok := b.(bot.Text)
	if !ok {
		return false
	}
	w, _ := m.WordOf(text.Text)
	return w == WordMine || w == WordForget || w == WordSpare
}

// hasty reports whether a mere "yes, go on" came so soon after a question that it cannot be about it: people write one answer
// in two messages.
func hasty(s State, said answer.Said) bool {
	return s.Ask != nil && !s.Ask.At.IsZero() && s.At.Sub(s.Ask.At) < Blink && !said.Has(answer.Send) && len(said.Rest) == 0 && said.Number == 0 &&
		(said.Has(answer.Yes) || said.Has(answer.Go) || said.Has(answer.Good))
}

// askBack shows only the choices between which an answer did not decide.
func (m *Machine) askBack(s State, ids []string) (State, []Effect) {
	s.Ask.Only = ids
	q, _ := m.question(s)
	q.Text = m.Voice(s).WhichOne()
	return s, []Effect{Say{Message: q}}
}

// left is a question with the choices that are left of it.
func left(s State, q bot.Message) bot.Message {
	if q.Menu == nil || s.Ask == nil || len(s.Ask.Only) == 0 {
		return q
	}
	some := slices.DeleteFunc(slices.Clone(q.Menu.Choices), func(c bot.Choice) bool { return !slices.Contains(s.Ask.Only, c.ID) })
	if len(some) > 1 {
		q.Menu = &bot.Menu{ID: q.Menu.ID, Choices: some}
	}
	return q
}
