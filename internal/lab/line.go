package lab

import (
	"fmt"
	"io"
	"net"
	"sync"
)

// line is the only way from the program to a local network. While it is cut, what was under way breaks and nothing new comes through:
// the network is away for the program, and people go on there as before.
type line struct {
	to       string // host:port
	listener net.Listener
	done     sync.WaitGroup

	mu    sync.Mutex
	cut   bool
	conns map[net.Conn]struct{}
}

// newLine opens a way to an address of this machine.
func newLine(to string) (*line, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("open a line to the local network: %w", err)
	}
	w := &line{to: to, listener: l, conns: map[net.Conn]struct{}{}}
	w.done.Go(w.accept)
	return w, nil
}

func (l *line) addr() string { return l.listener.Addr().String() }

func (l *line) accept() {
	for {
		in, err := l.listener.Accept()
		if err != nil {
			return
		}
		if !l.enter(in) {
			_ = in.Close()
			continue
		}
		out, err := net.Dial("tcp", l.to)
		if err != nil {
			l.leave(in)
			continue
		}
		if !l.enter(out) {
			_ = out.Close()
			l.leave(in)
			continue
		}
		l.done.Go(func() { l.carry(in, out) })
		l.done.Go(func() { l.carry(out, in) })
	}
}

func (l *line) carry(to, from net.Conn) {
	_, _ = io.Copy(to, from) // either end may go at any time
	l.leave(to)
	l.leave(from)
}

func (l *line) enter(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cut {
		return false
	}
	l.conns[c] = struct{}{}
	return true
}

func (l *line) leave(c net.Conn) {
	_ = c.Close()
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.conns, c)
}

// set cuts the line or mends it.
func (l *line) set(cut bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cut = cut
	if cut {
		for c := range l.conns {
			_ = c.Close()
		}
	}
}

func (l *line) close() error {
	err := l.listener.Close()
	l.set(true)
	l.done.Wait()
	return err
}
