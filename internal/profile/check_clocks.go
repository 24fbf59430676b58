package profile

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// longestClock is the longest clock, in hours or days: what is longer is a slip of the pen.
const longestClock = 2000

// measured reports whether a clock has one length.
func (c Clock) measured() bool {
	n := 0
	for _, l := range []int{c.Hours, c.WorkingDays, c.WorkingHours} {
		if l < 0 {
			return false
		}
		if l > 0 {
			n++
		}
	}
	return n == 1
}

func (l *loader) checkClocks(p *Profile) { //nolint:gocognit // one rule a line, none depends on another
	covered := map[string]bool{}
	for i, c := range p.Clocks {
		at := fmt.Sprintf("clocks[%d]", i)
		switch {
		case !c.measured():
			l.wrong(fmt.Sprintf("the clock %q needs either hours or working_days or working_hours, above 0%s", c.Name, length(c)), "hours: 72",
				l.first(at+".hours", at+".working_days", at+".working_hours", at), at)
		case c.WorkingHours > 0 && len(p.OfficeHours) == 0:
			l.wrong(fmt.Sprintf("the clock %q counts working hours, and there are no office_hours", c.Name),
				`office_hours: [{days: [senin], open: "07.30", close: "16.00"}]`, at+".working_hours", at)
		case max(c.Hours, c.WorkingDays, c.WorkingHours) > longestClock:
			l.wrong(fmt.Sprintf("the clock %q is longer than %d", c.Name, longestClock), "working_days: 60", l.first(at+".hours", at+".working_days", at+".working_hours", at), at)
		}
		if c.Stage != "" && !slices.Contains(Stages(), c.Stage) {
			l.wrong(fmt.Sprintf("a clock's stage is verify, answer or finish, not %q", c.Stage), "stage: answer", at+".stage")
		}
		for _, d := range []struct{ key, value string }{{"from", c.From}, {"until", c.Until}} {
			if _, err := time.Parse(time.DateOnly, d.value); err != nil && (d.key == "from" || d.value != "") {
				l.wrong(fmt.Sprintf("%s of the clock %q must be a day, not %q", d.key, c.Name, d.value), d.key+": 2026-01-31", at+"."+d.key, at)
			}
		}
		for _, k := range c.Kinds {
			if !slices.Contains(kinds(), k) {
				l.wrong(fmt.Sprintf("a clock's kinds are pengaduan, aspirasi and informasi, not %q", k), "kinds: [pengaduan]", at+".kinds")
			}
		}
		for _, k := range c.Categories {
			if !slices.ContainsFunc(p.Categories, func(x Category) bool { return x.Code == k }) {
				l.wrong(fmt.Sprintf("the clock %q names the category %q, which there is not", c.Name, k), "categories: [pungli_integritas]", at+".categories")
			}
		}
		for _, k := range c.Classes {
			if k != "berkadar" && k != "tidak" {
				l.wrong(fmt.Sprintf("a clock's classes are berkadar and tidak, not %q", k), "classes: [berkadar]", at+".classes")
			}
		}
		for _, k := range c.Channels {
			if !slices.Contains(Channels(), k) {
				l.wrong(fmt.Sprintf("a clock's channels are %s, not %q", strings.Join(Channels(), ", "), k), "channels: [sp4n]", at+".channels")
			}
		}
		if (c.Stage == "" || c.Stage == Answer) && !c.Light && len(c.Categories)+len(c.Classes)+len(c.Channels) == 0 && c.Until == "" {
			for _, k := range kinds() {
				covered[k] = covered[k] || len(c.Kinds) == 0 || slices.Contains(c.Kinds, k)
			}
		}
	}
	for _, k := range kinds() {
		if !covered[k] {
			l.wrong(fmt.Sprintf("no clock says how long an answer to %s may take", k), "- {name: Jawaban, from: 2018-01-01, hours: 72}", "clocks")
		}
	}
}

// length is how long a clock says it is, for the line that says that it is none.
func length(c Clock) string {
	switch {
	case c.Hours != 0 && c.WorkingDays != 0, c.WorkingHours != 0 && c.Hours+c.WorkingDays != 0:
		return fmt.Sprintf(", not several (%d hours, %d days, %d working hours)", c.Hours, c.WorkingDays, c.WorkingHours)
	case c.Hours != 0:
		return fmt.Sprintf(", not %d hours", c.Hours)
	case c.WorkingDays != 0:
		return fmt.Sprintf(", not %d days", c.WorkingDays)
	case c.WorkingHours != 0:
		return fmt.Sprintf(", not %d working hours", c.WorkingHours)
	}
	return ""
}

// Channels are the ways in which reports come, as report.Channel writes them.
func Channels() []string {
	return []string{"telegram", "whatsapp", "whatsapp-cloud", "counter", "phone", "letter", "social", "leader", "sp4n", "open311"}
}

// kinds are the kinds of reports, as report.Kind writes them.
func kinds() []string { return []string{"pengaduan", "aspirasi", "informasi"} }
