// Package standin is a Redis inside this process that keeps nothing: for trying and testing where no redis-server is
// installed. The shipped program does not hold it.
package standin

import (
	"errors"
	"fmt"
	"net"
	"os"

	"github.com/alicebob/miniredis/v2"
)

// Redis is miniredis behind a unix socket: it would listen on a TCP port by
// itself, which every user of the machine can reach and which may be taken when
// it comes back. It implements embedded.StandIn.
type Redis struct {
	mini *miniredis.Miniredis

	listener net.Listener  // nil when stopped
	idle     chan struct{} // closed when no new connection is taken any more
}

// New makes one that is not started.
func New() *Redis { return &Redis{mini: miniredis.NewMiniRedis()} }

// Kind says what it is, for people.
func (s *Redis) Kind() string { return "miniredis, in this process, nothing kept" }

// Start has it answer on a unix socket, in a folder that nobody else can enter.
func (s *Redis) Start(socket string) error {
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("remove stale socket: %w", err)
	}
	// Dial starts it without a port; connections are then brought by serve.
	first, err := s.mini.Dial()
	if err != nil {
		return err
	}
	_ = first.Close()                    // a pipe has nothing to lose
	s.mini.ClockTTL(true)                // without it nothing ever expires
	l, err := net.Listen("unix", socket) // inside a folder that is ours alone
	if err != nil {
		s.mini.Close()
		return err
	}
	s.listener, s.idle = l, make(chan struct{})
	go s.serve(l, s.idle)
	return nil
}

func (s *Redis) serve(l net.Listener, idle chan<- struct{}) {
	defer close(idle)
	server := s.mini.Server()
	for {
		conn, err := l.Accept()
		if err != nil {
			return // closed by Stop
		}
		server.ServeConn(conn)
	}
}

// Stop ends it; it can be started again.
func (s *Redis) Stop() {
	if s.listener == nil {
		return
	}
	_ = s.listener.Close() // also removes the socket
	<-s.idle
	s.mini.Close()
	s.listener = nil
}

// Up reports whether it answers.
func (s *Redis) Up() bool { return s.listener != nil }

// Erase deletes what it holds.
func (s *Redis) Erase() { s.mini.FlushAll() }
