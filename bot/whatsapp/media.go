package whatsapp

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"go.mau.fi/whatsmeow"

	"rabeg/bot"
)

// MaxFile is the largest file that is fetched, in bytes. One that claims to be larger is refused before a byte of it is
// loaded, and one that claims less than it is, at this many.
const MaxFile = 20 << 20

var (
	errTooLarge = errors.New("the file is larger than 20 MB")
	errMedia    = errors.New("not a file of WhatsApp")
)

// ticket is what a file can be fetched with later, by whichever process. It is MediaRef.ID, in base64, with a mark behind it
// where a sharper copy may come (see marked). It holds the file's key, and is as secret as the database.
type ticket struct {
	Type   whatsmeow.MediaType `json:"t"`
	Path   string              `json:"p"`
	Key    []byte              `json:"k"`
	Sealed []byte              `json:"e"` // hash of the ciphertext
	Plain  []byte              `json:"h"` // hash of the file
}

func mediaRef(m whatsmeow.DownloadableMessage, mime string, size uint64) bot.MediaRef {
	raw, err := json.Marshal(ticket{
		Type: whatsmeow.GetMediaType(m), Path: m.GetDirectPath(), Key: m.GetMediaKey(), Sealed: m.GetFileEncSHA256(),
		Plain: m.GetFileSHA256(),
	})
	if err != nil {
		raw = nil // five strings and byte slices always marshal
	}
	return bot.MediaRef{
		Network: bot.WhatsApp, ID: base64.RawURLEncoding.EncodeToString(raw), MIME: bot.Clean(mime),
		Size: int64(min(size, 1<<62)),
	}
}

func parseMedia(m bot.MediaRef) (ticket, error) {
	var t ticket
	if m.Network != bot.WhatsApp {
		return t, errMedia
	}
	id, _, _ := strings.Cut(m.ID, markSign)
	raw, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil || json.Unmarshal(raw, &t) != nil || t.Type == "" || !strings.HasPrefix(t.Path, "/") {
		return t, errMedia
	}
	if len(t.Key) != 32 || len(t.Sealed) != 32 || len(t.Plain) != 32 {
		return t, fmt.Errorf("%w: its keys are cut off", errMedia)
	}
	return t, nil
}

// bounded ends answers that grow beyond a file's largest size. The library reads an answer whole.
type bounded struct{ next http.RoundTripper }

func (b bounded) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err != nil || r.Method != http.MethodGet {
		return answer, err
	}
	const padding = 64 // of the cipher and its seal
	answer.Body = &boundedBody{ReadCloser: answer.Body, left: MaxFile + padding, over: answer.ContentLength > MaxFile+padding}
	return answer, nil
}

type boundedBody struct {
	io.ReadCloser
	left int64
	over bool
}

func (b *boundedBody) Read(p []byte) (int, error) {
	if b.over {
		return 0, errTooLarge
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		b.over = true
		return 0, errTooLarge
	}
	return n, err
}
