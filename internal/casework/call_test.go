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
	"rabeg/internal/say"
)

func danger(t *testing.T, o *casework.Office, kind ledger.CallKind, words string) (ledger.Call, ledger.Batch) {
	t.Helper()
	return o.OpenCall(casework.Calling{Kind: kind, Chat: citizen, Person: bot.Person{ID: "62811", Name: "Asep Sunarya"}, Lang: "id",
		First: ledger.Line{What: ledger.LineAlarm, Words: words, Place: &report.Place{AreaName: "Sukawana", DistrictName: "Kota"}},
		Phone: "0811"}, casework.Occasion{Cause: "e1", At: start})
}

func TestTheAlarmIsMaskedAndFitsOneMessage(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	c, b := danger(t, o, ledger.DangerCall, "kebakaran "+strings.Repeat("a", 5000))
	if len(b.Letters) != 1 || b.Cause != "e1" {
		t.Fatalf("%+v", b)
	}
	l := b.Letters[0]
	if !l.Desk || l.Room != "" || l.Key != "e1/alarm" || !l.Hold.IsZero() || l.Purpose != ledger.Alarm || l.Intent != casework.CallIntent(c.ID) {
		t.Errorf("letter %+v", l)
	}
	for n := range 400 { // a talk without end
		c, _ = o.Heard(c, ledger.Line{What: ledger.LineSaid, Words: strings.Repeat("b", 900)}, casework.Occasion{Cause: "e2", At: start.Add(time.Duration(n) * time.Second)})
	}
	if len(c.Lines) > 220 || c.Lines[0].Words == c.Lines[1].Words {
		t.Errorf("%d lines are kept", len(c.Lines))
	}
	for _, text := range []string{l.Message.Text, o.CallCard(c).Text} {
		for _, want := range []string{"112", "kebakaran", "Kel. Sukawana, Kec. Kota", "A*** · WhatsApp", "0811", "tercatat"} {
			if !strings.Contains(text, want) {
				t.Errorf("no %q in the alarm", want)
			}
		}
		if strings.Contains(text, "Asep") || strings.Contains(text, citizen.ID) || say.Units(text) > 4096 {
			t.Errorf("the alarm names the citizen or is too long (%d)", say.Units(text))
		}
	}
}

// What somebody writes who is harmed stands in no letter to the group, whatever is done with the call.
func TestASensitiveCallStaysOutOfTheGroup(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	budi := report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi", Home: "DISHUB", Chat: desk}
	turn := casework.Occasion{Cause: "e2", At: start}
	c, b := danger(t, o, ledger.HarmCall, "rahasia-satu")
	letters := b.Letters
	c, b = o.Heard(c, ledger.Line{What: ledger.LineSaid, Words: "rahasia-dua", Photo: []bot.MediaRef{{Network: bot.WhatsApp, ID: "p"}}}, turn)
	letters = append(letters, b.Letters...)
	c, b, err := o.TakeCall(c, budi, turn)
	if err != nil {
		t.Fatal(err)
	}
	letters = append(letters, b.Letters...)
	c, b = o.Heard(c, ledger.Line{What: ledger.LineSafe, Words: "rahasia-tiga"}, turn)
	letters = append(letters, b.Letters...)
	told := ""
	for _, l := range letters {
		private := l.To == bot.Address{Network: bot.Telegram, ID: "1"}
		if strings.Contains(l.Message.Text, "rahasia-") && !private {
			t.Errorf("%s shows what was said", l.Key)
		}
		if len(l.Message.Photos) > 0 && !private {
			t.Errorf("%s shows a photo", l.Key)
		}
		if private {
			told += l.Message.Text
		}
	}
	for _, want := range []string{"rahasia-satu", "rahasia-dua", "rahasia-tiga"} {
		if !strings.Contains(told, want) {
			t.Errorf("who took it was not told %q", want)
		}
	}
	if text := o.CallCard(c).Text; strings.Contains(text, "rahasia-") || strings.Contains(text, "Kel. Sukawana") {
		t.Errorf("the card shows what was said: %s", text)
	}
	if _, _, err := o.MakeReport(c, budi, casework.Filing{ID: 1, Code: "CTH-PSES3-Y"}, turn); err == nil {
		t.Error("an officer made a report of it, with a card in the group")
	}
}

// Who may not be known as the reporter is not named on the card of a talk about it either, nor in a report made of that talk.
func TestATalkAboutANamelessReport(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	turn := casework.Occasion{Cause: "e2", At: start}
	named, _ := danger(t, o, ledger.DangerCall, "kebakaran")
	if text := o.CallCard(named).Text; !strings.Contains(text, "Warga: A*** · WhatsApp") {
		t.Errorf("the card of a danger: %s", text)
	}
	c, _ := o.Heard(named, ledger.Line{What: ledger.LineFiled, Report: 1, Code: "CTH-NPU7F-H", Unnamed: true}, turn)
	c, _ = o.Heard(c, ledger.Line{What: ledger.LineSaid, Words: "masih menyala"}, turn)
	if text := o.CallCard(c).Text; !strings.Contains(text, "Warga: Anonim") || strings.Contains(text, "WhatsApp") || !strings.Contains(text, "masih menyala") {
		t.Errorf("the card of a danger whose report is anonymous: %s", text)
	}
	if got := casework.CallDraft(c).Visibility; got != report.Anonymous {
		t.Errorf("a report made of it is %q", got)
	}
	harm, _ := danger(t, o, ledger.HarmCall, "rahasia")
	if text := o.CallCard(harm).Text; !strings.Contains(text, "Warga: Anonim") || casework.CallDraft(harm).Visibility != report.Confidential {
		t.Errorf("the card of a harm: %s", text)
	}
}

// A citizen never reads who answers, and an answer waits for nothing.
func TestAnAnswerGoesAtOnceAndWithoutAName(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	budi := report.Actor{Role: report.Operator, ID: "telegram:1", Name: "Budi Santosa", Home: "DISHUB", Chat: desk}
	c, _ := danger(t, o, ledger.DangerCall, "kebakaran")
	c, b, err := o.Answer(c, budi, ledger.Line{Words: "Unit jalan.", Files: []bot.MediaRef{{Network: bot.Telegram, ID: "v"}}}, casework.Occasion{Cause: "e2", At: start})
	if err != nil || c.TakenBy.ID != budi.ID {
		t.Fatalf("taken by %+v: %v", c.TakenBy, err)
	}
	n := 0
	for _, l := range b.Letters {
		if l.To != citizen {
			continue
		}
		n++
		if l.Purpose != ledger.Alarm || !l.Hold.IsZero() || strings.Contains(l.Message.Text, "Budi") {
			t.Errorf("letter %+v", l)
		}
	}
	if n != 2 || len(b.Jobs) != 1 {
		t.Errorf("%d letters to the citizen, %d jobs", n, len(b.Jobs))
	}
}
