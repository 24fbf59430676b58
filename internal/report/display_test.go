package report_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

func november(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC) }

// shown is a report of a lamp with these facts after its filing and assignment, and what strangers see of it.
func shown(v report.Visibility, category string, more ...report.Fact) (report.Report, []report.Fact, report.Display, bool) {
	citizen := report.Actor{Role: report.Citizen, ID: "whatsapp:62811", Name: "Asep Rahasia", Chat: bot.Address{Network: bot.WhatsApp, ID: "62811@s"}}
	facts := []report.Fact{
		{What: report.WasFiled, By: citizen, Words: "lampu mati depan rumah saya", Agency: "DISHUB", Category: category,
			Place: &report.Place{Said: "Jl. Veteran 5", Note: "rumah cat hijau", Pin: &report.Pin{Lat: -6.118731, Lon: 106.153492}, Area: "36.73.01.1001", District: "36.73.01"}},
		{What: report.WasAssigned, By: report.Actor{Role: report.System}, Agency: "DISHUB"},
	}
	facts = append(facts, more...)
	o := report.Report{ID: 7, Code: "SRG-7K3MQ-9", Reporter: citizen.Chat, ReporterName: citizen.Name, Due: november(5, 8)}
	o.Visibility, o.Kind = v, report.Complaint
	for i := range facts {
		facts[i].Report, facts[i].Seq = 7, i+1
		if facts[i].At.IsZero() {
			facts[i].At = november(2, 8+i)
		}
	}
	r := report.Fold(report.Origin(o), facts)
	d, ok := report.DisplayOf(r, facts, func(c string) bool { return c == "kekerasan" })
	return r, facts, d, ok
}

var officer = report.Actor{Role: report.Operator, ID: "telegram:9", Name: "Budi Petugas", Home: "DISHUB"}

// Strangers see what happened and when, and nobody's words, name, chat or point.
func TestDisplaysHaveNoPersons(t *testing.T) {
	t.Parallel()
	_, _, d, ok := shown(report.Normal, "lampu",
		report.Fact{What: report.WasTaken, By: officer},
		report.Fact{What: report.WasNoted, By: officer, Words: "pelapor galak"},
		report.Fact{What: report.WasFollowed, By: report.Actor{Role: report.Citizen, Name: "Cucu", Chat: bot.Address{Network: bot.Telegram, ID: "55"}}},
		report.Fact{What: report.WasIdentified, By: officer, Words: "perlu ditelepon"},
		report.Fact{What: report.WasAnswered, By: officer, Words: "kami cek besok pak Asep"},
		report.Fact{What: report.WasAdded, By: report.Actor{Role: report.Citizen}, Words: "nomor saya 0811"},
		report.Fact{What: report.WasResolved, By: officer, Words: "sudah nyala", Photos: []bot.MediaRef{{Network: bot.Telegram, ID: "foto9"}}},
	)
	if !ok {
		t.Fatal("it is hidden")
	}
	doc, _ := json.Marshal(d)
	for _, secret := range []string{"Asep", "62811", "0811", "Budi", "Cucu", "Veteran", "hijau", "galak", "nyala", "cek", "ditelepon", "foto9", "118731", "153492", "telegram", "whatsapp", "noted", "identified", "followed", "added"} {
		if strings.Contains(string(doc), secret) {
			t.Errorf("%q is in %s", secret, doc)
		}
	}
	var story []string
	for _, m := range d.Story {
		story = append(story, fmt.Sprint(m.What, "@", m.Office))
	}
	if got, want := strings.Join(story, " "), "filed@ assigned@DISHUB taken@DISHUB answered@DISHUB resolved@DISHUB"; got != want {
		t.Errorf("its story is %s, want %s", got, want)
	}
	if d.Followers != 1 || d.Status != report.Resolved || !d.Resolved.Equal(november(2, 16)) || !d.Answered.Equal(november(2, 14)) || !d.Changed.Equal(d.Resolved) {
		t.Errorf("it is %s", doc)
	}
	if d.Spot == nil || *d.Spot != (report.Pin{Lat: -6.11865, Lon: 106.15365}) {
		t.Errorf("its square is %+v", d.Spot)
	}
}

