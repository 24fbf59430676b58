package bench

import (
	"context"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"time"

	"golang.org/x/sync/errgroup"

	"rabeg/bot"
	"rabeg/bot/telegram"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/sim/botapi"
)

// benchGroup is the group that is the desk: what goes to its chat is paced as a group's.
const benchGroup = -5000

// measurePace sends with the product's own sender against the limits that the local Bot API enforces: to many people at
// once, to one person, and to one group. Each has its own server, so that one limit never hides another.
func (b *bench) measurePace(ctx context.Context) error {
	seconds := max(b.cmd.Seconds, 12)
	b.head("Sending at the network's limits")
	var g errgroup.Group
	for i, c := range []struct {
		name  string
		chats []int64
		rate  float64 // a second
		last  int     // seconds
	}{
		{"30 a second in all", people(400), 30, seconds},
		{"1 a second in a chat", people(1), 1, 8 * seconds},
		{"20 a minute in a group", []int64{benchGroup}, 20.0 / 60, 14 * seconds},
	} {
		g.Go(func() error {
			used, tooMany, err := b.pace(ctx, fmt.Sprintf("pace%d", i), c.chats, c.rate, time.Duration(c.last)*time.Second)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			b.line(c.name, "%.1f %% of the limit used over %d s, %d times 429", 100*used, c.last, tooMany)
			return nil
		})
	}
	return g.Wait()
}

func people(n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		out[i] = int64(20000 + i)
	}
	return out
}

// pace fills the queue and counts what came through after the first burst.
func (b *bench) pace(ctx context.Context, name string, chats []int64, rate float64, last time.Duration) (used float64, tooMany int, err error) {
	dsn, err := b.database(ctx, name, 5)
	if err != nil {
		return 0, 0, err
	}
	limits := botapi.TelegramLimits()
	api := botapi.New(botapi.Options{Limits: &limits})
	if err := api.Start("127.0.0.1:0"); err != nil {
		return 0, 0, err
	}
	defer api.Close()
	for _, id := range chats {
		if id < 0 {
			api.Group(id, "Grup", false)
			continue
		}
		if _, err := api.Person(id, "Warga").Text("/start"); err != nil {
			return 0, 0, err
		}
	}
	pool, err := postgres.Connect(ctx, dsn, 4)
	if err != nil {
		return 0, 0, err
	}
	defer pool.Close()
	store, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: "SRG"}, "bench")
	if err != nil {
		return 0, 0, err
	}
	defer store.Close()
	if err := fill(ctx, store, chats, int(rate*last.Seconds())+100); err != nil {
		return 0, 0, err
	}
	ch, err := telegram.New(telegram.Options{Token: api.Token(), APIURL: api.URL()})
	if err != nil {
		return 0, 0, err
	}
	defer ch.Close()
	sender := outbox.New(outbox.Options{Channel: ch, Networks: []string{"telegram", outbox.DeskQueue}, Queue: store, Directory: store,
		Desk: groupDesk{bot.Address{Network: bot.Telegram, ID: fmt.Sprint(benchGroup)}}, Pace: outbox.TelegramPace(), Now: time.Now, Jitter: mathrand.Float64})
	sending, stop := context.WithCancel(ctx)
	ended := make(chan error, 1)
	go func() { ended <- sender.Run(sending) }()
	defer func() { stop(); err = errors.Join(err, <-ended) }()
	n, took, err := count(ctx, api, last)
	return float64(n) / (rate * took.Seconds()), api.Stats().TooMany, err
}

// burst is what full buckets let through at once; what counts comes after.
const burst = 13

// count counts the bot's messages after the burst.
func count(ctx context.Context, api *botapi.Server, last time.Duration) (n int, took time.Duration, err error) {
	seq, start, err := wait(ctx, api, 0, burst)
	if err != nil {
		return 0, 0, err
	}
	for time.Since(start) < last {
		bounded, cancel := context.WithDeadline(ctx, start.Add(last))
		events, err := api.Events(bounded, 0, seq, 1000)
		over := bounded.Err() != nil
		cancel()
		if err != nil && !over {
			return n, 0, err
		}
		for _, e := range events {
			seq = e.Seq
			if e.Kind == botapi.Sent && e.Message.FromBot {
				n++
			}
		}
	}
	return n, time.Since(start), nil
}

// wait reads events until n messages of the bot came.
func wait(ctx context.Context, api *botapi.Server, seq int64, n int) (int64, time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for n > 0 {
		events, err := api.Events(ctx, 0, seq, 1)
		if err != nil {
			return 0, time.Time{}, err
		}
		for _, e := range events {
			seq = e.Seq
			if e.Kind == botapi.Sent && e.Message.FromBot {
				n--
			}
		}
	}
	return seq, time.Now(), nil
}

func fill(ctx context.Context, store *postgres.Store, chats []int64, n int) error {
	batch := ledger.Batch{Cause: "fill"}
	for i := range n {
		id := chats[i%len(chats)]
		batch.Letters = append(batch.Letters, ledger.Letter{Key: fmt.Sprintf("fill/%d", i), Desk: id < 0, Purpose: ledger.ToDesk,
			To: bot.Address{Network: bot.Telegram, ID: fmt.Sprint(id)}, Message: bot.Message{Text: fmt.Sprintf("kabar %d", i)}})
	}
	return store.Commit(ctx, batch)
}

// groupDesk is a plain group as desk.
type groupDesk struct{ at bot.Address }

// Address is of outbox.Desk.
func (d groupDesk) Address() bot.Address { return d.at }

// RoomName is of outbox.Desk.
func (d groupDesk) RoomName(string) string { return "Koordinator" }

// MovedTo is of outbox.Desk.
func (d groupDesk) MovedTo(bot.Address) {}

// countReports counts filed reports and the people who filed them.
func countReports(ctx context.Context, dsn string) (reports, reporters int64, err error) {
	pool, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return 0, 0, err
	}
	defer pool.Close()
	err = pool.QueryRow(ctx, `SELECT count(*), count(DISTINCT reporter) FROM reports`).Scan(&reports, &reporters)
	return reports, reporters, err
}
