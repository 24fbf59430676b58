package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"strings"

	"go.mau.fi/whatsmeow"
	"go.mau.fi/whatsmeow/proto/waE2E"

	"rabeg/bot"
)

var errNoStore = errors.New("no store is there to read files from")

// shape is how a file is shown.
type shape struct {
	kind whatsmeow.MediaType
	mime string
	name string // of a document
	note bool   // a voice note
}

// shapeOf picks how a file is shown by its type. What phones could not play goes as a document.
func shapeOf(m bot.MediaRef, photo bool) shape {
	mime, _, _ := strings.Cut(strings.ToLower(m.MIME), ";")
	mime = strings.TrimSpace(mime)
	if photo {
		if mime == "" {
			mime = "image/jpeg"
		}
		return shape{kind: whatsmeow.MediaImage, mime: mime}
	}
	switch mime {
	case "audio/ogg", "audio/opus":
		return shape{kind: whatsmeow.MediaAudio, mime: "audio/ogg; codecs=opus", note: true}
	case "audio/mpeg", "audio/mp3", "audio/mp4", "audio/x-m4a", "audio/m4a", "audio/aac":
		return shape{kind: whatsmeow.MediaAudio, mime: mime}
	case "video/mp4":
		return shape{kind: whatsmeow.MediaVideo, mime: mime}
	}
	name := bot.FileName(mime)
	if mime == "" {
		mime = "application/octet-stream"
	}
	return shape{kind: whatsmeow.MediaDocument, mime: mime, name: name}
}

// attachment makes the message of a file. A file of the store is uploaded; one that lies on WhatsApp already is named.
func (c *Channel) attachment(ctx context.Context, cli *whatsmeow.Client, p part) (*waE2E.Message, error) {
	sh := shapeOf(p.media, p.photo)
	if p.media.Network == bot.WhatsApp {
		t, err := parseMedia(p.media)
		if err != nil {
			return nil, giveUp(err)
		}
		sh.kind = t.Type
		return sh.message(whatsmeow.UploadResponse{
			DirectPath: t.Path, MediaKey: t.Key, FileEncSHA256: t.Sealed, FileSHA256: t.Plain,
			FileLength: uint64(max(p.media.Size, 0)),
		}, p.text, nil), nil
	}
	data, err := c.read(ctx, p.media)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.MediaTimeout)
	defer cancel()
	up, err := cli.Upload(ctx, data, sh.kind)
	if err != nil {
		return nil, fmt.Errorf("uploading a file: %w", err)
	}
	if sh.kind != whatsmeow.MediaImage {
		data = nil
	}
	return sh.message(up, p.text, data), nil
}

func (c *Channel) read(ctx context.Context, m bot.MediaRef) ([]byte, error) {
	if c.opt.Opener == nil {
		return nil, giveUp(errNoStore)
	}
	f, err := c.opt.Opener.Open(ctx, m)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, giveUp(errors.New("a stored file is missing"))
	}
	if err != nil {
		return nil, fmt.Errorf("opening a stored file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return nil, fmt.Errorf("reading a stored file: %w", err)
	}
	if len(data) > MaxFile {
		return nil, giveUp(errTooLarge)
	}
	return data, nil
}

func (sh shape) message(up whatsmeow.UploadResponse, caption string, picture []byte) *waE2E.Message {
	var words *string
	if caption != "" {
		words = &caption
	}
	switch sh.kind {
	case whatsmeow.MediaImage:
		m := &waE2E.ImageMessage{
			URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
			FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: &sh.mime, Caption: words,
		}
		m.Width, m.Height, m.JPEGThumbnail = preview(picture)
		return &waE2E.Message{ImageMessage: m}
	case whatsmeow.MediaAudio:
		return &waE2E.Message{AudioMessage: &waE2E.AudioMessage{
			URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
			FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: &sh.mime, PTT: &sh.note,
		}}
	case whatsmeow.MediaVideo:
		return &waE2E.Message{VideoMessage: &waE2E.VideoMessage{
			URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
			FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: &sh.mime, Caption: words,
		}}
	default:
		if sh.name == "" {
			sh.name = "berkas"
		}
		return &waE2E.Message{DocumentMessage: &waE2E.DocumentMessage{
			URL: &up.URL, DirectPath: &up.DirectPath, MediaKey: up.MediaKey, FileEncSHA256: up.FileEncSHA256,
			FileSHA256: up.FileSHA256, FileLength: &up.FileLength, Mimetype: &sh.mime, FileName: &sh.name, Caption: words,
		}}
	}
}

// Bounds of the little picture that phones show until the photo is loaded.
const (
	previewSide   = 72
	previewPixels = 16 << 20 // a larger photo is not unpacked for it
)

// preview gives a photo's size and a little picture of it; nothing of what cannot be read.
func preview(data []byte) (width, height *uint32, little []byte) {
	conf, err := jpeg.DecodeConfig(bytes.NewReader(data))
	if err != nil || conf.Width <= 0 || conf.Height <= 0 {
		return nil, nil, nil
	}
	width, height = new(uint32(conf.Width)), new(uint32(conf.Height))
	if conf.Width*conf.Height > previewPixels {
		return width, height, nil
	}
	full, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		return width, height, nil
	}
	side := max(conf.Width, conf.Height)
	small := image.NewRGBA(image.Rect(0, 0, max(1, conf.Width*previewSide/side), max(1, conf.Height*previewSide/side)))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			from := full.Bounds().Min
			small.Set(x, y, full.At(from.X+x*conf.Width/small.Rect.Dx(), from.Y+y*conf.Height/small.Rect.Dy()))
		}
	}
	var out bytes.Buffer
	if jpeg.Encode(&out, small, &jpeg.Options{Quality: 60}) != nil {
		return width, height, nil
	}
	return width, height, out.Bytes()
}
