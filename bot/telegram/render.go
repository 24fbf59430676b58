package telegram

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// maxAlbum is how many pictures one sendMediaGroup takes.
const maxAlbum = 10

// sendAlbum is the method that makes several messages.
const sendAlbum = "sendMediaGroup"

// request is one call that sends or changes a message.
type request struct {
	method  string
	body    params
	uploads []upload
	main    bool // the message it makes is the one that the whole bot.Message is known by
}

// upload is a file of the product's store and the form field it goes into.
type upload struct {
	field string
	name  string
	media bot.MediaRef
}

// params are the parameters of all sending methods; what a method does not have stays empty.
type params struct {
	ChatID    int64                   `json:"chat_id"`
	MessageID int                     `json:"message_id,omitempty"`
	ThreadID  int                     `json:"message_thread_id,omitempty"`
	Text      string                  `json:"text,omitempty"`
	Entities  []models.MessageEntity  `json:"entities,omitempty"`
	Preview   *preview                `json:"link_preview_options,omitempty"`
	Photo     string                  `json:"photo,omitempty"`
	Voice     string                  `json:"voice,omitempty"`
	Audio     string                  `json:"audio,omitempty"`
	Video     string                  `json:"video,omitempty"`
	Document  string                  `json:"document,omitempty"`
	Media     []item                  `json:"media,omitempty"`
	Caption   string                  `json:"caption,omitempty"`
	Bold      []models.MessageEntity  `json:"caption_entities,omitempty"`
	Reply     *models.ReplyParameters `json:"reply_parameters,omitempty"`
	Markup    any                     `json:"reply_markup,omitempty"`
}

// preview turns off the picture of a linked page: what a citizen links to is not ours to show.
type preview struct {
	Off bool `json:"is_disabled"`
}

// item is one picture of an album.
type item struct {
	Type    string                 `json:"type"`
	Media   string                 `json:"media"`
	Caption string                 `json:"caption,omitempty"`
	Bold    []models.MessageEntity `json:"caption_entities,omitempty"`
}

// render says a message in Telegram's calls, in the order they must be made. label stands on the key for a location.
//
// Photos come first, with the text as their caption when it fits one and no menu has to stand under an album; else the
// text follows them, in several messages when it is longer than 4096 UTF-16 units, the menu under the last. Files come
// at the end. The message is known by its text's last part, or its first photo or file.
func render(to bot.Address, m bot.Message, label string) ([]request, error) {
	chat, thread, err := parseAddress(to)
	if err != nil {
		return nil, err
	}
	keyboard, err := markup(m, chat < 0, label)
	if err != nil {
		return nil, err
	}
	photos, files := sortMedia(m)
	text, spans := bot.Spans(m.Text)
	r := rendering{base: params{ChatID: chat, ThreadID: thread}}
	said := len(photos) > 0 && strings.TrimSpace(text) != "" && fits(text, maxCaption) && (len(photos) == 1 || keyboard == nil)
	var caption piece
	if said {
		caption = pieces(text, spans, maxCaption)[0]
	}
	var under any // the keyboard of the photo
	if len(photos) == 1 && (said || strings.TrimSpace(text) == "") {
		under, keyboard = keyboard, nil
	}
	if err := r.photos(photos, caption, under); err != nil {
		return nil, err
	}
	if !said {
		r.text(pieces(text, spans, maxText), &keyboard)
	}
	if err := r.files(files); err != nil {
		return nil, err
	}
	if _, isMenu := keyboard.(models.InlineKeyboardMarkup); isMenu {
		return nil, errors.New("a menu needs a text to stand under")
	}
	return r.done(chat, m.ReplyTo)
}

// sortMedia parts what Telegram shows as a photo from what it takes only as a file.
func sortMedia(m bot.Message) (photos, files []bot.MediaRef) {
	for _, p := range m.Photos {
		if _, document := fileID(p); document && p.Network == bot.Telegram {
			files = append(files, p)
			continue
		}
		photos = append(photos, p)
	}
	return photos, append(files, m.Files...)
}

type rendering struct {
	base params
	list []request
}

func (r *rendering) photos(photos []bot.MediaRef, caption piece, under any) error {
	for len(photos) > 0 {
		n := min(len(photos), maxAlbum)
		req := request{body: r.base}
		var err error
		if n == 1 {
			req.method, req.body.Markup = "sendPhoto", under
			req.body.Caption, req.body.Bold = caption.text, caption.bold
			req.body.Photo, err = req.attach("photo", "foto.jpg", photos[0])
		} else {
			req.method = sendAlbum
			err = req.album(photos[:n], caption)
		}
		if err != nil {
			return err
		}
		req.main = caption.text != ""
		r.list = append(r.list, req)
		photos, caption = photos[n:], piece{}
	}
	return nil
}

