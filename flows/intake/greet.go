package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/understand"
)

// greet greets back who begins a matter with a greeting. Nobody is greeted in danger, nor in the middle of something.
func (t *telling) greet(p flows.Parcel, rd understand.Reading) {
	if p.Text == "" || rd.Emergency || !t.n.Form.Empty() || t.kind() != "" {
		return
	}
	if hello := t.v.Greet(p.Text); hello != "" {
		t.say(hello)
	}
}

// greetsBack greets who greets with the word to report, or is "balik lagi" where nothing can be brought back; false for all else.
func (t *telling) greetsBack(w flows.Word, text string) bool {
	if !t.n.Form.Empty() || w != flows.WordReport && (w != flows.WordUndo || t.n.Shelf != nil) || t.v.Greet(text) == "" {
		return false
	}
	t.say(t.v.HelloTo(text))
	t.ask(askWhat)
	return true
}

// few is from how many words on a text without a matter and a place is still worth a reminder.
const few = 6

// nudges reports whether a draft is worth a reminder: something was told, in words or by voice. One photo or a pin alone is no matter yet, a
// word or a joke nobody knows the matter of is none, nor is what is sent around; and who is in danger is not reminded of a form.
func (t *telling) nudges(f *Form) bool {
	switch {
	case f.Emergency:
		return false
	case f.Heard != "", f.Mute, voiced(f):
		return true
	case f.Text == "", sentAround(f.Text), understand.ChatIn(f.Text) != understand.NoChat, understand.LureIn(f.Text) == understand.Advert:
		return false
	case f.Category != "", f.Place.Known(), f.Place.District != "", f.Place.Pin != nil, len(f.Photos)+len(f.Files) > 0:
		return true
	}
	return len(strings.Fields(f.Text)) >= few && !t.Reader.Read(f.Text).NoReport
}

// sentAround reports whether a text asks to be sent on to others: a chain message.
func sentAround(text string) bool {
	said := " " + bot.Fold(text) + " "
	return has(said, "sebarkan", "sebarin", "forward", "viralkan", "share ke", "teruskan ke grup", "kirim ke grup") &&
		has(said, "grup", "group", "wa", "whatsapp", "kontak", "teman", "orang", "semua")
}
