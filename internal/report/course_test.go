package report_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabeg/bot"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/report"
)

var monday = time.Date(2026, 11, 2, 2, 0, 0, 0, time.UTC)

// What was packed is the same unpacked, whatever was unpacked into the same course before.
func TestACourseIsPacked(t *testing.T) {
	t.Parallel()
	reports, facts := casetest.Lives(3, 400, monday)
	var c report.Course
	for i, r := range reports {
		want := report.CourseOf(r, facts[i])
		packed := want.Pack(nil)
		if err := c.Unpack(packed); err != nil {
			t.Fatal(err)
		}
		c.Report = r.ID
		if d := cmp.Diff(want, c, cmpopts.EquateEmpty()); d != "" {
			t.Fatalf("%v (-want +got)\n%s", facts[i], d)
		}
		for n := range packed {
			var cut report.Course
			if cut.Unpack(packed[:n]) == nil {
				t.Fatalf("%d of %d bytes are a course", n, len(packed))
			}
		}
	}
}

// Bytes that went bad are no course, and cost no memory for what they say is there.
func TestBadBytesAreNoCourse(t *testing.T) {
	t.Parallel()
	none := make([]byte, 30) // a course of nothing: a form, times and words, and six lists
	none[0] = 3
	var c report.Course
	words := 3 + 9 + 2 // what stands before the lists
	if err := c.Unpack(none[:words+6]); err != nil {
		t.Fatal(err)
	}
	for list := range 6 {
		bad := append(slices.Clone(none[:words+list]), 0xff, 0xff, 0xff, 0x07) // millions
		var c report.Course
		if err := c.Unpack(bad); !errors.Is(err, report.ErrPacked) {
			t.Errorf("list %d: %v", list, err)
		}
		if n := len(c.Resolutions) + len(c.Spells) + len(c.Waits) + len(c.Limits) + len(c.Bounces) + len(c.Acts); n > 0 {
			t.Errorf("list %d: %d were read", list, n)
		}
	}
}

// Of any life: who had it lies apart and in order; it is open as long as somebody has it; nothing comes before the filing.
func TestCoursesOfAnyLife(t *testing.T) {
	t.Parallel()
	reports, facts := casetest.Lives(11, 600, monday)
	answered, resolved, bounced, waited := 0, 0, 0, 0
	for i, r := range reports {
		c := report.CourseOf(r, facts[i])
		if c.Status != r.Status || c.Office != r.Agency || !c.Answered.Equal(r.Answered) || len(c.Bounces) != r.Bounces {
			t.Fatalf("%+v is the course of %+v", c, r)
		}
		if c.Ended.IsZero() != r.Status.Open() {
			t.Errorf("%s ended at %v", r.Status, c.Ended)
		}
		last := c.Filed
		for n, s := range c.Spells {
			if s.From.Before(last) || !s.To.IsZero() && !s.To.After(s.From) || s.To.IsZero() && (n < len(c.Spells)-1 || !r.Status.Open()) {
				t.Errorf("spells %+v", c.Spells)
			}
			last = s.To
		}
		for n, w := range c.Waits {
			if w.From.Before(c.Filed) || !w.To.After(w.From) || n > 0 && !w.From.After(c.Waits[n-1].To) {
				t.Errorf("waits %+v", c.Waits)
			}
		}
		for _, l := range c.Limits {
			if l.From.Before(c.Filed) || !l.To.IsZero() && !l.To.After(l.From) || l.To.IsZero() && !r.Status.Working() {
				t.Errorf("limits %+v", c.Limits)
			}
		}
		if next, ok := r.Next(); ok && r.Status.Working() && !slices.ContainsFunc(c.Limits, func(l report.Limit) bool { return l.To.IsZero() && l.Due.Equal(next.Due) }) {
			t.Errorf("limits %+v, and due next is %+v", c.Limits, next)
		}
		stages := report.Stages(r, facts[i])
		if end := stages[len(stages)-1]; len(stages) != len(facts[i]) || end.Status != r.Status || end.Office != r.Agency {
			t.Errorf("the last of %d stages is %+v", len(stages), end)
		}
		if !c.Answered.IsZero() {
			answered++
		}
		resolved, bounced, waited = resolved+len(c.Resolutions), bounced+len(c.Bounces), waited+len(c.Waits)
	}
	if answered < 100 || resolved < 100 || bounced < 30 || waited < 50 {
		t.Errorf("too tame: %d answered, %d resolved, %d bounces, %d waits", answered, resolved, bounced, waited)
	}
}

