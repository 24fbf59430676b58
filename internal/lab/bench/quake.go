package bench

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/internal/app"
	"rabeg/internal/postgres"
	"rabeg/internal/sim/botapi"
)

const (
	// shaken is how many people report an earthquake, within quakeLasts; of each endangered one tells of somebody in danger.
	shaken     = 2000
	quakeLasts = 10 * time.Minute
	endangered = 25
	// What it has to reach: a danger before the desk, an answer to a citizen (of a hundred 99), megabytes, and how much longer than the
	// group's limit alone makes it the desk may lag behind.
	mostDangerWait = time.Second
	mostAnswerWait = 5 * time.Second
	mostQuakeMB    = 150
	quakeTurns     = 8
	dangerTurns    = 3 // who is in danger has told it, and where, and is silent then
	quakeGroup     = -1001
)

// quake is an earthquake: what people heard, and what the desk read.
type quake struct {
	api     *botapi.Server
	answers latencies

	mu     sync.Mutex
	danger map[string]time.Time // when each danger was told, by a word of its own
	seen   map[string]time.Time // when the desk first read it
	codes  map[string]time.Time // when the desk first read a number
	posts  int
	last   time.Time // when the desk first read a number or a danger last
}

// runQuake lets an earthquake happen: two thousand reports in ten minutes, at the limits that Telegram sets, twenty messages a minute into
// the group among them.
func (b *bench) runQuake(ctx context.Context) (err error) {
	if err := b.start(ctx); err != nil {
		return errors.Join(err, b.stop())
	}
	defer func() { err = errors.Join(err, b.stop()) }()
	b.head("An earthquake: %d reports in %s, into a group that takes 20 messages a minute", shaken, quakeLasts)
	limits := botapi.TelegramLimits()
	api, p, dsn, err := b.stageFor(ctx, "quake", "network", 6, botapi.Options{KeepHistory: 60, KeepEvents: 20000, Limits: &limits})
	if err != nil {
		return err
	}
	defer api.Close()
	q := &quake{api: api, danger: map[string]time.Time{}, seen: map[string]time.Time{}, codes: map[string]time.Time{}}
	watching, stop := context.WithCancel(ctx)
	watched := make(chan error, 1)
	go func() { watched <- q.watch(watching) }()
	defer stop()
	began := time.Now()
	if err := q.shake(ctx); err != nil {
		return err
	}
	told := time.Now()
	all, err := q.settle(ctx, dsn, told.Add(quakeLasts))
	if err != nil {
		return err
	}
	stop()
	if err := <-watched; err != nil && !errors.Is(err, context.Canceled) {
		return err
	}
	used, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	b.tellQuake(q, began, told, all, used)
	return p.end()
}

