package whatsapp

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
)

// A photo in HD comes twice: small with its words, and moments later sharp, as a message that names the first one. It is one
// photo, which the first message brings. The second is kept aside under the mark of the first, and when the file is wanted
// the sharp one is fetched. Whoever fetches before it has come gets the small one.

// markSign stands between the ticket of a file and the mark of the message that brought it.
const markSign = "."

// markOf is the mark of a message: it says nothing of whose it is.
func markOf(r bot.MessageRef) string {
	sum := sha256.Sum256([]byte(mark(r)))
	return base64.RawURLEncoding.EncodeToString(sum[:12])
}

// marked writes the mark of its message into a file that a sharper copy may follow.
func marked(b bot.Body, r bot.MessageRef) bot.Body {
	if r.Zero() {
		return b
	}
	switch b := b.(type) {
	case bot.Photo:
		b.Media.ID += markSign + markOf(r)
		return b
	case bot.Document:
		if strings.HasPrefix(b.Media.MIME, "video/") {
			b.Media.ID += markSign + markOf(r)
		}
		return b
	default:
		return b
	}
}

// keepSharper notes the sharper copy of a message's photo or film. One that is too large to be fetched is none.
func (c *Channel) keepSharper(ctx context.Context, of bot.MessageRef, b bot.Body) error {
	var m bot.MediaRef
	switch b := b.(type) {
	case bot.Photo:
		m = b.Media
	case bot.Document:
		m = b.Media
	}
	if _, err := parseMedia(m); err != nil || m.Size > MaxFile || len(m.ID) > 4096 {
		return nil //nolint:nilerr // it could never be fetched: the small one stays
	}
	const put = `WITH old AS (DELETE FROM sharper WHERE at < now() - interval '40 days')
		INSERT INTO sharper (mark, media, at) VALUES ($1, $2, now()) ON CONFLICT (mark) DO UPDATE SET media = excluded.media`
	if _, err := c.opt.DB.ExecContext(ctx, put, markOf(of), m.ID); err != nil {
		return fmt.Errorf("keep a sharper copy: %w", err)
	}
	return nil
}

// sharpest is the file to fetch for m, and whether it is another one.
func (c *Channel) sharpest(ctx context.Context, m bot.MediaRef) (bot.MediaRef, bool, error) {
	_, mark, ok := strings.Cut(m.ID, markSign)
	if !ok {
		return m, false, nil
	}
	found := bot.MediaRef{Network: m.Network}
	err := c.opt.DB.QueryRowContext(ctx, `SELECT media FROM sharper WHERE mark = $1`, mark).Scan(&found.ID)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return m, false, nil
	case err != nil:
		return m, false, fmt.Errorf("look for a sharper copy: %w", err)
	}
	return found, true, nil
}
