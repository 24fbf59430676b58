package whatsappcloud

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"net/textproto"
	"sync"
	"time"

	"rabeg/bot"
)

// keptFor is how long an upload is used again: Meta keeps it for thirty days.
const keptFor = 29 * 24 * time.Hour

var errNoStore = errors.New("no store is there to read files from")

// uploaded gives Meta's id of a file of the product's store. One that was uploaded before is not uploaded again: the store
// never changes a file.
func (c *Channel) uploaded(ctx context.Context, m bot.MediaRef, mime string) (string, error) {
	if m.Network == bot.WhatsAppCloud {
		if !idShape.MatchString(m.ID) {
			return "", giveUp(errors.New("not a file of the WhatsApp Cloud API"))
		}
		return m.ID, nil
	}
	if id, ok := c.loads.find(m, c.opt.Now()); ok {
		return id, nil
	}
	data, err := c.stored(ctx, m)
	if err != nil {
		return "", err
	}
	var buf bytes.Buffer
	form := multipart.NewWriter(&buf)
	kind, err := fill(form, data, mime)
	if err != nil {
		return "", giveUp(fmt.Errorf("writing a form: %w", err))
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.UploadTimeout)
	defer cancel()
	var got parts
	if err := c.exchange(ctx, "POST", c.opt.PhoneID+"/media", kind, &buf, &got); err != nil {
		return "", fmt.Errorf("uploading: %w", err)
	}
	id := read[string](got, "id")
	if !idShape.MatchString(id) {
		return "", fmt.Errorf("uploading: %w", errNoAnswer)
	}
	c.loads.keep(m, id, c.opt.Now())
	return id, nil
}

func fill(form *multipart.Writer, data []byte, mime string) (kind string, err error) {
	err = errors.Join(form.WriteField("messaging_product", "whatsapp"), form.WriteField("type", mime))
	part, perr := form.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="file"; filename="` + bot.FileName(mime) + `"`}, "Content-Type": {mime},
	})
	if err = errors.Join(err, perr); err != nil {
		return "", err
	}
	_, err = part.Write(data)
	return form.FormDataContentType(), errors.Join(err, form.Close())
}

func (c *Channel) stored(ctx context.Context, m bot.MediaRef) ([]byte, error) {
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
	defer func() { _ = f.Close() }()
	data, err := io.ReadAll(io.LimitReader(f, maxFetch+1))
	if err != nil {
		return nil, fmt.Errorf("reading a stored file: %w", err)
	}
	if len(data) > maxFetch {
		return nil, giveUp(errors.New("a stored file is longer than 20 MB"))
	}
	return data, nil
}

// uploads are the files that Meta has, the last max of them.
type uploads struct {
	mu    sync.Mutex
	max   int
	ids   map[bot.MediaRef]kept
	order []bot.MediaRef
}

type kept struct {
	id string
	at time.Time
}

func newUploads(max int) *uploads { return &uploads{max: max, ids: map[bot.MediaRef]kept{}} }

func (u *uploads) find(m bot.MediaRef, now time.Time) (string, bool) {
	u.mu.Lock()
	defer u.mu.Unlock()
	k, ok := u.ids[m]
	return k.id, ok && now.Sub(k.at) < keptFor
}

func (u *uploads) keep(m bot.MediaRef, id string, now time.Time) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if _, again := u.ids[m]; !again {
		u.order = append(u.order, m)
	}
	u.ids[m] = kept{id, now}
	for len(u.order) > u.max {
		delete(u.ids, u.order[0])
		u.order = u.order[1:]
	}
}

func (u *uploads) drop(m bot.MediaRef) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if k, ok := u.ids[m]; ok {
		k.at = time.Time{}
		u.ids[m] = k
	}
}
