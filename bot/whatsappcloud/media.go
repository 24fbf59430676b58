package whatsappcloud

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"net/http"
	"net/url"

	"rabeg/bot"
)

// maxFetch is the longest file that is loaded, in bytes. Meta hands out up to a hundred megabytes.
const maxFetch = 20 << 20

var (
	errTooBig = errors.New("fetching: the file is longer than 20 MB")
	errGone   = errors.New("fetching: the file is not kept any more")
	errBroken = errors.New("fetching: the file is not the one that was sent")
)

// Fetch opens a file that an event named. A file that is gone, too big (20 MB) or not Meta's is a *bot.SendError with GiveUp,
// as is the error of a Read beyond the limit. Meta keeps what people send for seven days. What is read is checked against the
// length and the hash that Meta tells: an end that is none of them is an error.
func (c *Channel) Fetch(ctx context.Context, m bot.MediaRef) (io.ReadCloser, error) {
	if m.Network != bot.WhatsAppCloud || !idShape.MatchString(m.ID) {
		return nil, giveUp(errors.New("fetching: not a file of the WhatsApp Cloud API"))
	}
	for again := false; ; again = true {
		body, err := c.fetch(ctx, m.ID)
		if !errors.Is(err, errGone) || again {
			return body, err
		}
		// An address lives for five minutes: one that is gone may only be old, and there is a new one.
	}
}

func (c *Channel) fetch(ctx context.Context, id string) (io.ReadCloser, error) {
	var at parts
	err := c.call(ctx, http.MethodGet, id+"?phone_number_id="+c.opt.PhoneID, nil, &at)
	if r, no := errors.AsType[*refusal](err); no && (r.code == 100 || r.status == http.StatusNotFound) {
		return nil, giveUp(errGone)
	}
	if err != nil {
		return nil, c.sendError(err, "")
	}
	size := read[int64](at, "file_size")
	if size > maxFetch {
		return nil, giveUp(errTooBig)
	}
	link := read[string](at, "url")
	if !c.trusted(link) {
		return nil, giveUp(errors.New("fetching: the address is none of Meta's"))
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.UploadTimeout)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		cancel()
		return nil, giveUp(errors.New("fetching: the address cannot be used"))
	}
	req.Header.Set("Authorization", "Bearer "+c.opt.Token)
	res, err := c.client.Do(req)
	if err != nil {
		cancel()
		return nil, c.sendError(unheard(ctx, err), "")
	}
	if res.StatusCode != http.StatusOK {
		_ = res.Body.Close()
		cancel()
		if res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusGone {
			return nil, giveUp(errGone)
		}
		return nil, c.sendError(&refusal{status: res.StatusCode}, "")
	}
	return &download{body: res.Body, cancel: cancel, size: size, sum: read[string](at, "sha256"), hash: sha256.New()}, nil
}

// trusted reports whether an address is one that the token may go to: Meta's own, and the server that the channel speaks with.
func (c *Channel) trusted(link string) bool {
	u, err := url.Parse(link)
	if err != nil || u.User != nil {
		return false
	}
	return u.Host == c.host || u.Scheme == "https" && (u.Host == "lookaside.fbsbx.com" || u.Host == "graph.facebook.com")
}

// download is a file that fails, and does not just end, where it is not the one that was sent.
type download struct {
	body   io.ReadCloser
	cancel context.CancelFunc
	got    int64
	size   int64  // 0: not told
	sum    string // in hexadecimal, "": not told
	hash   hash.Hash
}

func (d *download) Read(p []byte) (int, error) {
	n, err := d.body.Read(p)
	d.got += int64(n)
	_, _ = d.hash.Write(p[:n]) // never fails
	switch {
	case d.got > maxFetch:
		return 0, giveUp(errTooBig)
	case errors.Is(err, io.EOF) && !d.whole():
		return n, &bot.SendError{Remedy: bot.Retry, Err: errBroken}
	case err != nil && !errors.Is(err, io.EOF):
		return n, &bot.SendError{Remedy: bot.Retry, Err: fmt.Errorf("fetching: %w", errNoAnswer)}
	}
	return n, err
}

func (d *download) whole() bool {
	if d.size > 0 && d.got != d.size {
		return false
	}
	want, err := hex.DecodeString(d.sum)
	return d.sum == "" || err != nil || subtle.ConstantTimeCompare(want, d.hash.Sum(nil)) == 1
}

// Close ends the download.
func (d *download) Close() error {
	defer d.cancel()
	return d.body.Close()
}
