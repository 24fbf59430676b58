package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// correction is one line of the export: what train reads (text, category), and how the report went.
type correction struct {
	Text     string `json:"text"`
	Category string `json:"category"`
	Agency   string `json:"agency"`
	First    string `json:"first"`
}

// Corrections writes what officers corrected as JSON lines for training. since is a day, or "" for all days.
func Corrections(ctx context.Context, cfg Config, since string, out, errs io.Writer) (err error) {
	if err := known(cfg.Profile); err != nil {
		return err
	}
	p, err := government(cfg.Profile)
	if err != nil {
		return err
	}
	var day time.Time
	if since != "" {
		if day, err = time.ParseInLocation(time.DateOnly, since, p.Location()); err != nil {
			return Wrong("--since", "is no day", "2026-09-01")
		}
	}
	stores, err := openDatabase(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, stores.Close()) }()
	if err := ownedBy(ctx, p, stores.Database); err != nil {
		return err
	}
	pool, err := postgres.Connect(ctx, stores.Database, 2)
	if err != nil {
		return Wrong("DATABASE_URL", "cannot be used: "+short(err), exampleDatabase)
	}
	defer pool.Close()
	store := struct {
		*postgres.Reader
		*postgres.Figures
	}{postgres.NewReader(pool), postgres.NewFigures(pool)}
	look := ledger.Look{At: time.Now(), Who: ledger.AtTerminal, Act: ledger.LookExport, About: "corrections"}
	if err := postgres.Note(ctx, pool, look); err != nil {
		return shapeless(err)
	}
	_, _ = fmt.Fprintln(errs, "corrections: what follows are citizens' own words. Keep the file like the database, and delete it after training.")
	n, err := export(ctx, store, p, day, func(line correction) error { return json.NewEncoder(out).Encode(line) })
	if err != nil {
		return err
	}
	_, _ = fmt.Fprintf(errs, "corrections: %d written; left out: %d whose new office does not tell the category, %d confidential, sensitive or without words\n",
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
	office := &casework.Office{Profile: p}
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
		if err := write(correction{Text: office.Veil(office.Own(r, r.Text)), Category: category, Agency: way.Last, First: way.First}); err != nil {
			return n, fmt.Errorf("write a correction: %w", err)
		}
		n.written++
	}
	return n, nil
}
