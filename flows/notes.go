package flows

import (
	"encoding/json"
	"fmt"
	"maps"
)

// version is the version of a conversation's shape.
const version = 2

// Notes are what one flow keeps of a conversation: what is in the making, what came of it. They are kept as JSON under the
// flow's name. Notes in a State are never changed: who has something to note takes a copy and puts it there (State.With).
type Notes interface {
	// Copy is so deep that changing it never changes the original.
	Copy() Notes
	// Empty reports whether there is nothing worth keeping.
	Empty() bool
}

// Keeper is a flow that keeps notes.
type Keeper interface {
	// Blank are the notes of a conversation that has not begun: the kept ones are read into them.
	Blank() Notes
}

// NotesOf are the notes of a flow, blank ones where there are none. They are for reading.
func NotesOf[T any](s State, flow string) (notes T) {
	if n, ok := any(s.Notes[flow]).(*T); ok {
		notes = *n
	}
	return notes
}

// With is the state with these notes of a flow; the given one stays as it was.
func (s State) With(flow string, n Notes) State {
	if s.Notes[flow] == nil && n.Empty() {
		return s
	}
	all := make(map[string]Notes, len(s.Notes)+1)
	maps.Copy(all, s.Notes)
	all[flow] = n
	if n.Empty() {
		delete(all, flow)
	}
	s.Notes = all
	return s
}

// unread are the notes of a flow that this machine does not have: they are kept for one that does.
type unread struct{ json.RawMessage }

// Copy implements Notes.
func (u unread) Copy() Notes { return u }

// Empty implements Notes.
func (u unread) Empty() bool { return len(u.RawMessage) == 0 }

// kept is a conversation as it is read: the notes are written out by the flows.
type kept struct {
	State
	Notes map[string]json.RawMessage `json:"flows"`
}

// Read reads a conversation that was kept as JSON, by this version or an earlier one; nothing is one that has not begun.
func (m *Machine) Read(doc []byte) (State, error) {
	if len(doc) == 0 {
		return State{}, nil
	}
	var k kept
	if err := json.Unmarshal(doc, &k); err != nil {
		return State{}, fmt.Errorf("read the conversation: %w", err)
	}
	if k.V < version {
		if err := k.carry(doc); err != nil {
			return State{}, err
		}
	}
	if len(k.Notes) == 0 {
		return k.State, nil
	}
	k.State.Notes = make(map[string]Notes, len(k.Notes))
	for flow, doc := range k.Notes {
		keeper, ok := m.flow(flow).(Keeper)
		if !ok {
			k.State.Notes[flow] = unread{doc}
			continue
		}
		n := keeper.Blank()
		if err := json.Unmarshal(doc, n); err != nil {
			return State{}, fmt.Errorf("read the notes of %s: %w", flow, err)
		}
		k.State.Notes[flow] = n
	}
	return k.State, nil
}
