package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"go.mau.fi/whatsmeow"

	"rabeg/bot"
)

// Fetch loads and decrypts a file, over the connection that is there: an instance that stands by, and one that WhatsApp
// refuses, answers that all of the network is to be waited for. One that is gone (WhatsApp keeps them for about 30 days), that is not what its message
// promised, or that is larger than MaxFile is a GiveUp.
//
// Of a photo that was sent twice, small and sharp, the sharp copy is loaded, and the small one when that is gone.
func (c *Channel) Fetch(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	if _, err := parseMedia(m); err != nil {
		return nil, giveUp(fmt.Errorf("fetching: %w", err))
	}
	if c.client() != nil {
		sharp, other, err := c.sharpest(ctx, m)
		if err != nil {
			return nil, retry(scrub(err), 0)
		}
		if other {
			f, err := c.load(ctx, sharp)
			if err == nil || bot.AsSendError(err).Remedy != bot.GiveUp {
				return f, err
			}
		}
	}
	return c.load(ctx, m)
}

func (c *Channel) load(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	t, err := parseMedia(m)
	if err != nil {
		return nil, giveUp(fmt.Errorf("fetching: %w", err))
	}
	if m.Size > MaxFile {
		return nil, giveUp(fmt.Errorf("fetching: %w", errTooLarge))
	}
	cli := c.client()
	if cli == nil {
		return nil, c.unfetched()
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.MediaTimeout)
	defer cancel()
	data, err := cli.DownloadMediaWithPath(ctx, t.Path, t.Sealed, t.Plain, t.Key, t.Type, "", false)
	if err != nil {
		return nil, fetchError(err)
	}
	return io.NopCloser(bytes.NewReader(data)), nil
}

// unfetched says when to ask again while there is no connection. Another instance may have one.
func (c *Channel) unfetched() *bot.SendError {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.standing.alarm != "" {
		return halt(fmt.Errorf("%w: %s", ErrNotLinked, c.standing.alarm), longWait)
	}
	return halt(ErrNotLinked, shortWait)
}

func fetchError(err error) *bot.SendError {
	for cause, why := range map[error]string{
		whatsmeow.ErrMediaDownloadFailedWith403: "the file is not to be had any more",
		whatsmeow.ErrMediaDownloadFailedWith404: "the file is gone",
		whatsmeow.ErrMediaDownloadFailedWith410: "the file is gone",
		whatsmeow.ErrInvalidMediaEncSHA256:      "the file is not the one that was sent",
		whatsmeow.ErrInvalidMediaSHA256:         "the file is not the one that was sent",
		whatsmeow.ErrInvalidMediaHMAC:           "the file is not the one that was sent",
		whatsmeow.ErrTooShortFile:               "the file is cut off",
		errTooLarge:                             errTooLarge.Error(),
	} {
		if errors.Is(err, cause) {
			return giveUp(errors.New("fetching: " + why))
		}
	}
	var cut *whatsmeow.DisconnectedError
	switch {
	case errors.Is(err, whatsmeow.ErrNotConnected), errors.Is(err, whatsmeow.ErrNotLoggedIn), errors.As(err, &cut):
		return halt(ErrNotLinked, shortWait)
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return retry(fmt.Errorf("fetching: %w", ctxCause(err)), 0)
	default:
		return retry(errors.New("fetching: WhatsApp's file server did not answer as it should"), 0)
	}
}
