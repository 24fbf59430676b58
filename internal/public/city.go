package public

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/internal/figures"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// CitySheet is the name under which the figures for everybody are kept.
const CitySheet = "city"

// period is the days that the figures look back.
const period = 90

// City is how a city answers, as it was counted last. What the figures mean stands in docs/figures.md; here confidential and sensitive
// reports are left out altogether, and those that nobody has looked at yet.
type City struct {
	From    time.Time `json:"from"` // the first day
	At      time.Time `json:"at"`   // when it was counted
	All     Line      `json:"all"`
	Areas   []Line    `json:"areas"`
	Offices []Line    `json:"offices"`
}

// Line is the figures of the city, a kelurahan or an office.
type Line struct {
	Key string `json:"key,omitempty"` // its code
	// Open are open now; Filed came in the period, of which Answered are answered; Resolved were called done in it.
	Open     int `json:"open"`
	Filed    int `json:"filed"`
	Answered int `json:"answered"`
	Resolved int `json:"resolved"`
	// Due had to be answered in the period, InTime were.
	Due    int `json:"due"`
	InTime int `json:"in_time"`
	// N is of how many reports Median and P90 are, the working days to the first answer.
	N      int     `json:"n"`
	Median Measure `json:"median"`
	P90    Measure `json:"p90"`
}

// Measure is a percentile in days. Told is false where there are too few reports for one, Reached where not enough are over yet.
type Measure struct {
	Days    float64 `json:"days"`
	Told    bool    `json:"told"`
	Reached bool    `json:"reached"`
}

// Count counts for everybody.
func Count(ctx context.Context, kept figures.Courses, p *profile.Profile, at time.Time) (City, error) {
	today := at.In(p.Location())
	of := figures.Period{From: time.Date(today.Year(), today.Month(), today.Day()-period, 0, 0, 0, 0, p.Location()),
		To: time.Date(today.Year(), today.Month(), today.Day()+1, 0, 0, 0, 0, p.Location())}
	q := figures.Ask(p, of, at, figures.ByArea)
	areas := figures.NewCounter(q)
	q.By = figures.ByOffice
	offices := figures.NewCounter(q)
	err := kept.Courses(ctx, of.From, of.To, func(c *report.Course) {
		if q.Hush(*c) || c.Status == report.Quarantined {
			return
		}
		areas.Add(*c)
		offices.Add(*c)
	})
	if err != nil {
		return City{}, fmt.Errorf("count for everybody: %w", err)
	}
	byArea, byOffice := areas.Sheet(), offices.Sheet()
	return City{From: of.From, At: at, All: lineOf("", byOffice.All), Areas: linesOf(byArea), Offices: linesOf(byOffice)}, nil
}

func linesOf(s figures.Sheet) []Line {
	out := []Line{}
	for _, l := range s.Lines {
		if n := lineOf(l.Key, l.Figures); n.Open+n.Filed+n.Due+n.Resolved > 0 {
			out = append(out, n)
		}
	}
	slices.SortFunc(out, func(a, b Line) int { return strings.Compare(a.Key, b.Key) })
	return out
}

func lineOf(key string, f figures.Figures) Line {
	of := func(p figures.Percentile) Measure {
		return Measure{Days: figures.Days(p.Within), Told: p.Told, Reached: p.Reached}
	}
	return Line{Key: key, Open: f.Open, Filed: f.Filed, Answered: f.FollowedUp, Resolved: f.Resolved, Due: f.Due, InTime: f.InTime,
		N: f.Answer.N, Median: of(f.Answer.Median), P90: of(f.Answer.P90)}
}
