package casework_test

import (
	"sort"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// An independent count of the simulated quarter: minute by minute, from the facts alone. It shares no code with what it judges.

// minutes counts the minutes of working days from a beginning on: upTo[i] are those among the first i minutes.
type minutes struct {
	begin time.Time
	upTo  []int32
	works []bool // whether offices work in a minute
}

func (q *quarter) count() minutes {
	begin := q.start.AddDate(0, 0, -3)
	m := minutes{begin: begin}
	off := map[string]bool{}
	for _, h := range q.office.Profile.Holidays {
		off[h] = true
	}
	n := int32(0)
	for t := begin; t.Before(q.end.AddDate(0, 8, 0)); t = t.Add(time.Minute) {
		m.upTo = append(m.upTo, n)
		working := t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !off[t.Format(time.DateOnly)]
		if working {
			n++
		}
		hm, friday, day := t.Format("15:04"), t.Weekday() == time.Friday, t.Format(time.DateOnly)
		hours := [4]string{"07:30", "12:00", "13:00", "16:00"}
		if friday {
			hours = [4]string{"07:30", "11:30", "13:00", "16:30"}
		}
		if day >= "2027-02-09" && day <= "2027-03-09" {
			hours = [4]string{"08:00", "12:00", "12:30", "15:00"}
			if friday {
				hours = [4]string{"08:00", "12:00", "13:00", "15:30"}
			}
		}
		m.works = append(m.works, working && (hm >= hours[0] && hm < hours[1] || hm >= hours[2] && hm < hours[3]))
	}
	return m
}

func (m minutes) at(t time.Time) int { return int(t.Sub(m.begin) / time.Minute) }

// stint is one clock of a report as its facts tell it.
type stint struct {
	stage     string
	from, met time.Time // met is zero while it runs
	hours     int       // of the clock; else
	days      int       // working days
	pauses    [][2]time.Time
	told      []report.Fact
}

// used is how many minutes of a stint have run at a time.
func (m minutes) used(s *stint, at time.Time) int {
	between := func(a, b time.Time) int {
		if !b.After(a) {
			return 0
		}
		if s.days > 0 {
			return int(m.upTo[m.at(b)] - m.upTo[m.at(a)])
		}
		return int(b.Sub(a) / time.Minute)
	}
	n := between(s.from, at)
	last := s.from
	for _, p := range s.pauses { // they are in order; what overlaps counts once
		from, to := p[0], p[1]
		if from.Before(last) {
			from = last
		}
		if to.After(at) {
			to = at
		}
		if to.After(from) {
			n -= between(from, to)
			last = to
		}
	}
	return n
}

// reached is the first minute at which a step of a stint is reached.
func (m minutes) reached(s *stint, step report.Step, urgent bool) time.Time {
	length := s.hours*60 + s.days*24*60
	first := func(s *stint, need int) time.Time {
		i := sort.Search(len(m.upTo)-m.at(s.from)-1, func(i int) bool { return m.used(s, s.from.Add(time.Duration(i)*time.Minute)) >= need })
		return s.from.Add(time.Duration(i) * time.Minute)
	}
	switch step {
	case report.FirstReminder:
		return first(s, (length+1)/2)
	case report.LastReminder:
		return first(s, (length*8+9)/10)
	case report.Breach:
		return first(s, length)
	}
	after := []int{1, 3, 7, 15, 31, 47, 63, 79, 95, 111, 127}[step-report.Leaders]
	over := &stint{from: first(s, length), days: after, pauses: s.pauses}
	if urgent {
		over.days, over.hours = 0, 24*after
	}
	return first(over, over.days*24*60+over.hours*60)
}

// slot is when people are told of what is reached at a time.
func (m minutes) slot(t time.Time, urgent bool) time.Time {
	for !urgent && (t.Minute() != 0 || !m.works[m.at(t)]) {
		t = t.Add(time.Minute)
	}
	return t
}

// stints reads the clocks of a report out of its facts.
func (q *quarter) stints(r report.Report) []*stint { return q.stintsOf(r, q.facts[r.ID]) }

func (q *quarter) stintsOf(r report.Report, facts []report.Fact) []*stint {
	var all []*stint
	open := map[string]*stint{}
	begin := func(stage string, at time.Time) {
		s := &stint{stage: stage, from: at.In(q.start.Location())}
		cat, _ := q.office.Profile.Category(r.Category)
		switch {
		case stage == "verify":
			s.days = 3
		case stage == "answer" && cat.Light:
			s.hours = 24
		case stage == "answer" && !at.Before(q.change):
			s.hours = 96
		case stage == "answer":
			s.hours = 72
		case r.Kind == report.Complaint && r.Category == profile.Integrity:
			s.days = 60
		case r.Kind == report.Question:
			s.days = 5
		default:
			s.days = 14
		}
		open[stage] = s
		all = append(all, s)
	}
	met := func(at time.Time, stages ...string) {
		for _, stage := range stages {
			if s := open[stage]; s != nil && s.met.IsZero() {
				s.met = at
			}
		}
	}
	var pauses [][2]time.Time
	asked, planned := -1, -1
	unplan := func(at time.Time) {
		if planned >= 0 && at.Before(pauses[planned][1]) {
			pauses[planned][1] = at
		}
		planned = -1
	}
	unask := func(at time.Time) {
		if asked >= 0 && at.Before(pauses[asked][1]) {
			pauses[asked][1] = at
		}
		asked = -1
	}
	for _, f := range facts {
		switch f.What {
		case report.WasFiled:
			begin("answer", f.At)
			begin("finish", f.At)
			begin("verify", f.At)
		case report.WasAssigned, report.WasTaken:
			met(f.At, "verify")
			unplan(f.At)
		case report.WasForwarded, report.WasReturned:
			if f.Stands { // the plan goes with the duty
				met(f.At, "verify")
				continue
			}
			unplan(f.At)
			if f.Agency != "" {
				met(f.At, "verify")
			} else {
				begin("verify", f.At)
			}
		case report.WasAsked:
			met(f.At, "verify")
			if asked < 0 {
				asked = len(pauses)
				pauses = append(pauses, [2]time.Time{f.At, f.At.Add(6 * 24 * time.Hour)})
			}
		case report.WasAdded:
			unask(f.At)
		case report.WasAnswered:
			met(f.At, "verify", "answer")
		case report.WasPlanned:
			met(f.At, "verify", "answer")
			unplan(f.At)
			planned = len(pauses)
			pauses = append(pauses, [2]time.Time{f.At, f.Until})
		case report.WasResolved:
			met(f.At, "verify", "answer", "finish")
			unplan(f.At)
			unask(f.At)
		case report.WasJudged:
			if f.Verdict != report.Fixed {
				begin("answer", f.At)
				begin("finish", f.At)
			}
		case report.WasClocked:
			for _, t := range f.Terms {
				if s := open[t.Stage]; s != nil {
					told := f
					told.Step = t.Told
					if n := len(s.told); t.Told > 0 && (n == 0 || s.told[n-1].Step < t.Told) {
						s.told = append(s.told, told)
					}
				}
			}
		}
	}
	for _, s := range all {
		s.pauses = pauses
	}
	return all
}

// check holds every step that was told, and every one that was not, to the count.
func (q *quarter) check() (told int) {
	m := q.count()
	const slack = 11 * time.Minute // from one look at the timers to the next
	excused := func(from, to time.Time) bool {
		for t := from.Add(-slack); t.Before(to); t = t.Add(time.Minute) {
			if q.down(t) {
				return true
			}
		}
		for at, by := range q.jumps {
			if !at.Before(from.Add(-12*time.Hour)) && at.Before(to.Add(12*time.Hour)) && by != 0 {
				return true
			}
		}
		return false
	}
	for _, r := range q.reports {
		for _, s := range q.stints(r) {
			last := report.NoStep
			for _, f := range s.told {
				told++
				at := f.At.In(q.start.Location())
				if f.Step <= last {
					q.Errorf("%s %s: step %d is told after %d", r.Code, s.stage, f.Step, last)
				}
				last = f.Step
				reached := m.reached(s, f.Step, r.Emergency)
				if at.Before(reached) {
					q.Errorf("%s %s: step %d was told at %v and is reached at %v", r.Code, s.stage, f.Step, at, reached)
				}
				if !r.Emergency && !m.works[m.at(at)] {
					q.Errorf("%s %s: told at %v, when nobody works", r.Code, s.stage, at)
				}
				if slot := m.slot(reached, r.Emergency); at.After(slot.Add(slack)) && !excused(slot, at) {
					q.Errorf("%s %s: step %d was told at %v, and not at %v", r.Code, s.stage, f.Step, at, slot)
				}
			}
			end := s.met
			if end.IsZero() {
				end = q.end
			}
			if next := m.slot(m.reached(s, last+1, r.Emergency), r.Emergency); next.Add(slack).Before(end) && !excused(next, end) && (s.met.IsZero() || r.Status != report.Merged) {
				q.Errorf("%s %s (from %v, until %v): step %d was not told at %v", r.Code, s.stage, s.from, end, last+1, next)
			}
		}
	}
	return told
}
