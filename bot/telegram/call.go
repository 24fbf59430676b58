package telegram

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	inJSON     = "application/json"
	maxAnswer  = 1 << 20  // bytes of an answer to a call
	maxUpdates = 64 << 20 // bytes of an answer to getUpdates: 100 updates of the longest kind are far below
)

var (
	errTooLong    = errors.New("the answer is longer")
	errNoAnswer   = errors.New("the connection ended before the answer")
	errUnreadable = errors.New("the answer cannot be read")
)

// refusal is an answer of Telegram that is not ok. Its text is Telegram's own and holds nothing a person wrote.
type refusal struct {
	code  int
	text  string
	after time.Duration
	moved int64 // the chat's new number
}

func (r *refusal) Error() string {
	return fmt.Sprintf("telegram answers %d %s", r.code, shorten(r.text, 200))
}

// answer is the envelope of every answer. Result is where its result goes.
type answer struct {
	OK     bool   `json:"ok"`
	Result any    `json:"result"`
	Code   int    `json:"error_code"`
	Text   string `json:"description"`
	Hints  struct {
		After int   `json:"retry_after"`
		Moved int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// quick makes a call with small JSON parameters and reads its result into dest, when dest is not nil.
func (c *Channel) quick(ctx context.Context, method string, params, dest any) error {
	body, err := c.encode(params)
	if err != nil {
		return fmt.Errorf("%s: encoding: %w", method, err)
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.SendTimeout)
	defer cancel()
	return c.post(ctx, method, inJSON, bytes.NewReader(body), dest)
}

// post makes a call and reads its result into dest, when dest is not nil.
func (c *Channel) post(ctx context.Context, method, kind string, body io.Reader, dest any) error {
	buf := c.buffers.Get().(*bytes.Buffer) //nolint:forcetypeassert // only buffers are in it
	defer c.buffers.Put(buf)
	raw, status, err := c.exchange(ctx, method, kind, body, maxAnswer, buf)
	if err != nil {
		return fmt.Errorf("%s: %w", method, err)
	}
	return open(method, raw, status, dest)
}

// open opens an answer and reads its result into dest, when dest is not nil.
func open(method string, raw []byte, status int, dest any) error {
	if dest == nil {
		dest = new(json.RawMessage)
	}
	a := answer{Result: dest}
	err := json.Unmarshal(raw, &a)
	if _, other := errors.AsType[*json.UnmarshalTypeError](err); other && a.OK {
		return fmt.Errorf("%s: the result has another form than documented", method)
	}
	if err != nil {
		// A gateway's page, or an answer cut short. Its words are not repeated: they may hold a message.
		return fmt.Errorf("%s: %w", method, &refusal{code: status, text: "with something that is not JSON"})
	}
	if !a.OK {
		r := &refusal{code: a.Code, text: a.Text, moved: a.Hints.Moved}
		if r.code == 0 {
			r.code = status
		}
		r.after = time.Duration(a.Hints.After) * time.Second
		return fmt.Errorf("%s: %w", method, r)
	}
	return nil
}

// exchange makes a call and reads the answer into buf.
func (c *Channel) exchange(ctx context.Context, method, kind string, body io.Reader, limit int64, buf *bytes.Buffer) ([]byte, int, error) {
	req := &http.Request{
		Method: http.MethodPost, URL: c.at(method), Host: c.base.Host, Header: c.head(kind), Body: io.NopCloser(body),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: -1,
	}
	if whole, ok := body.(*bytes.Reader); ok {
		req.ContentLength = whole.Size()
		unread := *whole
		req.GetBody = func() (io.ReadCloser, error) { // for a connection that turns out to be gone before a byte was written
			again := unread
			return io.NopCloser(&again), nil
		}
	}
	resp, err := c.client.Transport.RoundTrip(req.WithContext(ctx)) // no call is redirected, and nothing else of a Client is wanted
	if err != nil {
		return nil, 0, unheard(err)
	}
	defer resp.Body.Close()
	c.dates(resp)
	raw, err := readAll(resp, limit, buf)
	if err != nil {
		return nil, 0, fmt.Errorf("reading the answer: %w", unheard(err))
	}
	return raw, resp.StatusCode, nil
}

// datesEvery is how often it is listened to what time it is for Telegram.
const datesEvery = 2 * time.Second

// dates tells what time it is for Telegram, by an answer that has just come.
func (c *Channel) dates(resp *http.Response) {
	if resp.StatusCode != http.StatusOK {
		return // a gateway's word, perhaps
	}
	c.dating.Lock()
	defer c.dating.Unlock()
	if !c.dated.IsZero() && time.Since(c.dated) < datesEvery {
		return
	}
	if at, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		c.dated = time.Now()
		c.opt.OnDate(at)
	}
}

// at is the address of a method. Nothing may be changed in it, nor in what head gives: calls share them.
func (c *Channel) at(method string) *url.URL {
	if known, ok := c.methods.Load(method); ok {
		return known.(*url.URL) //nolint:forcetypeassert // only addresses are in it
	}
	at := c.base
	at.Path += method
	if at.RawPath != "" {
		at.RawPath += method
	}
	c.methods.Store(method, &at)
	return &at
}

// head is the header of a call with a body of this kind.
func (c *Channel) head(kind string) http.Header {
	if kind == inJSON {
		return c.json
	}
	h := c.json.Clone()
	h.Set("Content-Type", kind)
	return h
}

// readAll reads a body whole, so that its connection can be used again.
func readAll(resp *http.Response, limit int64, buf *bytes.Buffer) ([]byte, error) {
	if resp.ContentLength > limit {
		return nil, fmt.Errorf("%w than %d bytes", errTooLong, limit)
	}
	buf.Reset()
	n, err := buf.ReadFrom(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, err
	}
	if n > limit {
		return nil, fmt.Errorf("%w than %d bytes", errTooLong, limit)
	}
	return buf.Bytes(), nil
}

// unheard says why there is no answer. Only what is known to repeat no piece of a broken answer is told in its own words:
// such a piece may hold what a person wrote.
func unheard(err error) error {
	err = scrub(err)
	_, network := errors.AsType[net.Error](err)
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	switch {
	case network, certificate, errors.Is(err, context.Canceled), errors.Is(err, errTooLong), errors.Is(err, http.ErrSchemeMismatch):
		return err
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errNoAnswer
	default:
		return errUnreadable
	}
}

// scrub takes the address out of an HTTP client's error: the token is part of it.
func scrub(err error) error {
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	return err
}

func (c *Channel) encode(v any) ([]byte, error) {
	buf := c.buffers.Get().(*bytes.Buffer) //nolint:forcetypeassert // only buffers are in it
	defer c.buffers.Put(buf)
	return encode(v, buf)
}

// encode makes JSON without escaping <, > and &: fewer bytes for the same text.
func encode(v any, buf *bytes.Buffer) ([]byte, error) {
	buf.Reset()
	e := json.NewEncoder(buf)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.Clone(buf.Bytes()), nil // a call that was given up may still be read from
}
