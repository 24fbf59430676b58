package report_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

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
	none := make([]byte, 30) // a course of nothing: a form, times and words, and five lists
	none[0] = 2
	var c report.Course
	words := 3 + 9 + 2 // what stands before the lists
	if err := c.Unpack(none[:words+5]); err != nil {
		t.Fatal(err)
	}
	for list := range 5 {
		bad := append(slices.Clone(none[:words+list]), 0xff, 0xff, 0xff, 0x07) // millions
		var c report.Course
		if err := c.Unpack(bad); !errors.Is(err, report.ErrPacked) {
			t.Errorf("list %d: %v", list, err)
		}
		if n := len(c.Resolutions) + len(c.Spells) + len(c.Waits) + len(c.Bounces) + len(c.Acts); n > 0 {
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
			if w.From.Before(c.Filed) || !w.To.IsZero() && !w.To.After(w.From) || w.To.IsZero() && n < len(c.Waits)-1 {
				t.Errorf("waits %+v", c.Waits)
			}
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
