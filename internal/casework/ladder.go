package casework

import (
	"cmp"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// ClimbMost is how many reports go up the ladder in one commit: more than a morning brings, so that everybody gets one letter.
const ClimbMost = 1000

// rung is what the ladder tells of one clock of a report: the steps after from, up to to.
type rung struct {
	r        report.Report
	t        report.Term
	from, to report.Step
}

// runsOut reports whether the clock has run out and nobody was told before.
func (g rung) runsOut() bool { return g.from < report.Breach && report.Breach <= g.to }

// news reports whether the head of the office and the coordinator hear of it: when it has run out, and again after a while.
func (g rung) news() bool { return g.runsOut() || g.to >= report.Again }

// late reports whether the clock has run out, and that is told now, be it again.
func (g rung) late() bool { return g.to >= report.Breach }

// Climb tells people of clocks that nobody stopped: each step of each report once, everybody in one letter. Moments are those of timers
// of the kind ClockTimer that are due, with reports and facts; people are those of the desk. What was slept through is told for once, as
// far as it has come. ok is false where there is nothing to write.
func (o *Office) Climb(ms []Moment, people []ledger.Operator, at time.Time) (b ledger.Batch, ok bool) {
	if len(ms) == 0 {
		return b, false
	}
	ms = slices.Clone(ms)
	slices.SortFunc(ms, func(a, b Moment) int { return cmp.Compare(a.Report.ID, b.Report.ID) })
	// The rings keep it from being done twice; a clock that was put back may ask for the same timers under the same names again.
	b = ledger.Batch{Cause: ms[0].Timer.Cause() + "/" + at.UTC().Format(time.RFC3339Nano), At: at}
	var told []rung
	var rings, anew []ledger.Change
	for _, m := range ms {
		rings = append(rings, ledger.Rung{Timer: m.Timer})
		if !m.Report.Status.Open() {
			continue
		}
		c := &change{Office: o, Occasion: Occasion{Cause: b.Cause + "/" + string(m.Report.Code), At: at, Facts: m.Facts},
			by: report.Actor{Role: report.System}, was: m.Report, now: m.Report}
		steps := c.climb()
		if len(steps) > 0 {
			b.Changes = append(b.Changes, ledger.Changed{Report: c.now, Was: m.Report.Rev, Facts: c.facts})
			b.Letters = append(b.Letters, c.batch.Letters...)
			told = append(told, steps...)
		}
		if next, runs := o.nextStep(c.now, append(slices.Clip(m.Facts), c.facts...)); runs {
			t := m.Timer
			t.At, t.Tries = notBefore(next, o.awake(m.Report, at)), 0
			anew = append(anew, ledger.Timed{Timer: t})
		}
	}
	b.Changes = append(append(b.Changes, rings...), anew...)
	b.Letters = append(b.Letters, o.ladderLetters(told, people, b.Cause, at)...)
	return b, true
}

// awake is from when on people may be told of a report: at once while offices work, or of a danger; else when they work again.
func (o *Office) awake(r report.Report, at time.Time) time.Time {
	if o.quiet(r, at) {
		return deadline.Slot(o.Profile, at, false)
	}
	return at.Add(time.Microsecond)
}

// quiet reports whether nobody is to be disturbed now for a report: a program that slept may wake at night.
func (o *Office) quiet(r report.Report, at time.Time) bool {
	return !r.Emergency && !slices.ContainsFunc(o.Profile.Working(at), func(w profile.Window) bool { return !at.Before(w.From) && at.Before(w.To) })
}

func notBefore(a, b time.Time) time.Time {
	if b.After(a) {
		return b.UTC()
	}
	return a.UTC()
}

// climb is what one report's clocks have to tell now. Its citizens hear when one runs out that was promised to them, and once more when
// that goes on.
func (c *change) climb() []rung {
	terms := c.terms(c.was, c.was, c.Facts, nil)
	pauses := courseOf(c.was, c.Facts).pauses
	var out []rung
	for i := range terms {
		t := &terms[i]
		if !t.Runs() || c.quiet(c.was, c.At) {
			continue
		}
		from := t.Told
		for deadline.Slot(c.Profile, deadline.StepAt(c.Profile, *t, t.Told+1, c.was.Emergency, pauses...), c.was.Emergency).Compare(c.At) <= 0 {
			t.Told++
		}
		if t.Told == from {
			continue
		}
		if t.Told >= report.Breach {
			t.Promised = c.promise(*t, pauses)
		}
		out = append(out, rung{r: c.was, t: *t, from: from, to: t.Told})
	}
	if len(out) == 0 {
		if len(c.was.Terms) == 0 && len(terms) > 0 { // of a report from before clocks were kept
			c.was.Terms, c.now.Terms = terms, terms
		}
		return nil
	}
	worst := slices.MaxFunc(out, func(a, b rung) int { return cmp.Compare(a.to, b.to) })
	f := report.Fact{What: report.WasClocked, Stage: worst.t.Stage, Step: worst.to, Terms: terms}
	hears := slices.ContainsFunc(out, func(g rung) bool {
		return g.t.Stage != string(profile.Verify) && (g.runsOut() || g.to >= report.Again)
	})
	if worst.late() {
		f.Until = worst.t.Promised
	}
	if hears {
		again := !slices.ContainsFunc(out, func(g rung) bool { return g.runsOut() })
		c.tell(f, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
			return bot.Message{Text: v.NoticeLate(c.now, f.Until, again)}
		})
	} else {
		c.fact(f)
	}
	if slices.ContainsFunc(out, func(g rung) bool { return g.runsOut() }) {
		c.card()
	}
	for i := range out {
		out[i].r = c.now
	}
	return out
}

// promise is the day on which citizens hear of what is late now at the latest: by then its office has spoken, or the ladder tells them
// again.
func (c *change) promise(t report.Term, pauses []deadline.Span) time.Time {
	next := max(t.Told+1, report.Again)
	return deadline.Day(c.Profile, deadline.Slot(c.Profile, deadline.StepAt(c.Profile, t, next, c.was.Emergency, pauses...), c.was.Emergency)).UTC()
}
