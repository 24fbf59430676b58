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

// Who sent what nobody can see hears of it; what came late is shown after all; what went well makes no noise.
func TestFilesThatCannotBeSeen(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	from := bot.MediaRef{Network: bot.Telegram, ID: "p"}
	kept := ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "aa/aa.jpg", MIME: "image/jpeg"}}
	odd := ledger.File{Ref: bot.MediaRef{Network: bot.Store, ID: "aa/aa.heic", MIME: "image/heic"}, Odd: true}
	lost := ledger.File{Lost: "gambar tidak bisa dibuka"}
	r := report.Report{ID: 7, Code: "CTH-7", Reporter: citizen, CardKey: "card", Lang: "id", Draft: report.Draft{Text: "x", Visibility: report.Normal}}
	secret := r
	secret.Visibility = report.Confidential
	nameless := r
	nameless.Reporter = bot.Address{}
	filed := report.Fact{Report: 7, Seq: 1, At: start, What: report.WasFiled, Photos: []bot.MediaRef{from}}
	answer := filed
	answer.What = report.WasAnswered
	waited := filed
	waited.Waiting = 1
	for name, c := range map[string]struct {
		r     report.Report
		fact  report.Fact
		file  ledger.File
		after time.Duration
		want  []string // to whom, and a piece of what
	}{
		"kept":                             {r, filed, kept, time.Second, nil},
		"kept after a while":               {r, waited, kept, time.Second, []string{"card"}},
		"kept late":                        {r, filed, kept, time.Hour, []string{"desk: yang tertunda", "card"}},
		"kept late, and not for the group": {secret, filed, kept, time.Hour, []string{"card"}},
		"lost":                             {r, filed, lost, time.Second, []string{"citizen: tidak bisa dibuka", "card"}},
		"lost, and nobody has a chat":      {nameless, filed, lost, time.Second, []string{"desk: CTH-7", "card"}},
		"odd":                              {r, filed, odd, time.Second, []string{"citizen: foto biasa", "card"}},
		"lost, of an officer":              {r, answer, lost, time.Second, []string{"desk: Kirim lagi", "card"}},
		"odd and late":                     {r, filed, odd, time.Hour, []string{"citizen: foto biasa", "desk: yang tertunda", "card"}},
		"kept late, of an officer":         {r, answer, kept, time.Hour, []string{"card"}},
		"a talk's: there is no report's":   {report.Report{}, report.Fact{}, lost, time.Second, nil},
	} {
		b := o.Stored(c.r, c.fact, from, c.file, casework.Occasion{Cause: "job:media:7", At: start.Add(c.after)})
		if len(b.Changes) != 1 {
			t.Errorf("%s: %d changes", name, len(b.Changes))
		}
		var got []string
		for _, l := range b.Letters {
			switch {
			case l.Purpose == ledger.Refresh:
				got = append(got, "card")
			case l.Desk:
				got = append(got, "desk: "+l.Message.Text)
			default:
				got = append(got, "citizen: "+l.Message.Text)
			}
		}
		ok := len(got) == len(c.want)
		for i := range min(len(got), len(c.want)) {
			who, piece, _ := strings.Cut(c.want[i], ": ")
			ok = ok && strings.HasPrefix(got[i], who) && strings.Contains(got[i], piece)
		}
		if !ok {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
