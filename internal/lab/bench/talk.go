package bench

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/internal/postgres"
	"rabeg/internal/sim/botapi"
)

// latencies collects reply times.
type latencies struct {
	mu  sync.Mutex
	all []time.Duration
}

func (l *latencies) add(d time.Duration) {
	l.mu.Lock()
	l.all = append(l.all, d)
	l.mu.Unlock()
}

// at gives the time that a share of replies took at most.
func (l *latencies) at(share float64) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) == 0 {
		return 0
	}
	slices.Sort(l.all)
	return l.all[min(len(l.all)-1, int(share*float64(len(l.all))))]
}

// script is the five-step dialogue: greeted, told, where, one more sentence, sent.
var steps = [...]func(p *botapi.Person) error{ //nolint:gochecknoglobals // a constant table
	func(p *botapi.Person) error { _, err := p.Text("halo"); return err },
	func(p *botapi.Person) error {
		text, _, _ := lamp(fmt.Sprint(p.ID()))
		_, err := p.Text(text)
		return err
	},
	func(p *botapi.Person) error {
		_, lat, lon := lamp(fmt.Sprint(p.ID()))
		_, err := p.Location(lat, lon)
		return err
	},
	func(p *botapi.Person) error {
		_, err := p.Text("warga sudah lama menunggu perbaikannya")
		return err
	},
	func(p *botapi.Person) error { _, err := p.Text("kirim"); return err },
}

// dialogue lets one fresh person go through the steps, each after the answer to the one before.
func dialogue(ctx context.Context, api *botapi.Server, id int64, l *latencies, done *atomic.Int64) error {
	p := api.Person(id, "Warga")
	said := 0
	for n, step := range steps {
		began := time.Now()
		if err := step(p); err != nil {
			return err
		}
		_, err := api.WaitFor(ctx, p.ID(), func(all []botapi.Seen) bool {
			now := 0
			for _, m := range all {
				if m.FromBot {
					now++
				}
			}
			if now > said {
				said = now
				return true
			}
			return false
		})
		if err != nil {
			return fmt.Errorf("step %d got no answer: %w", n+1, err)
		}
		l.add(time.Since(began))
		done.Add(1)
	}
	return nil
}

// stage starts a local Bot API and the product on fresh stores.
func (b *bench) stageFor(ctx context.Context, name, pace string, db int, o botapi.Options) (*botapi.Server, *product, string, error) {
	dsn, err := b.database(ctx, name, db)
	if err != nil {
		return nil, nil, "", err
	}
	api := botapi.New(o)
	if err := api.Start("127.0.0.1:0"); err != nil {
		return nil, nil, "", fmt.Errorf("start the local Bot API: %w", err)
	}
	api.Group(-1001, "Meja", false)
	p, err := b.shipped(ctx, api, name, dsn, pace, db)
	if err != nil {
		api.Close()
		return nil, nil, "", err
	}
	return api, p, dsn, nil
}

// measureDialogue lets people talk as fast as they are answered.
func (b *bench) measureDialogue(ctx context.Context) error {
	b.head("%d chats in a five-step dialogue, as fast as they are answered, for %d s", b.cmd.Chats, b.cmd.Seconds)
	api, p, dsn, err := b.stageFor(ctx, "dialogue", "off", 1, botapi.Options{KeepHistory: 40, KeepEvents: 100})
	if err != nil {
		return err
	}
	defer api.Close()
	b.line("ready after", "%.2f s", p.ready.Seconds())
	var l latencies
	var done, people atomic.Int64
	talk := func(d time.Duration) error { return b.crowd(ctx, api, d, &l, &done, &people) }
	if err := talk(2 * time.Second); err != nil { // warm up
		return err
	}
	l.all = nil
	done.Store(0)
	before, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	shares := b.shares()
	began := time.Now()
	if err := talk(time.Duration(b.cmd.Seconds) * time.Second); err != nil {
		return err
	}
	took := time.Since(began)
	shares = shares.since(b.shares())
	after, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	n := done.Load()
	perSecond := float64(n) / took.Seconds()
	b.line("messages answered", "%d in %.1f s = %.0f/s (wanted %d/s: %.0f %%)", n, took.Seconds(), perSecond, wantPerSecond, 100*perSecond/wantPerSecond)
	b.line("reply p50 / p99", "%.1f ms / %.1f ms", ms(l.at(.5)), ms(l.at(.99)))
	cpu := ms((after.cpu - before.cpu) / time.Duration(n))
	b.line("product's CPU per message", "%.3f ms (limit %.2f ms: %.0f %%)", cpu, mostCPU, 100*cpu/mostCPU)
	b.line("beside it, per message", "%.3f ms PostgreSQL, %.3f ms Redis, %.3f ms the talking people and their Telegram",
		ms(shares.postgres/time.Duration(n)), ms(shares.redis/time.Duration(n)), ms(shares.load/time.Duration(n)))
	b.line("product's memory", "%.0f MB at most, the program file's pages among them (limit %d MB: %.0f %%); %.0f MB of its own after the load",
		float64(after.peak)/1e6, mostMemory, 100*float64(after.peak)/1e6/mostMemory, float64(after.own)/1e6)
	if b.raw.grouped > 0 {
		b.line("of the raw commits", "%.0f %% grouped, %.0f %% alone", 100*perSecond/b.raw.grouped, 100*perSecond/b.raw.alone)
		b.line("of the raw scripts", "%.0f %% (two a message)", 100*2*perSecond/b.raw.scripts)
	}
	if err := p.end(); err != nil {
		return fmt.Errorf("the product ended badly: %w", err)
	}
	if err := b.allFiled(ctx, dsn, people.Load()); err != nil {
		return err
	}
	return b.cards(ctx, dsn)
}

