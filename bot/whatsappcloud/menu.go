package whatsappcloud

import (
	"errors"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/bot/wasign"
)

// Meta's limits for what can be pressed.
const (
	maxButtons  = 3
	maxRows     = 10
	buttonTitle = 20
	rowTitle    = 24
	rowAbout    = 72
	// roomLeast is left for the text above choices that are written out.
	roomLeast = 128
	gap       = "\n\n" // between both
)

// form is what can be pressed below a text.
type form struct {
	kind  string // Meta's: button, list, location_request_message
	rows  []row
	label string // on the button that opens a list
}

// row is one choice: what presses it, what stands on it, and the rest of its words, where a list has room for them.
type row struct{ id, title, about string }

// formOf is what can be pressed in a message, nil when nothing can, and what has to be written below its text: a menu of more
// choices than a list holds, labels that are too long for where they stand, how a place is sent.
func formOf(m bot.Message, r rendering) (f *form, below string) {
	place := m.Want == bot.WantLocation || m.Want == bot.WantContact
	if m.Menu == nil || len(m.Menu.Choices) == 0 {
		switch {
		case place && strings.TrimSpace(bot.Unmark(m.Text)) != "":
			return &form{kind: "location_request_message"}, ""
		case place:
			return nil, wasign.Disarm(r.hint)
		}
		return nil, ""
	}
	var lines []string
	if place {
		lines = append(lines, wasign.Disarm(r.hint))
	}
	f, written := pressable(*m.Menu, r.list)
	if written {
		lines = append(lines, wasign.Numbered(*m.Menu))
	}
	below = strings.Join(lines, "\n\n")
	if tooLong(below, maxBody) {
		f = nil // the choices alone are too long to have something to press below them: their numbers do
	}
	return f, below
}

// tooLong reports whether words leave no room for the text above them, where both may be no longer than limit.
func tooLong(below string, limit int) bool { return wasign.Len(gap+below) > limit-roomLeast }

// pressable makes buttons or a list of a menu; written says that its choices must be written out in the text.
func pressable(m bot.Menu, label string) (f *form, written bool) {
	n := len(m.Choices)
	if n > maxRows {
		return nil, true
	}
	f = &form{kind: "list", label: label}
	most := rowTitle
	if n <= maxButtons {
		f.kind, most = "button", buttonTitle
	}
	seen := map[string]bool{}
	twice := false
	for _, c := range m.Choices {
		whole := oneLine(bot.Unmark(c.Label))
		title := shorten(whole, most)
		key := strings.ToLower(title)
		twice = twice || seen[key]
		seen[key] = true
		x := row{id: pressData(m.ID, c.ID), title: title}
		if title != whole {
			switch {
			case f.kind == "list" && wasign.Len(whole) <= rowAbout:
				x.about = whole
			default:
				written = true
			}
		}
		f.rows = append(f.rows, x)
	}
	if twice || written { // what is numbered in the text is numbered where it is pressed
		for i, c := range m.Choices {
			f.rows[i].title = shorten(strconv.Itoa(i+1)+". "+oneLine(bot.Unmark(c.Label)), most)
		}
	}
	return f, written
}

// body is the content of an interactive message.
func (f *form) body(text string) object {
	action := object{}
	switch f.kind {
	case "button":
		var list []object
		for _, r := range f.rows {
			list = append(list, object{"type": "reply", "reply": object{"id": r.id, "title": r.title}})
		}
		action["buttons"] = list
	case "list":
		var list []object
		for _, r := range f.rows {
			o := object{"id": r.id, "title": r.title}
			if r.about != "" {
				o["description"] = r.about
			}
			list = append(list, o)
		}
		action["button"], action["sections"] = f.label, []object{{"rows": list}}
	default:
		action["name"] = "send_location"
	}
	return object{"type": f.kind, "body": object{"text": text}, "action": action}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// shorten cuts words to at most n characters as phones count them, the last one an ellipsis.
func shorten(s string, n int) string {
	if wasign.Len(s) <= n {
		return s
	}
	list := wasign.Pieces(s, nil, n-1)
	return strings.TrimSpace(list[0].Text) + "…"
}

// checkMenu refuses a menu that cannot be shown: Meta takes no label that is empty.
func checkMenu(m *bot.Menu) error {
	if err := bot.CheckMenu(m); err != nil || m == nil {
		return err
	}
	for _, c := range m.Choices {
		if oneLine(bot.Unmark(c.Label)) == "" {
			return errors.New("a choice has no label")
		}
	}
	return nil
}
