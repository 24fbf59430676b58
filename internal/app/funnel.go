package app

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
)

// treadEvery is how often counted steps are written down. A program that is killed loses what it counted since.
const treadEvery = 30 * time.Second

// treader counts the steps of conversations until they are written down.
type treader struct {
	store ledger.Funnel
	in    *time.Location
	now   func() time.Time
	log   *slog.Logger

	mu     sync.Mutex
	counts map[tread]int
}

type tread struct {
	day     time.Time // its first moment
	network bot.Network
	step    ledger.Step
}

func (t *treader) trod(on bot.Network, steps []ledger.Step) {
	now := t.now().In(t.in)
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, t.in)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[tread]int{}
	}
	for _, s := range steps {
		t.counts[tread{day, on, s}]++
	}
}

// write writes down what was counted; what cannot be written stays counted.
func (t *treader) write(ctx context.Context) {
	t.mu.Lock()
	counts := t.counts
	t.counts = nil
	t.mu.Unlock()
	days := map[time.Time][]ledger.Footfall{}
	for k, n := range counts {
		days[k.day] = append(days[k.day], ledger.Footfall{Network: k.network, Step: k.step, N: n})
	}
	for day, all := range days {
		if err := t.store.Trod(ctx, day, all); err != nil {
			t.log.Warn("steps of conversations are not written down yet", "error", err)
			t.back(day, all)
		}
	}
}

func (t *treader) back(day time.Time, all []ledger.Footfall) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.counts == nil {
		t.counts = map[tread]int{}
	}
	for _, f := range all {
		t.counts[tread{day, f.Network, f.Step}] += f.N
	}
}

// run writes down what was counted from time to time, and at the end.
func (t *treader) run(ctx context.Context) {
	tick := time.NewTicker(treadEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			end, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
			defer cancel()
			t.write(end)
			return
		case <-tick.C:
			t.write(ctx)
		}
	}
}
