package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/outbox"
)

// Why a database that answers takes nothing.
var (
	ErrReadOnly = errors.New("the database takes no writes")
	ErrFull     = errors.New("the database's disk is full")
)

// Writable reports whether a commit is taken, by making one: a database may answer and keep nothing (ErrReadOnly, ErrFull).
func (s *Watch) Writable(ctx context.Context) error {
	const beat = `
INSERT INTO settings (name, value) VALUES ('alive', to_char(now(), 'YYYY-MM-DD HH24:MI:SS'))
ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	_, err := s.Looking().Exec(ctx, beat)
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch pg.Code {
		case "25006":
			return ErrReadOnly
		case "53100":
			return ErrFull
		}
	}
	if err != nil {
		return fmt.Errorf("write to the database: %w", err)
	}
	return nil
}

// Underway reports whether a message may be one that was sent and is not written down yet: none of ours stands there, and a letter
// to its chat is on its way. desk says that the chat is the operators' group.
func (s *Store) Underway(ctx context.Context, ref bot.MessageRef, desk bool) (is bool, err error) {
	const find = `
SELECT NOT EXISTS (SELECT FROM places WHERE ref = $1) AND EXISTS (SELECT FROM queue
WHERE network = $2 AND NOT cold AND ($3 OR lane = $4) AND (hold IS NULL OR hold <= now()))`
	queue := string(ref.Chat.Network)
	if desk {
		queue = outbox.DeskQueue
	}
	if err := s.Pool.QueryRow(ctx, find, RefKey(ref), queue, desk, ref.Chat.Chat().String()).Scan(&is); err != nil {
		return false, fmt.Errorf("ask what is on its way: %w", err)
	}
	return is, nil
}

// Unwell reports whether an error of the database says that it is ill itself: it lacks room or memory, is shut down, takes no
// writes, or its disk fails. What it was given is not to blame.
func Unwell(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return false
	}
	for _, class := range [...]string{"08", "53", "57", "58", "25006", "XX"} {
		if strings.HasPrefix(pg.Code, class) {
			return true
		}
	}
	return false
}

// Aside is how many events were set aside since a moment.
func (s *Watch) Aside(ctx context.Context, since time.Time) (n int, err error) {
	if err := s.Looking().QueryRow(ctx, `SELECT count(*) FROM stumbles WHERE at > $1`, since).Scan(&n); err != nil {
		return 0, fmt.Errorf("count what was set aside: %w", err)
	}
	return n, nil
}

// Files counts the files that wait to be kept, those that are kept, and those that could not be. It reads all of them: who asks often
// keeps the answer.
func (s *Watch) Files(ctx context.Context) (map[string]int, error) {
	const count = `
SELECT count(*) FILTER (WHERE doc ->> 'waits' <> ''), count(*) FILTER (WHERE doc ->> 'lost' <> ''), count(*) FROM media`
	var waiting, lost, all int
	if err := s.Looking().QueryRow(ctx, count).Scan(&waiting, &lost, &all); err != nil {
		return nil, fmt.Errorf("count files: %w", err)
	}
	return map[string]int{"waiting": waiting, "lost": lost, "kept": all - waiting - lost}, nil
}

// Clock is the database's time.
func (s *Watch) Clock(ctx context.Context) (time.Time, error) { return Clock(ctx, s.Looking()) }

// Clock tells what time it is for a database.
func Clock(ctx context.Context, pool *pgxpool.Pool) (at time.Time, err error) {
	if err := pool.QueryRow(ctx, `SELECT clock_timestamp()`).Scan(&at); err != nil {
		return at, fmt.Errorf("ask the database for the time: %w", err)
	}
	return at, nil
}

// Unsent is how long the oldest letter that may go has waited in each of the queues; one without letters is left out.
func (s *Watch) Unsent(ctx context.Context, queues []string) (map[string]time.Duration, error) {
	const find = `
SELECT network, extract(epoch FROM now() - min(greatest(created, hold)))::float8 FROM queue
WHERE network = ANY ($1) AND NOT cold AND state = 'waiting' AND (hold IS NULL OR hold <= now()) AND (again IS NULL OR again <= now()) GROUP BY network`
	rows, err := s.Looking().Query(ctx, find, queues)
	if err != nil {
		return nil, fmt.Errorf("ask for the oldest letters: %w", err)
	}
	oldest := map[string]time.Duration{}
	var queue string
	var seconds float64
	_, err = pgx.ForEachRow(rows, []any{&queue, &seconds}, func() error {
		oldest[queue] = time.Duration(seconds * float64(time.Second))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("ask for the oldest letters: %w", err)
	}
	return oldest, nil
}

// ByStatus counts reports. It reads all of them: who asks often keeps the answer.
func (s *Watch) ByStatus(ctx context.Context) (map[string]int, error) {
	rows, err := s.Looking().Query(ctx, `SELECT status, count(*) FROM reports GROUP BY status`)
	if err != nil {
		return nil, fmt.Errorf("count reports: %w", err)
	}
	n := map[string]int{}
	var status string
	var many int
	if _, err = pgx.ForEachRow(rows, []any{&status, &many}, func() error { n[status] = many; return nil }); err != nil {
		return nil, fmt.Errorf("count reports: %w", err)
	}
	return n, nil
}
