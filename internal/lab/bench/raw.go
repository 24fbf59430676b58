package bench

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/session"
)

// rawLimits are what the stores allow by themselves, per second.
type rawLimits struct{ grouped, alone, scripts float64 }

// measureRaw runs the product's own statements with nothing around them.
func (b *bench) measureRaw(ctx context.Context) error {
	b.head("What the stores allow by themselves (%d callers at once)", b.cmd.Chats)
	dsn, err := b.database(ctx, "raw", 9)
	if err != nil {
		return err
	}
	pool, err := postgres.Connect(ctx, dsn, 0)
	if err != nil {
		return err
	}
	defer pool.Close()
	store, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: "SRG"}, "bench")
	if err != nil {
		return err
	}
	defer store.Close()
	commit := func(fold string) func(context.Context, int64) error {
		return func(ctx context.Context, n int64) error {
			cause := fmt.Sprintf("raw%s%d", fold, n)
			return store.Commit(ctx, ledger.Batch{Cause: cause, Letters: []ledger.Letter{{
				Key: cause + "/r0", To: bot.Address{Network: bot.Telegram, ID: fmt.Sprint(n)}, Purpose: ledger.ToDesk, Fold: fold,
				Message: bot.Message{Text: "Di mana tempatnya? Kirim lokasi (pin), atau tulis jalan, patokan, dan kelurahannya."},
			}}})
		}
	}
	seconds := time.Duration(min(b.cmd.Seconds, 5)) * time.Second
	if b.raw.grouped, err = b.rate(ctx, seconds, commit("")); err != nil {
		return err
	}
	b.line("commits, grouped", "%.0f/s", b.raw.grouped)
	if b.raw.alone, err = b.rate(ctx, seconds, commit("x")); err != nil { // what folds is committed alone
		return err
	}
	b.line("commits, each alone", "%.0f/s", b.raw.alone)
	sessions, err := session.Open(b.redis.DatabaseURL(9), "bench", "raw:")
	if err != nil {
		return err
	}
	defer func() { _ = sessions.Close() }()
	pairs, err := b.rate(ctx, seconds, func(ctx context.Context, n int64) error {
		return sessions.Raw(ctx, bot.Address{Network: bot.Telegram, ID: fmt.Sprint(n)})
	})
	if err != nil {
		return err
	}
	b.raw.scripts = 2 * pairs
	b.line("EVALSHA (load and save)", "%.0f/s", b.raw.scripts)
	return nil
}

// rate calls f from as many callers as there are chats and tells how often it came through in a second.
func (b *bench) rate(ctx context.Context, d time.Duration, f func(context.Context, int64) error) (float64, error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	var n, ok atomic.Int64
	var failed atomic.Pointer[error]
	var all sync.WaitGroup
	began := time.Now()
	for range b.cmd.Chats {
		all.Go(func() {
			for ctx.Err() == nil {
				if err := f(context.WithoutCancel(ctx), n.Add(1)); err != nil {
					failed.Store(&err)
					return
				}
				ok.Add(1)
			}
		})
	}
	all.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return float64(ok.Load()) / time.Since(began).Seconds(), nil
}
