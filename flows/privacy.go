package flows

import "strings"

// assure puts the one line on privacy into the first answer of a conversation: before its last paragraph, for the next
// step stands last. It waits where a life may be in danger, and on an answer that may yet be replaced by another.
func (m *Machine) assure(s *State, out []Effect) []Effect {
	if s.Told {
		return out
	}
	for i, e := range out {
		say, ok := e.(Say)
		if !ok {
			continue
		}
		st := m.Stands(*s)
		if say.Now || say.Hold > 0 || st.Urgent || st.Talk != nil && !st.Talk.Over && st.Talk.Kind != HumanCall {
			return out
		}
		v := m.Voice(*s)
		s.Told = true
		if strings.HasPrefix(say.Message.Text, v.Privacy()) {
			return out
		}
		head, last := "", say.Message.Text
		if at := strings.LastIndex(last, "\n\n"); at >= 0 {
			head, last = last[:at+2], last[at+2:]
		}
		say.Message.Text = head + v.FirstPrivacy() + "\n\n" + last
		if say.Passes {
			say.Rest = strings.TrimSpace(v.FirstPrivacy() + "\n\n" + say.Rest)
		}
		out[i] = say
		return out
	}
	return out
}
