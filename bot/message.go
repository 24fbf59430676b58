package bot

import (
	"errors"
	"strconv"
	"strings"
)

// Message is something to say in a chat. Text may carry Bold marks; everything else in it is shown as it stands.
type Message struct {
	Text string `json:"text,omitempty"`
	// Menu offers choices; nil offers none. A network without buttons shows them as a numbered list.
	Menu *Menu `json:"menu,omitempty"`
	Want Want  `json:"want,omitempty"`
	// Photos are shown with the text as their caption, or after it when the text is longer than a caption may be.
	Photos []MediaRef `json:"photos,omitempty"`
	// Files are sent after the photos, one message each (voice notes, documents).
	Files   []MediaRef  `json:"files,omitempty"`
	ReplyTo *MessageRef `json:"reply,omitempty"`
}

// Want is what the person is asked to send, where the network has a special key for it.
type Want int

// What can be wanted. WantNothing leaves such keys as they are; WantDone removes them. WantContact is the location or the
// person's own phone number, or both.
const (
	WantNothing Want = iota
	WantLocation
	WantDone
	WantContact
)

// Menu is a question with fixed answers. ID changes whenever the question does, so that an old press is known as old.
// ID and the choices' IDs hold ASCII letters, digits, '-', '_' and '.' only; both together are at most 60 bytes.
type Menu struct {
	ID      string   `json:"id"`
	Choices []Choice `json:"choices"`
	// Columns is how many buttons stand side by side; 0 lets the channel choose.
	Columns int `json:"columns,omitempty"`
}

// Choice is one answer. Also holds other words that mean it, in lower case, with a bar between them ("ya|ok|kirim").
type Choice struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Also  string `json:"words,omitempty"`
}

// MenuID reports whether an id may be a menu's or a choice's.
func MenuID(id string) bool {
	return id != "" && !strings.ContainsFunc(id, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' && r != '.'
	})
}

// CheckMenu keeps the promises of Menu, so that a message that one network could not show fails on the others too. nil is a
// message without a menu.
func CheckMenu(m *Menu) error {
	if m == nil {
		return nil
	}
	for _, c := range m.Choices {
		if len(m.ID)+len(c.ID) > 60 || !MenuID(m.ID) || !MenuID(c.ID) {
			return errors.New("a menu's ids are not letters, digits, '-', '_' and '.', or longer than 60 together")
		}
	}
	return nil
}

// Match finds the choice that a body makes: a press on this very menu, its number ("1", "1.", "1️⃣"), or its label.
// A press on any other menu does not match, nor does a number out of range.
func (m Menu) Match(b Body) (Choice, bool) {
	switch b := b.(type) {
	case Pick:
		if b.Menu != m.ID {
			return Choice{}, false
		}
		for _, c := range m.Choices {
			if c.ID == b.Choice {
				return c, true
			}
		}
	case Text:
		return m.matchWords(b.Text)
	}
	return Choice{}, false
}

func (m Menu) matchWords(text string) (Choice, bool) {
	said := Fold(text)
	if said == "" {
		return Choice{}, false
	}
	if n, err := strconv.Atoi(said); err == nil {
		if n >= 1 && n <= len(m.Choices) && len(said) <= 2 {
			return m.Choices[n-1], true
		}
		return Choice{}, false
	}
	for _, c := range m.Choices { // what stands on a button goes before other words for it
		if means(said, c.Label) {
			return c, true
		}
	}
	for _, c := range m.Choices {
		for also := range strings.SplitSeq(c.Also, "|") {
			if means(said, also) {
				return c, true
			}
		}
	}
	return Choice{}, false
}

// means reports whether folded words are these. Folding makes no word twice as long, so that a whole complaint is told
// from an answer by its length.
func means(said, words string) bool { return len(said) <= 2*len(words) && said == Fold(words) }

// The marks that Bold sets. They are private-use characters, which Clean takes out of everything a person writes.
const (
	boldOn  = '\ue000'
	boldOff = '\ue001'
)

// Bold marks words to be shown bold, on every network by its own means.
func Bold(s string) string { return string(boldOn) + Unmark(s) + string(boldOff) }

// Unmark takes all marks out: what is left is shown to a network without any style.
func Unmark(s string) string {
	if !strings.ContainsAny(s, string(boldOn)+string(boldOff)) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if r == boldOn || r == boldOff {
			return -1
		}
		return r
	}, s)
}

// Span is a bold stretch of a plain text, in bytes: text[From:To].
type Span struct{ From, To int }

// Spans splits a marked text into the plain text and its bold stretches. Marks without a partner are dropped.
func Spans(s string) (string, []Span) {
	if !strings.ContainsRune(s, boldOn) && !strings.ContainsRune(s, boldOff) {
		return s, nil
	}
	var b strings.Builder
	b.Grow(len(s))
	var spans []Span
	from := -1
	for _, r := range s {
		switch r {
		case boldOn:
			if from < 0 {
				from = b.Len()
			}
		case boldOff:
			if from >= 0 && b.Len() > from {
				if spans == nil {
					spans = make([]Span, 0, strings.Count(s, string(boldOff)))
				}
				spans = append(spans, Span{From: from, To: b.Len()})
			}
			from = -1
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), spans
}
