package bench

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/app"
	"rabeg/internal/casework"
	"rabeg/internal/figures"
	"rabeg/internal/jobs"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/migrations"
)

const (
	// storeAsks is how often each operation is measured; the fastest counts, so that what else the machine does does not.
	storeAsks = 25
	// storeLimit is how long an operation may take whatever there is, filingMore how much longer a filing may take with all of it than
	// with the fewest.
	storeLimit = 50 * time.Millisecond
	filingMore = 1.3
)

// operation is something that the desk asks, or that a citizen does.
type operation struct {
	name string
	do   func(ctx context.Context, n int) error
}

// runStore measures operations with more and more reports, three years of them each time, and says which grow.
func (b *bench) runStore(ctx context.Context) (err error) {
	if b.cmd.Reports < 1000 {
		return app.Wrong("--reports", "is less than a thousand", "rabeg-lab bench store --reports 100000")
	}
	if b.cmd.Messages < 100 {
		return app.Wrong("--messages", "is less than a hundred", "rabeg-lab bench store --messages 20000")
	}
	p, err := profile.Builtin("serang")
	if err != nil {
		return err
	}
	if err := b.startPostgres(ctx); err != nil {
		return errors.Join(err, b.stop())
	}
	defer func() { err = errors.Join(err, b.stop()) }()
	var sizes []int
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		if n < b.cmd.Reports {
			sizes = append(sizes, n)
		}
	}
	sizes = append(sizes, b.cmd.Reports)
	took := make([][]time.Duration, len(sizes))
	var names []string
	for i, n := range sizes {
		if names, took[i], err = b.measureStore(ctx, p, n); err != nil {
			return fmt.Errorf("measure a store of %d reports: %w", n, err)
		}
	}
	b.tellStore(sizes, names, took)
	return nil
}

// measureStore fills a fresh database and measures.
func (b *bench) measureStore(ctx context.Context, p *profile.Profile, n int) (names []string, took []time.Duration, err error) {
	const name = ours + "store"
	if err := b.pg.FreshDatabase(ctx, name); err != nil {
		return nil, nil, err
	}
	dsn := b.pg.DSN(name)
	if err := migrations.At(ctx, dsn); err != nil {
		return nil, nil, err
	}
	pool, err := postgres.Connect(ctx, dsn, 4)
	if err != nil {
		return nil, nil, err
	}
	defer pool.Close()
	began := time.Now()
	if err := fillStore(ctx, dsn, p, n, false); err != nil {
		return nil, nil, err
	}
	s, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: p.Prefix}, "seed")
	if err != nil {
		return nil, nil, err
	}
	defer s.Close()
	if err := s.PackDays(ctx, time.Now().Add(-jobs.PackAfter)); err != nil {
		return nil, nil, err
	}
	if _, err := pool.Exec(ctx, `VACUUM ANALYZE`); err != nil {
		return nil, nil, err
	}
	var size int64
	if err := pool.QueryRow(ctx, `SELECT pg_database_size(current_database())`).Scan(&size); err != nil {
		return nil, nil, err
	}
	b.head("%d reports with their facts and letters: filled and counted in %s, %.2f GB", n, time.Since(began).Round(time.Second), float64(size)/1e9)
	if err := b.tellSizes(ctx, pool, n); err != nil {
		return nil, nil, err
	}
	for _, op := range operations(s, p) {
		best, median, err := fastest(ctx, op)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", op.name, err)
		}
		names, took = append(names, op.name), append(took, best)
		b.line(op.name, "%s, median %s", show(best), show(median))
	}
	return names, took, b.runWear(ctx, dsn, p)
}

// fastest is the shortest and the median of some tries, after two that nobody counts.
func fastest(ctx context.Context, op operation) (best, median time.Duration, err error) {
	var all []time.Duration
	for i := range storeAsks + 2 {
		began := time.Now()
		if err := op.do(ctx, i); err != nil {
			return 0, 0, err
		}
		if i > 1 {
			all = append(all, time.Since(began))
		}
	}
	slices.Sort(all)
	return all[0], all[len(all)/2], nil
}

