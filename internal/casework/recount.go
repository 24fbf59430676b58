package casework

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Recounted is a clock of an open report under the rules and days off as they are now.
type Recounted struct {
	Code      report.Code
	Stage     string
	Was, Rule string // the rule before, and now
	Due, Now  time.Time
}

// Recount reckons the clocks of an open report anew, by the rules and days off of the profile as it is now: what a changed profile never
// does by itself. ok is false where nothing changes. Citizens who were promised another day hear of it.
func (o *Office) Recount(r report.Report, t Occasion) (changes []Recounted, b ledger.Batch, ok bool) {
	if !r.Status.Open() {
		return nil, b, false
	}
	course := courseOf(r, t.Facts)
	terms := o.terms(r, r, t.Facts, nil)
	answer := false
	for i, was := range terms {
		if !was.Runs() {
			continue
		}
		now, has := o.begin(profile.Stage(was.Stage), r, was.From)
		if !has {
			continue
		}
		now = deadline.Paused(o.Profile, now, course.pauses)
		if now.Due.Equal(was.Due) && now.Rule == was.Rule {
			continue
		}
		changes = append(changes, Recounted{Code: r.Code, Stage: was.Stage, Was: was.Rule, Rule: now.Rule, Due: was.Due, Now: now.Due})
		now.Promised = was.Promised
		for step := was.Told; step > report.NoStep; step-- { // what is not reached any more is told again when it is
			if !deadline.StepAt(o.Profile, now, step, r.Emergency, course.pauses...).After(t.At) {
				now.Told = step
				break
			}
		}
		answer = answer || was.Stage == string(profile.Answer) && o.named(now.Due) != o.named(was.Due)
		terms[i] = now
	}
	if len(changes) == 0 {
		return nil, b, false
	}
	c := &change{Office: o, Occasion: t, by: report.Actor{Role: report.System}, was: r, now: r, batch: ledger.Batch{Cause: t.Cause, At: t.At}}
	f := report.Fact{What: report.WasRecounted, Terms: terms}
	if answer {
		i := slices.IndexFunc(terms, func(t report.Term) bool { return t.Stage == string(profile.Answer) })
		c.tell(f, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
			return bot.Message{Text: v.NoticeRecounted(c.now, terms[i].Due)}
		})
	} else {
		c.fact(f)
	}
	if at, runs := o.nextStep(c.now, append(slices.Clip(t.Facts), c.facts...)); runs {
		c.timed(ledger.ClockTimer, at)
	}
	c.card()
	b = c.batch
	b.Changes = append([]ledger.Change{ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts}}, b.Changes...)
	return changes, b, true
}

// named is the day that citizens read for a limit.
func (o *Office) named(due time.Time) string {
	return strings.TrimSpace(deadline.Day(o.Profile, due).Format(time.DateOnly))
}
