package sequel

import (
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// Who says of a report that an office still has that it is fixed is asked whether it shall be closed: nobody has called it done, so there is
// no verdict to give, and an office should not go there for nothing. The words go to it either way.

// fixed is the only open report, where words that sound like thanks say that it is fixed.
func (f *flow) fixed(mine []report.Report, words string) (one report.Report, ok bool) {
	for _, r := range mine {
		if !r.Status.Open() || r.Reporter.Zero() {
			continue
		}
		if ok {
			return report.Report{}, false
		}
		one, ok = r, true
	}
	return one, ok && one.Asked.IsZero() && f.mind.Fixed(words, one)
}

// askClose asks, once the words are with the office, whether the report shall be closed.
func (f *flow) askClose(s flows.State, r report.Report) (flows.State, []flows.Effect) {
	n := Of(s)
	next := &Notes{Act: meant.Withdraw, Tried: n.Tried, Took: r.Code, Said: n.Said, Report: r.ID}
	next.list(f.Voice(s), []report.Report{r})
	s.Offer(Name, askClosed)
	s = s.With(Name, next)
	q, _ := f.Question(s)
	return s, []flows.Effect{flows.Say{Message: q, Report: r.ID}}
}

// close closes the report for the reporter's word, or leaves it open.
func (f *flow) close(s flows.State, n Notes, choice string) (flows.State, []flows.Effect) {
	s.Ask = nil
	if choice != say.CloseIt {
		return s.With(Name, &Notes{Tried: n.Tried}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).NotWithdrawn(n.Codes[0])}}}
	}
	s.Await(Name, awaitClosed, nil)
	return s, []flows.Effect{flows.Act{Report: n.Report, Action: report.Recall{Words: n.Said.Text}}}
}

// closes reports whether a few words, typed where it is asked, want the report closed: "iya tutup aja".
func (f *flow) closes(words string) bool {
	const most = 5
	return len(strings.Fields(words)) <= most && f.mind.Hear(words).Sequel == answer.TakesBack
}

// closed confirms that a report is closed, and how it is opened again.
func (f *flow) closed(s flows.State, r report.Report) (flows.State, []flows.Effect) {
	v := f.Voice(s)
	text := v.ClosedFixed(r)
	if !r.Left.IsZero() { // it goes on for those who have the same trouble
		text = v.Recalled(r)
	}
	return s.With(Name, &Notes{Tried: Of(s).Tried}), []flows.Effect{flows.Say{Report: r.ID, Message: bot.Message{Text: text, Menu: v.RecallMenu(r.Code)}}}
}