func (req *request) album(photos []bot.MediaRef, caption piece) error {
	for i, p := range photos {
		id := strconv.Itoa(i + 1)
		source, err := req.attach("foto"+id, "foto"+id+".jpg", p)
		if err != nil {
			return err
		}
		it := item{Type: "photo", Media: source}
		if i == 0 {
			it.Caption, it.Bold = caption.text, caption.bold
		}
		req.body.Media = append(req.body.Media, it)
	}
	return nil
}

func (r *rendering) text(parts []piece, keyboard *any) {
	for i, p := range parts {
		req := request{method: "sendMessage", body: r.base}
		req.body.Text, req.body.Entities, req.body.Preview = p.text, p.bold, &preview{Off: true}
		if i == len(parts)-1 {
			req.main = true
			req.body.Markup, *keyboard = *keyboard, nil
		}
		r.list = append(r.list, req)
	}
}

func (r *rendering) files(files []bot.MediaRef) error {
	for _, f := range files {
		req := request{body: r.base}
		kind, name := fileKind(f)
		source, err := req.attach(kind, name, f)
		if err != nil {
			return err
		}
		switch kind {
		case "voice":
			req.method, req.body.Voice = "sendVoice", source
		case "audio":
			req.method, req.body.Audio = "sendAudio", source
		case "video":
			req.method, req.body.Video = "sendVideo", source
		default:
			req.method, req.body.Document = "sendDocument", source
		}
		r.list = append(r.list, req)
	}
	return nil
}

// done puts the reply on the first call and makes sure one call is the main one.
func (r *rendering) done(chat int64, reply *bot.MessageRef) ([]request, error) {
	if len(r.list) == 0 {
		return nil, errors.New("the message is empty")
	}
	if reply != nil {
		if at, id, err := parseRef(*reply); err == nil && at == chat {
			r.list[0].body.Reply = &models.ReplyParameters{MessageID: id, AllowSendingWithoutReply: true}
		}
	}
	for i := range r.list {
		if r.list[i].main {
			return r.list, nil
		}
	}
	r.list[0].main = true
	return r.list, nil
}

// attach gives the value that names a file in a call: its file_id, or the form field it is uploaded in.
func (req *request) attach(field, name string, m bot.MediaRef) (string, error) {
	switch m.Network {
	case bot.Telegram:
		id, _ := fileID(m)
		return id, nil
	case bot.Store:
		req.uploads = append(req.uploads, upload{field: field, name: name, media: m})
		return "attach://" + field, nil
	default:
		return "", fmt.Errorf("a file of network %q must be in the store before it can be sent", m.Network)
	}
}

// fileKind is the method's parameter for a file of this type, and a name for its upload. What Telegram would change or
// refuse goes as a document.
func fileKind(m bot.MediaRef) (kind, name string) {
	if _, document := fileID(m); document && m.Network == bot.Telegram {
		return "document", ""
	}
	mime, _, _ := strings.Cut(strings.ToLower(m.MIME), ";")
	kind = "document"
	switch strings.TrimSpace(mime) {
	case "audio/ogg", "audio/opus":
		kind = "voice"
	case "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a":
		kind = "audio"
	case "video/mp4":
		kind = "video"
	}
	return kind, bot.FileName(mime)
}

// renderEdit changes text and menu of a message. An edit cannot make two messages of one, so a text that is too long
// ends in an ellipsis. With caption the message is a photo's.
func renderEdit(chat int64, id int, m bot.Message, caption bool) (request, error) {
	req := request{body: params{ChatID: chat, MessageID: id}}
	if m.Menu != nil && len(m.Menu.Choices) > 0 {
		keyboard, err := inline(*m.Menu)
		if err != nil {
			return req, err
		}
		req.body.Markup = keyboard
	}
	text, spans := bot.Spans(m.Text)
	limit := maxText
	if caption {
		limit = maxCaption
	}
	p, ok := clip(text, spans, limit)
	switch {
	case !ok:
		req.method = "editMessageReplyMarkup"
	case caption:
		req.method, req.body.Caption, req.body.Bold = "editMessageCaption", p.text, p.bold
	default:
		req.method, req.body.Text, req.body.Entities = "editMessageText", p.text, p.bold
		req.body.Preview = &preview{Off: true}
	}
	return req, nil
}
