package app

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"rabeg/internal/figures"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// factColumns head the facts that leave the product; docs/figures.md tells what each is.
var factColumns = [...]string{"report", "seq", "at", "what", "role", "agency", "holder", "status", "asked", "until", "verify_due", "answer_due", "finish_due", "undone", "proof", "of", "verdict", "stars",
	"due", "channel", "kind", "category", "area", "district", "delivered", "undelivered"}

// exportFacts writes all facts of all reports without persons and words.
func exportFacts(ctx context.Context, pool *pgxpool.Pool, p *profile.Profile, out io.Writer) error {
	w := csv.NewWriter(out)
	if err := w.Write(factColumns[:]); err != nil {
		return err
	}
	hush, n := figures.HushOf(p), 0
	err := postgres.NewFigures(pool).Stories(ctx, func(r report.Report, facts []report.Fact, delivered, undelivered int) error {
		n++
		c := report.CourseOf(r, facts)
		if hush(c) {
			c.Category, c.Area, c.District = figures.Hushed, "", ""
		}
		for i, s := range report.Stages(r, facts) {
			row := factRow(n, s)
			if i == 0 {
				row = append(row, moment(c.Due), c.Channel, string(c.Kind), c.Category, c.Area, c.District, strconv.Itoa(delivered), strconv.Itoa(undelivered))
			} else {
				row = append(row, make([]string, len(factColumns)-len(row))...)
			}
			for j := range row {
				row[j] = figures.Defuse(row[j])
			}
			if err := w.Write(row); err != nil {
				return err
			}
		}
		return nil
	})
	w.Flush()
	return errors.Join(err, w.Error())
}

// factRow is what one fact tells, and how the report stood after it.
func factRow(report int, s report.Stage) []string {
	f := s.Fact
	of := ""
	if f.Of > 0 {
		of = strconv.Itoa(f.Of)
	}
	asked := ""
	switch {
	case s.Asked && s.Heard:
		asked = "yes"
	case s.Asked:
		asked = "unheard"
	}
	due := map[string]string{}
	for _, t := range s.Terms {
		due[t.Stage] = moment(t.Due)
	}
	return []string{strconv.Itoa(report), strconv.Itoa(f.Seq), moment(f.At), string(f.What), string(f.By.Role), f.By.Home, s.Office, string(s.Status),
		asked, moment(s.Until), due["verify"], due["answer"], due["finish"], yes(s.Undone), yes(len(f.Photos)+len(f.Files) > 0), of, string(f.Verdict), starsOf(f)}
}

// starsOf is a mark, "" for none.
func starsOf(f report.Fact) string {
	if f.What != report.WasRated {
		return ""
	}
	return strconv.Itoa(f.Stars)
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return ""
}

// moment is a time to the microsecond, as it is kept; "" for none.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000Z")
}
