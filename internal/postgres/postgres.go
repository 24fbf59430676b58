// Package postgres keeps what must not be lost: reports, facts, letters, operators. Each statement stands beside the
// function that runs it.
package postgres

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/report"
)

// Options builds a Store.
type Options struct {
	Pool *pgxpool.Pool
	// Prefix begins report numbers.
	Prefix string
	// City is whose database it becomes, or has to be; a zero one is not asked.
	City City
	// Sensitive tells which categories strangers see nothing of (report.DisplayOf); nil: they see nothing of any report.
	Sensitive func(category string) bool
	// Chance draws report numbers; nil: so that nobody can foretell them.
	Chance func() uint64
	// Enqueue puts jobs into the job queue within the batch's transaction.
	Enqueue func(ctx context.Context, tx pgx.Tx, jobs []ledger.Job) error
	// Committed is called after each commit with the letters it wrote, in order. It must not block, nor keep the slice.
	Committed func([]outbox.Item)
	// Doubted is called when it is not known whether a batch was committed, before Commit answers: its letters may be in the
	// database without Committed having been told. It must not block.
	Doubted func()
	// Refresh makes the letter that shows a notice's new fate on the report's card; the zero Letter where it has none.
	Refresh func(report.Report) ledger.Letter
	// Unreached is what becomes of a person of the desk whose chat takes no letters any more; ok is false where nothing does.
	Unreached func(op ledger.Operator, cause string) (b ledger.Batch, ok bool)
	// TimeHere is the machine's clock, nil: the real one.
	TimeHere func() time.Time
	// Tempo is how many times more seldom a holder of a name says that it lives; whoever waits for it on another machine waits as many
	// times longer. 0 and 1: once a second.
	Tempo int
	// Share is that of the governments of this program, nil: none.
	Share *Share
	// Unasked is told when it cannot be asked any more who holds a name, and why, once until it can; nil: nobody is told.
	Unasked func(name string, err error)
}

// Store is the PostgreSQL home of reports and letters: it commits batches (ledger.Store) and is the queue of the outbox.
// What reads, counts and gives numbers stands beside it, each for itself.
type Store struct {
	Options
	*Reader
	*Figures
	*Addresses
	*Keeper
	*Watch
	numbers
	gap     report.Gap
	erasure string // the key of what stands in place of what was erased
	group   *group
	writer  writer
	since   atomic.Int64 // Since, in nanoseconds since 1970
}

var (
	_ ledger.Store  = (*Store)(nil)
	_ ledger.Reader = (*Store)(nil)

	_ ledger.CitizenReader = (*Reader)(nil)
	_ ledger.Pleas         = (*Store)(nil)
	_ ledger.Figures       = (*Figures)(nil)
	_ outbox.Colds         = (*Store)(nil)
	_ outbox.Invitations   = (*Store)(nil)
	_ outbox.Later         = (*Store)(nil)

	_ outbox.Queue     = (*Store)(nil)
	_ outbox.Directory = (*Store)(nil)
)

// idleMost is how long a connection of a small pool is kept that nobody needs, looked at as often.
const idleMost = 10 * time.Second

// Connect opens a pool. The DSN is a PostgreSQL URL or key=value string; of several servers in it the one is taken that takes writes. size 0
// takes the default of 16 connections.
func Connect(ctx context.Context, dsn string, size int32) (*pgxpool.Pool, error) {
	return connect(ctx, dsn, size, func(*pgxpool.Config) {})
}

func connect(ctx context.Context, dsn string, size int32, change func(*pgxpool.Config)) (*pgxpool.Pool, error) {
	cfg, err := configOf(dsn)
	if err != nil {
		return nil, err
	}
	if size == 0 {
		size = 16
	} else {
		cfg.MaxConnIdleTime, cfg.HealthCheckPeriod = idleMost, idleMost
		// A connection that broke while it was idle is found by who uses it, and what he wanted comes again.
		cfg.ShouldPing = func(context.Context, pgxpool.ShouldPingParams) bool { return false }
	}
	cfg.MaxConns = size
	cfg.ConnConfig.StatementCacheCapacity = 64 // more than the program has; each connection sets its cache aside at once
	if cfg.ConnConfig.DefaultQueryExecMode == pgx.QueryExecModeCacheStatement {
		cfg.ConnConfig.DescriptionCacheCapacity = 0 // the other modes', set aside at once as well
	}
	change(cfg)
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	return pool, nil
}

// New makes a Store on a migrated database, whose figures it brings up to date (Count). seed is used as the key of report ids when the database has none yet.
func New(ctx context.Context, o Options, seed string) (*Store, error) {
	// Two instances may begin on a new database at once: who comes second waits for the first one's key and reads it.
	const keep = `
INSERT INTO settings (name, value) VALUES ('number_key', $1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING value`
	if o.City != (City{}) {
		if err := claim(ctx, o.Pool, o.City); err != nil {
			return nil, err
		}
	}
	s := &Store{Options: o, Reader: NewReader(o.Pool), Figures: NewFigures(o.Pool),
		Addresses: &Addresses{db: o.Pool}, Keeper: &Keeper{db: o.Pool}, Watch: NewWatch(o.Pool),
		numbers: numbers{db: o.Pool, prefix: o.Prefix, chance: o.Chance}}
	s.writer.sensitive, s.w.sensitive = o.Sensitive, o.Sensitive
	if err := o.Pool.QueryRow(ctx, keep, seed).Scan(&s.key); err != nil {
		return nil, fmt.Errorf("read the key of report ids: %w", err)
	}
	all, err := restores(ctx, o.Pool)
	if err != nil {
		return nil, err
	}
	if len(all) > 0 {
		last := all[len(all)-1]
		s.slice, s.gap = last.Slice, report.Gap{From: last.From, Until: last.Until}
	}
	const secret = `
INSERT INTO settings (name, value) VALUES ('erasure_key', $1) ON CONFLICT (name) DO UPDATE SET name = excluded.name RETURNING value`
	if err := o.Pool.QueryRow(ctx, secret, rand.Text()+rand.Text()).Scan(&s.erasure); err != nil {
		return nil, fmt.Errorf("read the key of erasings: %w", err)
	}
	if s.chance == nil {
		s.chance = chance
	}
	if s.Enqueue == nil {
		s.Enqueue = func(context.Context, pgx.Tx, []ledger.Job) error { return nil }
	}
	if s.Committed == nil {
		s.Committed = func([]outbox.Item) {}
	}
	if s.Doubted == nil {
		s.Doubted = func() {}
	}
	if err := s.Count(ctx); err != nil {
		return nil, err
	}
	if o.TimeHere == nil {
		o.TimeHere = time.Now
	}
	if s.leases, err = newLeases(ctx, o.Pool, o); err != nil {
		return nil, err
	}
	s.group = newGroup(s)
	return s, nil
}

// Close waits until what was asked to be committed is. No Commit may follow.
func (s *Store) Close() {
	s.group.in.Close()
	s.leases.db.Close()
}

// queueOf names the queue of a letter and the chat it is for.
func queueOf(l ledger.Letter) (network, lane string) {
	return outbox.QueueOf(l), l.To.Chat().String()
}

// RefKey is how a sent message is found again.
func RefKey(r bot.MessageRef) string { return r.Chat.Chat().String() + "#" + r.ID }

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		// Only types of our own come here, and none of them holds what JSON cannot.
		panic(fmt.Sprintf("marshal %T: %v", v, err))
	}
	return b
}
