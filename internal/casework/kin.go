package casework

import (
	"fmt"
	"slices"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// kinMost is how many reports of one person's words are followed: many more than anybody splits.
const kinMost = 100

// KinOf are the reports that were split off from a report, from those, and from what it was split off itself: one person's words.
func KinOf(r report.Report, byID func(report.ID) (report.Report, error)) (out []report.Report, err error) {
	known := map[report.ID]bool{r.ID: true}
	for next := []report.Report{r}; len(next) > 0 && len(out) < kinMost; next = next[1:] {
		near := next[0].Parts
		if next[0].PartOf != nil {
			near = append(slices.Clone(near), *next[0].PartOf)
		}
		for _, j := range near {
			if known[j.ID] {
				continue
			}
			known[j.ID] = true
			k, err := byID(j.ID)
			if err != nil {
				return nil, fmt.Errorf("find what a report was split into: %w", err)
			}
			out, next = append(out, k), append(next, k)
		}
	}
	return out, nil
}

// Kin is one of those, with what an action on it needs to know.
type Kin struct {
	Report report.Report
	Facts  []report.Fact
	Posts  []ledger.Post
}

// cover hides what a report was split off from as well, where the report has become a matter to hide: its words stand there, too.
func (c *change) cover() error {
	if !c.Secret(c.now) || c.Secret(c.was) {
		return nil
	}
	for part := c.now; part.PartOf != nil; {
		at := slices.IndexFunc(c.Kin, func(k Kin) bool { return k.Report.ID == part.PartOf.ID })
		if at < 0 || c.Secret(c.Kin[at].Report) || !c.Kin[at].Report.Erased.IsZero() {
			return nil
		}
		k := c.Kin[at]
		first := &change{Office: c.Office, Occasion: c.Occasion, by: c.by, was: k.Report, now: k.Report}
		first.Cause, first.Facts, first.Posts = fmt.Sprintf("%s/k%d", c.Cause, k.Report.ID), k.Facts, k.Posts
		covered := report.Fact{What: report.WasCovered, Visibility: report.Confidential, With: &report.Joined{ID: part.ID, Code: part.Code}}
		first.tell(covered, time.Time{}, func(v say.Voice, _ Addressee) bot.Message {
			return bot.Message{Text: v.NoticeCovered(k.Report.Code, covered.With.Code)}
		})
		first.hush()
		first.card()
		c.batch.Changes = append(c.batch.Changes, ledger.Changed{Report: first.now, Was: k.Report.Rev, Facts: first.facts})
		c.batch.Add(first.batch)
		part = k.Report
	}
	return nil
}

// Spreads reports whether an action holds for all kin of a report: who hides a report hides all that was split off from it.
func Spreads(a report.Action) bool {
	switch a.(type) {
	case report.Hide, report.Reveal:
		return true
	}
	return false
}

// ActKin does such an action to the kin of a report, of which it was done to the first by the same occasion. What is so already, or may
// not be, stays.
func (o *Office) ActKin(kin []Kin, by report.Actor, a report.Action, t Occasion) (b ledger.Batch, err error) {
	for _, k := range kin {
		if k.Report.Reporter.Chat() != by.Chat.Chat() {
			continue
		}
		at := t
		at.Cause, at.Facts, at.Posts = fmt.Sprintf("%s/k%d", t.Cause, k.Report.ID), k.Facts, k.Posts
		_, more, err := o.Act(k.Report, by, a, at)
		if _, refused := AsRefusal(err); refused {
			continue
		}
		if err != nil {
			return b, err
		}
		b.Add(more)
	}
	return b, nil
}
