package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"rabeg/internal/embedded"
)

// Stores are where the product keeps what it knows: the PostgreSQL, the Redis and the photos' folder that the settings name,
// and private ones in a folder of this machine in place of those they do not.
type Stores struct {
	Database, Redis, Media string // as the settings would name them
	// Dir is the folder of what is private, "" where nothing is. Postgres and Cache are its servers, nil where they are others'.
	Dir      string
	Postgres *embedded.Postgres
	Cache    *embedded.Redis

	setting string // that names Dir
	ends    []func(context.Context) error
	kept    sync.WaitGroup
}

const (
	exampleDatabase = "postgres://rabeg:secret@localhost:5432/rabeg"
	exampleRedis    = "redis://localhost:6379/0"
	exampleData     = "/var/lib/rabeg"
	// systemMedia is where photos lie when both stores are others'.
	systemMedia = "file:///var/lib/rabeg/media"
	// database is what a private PostgreSQL calls it.
	database = "rabeg"
	// closing is how long private servers may take to end in good order.
	closing = 30 * time.Second
)

// Private says how the lab's private stores differ from those of serve.
type Private struct {
	Setting string           // that names the folder; "": RABEG_DATA
	StandIn embedded.StandIn // of Redis, where no redis-server is installed; nil: then there is none
}

// OpenStores starts what the settings do not name and returns when it answers; others' stores are not asked.
func OpenStores(ctx context.Context, cfg Config, p Private) (*Stores, error) {
	s := &Stores{Database: cfg.Database, Redis: cfg.Redis, Media: cfg.Media, setting: cmp.Or(p.Setting, "RABEG_DATA")}
	if err := s.open(ctx, cfg, p.StandIn); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Stores) open(ctx context.Context, cfg Config, standIn embedded.StandIn) (err error) {
	if !cfg.private() {
		if s.Media == "" {
			s.Media = systemMedia
		}
		return nil
	}
	if err := s.installed(standIn != nil); err != nil {
		return err
	}
	if s.Dir, err = cfg.folder(); err != nil {
		return err
	}
	if s.Database == "" {
		if err := s.startPostgres(ctx); err != nil {
			return err
		}
	}
	if s.Redis == "" {
		s.Cache, err = embedded.StartRedis(ctx, embedded.Options{Dir: s.Dir, Durable: true, StandIn: standIn})
		if err != nil {
			return s.unstarted("REDIS_URL", "Redis", exampleRedis, err)
		}
		s.ends = append(s.ends, s.Cache.Close)
		s.Redis = s.Cache.URL()
	}
	if s.Media == "" {
		path, address := mediaIn(s.Dir)
		if err := os.MkdirAll(path, 0o700); err != nil {
			return Wrong(s.setting, "photos cannot be kept there: "+short(err), exampleData)
		}
		s.Media = address
	}
	return nil
}

// mediaIn is where photos lie in a data folder, and how MEDIA_URL names that.
func mediaIn(dir string) (path, address string) {
	path = filepath.Join(dir, "media")
	return path, (&url.URL{Scheme: "file", Path: path}).String()
}

// installed looks for the programs of the servers before anything is made.
func (s *Stores) installed(standIn bool) error {
	programs, err := embedded.Find()
	switch {
	case s.Database == "" && err != nil:
		return s.unstarted("DATABASE_URL", "PostgreSQL", exampleDatabase, err)
	case s.Redis == "" && programs.Redis == "" && !standIn:
		return s.unstarted("REDIS_URL", "Redis", exampleRedis, embedded.ErrNoRedis)
	}
	return nil
}

func (s *Stores) startPostgres(ctx context.Context) (err error) {
	s.Postgres, err = embedded.StartPostgres(ctx, embedded.Options{Dir: s.Dir, Durable: true})
	if err != nil {
		return s.unstarted("DATABASE_URL", "PostgreSQL", exampleDatabase, err)
	}
	s.ends = append(s.ends, s.Postgres.Close)
	if err := s.Postgres.EnsureDatabase(ctx, database); err != nil {
		return err
	}
	s.Database = s.Postgres.DSN(database)
	return nil
}

