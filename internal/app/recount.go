package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// recountMost is how many open reports of one room are recounted.
const recountMost = 1_000_000

// Recount shows what the rules and days off of the profile, as they are now, make of the clocks of all open reports, and, where apply is
// set, keeps it. A changed profile never does that by itself.
func Recount(ctx context.Context, cfg Config, apply bool, out io.Writer) error {
	return withPool(ctx, cfg, 4, func(pool *pgxpool.Pool, p *profile.Profile) error {
		store, err := postgres.New(ctx, postgres.Options{Pool: pool, Prefix: p.Prefix, City: cityOf(p), Sensitive: p.Sensitive,
			Enqueue: func(context.Context, pgx.Tx, []ledger.Job) error { return nil }}, "recount")
		if err != nil {
			return shapeless(err)
		}
		defer store.Close()
		return recountDues(ctx, store, p, apply, time.Now, out)
	})
}

// recounting is what a recount reads and writes.
type recounting interface {
	OpenOf(ctx context.Context, agency string, limit int) ([]report.Report, error)
	ByID(ctx context.Context, id report.ID) (report.Report, error)
	Facts(ctx context.Context, id report.ID) ([]report.Fact, error)
	Commit(ctx context.Context, b ledger.Batch) error
}

// recountOne reckons the clocks of one report anew, and keeps that where apply is set.
func recountOne(ctx context.Context, store recounting, office *casework.Office, r report.Report, apply bool, at time.Time) (changes []casework.Recounted, err error) {
	err = ledger.Again(ctx, func(was error) (err error) {
		if was != nil { // it has changed in between
			if r, err = store.ByID(ctx, r.ID); err != nil {
				return err
			}
		}
		facts, err := store.Facts(ctx, r.ID)
		if err != nil {
			return err
		}
		var b ledger.Batch
		var ok bool
		changes, b, ok = office.Recount(r, casework.Occasion{Cause: fmt.Sprintf("recount:%d/%s", r.ID, at.UTC().Format(time.RFC3339Nano)), At: at, Facts: facts})
		if !ok || !apply {
			return nil
		}
		return store.Commit(ctx, b)
	})
	return changes, err
}

func recountDues(ctx context.Context, store recounting, p *profile.Profile, apply bool, now func() time.Time, out io.Writer) error {
	office := &casework.Office{Profile: p}
	looked, changed := 0, 0
	at := now()
	for _, room := range office.Rooms() {
		open, err := store.OpenOf(ctx, room, recountMost)
		if err != nil {
			return err
		}
		for _, r := range open {
			looked++
			changes, err := recountOne(ctx, store, office, r, apply, at)
			if err != nil {
				return fmt.Errorf("recount %s: %w", r.Code, err)
			}
			if len(changes) > 0 {
				changed++
			}
			for _, c := range changes {
				rule := ""
				if c.Was != c.Rule {
					rule = fmt.Sprintf(" (%q, was %q)", c.Rule, c.Was)
				}
				_, _ = fmt.Fprintf(out, "%s %-7s %s -> %s%s\n", c.Code, c.Stage, c.Due.In(p.Location()).Format("2006-01-02 15:04"), c.Now.In(p.Location()).Format("2006-01-02 15:04"), rule)
			}
		}
	}
	switch {
	case changed == 0:
		_, _ = fmt.Fprintf(out, "%d open reports: all their clocks are as the profile says now\n", looked)
	case apply:
		_, _ = fmt.Fprintf(out, "%d of %d open reports have new due times; citizens who were promised another day are told\n", changed, looked)
	default:
		_, _ = fmt.Fprintf(out, "%d of %d open reports would have new due times. Nothing is changed yet; to keep this: rabeg recount --apply\n", changed, looked)
	}
	return nil
}
