package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/go-telegram/bot/models"

	"rabeg/bot"
)

// maxFetch is the longest file the Bot API hands out.
const maxFetch = 20 << 20

// Fetch opens a file that an event named. A file that is gone, too big (20 MB) or not Telegram's is a *bot.SendError with
// GiveUp, as is the error of a Read beyond the limit. The whole download must end within Options.UploadTimeout.
func (c *Channel) Fetch(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	id, _ := fileID(m)
	if m.Network != bot.Telegram || id == "" {
		return nil, giveUp(errors.New("fetching: not a file of Telegram"))
	}
	if m.Size > maxFetch {
		return nil, giveUp(errTooBig)
	}
	var f models.File
	if err := c.quick(ctx, "getFile", struct {
		ID string `json:"file_id"`
	}{id}, &f); err != nil {
		return nil, sendError(err, bot.Address{})
	}
	if f.FileSize > maxFetch {
		return nil, giveUp(errTooBig)
	}
	if f.FilePath == "" {
		return nil, &bot.SendError{Remedy: bot.Retry, Err: errors.New("getFile: the answer has no path")}
	}
	return c.download(ctx, f.FilePath)
}

var errTooBig = errors.New("fetching: the file is longer than 20 MB")

func (c *Channel) download(ctx context.Context, path string) (io.ReadCloser, error) {
	ctx, cancel := context.WithTimeout(ctx, c.opt.UploadTimeout)
	link := c.files + (&url.URL{Path: strings.TrimLeft(path, "/")}).EscapedPath()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		cancel()
		return nil, giveUp(errors.New("downloading: the path cannot be used")) // err holds the link, and so the token
	}
	resp, err := c.client.Do(req)
	if err != nil {
		cancel()
		return nil, sendError(fmt.Errorf("downloading: %w", scrub(err)), bot.Address{})
	}
	if resp.StatusCode != http.StatusOK {
		_, _ = io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
		resp.Body.Close()
		cancel()
		return nil, downloadError(resp.StatusCode)
	}
	if resp.ContentLength > maxFetch {
		resp.Body.Close()
		cancel()
		return nil, giveUp(errTooBig)
	}
	return &limited{body: resp.Body, left: maxFetch, cancel: cancel}, nil
}

// downloadError: the link was made a moment ago, so what is not found now is gone.
func downloadError(code int) error {
	err := &refusal{code: code, text: "to a download"}
	if code == http.StatusNotFound || code == http.StatusGone || code == http.StatusBadRequest {
		return giveUp(err)
	}
	return sendError(err, bot.Address{})
}

// limited is a download that fails, and does not just end, beyond the limit.
type limited struct {
	body   io.ReadCloser
	left   int64
	cancel context.CancelFunc
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.body.Read(p)
	l.left -= int64(n)
	if l.left < 0 {
		return 0, giveUp(errTooBig)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = sendError(fmt.Errorf("downloading: %w", scrub(err)), bot.Address{})
	}
	return n, err
}

func (l *limited) Close() error {
	defer l.cancel()
	return l.body.Close()
}
