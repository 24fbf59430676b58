package warelay

import (
	"context"
	"fmt"
	"time"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waCommon"
	"go.mau.fi/whatsmeow/proto/waE2E"
	"go.mau.fi/whatsmeow/types"
)

// image uploads a picture and describes it.
func (p *Person) image(ctx context.Context, data []byte, caption string) (*waE2E.ImageMessage, error) {
	up, err := p.client().Upload(ctx, data, whatsmeow.MediaImage)
	if err != nil {
		return nil, fmt.Errorf("upload the image: %w", err)
	}
	m := &waE2E.ImageMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, Mimetype: new("image/jpeg"),
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
	}
	if caption != "" {
		m.Caption = new(caption)
	}
	return m, nil
}

// Image sends a JPEG with a caption, which may be empty.
func (p *Person) Image(ctx context.Context, to string, data []byte, caption string) (string, error) {
	m, err := p.image(ctx, data, caption)
	if err != nil {
		return "", err
	}
	return p.send(ctx, to, &waE2E.Message{ImageMessage: m})
}

// ImageReply sends a JPEG that quotes a received message.
func (p *Person) ImageReply(ctx context.Context, to Received, data []byte, caption string) (string, error) {
	m, err := p.image(ctx, data, caption)
	if err != nil {
		return "", err
	}
	m.ContextInfo = quote(to)
	return p.send(ctx, to.Chat, &waE2E.Message{ImageMessage: m})
}

// ViewOnce sends a JPEG that may be looked at once.
func (p *Person) ViewOnce(ctx context.Context, to string, data []byte) (string, error) {
	m, err := p.image(ctx, data, "")
	if err != nil {
		return "", err
	}
	m.ViewOnce = new(true)
	return p.send(ctx, to, &waE2E.Message{ViewOnceMessageV2: &waE2E.FutureProofMessage{
		Message: &waE2E.Message{ImageMessage: m},
	}})
}

// Album sends several JPEGs as the phone does: a head that says how many
// there are, then one message each, the caption with the first. It returns
// the ids of the images.
func (p *Person) Album(ctx context.Context, to, caption string, images ...[]byte) ([]string, error) {
	chat, err := parseChat(to)
	if err != nil {
		return nil, err
	}
	head, err := p.send(ctx, to, &waE2E.Message{AlbumMessage: &waE2E.AlbumMessage{
		ExpectedImageCount: new(uint32(len(images))),
	}})
	if err != nil {
		return nil, err
	}
	var ids []string
	for i, data := range images {
		if i > 0 {
			caption = ""
		}
		m, err := p.image(ctx, data, caption)
		if err != nil {
			return ids, err
		}
		id, err := p.send(ctx, to, &waE2E.Message{ImageMessage: m, MessageContextInfo: inAlbum(chat, head)})
		if err != nil {
			return ids, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func inAlbum(chat types.JID, head string) *waE2E.MessageContextInfo {
	return &waE2E.MessageContextInfo{MessageAssociation: &waE2E.MessageAssociation{
		AssociationType: waE2E.MessageAssociation_MEDIA_ALBUM.Enum(),
		ParentMessageKey: &waCommon.MessageKey{
			RemoteJID: new(chat.String()), FromMe: new(true), ID: new(head),
		},
	}}
}

// Voice sends a voice note in Ogg Opus.
func (p *Person) Voice(ctx context.Context, to string, data []byte, length time.Duration) (string, error) {
	up, err := p.client().Upload(ctx, data, whatsmeow.MediaAudio)
	if err != nil {
		return "", fmt.Errorf("upload the voice note: %w", err)
	}
	return p.send(ctx, to, &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
		Mimetype: new("audio/ogg; codecs=opus"), PTT: new(true),
		Seconds: new(uint32(length.Seconds())),
	}})
}

// Video sends an MP4 with a caption, which may be empty.
func (p *Person) Video(ctx context.Context, to string, data []byte, caption string) (string, error) {
	up, err := p.client().Upload(ctx, data, whatsmeow.MediaVideo)
	if err != nil {
		return "", fmt.Errorf("upload the video: %w", err)
	}
	return p.send(ctx, to, &waE2E.Message{VideoMessage: &waE2E.VideoMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
		Mimetype: new("video/mp4"), Caption: new(caption),
	}})
}

// Document sends a file. A size other than zero is claimed instead of the
// real one, in bytes.
func (p *Person) Document(ctx context.Context, to, name, mime string, data []byte, claim uint64) (string, error) {
	up, err := p.client().Upload(ctx, data, whatsmeow.MediaDocument)
	if err != nil {
		return "", fmt.Errorf("upload the document: %w", err)
	}
	if claim == 0 {
		claim = up.FileLength
	}
	return p.send(ctx, to, &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &claim,
		Mimetype: new(mime), FileName: new(name), Title: new(name),
	}})
}

// Sticker sends a WebP sticker.
func (p *Person) Sticker(ctx context.Context, to string, data []byte) (string, error) {
	up, err := p.client().Upload(ctx, data, whatsmeow.MediaImage)
	if err != nil {
		return "", fmt.Errorf("upload the sticker: %w", err)
	}
	return p.send(ctx, to, &waE2E.Message{StickerMessage: &waE2E.StickerMessage{
		URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey,
		FileEncSHA256: up.FileEncSHA256, FileSHA256: up.FileSHA256, FileLength: &up.FileLength,
		Mimetype: new("image/webp"),
	}})
}
