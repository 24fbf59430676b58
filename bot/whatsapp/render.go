package whatsapp

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/bot/wasign"
)

// How long a text and a caption may be, in characters. WhatsApp takes more (65,536); these are what its official
// interface for companies takes, and what people still read.
const (
	maxText    = 4096
	maxCaption = 1024
)

// maxPoll is how many options a poll may have in the apps.
const maxPoll = 12

// part is one message on the wire.
type part struct {
	text  string // with WhatsApp's signs of style; a caption when media is there
	media bot.MediaRef
	photo bool      // media is shown as a picture
	poll  *bot.Menu // a poll in place of everything else
	// main marks the part that a reference of the whole message names: its text, or the first thing it shows.
	main bool
	menu bool // the text ends in the menu's lines
}

// rendering is what render may be told.
type rendering struct {
	polls        bool
	locationHint string
}

// render turns a message into parts. A menu becomes lines "1 Kirim" below the text; its numbers are bold. It stands under
// everything, because people answer what they see last: photos of a message with a menu go first, all but a single one,
// which carries text and menu as its caption. A file is a message of its own.
func render(m bot.Message, r rendering) ([]part, error) {
	if err := bot.CheckMenu(m.Menu); err != nil {
		return nil, err
	}
	for _, list := range [][]bot.MediaRef{m.Photos, m.Files} {
		for _, f := range list {
			if f.Network != bot.Store && f.Network != bot.WhatsApp {
				return nil, fmt.Errorf("a file of network %q must be in the store before it can be sent", f.Network)
			}
		}
	}
	body := words(m, r.locationHint)
	captioned := len(body) == 1 && len([]rune(body[0])) <= maxCaption &&
		(len(m.Photos) == 1 || len(m.Photos) > 1 && m.Menu == nil)
	var list []part
	for i, f := range m.Photos {
		p := part{media: f, photo: true}
		if captioned && i == 0 {
			p.text, p.main, p.menu = body[0], true, m.Menu != nil
		}
		list = append(list, p)
	}
	if !captioned {
		for i, t := range body {
			last := i == len(body)-1
			list = append(list, part{text: t, main: last, menu: last && m.Menu != nil})
		}
	}
	if len(list) == 0 && len(m.Files) == 0 {
		return nil, errors.New("the message is empty")
	}
	for _, f := range m.Files {
		list = append(list, part{media: f})
	}
	if !captioned && len(body) == 0 {
		list[0].main = true
	}
	if r.polls && m.Menu != nil && len(m.Menu.Choices) >= 2 && len(m.Menu.Choices) <= maxPoll {
		list = append(list, part{poll: m.Menu})
	}
	return list, nil
}

// words are the texts of a message, the last with the menu.
func words(m bot.Message, locationHint string) []string {
	plain, spans := bot.Spans(m.Text)
	var list []string
	for _, p := range wasign.Pieces(plain, spans, maxText) {
		list = append(list, wasign.Styled(p.Text, p.Spans))
	}
	var below []string
	if (m.Want == bot.WantLocation || m.Want == bot.WantContact) && locationHint != "" {
		below = append(below, wasign.Disarm(locationHint))
	}
	if m.Menu != nil && len(m.Menu.Choices) > 0 {
		below = append(below, wasign.Numbered(*m.Menu))
	}
	for _, s := range below {
		if len(list) == 0 {
			list = append(list, s)
			continue
		}
		list[len(list)-1] += "\n\n" + s
	}
	return list
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// renderEdit is the text of a changed message. An edit cannot make two messages of one, so a text that is too long ends
// in an ellipsis.
func renderEdit(m bot.Message, caption bool) (string, error) {
	if err := bot.CheckMenu(m.Menu); err != nil {
		return "", err
	}
	limit := maxText
	if caption {
		limit = maxCaption
	}
	plain, spans := bot.Spans(m.Text)
	list := wasign.Pieces(plain, spans, limit)
	if len(list) > 1 {
		list = wasign.Pieces(plain, spans, limit-1)[:1]
		list[0].Text += "…"
	}
	var out []string
	for _, p := range list {
		out = append(out, wasign.Styled(p.Text, p.Spans))
	}
	if m.Menu != nil && len(m.Menu.Choices) > 0 {
		out = append(out, wasign.Numbered(*m.Menu))
	}
	if len(out) == 0 {
		return "", errors.New("the message is empty")
	}
	return strings.Join(out, "\n\n"), nil
}
