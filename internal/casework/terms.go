package casework

import (
	"slices"
	"time"

	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// course is what the facts of a report tell of its clocks: when each stage began last and when it was done, and when the clocks stood
// still.
type course struct {
	from, met map[profile.Stage]time.Time
	pauses    []deadline.Span
}

// courseOf reads a report's facts, but those that were taken back. r says whose the report is, and whether anybody hears a question.
// Where not all facts are at hand, the clocks that are kept tell the rest, and nothing of the pauses is known.
func courseOf(r report.Report, facts []report.Fact) course {
	c := course{from: map[profile.Stage]time.Time{}, met: map[profile.Stage]time.Time{}}
	if len(facts) == 0 || facts[0].Seq != 1 {
		for _, t := range r.Terms {
			c.from[profile.Stage(t.Stage)] = t.From
			if !t.Met.IsZero() {
				c.met[profile.Stage(t.Stage)] = t.Met
			}
		}
		now := r
		for _, f := range facts {
			was := now
			now = report.Apply(now, f)
			c.stages(was, now, f)
		}
		return c
	}
	gone := map[int]bool{}
	for _, f := range facts {
		if f.What == report.WasWithdrawn {
			gone[f.Of] = true
		}
	}
	now := report.Origin(r)
	var pauses report.Pauses
	for _, f := range facts {
		if f.What == report.WasWithdrawn || gone[f.Seq] {
			continue
		}
		was := now
		now = report.Apply(now, f)
		c.stages(was, now, f)
		pauses.Follow(now, f, now.Hears())
	}
	for _, w := range pauses.All {
		c.pauses = append(c.pauses, deadline.Span(w))
	}
	return c
}

// stages is what one fact begins and ends.
func (c *course) stages(was, now report.Report, f report.Fact) {
	begins := f.What == report.WasFiled || !was.Status.Open() && now.Status.Open() && was.Status != ""
	if begins {
		for _, s := range []profile.Stage{profile.Answer, profile.Finish} {
			c.from[s] = f.At
			delete(c.met, s)
		}
	}
	done := func(s profile.Stage) {
		if _, is := c.met[s]; !is && !c.from[s].IsZero() {
			c.met[s] = f.At
		}
	}
	if told(f) {
		done(profile.Answer)
	}
	if was.Status.Open() && !now.Status.Open() {
		done(profile.Answer)
		done(profile.Finish)
	}
	sorts := func(r report.Report) bool {
		return r.Agency == "" && (r.Status == report.Received || r.Status == report.Quarantined)
	}
	switch {
	case sorts(now) && (!sorts(was) || begins):
		c.from[profile.Verify] = f.At
		delete(c.met, profile.Verify)
	case !sorts(now):
		done(profile.Verify)
	}
}

// told reports whether a fact is an answer in words to the citizen.
func told(f report.Fact) bool {
	switch f.What {
	case report.WasAnswered, report.WasPlanned, report.WasResolved, report.WasRejected, report.WasTransferred:
		return true
	}
	return false
}

// terms are a report's clocks as they stand after more facts. A rule is chosen when its clock begins and kept; only what was done to the
// report moves a due time: that it stood still. was is the report before, r after what comes now; before are the facts so far, more those
// that come now.
func (o *Office) terms(was, r report.Report, before, more []report.Fact) []report.Term {
	all := append(slices.Clip(before), more...)
	if len(before) == 0 && was.Rev > 0 {
		r = was // the facts so far are not at hand
	}
	then, now := courseOf(r, before), courseOf(r, all)
	moved := !slices.EqualFunc(then.pauses, now.pauses, func(a, b deadline.Span) bool { return a.From.Equal(b.From) && a.To.Equal(b.To) })
	var out []report.Term
	for _, stage := range profile.Stages() {
		from := now.from[stage]
		if from.IsZero() {
			continue
		}
		t, has := r.TermOf(string(stage))
		if !has || !t.From.Equal(from) {
			var ok bool
			if t, ok = o.begin(stage, r, from); !ok {
				continue
			}
			t = deadline.Paused(o.Profile, t, now.pauses)
			if stage == profile.Answer && len(r.Terms) == 0 && from.Equal(r.Filed) && !r.Due.IsZero() {
				t.Due = r.Due // what was promised before clocks were kept stays
			}
		} else if other, ok := o.reclassed(stage, was, r, t); ok {
			if other.Stage == "" {
				continue
			}
			t = deadline.Paused(o.Profile, other, now.pauses)
		} else if moved && t.Met.IsZero() {
			t = deadline.Paused(o.Profile, t, now.pauses)
		}
		t.Met = now.met[stage]
		out = append(out, t)
	}
	return out
}

func sameTerms(a, b []report.Term) bool {
	return slices.EqualFunc(a, b, func(a, b report.Term) bool {
		same := a.From.Equal(b.From) && a.Due.Equal(b.Due) && a.Met.Equal(b.Met) && a.Promised.Equal(b.Promised)
		a.From, a.Due, a.Met, a.Promised = b.From, b.Due, b.Met, b.Promised
		return same && a == b
	})
}

// clocked puts the clocks of a fresh report on record, with its last fact, and gives the timer of its ladder.
func (o *Office) clocked(r report.Report, facts []report.Fact) (report.Report, []ledger.Change) {
	start := report.Origin(r)
	terms := o.terms(start, r, nil, facts)
	if len(terms) > 0 {
		facts[len(facts)-1].Terms = terms
		r = report.Fold(start, facts)
	}
	at, runs := o.nextStep(r, facts)
	if !runs {
		return r, nil
	}
	return r, []ledger.Change{ledger.Timed{Timer: ledger.Timer{Kind: ledger.ClockTimer, Subject: ledger.OfReport(r.ID), At: at}}}
}

// reclock puts what was done to the clocks on record, with the last fact, and sets the timer of the ladder.
func (c *change) reclock() {
	if len(c.facts) == 0 {
		return
	}
	terms := c.terms(c.was, c.now, c.Facts, c.facts)
	if !sameTerms(terms, c.now.Terms) {
		c.facts[len(c.facts)-1].Terms = terms
		c.now = report.Fold(c.was, c.facts)
	}
	all := append(slices.Clip(c.Facts), c.facts...)
	at, runs := c.nextStep(c.now, all)
	was, ran := c.nextStep(c.was, c.Facts)
	switch {
	case runs && (!ran || !at.Equal(was)):
		c.timed(ledger.ClockTimer, at)
	case !runs && ran:
		c.untimed(ledger.ClockTimer)
	}
}

// nextStep is when the next step of a report's ladder is to be told, in the past where it was missed; ok is false where nothing runs.
func (o *Office) nextStep(r report.Report, facts []report.Fact) (at time.Time, ok bool) {
	if !r.Status.Open() {
		return at, false
	}
	pauses := courseOf(r, facts).pauses
	for _, t := range r.Terms {
		if !t.Runs() {
			continue
		}
		next := deadline.Slot(o.Profile, deadline.StepAt(o.Profile, t, t.Told+1, r.Emergency, pauses...), r.Emergency)
		if !ok || next.Before(at) {
			at, ok = next, true
		}
	}
	return at, ok
}
