package embedded

import (
	"context"
	"os"
)

// StandIn is a Redis inside this process that keeps nothing: for trying and
// testing where no redis-server is installed. Its methods are called one at a time.
type StandIn interface {
	Kind() string // for people
	Start(socket string) error
	Stop()
	Up() bool
	Erase()
}

// inProcess makes a backend of a stand-in.
type inProcess struct {
	StandIn
	socket string
}

func (s inProcess) start(context.Context, *os.File) error { return s.Start(s.socket) }

func (s inProcess) stop(context.Context) error {
	s.Stop()
	return nil
}

func (s inProcess) kill() { s.Stop() }

func (s inProcess) running() (pid int, up bool) { return 0, s.Up() }

func (s inProcess) erase() error {
	s.Erase()
	return nil
}
