package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"rabeg/internal/app"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// How the public pages are asked: so many readers, and so many pages a second from all of them; what their slowest hundredth may take, out
// of memory and read anew; and how much longer the slowest hundredth of a conversation may wait while they are asked.
const (
	readers     = 50
	pagesSecond = 500
	warmLimit   = 50 * time.Millisecond
	coldLimit   = 300 * time.Millisecond
	talkLonger  = 0.2
	// opening is how long the product may take to make what everybody may see of all reports, before its pages open.
	opening = time.Hour
)

// runPublic measures the pages of the product itself over as many reports as are wanted, beside people who talk with it: how long pages
// take, and how much longer people wait for an answer than before and after that.
func (b *bench) runPublic(ctx context.Context) (err error) {
	if b.cmd.Reports < 1000 {
		return app.Wrong("--reports", "is less than a thousand", "rabeg-lab bench public --reports 100000")
	}
	p, err := profile.Builtin("serang")
	if err != nil {
		return err
	}
	if err := b.start(ctx); err != nil {
		return errors.Join(err, b.stop())
	}
	defer func() { err = errors.Join(err, b.stop()) }()
	dsn, err := b.database(ctx, "public", 1)
	if err != nil {
		return err
	}
	pool, err := postgres.Connect(ctx, dsn, 2)
	if err != nil {
		return err
	}
	defer pool.Close()
	began := time.Now()
	if err := fillStore(ctx, dsn, p, b.cmd.Reports, true); err != nil {
		return fmt.Errorf("fill the store: %w", err)
	}
	b.head("Public pages over %d reports beside %d messages a second, filled in %s", b.cmd.Reports, floods, time.Since(began).Round(time.Second))
	api := botapi.New(botapi.Options{KeepHistory: 40, KeepEvents: 100})
	if err := api.Start("127.0.0.1:0"); err != nil {
		return fmt.Errorf("start the local Bot API: %w", err)
	}
	defer api.Close()
	api.Group(-1001, "Meja", false)
	at, err := freePort()
	if err != nil {
		return err
	}
	exe, err := b.rabeg()
	if err != nil {
		return err
	}
	served, err := b.product(ctx, exe, api, "public", dsn, "off", 1, "RABEG_PUBLIC_URL=http://"+at, "LISTEN_PUBLIC="+at, "RABEG_PUBLIC_CLIENT_HEADER=X-Reader")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, served.end()) }()
	began = time.Now()
	if err := opened(ctx, "http://"+at); err != nil {
		return err
	}
	codes, size, err := everybodys(ctx, pool)
	if err != nil {
		return err
	}
	b.line("what everybody may see", "%d reports, made by the product in %s; the database has %.2f GB (%.1f KB a report)", len(codes), time.Since(began).Round(time.Second),
		float64(size)/1e9, float64(size)/1e3/float64(b.cmd.Reports))
	if len(codes) < b.cmd.Reports/2 {
		return fmt.Errorf("only %d of %d reports can be asked for", len(codes), b.cmd.Reports)
	}
	return b.besideTalk(ctx, api, served, "http://"+at, codes)
}

// besideTalk asks for pages while people talk, and before and after that lets people talk alone.
func (b *bench) besideTalk(ctx context.Context, api *botapi.Server, served *product, at string, codes []report.Code) error {
	hot := []string{"/", "/kota", "/en/kota"}
	for i := range 17 {
		hot = append(hot, "/laporan/"+string(codes[i*len(codes)/17]))
	}
	long := max(floodFor, time.Duration(b.cmd.Seconds)*time.Second)
	var people atomic.Int64
	people.Store(10_000)
	talk := func(l *latencies, d time.Duration) error { return b.pours(ctx, api, d, l, &people) }
	if err := talk(&latencies{}, long/4); err != nil { // warm up
		return err
	}
	var quiet latencies
	alone, err := b.spent(served, func() error { return talk(&quiet, long) })
	if err != nil {
		return err
	}
	alone = alone.over(len(quiet.all))
	for _, m := range []struct {
		what  string
		limit time.Duration
		path  func(*rand.Rand) string
	}{
		{"out of memory (20 pages)", warmLimit, func(rnd *rand.Rand) string { return hot[rnd.IntN(len(hot))] }},
		{"read anew (a report each)", coldLimit, func(rnd *rand.Rand) string { return "/laporan/" + string(codes[rnd.IntN(len(codes))]) }},
	} {
		var pages, beside, after, late latencies
		both, err := b.spent(served, func() error {
			var g errgroup.Group
			g.Go(func() error { return lateness(ctx, &late, long) })
			g.Go(func() error { return talk(&beside, long) })
			g.Go(func() error { return ask(ctx, at, &pages, long, m.path) })
			return g.Wait()
		})
		if err != nil {
			return err
		}
		page := cost{both.product - alone.product*time.Duration(len(beside.all)), both.postgres - alone.postgres*time.Duration(len(beside.all)), both.took}.over(len(pages.all))
		if err := talk(&after, long); err != nil {
			return err
		}
		silent := &latencies{all: append(append([]time.Duration(nil), quiet.all...), after.all...)}
		b.line(m.what, "%.0f a second, median %s, p99 %s (limit %s: %.0f %%), slowest %s", float64(len(pages.all))/both.took.Seconds(), show(pages.at(.5)), show(pages.at(.99)), m.limit,
			100*ms(pages.at(.99))/ms(m.limit), show(pages.at(1)))
		b.line("  the talk, before and after", "p50 %.1f ms, p99 %.1f ms of %d answers", ms(silent.at(.5)), ms(silent.at(.99)), len(silent.all))
		b.line("  the talk beside it", "p50 %.1f ms, p99 %.1f ms of %d answers: p99 %+.0f %% (limit %+.0f %%)", ms(beside.at(.5)), ms(beside.at(.99)), len(beside.all),
			100*(ms(beside.at(.99))/ms(silent.at(.99))-1), 100*talkLonger)
		b.line("  a page costs", "%.2f ms of the product's CPU and %.2f ms of PostgreSQL's, what the talk costs taken off",
			ms(page.product), ms(page.postgres))
		b.line("  the machine itself", "p50 %.1f ms, p99 %.1f ms late for whoever wants to do nothing at a given time", ms(late.at(.5)), ms(late.at(.99)))
		quiet.all = after.all
	}
	return nil
}

