package app

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/figures"
	"rabeg/internal/jobs"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
)

// The daily job packs the figures of what is over.
var _ jobs.Packer = (*postgres.Store)(nil)

// Counted is what the figures are asked for at the terminal. From and To are days ("2026-10-01"), To the last of the period; "" is
// the first of this month, and today.
type Counted struct {
	From, To, By string
	JSON, CSV    bool
	// Facts writes all facts as CSV, Rebuild folds the figures anew; both are instead of the figures.
	Facts, Rebuild bool
}

const exampleStats = "rabeg stats --from 2026-10-01 --to 2026-10-31 --by office"

// check reads what is asked; the error names the flag.
func (c Counted) check(p *profile.Profile, now time.Time) (of figures.Period, by figures.By, err error) {
	now = now.In(p.Location())
	one := 0
	for _, is := range []bool{c.JSON, c.CSV, c.Facts, c.Rebuild} {
		if is {
			one++
		}
	}
	if one > 1 {
		return of, by, Wrong("--json, --csv, --facts, --rebuild", "only one of them can be had at a time", exampleStats+" --json")
	}
	if (c.Facts || c.Rebuild) && c.From+c.To+c.By != "" {
		return of, by, Wrong("--from, --to, --by", "do not go with --facts or --rebuild, which take all reports", "rabeg stats --facts")
	}
	switch by = figures.By(strings.ToLower(c.By)); by {
	case figures.ByNothing, figures.ByOffice, figures.ByCategory, figures.ByArea:
	default:
		return of, by, Wrong("--by", "is none of office, category, area", exampleStats)
	}
	day := func(flag, said string, otherwise time.Time) time.Time {
		if said == "" {
			return otherwise
		}
		t, wrong := time.ParseInLocation(time.DateOnly, said, p.Location())
		if wrong != nil && err == nil {
			err = Wrong(flag, "is no day", exampleStats)
		}
		return t
	}
	of.From = day("--from", c.From, figures.Month(now).From)
	of.To = day("--to", c.To, now)
	if err != nil {
		return of, by, err
	}
	of.To = time.Date(of.To.Year(), of.To.Month(), of.To.Day()+1, 0, 0, 0, 0, p.Location())
	if !of.From.Before(of.To) {
		return of, by, Wrong("--to", "is before --from", exampleStats)
	}
	return of, by, nil
}

// Stats writes the figures of a period.
func Stats(ctx context.Context, cfg Config, ask Counted, out, errs io.Writer) error {
	if err := known(cfg.Profile); err != nil {
		return err
	}
	p, err := government(cfg.Profile)
	if err != nil {
		return err
	}
	of, by, err := ask.check(p, time.Now())
	if err != nil {
		return err
	}
	return poolOf(ctx, cfg, p, 2, func(pool *pgxpool.Pool) error {
		switch {
		case ask.Rebuild:
			kept := postgres.NewFigures(pool)
			n, err := kept.Rebuild(ctx)
			if err == nil {
				err = kept.PackDays(ctx, time.Now().Add(-jobs.PackAfter))
			}
			if err != nil {
				return shapeless(err)
			}
			_, err = fmt.Fprintf(out, "figures: %d reports counted anew from their facts\n", n)
			return err
		case ask.Facts:
			return shapeless(exportFacts(ctx, pool, p, out))
		}
		return tellStats(ctx, pool, p, figures.Ask(p, of, time.Now(), by), ask, out, errs)
	})
}

// tellStats counts, and writes what was counted as it is wanted.
func tellStats(ctx context.Context, pool *pgxpool.Pool, p *profile.Profile, q figures.Query, ask Counted, out, errs io.Writer) error {
	s, err := figures.Read(ctx, postgres.NewFigures(pool), q)
	if err != nil {
		return shapeless(err)
	}
	people, err := postgres.NewReader(pool).Operators(ctx)
	if err != nil {
		return shapeless(err)
	}
	marks := figures.MarksOf(p, s, people)
	switch {
	case ask.JSON:
		return statsJSON(out, p, s, marks)
	case ask.CSV:
		return statsCSV(out, p, s)
	}
	return statsText(out, errs, p, s, marks)
}

// lines are the sum and all lines of a sheet, each with its key and name.
func lines(p *profile.Profile, s figures.Sheet, each func(key, name string, f figures.Figures) error) error {
	if err := each("", "all", s.All); err != nil {
		return err
	}
	for _, l := range s.Lines {
		if err := each(l.Key, figures.NameOf(p, s.Query.By, l.Key), l.Figures); err != nil {
			return err
		}
	}
	return nil
}

