package casework_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/figures"
	"rabeg/internal/report"
)

// The figures of the simulated quarter, counted a second time: of the facts and of the table of minutes alone, as docs/figures.md defines
// them, and sharing no code with what it judges.

// tally is a line of figures.
type tally struct {
	filed, due, inTime, open, late, lateAnswer, lateFinish, resolved, returned int
	answers                                                                    []wait
}

// wait is how many minutes somebody waited for the first answer: of working days without standing still, and as lived. over is false
// where it goes on.
type wait struct {
	worked, lived int
	over          bool
}

// course is what the facts of a report tell for figures.
type course struct {
	first           time.Time // of the answers; zero: none yet
	by              string    // who had it then
	last            string    // who has it
	returns, finals []event
	open            bool
}

type event struct {
	at     time.Time
	office string
}

// read walks through a report's facts until a time.
func (q *quarter) read(r report.Report, until time.Time) (c course) {
	for i, f := range q.facts[r.ID] {
		if !f.At.Before(until) {
			break
		}
		has := holder(q.facts[r.ID][:i])
		switch f.What {
		case report.WasFiled:
			c.open = true
		case report.WasAnswered, report.WasPlanned, report.WasResolved:
			if c.first.IsZero() {
				c.first, c.by = f.At, has
			}
			if f.What == report.WasResolved {
				c.finals = append(c.finals, event{f.At, has})
				c.open = false
			}
		case report.WasReturned:
			c.returns = append(c.returns, event{f.At, has})
		case report.WasJudged:
			c.open = f.Verdict != report.Fixed
		}
		c.last = holder(q.facts[r.ID][:i+1])
	}
	return c
}

// still is how many minutes of working days a report's clocks stood still between two times.
func (q *quarter) still(r report.Report, m minutes, from, to time.Time) (n int) {
	last := from
	for _, p := range q.stints(r)[0].pauses { // in the order in which they began; what overlaps counts once
		begin, end := p[0], p[1]
		if begin.Before(last) {
			begin = last
		}
		if end.After(to) {
			end = to
		}
		if end.After(begin) {
			n += int(m.upTo[m.at(end)] - m.upTo[m.at(begin)])
			last = end
		}
	}
	return n
}

// passed are the stages of a report whose limits had passed at a time, of those that ran then.
func (q *quarter) passed(r report.Report, m minutes, at time.Time) map[string]bool {
	known := q.facts[r.ID]
	if i := slices.IndexFunc(known, func(f report.Fact) bool { return !f.At.Before(at) }); i >= 0 {
		known = known[:i]
	}
	out := map[string]bool{}
	for _, s := range q.stintsOf(r, known) {
		if s.met.IsZero() && m.used(s, at) >= s.hours*60+s.days*24*60 && m.reached(s, report.Breach, r.Emergency).Before(at) {
			out[s.stage] = true
		}
	}
	return out
}

// limit is until when the first answer of a report was to come: as it was when that came, for nothing moves it afterwards.
func (q *quarter) limit(r report.Report, m minutes, first time.Time) time.Time {
	known := q.facts[r.ID]
	if i := slices.IndexFunc(known, func(f report.Fact) bool { return f.At.Equal(first) && !first.IsZero() }); i >= 0 {
		known = known[:i+1]
	}
	for _, s := range q.stintsOf(r, known) {
		if s.stage == "answer" {
			return m.reached(s, report.Breach, r.Emergency)
		}
	}
	return time.Time{}
}

// recount makes the lines of a period by hand, "all" and one for each office.
func (q *quarter) recount(m minutes, from, to time.Time) map[string]*tally {
	lines := map[string]*tally{"all": {}}
	count := func(office string, add func(*tally)) {
		if lines["="+office] == nil {
			lines["="+office] = &tally{}
		}
		add(lines["all"])
		add(lines["="+office])
	}
	in := func(t time.Time) bool { return !t.Before(from) && t.Before(to) }
	for _, r := range q.reports {
		c := q.read(r, q.end.Add(time.Minute))
		filed, due := q.facts[r.ID][0].At, q.limit(r, m, c.first)
		by := c.last
		if !c.first.IsZero() {
			by = c.by
		}
		if in(filed) {
			count(c.last, func(t *tally) { t.filed++ })
			w := wait{over: !c.first.IsZero()}
			stop := q.end
			if w.over {
				stop = c.first
			}
			w.lived = int(stop.Sub(filed) / time.Minute)
			w.worked = int(m.upTo[m.at(stop)]-m.upTo[m.at(filed)]) - q.still(r, m, filed, stop)
			count(by, func(t *tally) { t.answers = append(t.answers, w) })
		}
		if in(due) && !due.After(q.end) {
			count(by, func(t *tally) { t.due++ })
			if !c.first.IsZero() && !c.first.After(due) {
				count(by, func(t *tally) { t.inTime++ })
			}
		}
		for _, e := range c.finals {
			if in(e.at) {
				count(e.office, func(t *tally) { t.resolved++ })
			}
		}
		for _, e := range c.returns {
			if in(e.at) {
				count(e.office, func(t *tally) { t.returned++ })
			}
		}
		then := q.read(r, to)
		if then.open {
			count(then.last, func(t *tally) { t.open++ })
			if passed := q.passed(r, m, to); len(passed) > 0 {
				count(then.last, func(t *tally) {
					t.late++
					t.lateAnswer += map[bool]int{true: 1}[passed["answer"]]
					t.lateFinish += map[bool]int{true: 1}[passed["finish"]]
				})
			}
		}
	}
	return lines
}