// operations are what the desk asks a store, and a filing.
func operations(s *postgres.Store, p *profile.Profile) []operation {
	office := &casework.Office{Profile: p, Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}
	all := []string{""}
	for _, c := range p.Categories {
		all = append(all, c.Code)
	}
	search := func(part string, words ...string) func(context.Context, int) error {
		return func(ctx context.Context, _ int) error {
			_, err := s.Search(ctx, ledger.Search{Part: part, Words: words, Categories: all, Everywhere: true, Most: 10})
			return err
		}
	}
	count := func(ctx context.Context, of figures.Period, by figures.By) error {
		_, err := figures.Read(ctx, s, figures.Ask(p, of, time.Now(), by))
		return err
	}
	now := time.Now().In(p.Location())
	lastMonth, lastWeek := figures.Month(now).Before(), figures.Week(now).Before()
	return []operation{
		{"open list of an office", func(ctx context.Context, i int) error {
			_, err := s.OpenOf(ctx, p.Agencies[i%len(p.Agencies)].Code, 21)
			return err
		}},
		{"search by a part of a number", search("7k3")},
		{"search by common words", search("", "lampu", "jalan")},
		{"search by a rare word", search("", "langka")},
		{"search by a street", search("", "veteran", "7")},
		{"near duplicates", func(ctx context.Context, i int) error {
			_, err := s.Around(ctx, ledger.Around{Categories: []string{p.Categories[i%len(p.Categories)].Code}, Metres: 100, Since: now.AddDate(0, -2, 0),
				Pin: &report.Pin{Lat: -6.12 + float64(i)/1000, Lon: 106.15 + float64(i)/1000}, Area: p.Areas[i%len(p.Areas)].Code})
			return err
		}},
		{"roll call of all offices", func(ctx context.Context, _ int) error {
			open, err := s.Opens(ctx, office.Rooms(), now, office.Soon(now), casework.RollShown)
			if err == nil {
				office.Roll(casework.RollCall{Timer: ledger.Timer{At: office.NextRoll(now.AddDate(0, 0, -1))}, At: now, Open: open})
			}
			return err
		}},
		{"figures of a month, by office", func(ctx context.Context, _ int) error { return count(ctx, lastMonth, figures.ByOffice) }},
		{"digest of a week", func(ctx context.Context, _ int) error {
			_, people := s.Operators(ctx)
			_, steps := s.Footfalls(ctx, lastWeek.From, lastWeek.To)
			_, counted := figures.ReadEach(ctx, s, figures.Ask(p, lastWeek, time.Now(), figures.ByOffice), figures.Ask(p, lastWeek.Before(), time.Now(), figures.ByNothing))
			return errors.Join(people, steps, counted)
		}},
		{"filing", func(ctx context.Context, i int) error { return file(ctx, s, office, i) }},
	}
}

// file files a report as the conversation does.
func file(ctx context.Context, s *postgres.Store, o *casework.Office, i int) error {
	cause := fmt.Sprintf("bench:%d:%d", i, rand.Int64())
	id, code, err := s.NextID(ctx, cause)
	if err != nil {
		return err
	}
	_, b := o.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: time.Now(), Reporter: bot.Address{Network: bot.WhatsApp, ID: fmt.Sprintf("62811%d@s", i)},
		Served: func(string) bool { return true }, Draft: report.Draft{Kind: report.Complaint, Category: "penerangan_jalan", Visibility: report.Normal,
			Text: "lampu jalan padam sejak kemarin malam di depan pasar", Place: report.Place{Area: o.Profile.Areas[0].Code, District: o.Profile.Areas[0].District}}})
	return s.Commit(ctx, b)
}

func show(d time.Duration) string { return fmt.Sprintf("%8.2f ms", float64(d.Microseconds())/1000) }

// tellStore writes the table, and what is slower than it may be.
func (b *bench) tellStore(sizes []int, names []string, took [][]time.Duration) {
	b.head("The fastest of %d, in milliseconds. Each may take twice as long as with the fewest, or %s; a filing %.1f times as long.", storeAsks, storeLimit, filingMore)
	var head strings.Builder
	for _, n := range sizes {
		fmt.Fprintf(&head, "%12d", n)
	}
	b.line("reports", "%s    times", head.String())
	for i, name := range names {
		var row strings.Builder
		last := took[len(took)-1][i]
		for j := range sizes {
			fmt.Fprintf(&row, "%12.2f", float64(took[j][i].Microseconds())/1000)
		}
		times := float64(last) / float64(max(took[0][i], 1))
		word := "holds"
		if slow := name == "filing" && times > filingMore || name != "filing" && times > 2 && last > storeLimit; slow {
			word = "TOO SLOW"
		}
		b.line(name, "%s %8.1f  %s", row.String(), times, word)
	}
}
