package app

import (
	"context"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/semaphore"

	"rabeg/internal/guard"
	"rabeg/internal/postgres"
	"rabeg/internal/session"
	"rabeg/internal/web"
)

// Beside is a government's place in a program that serves several.
type Beside struct {
	// Name tells it from the others: in what Redis keeps, in the log, in the paths of the shared address. Lower case letters, digits and -.
	Name  string
	Front *web.Front
	// Bell tells of letters that another program of these governments wrote, and tells the others of those written here.
	Bell *postgres.Bell
	// Redis is that of all governments of the program.
	Redis *session.Server
	// Connections is how many connections to the database its work may take at once: no more, so that a flood of one government
	// leaves the database to the others.
	Connections int32
	// Share is how many all governments on its server may have together; nil: it has a server of its own.
	Share *postgres.Share
	// Tempo is how many times more seldom is done what only looks whether there is something to do, or says that the program lives.
	// Whatever happens here or is told by another program is done at once all the same.
	Tempo int
	// Makers lets few public pages be made at once, of all governments together.
	Makers *semaphore.Weighted
	// Good is the profile that it was served with last; nil: none is remembered.
	Good *Good
	// Change sets what only tests set differently; nil: nothing.
	Change func(*Options)
}

// tempo is 1 for a government that is alone.
func (b *Beside) tempo() int {
	if b == nil {
		return 1
	}
	return max(b.Tempo, 1)
}

// untold is how many times more seldom is looked for letters of which nobody told: what programs write they tell of.
func (b *Beside) untold() int {
	if b == nil {
		return 1
	}
	return 3 * b.tempo()
}

// atOnce is how many events of a network are handled at once, 0: as many as the network's channel takes. A flood of one government waits
// before it reaches what all share.
func (b *Beside) atOnce() int {
	if b == nil {
		return 0
	}
	return 2 * int(b.Connections)
}

// makers is what public pages wait for to be made, nil where the government is alone.
func (b *Beside) makers() *semaphore.Weighted {
	if b == nil {
		return nil
	}
	return b.Makers
}

// dozeEvery is how often the job queue of such a government is looked into while it is shut. What is put there here opens it at once.
const dozeEvery = 75 * time.Second

// name is the government's among others, "" where it is alone.
func (b *Beside) name() string {
	if b == nil {
		return ""
	}
	return b.Name
}

// connect opens the database of a government, until shut.
func (b *Beside) connect(ctx context.Context, dsn string) (pool *pgxpool.Pool, shut func(), err error) {
	switch {
	case b == nil:
		pool, err = postgres.Connect(ctx, dsn, 0)
	case b.Share == nil:
		pool, err = postgres.Connect(ctx, dsn, b.Connections)
	default:
		var leave func()
		pool, leave, err = b.Share.Connect(ctx, dsn, b.Connections)
		return pool, func() { leave(); pool.Close() }, err
	}
	if err != nil {
		return nil, nil, err
	}
	return pool, pool.Close, nil
}

// share is that of all governments on the server, nil where there is none.
func (b *Beside) share() *postgres.Share {
	if b == nil {
		return nil
	}
	return b.Share
}

// keys begin whatever is kept in Redis.
func (b *Beside) keys() string {
	if b == nil {
		return "rabeg:"
	}
	return "rabeg:" + b.Name + ":"
}

// ring tells other programs that letters wait that are not sent here, as far as they can be told.
func (b *Beside) ring(ctx context.Context) {
	if b != nil && b.Bell != nil {
		_ = b.Bell.Ring(ctx, b.Name)
	}
}

// Usable says whether a government can be served with its settings and its profile, before whoever is served with older ones is ended.
func Usable(cfg Config, name string) error {
	if err := cfg.check(web.HookOf(name, "telegram")); err != nil {
		return err
	}
	_, err := government(cfg.Profile)
	return err
}

// ServeBeside serves one of several governments until ctx is done. Its stores are there; its database is brought to the newest shape.
// ready is called once it serves.
func ServeBeside(ctx context.Context, cfg Config, b Beside, log *slog.Logger, ready func()) (err error) {
	if err := cfg.check(web.HookOf(b.Name, "telegram")); err != nil {
		return err
	}
	x := Serving{Options: Options{Beside: &b, Listening: func(string) { ready() }}}
	if b.Change != nil {
		b.Change(&x.Options)
	}
	if x.Profile, err = b.Good.profile(cfg.Profile, log); err != nil {
		return err
	}
	refused := make(chan error, 1)
	go func() { refused <- guard.Do(func() error { return cfg.ask(ctx) }) }()
	return serveOn(ctx, cfg, x, refused, log)
}
