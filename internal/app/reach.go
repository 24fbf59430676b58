package app

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"rabeg/internal/postgres"
)

const (
	// reachable is how long one question whether the database answers waits.
	reachable = 6 * time.Second
	// patience is how long a start waits for a database that is there and does not serve yet: a machine that boots starts both at once.
	patience = time.Minute
	// askedAgain is the time between two questions of a start that waits.
	askedAgain = time.Second
)

// reach asks whether the database answers at all, so that a wrong address stops a command with a word.
func reach(ctx context.Context, dsn string) error { return unreached(answers(ctx, dsn)) }

// answers asks the database for a sign of life and whether a session of it is one.
func answers(ctx context.Context, dsn string) error {
	ctx, cancel := context.WithTimeout(ctx, reachable)
	defer cancel()
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err == nil {
		defer pool.Close()
		err = pool.Ping(ctx)
	}
	if err == nil {
		err = postgres.Sessions(ctx, dsn)
	}
	return err
}

// unreached words why the database does not answer.
func unreached(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, postgres.ErrPooled):
		return Wrong("DATABASE_URL", short(err), "in pgbouncer.ini: pool_mode = session; or name PostgreSQL itself: "+exampleDatabase)
	}
	return Wrong("DATABASE_URL", "the database does not answer: "+short(err), exampleDatabase)
}

// patiently is reach for a start, which waits for a database that will soon serve, and says so. What waiting does not mend (a wrong
// name or password, a machine that refuses) ends it at once.
func patiently(ctx context.Context, dsn string, log *slog.Logger) error {
	until, said := time.Now().Add(patience), false
	for {
		err := answers(ctx, dsn)
		if !soon(err) || ctx.Err() != nil || time.Now().After(until) {
			return unreached(err)
		}
		if !said {
			log.Warn("the start waits for the database", "why", short(err), "at most", patience.String())
			said = true
		}
		select {
		case <-ctx.Done():
		case <-time.After(askedAgain):
		}
	}
}

// soon tells whether a database that gave err may serve by itself in a moment: it starts or stops, has no connection left, or is slow.
func soon(err error) bool {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.Code == "57P03" || pg.Code == "53300"
	}
	return errors.Is(err, context.DeadlineExceeded)
}
