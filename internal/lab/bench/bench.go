// Package bench measures the product's speed and memory, beside what the machine allows.
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
	"runtime/debug"
	"strings"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/embedded"
	"rabeg/internal/embedded/standin"
	"rabeg/internal/sim/botapi"
)

// Options say what is measured, and how.
type Options struct {
	// What is measured by itself: "store" what the desk asks of a store that is filled, "quake" a burst of reports, "public" the public pages; "": everything else.
	What    string
	Reports int // the most reports that the store is filled with
	// Messages is how many messages are written into a filled store, to see what they cost and leave: 180,000 are an hour of 50 a second.
	Messages int
	Seconds  int    // how long each measurement lasts
	Chats    int    // how many people talk at once
	Only     string // one measurement alone, or "all"
	Dir      string // where the data lie, on a disk; "": in a folder of its own, which is removed
	Profile  string // where CPU profiles are written, "": nowhere
	Program  string // the product that is measured; "": the rabeg beside this program
}

// bench is one run: private stores that wait for the disk, a local Bot API, and the product as a process of its own.
type bench struct {
	cmd   Options
	out   io.Writer
	dir   string
	pg    *embedded.Postgres
	redis *embedded.Redis
	raw   rawLimits
}

// Run measures.
func Run(ctx context.Context, o Options, out io.Writer) (err error) {
	b := &bench{cmd: o, out: out}
	if o.What == "public" {
		return b.runPublic(ctx)
	}
	if o.What != "" {
		return b.what(ctx)
	}
	todo, err := b.chosen(o.Only)
	if err != nil {
		return err
	}
	debug.SetGCPercent(400) // the people and their Telegram share the cores with what is measured
	stop, err := app.ProfileCPU(b.profile("load"))
	if err != nil {
		return err
	}
	defer stop()
	if err := b.start(ctx); err != nil {
		return errors.Join(err, b.stop())
	}
	defer func() { err = errors.Join(err, b.stop()) }()
	for _, m := range todo {
		if err := m.run(ctx); err != nil {
			return fmt.Errorf("measure %s: %w", m.name, err)
		}
	}
	return nil
}

type measurement struct {
	name string
	run  func(context.Context) error
}

// chosen gives the measurements to make: all, or the one of this name.
func (b *bench) chosen(only string) ([]measurement, error) {
	every := []measurement{
		{"raw", b.measureRaw}, {"dialogue", b.measureDialogue}, {"offered", b.measureOffered},
		{"whatsapp", b.measureWhatsApp}, {"cloud", b.measureCloud}, {"pace", b.measurePace},
		{"hurried", b.measureHurried},
	}
	if only == "all" {
		return every, nil
	}
	// What idle governments cost takes minutes of rest, an hour takes an hour: they are measured when they are asked for.
	for _, m := range append(every, measurement{"governments", b.measureGovernments}, measurement{"hooked", b.measureHooked}, measurement{"flooded", b.measureFlooded},
		measurement{"hour", b.measureHour}) {
		if m.name == only {
			return []measurement{m}, nil
		}
	}
	return nil, app.Wrong("--only", "there is no such measurement", "raw, dialogue, offered, whatsapp, cloud, pace, hurried, governments, hooked, flooded or hour")
}

func (b *bench) line(what, format string, args ...any) {
	_, _ = fmt.Fprintf(b.out, "  %-34s %s\n", what, fmt.Sprintf(format, args...))
}

func (b *bench) head(format string, args ...any) {
	_, _ = fmt.Fprintf(b.out, "\n"+format+"\n", args...)
}

// startPostgres makes the data folder and starts a PostgreSQL in it.
func (b *bench) startPostgres(ctx context.Context) (err error) {
	dir := b.cmd.Dir
	if dir == "" {
		if dir, err = os.MkdirTemp("", "rabeg-bench-"); err != nil {
			return fmt.Errorf("make the data folder: %w", err)
		}
	}
	if b.dir, err = embedded.Place(dir); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	b.pg, err = embedded.StartPostgres(ctx, embedded.Options{Dir: b.dir, Durable: true})
	return err
}

