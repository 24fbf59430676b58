package whatsapp

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"time"
)

// wire opens a client's connections and can break them. The library's own ways to disconnect leave a goroutine and the
// connection behind when a frame is just coming in (framesocket.go, frameComplete, blocks for ever), so connections are
// broken from outside and the library is left to notice.
type wire struct {
	mu     sync.Mutex
	open   map[net.Conn]bool
	gate   chan struct{} // closed when connections may be opened
	closed bool
	known  bool // connections pass through here

	life context.Context // ends with close, and every attempt to connect with it
	end  context.CancelFunc
}

var errClosed = errors.New("the link is closed")

func newWire() *wire {
	gate := make(chan struct{})
	close(gate)
	life, end := context.WithCancel(context.Background())
	return &wire{open: make(map[net.Conn]bool), gate: gate, life: life, end: end}
}

// client gives an HTTP client like h whose connections pass through the wire. A Transport of a foreign kind is used as it
// is.
func (w *wire) client(h *http.Client) *http.Client {
	var t *http.Transport
	switch base := h.Transport.(type) {
	case nil:
		t = &http.Transport{Proxy: http.ProxyFromEnvironment, TLSHandshakeTimeout: 10 * time.Second}
	case *http.Transport:
		t = base.Clone()
	default:
		return h
	}
	dial := t.DialContext
	if dial == nil {
		dial = (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	t.DialContext = func(ctx context.Context, network, addr string) (net.Conn, error) {
		return w.dial(ctx, dial, network, addr)
	}
	w.known = true
	mine := *h
	mine.Transport = t
	return &mine
}

func (w *wire) dial(
	ctx context.Context, dial func(context.Context, string, string) (net.Conn, error), network, addr string,
) (net.Conn, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(w.life, cancel)()
	w.mu.Lock()
	gate := w.gate
	w.mu.Unlock()
	select {
	case <-gate:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	conn, err := dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		_ = conn.Close()
		return nil, errClosed
	}
	t := &tracked{Conn: conn, w: w}
	w.open[t] = true
	return t, nil
}

// shut holds new connections back until admit.
func (w *wire) shut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.gate = make(chan struct{})
	}
}

func (w *wire) admit() {
	w.mu.Lock()
	defer w.mu.Unlock()
	select {
	case <-w.gate:
	default:
		close(w.gate)
	}
}

// cut breaks all connections; false when there was none to break.
func (w *wire) cut() bool {
	w.mu.Lock()
	list := make([]net.Conn, 0, len(w.open))
	for conn := range w.open {
		list = append(list, conn)
	}
	w.mu.Unlock()
	for _, conn := range list {
		_ = conn.Close()
	}
	return len(list) > 0
}

// close breaks all connections and lets no new one through; false when there was none to break.
func (w *wire) close() bool {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.end()
	w.admit()
	return w.cut()
}

type tracked struct {
	net.Conn
	w *wire
}

func (t *tracked) Close() error {
	t.w.mu.Lock()
	delete(t.w.open, t)
	t.w.mu.Unlock()
	return t.Conn.Close()
}
