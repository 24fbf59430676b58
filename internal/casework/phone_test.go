package casework_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

func ofCitizen(id report.ID, s report.Status, v report.Visibility, filed time.Duration) report.Report {
	return report.Report{ID: id, Rev: 3, Status: s, Reporter: citizen, ReporterName: "Asep Sunarya", Filed: start.Add(filed), Agency: "DISHUB",
		CardKey: report.CardKey(id, 0), Draft: report.Draft{Visibility: v}}
}

func about(category string, r report.Report) report.Report {
	r.Category = category
	return r
}

// A message by hand goes on the open report that was last active when it was sent, and changes nothing but its story.
func TestPhoneChoosesAReport(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	for name, c := range map[string]struct {
		reports []report.Report // last active first
		want    report.ID       // 0: none
	}{
		"none filed":                  {nil, 0},
		"none open":                   {[]report.Report{ofCitizen(1, report.Resolved, report.Normal, 0), ofCitizen(2, report.Closed, report.Normal, 0)}, 0},
		"the last active":             {[]report.Report{ofCitizen(1, report.Planned, report.Normal, 0), ofCitizen(2, report.InProgress, report.Normal, 0)}, 1},
		"the last active of the open": {[]report.Report{ofCitizen(1, report.Rejected, report.Normal, 0), ofCitizen(2, report.Reopened, report.Normal, 0)}, 2},
		"none filed after it":         {[]report.Report{ofCitizen(1, report.Received, report.Normal, 2*time.Hour), ofCitizen(2, report.Assigned, report.Normal, 0)}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			after, b, ok := o.Phone(c.reports, casework.Phoned{To: citizen, Words: "segera"}, casework.Occasion{Cause: "wa:1", At: start.Add(time.Hour)})
			if ok != (c.want != 0) || after.ID != c.want {
				t.Fatalf("put on report %d (%v), want %d", after.ID, ok, c.want)
			}
			if !ok {
				return
			}
			was := c.reports[0]
			if was.ID != c.want {
				was = c.reports[1]
			}
			was.Rev = 4
			if d := cmp.Diff(was, after, cmpopts.EquateEmpty()); d != "" {
				t.Errorf("it changed the report (-was +now):\n%s", d)
			}
			change, isChange := b.Changes[0].(ledger.Changed)
			want := []report.Fact{{Report: c.want, Seq: 4, At: start.Add(time.Hour), What: report.WasPhoned, Words: "segera",
				By: report.Actor{Role: report.Unnamed}}}
			if !isChange || change.Was != 3 || cmp.Diff(want, change.Facts) != "" {
				t.Errorf("the fact is %+v", b.Changes)
			}
			if len(b.Letters) != 1 || b.Letters[0].Purpose != ledger.Refresh || len(b.Jobs) != 0 {
				t.Errorf("letters %+v: the card alone, nothing to the citizen", b.Letters)
			}
		})
	}
}

// Whoever has filed one report in secret: nothing of a message by hand is kept, on no report, and no card moves.
func TestPhoneKeepsSecrets(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	plain := ofCitizen(1, report.Assigned, report.Normal, 0)
	for name, reports := range map[string][]report.Report{
		"anonymous":              {ofCitizen(1, report.Assigned, report.Anonymous, 0)},
		"confidential":           {ofCitizen(1, report.Assigned, report.Confidential, 0)},
		"a word of tomorrow":     {ofCitizen(1, report.Assigned, "tetangga", 0)},
		"sensitive":              {about("bantuan", plain)},
		"another one, sensitive": {plain, about("bantuan", ofCitizen(2, report.Closed, report.Normal, 0))},
		"another one, open":      {plain, ofCitizen(2, report.Assigned, report.Anonymous, 0)},
		"another one, long over": {plain, ofCitizen(2, report.Closed, report.Confidential, 0)},
	} {
		for _, p := range []casework.Phoned{{To: citizen, Words: "Pak Asep"}, {To: citizen, Sort: report.SortPhoto, Words: "rumah Bapak"}} {
			_, b, ok := o.Phone(reports, p, casework.Occasion{Cause: "wa:1", At: start.Add(time.Hour)})
			change, isChange := b.Changes[0].(ledger.Changed)
			if !ok || !isChange || len(b.Letters) != 0 {
				t.Fatalf("%s: %+v", name, b)
			}
			if f := change.Facts[0]; f.Words != "" || f.Sent != "" || casework.ShowsPhoned(f) {
				t.Errorf("%s: kept %+v", name, f)
			}
		}
	}
}

func TestPhoneWords(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	for said, want := range map[string]string{
		"Pak Asep, ASEP-nya\nasep!":    "Pak A***, A***-nya\nA***!",
		"asepan bukan Asepnya":         "asepan bukan Asepnya",
		"":                             "",
		strings.Repeat("panjang ", 99): say.Clip(strings.Repeat("panjang ", 99), casework.PhoneWords),
	} {
		_, b, _ := o.Phone([]report.Report{ofCitizen(1, report.Assigned, report.Normal, 0)}, casework.Phoned{To: citizen, Words: said},
			casework.Occasion{Cause: "wa:1", At: start})
		if change, ok := b.Changes[0].(ledger.Changed); !ok || change.Facts[0].Words != want {
			t.Errorf("%q is kept as %q, want %q", said, change.Facts[0].Words, want)
		}
	}
}
