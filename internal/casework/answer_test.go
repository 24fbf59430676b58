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

// The line under an answer that can still be taken back is of use until the answer goes, and no longer; where there is nobody
// to send it to the line tells the officer so, whenever it comes.
func TestTheLineOfAHeldAnswerIsOverWhenItGoes(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: desk}
	budi := report.Actor{Role: report.Operator, ID: "telegram:7", Name: "Budi", Home: "DISHUB", Chat: desk}
	for _, who := range []bot.Address{citizen, {}} {
		m := casetest.NewMemory("CTH")
		r := openFor(t, o, m, report.Draft{Text: "x", Category: "penerangan_jalan", Visibility: report.Normal}, who)
		facts, err := m.Facts(t.Context(), r.ID)
		if err != nil {
			t.Fatal(err)
		}
		_, b, err := o.Act(r, budi, report.Reply{Words: "Kami berangkat sore ini."}, casework.Occasion{Cause: "a", At: start, Facts: facts, Served: served})
		if err != nil {
			t.Fatal(err)
		}
		var line, notice ledger.Letter
		for _, l := range b.Letters {
			switch {
			case strings.HasPrefix(l.Intent, casework.UndoIntent):
				line = l
			case l.Purpose == ledger.Notice:
				notice = l
			}
		}
		var until time.Time
		if !who.Zero() {
			until = notice.Hold
		}
		if line.Key == "" || !line.Until.Equal(until) || until.IsZero() == (who == citizen) {
			t.Errorf("to %v: the line is of use until %v, the answer goes at %v", who, line.Until, notice.Hold)
		}
	}
}
