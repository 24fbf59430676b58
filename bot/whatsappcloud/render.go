package whatsappcloud

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/bot/wasign"
)

// Meta's limits, in characters as phones count them.
const (
	maxText    = 4096
	maxCaption = 1024
	maxBody    = 1024 // of what has something to press
)

// part is one message on the wire.
type part struct {
	kind  string // Meta's type of message
	text  string // with WhatsApp's signs of style; a caption where media is there
	media bot.MediaRef
	mime  string // under which it is uploaded
	name  string // of a document
	form  *form  // what can be pressed
	// main marks the part that a reference of the whole message names.
	main bool
}

// rendering is what render may be told.
type rendering struct{ hint, list string }

// render turns a message into parts, as few as can be: each that is delivered costs. A single photo with a short text carries
// it, and up to three choices too; of several photos the first carries the text where no menu has to stand under them. Words
// that are too long for what has something to press go before it. A file is a message of its own.
func render(m bot.Message, r rendering) ([]part, error) {
	if err := checkMenu(m.Menu); err != nil {
		return nil, err
	}
	photos, files, err := sorted(m)
	if err != nil {
		return nil, err
	}
	f, below := formOf(m, r)
	text, spans := bot.Spans(m.Text)
	if f != nil && strings.TrimSpace(text) == "" {
		return nil, errors.New("a menu needs a text to stand under")
	}
	limit := maxText
	if f != nil {
		limit = maxBody
	}
	words := texts(text, spans, below, limit)
	var list []part
	switch said := len(words) == 1 && wasign.Len(words[0]) <= maxCaption; {
	case len(photos) == 1 && said && f != nil && f.kind == "button":
		photos[0].kind, photos[0].form, photos[0].text, photos[0].main = "interactive", f, words[0], true
		words = nil
	case len(photos) > 0 && said && f == nil:
		photos[0].text, photos[0].main = words[0], true
		words = nil
	}
	list = append(list, photos...)
	for i, w := range words {
		p := part{kind: "text", text: w, main: i == len(words)-1}
		if p.main && f != nil {
			p.kind, p.form = "interactive", f
		}
		list = append(list, p)
	}
	list = append(list, files...)
	if len(list) == 0 {
		return nil, errors.New("the message is empty")
	}
	for _, p := range list {
		if p.main {
			return list, nil
		}
	}
	list[0].main = true
	return list, nil
}

// texts are the texts of a message, none longer than 4096 and the last, with what stands below it, none longer than limit.
func texts(text string, spans []bot.Span, below string, limit int) []string {
	if tooLong(below, limit) { // so many choices: they go out by themselves
		list := texts(text, spans, "", limit)
		for _, p := range wasign.Pieces(below, nil, limit) {
			list = append(list, p.Text)
		}
		return list
	}
	if below != "" {
		below = gap + below
	}
	room := max(limit-wasign.Len(below), roomLeast)
	list := fitted(text, spans, maxText)
	if len(list) == 0 {
		if below = strings.TrimSpace(below); below != "" {
			return []string{below}
		}
		return nil
	}
	last := len(list) - 1
	if wasign.Len(styled(list[last])) > room {
		// What does not fit goes before it, in one message more.
		ends := fitted(list[last].Text, list[last].Spans, room)
		if len(ends) > 1 {
			tail := ends[len(ends)-1]
			cut := strings.LastIndex(list[last].Text, tail.Text)
			head := fitted(list[last].Text[:cut], list[last].Spans, maxText)
			list = append(append(list[:last:last], head...), tail)
		}
	}
	out := make([]string, len(list))
	for i, p := range list {
		out[i] = styled(p)
	}
	out[len(out)-1] += below
	return out
}

// fitted splits a text so that no part is longer than a limit with its signs of style.
func fitted(text string, spans []bot.Span, limit int) []wasign.Piece {
	for room := limit; room > 16; room = room * 3 / 4 {
		list := wasign.Pieces(text, spans, room)
		fits := true
		for _, p := range list {
			fits = fits && wasign.Len(styled(p)) <= limit
		}
		if fits {
			return list
		}
	}
	return wasign.Pieces(text, nil, limit/4)
}

func styled(p wasign.Piece) string { return wasign.Styled(p.Text, p.Spans) }

// sorted parts what WhatsApp shows as a photo from what it takes only as a file.
func sorted(m bot.Message) (photos, files []part, err error) {
	for _, f := range m.Photos {
		p, err := attached(f, true)
		if err != nil {
			return nil, nil, err
		}
		photos = append(photos, p)
	}
	for _, f := range m.Files {
		p, err := attached(f, false)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, p)
	}
	return photos, files, nil
}

// attached is the message of one file, by its type. What Meta does not take under its own type goes as plain text where it is
// one: phones open it by its name.
func attached(f bot.MediaRef, photo bool) (part, error) {
	if f.Network != bot.Store && f.Network != bot.WhatsAppCloud {
		return part{}, fmt.Errorf("a file of network %q must be in the store before it can be sent", f.Network)
	}
	mime, _, _ := strings.Cut(strings.ToLower(f.MIME), ";")
	mime = strings.TrimSpace(mime)
	p := part{kind: "document", media: f, mime: mime, name: bot.FileName(mime)}
	switch mime {
	case "image/jpeg", "image/png":
		p.kind = "image"
	case "audio/ogg", "audio/opus", "application/ogg":
		p.kind, p.mime = "audio", "audio/ogg"
	case "audio/mpeg", "audio/mp3":
		p.kind, p.mime = "audio", "audio/mpeg"
	case "audio/mp4", "audio/x-m4a", "audio/m4a":
		p.kind, p.mime = "audio", "audio/mp4"
	case "audio/aac", "audio/amr":
		p.kind = "audio"
	case "video/mp4", "video/3gpp":
		p.kind = "video"
	case "text/html", "text/csv", "text/plain":
		p.mime = "text/plain"
	case "":
		if photo {
			p.kind, p.mime = "image", "image/jpeg"
		}
	}
	if p.kind != "document" {
		p.name = ""
	}
	if photo && p.kind != "image" {
		return part{}, fmt.Errorf("WhatsApp takes no photo of type %q", shortMIME(mime))
	}
	return p, nil
}

func shortMIME(mime string) string { return mime[:min(len(mime), 60)] }

// body is the content of a part; media is Meta's id of its file.
func (p part) body(media string) object {
	switch p.kind {
	case "text":
		return object{"body": p.text, "preview_url": false}
	case "interactive":
		o := p.form.body(p.text)
		if media != "" {
			o["header"] = object{"type": "image", "image": object{"id": media}}
		}
		return o
	}
	o := object{"id": media}
	if p.text != "" {
		o["caption"] = p.text
	}
	if p.name != "" {
		o["filename"] = p.name
	}
	if p.kind == "audio" && p.mime == "audio/ogg" {
		o["voice"] = true
	}
	return o
}
