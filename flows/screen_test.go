package flows_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/flows/flowtest"
)

// menuOf is the menu that was shown last.
func menuOf(t *testing.T, out []flows.Effect) bot.Menu {
	t.Helper()
	all := says(out)
	if len(all) == 0 || all[len(all)-1].Message.Menu == nil {
		t.Fatalf("no menu in %+v", out)
	}
	return *all[len(all)-1].Message.Menu
}

// The id of a screen holds what every network takes, and leaves room for the longest choice.
func TestScreenIDsFitEveryNetwork(t *testing.T) {
	t.Parallel()
	m := flowtest.Machine()
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	for _, words := range []string{"menu", "got mampet di kel Cipare", "lampu gelap dan jalan rusak", "status", "bahasa", "pinjol", "sampah di sukawana"} {
		_, out := m.Step(flows.State{}, said(at, bot.Text{Text: words}))
		for _, say := range says(out) {
			menu := say.Message.Menu
			if menu == nil {
				continue
			}
			odd := strings.Trim(menu.ID, "abcdefghijklmnopqrstuvwxyz0123456789-")
			if menu.ID == "" || len(menu.ID) > 20 || odd != "" {
				t.Errorf("%s: the menu's id is %q", words, menu.ID)
			}
		}
	}
}

// A conversation lost with its store begins anew: the same words make another draft, whose card is another screen.
func TestALostConversationTakesNoOldCard(t *testing.T) {
	t.Parallel()
	m := flowtest.Machine()
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	tell := bot.Text{Text: "got mampet di kel Cipare"}
	_, out := alone(m, flows.State{}, said(at, tell))
	old := menuOf(t, out)
	press := bot.Pick{Menu: old.ID, Choice: "send"}

	_, out = m.Step(flows.State{}, said(at.Add(time.Minute), press))
	if all := says(out); len(all) != 1 || all[0].Message.Text == "" {
		t.Errorf("a press that nothing is left of is answered by %+v", out)
	}
	s, out := alone(m, flows.State{}, said(at.Add(time.Minute), tell))
	if id := menuOf(t, out).ID; id == old.ID {
		t.Errorf("two drafts have the screen %s in common", id)
	}
	_, out = m.Step(s, said(at.Add(2*time.Minute), press))
	for _, e := range out {
		if _, filed := e.(flows.File); filed {
			t.Error("the card of the lost draft sent another one")
		}
	}
}

// alone steps in a city in which nobody else has filed anything.
func alone(m *flows.Machine, s flows.State, in flows.Input) (flows.State, []flows.Effect) {
	s, out := m.Step(s, in)
	for _, e := range out {
		if _, seeks := e.(flows.Seek); seeks {
			var more []flows.Effect
			s, more = m.Step(s, flows.Sought{})
			out = append(out, more...)
		}
	}
	return s, out
}

// Two languages, one screen; another place, another card.
func TestTheSameScreenIsTheSame(t *testing.T) {
	t.Parallel()
	m := flowtest.Machine()
	at := time.Date(2026, 11, 22, 2, 0, 0, 0, time.UTC)
	s, out := alone(m, flows.State{}, said(at, bot.Text{Text: "got mampet di kel Cipare"}))
	first := menuOf(t, out).ID
	s, out = alone(m, s, said(at.Add(time.Minute), bot.Text{Text: "english"}))
	if id := menuOf(t, out).ID; id != first {
		t.Errorf("in English the card is %s instead of %s", id, first)
	}
	s, out = alone(m, s, said(at.Add(2*time.Minute), bot.Photo{Media: bot.MediaRef{Network: "sim", ID: "a.jpg"}}))
	if id := menuOf(t, out).ID; id == first {
		t.Error("a card with a photo is the card without")
	}
	_, out = alone(m, s, said(at.Add(3*time.Minute), bot.Pick{Menu: first, Choice: "send"}))
	if notice, ok := out[0].(flows.Answer); !ok || len(out) != 1 || notice.Text == "" {
		t.Errorf("the card without the photo is answered by %+v", out)
	}
}