// within is the time within which a share of some waits is over: of all that wait still then, as many as end leave (Kaplan and Meier).
func within(all []wait, percent int, of func(wait) int) string {
	if len(all) < 10 {
		return ""
	}
	all = slices.Clone(all)
	slices.SortFunc(all, func(a, b wait) int { return of(a) - of(b) })
	left := 1.0
	for i := 0; i < len(all); {
		at, still, end := of(all[i]), len(all)-i, 0
		for ; i < len(all) && of(all[i]) == at; i++ {
			if all[i].over {
				end++
			}
		}
		left -= left * float64(end) / float64(still)
		if left*100 < float64(100-percent)+.000001 {
			return fmt.Sprintf("%.6f", float64(at)/1440)
		}
	}
	return "belum tercapai"
}

// percent is a share to a tenth.
func percent(n, of int) string {
	if of == 0 {
		return ""
	}
	tenths := (2000*n + of) / (2 * of)
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}

func (t *tally) cells() map[string]string {
	over := 0
	for _, w := range t.answers {
		if w.over {
			over++
		}
	}
	out := map[string]string{"in_time_pct": percent(t.inTime, t.due)}
	for name, n := range map[string]int{"filed": t.filed, "due": t.due, "in_time": t.inTime, "open": t.open, "late": t.late, "late_answer": t.lateAnswer, "late_finish": t.lateFinish, "resolved": t.resolved,
		"returned": t.returned, "answer_n": len(t.answers), "answer_over": over} {
		out[name] = fmt.Sprint(n)
	}
	for name, share := range map[string]int{"median": 50, "p90": 90} {
		out["answer_"+name+"_days"] = within(t.answers, share, func(w wait) int { return w.worked })
		out["answer_lived_"+name+"_days"] = within(t.answers, share, func(w wait) int { return w.lived })
	}
	return out
}

// tells reports whether a cell says what was counted: days to a hundredth, all else as it is.
func tells(c figures.Cell, counted string) bool {
	days, err := strconv.ParseFloat(counted, 64)
	said, is := c.Value.(float64)
	switch {
	case err != nil || !is:
		return c.Text() == counted
	case strings.HasSuffix(c.Name, "_days"):
		return math.Abs(said-days) < .005001
	}
	return math.Abs(said-days) < .001
}

// marks holds LAPOR's three to it: how much is followed up, and how many of the offices somebody acts for.
func (q *quarter) marks(of string, m figures.Marks, all *tally) {
	answered, linked := 0, 0
	for _, w := range all.answers {
		if w.over {
			answered++
		}
	}
	for _, a := range q.offices {
		if q.served(a) {
			linked++
		}
	}
	if m.Filed != all.filed || m.FollowedUp != answered || m.Offices != len(q.offices) || m.Linked != linked || m.Active > linked {
		q.Errorf("%s: the marks are %+v, and by hand %d of %d are followed up, %d of %d offices linked", of, m, answered, all.filed, linked, len(q.offices))
	}
}

// figures holds what the product counts of the quarter, and of a month in it, to the count by hand: every cell of every line.
func (q *quarter) figures() (lines int) {
	var courses []report.Course
	for id, r := range q.reports {
		courses = append(courses, report.CourseOf(r, q.facts[id]))
	}
	m := q.count()
	january := figures.Month(q.start.AddDate(0, 1, 0))
	for _, of := range []figures.Period{{From: q.start, To: q.end, Name: "triwulan"}, january} {
		sheet := figures.Count(figures.Ask(q.office.Profile, of, q.end, figures.ByOffice), courses)
		byHand := q.recount(m, of.From, of.To)
		q.marks(of.Name, figures.MarksOf(q.office.Profile, sheet, q.people), byHand["all"])
		got := map[string]figures.Figures{"all": sheet.All}
		for _, l := range sheet.Lines {
			got["="+l.Key] = l.Figures
		}
		for key := range got {
			if byHand[key] == nil {
				byHand[key] = &tally{}
			}
		}
		for key, t := range byHand {
			lines++
			want := t.cells()
			for _, c := range got[key].Cells() {
				if w, has := want[c.Name]; has && !tells(c, w) {
					q.Errorf("%s, %s: %s is %q, and %q by hand", of.Name, key, c.Name, c.Text(), w)
				}
			}
		}
	}
	return lines
}
