package track

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Who has the number of somebody else's report and wants to know how it stands mostly has the same trouble: its news is offered, where a
// report may be followed.

const (
	askFollow   = "follow"
	awaitFollow = "follow"
)

// offer asks a stranger whether news of a report is wanted; ok is false where something else is open, or it cannot be followed.
func (f *flow) offer(s flows.State, in flows.Found) (_ flows.State, _ []flows.Effect, ok bool) {
	if in.Follow == 0 || f.Open(s) || f.InDanger(s) || f.InTalk(s) != nil || s.Ask != nil && !s.Ask.Light {
		return s, nil, false
	}
	s.Wait = nil
	s.Offer(Name, askFollow)
	s = s.With(Name, &Notes{Codes: []report.Code{in.Short.Code}, Report: in.Follow})
	q, _ := f.Question(s)
	q.Text = f.Voice(s).Outline(*in.Short) + "\n\n" + q.Text
	return s, []flows.Effect{flows.Say{Message: q}}, true
}

// The words by which news of a report is wanted, by which one has the same trouble, and by which both are refused.
var followMe, followToo, followNo = answer.ListOf("follow-me"), answer.ListOf("follow-too"), answer.ListOf("follow-no")

// wantsNews takes words that say, where the news of a report is offered, whether it is wanted.
func (f *flow) wantsNews(s flows.State, ev bot.Event, words string) (_ flows.State, _ []flows.Effect, ok bool) {
	if s.Ask == nil || s.Ask.Flow != Name || s.Ask.Kind != askFollow || ev.ReplyTo != nil {
		return s, nil, false
	}
	if _, plain := ev.Body.(bot.Text); !plain { // a photo is of something of one's own
		return s, nil, false
	}
	choice := f.saysFollow(words)
	if choice == "" {
		return s, nil, false
	}
	s, out := f.offered(s, choice)
	return s, out, true
}

// saysFollow is the choice that words make where the news of a report is offered: "ini laporan saya juga, kabarin dong", "ga usah dikabarin";
// "" for none. Who tells a matter has one of his or her own.
func (f *flow) saysFollow(words string) string {
	const most = 10
	said := strings.Fields(bot.Fold(words))
	if len(said) > most || !followMe.Any(said) && !followToo.Any(said) {
		return ""
	}
	rd := f.Reader.Read(words)
	if rd.Emergency || rd.Harm != understand.NoHarm || len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && len(f.mind.Named(words)) > 0 {
		return ""
	}
	if thanked := slices.Contains(said, "makasih") || slices.Contains(said, "terima"); !followNo.Any(said) {
		if thanked && !followToo.Any(said) || !followMe.Any(said) && slices.ContainsFunc(said, placed) { // "di gang saya juga begini"
			return ""
		}
		return "follow"
	}
	if followMe.Any(said) {
		return "no"
	}
	return ""
}

// placed are words that say where one has the same trouble: that is a matter of one's own.
func placed(w string) bool {
	return slices.Contains([]string{"di", "gang", "jalan", "jl", "rt", "rw", "kampung", "kp", "perum", "depan", "deket", "dekat", "tempat"}, w)
}

// offered carries out the answer.
func (f *flow) offered(s flows.State, choice string) (flows.State, []flows.Effect) {
	v, n := f.Voice(s), Of(s)
	s.Ask = nil
	if choice != "follow" {
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.NotFollowed()}})
	}
	s.Await(Name, awaitFollow, nil)
	return s, []flows.Effect{flows.Act{Report: n.Report, Action: report.Follow{Lang: v.Lang}}}
}

// follows tells what came of it.
func (f *flow) follows(s flows.State, in flows.Acted) (flows.State, []flows.Effect) {
	v, code := f.Voice(s), in.Report.Code
	switch {
	case in.OK:
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.FollowsNow(code)}, Report: in.Report.ID})
	case in.Why == whyAlready:
		return f.beside(s, flows.Say{Message: bot.Message{Text: v.Following(code, false)}, Report: in.Report.ID})
	}
	return f.beside(s, flows.Say{Message: bot.Message{Text: v.CanNotFollow()}})
}

// whyAlready is casework's word for what stands like that.
const whyAlready = "already"
