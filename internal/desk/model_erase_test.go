package desk_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// erases lets somebody be erased, as the clerk does it: mostly who filed what others wait for. The open reports are taken back, or a
// coordinator lets them go, or they remain.
func (c *city) erases() {
	ctx := context.Background()
	chat := reporterChat(rapid.IntRange(0, len(filed)+2).Draw(c.T, "erased")).Chat()
	if waited := slices.DeleteFunc(c.mem.Reports(), func(r report.Report) bool { return r.Reporter.Zero() || len(r.Followers) == 0 }); len(waited) > 0 && rapid.Bool().Draw(c.T, "waited for") {
		chat = waited[rapid.IntRange(0, len(waited)-1).Draw(c.T, "by whom")].Reporter.Chat()
	}
	own, err := c.mem.Possessions(ctx, chat, 0)
	c.must(err)
	c.n++
	p := ledger.Plea{ID: ledger.PleaID(fmt.Sprint("p", c.n)), Act: ledger.ErasePlea, Chat: chat, Lang: "id", Recall: rapid.Bool().Draw(c.T, "taken back")}
	c.must(c.commit(c.office.Plead(p, casework.Occasion{Cause: fmt.Sprint("plea:", c.n), At: c.now}), nil))
	p, err = c.mem.Plea(ctx, p.ID)
	c.must(err)
	if rapid.Bool().Draw(c.T, "let go") {
		for _, k := range own.Reports {
			p.Released = append(p.Released, k.Report.ID)
		}
	}
	_, b := c.office.Erase(p, own, []byte(casetest.PleaKey), casework.Occasion{Cause: fmt.Sprint("erase:", c.n), At: c.now})
	c.erased, c.erasing = append(c.erased, chat), chat
	c.must(c.commit(b, nil))
	c.erasing = bot.Address{}
	c.count(b)
}

// erasesWhole reports whether a change takes the reporter out of a report.
func erasesWhole(ch ledger.Changed) bool {
	return slices.ContainsFunc(ch.Facts, func(f report.Fact) bool { return f.What == report.WasErased && f.Erased.Whole })
}

// waits holds a change to those who wait for a report while somebody is erased: they stay in it, and what they wait for is not closed.
func (c *city) waits(was report.Report, ch ledger.Changed) {
	if c.erasing.Zero() {
		return
	}
	now := ch.Report
	if now.Follows(c.erasing) || now.Reporter.Chat() == c.erasing && erasesWhole(ch) {
		c.Fatalf("who was erased is still in %s", now.Code)
	}
	for _, fo := range was.Followers {
		if fo.Chat.Chat() == c.erasing {
			continue
		}
		c.done["waited for"]++
		switch {
		case !now.Follows(fo.Chat):
			c.Fatalf("%v follows %s no more, for somebody else was erased", fo.Chat, now.Code)
		case was.Status.Open() && !now.Status.Open() && !was.Shield(c.office.Profile.Sensitive).Hides(report.Followers):
			c.Fatalf("%s is closed, and %v waits for it", now.Code, fo.Chat)
		}
	}
}

// facts are told as they stand, each as a line. A line changes by nothing but a redaction that is on record.
func (c *city) stay(r report.Report, facts []report.Fact) {
	if err := report.Proven(facts); err != nil {
		c.Fatalf("%s: %v", r.Code, err)
	}
	was, lines := c.facts[r.ID], make([]string, 0, len(facts))
	for i, f := range facts {
		f.Photos, f.Files, f.Lost, f.Waiting = nil, nil, 0, 0 // these are named by where they are kept
		line, err := json.Marshal(f)
		c.must(err)
		lines = append(lines, string(line))
		if i < len(was) && was[i] != lines[i] && len(f.Redacted) <= strings.Count(was[i], `"mark":`) {
			c.Fatalf("a fact of %s has changed", r.Code)
		}
	}
	if len(lines) < len(was) {
		c.Fatalf("a fact of %s is gone", r.Code)
	}
	c.facts[r.ID] = lines
}
