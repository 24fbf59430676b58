package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rabeg/internal/embedded"
)

// Why a private server does not run is told in one line, with the setting that helps and a good value.
func TestWhyAPrivateServerDoesNotRun(t *testing.T) {
	t.Parallel()
	s := &Stores{setting: "RABEG_DATA"}
	for err, want := range map[error]string{
		embedded.ErrNoPostgres:                           "DATABASE_URL: is not set, and no PostgreSQL server",
		&embedded.InUseError{Dir: "/srv/rabeg", PID: 12}: "RABEG_DATA: data folder /srv/rabeg is in use by process 12",
		errors.New("it broke\nin two lines"):             "RABEG_DATA: the private PostgreSQL does not start: it broke in two lines",
	} {
		said := s.unstarted("DATABASE_URL", "PostgreSQL", exampleDatabase, fmt.Errorf("start: %w", err)).Error()
		said = strings.Replace(said, "start: it broke", "it broke", 1)
		if !strings.HasPrefix(said, want) || !strings.Contains(said, "(example: ") || strings.Contains(said, "\n") {
			t.Errorf("it says %q, want %q", said, want)
		}
	}
	said := s.unstarted("REDIS_URL", "Redis", exampleRedis, embedded.ErrNoRedis).Error()
	if !strings.HasPrefix(said, "REDIS_URL: is not set, and no Redis server is installed") || !strings.Contains(said, exampleRedis) {
		t.Errorf("without a Redis it says %q", said)
	}
}

// Others' stores need no folder, and photos lie where the system keeps them; a folder that is named is used for them.
func TestWherePhotosLie(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "a folder of ours")
	others := Config{Database: exampleDatabase, Redis: exampleRedis}
	here, named := others, others
	here.Data = dir
	named.Data, named.Media = dir, "s3://KEY:SECRET@host/bucket"
	for want, cfg := range map[string]Config{
		systemMedia: others, "file://" + strings.ReplaceAll(dir, " ", "%20") + "/media": here, named.Media: named,
	} {
		s, err := OpenStores(t.Context(), cfg, Private{})
		if os.Geteuid() == 0 && cfg.Data != "" && err != nil {
			continue // root's servers work as another user, who does not reach a test's folder
		}
		if err != nil || s.Media != want || s.Postgres != nil || s.Cache != nil {
			t.Errorf("photos lie in %+v (%v), want %s", s, err, want)
		}
	}
}

// mortal is a server that ends whenever it is told to.
type mortal struct {
	ends   chan struct{}
	starts chan int
	n      int
}

func (m *mortal) Done() <-chan struct{} { return m.ends }

func (m *mortal) Start(context.Context) error {
	m.n++
	m.ends = make(chan struct{})
	m.starts <- m.n
	return nil
}

// A private server that ends by itself is started again, and no longer once the program stops.
func TestAServerThatEndsIsStartedAgain(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	m := &mortal{ends: make(chan struct{}), starts: make(chan int)}
	over := make(chan struct{})
	go func() {
		defer close(over)
		keep(ctx, slog.New(slog.DiscardHandler), "redis", m)
	}()
	close(m.ends)
	if n := <-m.starts; n != 1 {
		t.Errorf("started %d times", n)
	}
	stop()
	<-over
}
