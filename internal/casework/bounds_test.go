package casework_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// What goes into quarantine and what never does, with bounds of 3 an hour and 5 open.
func TestWhatIsLookedAtFirst(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	p.Bounds.PerHour, p.Bounds.Open = 3, 5
	o := &casework.Office{Profile: p, Desk: desk, Consults: true}
	conduct := func(m report.Measure, until time.Time) ledger.Conduct {
		return ledger.Conduct{Measure: m, Until: until}
	}
	later := start.Add(time.Hour)
	danger, byOfficer, bySilence := report.Draft{Emergency: true}, report.Draft{How: report.ByOfficer}, report.Draft{How: report.BySilence}
	for name, c := range map[string]struct {
		draft    report.Draft
		reporter bot.Address
		load     ledger.Load
		why      string
		tells    bool // the room hears of it
	}{
		"the first":                        {report.Draft{}, citizen, ledger.Load{}, "", false},
		"the third within an hour":         {report.Draft{}, citizen, ledger.Load{Recent: 2}, "", false},
		"the fourth":                       {report.Draft{}, citizen, ledger.Load{Recent: 3}, casework.OverHour, true},
		"the fifth":                        {report.Draft{}, citizen, ledger.Load{Recent: 4, Quarantined: 1}, casework.OverHour, false},
		"the sixth that is open":           {report.Draft{}, citizen, ledger.Load{Open: 5}, casework.OverOpen, true},
		"a danger":                         {danger, citizen, ledger.Load{Open: 50, Recent: 50}, "", false},
		"a danger of who is muted":         {danger, citizen, ledger.Load{Conduct: conduct(report.Muted, later)}, "", false},
		"a danger of who is blocked":       {danger, citizen, ledger.Load{Conduct: conduct(report.Blocked, later)}, "", false},
		"a danger filed by silence":        {bySilence, citizen, ledger.Load{Recent: 50}, "", false},
		"what an officer files":            {byOfficer, citizen, ledger.Load{Recent: 50}, "", false},
		"what came over the counter":       {report.Draft{}, bot.Address{}, ledger.Load{Recent: 50}, "", false},
		"of who is warned":                 {report.Draft{}, citizen, ledger.Load{Conduct: conduct(report.Warned, later)}, "", false},
		"of who is muted":                  {report.Draft{}, citizen, ledger.Load{Conduct: conduct(report.Muted, later)}, casework.WhenMuted, false},
		"of who was blocked a moment ago":  {report.Draft{}, citizen, ledger.Load{Conduct: conduct(report.Blocked, later)}, casework.WhenMuted, true},
		"of who was muted until just now":  {report.Draft{}, citizen, ledger.Load{Conduct: conduct(report.Muted, start)}, "", false},
		"of whom somebody took it off":     {report.Draft{}, citizen, ledger.Load{Conduct: conduct(report.NoMeasure, later)}, "", false},
		"within an hour, and many open":    {report.Draft{}, citizen, ledger.Load{Open: 4, Recent: 2}, "", false},
		"muted, and many within the hour":  {report.Draft{}, citizen, ledger.Load{Recent: 9, Conduct: conduct(report.Muted, later)}, casework.WhenMuted, false},
		"the fourth, with photos to fetch": {report.Draft{Photos: []bot.MediaRef{{Network: bot.WhatsApp, ID: "p"}}}, citizen, ledger.Load{Recent: 3}, casework.OverHour, true},
	} {
		c.draft.Text, c.draft.Category = "lampu mati", "penerangan_jalan"
		r, b := o.Open(casework.Filing{ID: 7, Code: "CTH-7", Draft: c.draft, Reporter: c.reporter, Cause: "e", At: start, Load: c.load,
			Served: func(string) bool { return true }})
		why, cards, told := "", 0, 0
		for _, f := range b.Changes[0].(ledger.Opened).Facts {
			if f.What == report.WasQuarantined {
				why = f.Words
			}
		}
		for _, l := range b.Letters {
			switch {
			case l.Purpose == ledger.Card:
				cards++
			case strings.Contains(l.Message.Text, "/karantina"):
				told++
			}
		}
		if why != c.why || (r.Status == report.Quarantined) != (c.why != "") || (cards == 0) != (c.why != "") || (told > 0) != c.tells {
			t.Errorf("%s: %s because of %q, %d cards, the room is told %d times", name, r.Status, why, cards, told)
		}
		if r.Filed != start || r.Due.IsZero() {
			t.Errorf("%s: filed %v, due %v", name, r.Filed, r.Due)
		}
		if len(c.draft.Photos) > 0 && len(b.Jobs) != 1 {
			t.Errorf("%s: its photos are not fetched while they can be had: %v", name, b.Jobs)
		}
	}
}

