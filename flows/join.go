package flows

// Join makes one conversation of two with the same person, who was known under two addresses until now. The one spoken in
// last goes on; where nothing is in the making there, the other's report does, with its open question. When both have a
// report in the making, the older one is laid on the shelf, from where "urungkan" brings it back.
func Join(a, b State) State {
	if a.At.After(b.At) {
		a, b = b, a
	}
	old, s := a.Clone(), b.Clone()
	if s.Lang == "" {
		s.Lang = old.Lang
	}
	s.V, s.Seq = max(s.V, old.V), max(s.Seq, old.Seq)
	s.Slowed = s.Slowed || old.Slowed
	if s.Turn == "" {
		s.Turn = old.Turn
	}
	if s.Sent == nil || old.Sent != nil && old.Sent.At.After(s.Sent.At) {
		s.Sent = old.Sent
	}
	if s.Call == nil || s.Call.Over && old.Call != nil && !old.Call.Over {
		s.Call = old.Call
	}
	if s.Aside == nil {
		s.Aside = old.Aside
	}
	switch {
	case old.Form.Empty():
	case s.Form.Empty():
		s.Form, s.Ask = old.Form, old.Ask
	default:
		s.Shelf = old.Form
	}
	if s.Shelf.Empty() {
		s.Shelf = old.Shelf
	}
	if offer := s.Ask == nil || s.Ask.Light; offer && s.Form.Empty() && old.Ask != nil {
		s.Ask = old.Ask // what came aside waits for its answer
	}
	return s
}
