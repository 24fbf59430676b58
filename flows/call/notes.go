package call

import "rabeg/flows"

// Notes are what this flow keeps of a conversation.
type Notes struct {
	// Talk is the talk with the coordinator's room that the citizen is or was in, nil for none.
	Talk *flows.Talk `json:"talk,omitempty"`
	// Tried is the turn in which a message was offered to the other flows.
	Tried string `json:"tried,omitempty"`
}

var (
	_ flows.Keeper  = (*flow)(nil)
	_ flows.Stander = (*flow)(nil)
	_ flows.Noter   = (*flow)(nil)
	_ flows.Joiner  = (*flow)(nil)
)

// Of are this flow's notes in a conversation, for reading.
func Of(s flows.State) Notes { return flows.NotesOf[Notes](s, Name) }

// Blank implements flows.Keeper.
func (*flow) Blank() flows.Notes { return &Notes{} }

// Copy implements flows.Notes.
func (n Notes) Copy() flows.Notes {
	if n.Talk != nil {
		talk := *n.Talk
		n.Talk = &talk
	}
	return &n
}

// Empty implements flows.Notes.
func (n Notes) Empty() bool { return n.Talk == nil && n.Tried == "" }

// Standing implements flows.Stander.
func (*flow) Standing(s flows.State) flows.Standing { return flows.Standing{Talk: Of(s).Talk} }

// Note implements flows.Noter: how the talk stands, and which report came of it.
func (*flow) Note(s flows.State, in flows.Input) flows.State {
	was := Of(s).Talk
	switch in := in.(type) {
	case flows.Said:
		if was == nil || !was.Asked {
			return s
		}
		t := *was
		t.Asked = false
		return s.With(Name, &Notes{Talk: &t})
	case flows.Filed:
		if was == nil || !in.Report.Emergency {
			return s
		}
		t := *was
		t.Category = in.Report.Category
		return s.With(Name, &Notes{Talk: &t})
	case flows.Called:
		talk := stands(s, was, in)
		if await, _ := s.Awaited(Name); await == awaitRaised && talk != nil {
			talk.Told = true
		}
		return s.With(Name, &Notes{Talk: talk, Tried: Of(s).Tried})
	default:
		return s
	}
}

// stands is a talk as it was just asked about, nil when there is none any more.
func stands(s flows.State, was *flows.Talk, in flows.Called) *flows.Talk {
	if in.ID == "" {
		return nil
	}
	t := flows.Talk{ID: in.ID, Kind: in.Kind, About: in.About, At: s.At, Over: !in.Open, Asked: true, Report: in.Report, Spoken: in.Spoken}
	if was != nil && was.ID == in.ID {
		t.Category, t.Told, t.Unsafe, t.Lines = was.Category, was.Told, was.Unsafe, was.Lines+1
		if t.Report == 0 {
			t.Report = was.Report
		}
		if t.Over {
			t.At = was.At
		}
	}
	return &t
}

// Join implements flows.Joiner: a talk that is open goes on.
func (*flow) Join(s, old flows.State) flows.State {
	now, was := Of(s).Talk, Of(old).Talk
	if now == nil || now.Over && was != nil && !was.Over {
		return s.With(Name, &Notes{Talk: was})
	}
	return s
}
