package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/app"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/public"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// How the public pages are asked: so many readers, and so many pages a second from all of them; and what their slowest hundredth may take,
// out of memory and read anew.
const (
	readers     = 50
	pagesSecond = 500
	warmLimit   = 50 * time.Millisecond
	coldLimit   = 300 * time.Millisecond
)

// runPublic measures the public pages over as many reports as are wanted.
func (b *bench) runPublic(ctx context.Context) (err error) {
	if b.cmd.Reports < 1000 {
		return app.Wrong("--reports", "is less than a thousand", "rabeg-lab bench public --reports 100000")
	}
	p, err := profile.Builtin("serang")
	if err != nil {
		return err
	}
	if err := b.startPostgres(ctx); err != nil {
		return errors.Join(err, b.stop())
	}
	defer func() { err = errors.Join(err, b.stop()) }()
	const name = ours + "public"
	if err := b.pg.FreshDatabase(ctx, name); err != nil {
		return err
	}
	dsn := b.pg.DSN(name)
	if err := migrations.At(ctx, dsn); err != nil {
		return err
	}
	pool, err := postgres.Connect(ctx, dsn, 4)
	if err != nil {
		return err
	}
	defer pool.Close()
	began := time.Now()
	codes, err := fillDisplays(ctx, pool, p, b.cmd.Reports, began)
	if err != nil {
		return fmt.Errorf("fill the displays: %w", err)
	}
	b.head("public pages over %d reports, filled in %s", len(codes), time.Since(began).Round(time.Second))
	if err := postgres.GrantPublic(ctx, pool); err != nil {
		return err
	}
	pages, err := postgres.ConnectPublic(ctx, dsn, 8)
	if err != nil {
		return err
	}
	defer pages.Close()
	site, err := public.New(public.Options{Store: pages, Profile: p, URL: "http://localhost", ClientHeader: "X-Reader", Now: time.Now,
		Links: func() []string { return []string{"https://wa.me/622150011", "https://t.me/contoh_bot"} }})
	if err != nil {
		return err
	}
	at, stop, err := serveHere(ctx, site.Handler())
	if err != nil {
		return err
	}
	defer stop()
	hot := []string{"/", "/kota", "/en/kota"}
	for i := range 17 {
		hot = append(hot, "/laporan/"+string(codes[i*len(codes)/17]))
	}
	if err := b.ask(ctx, at, "out of memory (20 pages)", warmLimit, func(rnd *rand.Rand) string { return hot[rnd.IntN(len(hot))] }); err != nil {
		return err
	}
	return b.ask(ctx, at, "read anew (a report each)", coldLimit, func(rnd *rand.Rand) string { return "/laporan/" + string(codes[rnd.IntN(len(codes))]) })
}

// fillDisplays adds displays of three years, and the figures of the city. All of it is made up.
func fillDisplays(ctx context.Context, pool *pgxpool.Pool, p *profile.Profile, n int, now time.Time) (codes []report.Code, err error) {
	seen := make(map[report.Code]bool, n)
	i := uint64(0)
	next := func() ([]any, error) {
		if len(codes) == n {
			return nil, nil
		}
		code := report.NewCode(p.Prefix, i)
		for i++; seen[code]; i++ {
			code = report.NewCode(p.Prefix, i)
		}
		seen[code] = true
		k := len(codes)
		codes = append(codes, code)
		filed := now.Add(-time.Duration(n-k) * (3 * 365 * 24 * time.Hour / time.Duration(n)))
		d := report.Display{Report: report.ID(k + 1), Code: code, Kind: report.Complaint, Status: report.Closed, Category: p.Categories[k%len(p.Categories)].Code,
			Area: p.Areas[k%len(p.Areas)].Code, Office: p.Agencies[k%len(p.Agencies)].Code, Filed: filed, Changed: filed.Add(90 * time.Hour), Resolved: filed.Add(80 * time.Hour), Followers: k % 3}
		for s, what := range []report.What{report.WasFiled, report.WasAssigned, report.WasTaken, report.WasAnswered, report.WasResolved, report.WasJudged} {
			d.Story = append(d.Story, report.Moment{Seq: s + 1, At: filed.Add(time.Duration(s) * 16 * time.Hour), What: what, Office: d.Office, Verdict: report.Fixed})
		}
		doc, err := json.Marshal(d)
		return []any{int64(d.Report), string(code), string(d.Status), d.Category, d.Area, d.Office, d.Filed, d.Changed, d.Resolved, 0, doc}, err
	}
	_, err = pool.CopyFrom(ctx, pgx.Identifier{"displays"}, []string{"report", "code", "status", "category", "area", "office", "filed", "changed", "resolved", "exhibits", "doc"},
		pgx.CopyFromFunc(next))
	if err != nil {
		return nil, err
	}
	city := public.City{From: now.AddDate(0, -3, 0), At: now}
	measure := public.Measure{Days: 2.3, Told: true, Reached: true}
	for k, a := range p.Areas {
		city.Areas = append(city.Areas, public.Line{Key: a.Code, Open: k, Filed: 40 + k, Answered: 40})
	}
	for k, a := range p.Agencies {
		city.Offices = append(city.Offices, public.Line{Key: a.Code, Due: 100, InTime: 60 + k, N: 100, Median: measure, P90: measure})
	}
	doc, err := json.Marshal(city)
	if err != nil {
		return nil, err
	}
	if _, err := pool.Exec(ctx, `INSERT INTO display_sheets (name, at, doc) VALUES ($1, $2, $3)`, public.CitySheet, now, doc); err != nil {
		return nil, err
	}
	_, err = pool.Exec(ctx, `VACUUM ANALYZE displays`)
	return codes, err
}

// serveHere answers on this machine until stop is called.
func serveHere(ctx context.Context, h http.Handler) (at string, stop func(), err error) {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, fmt.Errorf("listen: %w", err)
	}
	srv := &http.Server{Handler: h, ReadHeaderTimeout: time.Second}
	go func() { _ = srv.Serve(l) }() // it ends with stop
	return "http://" + l.Addr().String(), func() { _ = srv.Close() }, nil
}

// ask lets all readers ask for pages for as long as each measurement lasts, each at its own times, and tells how long they waited. Who is late
// because the last page was does not wait again: its wait counts from when it would have asked.
func (b *bench) ask(ctx context.Context, at, what string, limit time.Duration, path func(*rand.Rand) string) error {
	long := time.Duration(b.cmd.Seconds) * time.Second
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: readers}, Timeout: 10 * time.Second}
	defer client.CloseIdleConnections()
	var (
		mu   sync.Mutex
		all  []time.Duration
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
				mu.Lock()
				all = append(all, time.Since(due))
				mu.Unlock()
				due = due.Add(time.Second * readers / pagesSecond)
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if len(all) == 0 {
		return errors.New("nobody asked for anything")
	}
	slices.Sort(all)
	of := func(percent int) time.Duration { return all[(len(all)-1)*percent/100] }
	word := "within"
	if of(99) > limit {
		word = "over"
	}
	b.line(what, "%.0f a second, median %s, p99 %s (%s %s), slowest %s", float64(len(all))/time.Since(begin).Seconds(), show(of(50)), show(of(99)), word, limit, show(all[len(all)-1]))
	return nil
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