// cards tells how many of the reports' cards went out: they all go to one chat, one at a time.
func (b *bench) cards(ctx context.Context, dsn string) error {
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return err
	}
	defer pool.Close()
	var sent, all int
	const count = `SELECT count(*) FILTER (WHERE state = 'sent'), count(*) FROM letters WHERE purpose = 'card'`
	if err := pool.QueryRow(ctx, count).Scan(&sent, &all); err != nil {
		return fmt.Errorf("count the cards: %w", err)
	}
	b.line("their cards sent meanwhile", "%d of %d: all go to one chat, one at a time", sent, all)
	return nil
}

// crowd lets as many people talk at once as there are chats, one dialogue after the other, for a while.
func (b *bench) crowd(ctx context.Context, api *botapi.Server, d time.Duration, l *latencies, done, people *atomic.Int64) error {
	until := time.Now().Add(d)
	var g errgroup.Group
	for range b.cmd.Chats {
		g.Go(func() error {
			for time.Now().Before(until) {
				bounded, cancel := context.WithTimeout(ctx, 30*time.Second)
				err := dialogue(bounded, api, 10000+people.Add(1), l, done)
				cancel()
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	return g.Wait()
}

// allFiled checks that each person's dialogue ended in exactly one report.
func (b *bench) allFiled(ctx context.Context, dsn string, people int64) error {
	reports, reporters, err := countReports(ctx, dsn)
	if err != nil {
		return err
	}
	b.line("reports filed", "%d for %d people", reports, people)
	if reports != people || reporters != people {
		return fmt.Errorf("%d people told, %d reports of %d people were filed", people, reports, reporters)
	}
	return nil
}

// What the dialogue has to reach: answers a second, CPU milliseconds a message, megabytes.
const (
	wantPerSecond = 3000
	mostCPU       = 0.25
	mostMemory    = 80
)

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// measureOffered lets messages come at a steady pace, whatever the answers do.
func (b *bench) measureOffered(ctx context.Context) error {
	const perSecond = 200
	b.head("%d messages a second offered, for %d s", perSecond, b.cmd.Seconds)
	api, p, _, err := b.stageFor(ctx, "offered", "off", 2, botapi.Options{KeepHistory: 40, KeepEvents: 100})
	if err != nil {
		return err
	}
	defer api.Close()
	var l latencies
	var done atomic.Int64
	var all sync.WaitGroup
	failed := make(chan error, 1)
	tick := time.NewTicker(time.Second * time.Duration(len(steps)) / perSecond)
	defer tick.Stop()
	for id := range int64(b.cmd.Seconds * perSecond / len(steps)) {
		<-tick.C
		all.Go(func() {
			bounded, cancel := context.WithTimeout(ctx, 30*time.Second)
			defer cancel()
			if err := dialogue(bounded, api, 10000+id, &l, &done); err != nil {
				select {
				case failed <- err:
				default:
				}
			}
		})
	}
	all.Wait()
	select {
	case err := <-failed:
		return err
	default:
	}
	b.line("messages answered", "%d", done.Load())
	b.line("reply p50 / p99", "%.1f ms / %.1f ms (limit 50 ms: %.0f %%)", ms(l.at(.5)), ms(l.at(.99)), 100*ms(l.at(.99))/50)
	return p.end()
}
