package sequel

import (
	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// A name that is not the reporter's stands in the words of a report, and words are not taken apart. What can be done is that the group reads
// none of them: only the office in charge opens them. That is more than was asked for, so it is asked.

// cover makes a report confidential for the name of somebody in its words, or leaves it.
func (f *flow) cover(s flows.State, n Notes, choice string) (flows.State, []flows.Effect) {
	s.Ask = nil
	if choice != say.CoverIt {
		return f.orMeant(s, n, f.Voice(s).NotCovered(n.Codes[0]))
	}
	s.Await(Name, awaitHidden, &n.Said)
	return s, []flows.Effect{flows.Act{Report: n.Report, Action: report.Hide{Visibility: report.Confidential, Words: n.Said.Text}}}
}

// coverQuestion words the question.
func (f *flow) coverQuestion(s flows.State, n Notes) bot.Message {
	v := f.Voice(s)
	return bot.Message{Text: v.AskCover(n.Codes[0]), Menu: v.MenuOf(s.Ask.ID, n.orMeant(say.CoverIt, "nothanks")...)}
}
