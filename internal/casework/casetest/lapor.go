package casetest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// tracks reports whether another report has, or gets by the same changes, the number in LAPOR! that a report has.
func (m *Memory) tracks(r report.Report, changes []ledger.Change) bool {
	n := r.Tracking()
	if n == "" {
		return false
	}
	for _, c := range changes {
		var other report.Report
		switch c := c.(type) {
		case ledger.Opened:
			other = c.Report
		case ledger.Changed:
			other = c.Report
		}
		if other.ID != r.ID && other.Tracking() == n {
			return true
		}
	}
	for _, other := range m.reports {
		if other.ID != r.ID && other.Tracking() == n {
			return true
		}
	}
	return false
}

// Tracked finds reports by their numbers in LAPOR!.
func (m *Memory) Tracked(_ context.Context, numbers []string) (map[string]ledger.Tracked, error) {
	wanted := map[string]bool{}
	for _, n := range numbers {
		wanted[n] = true
	}
	out := map[string]ledger.Tracked{}
	for _, r := range m.Reports() {
		if n := r.Tracking(); n != "" && wanted[n] {
			out[n] = ledger.Tracked{ID: r.ID, Mirror: *r.Mirror, Erased: !r.Erased.IsZero()}
		}
	}
	return out, nil
}

// Sighted are what is known of numbers besides.
func (m *Memory) Sighted(_ context.Context, numbers []string) (map[string]ledger.Sighting, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[string]ledger.Sighting{}
	for _, n := range numbers {
		if day, ok := m.sights[n]; ok {
			out[n] = day
		}
	}
	return out, nil
}

func (m *Memory) overtaken(c ledger.Sighted) bool {
	return slices.ContainsFunc(c.Moved, func(n string) bool { return m.sights[n].Day.After(c.Day) })
}

func (m *Memory) sight(c ledger.Sighted) {
	for _, n := range c.Numbers {
		if s := m.sights[n]; c.Day.After(s.Day) {
			s.Day = c.Day
			m.sights[n] = s
		}
	}
}

// forgets remembers the number in LAPOR! that a fact loses.
func (m *Memory) forgets(was, now report.Fact) {
	if was.What != report.WasLinked || was.Foreign == nil || now.Foreign != nil || was.Foreign.Source != report.Lapor {
		return
	}
	s := m.sights[was.Foreign.Number]
	if s.Erased = true; s.Day.IsZero() {
		s.Day = time.Unix(0, 0).UTC()
	}
	m.sights[was.Foreign.Number] = s
}

// Owing lists the reports of which something has to be typed into LAPOR!.
func (m *Memory) Owing(_ context.Context, limit int) ([]report.Report, error) {
	return m.some(limit, func(r report.Report) bool { return r.Mirror != nil && r.Mirror.Owing > 0 }, byFiled), nil
}

// HandingOver lists the reports that somebody types into LAPOR! since before a time.
func (m *Memory) HandingOver(_ context.Context, before time.Time, limit int) ([]report.Report, error) {
	return m.some(limit, func(r report.Report) bool { return r.HandingOver() && r.Mirror.Asked.Before(before) }, func(a, b report.Report) int {
		return cmp.Or(a.Mirror.Asked.Compare(b.Mirror.Asked), cmp.Compare(a.ID, b.ID))
	}), nil
}

// Between are reports by the time they came in.
func (m *Memory) Between(_ context.Context, from, to time.Time, after ledger.Mark, limit int) ([]report.Report, error) {
	return m.some(limit, func(r report.Report) bool {
		return !r.Filed.Before(from) && r.Filed.Before(to) && cmp.Or(r.Filed.Compare(after.Filed), cmp.Compare(r.ID, after.ID)) > 0
	}, byFiled), nil
}

// Unlinked are those of them that have no number in LAPOR!.
func (m *Memory) Unlinked(_ context.Context, from, to time.Time, after ledger.Mark, limit int) ([]report.Report, error) {
	return m.some(limit, func(r report.Report) bool {
		return r.Tracking() == "" && !r.Filed.Before(from) && r.Filed.Before(to) && cmp.Or(r.Filed.Compare(after.Filed), cmp.Compare(r.ID, after.ID)) > 0
	}, byFiled), nil
}

// Channels count reports by their channels.
func (m *Memory) Channels(_ context.Context, from, to time.Time) ([]ledger.ChannelCount, error) {
	by := map[report.Channel]ledger.ChannelCount{}
	for _, r := range m.Reports() {
		if r.Filed.Before(from) || !r.Filed.Before(to) || r.Status == report.Merged {
			continue
		}
		c := by[r.Channel()]
		c.Channel = r.Channel()
		c.Reports++
		if !r.Answered.IsZero() {
			c.Answered++
		}
		if r.Tracking() != "" {
			c.Linked++
			if r.Mirror.Word != "" {
				c.Tracked++
			}
		}
		by[c.Channel] = c
	}
	var out []ledger.ChannelCount
	for _, c := range by {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b ledger.ChannelCount) int {
		return cmp.Or(b.Reports-a.Reports, cmp.Compare(a.Channel, b.Channel))
	})
	return out, nil
}

// Taken are those of some report numbers that a report has.
func (m *Memory) Taken(_ context.Context, codes []report.Code) (map[report.Code]bool, error) {
	out := map[report.Code]bool{}
	for _, r := range m.Reports() {
		if slices.Contains(codes, r.Code) {
			out[r.Code] = true
		}
	}
	return out, nil
}

func byFiled(a, b report.Report) int {
	return cmp.Or(a.Filed.Compare(b.Filed), cmp.Compare(a.ID, b.ID))
}

func (m *Memory) some(limit int, fits func(report.Report) bool, order func(a, b report.Report) int) []report.Report {
	var out []report.Report
	for _, r := range m.Reports() {
		if fits(r) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, order)
	return out[:min(len(out), limit)]
}