// What may not be known has nothing at all, and an anonymous report no square.
func TestWhatStrangersMayNotKnow(t *testing.T) {
	t.Parallel()
	citizen := report.Actor{Role: report.Citizen}
	for _, c := range []struct {
		what     string
		v        report.Visibility
		category string
		more     []report.Fact
		ok       bool
	}{
		{"an ordinary one", report.Normal, "lampu", nil, true},
		{"an anonymous one", report.Anonymous, "lampu", nil, true},
		{"a confidential one", report.Confidential, "lampu", nil, false},
		{"one of a visibility that nobody knows", "terbatas", "lampu", nil, false},
		{"a sensitive one", report.Normal, "kekerasan", nil, false},
		{"one that became sensitive", report.Normal, "lampu", []report.Fact{{What: report.WasCategorised, Category: "kekerasan"}}, false},
		{"one that became confidential", report.Normal, "lampu", []report.Fact{{What: report.WasHidden, By: citizen, Visibility: report.Confidential}}, false},
		{"one that waits for a look", report.Normal, "lampu", []report.Fact{{What: report.WasQuarantined}}, false},
		{"one that was let in", report.Normal, "lampu", []report.Fact{{What: report.WasQuarantined}, {What: report.WasAdmitted, Agency: "DISHUB"}}, true},
		{"one that was taken back", report.Normal, "lampu", []report.Fact{{What: report.WasRecalled, By: citizen}}, false},
		{"one that is wanted after all", report.Normal, "lampu", []report.Fact{{What: report.WasRecalled, By: citizen}, {What: report.WasResumed, By: citizen}}, true},
		{"an erased one", report.Normal, "lampu", []report.Fact{{What: report.WasErased, Erased: &report.Erasing{Whole: true}}}, false},
		{"one whose follower was erased", report.Normal, "lampu", []report.Fact{{What: report.WasErased, Erased: &report.Erasing{}}}, true},
	} {
		r, _, d, ok := shown(c.v, c.category, c.more...)
		if ok != c.ok {
			t.Errorf("%s: shown %v", c.what, ok)
		}
		if !ok && d.Code != "" {
			t.Errorf("%s: it says %+v", c.what, d)
		}
		if ok && (d.Spot != nil) != (r.Visibility == report.Normal) {
			t.Errorf("%s: its square is %v", c.what, d.Spot)
		}
	}
	r, facts, _, _ := shown(report.Normal, "")
	for p, want := range map[float64]bool{0.05: true, 0.3: false} {
		r.Guesses = []report.Guess{{Category: "lampu", P: 0.4}, {Category: "kekerasan", P: p}}
		if _, ok := report.DisplayOf(r, facts, func(c string) bool { return c == "kekerasan" }); ok != want {
			t.Errorf("nobody knows what it is about, and violence has %v: shown %v", p, ok)
		}
	}
}

// An answer that was taken back was never given, and nobody hears that something is done before a new photo proves it.
func TestStrangersHearWhatHolds(t *testing.T) {
	t.Parallel()
	photo := []bot.MediaRef{{Network: bot.Telegram, ID: "p"}}
	done := report.Fact{What: report.WasResolved, By: officer, Photos: photo, Seen: &report.Seen{}}
	for _, c := range []struct {
		what   string
		more   []report.Fact
		status report.Status
		story  int
	}{
		{"taken back", []report.Fact{{What: report.WasAnswered, By: officer}, {What: report.WasWithdrawn, Of: 3, Back: &report.Standing{Status: report.Assigned}}}, report.Assigned, 2},
		{"with an old photo", []report.Fact{done}, report.Assigned, 2},
		{"with an old photo and another old one", []report.Fact{done, {What: report.WasEnclosed, Of: 3, Photos: photo, Seen: &report.Seen{}}}, report.Assigned, 2},
		{"with an old photo and a new one", []report.Fact{done, {What: report.WasEnclosed, Of: 3, Photos: photo}}, report.Resolved, 3},
		{"begun again", []report.Fact{{What: report.WasResolved, By: officer}, {What: report.WasJudged, By: report.Actor{Role: report.Citizen}, Verdict: report.Unfit}}, report.Reopened, 4},
	} {
		_, _, d, ok := shown(report.Normal, "lampu", c.more...)
		if !ok || d.Status != c.status || len(d.Story) != c.story || (d.Resolved.IsZero()) != (c.status != report.Resolved) {
			t.Errorf("%s: %+v", c.what, d)
		}
	}
}

// Nothing is shown before somebody cleared it, and nothing after that was taken back.
func TestExhibits(t *testing.T) {
	t.Parallel()
	photo := []bot.MediaRef{{Network: bot.Telegram, ID: "p"}}
	answer := report.Fact{What: report.WasAnswered, By: officer, Photos: photo}                                       // 3
	before := report.Fact{What: report.WasDisplayed, By: officer, Of: 1, Exposed: &report.Exposed{Before: true}}      // 4
	after := report.Fact{What: report.WasDisplayed, By: officer, Of: 3, Exposed: &report.Exposed{}, Words: "Menyala"} // 5
	words := report.Fact{What: report.WasDisplayed, By: officer, Words: "Lampu mati satu jalan."}                     // 6
	for _, c := range []struct {
		what string
		more []report.Fact
		want string
	}{
		{"nothing cleared", []report.Fact{answer}, ""},
		{"all cleared", []report.Fact{answer, before, after, words}, "4 true true;5 true false Menyala;6 false false Lampu mati satu jalan."},
		{"one taken back", []report.Fact{answer, before, after, words, {What: report.WasUndisplayed, Of: 5}}, "4 true true;6 false false Lampu mati satu jalan."},
		{"all taken back", []report.Fact{answer, before, after, words, {What: report.WasUndisplayed}}, ""},
		{"and one cleared again", []report.Fact{answer, before, after, words, {What: report.WasUndisplayed}, before}, "8 true true"},
		{"the answer was taken back", []report.Fact{answer, before, after, words, {What: report.WasWithdrawn, Of: 3, Back: &report.Standing{Status: report.Assigned}}}, "4 true true;6 false false Lampu mati satu jalan."},
	} {
		_, _, d, _ := shown(report.Normal, "lampu", c.more...)
		var got []string
		for _, e := range d.Exhibits {
			got = append(got, strings.TrimSpace(fmt.Sprint(e.Seq, " ", e.Picture, " ", e.Before, " ", e.Words)))
		}
		if g := strings.Join(got, ";"); g != c.want {
			t.Errorf("%s: %q, want %q", c.what, g, c.want)
		}
	}
}