func lastDay(q figures.Query) string { return q.To.AddDate(0, 0, -1).Format(time.DateOnly) }

func statsJSON(out io.Writer, p *profile.Profile, s figures.Sheet, m figures.Marks) error {
	object := func(f figures.Figures) map[string]any {
		all := map[string]any{}
		for _, c := range f.Cells() {
			all[c.Name] = c.Value
		}
		return all
	}
	doc := map[string]any{"city": p.City, "from": s.Query.From.Format(time.DateOnly), "to": lastDay(s.Query), "at": s.Query.At.Format(time.RFC3339),
		"by": string(s.Query.By), "offices": m.Offices, "offices_linked": m.Linked, "offices_active": m.Active}
	rows := []map[string]any{}
	_ = lines(p, s, func(key, name string, f figures.Figures) error {
		if name == "all" {
			doc["all"] = object(f)
			return nil
		}
		row := object(f)
		row["key"], row["name"] = key, name
		rows = append(rows, row)
		return nil
	})
	doc["lines"] = rows
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(doc)
}

func statsCSV(out io.Writer, p *profile.Profile, s figures.Sheet) error {
	w := csv.NewWriter(out)
	head := []string{"from", "to", "by", "key", "name"}
	for _, c := range s.All.Cells() {
		head = append(head, c.Name)
	}
	if err := w.Write(head); err != nil {
		return err
	}
	err := lines(p, s, func(key, name string, f figures.Figures) error {
		row := []string{s.Query.From.Format(time.DateOnly), lastDay(s.Query), string(s.Query.By), figures.Defuse(key), figures.Defuse(name)}
		for _, c := range f.Cells() {
			row = append(row, c.Text())
		}
		return w.Write(row)
	})
	w.Flush()
	return errors.Join(err, w.Error())
}

func statsText(out, errs io.Writer, p *profile.Profile, s figures.Sheet, m figures.Marks) error {
	_, _ = fmt.Fprintf(out, "%s, %s to %s. What each figure means: docs/figures.md\n\n", p.City, s.Query.From.Format(time.DateOnly), lastDay(s.Query))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "\tfiled\tin time\tanswer median\tp90\tn\tas lived\tfinish median\tp90\tresolved\twith proof\treopened\tundelivered\tbounces\topen\tlate")
	err := lines(p, s, func(_, name string, f figures.Figures) error {
		_, err := fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%d\t%s\t%s\t%s\t%d\t%s\t%s\t%s\t%d\t%d\t%d\n", name, f.Filed, share(f.InTime, f.Due), within(f.Answer.Median), within(f.Answer.P90), f.Answer.N,
			within(f.AnswerLived.Median), within(f.Finish.Median), within(f.Finish.P90), f.Resolved, share(f.Proved, f.Resolved), share(f.Reopened, f.Held),
			share(f.Undelivered, f.Delivered+f.Undelivered), f.Returned, f.Open, f.Late)
		return err
	})
	f := s.All
	_, _ = fmt.Fprintf(errs, "verdicts on %d resolutions: %d beres, %d sebagian, %d belum, %d tanpa tanggapan, %d still waited for\n", f.Resolved, f.Fixed, f.Partly, f.NotFixed, f.Lapsed, f.Awaited)
	mean := "too few for a mean"
	if m, ok := f.MeanStars(); ok {
		mean = fmt.Sprintf("%.2f of 5 in the mean", m)
	}
	_, _ = fmt.Fprintf(errs, "marks after %d verdicts: %d, %s (from one star to five: %d, %d, %d, %d, %d)\n", f.Fixed+f.Partly+f.NotFixed, f.Rated(), mean, f.Stars[0], f.Stars[1], f.Stars[2], f.Stars[3], f.Stars[4])
	_, _ = fmt.Fprintf(errs, "LAPOR's marks: followed up %s, offices linked %s, active %s\n", share(m.FollowedUp, m.Filed), share(m.Linked, m.Offices), share(m.Active, m.Linked))
	return errors.Join(err, w.Flush())
}

// share is "12 of 14 (86 %)".
func share(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%d of %d (%.0f %%)", n, of, 100*float64(n)/float64(of))
}

// within is a percentile in days.
func within(p figures.Percentile) string {
	switch {
	case !p.Told:
		return "-"
	case !p.Reached:
		return figures.NotYet
	}
	return fmt.Sprintf("%.1f d", figures.Days(p.Within))
}
