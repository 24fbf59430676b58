package track

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Under the news of an office's end of a report stands a menu; where there are no buttons its number is typed.

// refusalFor is for how long a number is taken for an answer to a refusal: about as long as work that is called done waits for one.
const refusalFor = 14 * 24 * time.Hour

// number reports whether words are a number of a short list and nothing else.
func number(words string) bool {
	said := strings.Trim(strings.TrimSpace(words), ".)")
	return len(said) == 1 && said >= "1" && said <= "3"
}

// bare reports whether words are a number of any list and nothing else: where nothing is to be chosen they tell an office nothing.
func bare(words string) bool {
	const most = 2
	said := bot.Fold(words)
	return said != "" && len(said) <= most && strings.Trim(said, "0123456789") == ""
}

// numbered is the choice that a number makes under the news of a report, "" for none.
func (f *flow) numbered(r report.Report, words string, at time.Time) string {
	if !number(words) {
		return ""
	}
	v := say.For(f.Profile, "")
	var menu *bot.Menu
	switch stands := r.StoodAt(at); {
	case stands == report.Resolved:
		menu = v.VerdictMenu(r.Code)
	case stands == report.Rejected && !r.Disputed && at.Sub(flows.Told(r, at)) < refusalFor:
		menu = v.RefusalMenu(r.Code)
	default:
		return ""
	}
	c, _ := menu.Match(bot.Text{Text: strings.Trim(strings.TrimSpace(words), ".)")})
	return c.ID
}

// askedLast is the report whose news came last of those under which a number chooses something: what is typed belongs to it. It is none where
// an office has asked something since: a number answers that ("tiangnya ada berapa?").
func (f *flow) askedLast(mine []report.Report, p flows.Parcel, at time.Time) (last report.Report, ok bool) {
	for _, r := range mine {
		if f.numbered(r, p.Text, at) != "" && (!ok || flows.Told(r, at).After(flows.Told(last, at))) {
			last, ok = r, true
		}
	}
	since := func(r report.Report) bool { return r.Status.Open() && r.Asked.After(flows.Told(last, at)) }
	return last, ok && !slices.ContainsFunc(mine, since)
}
