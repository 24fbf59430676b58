package phones

import (
	"slices"
	"strings"
	"time"
	"unicode/utf16"

	"rabeg/internal/sim/botapi"
)

// bubble is one message as a phone shows it.
type bubble struct {
	Key string // of the message on this page
	Rev string // changes whenever what is shown does
	ID  string // of the message on its network

	Mine, Service bool
	From, Topic   string
	At            string
	Edited, Moved bool // Moved: it is passed on
	Quote         string
	Body          []span
	Photos        []string // where they are fetched
	Voice         string
	File          string // a document's address
	FileName      string
	Pin           string // the point, as people read it
	Rows          [][]key
	Options       []string // of a poll
	Editable      bool
	Excerpt       string // of what it says, for who replies to it
	Where         string // the phone
	ToDesk        bool   // whoever looks may pass it on to the desk's group
}

// key is one button below a message.
type key struct {
	Label, Data, URL string
	Map              bool // it opens the map, to send a point
}

// span is a stretch of text in one style.
type span struct {
	Text                string
	Bold, Italic, Under bool
	Strike, Code        bool
	Link                string
}

// excerpt is the beginning of a text, on one line.
func excerpt(text string) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return string(r)
}

// webLink gives an address that a page may lead to, "" for all others.
func webLink(url string) string {
	if strings.HasPrefix(url, "https://") || strings.HasPrefix(url, "http://") {
		return url
	}
	return ""
}

// styled cuts a text of Telegram at the marks that it comes with; they count in UTF-16.
func styled(text string, marks []botapi.Entity) []span {
	if text == "" {
		return nil
	}
	units := utf16.Encode([]rune(text))
	cuts := []int{0, len(units)}
	for _, m := range marks {
		for _, at := range []int{m.Offset, m.Offset + m.Length} {
			if at > 0 && at < len(units) {
				cuts = append(cuts, at)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []span
	for i := range len(cuts) - 1 {
		from, to := cuts[i], cuts[i+1]
		s := span{Text: string(utf16.Decode(units[from:to]))}
		for _, m := range marks {
			if m.Offset <= from && to <= m.Offset+m.Length {
				s.mark(m)
			}
		}
		out = append(out, s)
	}
	return out
}

func (s *span) mark(m botapi.Entity) {
	switch m.Type {
	case "bold":
		s.Bold = true
	case "italic":
		s.Italic = true
	case "underline":
		s.Under = true
	case "strikethrough":
		s.Strike = true
	case "code", "pre":
		s.Code = true
	case "text_link":
		s.Link = webLink(m.URL)
	case "url":
		s.Link = webLink(s.Text)
	}
}

// signed reads the signs by which WhatsApp formats: *bold*, _italic_, ~struck~, on one line.
func signed(text string) []span {
	var out []span
	plain := 0
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c != '*' && c != '_' && c != '~' || i > 0 && wordly(text[i-1]) {
			continue
		}
		n := strings.IndexByte(text[i+1:], c)
		if n < 1 || text[i+1] == ' ' || text[i+n] == ' ' || strings.Contains(text[i+1:i+1+n], "\n") || strings.HasPrefix(text[i+1:], "\u200a") {
			continue
		}
		if end := i + n + 2; end < len(text) && wordly(text[end]) {
			continue
		}
		if i > plain {
			out = append(out, span{Text: text[plain:i]})
		}
		out = append(out, span{Text: text[i+1 : i+1+n], Bold: c == '*', Italic: c == '_', Strike: c == '~'})
		plain = i + n + 2
		i = plain - 1
	}
	if plain < len(text) {
		out = append(out, span{Text: text[plain:]})
	}
	return out
}

func wordly(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// hour is a time of the day, as phones show it.
func (s *Server) hour(at time.Time) string { return at.In(s.Profile.Location()).Format("15.04") }
