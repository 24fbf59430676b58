package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

type correctionsCmd struct {
	Profile  string `arg:"--profile,env:RABEG_PROFILE" default:"serang" help:"The government."`
	Database string `arg:"--database-url,env:DATABASE_URL" help:"PostgreSQL."`
	Since    string `arg:"--since" help:"Only reports filed on this day or later, such as 2026-09-01."`
}

// correction is one line of the export: what train reads (text, category), and how the report went.
type correction struct {
	Text     string `json:"text"`
	Category string `json:"category"`
	Agency   string `json:"agency"`
	First    string `json:"first"`
}

// Run writes what officers corrected as JSON lines for training.
func (c *correctionsCmd) Run(ctx context.Context, s streams) error {
	if err := (Config{Profile: c.Profile, Database: c.Database}).stores(); err != nil {
		return err
	}
	p, err := government(c.Profile)
	if err != nil {
		return err
	}
	var since time.Time
	if c.Since != "" {
		if since, err = time.ParseInLocation(time.DateOnly, c.Since, p.Location()); err != nil {
			return wrong("--since", "is no day", "2026-09-01")
		}
	}
	if err := reach(ctx, c.Database); err != nil {
		return err
	}
	if err := ownedBy(ctx, p, c.Database); err != nil {
		return err
	}
	pool, err := postgres.Connect(ctx, c.Database, 2)
	if err != nil {
		return wrong("DATABASE_URL", "can not be used: "+short(err), "postgres://rabeg:secret@localhost:5432/rabeg")
	}
	defer pool.Close()
	store := struct {
		*postgres.Reader
		*postgres.Figures
	}{postgres.NewReader(pool), postgres.NewFigures(pool)}
	_, _ = fmt.Fprintln(s.err, "corrections: what follows are citizens' own words. Keep the file like the database, and delete it after training.")
	n, err := export(ctx, store, p, since, func(line correction) error { return json.NewEncoder(s.out).Encode(line) })
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(s.err, "corrections: %d written; left out: %d whose new office does not tell the category, %d confidential, sensitive or without words\n",
		n.written, n.unclear, n.withheld)
	return nil
}

type exported struct{ written, unclear, withheld int }

// routes reads what an export needs.
type routes interface {
	Routes(ctx context.Context, since time.Time) ([]ledger.Route, error)
	ByID(ctx context.Context, id report.ID) (report.Report, error)
}

// export gives every correction to write.
func export(ctx context.Context, store routes, p *profile.Profile, since time.Time, write func(correction) error) (n exported, err error) {
	ways, err := store.Routes(ctx, since)
	if err != nil {
		return n, err
	}
	for _, way := range ways {
		if !way.Judged || way.Right() {
			continue
		}
		r, err := store.ByID(ctx, way.Report)
		if err != nil {
			return n, err
		}
		category, ok := casework.Taught(p, r, way)
		switch {
		case r.Text == "" || r.Shield(p.Sensitive).Hides(report.Exports) || p.Sensitive(category):
			n.withheld++
			continue
		case !ok:
			n.unclear++
			continue
		}
		if err := write(correction{Text: r.Text, Category: category, Agency: way.Last, First: way.First}); err != nil {
			return n, fmt.Errorf("write a correction: %w", err)
		}
		n.written++
	}
	return n, nil
}