// A report that was let in is where it would have been at once, with the clock that it had; what it brought lies under its card.
func TestLetIn(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	p.Bounds.PerHour = 1
	o := &casework.Office{Profile: p, Desk: desk}
	for name, c := range map[string]struct {
		category, agency, suggested string
		served                      bool
		status                      report.Status
	}{
		"to its office":        {"penerangan_jalan", "DISHUB", "DISHUB", true, report.Assigned},
		"nobody serves it":     {"penerangan_jalan", "", "DISHUB", false, report.Received},
		"it is somebody's":     {"luar", "", "LUAR", true, report.Received},
		"nobody knows whose":   {"", "", "", true, report.Received},
		"an office by its map": {"kelurahan", "KEC-KOTA", "KEC-KOTA", true, report.Assigned},
	} {
		served := func(string) bool { return c.served }
		in := casework.Filing{ID: 7, Code: "CTH-7", Reporter: citizen, Cause: "e", At: start, Served: served,
			Draft: report.Draft{Visibility: report.Normal, Text: "lampu mati", Category: c.category, Place: report.Place{District: "99.01.01"}, Photos: []bot.MediaRef{{Network: bot.Store, ID: "p"}}}}
		at, _ := o.Open(in)
		in.Load = ledger.Load{Recent: 1}
		r, b := o.Open(in)
		facts := b.Changes[0].(ledger.Opened).Facts
		late := start.Add(20 * time.Hour)
		r, b, err := o.Act(r, rina, report.Admit{}, casework.Occasion{Cause: "e2", At: late, Facts: facts, Served: served})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r.Status != c.status || r.Agency != c.agency || r.Suggested != c.suggested || r.Agency != at.Agency || r.Status != at.Status {
			t.Errorf("%s: %s with %q for %q; at once %s with %q", name, r.Status, r.Agency, r.Suggested, at.Status, at.Agency)
		}
		if r.Filed != start || r.Due != at.Due {
			t.Errorf("%s: filed %v, due %v; at once %v", name, r.Filed, r.Due, at.Due)
		}
		var card, media, told bool
		for _, l := range b.Letters {
			card = card || l.Purpose == ledger.Card && l.Key == r.CardKey && l.Room == c.agency
			media = media || l.Answers == r.CardKey && len(l.Message.Photos) == 1
			told = told || l.To == citizen && strings.Contains(l.Message.Text, "diterima")
		}
		if !card || !media || !told {
			t.Errorf("%s: card %v, photo %v, the citizen is told %v", name, card, media, told)
		}
		if way := casework.RouteOf(append(facts, b.Changes[0].(ledger.Changed).Facts...)); way.Judged {
			t.Errorf("%s: who lets a report in has not judged the guess", name)
		}
		_, _, err = o.Act(r, rina, report.Admit{}, casework.Occasion{Cause: "e3", At: late})
		if no, refused := casework.AsRefusal(err); !refused || no.Why != casework.Already {
			t.Errorf("%s: let in twice: %v", name, err)
		}
	}
}

// Only a coordinator sets anything against a citizen, whatever the report.
func TestWhoMaySetAMeasure(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	r := report.Report{ID: 7, Code: "CTH-7", Rev: 2, Status: report.Assigned, Agency: "DISHUB", Reporter: citizen, CardKey: "card:7"}
	until := start.AddDate(0, 0, 7)
	for role, may := range map[report.Role]bool{report.Coordinator: true, report.Operator: false, report.System: false, report.Citizen: false, report.Leader: false} {
		for _, m := range []report.Measure{report.NoMeasure, report.Warned, report.Muted, report.Blocked} {
			by := report.Actor{Role: role, ID: "telegram:1", Name: "Budi", Home: "DISHUB", Chat: desk}
			held := ledger.Conduct{}
			if m == report.NoMeasure {
				held = ledger.Conduct{Rev: 1, Measure: report.Muted, Until: until}
			}
			_, b, err := o.Act(r, by, report.Restrain{Measure: m, Until: until, Why: "iklan"}, casework.Occasion{Cause: "e", At: start, Conduct: held})
			if (err == nil) != may {
				t.Errorf("%s sets %q: %v", role, m, err)
			}
			for _, l := range b.Letters {
				if l.To == desk && strings.Contains(l.Message.Text, citizen.ID) {
					t.Errorf("the desk reads whose chat it is: %s", l.Message.Text)
				}
			}
		}
	}
}
