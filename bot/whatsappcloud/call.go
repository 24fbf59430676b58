package whatsappcloud

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"time"
)

// object is a JSON object on its way out.
type object map[string]any

const (
	maxAnswer   = 1 << 20
	usageHeader = "X-Business-Use-Case-Usage"
)

var errNoAnswer = errors.New("there was no whole answer")

// call makes a call with a JSON body, nil for none, and reads its answer into dest, when dest is not nil.
func (c *Channel) call(ctx context.Context, method, path string, body, dest any) error {
	var raw []byte
	if body != nil {
		var buf bytes.Buffer
		e := json.NewEncoder(&buf)
		e.SetEscapeHTML(false)
		if err := e.Encode(body); err != nil {
			return giveUp(fmt.Errorf("encoding: %w", err))
		}
		raw = buf.Bytes()
	}
	ctx, cancel := context.WithTimeout(ctx, c.opt.SendTimeout)
	defer cancel()
	return c.exchange(ctx, method, path, "application/json", bytes.NewReader(raw), dest)
}

func (c *Channel) exchange(ctx context.Context, method, path, kind string, body io.Reader, dest any) error {
	req, err := http.NewRequestWithContext(ctx, method, c.api+path, body)
	if err != nil {
		return giveUp(errors.New("the call cannot be made"))
	}
	req.Header.Set("Authorization", "Bearer "+c.opt.Token)
	if method == http.MethodPost {
		req.Header.Set("Content-Type", kind)
	}
	res, err := c.client.Do(req)
	if err != nil {
		return unheard(ctx, err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return unheard(ctx, err)
	}
	if res.StatusCode >= 300 {
		return refused(res, raw)
	}
	if dest == nil {
		return nil
	}
	if json.Unmarshal(raw, dest) != nil {
		return errNoAnswer
	}
	return nil
}

// refused reads an error: its code is all that counts.
func refused(res *http.Response, raw []byte) *refusal {
	var whole parts
	_ = json.Unmarshal(raw, &whole)
	in := read[parts](whole, "error")
	r := &refusal{status: res.StatusCode, code: read[int](in, "code")}
	if r.code == 0 && res.StatusCode < 500 && read[string](in, "type") == "OAuthException" {
		r.code = 190 // a token that is dead is told with 0 as well
	}
	if r.code == 4 || r.code == 80007 {
		r.after = regained(res.Header.Get(usageHeader))
	}
	if r.code == 0 && res.StatusCode == http.StatusTooManyRequests {
		r.code = 130429
	}
	return r
}

// regained is when more calls are allowed, in the words of a header that counts minutes.
func regained(header string) time.Duration {
	var accounts map[string][]parts
	if json.Unmarshal([]byte(header), &accounts) != nil {
		return 0
	}
	most := 0
	for _, list := range accounts {
		for _, use := range list {
			most = max(most, read[int](use, "estimated_time_to_regain_access"))
		}
	}
	return time.Duration(min(most, 24*60)) * time.Minute
}

// unheard says why there is no answer, without the address that an HTTP client puts into its errors.
func unheard(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var u *url.Error
	for errors.As(err, &u) {
		err = u.Err
	}
	if _, network := errors.AsType[net.Error](err); network {
		return err
	}
	return errNoAnswer
}