// cost is processor time that was spent, and how long it took.
type cost struct{ product, postgres, took time.Duration }

// over is the cost of each of n.
func (c cost) over(n int) cost {
	d := time.Duration(max(n, 1))
	return cost{c.product / d, c.postgres / d, c.took / d}
}

// spent is what something costs the product and its PostgreSQL.
func (b *bench) spent(p *product, do func() error) (cost, error) {
	before, err := usageOf(p.cmd.Process.Pid)
	if err != nil {
		return cost{}, err
	}
	shares, began := b.shares(), time.Now()
	if err := do(); err != nil {
		return cost{}, err
	}
	took := time.Since(began)
	after, err := usageOf(p.cmd.Process.Pid)
	return cost{after.cpu - before.cpu, shares.since(b.shares()).postgres, took}, err
}

// lateness keeps how much too late somebody is woken who only waits: where that is much, what else the machine does is measured, not the
// product.
func lateness(ctx context.Context, l *latencies, long time.Duration) error {
	for until := time.Now().Add(long); time.Now().Before(until); {
		due := time.Now().Add(5 * time.Millisecond)
		if !rests(ctx, time.Until(due)) {
			return ctx.Err()
		}
		l.add(time.Since(due))
	}
	return nil
}

// everybodys are the numbers of all reports that everybody may know, and how many bytes the database has.
func everybodys(ctx context.Context, pool *pgxpool.Pool) (codes []report.Code, size int64, err error) {
	if _, err := pool.Exec(ctx, `VACUUM ANALYZE`); err != nil {
		return nil, 0, err
	}
	rows, err := pool.Query(ctx, `SELECT code FROM displays ORDER BY filed`)
	if err != nil {
		return nil, 0, err
	}
	if codes, err = pgx.CollectRows(rows, pgx.RowTo[report.Code]); err != nil {
		return nil, 0, err
	}
	return codes, size, pool.QueryRow(ctx, `SELECT pg_database_size(current_database())`).Scan(&size)
}

// opened waits until the pages answer, the city's with its figures among them.
func opened(ctx context.Context, at string) error {
	ctx, cancel := context.WithTimeout(ctx, opening)
	defer cancel()
	client := &http.Client{Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	for {
		err := errorsOf(fetch(ctx, client, at+"/", "10.0.0.1"), fetch(ctx, client, at+"/kota", "10.0.0.1"))
		if err == nil {
			return nil
		}
		if !rests(ctx, time.Second/4) {
			return fmt.Errorf("the pages do not open: %w", err)
		}
	}
}

// ask lets all readers ask for pages for a while, each at its own times, and keeps how long they waited. Who is late because the last page
// was does not wait again: its wait counts from when it would have asked.
func ask(ctx context.Context, at string, l *latencies, long time.Duration, path func(*rand.Rand) string) error {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}, Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	var (
		errs = make([]error, readers)
		wg   sync.WaitGroup
	)
	begin := time.Now()
	for i := range readers {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(i), 7))
			due := begin.Add(time.Duration(rnd.Int64N(int64(time.Second))))
			for n := 0; due.Before(begin.Add(long)) && ctx.Err() == nil; n++ {
				if !rests(ctx, time.Until(due)) {
					return
				}
				if err := fetch(ctx, client, at+path(rnd), fmt.Sprintf("10.%d.%d.1", i, n%20)); err != nil {
					errs[i] = err
					return
				}
				l.add(time.Since(due))
				due = due.Add(time.Second * readers / pagesSecond)
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if len(l.all) == 0 {
		return errors.New("nobody asked for anything")
	}
	return ctx.Err()
}

func fetch(ctx context.Context, client *http.Client, url, reader string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	req.Header.Set("X-Reader", reader)
	res, err := client.Do(req)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("a page answers %d", res.StatusCode)
	}
	return err
}
