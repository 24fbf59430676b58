package sequel

import (
	"slices"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// readFor is how many reports it is told of who reads them.
const readFor = 3

// whoReads tells who asks it who reads the own reports, as they stand.
func (f *flow) whoReads(s flows.State, mine []report.Report, words string) (_ flows.State, _ []flows.Effect, ok bool) {
	if topic := f.Answers.Question(words); topic != answer.AskedWho && topic != answer.AskedFear || ofOfficer(words) {
		return s, nil, false
	}
	live := slices.DeleteFunc(slices.Clone(mine), func(r report.Report) bool { return !r.Erased.IsZero() || r.Reporter.Zero() })
	if len(live) == 0 {
		return s, nil, false
	}
	s.Wait = nil
	return s, []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).WhoReads(live[:min(len(live), readFor)])}}}, true
}

// onlyAsks reports whether it is asked who reads it, and nothing is wished: "nama saya aman kan?" hides nothing unasked.
func (f *flow) onlyAsks(words string) bool {
	return f.Answers.Question(words) == answer.AskedWho && !wishing.Any(strings.Fields(bot.Fold(words)))
}

// wishing are the words by which something is wished, or forbidden.
var wishing = answer.ListOf("wishing")

// ofOfficer reports whether it is asked who the officer is.
func ofOfficer(words string) bool {
	said := strings.Fields(bot.Fold(words))
	return slices.Contains(said, "nama") && slices.ContainsFunc(said, func(w string) bool { return strings.HasPrefix(w, "petugas") || strings.HasPrefix(w, "pegawai") })
}

// apart answers what is said of no report, or hands it to whom it is for; ok is false where it is about one, or for who stands behind.
func (f *flow) apart(s flows.State, d meant.Decision, p flows.Parcel, mine []report.Report) (_ flows.State, _ []flows.Effect, ok bool) {
	v := f.Voice(s)
	tell := func(text string) (flows.State, []flows.Effect, bool) {
		s.Wait = nil
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: text}}}, true
	}
	switch d.Act {
	case meant.Person:
		s.Wait = nil
		s, out := f.Hand(s.With(Name, &Notes{Tried: s.Turn}), flows.Wished{Said: p})
		return s, out, true
	case meant.Danger:
		s.Wait = nil
		s, out := f.Hand(s.With(Name, &Notes{Tried: s.Turn}), flows.Begin{Said: p, Urgent: true})
		return s, out, len(out) > 0
	case meant.Ask:
		asked := flows.Asked{Said: p}
		if len(mine) > 0 {
			asked.Category = mine[0].Category
		}
		s, out := f.Hand(s, asked)
		return s, out, len(out) > 0
	case meant.Absent:
		if f.Answers.After(p.Text).Sequel == answer.Scolds {
			return tell(v.SorryToFail())
		}
		return tell(v.NoReports())
	case meant.Courtesy:
		switch {
		case d.Aim == understand.AimGreet:
			return tell(v.HelloTo(p.Text))
		case d.Aim == understand.AimNod && apologizes(p.Text):
			return tell(v.NeverMind())
		}
		return f.thanked(s, d, mine)
	}
	return s, nil, false
}

// thanked answers thanks, once, and nods. Who thanks for work that is called done, and does not say that it is, is asked.
func (f *flow) thanked(s flows.State, d meant.Decision, mine []report.Report) (_ flows.State, _ []flows.Effect, ok bool) {
	m := bot.Message{Text: f.Voice(s).Thanks()}
	done := slices.DeleteFunc(slices.Clone(mine), func(r report.Report) bool { return r.Status != report.Resolved })
	if d.Aim == understand.AimThanks && len(done) == 1 {
		m.Text += "\n\n" + f.Voice(s).AskFixed()
		m.Menu = f.Voice(s).VerdictMenu(done[0].Code)
	}
	s.Wait = nil
	if d.Aim == understand.AimThanks && s.ThanksAgain() && m.Menu == nil {
		return s, []flows.Effect{flows.NoAnswer{}}, true
	}
	return s, []flows.Effect{flows.Say{Message: m}}, true
}

// promises takes words that only say that a photo comes, now or later: it is waited for, and added unasked. Where an officer has asked for it
// they answer; of a report that nobody has filed they are for the filing.
func (f *flow) promises(s flows.State, d meant.Decision, p flows.Parcel, words string, filed bool) (_ flows.State, _ []flows.Effect, ok bool) {
	if !filed || len(p.Photos)+len(p.Files) > 0 || p.Pin != nil || d.Act != meant.Words && d.Act != meant.Courtesy && d.Act != meant.Nothing {
		return s, nil, false
	}
	tells, later := f.Answers.PhotoLater(words)
	if !f.Answers.PhotoNow(words) && !f.Answers.PhotoOnlyLater(words) && !(d.Act == meant.Words && later && !tells) {
		return s, nil, false
	}
	n := Of(s)
	n.Promised, s.Wait = s.At, nil
	return s.With(Name, &n), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).PhotoAwaited()}}}, true
}

// promisedBeside is when a photo was announced beside words that go to an office, the zero time for never.
func (f *flow) promisedBeside(s flows.State, words string) time.Time {
	if _, later := f.Answers.PhotoLater(words); later {
		return s.At
	}
	return time.Time{}
}

// apologizes reports whether a word of apology stands in words that tell nothing ("maaf salah kirim").
func apologizes(text string) bool {
	return slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool { return sorry[w] })
}

var sorry = answer.ListOf("sorry")
