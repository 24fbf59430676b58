// Package figures makes of the courses of reports the numbers that people read: how soon offices answer, what they finish, how well
// it holds. Each definition stands in docs/figures.md. It is pure: the time is passed in.
package figures

import (
	"cmp"
	"slices"
	"time"

	"rabeg/internal/report"
)

// By is what the lines of a sheet are.
type By string

// The ways of dividing. ByNothing gives the sum alone.
const (
	ByNothing  By = ""
	ByOffice   By = "office"
	ByCategory By = "category"
	ByArea     By = "area"
)

// Enough is how many reports there must be for a median or a 90th percentile to be told.
const Enough = 10

// Hushed stands in place of the category and the area of reports that must not be recognised: confidential and sensitive ones.
const Hushed = "rahasia"

// Query is what is asked.
type Query struct {
	// From is the first moment of the period, To the first after it, At is now: what has not happened by then is open.
	From, To, At time.Time
	By           By
	// District limits it to a kecamatan. Reports that must not be recognised are left out then: where one is would tell of it.
	District string
	// Calendar knows working days.
	Calendar *Calendar
	// Hush reports whether a report must not be recognised.
	Hush func(c report.Course) bool
	// Window is for how many days a report of a category can begin again after it was called done.
	Window func(category string) int
}

// End is the last moment the period knows of: its end, or now where it goes on.
func (q Query) End() time.Time {
	if q.At.Before(q.To) {
		return q.At
	}
	return q.To
}

func (q Query) within(t time.Time) bool { return !t.IsZero() && !t.Before(q.From) && t.Before(q.To) }

// Counter makes a sheet of courses that come one by one, in any order.
type Counter struct {
	q     Query
	all   *bin
	bins  map[string]*bin
	acted map[string]bool
}

// NewCounter begins to count.
func NewCounter(q Query) *Counter {
	return &Counter{q: q, all: &bin{}, bins: map[string]*bin{}, acted: map[string]bool{}}
}

// bin is a line in the making.
type bin struct {
	Figures
	answer, finish []sample
}

func (c *Counter) bin(key string) *bin {
	b := c.bins[key]
	if b == nil {
		b = &bin{}
		c.bins[key] = b
	}
	return b
}

// to are the bins that something counts in: the sum and the line of an office, or of the report where lines are no offices.
func (c *Counter) to(r *report.Course, office string) [2]*bin {
	switch {
	case c.q.By == ByOffice:
		return [2]*bin{c.all, c.bin(office)}
	case c.q.By == ByNothing:
		return [2]*bin{c.all, nil}
	case c.q.Hush(*r):
		return [2]*bin{c.all, c.bin(Hushed)}
	case c.q.By == ByCategory:
		return [2]*bin{c.all, c.bin(r.Category)}
	}
	return [2]*bin{c.all, c.bin(r.Area)}
}

func (c *Counter) add(r *report.Course, office string, put func(b *bin)) {
	for _, b := range c.to(r, office) {
		if b != nil {
			put(b)
		}
	}
}

// Add counts one report.
func (c *Counter) Add(r report.Course) { c.count(&r) }

// count counts one report, where it has anything to do with the period.
func (c *Counter) count(r *report.Course) {
	if until := r.Until(); !r.Filed.Before(c.q.To) || !until.IsZero() && until.Before(c.q.From) {
		return
	}
	hush := c.q.Hush(*r)
	if c.q.District != "" && (r.District != c.q.District || hush) {
		return
	}
	if c.q.within(r.Filed) {
		c.filed(r)
	}
	if hush {
		c.hushed(r)
	}
	c.answered(r)
	c.resolved(r)
	c.ended(r)
	c.held(r)
	for _, b := range r.Bounces {
		if c.q.within(b.At) {
			c.bounced(r, b)
		}
	}
	for _, a := range r.Acts {
		if c.q.within(a.At) {
			c.acted[a.Office] = true
		}
	}
}

// hushed counts a report that must not be recognised, once for each office that had it.
func (c *Counter) hushed(r *report.Course) {
	seen := map[*bin]bool{}
	count := func(b *bin) {
		if !seen[b] {
			seen[b] = true
			b.Hushed++
		}
	}
	c.add(r, r.Office, count)
	c.add(r, answerer(r), count)
	for _, s := range r.Spells {
		c.add(r, s.Office, count)
	}
}

// bounced counts for both: who gave it back, and who had sent it there. The sum counts it once.
func (c *Counter) bounced(r *report.Course, b report.Bounce) {
	if c.q.By != ByOffice {
		c.add(r, b.Office, func(x *bin) { x.Returned++; x.Astray++ })
		return
	}
	c.all.Returned++
	c.all.Astray++
	c.bin(b.Office).Returned++
	c.bin(b.Sender).Astray++
}

// answerer is the office that the first answer is laid to: who had the report then, else who had it last.
func answerer(r *report.Course) string {
	if r.Answered.IsZero() {
		return r.Office
	}
	return r.AnsweredBy
}

func (c *Counter) filed(r *report.Course) {
	cal := c.q.Calendar
	answer := sample{over: !r.Answered.IsZero()}
	stop := first(r.Answered, r.Ended, c.q.At)
	answer.lived, answer.worked = since(r.Filed, stop), cal.Worked(r.Filed, stop, r.Waits)
	c.add(r, answerer(r), func(b *bin) { b.answer = append(b.answer, answer) })

	finish := sample{}
	stop = first(r.Ended, c.q.At)
	if done, ok := standing(r); ok {
		finish.over, stop = true, done
	}
	finish.lived, finish.worked = since(r.Filed, stop), cal.Worked(r.Filed, stop, r.Waits)
	c.add(r, r.Office, func(b *bin) {
		b.finish = append(b.finish, finish)
		b.Filed++
		if answer.over {
			b.FollowedUp++
		}
		if !r.Ended.IsZero() {
			b.Settled++
		}
		b.Delivered += r.Delivered
		b.Undelivered += r.Undelivered
	})
}

