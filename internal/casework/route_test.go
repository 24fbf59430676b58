package casework_test

import (
	"testing"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

func TestRouteOf(t *testing.T) {
	t.Parallel()
	filed := func(agency string) report.Fact { return report.Fact{Report: 7, What: report.WasFiled, Agency: agency} }
	to := func(agency string) report.Fact { return report.Fact{What: report.WasForwarded, Agency: agency} }
	assigned := report.Fact{What: report.WasAssigned, Agency: "DISHUB"}
	meant := report.Fact{What: report.WasForwarded, Meant: "DLH"}
	what := func(w report.What) report.Fact { return report.Fact{What: w} }
	citizens := func(w report.What) report.Fact { return report.Fact{What: w, By: report.Actor{Role: report.Citizen}} }
	for name, c := range map[string]struct {
		facts  []report.Fact
		last   string
		judged bool
	}{
		"untouched":                           {[]report.Fact{filed("DISHUB"), assigned}, "DISHUB", false},
		"noted only":                          {[]report.Fact{filed("DISHUB"), assigned, what(report.WasNoted), what(report.WasAdvised)}, "DISHUB", false},
		"kept":                                {[]report.Fact{filed("DISHUB"), assigned, what(report.WasTaken)}, "DISHUB", true},
		"forwarded":                           {[]report.Fact{filed("DISHUB"), assigned, what(report.WasTaken), to("DPUPR")}, "DPUPR", true},
		"forwarded where nobody serves":       {[]report.Fact{filed("DISHUB"), assigned, meant}, "DLH", true},
		"handed over to somebody outside":     {[]report.Fact{filed("DISHUB"), assigned, {What: report.WasTransferred, Owner: "PLN", Meant: "LUAR"}}, "LUAR", true},
		"taken for somebody outside, and so":  {[]report.Fact{filed("LUAR"), {What: report.WasTransferred, Owner: "PLN", Meant: "LUAR"}}, "LUAR", true},
		"given back":                          {[]report.Fact{filed("DISHUB"), assigned, what(report.WasReturned)}, "", false},
		"given back and forwarded":            {[]report.Fact{filed("DISHUB"), assigned, what(report.WasReturned), to("DPUPR")}, "DPUPR", true},
		"given back, and sent there again":    {[]report.Fact{filed("DISHUB"), assigned, what(report.WasReturned), to("DISHUB")}, "DISHUB", true},
		"nobody serves it, the head answers":  {[]report.Fact{filed("DLH"), what(report.WasTaken), what(report.WasAnswered)}, "DLH", false},
		"another category of this office":     {[]report.Fact{filed("DISHUB"), assigned, what(report.WasCategorised)}, "DISHUB", true},
		"another category and office":         {[]report.Fact{filed("DISHUB"), assigned, what(report.WasCategorised), to("DPUPR")}, "DPUPR", true},
		"another category, nobody serves it":  {[]report.Fact{filed("DLH"), {What: report.WasCategorised, Meant: "DINSOS"}}, "DINSOS", true},
		"recalled, asked for, hidden, unseen": {[]report.Fact{filed("DISHUB"), assigned, citizens(report.WasUrged), citizens(report.WasHidden), citizens(report.WasRecalled), citizens(report.WasResumed)}, "DISHUB", false},
		"the place was put right":             {[]report.Fact{filed("DISHUB"), assigned, {What: report.WasForwarded, By: report.Actor{Role: report.System}, Agency: "DPUPR"}, what(report.WasTaken)}, "DISHUB", true},
		"no guess":                            {[]report.Fact{filed(""), to("DPUPR"), what(report.WasTaken)}, "DPUPR", false},
	} {
		got := casework.RouteOf(c.facts)
		if got.Report != 7 || got.Last != c.last || got.Judged != c.judged || got.First != c.facts[0].Agency {
			t.Errorf("%s: %+v, want last %q, judged %v", name, got, c.last, c.judged)
		}
	}
}

func TestTaught(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	r := report.Report{Draft: report.Draft{Text: "lubang di bawah lampu", Place: report.Place{District: "99.01.01"},
		Guesses: []report.Guess{{Category: "penerangan_jalan", P: .6}, {Category: "jalan", P: .3}, {Category: "kelurahan", P: .05}}}}
	way := func(last string, judged bool) ledger.Route {
		return ledger.Route{First: "DISHUB", Last: last, Judged: judged}
	}
	for _, c := range []struct {
		way  ledger.Route
		want string
	}{
		{way("DPUPR", true), "jalan"}, {way("KEC-KOTA", true), "kelurahan"}, {way("DPUPR", false), ""}, {way("DISHUB", true), ""},
		{way("DLH", true), "sampah"}, // not thought of, but all that this office does
		{way("KESRA", true), ""},
	} {
		if got, ok := casework.Taught(p, r, c.way); got != c.want || ok != (c.want != "") {
			t.Errorf("%+v teaches %q (%v), want %q", c.way, got, ok, c.want)
		}
	}
}

// Where people gave the category themselves, it is the one.
func TestTaughtByTheCategoryItself(t *testing.T) {
	t.Parallel()
	r := report.Report{Draft: report.Draft{Category: "sampah", Guesses: []report.Guess{{Category: "penerangan_jalan", P: .6}, {Category: "jalan", P: .3}}}}
	way := ledger.Route{First: "DISHUB", Last: "DLH", Judged: true}
	if got, ok := casework.Taught(casetest.Profile(), r, way); got != "sampah" || !ok {
		t.Errorf("taught %q (%v)", got, ok)
	}
	r.Category = "penerangan_jalan" // only forwarded
	way.Last = "DPUPR"
	if got, ok := casework.Taught(casetest.Profile(), r, way); got != "jalan" || !ok {
		t.Errorf("taught %q (%v)", got, ok)
	}
}

// What was asked while the citizen waited stands on record from the first, and is not asked again.
func TestAdviceOfTheTurn(t *testing.T) {
	t.Parallel()
	calm := report.Advice{Guess: report.Guess{Category: "jalan", P: .9}}
	alarmed := calm
	alarmed.Emergency = true
	unsure := report.Draft{Text: "entah", Visibility: report.Normal, Guesses: []report.Guess{{Category: "jalan", P: .41}}}
	chose := unsure
	chose.Category, chose.Chosen = "sampah", true
	for name, c := range map[string]struct {
		d       report.Draft
		a       *report.Advice
		written bool
		jobs    int
	}{
		"no answer":                             {unsure, nil, false, 1},
		"an answer":                             {unsure, &calm, true, 0},
		"the citizen chose":                     {chose, &calm, false, 0},
		"the citizen chose, and danger is seen": {chose, &alarmed, true, 0},
	} {
		o := &casework.Office{Profile: casetest.Profile(), Desk: desk, Consults: true}
		r, b := o.Open(casework.Filing{ID: 1, Code: "CTH-1", Draft: c.d, Advice: c.a, Reporter: citizen, Cause: "file", At: start, Served: served})
		opened, ok := b.Changes[0].(ledger.Opened)
		if !ok || r.Rev != len(opened.Facts) || casework.Advised(opened.Facts) != c.written || len(b.Jobs) != c.jobs {
			t.Errorf("%s: %d jobs, revision %d of %+v", name, len(b.Jobs), r.Rev, opened.Facts)
		}
		if last := opened.Facts[len(opened.Facts)-1]; c.written && (last.Seq != r.Rev || last.Advice.Category != "jalan" || last.By.Role != report.System) {
			t.Errorf("%s: on record is %+v", name, last)
		}
	}
}

func TestDoubtful(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	unsure := report.Draft{Text: "entah", Visibility: report.Normal, Guesses: []report.Guess{{Category: "jalan", P: .41}}}
	change := func(f func(*report.Draft)) report.Draft { d := unsure; f(&d); return d }
	for name, c := range map[string]struct {
		d    report.Draft
		want bool
	}{
		"unsure":            {unsure, true},
		"nothing guessed":   {change(func(d *report.Draft) { d.Guesses = nil }), true},
		"sure":              {change(func(d *report.Draft) { d.Guesses = []report.Guess{{P: understand.Sure}} }), false},
		"the citizen chose": {change(func(d *report.Draft) { d.Chosen = true }), false},
		"confidential":      {change(func(d *report.Draft) { d.Visibility = report.Confidential }), false},
		"anonymous":         {change(func(d *report.Draft) { d.Visibility = report.Anonymous }), true},
		"sensitive":         {change(func(d *report.Draft) { d.Category = "bantuan" }), false},
		"perhaps sensitive": {change(func(d *report.Draft) {
			d.Guesses = []report.Guess{{Category: "jalan", P: .41}, {Category: "bantuan", P: .2}}
		}), false},
		"hardly sensitive": {change(func(d *report.Draft) {
			d.Guesses = []report.Guess{{Category: "jalan", P: .41}, {Category: "bantuan", P: .02}}
		}), true},
		"a category that is gone": {change(func(d *report.Draft) { d.Category = "lama" }), false},
		"a voice note alone":      {change(func(d *report.Draft) { d.Text = "" }), false},
	} {
		if got := o.Doubtful(c.d); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
