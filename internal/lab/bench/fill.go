package bench

import (
	"context"
	"fmt"
	"sync"
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
	"rabeg/internal/report"
)

const (
	// fillAtOnce is how many reports one commit adds; fillDays over how many days they are filed, of which those of the last openDays
	// are open.
	fillAtOnce = 500
	fillDays   = 3 * 365
	openDays   = 14
	fillers    = 2 // commits at once
)

// filling makes reports of three years, as many each day, by the decisions of the product itself: filed, given to their office, answered,
// done with a picture and judged. All of it is made up.
type filling struct {
	office *casework.Office
	draw   func(cause string) (report.ID, report.Code)
	n      int
	now    time.Time
	// bare leaves the letters out: they are half of what reports take on the disk.
	bare bool

	mu    sync.Mutex
	drawn map[report.Code]bool
}

// made is a report with what was done to it, and the letters of that.
type made struct {
	opened  ledger.Opened
	timers  []ledger.Change
	letters []sentLetter
}

type sentLetter struct {
	ledger.Letter
	at time.Time
}

// number draws a number that nobody has yet.
func (f *filling) number(cause string) (report.ID, report.Code) {
	for {
		id, code := f.draw(cause)
		f.mu.Lock()
		taken := f.drawn[code]
		f.drawn[code] = true
		f.mu.Unlock()
		if !taken {
			return id, code
		}
	}
}

func (f *filling) draft(i int) report.Draft {
	p := f.office.Profile
	a := p.Areas[i%len(p.Areas)]
	text := fmt.Sprintf("lampu jalan di jl veteran %d dpn pasar padam sejak kemarin", i%500)
	if i%1000 == 0 {
		text += " langka"
	}
	return report.Draft{Kind: report.Complaint, Category: p.Categories[i/7%len(p.Categories)].Code, Visibility: report.Normal, Text: text,
		Place: report.Place{Said: "jl veteran", Area: a.Code, AreaName: a.Name, District: a.District, DistrictName: a.DistrictName,
			Pin: &report.Pin{Lat: -6.05 - float64(i*7919%10000)/66666, Lon: 106.1 + float64(i*104729%10000)/66666}}}
}

// make is the i-th report, from 1 to n in the order of filing.
func (f *filling) make(i int) (made, error) {
	at := f.now.Add(-time.Duration(fillDays) * 24 * time.Hour / time.Duration(f.n) * time.Duration(f.n-i)).Truncate(time.Microsecond)
	cause := fmt.Sprintf("fill:%d", i)
	id, code := f.number(cause)
	who := fmt.Sprintf("62811%d", i%(f.n/3+1))
	reporter := bot.Address{Network: bot.WhatsApp, ID: who + "@s.whatsapp.net"}
	served := func(string) bool { return true }
	r, b := f.office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: at, Lang: "id", Reporter: reporter, Person: bot.Person{ID: who, Name: "Warga"},
		Served: served, Draft: f.draft(i)})
	m := made{opened: ledger.Opened{Cause: cause, Report: r}}
	keep := func(b ledger.Batch, at time.Time) {
		m.timers = m.timers[:0]
		for _, c := range b.Changes {
			switch c := c.(type) {
			case ledger.Opened:
				m.opened.Facts = append(m.opened.Facts, c.Facts...)
			case ledger.Changed:
				m.opened.Report, m.opened.Facts = c.Report, append(m.opened.Facts, c.Facts...)
			case ledger.Timed:
				m.timers = append(m.timers, c)
			}
		}
		for _, l := range b.Letters {
			m.letters = append(m.letters, sentLetter{l, at})
		}
	}
	keep(b, at)
	if at.After(f.now.AddDate(0, 0, -openDays)) {
		return m, nil
	}
	officer := report.Actor{Role: report.Operator, ID: "telegram:" + r.Agency, Name: "Petugas", Home: r.Agency}
	if r.Agency == "" {
		officer.Role = report.Coordinator
	}
	citizen := report.Actor{Role: report.Citizen, ID: "whatsapp:" + who, Chat: reporter}
	for n, step := range []struct {
		after time.Duration
		by    report.Actor
		do    report.Action
	}{
		{time.Duration(1+i%90) * time.Hour, officer, report.Reply{Words: "Petugas kami sedang memeriksa lokasinya."}},
		{time.Duration(100+i%200) * time.Hour, officer, report.Resolve{Words: "Lampunya sudah kami ganti.", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: cause}}}},
		{time.Duration(320+i%10) * time.Hour, citizen, report.Judge{Verdict: report.Fixed}},
	} {
		_, b, err := f.office.Act(m.opened.Report, step.by, step.do, casework.Occasion{Cause: fmt.Sprintf("%s/%d", cause, n), At: at.Add(step.after), Facts: m.opened.Facts, Served: served})
		if err != nil {
			return m, fmt.Errorf("do step %d to report %d: %w", n, i, err)
		}
		keep(b, at.Add(step.after))
	}
	m.timers = nil // it is over
	return m, nil
}

