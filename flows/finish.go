package flows

import "rabeg/bot"

// finish makes a turn's answers ready to be sent.
func (m *Machine) finish(s *State, out []Effect) []Effect {
	m.stamp(s, out)
	out = fit(s, out)
	under(s, out)
	m.passing(s, out)
	return m.assure(s, out)
}

// fit makes a turn's answers fit how they are sent: a Say replaces every held Say before it, so of several at most the
// last may be held, and while too many messages come everything that may wait becomes one held Say. What tells about a
// report (a receipt) and the emergency number never wait.
func fit(s *State, out []Effect) []Effect {
	says, held := 0, false
	for i, e := range out {
		if say, ok := e.(Say); ok {
			says++
			held = held || say.Hold > 0
			say.Message = roomForKey(say.Message)
			out[i] = say
		}
	}
	if says == 0 || !held && !s.Flooded() {
		return out
	}
	if s.Flooded() {
		return flooded(out)
	}
	if says == 1 {
		return out
	}
	return joined(out)
}

// roomForKey takes the menu off a question that wants a location and offers nothing but to go without: a network that has
// a key for sending the location can show it only where no menu stands, and that key is worth more. The choice still works
// by its words, which the question names.
func roomForKey(m bot.Message) bot.Message {
	if m.Want == bot.WantLocation && m.Menu != nil && len(m.Menu.Choices) == 1 {
		m.Menu = nil
	}
	return m
}

// flooded holds the last Say, and joins into it those before it that may wait.
func flooded(out []Effect) []Effect {
	for _, e := range out {
		if say, ok := e.(Say); ok && (say.Report != 0 || say.Now) {
			return unheld(out)
		}
	}
	out = joined(out)
	for i, e := range out {
		if say, ok := e.(Say); ok {
			say.Hold = HoldFlood
			out[i] = say
		}
	}
	return out
}

func unheld(out []Effect) []Effect {
	for i, e := range out {
		if say, ok := e.(Say); ok {
			say.Hold = 0
			out[i] = say
		}
	}
	return out
}

// joined makes one Say of several, at the place of the last: texts one after the other, the last menu.
func joined(out []Effect) []Effect {
	var one Say
	kept := make([]Effect, 0, len(out))
	for _, e := range out {
		say, ok := e.(Say)
		if !ok {
			kept = append(kept, e)
			continue
		}
		one = join(one, say)
	}
	return append(kept, one)
}

func join(a, b Say) Say {
	if a.Message.Text != "" && b.Message.Text != "" {
		b.Message.Text = a.Message.Text + "\n\n" + b.Message.Text
	} else {
		b.Message.Text += a.Message.Text
	}
	if b.Message.Menu == nil {
		b.Message.Menu = a.Message.Menu
	}
	if b.Message.Want == bot.WantNothing {
		b.Message.Want = a.Message.Want
	}
	b.Message.Photos = append(a.Message.Photos, b.Message.Photos...)
	b.Message.Files = append(a.Message.Files, b.Message.Files...)
	b.Hold = max(a.Hold, b.Hold)
	if b.Report == 0 {
		b.Report = a.Report
	}
	b.Now = a.Now || b.Now
	return b
}
