package casework_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What was refused in quarantine has no card. When it begins again, by its reporter or by the coordinator, the room sees one, with what
// came along, before the line that answers it.
func TestBegunAgainOutOfQuarantine(t *testing.T) {
	t.Parallel()
	p := casetest.Profile()
	p.Bounds.PerHour = 1
	o := &casework.Office{Profile: p, Desk: desk}
	reporter := report.Actor{Role: report.Citizen, ID: citizen.String(), Chat: citizen}
	for name, again := range map[string]struct {
		by report.Actor
		do report.Action
	}{
		"its reporter":    {reporter, report.Disagree{Words: "ini bukan iklan"}},
		"the coordinator": {rina, report.Reopen{Why: "salah tekan"}},
	} {
		r, b := o.Open(casework.Filing{ID: 7, Code: "CTH-7", Reporter: citizen, Cause: "e", At: start, Load: ledger.Load{Recent: 1},
			Served: func(string) bool { return true },
			Draft: report.Draft{Visibility: report.Normal, Text: "lampu mati", Category: "penerangan_jalan",
				Photos: []bot.MediaRef{{Network: bot.Store, ID: "p"}}}})
		facts := b.Changes[0].(ledger.Opened).Facts
		for i, step := range []struct {
			by report.Actor
			do report.Action
		}{{rina, report.Reject{Reason: p.Rejections[0].Code, Words: "iklan"}}, again} {
			at := casework.Occasion{Cause: "e" + name[:3] + string(rune('1'+i)), At: start.Add(time.Duration(i+1) * time.Hour), Facts: facts, Served: func(string) bool { return true }}
			var err error
			if r, b, err = o.Act(r, step.by, step.do, at); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			facts = append(facts, b.Changes[0].(ledger.Changed).Facts...)
		}
		card, media, answer := -1, false, -1
		for i, l := range b.Letters {
			switch {
			case l.Purpose == ledger.Card && l.Key == r.CardKey:
				card = i
			case l.Purpose == ledger.Card, l.Edits != "" && l.Edits != r.CardKey, l.Purpose == ledger.Refresh && l.Edits == "":
				t.Errorf("%s: a card of nothing: %+v", name, l)
			case l.Answers == r.CardKey && len(l.Message.Photos) == 1:
				media = true
			case l.Answers == r.CardKey:
				answer = i
			}
		}
		if r.CardKey == "" || card < 0 || !media || answer < card {
			t.Errorf("%s: the room sees card %d, photo %v, line %d (key %q)", name, card, media, answer, r.CardKey)
		}
	}
}

// An appeal is read by the whole group: of a report that is kept from it nothing is shown, numbers of people never are, and a report
// that its reporter was taken out of gets no words back.
func TestAppealsShowNobody(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	const said = "nomor saya 081234567890, mobil A 1234 BC"
	for name, c := range map[string]struct {
		visibility report.Visibility
		erased     time.Time
		in, out    string
		kept       string
	}{
		"of a plain report":        {report.Normal, time.Time{}, "08••••, mobil A ••••", "081234567890", said},
		"of a confidential report": {report.Confidential, time.Time{}, "/buka CTH-7", "nomor saya", said},
		"of an erased report":      {report.Normal, start, "08••••", "081234567890", ""},
	} {
		r := report.Report{ID: 7, Code: "CTH-7", Rev: 2, Status: report.Assigned, Agency: "DISHUB", CardKey: "card:7", Erased: c.erased, Draft: report.Draft{Visibility: c.visibility}}
		b := o.Appeal(r, ledger.Conduct{Measure: report.Muted, Until: start.AddDate(0, 0, 7), Why: "iklan"}, report.Actor{Role: report.Citizen, Chat: citizen}, said,
			casework.Occasion{Cause: "e", At: start})
		if got := b.Letters[0].Message.Text; !strings.Contains(got, c.in) || strings.Contains(got, c.out) {
			t.Errorf("%s: the group reads\n%s", name, got)
		}
		if f := b.Changes[0].(ledger.Changed).Facts[0]; f.Words != c.kept {
			t.Errorf("%s: kept is %q", name, f.Words)
		}
	}
}

// Who opens a report reads what the cards leave out, also where only an addition had it: that is written down.
func TestOpeningIsNotedForAdditionsToo(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	r := report.Report{ID: 7, Code: "CTH-7", Agency: "DISHUB", Draft: report.Draft{Visibility: report.Normal, Text: "lampu mati"}}
	added := report.Fact{What: report.WasAdded, By: report.Actor{Role: report.Citizen}, Words: "hp0812-3456-7890"}
	if l := o.Looked(r, nil, rina, casework.Occasion{At: start}); len(l) != 0 {
		t.Errorf("nothing was hidden, and %+v is noted", l)
	}
	if l := o.Looked(r, []report.Fact{added}, rina, casework.Occasion{At: start}); len(l) != 1 || l[0].Act != ledger.LookUnmask {
		t.Errorf("noted is %+v", l)
	}
}

// However much is said with a verdict, it counts; what is kept is no longer than any other word on record.
func TestAVerdictWithVeryManyWords(t *testing.T) {
	t.Parallel()
	w := newWriter(t, report.Draft{})
	by := report.Actor{Role: report.Citizen, Chat: citizen}
	w.r.Status = report.Resolved
	w.does(by, start.Add(time.Hour), report.Judge{Verdict: report.Unfit, Words: strings.Repeat("belum ", 1500)}, ledger.Conduct{})
	at := slices.IndexFunc(w.facts, func(f report.Fact) bool { return f.What == report.WasJudged })
	if at < 0 || say.Units(w.facts[at].Words) > casework.MaxWords || !strings.HasPrefix(w.facts[at].Words, "belum belum") {
		t.Errorf("the verdict is fact %d of %+v", at, w.facts)
	}
}
