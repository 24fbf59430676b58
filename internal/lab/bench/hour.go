package bench

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/postgres"
	"rabeg/internal/sim/botapi"
)

const (
	// hourParts is how many parts an hour is told in; the first of them warms up and is not compared.
	hourParts = 12
	// shortestPart is how long a part lasts at least.
	shortestPart = 10 * time.Second
	// mostGrown is how much more memory and time the last quarter may take than the first.
	mostGrown = 1.2
)

// part is what one part of the hour looked like at its end.
type part struct {
	own        int64 // bytes of memory that are the program's own
	p50, p99   time.Duration
	dead, rows int64 // of all tables
	disk       int64 // bytes of the database
}

// measureHour lets messages come at a steady pace for as long as --seconds says, and tells in parts whether memory, the time to the answer
// and what the database leaves behind stay as they were.
func (b *bench) measureHour(ctx context.Context) error {
	each := max(shortestPart, time.Duration(b.cmd.Seconds)*time.Second/hourParts)
	b.head("%d messages a second for %s", floods, (hourParts * each).Round(time.Second))
	api, p, dsn, err := b.stageFor(ctx, "hour", "off", 8, botapi.Options{KeepHistory: 40, KeepEvents: 100})
	if err != nil {
		return err
	}
	defer api.Close()
	watch, err := postgres.Connect(ctx, dsn, 1)
	if err != nil {
		return err
	}
	defer watch.Close()
	var people atomic.Int64
	people.Store(10_000)
	var parts []part
	for i := range hourParts {
		var l latencies
		if err := b.pours(ctx, api, each, &l, &people); err != nil {
			return fmt.Errorf("part %d: %w", i+1, err)
		}
		now, err := partOf(ctx, watch, p.cmd.Process.Pid, &l)
		if err != nil {
			return err
		}
		parts = append(parts, now)
		b.line(fmt.Sprintf("after %s", (time.Duration(i+1)*each).Round(time.Second)), "p50 %.1f ms, p99 %.1f ms of %d answers; %.0f MB of its own; %d dead of %d rows; database %.0f MB",
			ms(now.p50), ms(now.p99), len(l.all), float64(now.own)/1e6, now.dead, now.rows, float64(now.disk)/1e6)
	}
	b.tellHour(parts[1:])
	return p.end()
}

// partOf looks at the product and its database at the end of a part.
func partOf(ctx context.Context, watch *pgxpool.Pool, pid int, l *latencies) (part, error) {
	used, err := usageOf(pid)
	if err != nil {
		return part{}, err
	}
	now := part{own: used.own, p50: l.at(.5), p99: l.at(.99)}
	const find = `SELECT coalesce(sum(n_dead_tup), 0)::bigint, coalesce(sum(n_live_tup), 0)::bigint, pg_database_size(current_database()) FROM pg_stat_user_tables`
	if err := watch.QueryRow(ctx, find).Scan(&now.dead, &now.rows, &now.disk); err != nil {
		return part{}, fmt.Errorf("ask for dead rows: %w", err)
	}
	return now, nil
}

// tellHour compares the last parts with the first, and says how high dead rows rose.
func (b *bench) tellHour(parts []part) {
	quarter := max(1, len(parts)/4)
	mean := func(of []part, what func(part) float64) (sum float64) {
		for _, p := range of {
			sum += what(p)
		}
		return sum / float64(len(of))
	}
	grown := func(name, unit string, what func(part) float64) {
		first, last := mean(parts[:quarter], what), mean(parts[len(parts)-quarter:], what)
		b.line(name, "%.1f %s in the first parts, %.1f in the last: %.2f × (wanted: at most %.1f)", first, unit, last, last/first, mostGrown)
	}
	grown("memory", "MB", func(p part) float64 { return float64(p.own) / 1e6 })
	grown("the middle answer", "ms", func(p part) float64 { return ms(p.p50) })
	grown("the slowest of a hundred", "ms", func(p part) float64 { return ms(p.p99) })
	var most, of int64
	for _, p := range parts {
		if p.dead > most {
			most, of = p.dead, p.rows
		}
	}
	b.line("dead rows", "%d at most, beside %d that live: %.1f %%", most, of, 100*float64(most)/float64(max(1, of)))
}
