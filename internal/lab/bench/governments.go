package bench

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"rabeg/internal/fleet"
	"rabeg/internal/profile"
	"rabeg/internal/sim/botapi"
)

// settled is how long after its start a program of many governments has come to rest: what it does at the start is over, and the job
// queues are shut.
const settled = 150 * time.Second

// province is many governments, each with a bot and a database of its own, and the program that serves them.
type province struct {
	*product
	dsn  string // of the database beside which theirs are
	dir  string
	apis []*botapi.Server
}

// measureGovernments measures what a further government costs to which nobody writes: one program serves a few, then many.
func (b *bench) measureGovernments(ctx context.Context) error { return b.governments(ctx, false) }

// measureHooked is that where Telegram calls the program in place of being asked.
func (b *bench) measureHooked(ctx context.Context) error { return b.governments(ctx, true) }

func (b *bench) governments(ctx context.Context, hooked bool) error {
	const few = 5
	many, way := max(b.cmd.Chats, 2*few), "polling"
	if hooked {
		way = "webhooks"
	}
	b.head("Governments nobody writes to, in one program, %s: %d, then %d", way, few, many)
	var costs [2]idle
	for i, n := range []int{few, many} {
		if err := b.province(ctx, n, hooked, func(p *province) (err error) {
			if costs[i], err = b.resting(ctx, p); err != nil {
				return err
			}
			c := costs[i]
			b.line(fmt.Sprintf("%d governments", n), "%.1f MB, %.2f transactions/s, %d connections, %.1f %% of a core, served after %s",
				float64(c.memory)/1e6, c.transactions, c.connections, 100*c.core, p.ready.Round(time.Second))
			return nil
		}); err != nil {
			return err
		}
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
}

// province makes n governments and serves them while do is at work.
func (b *bench) province(ctx context.Context, n int, hooked bool, do func(*province) error) (err error) {
	p := &province{}
	if p.dir, err = os.MkdirTemp(b.dir, "governments-"); err != nil {
		return fmt.Errorf("make the governments' folder: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(p.dir)) }()
	if p.dsn, err = b.database(ctx, "governments", 7); err != nil {
		return err
	}
	listen, err := freePort()
	if err != nil {
		return err
	}
	defer func() {
		for _, api := range p.apis {
			api.Close()
		}
	}()
	names := profile.Names()
	for i := range n {
		api := botapi.New(botapi.Options{Token: fmt.Sprintf("%d:a-government-of-the-bench", 1000+i), KeepHistory: 40, KeepEvents: 100})
		if err := api.Start("127.0.0.1:0"); err != nil {
			return fmt.Errorf("start the local Bot API: %w", err)
		}
		p.apis = append(p.apis, api)
		api.Group(-1001, "Meja", false)
		name := fmt.Sprintf("kota-%d", i)
		text := "RABEG_PROFILE=" + names[i%len(names)] + "\nTELEGRAM_TOKEN=" + api.Token() + "\nTELEGRAM_API_URL=" + api.URL() + "\nTELEGRAM_DESK=-1001\n"
		if hooked {
			text += "TELEGRAM_WEBHOOK_URL=http://" + listen + "/webhook/" + name + "/telegram\nTELEGRAM_WEBHOOK_SECRET=a-secret-of-the-bench\n"
		}
		if err := b.government(ctx, p, name, text); err != nil {
			return err
		}
	}
	if p.product, err = b.fleet(ctx, p, listen); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.end()) }()
	return do(p)
}

// government makes the folder of one, and its database as a copy of one that has its shape.
func (b *bench) government(ctx context.Context, p *province, name, settings string) error {
	home := filepath.Join(p.dir, name)
	if err := os.Mkdir(home, 0o700); err != nil {
		return fmt.Errorf("make a government's folder: %w", err)
	}
	if err := os.WriteFile(filepath.Join(home, fleet.SettingsFile), []byte(settings), 0o600); err != nil {
		return fmt.Errorf("write a government's settings: %w", err)
	}
	conn, err := pgx.Connect(ctx, b.pg.DSN("postgres"))
	if err != nil {
		return fmt.Errorf("make a government's database: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	own := pgx.Identifier{"rabeg_" + strings.ReplaceAll(name, "-", "_")}.Sanitize()
	for _, do := range []string{"DROP DATABASE IF EXISTS " + own + " WITH (FORCE)", "CREATE DATABASE " + own + " TEMPLATE " + pgx.Identifier{ours + "governments"}.Sanitize()} {
		if _, err := conn.Exec(ctx, do); err != nil {
			return fmt.Errorf("make a government's database: %w", err)
		}
	}
	return nil
}

// fleet starts the shipped program with a folder of governments.
func (b *bench) fleet(ctx context.Context, p *province, listen string) (*product, error) {
	exe, err := b.rabeg()
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, exe, "serve", "--governments", p.dir, "--pace", "off")
	cmd.Env = append(os.Environ(), "DATABASE_URL="+p.dsn, "REDIS_URL="+b.redis.DatabaseURL(7), "TELEGRAM_TOKEN=", "TELEGRAM_DESK=", "LISTEN="+listen,
		"LISTEN_METRICS=127.0.0.1:0", "LOG_LEVEL=error", "MEDIA_URL=file://"+filepath.Join(b.dir, "media"))
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 30 * time.Second
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
			go func() { _, _ = io.Copy(io.Discard, said) }()
			return &product{cmd: cmd, addr: addr, ready: time.Since(began)}, nil
		}
	}
	return nil, fmt.Errorf("start the product: it ended before it was ready (%w)", cmd.Wait())
}

// resting measures a program that has come to rest, for as long as each measurement lasts and two minutes at least: each database is
// cleared up by PostgreSQL itself once a minute.
func (b *bench) resting(ctx context.Context, p *province) (cost idle, err error) {
	conn, err := pgx.Connect(ctx, p.dsn)
	if err != nil {
		return cost, fmt.Errorf("ask what the database did: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	count := func() (n float64, err error) {
		const done = `
SELECT sum(xact_commit + xact_rollback)::float8, (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid())
FROM pg_stat_database WHERE datname LIKE 'rabeg\_%'`
		if err = conn.QueryRow(ctx, done).Scan(&n, &cost.connections); err != nil {
			return 0, fmt.Errorf("ask what the database did: %w", err)
		}
		return n, nil
	}
	if !rests(ctx, settled) {
		return cost, ctx.Err()
	}
	before, err := count()
	if err != nil {
		return cost, err
	}
	used, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return cost, err
	}
	long := max(time.Duration(b.cmd.Seconds)*time.Second, 2*time.Minute)
	if !rests(ctx, long) {
		return cost, ctx.Err()
	}
	after, err := count()
	if err != nil {
		return cost, err
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
