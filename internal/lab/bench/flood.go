package bench

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/internal/sim/botapi"
)

const (
	// others is how many governments are looked at beside the one that is flooded, calmEvery how often a person begins to write to each.
	others    = 5
	calmEvery = 400 * time.Millisecond
	// floods is how many messages a second come to the one.
	floods = 50
	// floodFor is how long people write at least, each time.
	floodFor = 20 * time.Second
	// mostWorse is how much longer others may wait while one is flooded.
	mostWorse = 0.2
)

// measureFlooded measures how long people of some of many governments wait for an answer: while nobody else writes, while one other
// government gets many messages a second, and while that one gets as many as it answers. Before and after each of these nobody else
// writes: what else the machine does is in both.
func (b *bench) measureFlooded(ctx context.Context) error {
	return b.province(ctx, max(b.cmd.Chats, others+1), false, func(p *province) error { return b.flooded(ctx, p) })
}

func (b *bench) flooded(ctx context.Context, p *province) error {
	b.head("%d of %d governments at their ease, one other flooded", others, len(p.apis))
	long := max(floodFor, time.Duration(b.cmd.Seconds)*time.Second)
	calm := p.apis[1 : others+1]
	var people atomic.Int64
	people.Store(10_000)
	if _, err := b.ease(ctx, calm, floodFor/6, &people); err != nil { // warm up
		return err
	}
	for _, f := range []struct {
		what string
		pour func(context.Context, *latencies) error
	}{
		{fmt.Sprintf("%d messages a second", floods), func(ctx context.Context, l *latencies) error { return b.pours(ctx, p.apis[0], long, l, &people) }},
		{"as many as it answers", func(ctx context.Context, l *latencies) error {
			var done atomic.Int64
			return b.crowd(ctx, p.apis[0], long, l, &done, &people)
		}},
	} {
		quiet, err := b.ease(ctx, calm, long, &people)
		if err != nil {
			return err
		}
		var g errgroup.Group
		var one latencies
		g.Go(func() error { return f.pour(ctx, &one) })
		l, err := b.ease(ctx, calm, long, &people)
		if err := errorsOf(g.Wait(), err); err != nil {
			return err
		}
		after, err := b.ease(ctx, calm, long, &people)
		if err != nil {
			return err
		}
		quiet.all = append(quiet.all, after.all...)
		b.line("nobody writes to the one", "p50 %.1f ms, p99 %.1f ms of %d answers", ms(quiet.at(.5)), ms(quiet.at(.99)), len(quiet.all))
		b.line(f.what, "p50 %.1f ms, p99 %.1f ms of %d answers: p99 %+.0f %% (wanted: at most %+.0f %%)", ms(l.at(.5)), ms(l.at(.99)), len(l.all),
			100*(ms(l.at(.99))/ms(quiet.at(.99))-1), 100*mostWorse)
		b.line("the one itself", "%.0f answers/s, p50 %.1f ms, p99 %.1f ms", float64(len(one.all))/long.Seconds(), ms(one.at(.5)), ms(one.at(.99)))
	}
	return nil
}

func errorsOf(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// ease lets people write to some governments, one after the other and each as soon as the last word is answered.
func (b *bench) ease(ctx context.Context, apis []*botapi.Server, d time.Duration, people *atomic.Int64) (*latencies, error) {
	var l latencies
	var done atomic.Int64
	var g errgroup.Group
	for _, api := range apis {
		g.Go(func() error {
			tick := time.NewTicker(calmEvery)
			defer tick.Stop()
			for until := time.Now().Add(d); time.Now().Before(until); {
				if err := within(ctx, api, people.Add(1), &l, &done); err != nil {
					return err
				}
				<-tick.C
			}
			return nil
		})
	}
	return &l, g.Wait()
}

// pours lets messages come to a government at a steady pace, whatever the answers do.
func (b *bench) pours(ctx context.Context, api *botapi.Server, d time.Duration, l *latencies, people *atomic.Int64) error {
	var g errgroup.Group
	var done atomic.Int64
	tick := time.NewTicker(time.Second * time.Duration(len(steps)) / floods)
	defer tick.Stop()
	for until := time.Now().Add(d); time.Now().Before(until); <-tick.C {
		g.Go(func() error { return within(ctx, api, people.Add(1), l, &done) })
	}
	return g.Wait()
}

func within(ctx context.Context, api *botapi.Server, id int64, l *latencies, done *atomic.Int64) error {
	bounded, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	return dialogue(bounded, api, id, l, done)
}

// freePort is an address on this machine that nobody listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("find a free port: %w", err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().String(), nil
}