// shake lets everybody tell, one after the other over the time it lasts.
func (q *quake) shake(ctx context.Context) error {
	var g errgroup.Group
	var failed atomic.Int64
	began := time.Now()
	for i := range shaken {
		wait := time.NewTimer(time.Until(began.Add(quakeLasts * time.Duration(i) / shaken)))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-wait.C:
		}
		g.Go(func() error {
			bounded, cancel := context.WithTimeout(ctx, 2*time.Minute)
			defer cancel()
			err := q.tells(bounded, i)
			if err != nil {
				failed.Add(1)
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return fmt.Errorf("%d of %d were not answered, one of them: %w", failed.Load(), shaken, err)
	}
	return nil
}

// tells is one person: what happened, where, and what is to be sent, until the number comes.
func (q *quake) tells(ctx context.Context, i int) error {
	p := q.api.Person(int64(100000+i), "Warga")
	_, lat, lon := lamp(fmt.Sprint("quake", i))
	text := fmt.Sprintf("gempa barusan, jalan retak dan lampu pju roboh, tiang %d rt %d", 1+i%9973, 1+i%97)
	if i%endangered == 0 {
		word := fmt.Sprintf("gang%dx", i)
		text = fmt.Sprintf("tolong, ada orang tertimpa tembok roboh kena gempa, di %s", word)
		q.mu.Lock()
		q.danger[word] = time.Now()
		q.mu.Unlock()
	}
	turns := []func() (botapi.Message, error){
		func() (botapi.Message, error) { return p.Text(text) },
		func() (botapi.Message, error) { return p.Location(lat, lon) },
		func() (botapi.Message, error) { return p.Text("kirim") },
		func() (botapi.Message, error) { return p.Text("beda, buat laporan baru") },
	}
	heard := 0
	most := quakeTurns
	if i%endangered == 0 {
		most = dangerTurns
	}
	for n := range most {
		began := time.Now()
		if _, err := turns[min(n, 2+n%2)](); err != nil {
			return err
		}
		filed := false
		_, err := q.api.WaitFor(ctx, p.ID(), func(all []botapi.Seen) bool {
			now := 0
			for _, m := range all {
				if m.FromBot {
					now++
					filed = filed || codeIn.MatchString(m.Text)
				}
			}
			if now <= heard {
				return false
			}
			heard = now
			return true
		})
		if err != nil {
			return fmt.Errorf("turn %d got no answer: %w", n+1, err)
		}
		q.answers.add(time.Since(began))
		if filed {
			return nil
		}
	}
	if i%endangered == 0 {
		return nil // it is filed when he or she falls silent
	}
	return fmt.Errorf("no number after %d turns", quakeTurns)
}

var (
	codeIn = regexp.MustCompile(`SRG-[0-9A-Z]{5}-[0-9A-Z]`) //nolint:gochecknoglobals // a constant
	gangIn = regexp.MustCompile(`gang[0-9]+x`)              //nolint:gochecknoglobals // a constant
)

// watch reads what the desk reads.
func (q *quake) watch(ctx context.Context) error {
	var seq int64
	for {
		events, err := q.api.Events(ctx, quakeGroup, seq, 200)
		if err != nil {
			return err
		}
		q.mu.Lock()
		for _, e := range events {
			seq = e.Seq
			if e.Message == nil || !e.Message.FromBot {
				continue
			}
			if e.Kind == botapi.Sent {
				q.posts++
			}
			text, now := e.Message.Text+" "+e.Message.Caption, time.Now()
			note := func(m map[string]time.Time, key string) {
				if _, has := m[key]; !has {
					m[key], q.last = now, now
				}
			}
			for _, code := range codeIn.FindAllString(text, -1) {
				note(q.codes, code)
			}
			for _, word := range gangIn.FindAllString(text, -1) {
				note(q.seen, word)
			}
		}
		q.mu.Unlock()
	}
}

// filed are all numbers that were given.
func filed(ctx context.Context, dsn string) (codes []string, cards int, err error) {
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return nil, 0, err
	}
	defer pool.Close()
	const ask = `SELECT array(SELECT code FROM reports), (SELECT count(*) FROM letters WHERE purpose = 'card' AND state IN ('waiting', 'sending'))`
	err = pool.QueryRow(ctx, ask).Scan(&codes, &cards)
	return codes, cards, err
}

// settle waits until the desk has read of every report, at most until then.
func (q *quake) settle(ctx context.Context, dsn string, until time.Time) (codes []string, err error) {
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		codes, waiting, err := filed(ctx, dsn)
		if err != nil {
			return nil, err
		}
		if time.Now().After(until) || waiting == 0 && len(q.unread(codes)) == 0 {
			return codes, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

// unread are the numbers that the desk has not read of.
func (q *quake) unread(codes []string) (out []string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, c := range codes {
		if _, has := q.codes[c]; !has {
			out = append(out, c)
		}
	}
	return out
}

func (b *bench) tellQuake(q *quake, began, told time.Time, codes []string, used usage) {
	verdict := func(holds bool) string {
		if holds {
			return "holds"
		}
		return "TOO SLOW"
	}
	first, slowest, unseen := time.Duration(0), time.Duration(0), 0
	for word, at := range q.danger {
		seen, has := q.seen[word]
		switch wait := seen.Sub(at); {
		case !has:
			unseen++
		case word == "gang0x":
			first = wait
			fallthrough
		default:
			slowest = max(slowest, wait)
		}
	}
	p99 := q.answers.at(.99)
	b.line("answers to citizens", "%d, p50 %s, p99 %s (limit %s): %s", len(q.answers.all), show(q.answers.at(.5)), show(p99), mostAnswerWait, verdict(p99 <= mostAnswerWait))
	b.line("first danger in the desk", "after %s (limit %s): %s; the slowest of %d after %s, %d unread", show(first), mostDangerWait,
		verdict(first <= mostDangerWait), len(q.danger), show(slowest), unseen)
	missing := q.unread(codes)
	b.line("reports filed", "%d; the desk has not read of %d", len(codes), len(missing))
	lag := q.last.Sub(told)
	minutes := q.last.Sub(began).Minutes()
	b.line("the desk has read of all", "%.0f s after the last report; %d messages in %.1f minutes = %.1f a minute (limit 20)", lag.Seconds(), q.posts, minutes, float64(q.posts)/minutes)
	b.line("reports for each message", "%.1f", float64(len(codes))/float64(max(q.posts, 1)))
	b.line("times 429", "%d: %s", q.api.Stats().TooMany, strings.Replace(verdict(q.api.Stats().TooMany == 0), "TOO SLOW", "TOO FAST", 1))
	mb := float64(used.peak) / 1e6
	b.line("product's memory", "%.0f MB at most (limit %d MB): %s", mb, mostQuakeMB, strings.Replace(verdict(mb <= mostQuakeMB), "TOO SLOW", "TOO MUCH", 1))
}

// what runs what is measured by itself.
func (b *bench) what(ctx context.Context) error {
	switch b.cmd.What {
	case "store":
		return b.runStore(ctx)
	case "quake":
		return b.runQuake(ctx)
	}
	return app.Wrong("bench", "there is no such measurement", "rabeg-lab bench store, or rabeg-lab bench quake")
}
