package deadline

import (
	"encoding/json"
	"strings"
	"testing"

	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Which rule ends a report, by its class, its category, its kind, the way it came and the day it was filed. The rules change with the
// years, those of the classes too: what was filed before a change keeps the rule of its day.
func TestASheetFollowsTheClass(t *testing.T) {
	t.Parallel()
	p := &profile.Profile{City: "Kota Contoh", Zone: "Asia/Jakarta", Categories: []profile.Category{{Code: "pungli"}, {Code: "jalan"}}, Clocks: []profile.Clock{
		{Name: "answer", From: "2018-01-01", Hours: 72},
		{Name: "answer there", From: "2018-01-01", Channels: []string{"sp4n"}, WorkingDays: 5},
		{Name: "any", Stage: profile.Finish, From: "2018-01-01", WorkingDays: 14},
		{Name: "pungli", Stage: profile.Finish, From: "2018-01-01", Categories: []string{"pungli"}, WorkingDays: 60},
		{Name: "weighty", Stage: profile.Finish, From: "2019-03-01", Until: "2026-12-31", Classes: []string{"berkadar"}, WorkingDays: 60},
		{Name: "weighty, newer", Stage: profile.Finish, From: "2027-01-01", Classes: []string{"berkadar"}, WorkingDays: 40},
		{Name: "plain", Stage: profile.Finish, From: "2019-03-01", Classes: []string{"tidak"}, WorkingDays: 10},
	}}
	for _, c := range []struct {
		filed  string
		of     Subject
		answer string
		finish string
	}{
		{"2026-12-01 09:00", Subject{Kind: report.Complaint}, "answer", "any"},
		{"2026-12-01 09:00", Subject{Kind: report.Complaint, Class: report.Weighty}, "answer", "weighty"},
		{"2026-12-01 09:00", Subject{Kind: report.Complaint, Class: report.Plain}, "answer", "plain"},
		{"2026-12-01 09:00", Subject{Kind: report.Complaint, Category: "pungli"}, "answer", "pungli"},
		{"2026-12-01 09:00", Subject{Kind: report.Complaint, Category: "pungli", Class: report.Plain}, "answer", "plain"},
		{"2026-12-01 09:00", Subject{Kind: report.Complaint, Category: "jalan", Class: report.Weighty}, "answer", "weighty"},
		{"2026-12-31 23:59", Subject{Kind: report.Complaint, Class: report.Weighty}, "answer", "weighty"},
		{"2027-01-01 00:00", Subject{Kind: report.Complaint, Class: report.Weighty}, "answer", "weighty, newer"},
		{"2019-02-28 23:59", Subject{Kind: report.Complaint, Class: report.Weighty}, "answer", "any"},
		{"2019-02-28 23:59", Subject{Kind: report.Complaint, Category: "pungli", Class: report.Plain}, "answer", "pungli"},
		{"2019-03-01 00:00", Subject{Kind: report.Complaint, Class: report.Plain}, "answer", "plain"},
		{"2026-12-01 09:00", Subject{Kind: report.Complaint, Class: report.Weighty, Channel: report.ChanLapor}, "answer there", "weighty"},
		{"2026-12-01 09:00", Subject{Kind: report.Wish, Channel: report.ChanCounter}, "answer", "any"},
		{"2017-12-31 09:00", Subject{Kind: report.Complaint, Class: report.Weighty}, "", ""},
	} {
		s := NewSheet(p, Asked{Subject: c.of, Filed: at(t, p, c.filed)})
		got := map[string]string{}
		for _, x := range s.Stages {
			got[x.Stage] = x.Rule
		}
		if got["answer"] != c.answer || got["finish"] != c.finish {
			t.Errorf("%s %+v: %v, want %q and %q", c.filed, c.of, got, c.answer, c.finish)
		}
		// What is shown is what a report of that class gets.
		for _, stage := range []profile.Stage{profile.Answer, profile.Finish} {
			r := report.Report{Draft: report.Draft{Kind: c.of.Kind, Category: c.of.Category, Via: c.of.Channel}, Class: c.of.Class}
			of := SubjectOf(r)
			if c.of.Channel == "" {
				of.Channel = ""
			}
			if term, ok := BeginFor(p, stage, of, at(t, p, c.filed)); ok != (got[string(stage)] != "") || term.Rule != got[string(stage)] {
				t.Errorf("%s %+v: a report's %s runs by %q, the sheet shows %q", c.filed, c.of, stage, term.Rule, got[string(stage)])
			}
		}
	}
}

// Every government that comes with the program has rules for both classes, of SP4N's length, each with where it stands.
func TestEveryProfileHasRulesForTheClasses(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"serang", "pandeglang", "denpasar", "banjarmasin"} {
		p := load(t, name)
		for class, want := range map[report.Class]string{report.Weighty: "60 working days", report.Plain: "14 working days"} {
			for _, category := range p.Categories {
				s := NewSheet(p, Asked{Subject: Subject{Kind: report.Complaint, Category: category.Code, Class: class}, Filed: at(t, p, "2026-11-30 09:00")})
				finish := s.Stages[len(s.Stages)-1]
				if finish.Stage != "finish" || finish.Length != want || finish.Source == "" || finish.Since == "" {
					t.Errorf("%s, %s, %s: %+v", name, category.Code, class, finish)
				}
			}
		}
	}
}

// A sheet names the class and the channel, for people and for programs, and neither where nobody said one.
func TestASheetNamesTheClass(t *testing.T) {
	t.Parallel()
	p := load(t, "serang")
	for _, c := range []struct {
		of   Subject
		head string
	}{
		{Subject{Kind: report.Complaint}, "pengaduan, filed"},
		{Subject{Kind: report.Complaint, Class: report.Weighty}, "pengaduan, berkadar pengawasan, filed"},
		{Subject{Kind: report.Complaint, Class: report.Plain, Channel: report.ChanLapor}, "pengaduan, tidak berkadar pengawasan, by sp4n, filed"},
	} {
		s := NewSheet(p, Asked{Subject: c.of, Filed: at(t, p, "2026-11-30 09:00")})
		if first, _, _ := strings.Cut(s.Text(), "\n"); !strings.Contains(first, c.head) {
			t.Errorf("%+v: %s", c.of, first)
		}
		text, err := s.JSON()
		var back struct{ Class, Channel *string }
		if err == nil {
			err = json.Unmarshal([]byte(text), &back)
		}
		if err != nil || (back.Class == nil) != (c.of.Class == "") || back.Class != nil && *back.Class != string(c.of.Class) ||
			(back.Channel == nil) != (c.of.Channel == "") || back.Channel != nil && *back.Channel != string(c.of.Channel) {
			t.Errorf("%+v: %v\n%s", c.of, err, text)
		}
	}
}
