package bench

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/outbox"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

const (
	// filingEach is how many messages bring one report, as people talk (docs/scale.md); wearers how many write at once.
	filingEach = 4
	wearers    = 4
)

// tellSizes writes how large a report is with all that belongs to it, and of which tables.
func (b *bench) tellSizes(ctx context.Context, pool *pgxpool.Pool, reports int) error {
	const find = `
SELECT coalesce((SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = c.oid), c.relname), sum(pg_relation_size(c.oid))::bigint, sum(pg_indexes_size(c.oid))::bigint
FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace GROUP BY 1 HAVING sum(pg_total_relation_size(c.oid)) > 100000 ORDER BY sum(pg_total_relation_size(c.oid)) DESC`
	rows, err := pool.Query(ctx, find)
	if err != nil {
		return fmt.Errorf("ask for sizes: %w", err)
	}
	var parts []string
	var all float64
	var table string
	var heap, indexes int64
	_, err = pgx.ForEachRow(rows, []any{&table, &heap, &indexes}, func() error {
		each := float64(heap+indexes) / float64(reports)
		all += each
		parts = append(parts, fmt.Sprintf("%s %.0f + %.0f", table, float64(heap)/float64(reports), float64(indexes)/float64(reports)))
		return nil
	})
	if err != nil {
		return fmt.Errorf("ask for sizes: %w", err)
	}
	b.line("size of a report", "%.0f bytes; rows + indexes: %s", all, strings.Join(parts, ", "))
	return nil
}

// worn is what a table went through.
type worn struct{ written, changed, inPlace, dead int64 }

func wornTables(ctx context.Context, pool *pgxpool.Pool) (map[string]worn, error) {
	const find = `
SELECT coalesce((SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = s.relid), s.relname) AS name,
    sum(n_tup_ins)::bigint, sum(n_tup_upd)::bigint, sum(n_tup_hot_upd)::bigint, sum(n_dead_tup)::bigint FROM pg_stat_user_tables s GROUP BY 1`
	rows, err := pool.Query(ctx, find)
	if err != nil {
		return nil, fmt.Errorf("ask what tables went through: %w", err)
	}
	all := map[string]worn{}
	var name string
	var w worn
	_, err = pgx.ForEachRow(rows, []any{&name, &w.written, &w.changed, &w.inPlace, &w.dead}, func() error { all[name] = w; return nil })
	return all, err
}

// runWear writes messages as conversations write them, each with an answer that is sent, and one of four with a report, and tells what
// that costs in the database's log and leaves of dead rows, with the server's own vacuum going on.
func (b *bench) runWear(ctx context.Context, dsn string, p *profile.Profile) error {
	watch, err := postgres.Connect(ctx, dsn, 2)
	if err != nil {
		return err
	}
	defer watch.Close()
	const place = `SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint`
	var from, to int64
	before, err := wornTables(ctx, watch)
	if err == nil {
		err = watch.QueryRow(ctx, place).Scan(&from)
	}
	if err != nil {
		return err
	}
	began := time.Now()
	letters, err := wearOut(ctx, dsn, p, b.cmd.Messages)
	if err != nil {
		return fmt.Errorf("write messages: %w", err)
	}
	took := time.Since(began)
	if err := watch.QueryRow(ctx, place).Scan(&to); err != nil {
		return fmt.Errorf("ask for the log's end: %w", err)
	}
	watch.Reset() // sessions tell what they did when they end
	after, err := wornTables(ctx, watch)
	if err != nil {
		return err
	}
	n := float64(b.cmd.Messages)
	b.line("log (WAL) of a message", "%.1f KB, with %.2f letters; %d messages in %s", float64(to-from)/n/1000, float64(letters)/n, b.cmd.Messages, took.Round(time.Second))
	for _, table := range []string{"letters", "queue", "places", "handled", "reports", "facts", "figures", "timers"} {
		was, is := before[table], after[table]
		b.line("  "+table, "%7d rows written, %7d changed, of them %7d in place; %6d dead rows then", is.written-was.written, is.changed-was.changed, is.inPlace-was.inPlace, is.dead)
	}
	return nil
}

// wearOut writes messages and lets their letters be sent. It tells how many letters there were.
func wearOut(ctx context.Context, dsn string, p *profile.Profile, messages int) (letters int, err error) {
	pool, err := postgres.Connect(ctx, dsn, wearers+2)
	if err != nil {
		return 0, err
	}
	defer pool.Close()
	mail := make(chan []outbox.Item, messages*2)
	s, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: p.Prefix,
		Committed: func(items []outbox.Item) { mail <- append([]outbox.Item{}, items...) }}, "seed")
	if err != nil {
		return 0, err
	}
	defer s.Close()
	sent := make(chan error, 1)
	go func() {
		var err error
		for items := range mail {
			fates := make([]outbox.Fate, len(items))
			for i, it := range items {
				fates[i] = outbox.Fate{ID: it.ID, Key: it.Letter.Key, State: ledger.Sent, Ref: bot.MessageRef{Chat: it.Letter.To, ID: fmt.Sprint(it.ID)}}
			}
			if letters += len(items); err == nil {
				err = s.Mark(ctx, fates)
			}
		}
		sent <- err
	}()
	office := &casework.Office{Profile: p, Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}
	words := strings.Repeat("Baik, laporan Anda kami catat. ", 12)
	run := rand.Int64()
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(wearers)
	for i := range messages {
		g.Go(func() error {
			if i%filingEach == 0 {
				return file(gctx, s, office, i)
			}
			cause := fmt.Sprintf("tg:%d:%d", run, i)
			to := bot.Address{Network: bot.Telegram, ID: fmt.Sprint(1e8 + i%1000)}
			return s.Commit(gctx, ledger.Batch{Cause: cause, At: time.Now(), Letters: []ledger.Letter{{Key: cause + "/r0", To: to, Purpose: ledger.Reply, Fold: "reply", Message: bot.Message{Text: words}}}})
		})
	}
	err = g.Wait()
	close(mail)
	if marked := <-sent; err == nil {
		err = marked
	}
	return letters, err
}
