package warelay

import (
	"net"
	"sync"
)

// door is a port that is the relay's as long as it lives. While the relay is
// down, who knocks is turned away: a port that was given back could be
// somebody else's by the time it is wanted again, and programs of their own
// know the relay by its port.
type door struct {
	port net.Listener

	mu   sync.Mutex
	hall *hall // where guests go; nil: turned away
}

// hall is an open door as a server sees it.
type hall struct {
	d      *door
	guests chan net.Conn
	shut   chan struct{}
	once   sync.Once
}

func newDoor() (*door, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	return &door{port: l}, nil
}

// answer takes connections until the port is closed.
func (d *door) answer() {
	for {
		c, err := d.port.Accept()
		if err != nil {
			return
		}
		d.mu.Lock()
		h := d.hall
		d.mu.Unlock()
		if h == nil {
			turnAway(c)
			continue
		}
		select {
		case h.guests <- c:
		case <-h.shut:
			turnAway(c)
		}
	}
}

// turnAway ends a connection with a reset, as a port does that nobody listens on.
func turnAway(c net.Conn) {
	if t, ok := c.(*net.TCPConn); ok {
		_ = t.SetLinger(0)
	}
	_ = c.Close()
}

// open lets guests in until the hall is closed.
func (d *door) open() *hall {
	h := &hall{d: d, guests: make(chan net.Conn), shut: make(chan struct{})}
	d.mu.Lock()
	d.hall = h
	d.mu.Unlock()
	return h
}

// Accept is for net.Listener.
func (h *hall) Accept() (net.Conn, error) {
	select {
	case c := <-h.guests:
		return c, nil
	case <-h.shut:
		return nil, net.ErrClosed
	}
}

// Close is for net.Listener. The port stays the relay's.
func (h *hall) Close() error {
	h.once.Do(func() {
		h.d.mu.Lock()
		if h.d.hall == h {
			h.d.hall = nil
		}
		h.d.mu.Unlock()
		close(h.shut)
	})
	return nil
}

// Addr is for net.Listener.
func (h *hall) Addr() net.Addr { return h.d.port.Addr() }
