package telegram

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"sync"
	"time"
)

// direct makes calls to a Bot API server of one's own, which speaks plain HTTP/1.1: each is written and read by who makes
// it. http.Transport has two goroutines at each connection and hands calls and answers over to them: 7 in 100 of all that a
// conversation costs (a send alone: BenchmarkSend, BenchmarkSendByTransport). The forms on the wire are net/http's all the
// same, and as there no call is made twice that may have come through.
type direct struct {
	addr string
	dial net.Dialer

	mu   sync.Mutex
	idle []*wire // the one used last is last
}

// wire is a connection, for one call at a time.
type wire struct {
	net.Conn
	left io.LimitedReader // how long the answer may still be
	in   *bufio.Reader
	out  *bufio.Writer
	last time.Time // when it was put aside
}

const (
	idleMost = 128              // connections that are kept,
	idleFor  = 90 * time.Second // and how long
	maxHead  = 64 << 10         // bytes of an answer beside its body
)

var (
	errNoAnswer = errors.New("the connection ended before the answer")
	errNotHTTP  = errors.New("the answer is not HTTP")
)

// newDirect is nil where calls must go another way: over TLS, or through a proxy.
func newDirect(server *url.URL) *direct {
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: server})
	if server.Scheme != "http" || proxy != nil || err != nil {
		return nil
	}
	port := server.Port()
	if port == "" {
		port = "80"
	}
	return &direct{addr: net.JoinHostPort(server.Hostname(), port), dial: net.Dialer{Timeout: 30 * time.Second}}
}

// call makes a call whose body is at hand and reads the answer into room. Its time is ctx's, not the request's.
func (d *direct) call(ctx context.Context, req *http.Request, limit int64, room *bytes.Buffer) (raw []byte, status int, err error) {
	w, err := d.take(ctx)
	if err != nil {
		return nil, 0, err
	}
	until, _ := ctx.Deadline()
	_ = w.SetDeadline(until)
	stop := context.AfterFunc(ctx, func() { _ = w.SetDeadline(time.Unix(1, 0)) })
	raw, status, again, err := w.call(req, limit, room)
	if stop() && again {
		d.put(w)
	} else {
		_ = w.Close()
	}
	switch {
	case err == nil:
		return raw, status, nil
	case ctx.Err() != nil:
		return nil, 0, ctx.Err()
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, 0, context.DeadlineExceeded // the connection's clock was faster than the context's
	}
	return nil, 0, err
}

// call makes a call on this connection; again says that it can be used again.
func (w *wire) call(req *http.Request, limit int64, room *bytes.Buffer) (raw []byte, status int, again bool, err error) {
	w.left.N = limit + maxHead
	if err := req.Write(w.out); err != nil {
		return nil, 0, false, err
	}
	if err := w.out.Flush(); err != nil {
		return nil, 0, false, err
	}
	resp, err := w.answer(req)
	if err != nil {
		return nil, 0, false, err
	}
	raw, err = readAll(resp, limit, room)
	_ = resp.Body.Close()
	if err != nil {
		return nil, 0, false, unheard(err)
	}
	return raw, resp.StatusCode, !resp.Close, nil
}

// answer reads the head of an answer, behind what may be said before it.
func (w *wire) answer(req *http.Request) (*http.Response, error) {
	for {
		resp, err := http.ReadResponse(w.in, req)
		if err != nil {
			return nil, unheard(err)
		}
		if resp.StatusCode >= http.StatusOK {
			return resp, nil
		}
	}
}

// unheard names what ended an answer, without a piece of it.
func unheard(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errNoAnswer
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return err
	}
	if errors.Is(err, errTooLong) {
		return err
	}
	return errNotHTTP
}

// take gives a connection that was put aside and is still good, or a new one.
func (d *direct) take(ctx context.Context) (*wire, error) {
	for {
		w := d.last()
		if w == nil {
			break
		}
		if time.Since(w.last) < idleFor && w.in.Buffered() == 0 && quiet(w.Conn) {
			return w, nil
		}
		_ = w.Close()
	}
	conn, err := d.dial.DialContext(ctx, "tcp", d.addr)
	if err != nil {
		return nil, err
	}
	w := &wire{Conn: conn, left: io.LimitedReader{R: conn}, out: bufio.NewWriter(conn)}
	w.in = bufio.NewReader(&w.left)
	return w, nil
}

// last takes the connection that was used last, nil for none.
func (d *direct) last() *wire {
	d.mu.Lock()
	defer d.mu.Unlock()
	n := len(d.idle) - 1
	if n < 0 {
		return nil
	}
	w := d.idle[n]
	d.idle = slices.Delete(d.idle, n, n+1)
	return w
}

// put puts a connection aside, and ends those that have lain there for long.
func (d *direct) put(w *wire) {
	w.last = time.Now()
	_ = w.SetDeadline(time.Time{}) // quiet could not look when it is over
	d.mu.Lock()
	old := 0
	for old < len(d.idle) && (len(d.idle)-old >= idleMost || w.last.Sub(d.idle[old].last) >= idleFor) {
		old++
	}
	gone := slices.Clone(d.idle[:old])
	d.idle = append(slices.Delete(d.idle, 0, old), w)
	d.mu.Unlock()
	end(gone)
}

// close ends the connections that lie aside.
func (d *direct) close() {
	d.mu.Lock()
	gone := d.idle
	d.idle = nil
	d.mu.Unlock()
	end(gone)
}

func end(ws []*wire) {
	for _, w := range ws {
		_ = w.Close()
	}
}