func (b *bench) start(ctx context.Context) (err error) {
	if err := b.startPostgres(ctx); err != nil {
		return err
	}
	if b.redis, err = embedded.StartRedis(ctx, embedded.Options{Dir: b.dir, Durable: true, StandIn: standin.New()}); err != nil {
		return err
	}
	b.head("Rabeg bench: PostgreSQL %d with fsync, %s; all on this machine's cores together", b.pg.Version(), b.redis.Kind())
	return nil
}

func (b *bench) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // hundreds of databases take a while
	defer cancel()
	var all error
	if b.redis != nil {
		all = errors.Join(all, b.redis.Close(ctx))
	}
	if b.pg != nil {
		all = errors.Join(all, b.pg.Close(ctx))
	}
	if b.cmd.Dir == "" && b.dir != "" {
		all = errors.Join(all, os.RemoveAll(b.dir))
	}
	return all
}

// ours begins the name of every database that is made here, beside what others keep in that folder.
const ours = "bench_"

// database makes a fresh, migrated database, and empties the number of Redis that goes with it: of an earlier run on the
// same folder nothing may be left, or what people say now counts as heard already.
func (b *bench) database(ctx context.Context, name string, number int) (string, error) {
	name = ours + name
	if err := b.pg.FreshDatabase(ctx, name); err != nil {
		return "", err
	}
	if err := b.redis.Flush(ctx, number); err != nil {
		return "", err
	}
	dsn := b.pg.DSN(name)
	return dsn, app.Migrate(ctx, dsn)
}

// rabeg is the product that is measured.
func (b *bench) rabeg() (string, error) {
	if b.cmd.Program != "" {
		return b.cmd.Program, nil
	}
	here, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find this program: %w", err)
	}
	path := filepath.Join(filepath.Dir(here), "rabeg")
	if _, err := os.Stat(path); err != nil {
		return "", app.Wrong("--program", "the product is not beside this program: "+path, "bin/rabeg")
	}
	return path, nil
}

// product is the product serving, as a process of its own.
type product struct {
	cmd   *exec.Cmd
	addr  string
	ready time.Duration
}

// shipped starts the shipped program.
func (b *bench) shipped(ctx context.Context, api *botapi.Server, name, dsn, pace string, db int) (*product, error) {
	exe, err := b.rabeg()
	if err != nil {
		return nil, err
	}
	return b.product(ctx, exe, api, name, dsn, pace, db)
}

func (b *bench) product(ctx context.Context, exe string, api *botapi.Server, name, dsn, pace string, db int, more ...string) (*product, error) {
	cmd := exec.CommandContext(ctx, exe, "serve", "--pace", pace)
	cmd.Env = append(os.Environ(), "DATABASE_URL="+dsn, "REDIS_URL="+b.redis.DatabaseURL(db), "TELEGRAM_TOKEN="+api.Token(),
		"TELEGRAM_API_URL="+api.URL(), "TELEGRAM_WEBHOOK_URL=", "TELEGRAM_DESK=-1001", "LISTEN=127.0.0.1:0", "LOG_LEVEL=error",
		"MEDIA_URL=file://"+filepath.Join(b.dir, "media"), "RABEG_PROFILE=serang", "RABEG_CPU_PROFILE="+b.profile(name))
	cmd.Env = append(cmd.Env, more...)
	cmd.Stderr = b.out
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 15 * time.Second
	pipe, err := cmd.StdoutPipe()
	if err != nil {
		return nil, fmt.Errorf("start the product: %w", err)
	}
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the product: %w", err)
	}
	p := &product{cmd: cmd}
	for s := bufio.NewScanner(pipe); s.Scan(); {
		if addr, ok := strings.CutPrefix(s.Text(), "ready "); ok {
			p.addr, p.ready = addr, time.Since(began)
			go func() { _, _ = io.Copy(io.Discard, pipe) }()
			return p, nil
		}
	}
	return nil, fmt.Errorf("start the product: it ended before it was ready (%w)", cmd.Wait())
}

// profile is where the product writes its CPU profile during a measurement, "" for nowhere.
func (b *bench) profile(name string) string {
	if b.cmd.Profile == "" {
		return ""
	}
	return b.cmd.Profile + "." + name
}

func (p *product) end() error {
	_ = p.cmd.Process.Signal(os.Interrupt)
	return p.cmd.Wait()
}