// unstarted says in one line why a private server does not run.
func (s *Stores) unstarted(variable, name, example string, err error) error {
	var taken *embedded.InUseError
	switch {
	case errors.As(err, &taken):
		return Wrong(s.setting, taken.Error(), exampleData+"-2")
	case errors.Is(err, embedded.ErrNoPostgres), errors.Is(err, embedded.ErrNoRedis):
		return Wrong(variable, "is not set, and "+short(err), example)
	}
	return Wrong(s.setting, fmt.Sprintf("the private %s does not start: %s", name, oneLine(err)), exampleData)
}

// private reports whether anything lies in a folder of the product's own.
func (c Config) private() bool { return c.Database == "" || c.Redis == "" || c.Data != "" }

// folder makes the data folder. Without a setting it is the system's for root, else one in the user's home.
func (c Config) folder() (string, error) {
	dir := c.Data
	if dir == "" {
		var err error
		if dir, err = defaultFolder(); err != nil {
			return "", err
		}
	}
	full, err := embedded.Exactly(dir)
	if err != nil {
		return "", Wrong("RABEG_DATA", oneLine(err), exampleData)
	}
	return full, nil
}

func defaultFolder() (string, error) {
	if os.Geteuid() == 0 {
		return exampleData, nil
	}
	if state := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(state) {
		return filepath.Join(state, "rabeg"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return "", Wrong("RABEG_DATA", "is not set, and there is no home folder for the data; or set DATABASE_URL and REDIS_URL", exampleData)
	}
	return filepath.Join(home, ".local", "state", "rabeg"), nil
}

// Said tells in a few words what is private and where it lies, "" where nothing is.
func (s *Stores) Said() string {
	if s.Dir == "" {
		return ""
	}
	said := s.Dir
	if s.Postgres != nil {
		said += fmt.Sprintf(", private PostgreSQL %d", s.Postgres.Version())
	}
	if s.Cache != nil {
		said += ", private " + s.Cache.Kind()
	}
	return said
}

// Keep starts a private server again that ends by itself, until ctx is done.
func (s *Stores) Keep(ctx context.Context, log *slog.Logger) {
	if s.Postgres != nil {
		s.kept.Go(func() { keep(ctx, log, "postgresql", s.Postgres) })
	}
	if s.Cache != nil {
		s.kept.Go(func() { keep(ctx, log, "redis", s.Cache) })
	}
}

// server is a private PostgreSQL or Redis.
type server interface {
	Done() <-chan struct{}
	Start(ctx context.Context) error
}

// keepPause is between two tries to start a server again.
const keepPause = time.Second

func keep(ctx context.Context, log *slog.Logger, name string, s server) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.Done():
		}
		if ctx.Err() != nil {
			return
		}
		err := s.Start(ctx)
		log.Error("a private server ended and is started again", "server", name, "error", err)
		if err == nil {
			continue
		}
		t := time.NewTimer(keepPause)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// Close ends the private servers in good order, after the context given to Keep is done.
func (s *Stores) Close() error {
	s.kept.Wait()
	ctx, cancel := context.WithTimeout(context.Background(), closing)
	defer cancel()
	var all error
	for _, end := range slices.Backward(s.ends) {
		all = errors.Join(all, end(ctx))
	}
	s.ends = nil
	return all
}

// openDatabase gives a command the database alone: the one of the settings, the private one that 'rabeg serve' runs now, or
// the private one started for a while.
func openDatabase(ctx context.Context, cfg Config) (*Stores, error) {
	s := &Stores{Database: cfg.Database, setting: "RABEG_DATA"}
	if cfg.Database != "" {
		return s, reach(ctx, cfg.Database)
	}
	var err error
	if s.Dir, err = cfg.folder(); err != nil {
		return nil, err
	}
	err = s.startPostgres(ctx)
	if dsn, running := embedded.PostgresOn(s.Dir, database); err != nil && running && reach(ctx, dsn) == nil {
		s.Database, err = dsn, nil
	}
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}