// standing is when a report was done for good: the last time, and it has not begun again since nor ended otherwise.
func standing(r *report.Course) (time.Time, bool) {
	n := len(r.Resolutions)
	if n == 0 || r.Status != report.Resolved && r.Status != report.Closed {
		return time.Time{}, false
	}
	last := r.Resolutions[n-1]
	return last.At, last.Reopened.IsZero()
}

// answered counts what was to be answered by a day in the period: that the day has passed without an answer counts as late, also
// of what is still open. What ended without one before that day is not asked for.
func (c *Counter) answered(r *report.Course) {
	if !c.q.within(r.Due) || r.Due.After(c.q.At) {
		return
	}
	if r.Answered.IsZero() && !r.Ended.IsZero() && r.Ended.Before(r.Due) {
		return
	}
	inTime := !r.Answered.IsZero() && !r.Answered.After(r.Due)
	c.add(r, answerer(r), func(b *bin) {
		b.Due++
		if inTime {
			b.InTime++
		}
	})
}

func (c *Counter) resolved(r *report.Course) {
	for _, d := range r.Resolutions {
		if !c.q.within(d.At) {
			continue
		}
		window := d.At.AddDate(0, 0, c.q.Window(r.Category))
		held := window.Before(c.q.At)
		c.add(r, d.Office, func(b *bin) {
			b.Resolved++
			if d.Proof {
				b.Proved++
			}
			if held {
				b.Held++
				if !d.Reopened.IsZero() && !d.Reopened.After(window) {
					b.Reopened++
				}
			}
			if d.Stars >= 1 && d.Stars <= len(b.Stars) {
				b.Stars[d.Stars-1]++
			}
			switch d.Verdict {
			case report.Fixed:
				b.Fixed++
			case report.Part:
				b.Partly++
			case report.Unfit:
				b.NotFixed++
			case report.Lapsed:
				b.Lapsed++
			default:
				b.Awaited++
			}
		})
	}
}

func (c *Counter) ended(r *report.Course) {
	if !c.q.within(r.Ended) {
		return
	}
	c.add(r, r.Office, func(b *bin) {
		switch _, done := standing(r); {
		case done:
		case r.Status == report.Rejected:
			b.Rejected++
		case r.Status == report.Merged:
			b.Merged++
		case r.Status == report.Transferred:
			b.Transferred++
		case r.Status == report.Closed:
			b.Recalled++
		}
	})
}

// held counts who had it in the period, and what was open at its end.
func (c *Counter) held(r *report.Course) {
	end := c.q.End()
	for _, s := range r.Spells {
		if !s.From.Before(end) || !s.To.IsZero() && !s.To.After(c.q.From) {
			continue
		}
		open := s.To.IsZero() || !s.To.Before(end)
		var passed map[string]bool
		if open {
			passed = passedAt(r, end)
		}
		from, to := later(s.From, c.q.From), end
		if !open {
			to = s.To
		}
		kept := c.q.Calendar.Worked(from, to, r.Waits)
		c.add(r, s.Office, func(b *bin) {
			b.Spells++
			b.Kept += kept
			if open {
				b.Open++
			}
			if len(passed) > 0 {
				b.Late++
			}
			if passed["answer"] {
				b.LateAnswer++
			}
			if passed["finish"] {
				b.LateFinish++
			}
		})
	}
}

// passedAt are the stages whose limit had passed at a time, as it stood then.
func passedAt(r *report.Course, at time.Time) map[string]bool {
	var out map[string]bool
	for _, l := range r.Limits {
		if l.From.Before(at) && (l.To.IsZero() || !l.To.Before(at)) && l.Due.Before(at) {
			if out == nil {
				out = map[string]bool{}
			}
			out[l.Stage] = true
		}
	}
	return out
}

// Sheet is what was counted.
func (c *Counter) Sheet() Sheet {
	s := Sheet{Query: c.q, All: c.all.finished(), Acted: c.acted}
	for key, b := range c.bins {
		s.Lines = append(s.Lines, Line{key, b.finished()})
	}
	slices.SortFunc(s.Lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Filed, a.Filed), cmp.Compare(b.Open, a.Open), cmp.Compare(a.Key, b.Key))
	})
	return s
}

// Line is the figures of one key; zero where nothing was counted for it.
func (s Sheet) Line(key string) Figures {
	for _, l := range s.Lines {
		if l.Key == key {
			return l.Figures
		}
	}
	return Figures{}
}

func (b *bin) finished() Figures {
	f := b.Figures
	f.Answer, f.AnswerLived = spreads(b.answer)
	f.Finish, f.FinishLived = spreads(b.finish)
	return f
}

func since(from, to time.Time) time.Duration { return max(0, to.Sub(from)) }

// first is the first time that is known.
func first(all ...time.Time) time.Time {
	for _, t := range all {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Count makes a sheet of courses.
func Count(q Query, all []report.Course) Sheet {
	c := NewCounter(q)
	for _, r := range all {
		c.Add(r)
	}
	return c.Sheet()
}
