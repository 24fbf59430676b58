package flows

import "time"

// Join makes one conversation of two with the same person, who was known under two addresses until now. The one spoken in
// last goes on; where nothing is in the making there, the other's goes on, with its open question. What of a flow's notes
// goes on is the flow's own to say (Joiner). Of all others, whoever asks what is open now goes on with what was noted there; else
// what was noted in the conversation that goes on comes first.
func (m *Machine) Join(a, b State) State {
	if a.At.After(b.At) {
		a, b = b, a
	}
	old, s := a.Clone(), b.Clone()
	if s.Lang == "" {
		s.Lang, s.Guessed = old.Lang, old.Guessed
	}
	s.V, s.Seq = max(s.V, old.V), max(s.Seq, old.Seq)
	s.Slowed, s.Tied = s.Slowed || old.Slowed, s.Tied || old.Tied
	if s.Turn == "" {
		s.Turn = old.Turn
	}
	for f := range all[Joiner](m.Options) {
		s = f.Join(s, old)
	}
	if offer := s.Ask == nil || s.Ask.Light; offer && !m.Open(s) && old.Ask != nil {
		s.Ask = old.Ask // what came aside waits for its answer
	}
	for flow, n := range old.Notes {
		if _, joins := m.flow(flow).(Joiner); joins {
			continue
		}
		if goesOn := s.Ask != nil && s.Ask == old.Ask && s.Ask.Flow == flow; goesOn || s.Notes[flow] == nil {
			s = s.With(flow, n)
		}
	}
	return s
}

// Carry lets what is in the making in one chat of a person go on in another, in which he or she writes at a time: it is offered there as
// after a silence, for its question was never seen there. left is what stays behind. ok is false where there is nothing to carry, or a
// danger or a talk goes on in either: those stay where they are.
func (m *Machine) Carry(from, to State, at time.Time) (left, joined State, ok bool) {
	if !m.Open(from) || m.InDanger(from) || m.InDanger(to) || m.Talking(from) != nil || m.Talking(to) != nil {
		return from, to, false
	}
	joined = m.Join(from, to)
	if soonest := at.Add(-Pause); joined.At.After(soonest) {
		joined.At = soonest.UTC()
	}
	joined.Recent, joined.Slowed, joined.Under = to.Recent, to.Slowed, nil
	left = State{V: from.V, Lang: from.Lang, Guessed: from.Guessed, Seq: from.Seq, Turn: from.Turn, At: from.At, Tied: from.Tied, Recent: from.Recent,
		Told: from.Told, Barred: from.Barred}
	return left, joined, true
}
