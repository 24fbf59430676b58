package figures

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// Cell is one figure of a line, as a table has it.
type Cell struct {
	Name string // as in the head of a table
	// Value is an int, a float64 (days, or percent), NotYet, or nil where there are too few to tell.
	Value any
}

// NotYet is the value of a percentile that is not reached yet.
const NotYet = "belum tercapai"

// Cells are all figures of a line, in the order of tables. Days are working days, or days where they are as lived.
func (f Figures) Cells() []Cell {
	spread := func(name string, s Spread) []Cell {
		return []Cell{{name + "_n", s.N}, {name + "_over", s.Over}, {name + "_median_days", s.Median.value()}, {name + "_p90_days", s.P90.value()}}
	}
	out := []Cell{{"filed", f.Filed}, {"followed_up", f.FollowedUp}, {"followed_up_pct", Percent(f.FollowedUp, f.Filed)}, {"settled", f.Settled}}
	out = append(out, spread("answer", f.Answer)...)
	out = append(out, spread("answer_lived", f.AnswerLived)...)
	out = append(out, spread("finish", f.Finish)...)
	out = append(out, spread("finish_lived", f.FinishLived)...)
	return append(out, Cell{"due", f.Due}, Cell{"in_time", f.InTime}, Cell{"in_time_pct", Percent(f.InTime, f.Due)},
		Cell{"resolved", f.Resolved}, Cell{"proved", f.Proved}, Cell{"proved_pct", Percent(f.Proved, f.Resolved)},
		Cell{"held", f.Held}, Cell{"reopened", f.Reopened}, Cell{"reopened_pct", Percent(f.Reopened, f.Held)},
		Cell{"fixed", f.Fixed}, Cell{"partly", f.Partly}, Cell{"not_fixed", f.NotFixed}, Cell{"lapsed", f.Lapsed}, Cell{"awaited", f.Awaited},
		Cell{"rated", f.Rated()}, Cell{"stars_mean", f.meanStars()}, Cell{"stars_1", f.Stars[0]}, Cell{"stars_2", f.Stars[1]}, Cell{"stars_3", f.Stars[2]},
		Cell{"stars_4", f.Stars[3]}, Cell{"stars_5", f.Stars[4]},
		Cell{"rejected", f.Rejected}, Cell{"merged", f.Merged}, Cell{"transferred", f.Transferred}, Cell{"recalled", f.Recalled},
		Cell{"delivered", f.Delivered}, Cell{"undelivered", f.Undelivered}, Cell{"undelivered_pct", Percent(f.Undelivered, f.Delivered+f.Undelivered)},
		Cell{"returned", f.Returned}, Cell{"astray", f.Astray}, Cell{"spells", f.Spells}, Cell{"kept_days", Days(f.Kept)},
		Cell{"open", f.Open}, Cell{"late", f.Late}, Cell{"late_answer", f.LateAnswer}, Cell{"late_finish", f.LateFinish})
}

// meanStars is the mean of the marks to a hundredth, nil of too few.
func (f Figures) meanStars() any {
	mean, ok := f.MeanStars()
	if !ok {
		return nil
	}
	return math.Round(100*mean) / 100
}

func (p Percentile) value() any {
	switch {
	case !p.Told:
		return nil
	case !p.Reached:
		return NotYet
	}
	return Days(p.Within)
}

// Days is a time as days, to a hundredth.
func Days(d time.Duration) float64 { return math.Round(d.Hours()/24*100) / 100 }

// Percent is a share in percent to a tenth, nil of nothing.
func Percent(n, of int) any {
	if of == 0 {
		return nil
	}
	return math.Round(1000*float64(n)/float64(of)) / 10
}

// Text is the value as a table of texts has it.
func (c Cell) Text() string {
	switch v := c.Value.(type) {
	case int:
		return strconv.Itoa(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case string:
		return v
	}
	return ""
}

// Defuse makes a text safe for a spreadsheet, which would run one that begins like a formula.
func Defuse(cell string) string {
	if cell == "" || !strings.ContainsAny(cell[:1], "=+-@\t\r\n|%") && !strings.HasPrefix(cell, "＝") && !strings.HasPrefix(cell, "＋") && !strings.HasPrefix(cell, "－") && !strings.HasPrefix(cell, "＠") {
		return cell
	}
	return "'" + cell
}
