package casework_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// lifeOf is a report with whatever became of it, perhaps in quarantine, and the room of each card that was laid.
func lifeOf(t *rapid.T, o *casework.Office, id report.ID) (c ledger.Case, cards map[string]string) {
	cards = map[string]string{}
	laid := func(b ledger.Batch) {
		for _, l := range b.Letters {
			if l.Purpose == ledger.Card {
				cards[l.Key] = l.Room
			}
		}
	}
	in := casework.Filing{ID: id, Code: report.Code(fmt.Sprint("CTH-", id)), Reporter: citizen, Cause: fmt.Sprint("file", id), At: start, Served: served,
		Draft: report.Draft{Visibility: report.Normal, Text: "x", Category: rapid.SampledFrom([]string{"penerangan_jalan", "jalan", "luar", "kelurahan"}).Draw(t, "category")}}
	in.Person.Name = "Asep"
	if rapid.Bool().Draw(t, "too many") {
		in.Load = ledger.Load{Recent: 100}
	}
	r, b := o.Open(in)
	laid(b)
	c = ledger.Case{Report: r, Facts: b.Changes[0].(ledger.Opened).Facts}
	for i := range rapid.IntRange(0, 12).Draw(t, "acts") {
		by, a := drawActor(t), drawAction(t, c.Facts)
		if c.Report.Status == report.Quarantined && rapid.Bool().Draw(t, "looked at") {
			by, a = rina, report.Admit{}
		}
		after, b, err := o.Act(c.Report, by, a, casework.Occasion{Cause: fmt.Sprintf("e%d/%d", id, i), At: start.Add(time.Duration(i+1) * time.Minute), Facts: c.Facts, Served: served})
		if err != nil {
			continue
		}
		laid(b)
		for _, ch := range b.Changes {
			if ch, ok := ch.(ledger.Changed); ok {
				c.Facts = append(c.Facts, ch.Facts...)
			}
		}
		c.Report = after
	}
	return c, cards
}

// However the reports of a person have lived, an erasing shows each card that lies anywhere anew, in its own room, and no other: what is
// in quarantine has none. No two of its letters have the same key.
func TestAnErasingShowsEveryCardAnew(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := casetest.Profile()
		p.Bounds.PerHour = 10
		o := &casework.Office{Profile: p, Desk: desk, Hold: -1}
		own := ledger.Possessions{}
		want := map[string]string{}
		plea := ledger.Plea{ID: "p", Rev: 1, Chat: citizen, Lang: "id", Recall: rapid.Bool().Draw(t, "taken back")}
		for id := range report.ID(rapid.IntRange(1, 3).Draw(t, "reports")) {
			c, cards := lifeOf(t, o, id+1)
			own.Reports = append(own.Reports, c)
			whole := casework.Goes(plea, c, start.Add(time.Hour))
			for key, room := range cards {
				if whole || key == c.Report.CardKey {
					want[key] = room
				}
			}
		}
		_, b := o.Erase(plea, own, []byte("key"), casework.Occasion{Cause: "erase", At: start.Add(time.Hour)})
		got, keys := map[string]string{}, map[string]bool{}
		for _, l := range b.Letters {
			if keys[l.Key] {
				t.Fatalf("two letters have the key %s", l.Key)
			}
			keys[l.Key] = true
			if l.Purpose == ledger.Refresh {
				got[l.Edits] = l.Room
			}
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Fatalf("the cards that are shown anew (-there are +shown):\n%s", d)
		}
	})
}
