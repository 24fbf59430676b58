package embedded

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/alicebob/miniredis/v2"
)

// standIn is miniredis behind a unix socket: it would listen on a TCP port by
// itself, which every user of the machine can reach and which may be taken when
// it comes back.
type standIn struct {
	socket string
	mini   *miniredis.Miniredis

	listener net.Listener  // nil when stopped
	idle     chan struct{} // closed when no new connection is taken any more
}

func newStandIn(socket string) *standIn {
	return &standIn{socket: socket, mini: miniredis.NewMiniRedis()}
}

func (s *standIn) start(context.Context, *os.File) error {
	if err := os.Remove(s.socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove stale socket: %w", err)
	}
	// Dial starts it without a port; connections are then brought by serve.
	first, err := s.mini.Dial()
	if err != nil {
		return err
	}
	_ = first.Close()                      // a pipe has nothing to lose
	s.mini.ClockTTL(true)                  // without it nothing ever expires
	l, err := net.Listen("unix", s.socket) // inside a folder that is ours alone
	if err != nil {
		s.mini.Close()
		return err
	}
	s.listener, s.idle = l, make(chan struct{})
	go s.serve(l, s.idle)
	return nil
}

func (s *standIn) serve(l net.Listener, idle chan<- struct{}) {
	defer close(idle)
	server := s.mini.Server()
	for {
		conn, err := l.Accept()
		if err != nil {
			return // closed by kill
		}
		server.ServeConn(conn)
	}
}

func (s *standIn) stop(context.Context) error {
	s.kill()
	return nil
}

func (s *standIn) kill() {
	if s.listener == nil {
		return
	}
	_ = s.listener.Close() // also removes the socket
	<-s.idle
	s.mini.Close()
	s.listener = nil
}

func (s *standIn) running() (pid int, up bool) { return 0, s.listener != nil }

func (s *standIn) erase() error {
	s.mini.FlushAll()
	return nil
}
