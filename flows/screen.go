package flows

import (
	"encoding/json"
	"hash/fnv"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Shower is a flow whose screens show more than their choices say.
type Shower interface {
	// Shows gives, as plain data, what the open question shows that an answer to it would settle: the whole report for a
	// card that sends it, the places of "which one?". Two screens that show the same are one screen, wherever they stand in
	// the chat; nothing where the choices say it all.
	Shows(State) Shown
}

// Shown is what a question shows: the reports it is about, the one it would change, the words it would add, and anything else.
type Shown struct {
	Codes  []report.Code
	Report report.ID
	Text   string
	Else   any
}

// unstamped is the id of a question that was not said yet.
const unstamped = "new"

// screenSign begins the id of every screen. Conversations that were kept before screens had such ids hold others, which
// are taken as they are.
const screenSign = "s"

// screen is the id of the open question as it would be shown now: what it asks, offers and shows, and the report it belongs
// to. Words and labels are left out, so that it stays the same in another language.
func (m *Machine) screen(s State, menu *bot.Menu) string {
	it := struct {
		Flow, Kind, Draft, Text string
		Page                    int
		Codes                   []report.Code
		Report                  report.ID
		Choices                 []string
		Shows                   any
	}{Flow: s.Ask.Flow, Kind: s.Ask.Kind, Draft: m.subject(s), Page: s.Ask.Page}
	for _, c := range menu.Choices {
		it.Choices = append(it.Choices, c.ID)
	}
	if sh, ok := m.flow(s.Ask.Flow).(Shower); ok {
		shown := sh.Shows(s)
		it.Codes, it.Report, it.Text, it.Shows = shown.Codes, shown.Report, shown.Text, shown.Else
	}
	h := fnv.New64a()
	if err := json.NewEncoder(h).Encode(it); err != nil {
		_, _ = h.Write([]byte(s.Turn)) // what cannot be told apart is never taken for the same
	}
	return ofSubject(it.Draft) + strconv.FormatUint(h.Sum64()&(1<<40-1), 36)
}

// subject is what the open question belongs to: what its flow has in the making, else whatever is.
func (m *Machine) subject(s State) string {
	if f, ok := m.flow(s.Ask.Flow).(Stander); ok {
		if subject := f.Standing(s).Subject; subject != "" {
			return subject
		}
	}
	return m.Stands(s).Subject
}

// ofSubject begins the ids of all screens of what is in the making.
func ofSubject(id string) string {
	if id == "" {
		return screenSign + "-"
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(id))
	return screenSign + strconv.FormatUint(uint64(h.Sum32()), 36) + "-"
}

// stamp gives the menu of the open question its id, in all messages that show it, and remembers it as the one shown.
func (m *Machine) stamp(s *State, out []Effect) {
	if s.Ask == nil {
		return
	}
	was := s.Ask.ID
	for i, e := range out {
		say, ok := e.(Say)
		if !ok || say.Message.Menu == nil || say.Message.Menu.ID != was {
			continue
		}
		menu := *say.Message.Menu
		menu.ID = m.screen(*s, &menu)
		say.Message.Menu, s.Ask.ID = &menu, menu.ID
		out[i] = say
	}
}

// seen reports whether the open question, as it would be shown now, is what was shown last: an answer to anything else
// may not mean what is there now.
func (m *Machine) seen(s State, q bot.Message) bool {
	return q.Menu == nil || s.Ask == nil || !strings.HasPrefix(s.Ask.ID, screenSign) || s.Ask.ID == m.screen(s, q.Menu)
}

// passing marks the last answer of a turn as one that is of use only until a newer one is there, where it is the open
// question and tells nothing else that matters. In danger everything is said.
func (m *Machine) passing(s *State, out []Effect) {
	if s.Ask == nil || s.Ask.Light || m.InDanger(*s) {
		return
	}
	q, open := m.question(*s)
	if !open {
		return
	}
	for i := len(out) - 1; i >= 0; i-- {
		say, ok := out[i].(Say)
		if !ok {
			continue
		}
		beside, asks := strings.CutSuffix(say.Message.Text, q.Text)
		if asks && say.Report == 0 && !say.Now && len(say.Message.Photos)+len(say.Message.Files) == 0 {
			say.Passes, say.Rest = true, m.rest(*s, beside)
			out[i] = say
		}
		return
	}
}

// rest is what of the words beside a question has to be said even when the question is of no use any more.
func (m *Machine) rest(s State, beside string) string {
	var kept []string
	for part := range strings.SplitSeq(beside, "\n\n") {
		if part = strings.TrimSpace(part); part != "" && !m.passes(s, part) {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "\n\n")
}

// passes reports whether words beside a question are of no use without it.
func (m *Machine) passes(s State, words string) bool {
	for f := range all[Passer](m.Options) {
		if f.Passes(s, words) {
			return true
		}
	}
	return m.Voice(s).Passing(words, 0)
}
