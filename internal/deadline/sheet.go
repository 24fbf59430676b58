package deadline

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Asked is a report that somebody wants to see the clocks of.
type Asked struct {
	Subject
	Filed  time.Time
	Urgent bool
	Pauses []Span
}

// Sheet is what every clock of a report does, for whoever writes a profile.
type Sheet struct {
	City     string          `json:"city"`
	Zone     string          `json:"zone"`
	Filed    string          `json:"filed"`
	Kind     report.Kind     `json:"kind"`
	Category string          `json:"category,omitempty"`
	Class    report.Class    `json:"class,omitempty"`
	Channel  report.Channel  `json:"channel,omitempty"`
	Urgent   bool            `json:"danger,omitempty"`
	Pauses   []SheetPause    `json:"pauses,omitempty"`
	Stages   []SheetStage    `json:"stages"`
	Without  []profile.Stage `json:"without_rule,omitempty"`
	// Notes are what makes a time doubtful.
	Notes []string `json:"notes,omitempty"`
}

// SheetPause is a time in which the clocks stood still.
type SheetPause struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// SheetStage is one clock. Times are of the profile's zone, with it.
type SheetStage struct {
	Stage  string `json:"stage"`
	Rule   string `json:"rule"`
	Source string `json:"source,omitempty"`
	Since  string `json:"valid_from"`
	Length string `json:"length"`
	Due    string `json:"due"`
	// Office and Citizen are what people read: a time for the office, a day for the citizen.
	Office  string      `json:"shown_to_office"`
	Citizen string      `json:"shown_to_citizen"`
	Steps   []SheetStep `json:"steps"`
}

// SheetStep is one step of the ladder: when it is reached, and at which hour people are told.
type SheetStep struct {
	Name string `json:"name"`
	At   string `json:"at"`
	Told string `json:"told"`
	Who  string `json:"who"`
}

const sheetTime = "2006-01-02T15:04:05-07:00"

// NewSheet works a sheet out.
func NewSheet(p *profile.Profile, a Asked) Sheet {
	filed := a.Filed.In(p.Location())
	s := Sheet{City: p.City, Zone: p.Zone, Filed: filed.Format(sheetTime), Kind: a.Kind, Category: a.Category,
		Class: a.Class, Channel: a.Channel, Urgent: a.Urgent, Stages: []SheetStage{}}
	for _, x := range merge(a.Pauses) {
		s.Pauses = append(s.Pauses, SheetPause{x.From.In(p.Location()).Format(sheetTime), x.To.In(p.Location()).Format(sheetTime)})
	}
	last := filed
	for _, stage := range profile.Stages() {
		rule, _ := PickFor(p, stage, a.Subject, filed)
		t, ok := BeginFor(p, stage, a.Subject, filed)
		if !ok {
			s.Without = append(s.Without, stage)
			continue
		}
		t = Paused(p, t, a.Pauses)
		due := t.Due.In(p.Location())
		last = later(last, due)
		row := SheetStage{Stage: t.Stage, Rule: t.Rule, Source: t.Source, Since: rule.From, Length: LengthText(rule), Due: due.Format(sheetTime),
			Office: ForOffice(p, filed, due).Format(sheetTime), Citizen: Day(p, due).Format(time.DateOnly)}
		for step := report.FirstReminder; step <= report.Leaders; step++ {
			at := StepAt(p, t, step, a.Urgent, a.Pauses...)
			row.Steps = append(row.Steps, SheetStep{Name: stepName(p, step), At: at.In(p.Location()).Format(sheetTime),
				Told: Slot(p, at, a.Urgent).In(p.Location()).Format(sheetTime), Who: stepWho(stage, step)})
		}
		s.Stages = append(s.Stages, row)
	}
	if known := p.KnownUntil(); last.Year() > known {
		s.Notes = append(s.Notes, fmt.Sprintf("the days off of %d are not known yet: what falls there may be due later", max(known+1, filed.Year())))
	}
	if first := firstKnown(p); filed.Format(time.DateOnly) < first {
		s.Notes = append(s.Notes, "the days off before "+first[:4]+" are not known: what falls there may be due later")
	}
	return s
}

// firstKnown is the first day of the first year whose days off are known.
func firstKnown(p *profile.Profile) string {
	if len(p.Holidays) == 0 {
		return "0000-01-01"
	}
	return slices.Min(p.Holidays)[:4] + "-01-01"
}

// LengthText is how long a clock is, in words.
func LengthText(c profile.Clock) string {
	switch {
	case c.WorkingDays > 0:
		return count(c.WorkingDays, "working day")
	case c.WorkingHours > 0:
		return count(c.WorkingHours, "working hour")
	}
	return count(c.Hours, "hour")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func stepName(p *profile.Profile, s report.Step) string {
	l := p.Ladder.WithDefaults()
	switch s {
	case report.FirstReminder:
		return fmt.Sprintf("%d %%", l.First)
	case report.LastReminder:
		return fmt.Sprintf("%d %%", l.Second)
	case report.Breach:
		return "late"
	}
	return "leaders"
}

func stepWho(stage profile.Stage, s report.Step) string {
	switch {
	case s == report.Leaders:
		return "leaders"
	case s == report.Breach && stage == profile.Verify:
		return "coordinator"
	case s == report.Breach:
		return "head of the office, coordinator, citizen"
	case stage == profile.Verify:
		return "coordinator"
	}
	return "office"
}

// JSON is the sheet for programs.
func (s Sheet) JSON() (string, error) {
	b, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return "", fmt.Errorf("write the sheet: %w", err)
	}
	return string(b) + "\n", nil
}

// Text is the sheet for people.
func (s Sheet) Text() string {
	var b strings.Builder
	about := string(s.Kind)
	if s.Category != "" {
		about += ", " + s.Category
	}
	switch s.Class {
	case report.Weighty:
		about += ", berkadar pengawasan"
	case report.Plain:
		about += ", tidak berkadar pengawasan"
	case report.Unclassed:
	}
	if s.Channel != "" {
		about += ", by " + string(s.Channel)
	}
	if s.Urgent {
		about += ", danger"
	}
	fmt.Fprintf(&b, "%s (%s): %s, filed %s\n", s.City, s.Zone, about, readable(s.Filed))
	for _, x := range s.Pauses {
		fmt.Fprintf(&b, "paused from %s to %s\n", readable(x.From), readable(x.To))
	}
	for _, t := range s.Stages {
		fmt.Fprintf(&b, "\n%-8s %s · %s (since %s", t.Stage, t.Length, t.Rule, t.Since)
		if t.Source != "" {
			fmt.Fprintf(&b, "; %s", t.Source)
		}
		fmt.Fprintf(&b, ")\n  due      %s\n", readable(t.Due))
		if t.Office != t.Due {
			fmt.Fprintf(&b, "           the office reads %s\n", readable(t.Office))
		}
		fmt.Fprintf(&b, "           citizens read the day %s\n", t.Citizen)
		for _, x := range t.Steps {
			fmt.Fprintf(&b, "  %-8s %s, told %s: %s\n", x.Name, readable(x.At), readable(x.Told), x.Who)
		}
	}
	for _, w := range s.Without {
		fmt.Fprintf(&b, "\n%-8s no rule was in force on that day\n", w)
	}
	for _, n := range s.Notes {
		fmt.Fprintf(&b, "\nnote: %s\n", n)
	}
	return b.String()
}

func readable(s string) string {
	t, err := time.Parse(sheetTime, s)
	if err != nil {
		return s
	}
	return t.Format("Mon 2 Jan 2006 15:04")
}