// The clocks stand still for a question as long as it waits and six days at most, for a plan until its date; for a question that nobody hears
// not at all. What overlaps is one.
func TestWhenClocksStandStill(t *testing.T) {
	t.Parallel()
	at := func(day int) time.Time { return monday.AddDate(0, 0, day-1) }
	chat := bot.Address{Network: bot.Telegram, ID: "5"}
	officer := report.Actor{Role: report.Operator, ID: "telegram:1", Home: "DLH"}
	fact := func(day int, w report.What) report.Fact {
		by := officer
		if w == report.WasAdded || w == report.WasLeft {
			by = report.Actor{Role: report.Citizen, Chat: chat}
		}
		return report.Fact{At: at(day), What: w, By: by}
	}
	plan := func(day, until int) report.Fact {
		f := fact(day, report.WasPlanned)
		f.Until = at(until)
		return f
	}
	for name, c := range map[string]struct {
		facts          []report.Fact
		nobody, erased bool
		want           string
	}{
		"a question that is answered":         {[]report.Fact{fact(2, report.WasAsked), fact(4, report.WasAdded)}, false, false, "2-4"},
		"a question that is never answered":   {[]report.Fact{fact(2, report.WasAsked), fact(60, report.WasResolved)}, false, false, "2-8"},
		"a question that still waits":         {[]report.Fact{fact(2, report.WasAsked)}, false, false, "2-8"},
		"asked again meanwhile":               {[]report.Fact{fact(2, report.WasAsked), fact(5, report.WasAsked), fact(30, report.WasAdded)}, false, false, "2-8"},
		"asked anew after an answer":          {[]report.Fact{fact(2, report.WasAsked), fact(3, report.WasAdded), fact(5, report.WasAsked)}, false, false, "2-3 5-11"},
		"a question that nobody hears":        {[]report.Fact{fact(2, report.WasAsked)}, true, false, ""},
		"its reporter has left":               {[]report.Fact{fact(2, report.WasLeft), fact(3, report.WasAsked)}, false, false, ""},
		"its reporter is erased since":        {[]report.Fact{fact(2, report.WasAsked)}, false, true, "2-8"},
		"a plan whose date has passed":        {[]report.Fact{plan(2, 20), fact(90, report.WasResolved)}, false, false, "2-20"},
		"a plan that is taken in hand sooner": {[]report.Fact{plan(2, 20), fact(9, report.WasTaken)}, false, false, "2-9"},
		"a plan for a later date":             {[]report.Fact{plan(2, 20), plan(15, 40)}, false, false, "2-40"},
		"a plan made anew when it was over":   {[]report.Fact{plan(2, 20), plan(25, 40)}, false, false, "2-20 25-40"},
		"a question while it is planned":      {[]report.Fact{plan(2, 20), fact(18, report.WasAsked)}, false, false, "2-24"},
		"planned while a question waits":      {[]report.Fact{fact(2, report.WasAsked), plan(4, 20)}, false, false, "2-20"},
		"an answer moves no plan":             {[]report.Fact{plan(2, 20), fact(5, report.WasAnswered)}, false, false, "2-20"},
	} {
		facts := append([]report.Fact{{At: at(1), What: report.WasFiled, Agency: "DLH"}, {At: at(1), What: report.WasAssigned, Agency: "DLH"}}, c.facts...)
		for i := range facts {
			facts[i].Seq = i + 1
		}
		r := report.Report{ID: 5, Filed: at(1), Reporter: chat}
		if c.nobody {
			r.Reporter, r.How = bot.Address{}, report.AtCounter
		}
		if c.erased {
			r.Reporter, r.Erased = bot.Address{}, at(99)
		}
		var got []string
		for _, w := range report.CourseOf(r, facts).Waits {
			day := func(t time.Time) string { return strconv.Itoa(1 + int(t.Sub(monday)/(24*time.Hour))) }
			got = append(got, day(w.From)+"-"+day(w.To))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

// What an officer takes back before it is sent was never said.
func TestATakenBackAnswerIsNone(t *testing.T) {
	t.Parallel()
	at := func(h int) time.Time { return monday.Add(time.Duration(h) * time.Hour) }
	officer := report.Actor{Role: report.Operator, ID: "telegram:1", Home: "DLH"}
	facts := []report.Fact{
		{Seq: 1, At: at(0), What: report.WasFiled, Agency: "DLH", Category: "sampah"},
		{Seq: 2, At: at(0), What: report.WasAssigned, Agency: "DLH"},
		{Seq: 3, At: at(1), What: report.WasResolved, By: officer},
	}
	r := report.Report{ID: 5, Filed: at(0)}
	back := report.Without(r, facts, 3)
	facts = append(facts, report.Fact{Seq: 4, At: at(1).Add(9 * time.Second), What: report.WasWithdrawn, Of: 3, Back: &back, By: officer})
	c := report.CourseOf(r, facts)
	want := report.Course{Report: 5, Filed: at(0), Category: "sampah", Status: report.Assigned, Office: "DLH", Spells: []report.Spell{{Office: "DLH", From: at(0)}}}
	if d := cmp.Diff(want, c, cmpopts.EquateEmpty()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}
