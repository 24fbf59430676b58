package whatsappcloud

import (
	"strings"

	"rabeg/bot"
)

// content reads what a message carries. on is the message that a press stood on.
func content(m parts, kind, chat, on, from string) bot.Body {
	in := read[parts](m, kind)
	for _, e := range each(m, "errors") {
		if read[int](e, "code") == 131052 && caption(in) == "" { // a file that Meta could not fetch, as of more than 100 MB
			return bot.Unsupported{Kind: bot.TooLarge}
		}
	}
	switch kind {
	case "text":
		return bot.Text{Text: bot.Clean(read[string](in, "body"))}
	case "image":
		if media, ok := mediaOf(in); ok {
			return bot.Photo{Media: media, Caption: caption(in)}
		}
	case "audio", "voice":
		if media, ok := mediaOf(in); ok {
			return bot.Voice{Media: media}
		}
	case "video", "document":
		return file(in, kind)
	case "location":
		return bot.Location{
			Lat: read[float64](in, "latitude"), Lon: read[float64](in, "longitude"), Name: bot.Clean(read[string](in, "name")),
			Address: bot.Clean(read[string](in, "address")),
		}
	case "contacts":
		return contact(m, from)
	case "interactive":
		return chosen(in, chat, on)
	case "button":
		return pressed(in, chat, on)
	case "revoke":
		return bot.Unsupported{Kind: "revoke"}
	case "unsupported":
		if of := shortKind(read[string](in, "type")); of != "" {
			return bot.Unsupported{Kind: of}
		}
	case "order":
		if words := bot.Clean(read[string](in, "text")); words != "" {
			return bot.Text{Text: words}
		}
	}
	if words := caption(in); words != "" { // whatever it stands under
		return bot.Text{Text: words}
	}
	if kind = shortKind(kind); kind == "" {
		kind = bot.Unreadable
	}
	return bot.Unsupported{Kind: kind}
}

func caption(in parts) string { return bot.Clean(read[string](in, "caption")) }

func mediaOf(in parts) (bot.MediaRef, bool) {
	id := read[string](in, "id")
	return bot.MediaRef{Network: bot.WhatsAppCloud, ID: id, MIME: bot.Clean(read[string](in, "mime_type"))}, idShape.MatchString(id)
}

// file reads a document or a video. A picture sent as a file is a photo.
func file(in parts, kind string) bot.Body {
	media, ok := mediaOf(in)
	name := bot.Clean(read[string](in, "filename"))
	switch {
	case !ok && caption(in) != "":
		return bot.Text{Text: caption(in)}
	case !ok:
		return bot.Unsupported{Kind: kind}
	case bot.Picture(media.MIME, name):
		return bot.Photo{Media: media, Caption: caption(in)}
	case kind == "video":
		name = "video"
	}
	return bot.Document{Media: media, Name: name, Caption: caption(in)}
}

// contact reads the person's own number, where it was asked for or is the sender's; anybody else's is nothing we take.
func contact(m parts, from string) bot.Body {
	for _, c := range each(m, "contacts") {
		asked := read[string](c, "origin") == "contact_request" || read[string](m, "origin") == "contact_request"
		for _, p := range each(c, "phones") {
			number := dialled(digits(read[string](p, "wa_id")))
			if number == "" {
				number = dialled(digits(read[string](p, "phone")))
			}
			if number != "" && (asked || number == dialled(from)) {
				return bot.Contact{Phone: number}
			}
		}
	}
	return bot.Unsupported{Kind: "contact"}
}

// chosen reads a press on a button or a row.
func chosen(in parts, chat, on string) bot.Body {
	kind := read[string](in, "type")
	reply := read[parts](in, kind)
	switch kind {
	case "button_reply", "list_reply":
	default:
		return bot.Unsupported{Kind: shortKind(kind)}
	}
	return press(read[string](reply, "id"), read[string](reply, "title"), chat, on)
}

// pressed reads a press on the button of a template.
func pressed(in parts, chat, on string) bot.Body {
	data := read[string](in, "payload")
	if strings.HasPrefix(data, wakePrefix) {
		return bot.Woken{}
	}
	return press(data, read[string](in, "text"), chat, on)
}

// press is a choice of a menu; one that no menu of ours can have made is its words.
func press(data, title, chat, on string) bot.Body {
	menu, choice := readPress(data)
	if menu == "" {
		return bot.Text{Text: bot.Clean(title)}
	}
	p := bot.Pick{Menu: menu, Choice: choice, Quiet: true} // nothing spins here: an answer has to be a message
	if on != "" {
		p.Message = messageRef(chat, on)
	}
	return p
}
