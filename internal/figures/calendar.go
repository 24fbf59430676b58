package figures

import (
	"time"

	"rabeg/internal/report"
)

// WorkingDay is how much working time a working day has: it counts from midnight to midnight, as the clocks of working days do.
const WorkingDay = 24 * time.Hour

// Calendar knows how much working time lies between two moments. It may be used at once from several goroutines.
type Calendar struct {
	begins []int64         // of each day, Unix nanoseconds
	before []time.Duration // how much working time the days before it had
	works  []bool
}

// NewCalendar makes a calendar for the days from one year to another, in a zone. works tells of a moment whether offices work on its day.
func NewCalendar(from, to int, in *time.Location, works func(time.Time) bool) *Calendar {
	c := &Calendar{}
	var sum time.Duration
	for d, end := time.Date(from, 1, 1, 0, 0, 0, 0, in), time.Date(to+1, 1, 1, 0, 0, 0, 0, in); d.Before(end); {
		next := time.Date(d.Year(), d.Month(), d.Day()+1, 0, 0, 0, 0, in)
		w := works(d)
		c.begins, c.before, c.works = append(c.begins, d.UnixNano()), append(c.before, sum), append(c.works, w)
		if w {
			sum += next.Sub(d)
		}
		d = next
	}
	return c
}

// until is the working time from the calendar's first day to a moment.
func (c *Calendar) until(t time.Time) time.Duration {
	at := t.UnixNano()
	if len(c.begins) == 0 || at < c.begins[0] {
		return 0
	}
	// Days are 24 hours but for an hour here and there: a guess is right, or one beside it.
	i := min(int((at-c.begins[0])/int64(WorkingDay)), len(c.begins)-1)
	for c.begins[i] > at {
		i--
	}
	for i+1 < len(c.begins) && c.begins[i+1] <= at {
		i++
	}
	if !c.works[i] {
		return c.before[i]
	}
	return c.before[i] + time.Duration(at-c.begins[i])
}

// Between is the working time between two moments, 0 where the second is not after the first.
func (c *Calendar) Between(from, to time.Time) time.Duration {
	if !to.After(from) {
		return 0
	}
	return c.until(to) - c.until(from)
}

// Worked is the working time between two moments in which no clock stood still. Waits are in order and apart from each other.
func (c *Calendar) Worked(from, to time.Time, waits []report.Wait) time.Duration {
	sum := c.Between(from, to)
	for _, w := range waits {
		end := to
		if !w.To.IsZero() && w.To.Before(to) {
			end = w.To
		}
		sum -= c.Between(later(w.From, from), end)
	}
	return sum
}
