package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/fleet"
	"rabeg/internal/sim/botapi"
)

// settled is how long after its start a program of many governments has come to rest: what it does at the start is over, and the job
// queues are shut.
const settled = 150 * time.Second

// measureGovernments measures what a further government costs to which nobody writes: one program serves a few, then many.
func (b *bench) measureGovernments(ctx context.Context) error {
	const few = 5
	many := max(b.cmd.Chats, 2*few)
	b.head("Governments nobody writes to, in one program: %d, then %d", few, many)
	var costs [2]idle
	for i, n := range []int{few, many} {
		c, err := b.idleWith(ctx, n)
		if err != nil {
			return err
		}
		costs[i] = c
		b.line(fmt.Sprintf("%d governments", n), "%.1f MB, %.2f transactions/s, %d connections, %.1f %% of a core, served after %s",
			float64(c.memory)/1e6, c.transactions, c.connections, 100*c.core, c.ready.Round(time.Second))
	}
	per, was, is := float64(many-few), costs[0], costs[1]
	b.line("a further one", "%.1f MB (wanted: 5), %.2f transactions/s (wanted: 0.2), %.1f connections",
		float64(is.memory-was.memory)/1e6/per, (is.transactions-was.transactions)/per, float64(is.connections-was.connections)/per)
	return nil
}

// idle is what a program takes to which nobody writes.
type idle struct {
	memory       int64 // bytes of its own
	transactions float64
	connections  int
	core         float64
	ready        time.Duration
}

func (b *bench) idleWith(ctx context.Context, n int) (cost idle, err error) {
	dir, err := os.MkdirTemp(b.dir, "governments-")
	if err != nil {
		return cost, fmt.Errorf("make the governments' folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	for i := range n {
		api := botapi.New(botapi.Options{Token: fmt.Sprintf("%d:a-government-of-the-bench", 1000+i)})
		if err := api.Start("127.0.0.1:0"); err != nil {
			return cost, err
		}
		defer api.Close()
		home := filepath.Join(dir, fmt.Sprintf("kota-%d", i))
		if err := os.Mkdir(home, 0o700); err != nil {
			return cost, fmt.Errorf("make a government's folder: %w", err)
		}
		text := "RABEG_PROFILE=serang\nTELEGRAM_TOKEN=" + api.Token() + "\nTELEGRAM_API_URL=" + api.URL() + "\n"
		if err := os.WriteFile(filepath.Join(home, fleet.SettingsFile), []byte(text), 0o600); err != nil {
			return cost, fmt.Errorf("write a government's settings: %w", err)
		}
	}
	dsn, err := b.database(ctx, "governments", 7)
	if err != nil {
		return cost, err
	}
	p, err := b.fleet(ctx, dir, dsn)
	if err != nil {
		return cost, err
	}
	defer func() { err = errors.Join(err, p.end()) }()
	cost, err = b.resting(ctx, p, dsn)
	cost.ready = p.ready
	return cost, err
}

// fleet starts the shipped program with a folder of governments.
func (b *bench) fleet(ctx context.Context, dir, dsn string) (*product, error) {
	exe, err := b.rabeg()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, exe, "serve", "--governments", dir)
	cmd.Env = append(os.Environ(), "DATABASE_URL="+dsn, "REDIS_URL="+b.redis.DatabaseURL(7), "TELEGRAM_TOKEN=", "TELEGRAM_DESK=", "LISTEN=127.0.0.1:0",
		"LOG_LEVEL=error", "MEDIA_URL=file://"+filepath.Join(b.dir, "media"))
	said, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the product: %w", err)
	}
	cmd.Stderr = os.Stderr
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the product: %w", err)
	}
	for lines := bufio.NewScanner(said); lines.Scan(); {
		if addr, ok := strings.CutPrefix(lines.Text(), "ready "); ok {
			return &product{cmd: cmd, addr: addr, ready: time.Since(began)}, nil
		}
	}
	return nil, fmt.Errorf("start the product: it ended before it was ready (%w)", cmd.Wait())
}

// resting measures a program that has come to rest, for as long as each measurement lasts and half a minute at least.
func (b *bench) resting(ctx context.Context, p *product, dsn string) (cost idle, err error) {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return cost, fmt.Errorf("ask what the database did: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	count := func() (n float64, err error) {
		const done = `
SELECT sum(xact_commit + xact_rollback)::float8, (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())
FROM pg_stat_database WHERE datname LIKE 'rabeg\_%'`
		err = conn.QueryRow(ctx, done).Scan(&n, &cost.connections)
		return n, err
	}
	if !rests(ctx, settled) {
		return cost, ctx.Err()
	}
	before, err := count()
	if err != nil {
		return cost, fmt.Errorf("ask what the database did: %w", err)
	}
	used, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return cost, err
	}
	long := max(time.Duration(b.cmd.Seconds)*time.Second, 60*time.Second)
	if !rests(ctx, long) {
		return cost, ctx.Err()
	}
	after, err := count()
	if err != nil {
		return cost, fmt.Errorf("ask what the database did: %w", err)
	}
	now, err := usageOf(p.cmd.Process.Pid)
	cost.memory, cost.transactions, cost.core = now.own, (after-before)/long.Seconds(), (now.cpu-used.cpu).Seconds()/long.Seconds()
	return cost, err
}

func rests(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