// fill adds the reports from one to another.
func (f *filling) fill(ctx context.Context, s *postgres.Store, from, to int) error {
	b := ledger.Batch{Cause: fmt.Sprintf("fill:%d-%d", from, to), At: f.now}
	var letters []sentLetter
	for i := from; i <= to; i++ {
		m, err := f.make(i)
		if err != nil {
			return err
		}
		b.Changes = append(append(b.Changes, m.opened), m.timers...)
		if !f.bare {
			letters = append(letters, m.letters...)
		}
	}
	if err := s.Commit(ctx, b); err != nil {
		return fmt.Errorf("add reports: %w", err)
	}
	_, err := s.Pool.CopyFrom(ctx, pgx.Identifier{"letters"}, []string{"key", "network", "lane", "report", "purpose", "fold", "state", "ref", "done", "created", "doc"},
		pgx.CopyFromSlice(len(letters), func(i int) ([]any, error) {
			l := letters[i]
			ref := bot.MessageRef{Chat: l.To, ID: fmt.Sprint(from*100 + i)}
			return []any{l.Key, outbox.QueueOf(l.Letter), l.To.Chat().String(), int64(l.Report), string(l.Purpose), l.Fold, "sent", postgres.RefKey(ref), l.at, l.at, l.Letter}, nil
		}))
	if err != nil {
		return fmt.Errorf("add letters: %w", err)
	}
	return nil
}

// fillStore adds n reports with what was done to them, written as the product writes them, and all letters of it unless they are bare.
func fillStore(ctx context.Context, dsn string, p *profile.Profile, n int, bare bool) error {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return fmt.Errorf("read the database address: %w", err)
	}
	// What is made up whole needs no check row by row, and an index of many words is made faster at the end.
	cfg.ConnConfig.RuntimeParams["session_replication_role"] = "replica"
	cfg.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	cfg.ConnConfig.RuntimeParams["timezone"] = "UTC"
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	defer pool.Close()
	s, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: p.Prefix}, "seed")
	if err != nil {
		return err
	}
	defer s.Close()
	var words string
	if err := pool.QueryRow(ctx, `SELECT pg_get_indexdef('reports_words'::regclass)`).Scan(&words); err != nil {
		return fmt.Errorf("read an index: %w", err)
	}
	if _, err := pool.Exec(ctx, `DROP INDEX reports_words`); err != nil {
		return fmt.Errorf("make ready to fill: %w", err)
	}
	f := &filling{office: &casework.Office{Profile: p, Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}, draw: s.Draw, n: n, now: time.Now(), drawn: make(map[report.Code]bool, n), bare: bare}
	g, ctx2 := errgroup.WithContext(ctx)
	g.SetLimit(fillers)
	for from := 1; from <= n; from += fillAtOnce {
		g.Go(func() error {
			if err := ctx2.Err(); err != nil {
				return err
			}
			return f.fill(ctx2, s, from, min(n, from+fillAtOnce-1))
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, sql := range []string{words, `INSERT INTO places (ref, letter) SELECT ref, id FROM letters`, `DELETE FROM handled`} { // what was handled so long ago is forgotten
		if _, err := pool.Exec(ctx, sql); err != nil {
			return fmt.Errorf("end the filling: %w", err)
		}
	}
	return nil
}
