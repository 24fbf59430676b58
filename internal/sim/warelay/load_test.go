package warelay

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// crowd logs many people in at once.
func crowd(ctx context.Context, r *Relay, n int) ([]*Person, error) {
	people := make([]*Person, n)
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(4 * runtime.GOMAXPROCS(0))
	for i := range people {
		g.Go(func() (err error) {
			people[i], err = r.Person(ctx, fmt.Sprintf("62817%08d", i+1), fmt.Sprintf("Warga %d", i+1))
			return err
		})
	}
	return people, g.Wait()
}

// 100 people come online; each asks ten questions one after the other and
// waits for the answer. Nothing is lost. How long it takes is in the log; a
// busy machine is no failure.
func TestHundredPeopleThousandQuestions(t *testing.T) {
	if testing.Short() {
		t.Skip("a thousand questions take some seconds")
	}
	ctx, r := start(t)
	people, questions := 100, 10
	if raceEnabled {
		people = 20 // the detector makes the cryptography ten times slower
	}
	b := bot(ctx, t, r, "6281700000000")
	b.echo(t)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin := time.Now()
	all, err := crowd(ctx, r, people)
	ok(t, err)
	online := time.Since(begin)
	runtime.GC()
	runtime.ReadMemStats(&after)

	begin = time.Now()
	var mu sync.Mutex
	var slowest time.Duration
	g, ctx := errgroup.WithContext(ctx)
	for _, p := range all {
		g.Go(func() error {
			for q := range questions {
				asked := time.Now()
				text := fmt.Sprintf("pertanyaan %d", q)
				if _, err := p.Text(ctx, b.Phone(), text); err != nil {
					return fmt.Errorf("ask: %w", err)
				}
				if _, err := p.Next(ctx, func(m Received) bool { return m.Text == "echo: "+text }); err != nil {
					return fmt.Errorf("wait for answer %d to %s: %w", q, p.Phone(), err)
				}
				mu.Lock()
				slowest = max(slowest, time.Since(asked))
				mu.Unlock()
			}
			return nil
		})
	}
	ok(t, g.Wait())
	took := time.Since(begin)
	t.Logf("%d clients online in %v; %d questions and answers in %v, slowest %v; %.2f MB heap per client",
		people, online.Round(time.Millisecond), people*questions, took.Round(time.Millisecond), slowest.Round(time.Millisecond),
		float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/float64(people)/1e6)
}
