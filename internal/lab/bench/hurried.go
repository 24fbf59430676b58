package bench

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/say"
	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/hurry"
)

const (
	// hurried is how many people report at once, hurriedFor how long they have for it.
	hurried    = 1000
	hurriedFor = 8 * time.Minute
	// mostRefusing is how much of all replies may only say no.
	mostRefusing = 0.02
)

// measureHurried lets a thousand people in a hurry report at once, at the pace that Telegram allows.
func (b *bench) measureHurried(ctx context.Context) error {
	b.head("%d people in a hurry at once: they tap twice, do not wait, tap old keyboards, send words again", hurried)
	limits := botapi.TelegramLimits()
	api, p, dsn, err := b.stageFor(ctx, "hurried", "network", 4, botapi.Options{KeepHistory: 300, KeepEvents: 1000, Limits: &limits})
	if err != nil {
		return err
	}
	defer api.Close()
	refused, err := refusals()
	if err != nil {
		return err
	}
	bounded, cancel := context.WithTimeout(ctx, hurriedFor)
	defer cancel()
	r, err := hurry.Run(bounded, hurry.Options{API: api, People: hurried, First: 10000, Patience: 3 * time.Second, Refused: refused})
	if err != nil {
		return err
	}
	b.line("have their number", "%d of %d (limit %d: %.0f %%), the last after %.0f s", r.Numbers, hurried, hurried, 100*float64(r.Numbers)/hurried, r.Slowest.Seconds())
	b.line("what they did", "%d messages and taps", r.Done)
	b.line("replies", "%d messages, and %d notices over the chat; %d times 429", r.Replies, r.Notices, api.Stats().TooMany)
	b.line("refusals of all replies", "%.2f %% (limit %.0f %%: %.0f %%)", 100*r.Refusing(), 100*mostRefusing, 100*r.Refusing()/mostRefusing)
	b.line("repeats of all replies", "%.2f %%", 100*r.Repeating())
	if err := p.end(); err != nil {
		return fmt.Errorf("the product ended badly: %w", err)
	}
	reports, reporters, err := countReports(ctx, dsn)
	if err != nil {
		return err
	}
	b.line("reports filed", "%d for %d people", reports, reporters)
	return nil
}

// refusals tells answers that only say that what was done does not count.
func refusals() (func(string) bool, error) {
	p, err := profile.Builtin("serang")
	if err != nil {
		return nil, err
	}
	v := say.For(p, "id")
	sent, _, _ := strings.Cut(bot.Unmark(v.AlreadySent("")), ".")
	no := []string{v.Stale(true), v.Stale(false), v.TooLate(), v.TapTwice(), sent}
	return func(text string) bool {
		for _, n := range no {
			if strings.HasPrefix(text, strings.TrimSpace(n)) {
				return true
			}
		}
		return false
	}, nil
}
