package botapi

import (
	"bytes"
	"context"
	"strings"
)

const maxPhoto = 10 << 20 // bytes of an uploaded photo

// media is one file to send: already known, or uploaded and checked.
type media struct {
	kind fileKind
	file *storedFile // known already
	up   upload
}

// readMedia finds the file that a parameter names: an upload of the same name, attach://other, or the id of a known file.
func (s *Server) readMedia(p *params, value string, up upload, uploaded bool, kind fileKind) (media, *apiError) {
	m := media{kind: kind}
	if !uploaded {
		if name, ok := strings.CutPrefix(value, "attach://"); ok {
			if up, ok = p.files[name]; !ok {
				return m, badRequest("can't find uploaded file %q in the request", name)
			}
			uploaded = true
		}
	}
	if !uploaded {
		return s.knownMedia(m, value)
	}
	if len(up.Data) == 0 {
		return m, badRequest("file must be non-empty")
	}
	if kind == photoFile {
		if len(up.Data) > maxPhoto {
			return m, badRequest("file is too big")
		}
		if _, err := decodeImage(up.Data); err != nil {
			return m, err
		}
	}
	m.up = up
	if len(p.files) > 1 {
		m.up.Data = bytes.Clone(up.Data) // else one kept file would keep the whole album in memory
	}
	return m, nil
}

func (s *Server) knownMedia(m media, value string) (media, *apiError) {
	switch {
	case value == "":
		return m, badRequest("there is no %s in the request", strings.ToLower(string(m.kind)))
	case strings.HasPrefix(value, "http://") || strings.HasPrefix(value, "https://"):
		return m, badRequest("failed to get HTTP URL content")
	}
	f := s.files.get(value)
	if f != nil && f.kind == thumbFile {
		f = s.files.get(f.parent)
	}
	switch {
	case f == nil:
		return m, badRequest("wrong remote file identifier specified: Wrong string length")
	case f.kind != m.kind:
		return m, badRequest("can't use file of type %s as %s", f.kind, m.kind)
	}
	m.file = f
	return m, nil
}

// into keeps the file and puts it into a message.
func (m media) into(s *Server, to *Message) {
	if m.kind == photoFile {
		if m.file != nil {
			to.Photo = s.files.sizes(m.file)
		} else {
			to.Photo = s.files.photo(m.up.Name, m.up.Data)
		}
		return
	}
	if m.file == nil {
		m.file = s.files.add(storedFile{kind: m.kind, name: m.up.Name, mime: m.up.MIME, data: m.up.Data})
	}
	to.setFile(m.kind, m.file.wire())
}

func (m *Message) setFile(kind fileKind, f *File) {
	switch kind {
	case voiceFile:
		m.Voice = f
	case audioFile:
		m.Audio = f
	case videoFile:
		m.Video = f
	case animationFile:
		m.Animation = f
	case stickerFile:
		m.Sticker = f
	default:
		m.Document = f
	}
}

// sendFile makes the method that sends one file of a kind; the parameter is the kind's name in lower case.
func sendFile(kind fileKind) method {
	field := strings.ToLower(string(kind))
	return func(_ context.Context, s *Server, p *params) (any, *apiError) {
		t, err := readText(p, "caption", "caption_entities", maxCaption, "message caption is too long")
		if err != nil {
			return nil, err
		}
		up, uploaded := p.files[field]
		file, err := s.readMedia(p, p.get(field), up, uploaded, kind)
		if err != nil {
			return nil, err
		}
		m := Message{Caption: t.text, CaptionEntities: t.entities}
		file.into(s, &m)
		if seconds, ok := p.integer("duration"); ok && m.Voice != nil {
			m.Voice.Duration = int(seconds)
		}
		return s.postOne(p, m)
	}
}

// inputMedia is one item of an album, or the new content of editMessageMedia.
type inputMedia struct {
	Type            string   `json:"type"`
	Media           string   `json:"media"`
	Caption         string   `json:"caption"`
	ParseMode       string   `json:"parse_mode"`
	CaptionEntities []Entity `json:"caption_entities"`
}

func (in inputMedia) kind() fileKind {
	switch in.Type {
	case "photo":
		return photoFile
	case "video":
		return videoFile
	case "document":
		return documentFile
	case "audio":
		return audioFile
	case "animation":
		return animationFile
	}
	return ""
}

// read checks an item and gives its content with the file still to be kept.
func (in inputMedia) read(s *Server, p *params) (Message, media, *apiError) {
	kind := in.kind()
	if kind == "" {
		return Message{}, media{}, badRequest("can't parse InputMedia: type %q is unknown", in.Type)
	}
	t, err := makeText(in.Caption, in.ParseMode, in.CaptionEntities, maxCaption, "message caption is too long")
	if err != nil {
		return Message{}, media{}, err
	}
	file, err := s.readMedia(p, in.Media, upload{}, false, kind)
	if err != nil {
		return Message{}, media{}, err
	}
	return Message{Caption: t.text, CaptionEntities: t.entities}, file, nil
}

func sendMediaGroup(_ context.Context, s *Server, p *params) (any, *apiError) {
	var items []inputMedia
	if err := p.object("media", &items); err != nil {
		return nil, err
	}
	if len(items) < 2 || len(items) > 10 {
		return nil, badRequest("wrong number of items in the album: must be from 2 to 10")
	}
	parts := make([]Message, len(items))
	files := make([]media, len(items))
	for i, in := range items {
		var err *apiError
		if parts[i], files[i], err = in.read(s, p); err != nil {
			return nil, err
		}
		if in.Type == "animation" || !sameAlbum(in.Type, items[0].Type) {
			return nil, badRequest("can't use the media of the specified type in the album")
		}
	}
	for i := range parts {
		files[i].into(s, &parts[i])
	}
	sent, err := s.post(p, outgoing{parts: parts})
	if err != nil {
		return nil, err
	}
	return sent, nil
}

// sameAlbum: photos and videos mix, documents and audio stay among themselves.
func sameAlbum(a, b string) bool {
	visual := func(t string) bool { return t == "photo" || t == "video" }
	return a == b || visual(a) && visual(b)
}
