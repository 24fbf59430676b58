package bench

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"
)

// asker is somebody on a network who asks one question after the other.
type asker interface {
	// ask asks the nth question, from 0.
	ask(ctx context.Context, n int) error
	// hear waits until ok holds for how many messages have come so far.
	hear(ctx context.Context, ok func(messages int) bool) error
}

// asked is what each asks.
type asked struct {
	steps int           // questions
	each  int           // reports that are filed by them
	most  time.Duration // how long it may take, 0: not said
}

// askers lets people ask at once, each question after the answer to the one before, and ends the product. It fails when not every
// report was filed.
func (b *bench) askers(ctx context.Context, p *product, dsn string, people []asker, a asked) error {
	var l latencies
	before, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	began := time.Now()
	var g errgroup.Group
	for _, who := range people {
		g.Go(func() error { return question(ctx, who, a.steps, &l) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	took := time.Since(began)
	after, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return err
	}
	n := len(l.all)
	pace := fmt.Sprintf("%.0f a second", float64(n)/took.Seconds())
	if a.most > 0 {
		pace = fmt.Sprintf("limit %.0f s: %.0f %%", a.most.Seconds(), 100*took.Seconds()/a.most.Seconds())
	}
	b.line("questions answered", "%d in %.1f s (%s)", n, took.Seconds(), pace)
	b.line("reply p50 / p99", "%.0f ms / %.0f ms", ms(l.at(.5)), ms(l.at(.99)))
	b.line("product's CPU per message", "%.2f ms", ms((after.cpu-before.cpu)/time.Duration(n)))
	b.line("product's memory", "%.0f MB at most; %.0f MB of its own after the load", float64(after.peak)/1e6, float64(after.own)/1e6)
	if err := p.end(); err != nil {
		return fmt.Errorf("the product ended badly: %w", err)
	}
	reports, reporters, err := countReports(ctx, dsn)
	if err != nil {
		return err
	}
	b.line("reports filed", "%d for %d people", reports, reporters)
	if reports != int64(len(people)*a.each) || reporters != int64(len(people)) {
		return fmt.Errorf("%d people told %d times each, %d reports of %d people were filed", len(people), a.each, reports, reporters)
	}
	return nil
}

// question lets one person ask, each question after the answer to the one before.
func question(ctx context.Context, who asker, steps int, l *latencies) error {
	heard := 0
	for n := range steps {
		began := time.Now()
		bounded, cancel := context.WithTimeout(ctx, time.Minute)
		err := who.ask(bounded, n)
		if err == nil {
			err = who.hear(bounded, func(messages int) bool {
				more := messages > heard
				heard = messages
				return more
			})
		}
		cancel()
		if err != nil {
			return fmt.Errorf("question %d got no answer: %w", n+1, err)
		}
		l.add(time.Since(began))
	}
	return nil
}
