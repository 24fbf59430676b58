package sequel

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// fact answers a question about the service: it has one answer, which is no part of any report. ok is false for everything else, and where a
// danger or a wish is heard besides.
func (f *flow) fact(s flows.State, d meant.Decision, mine []report.Report, words string) (_ flows.State, _ []flows.Effect, ok bool) {
	asked := f.Answers.Wonders(words)
	if d.Act == meant.Move && asked == answer.NoFact && f.namesOffice(d.Place) { // "harusnya PLN" is no place
		asked = answer.FactOffice
	}
	if asked == answer.NoFact || d.Act == meant.Danger || d.Act == meant.Hide {
		return s, nil, false
	}
	if rd := f.Reader.Read(words); rd.Emergency || rd.Harm != understand.NoHarm {
		return s, nil, false
	}
	live := slices.DeleteFunc(slices.Clone(mine), func(r report.Report) bool { return !r.Erased.IsZero() || r.Reporter.Zero() })
	text := f.factOf(s, asked, live[:min(len(live), readFor)], words)
	if text == "" {
		return s, nil, false
	}
	s.Wait = nil
	return s, []flows.Effect{flows.Say{Message: bot.Message{Text: text}}}, true
}

// factOf is the answer, "" where there is none. mine are the last own reports.
func (f *flow) factOf(s flows.State, asked answer.Fact, mine []report.Report, words string) string {
	v := f.Voice(s)
	switch asked {
	case answer.FactKept:
		return v.Kept()
	case answer.FactPhone:
		return v.OtherPhone()
	case answer.FactSelf:
		if len(mine) == 0 && !strings.Contains(bot.Fold(words), "salah") { // who asks that first is welcome
			return v.Welcome()
		}
		return v.WhoAmI()
	case answer.FactMap:
		return v.NoMap(mine)
	case answer.FactCode:
		if len(mine) > 0 {
			return v.TheCodes(mine)
		}
		return v.NoReports()
	case answer.FactOffice:
		if outside, named := f.offices(words); named && len(mine) > 0 && mine[0].Status.Open() {
			return v.WhyThere(mine[0], outside)
		}
	case answer.FactDoor:
		if len(mine) > 0 && mine[0].Status.Open() {
			return f.doorOf(s, mine[0])
		}
	case answer.NoFact:
	}
	return ""
}

// offices are those outside the government that words name; named says that they name any office, or speak of the office.
func (f *flow) offices(words string) (outside []profile.Owner, named bool) {
	agencies, owners := f.names.In(words)
	for _, code := range owners {
		if o, ok := f.Profile.Owner(code); ok {
			outside = append(outside, o)
		}
	}
	return outside, len(agencies)+len(owners) > 0 || f.names.Office(words)
}

// namesOffice reports whether words for a place name an office, and no place.
func (f *flow) namesOffice(words string) bool {
	agencies, owners := f.names.In(words)
	if len(agencies)+len(owners) == 0 {
		return false
	}
	c := f.Finder.Find(words)
	return len(c) == 0 || c[0].P < placeSure
}

// doorOf says where who asks turns to with a report that is sent: to whose it is, where it is nobody's here, and else nowhere.
func (f *flow) doorOf(s flows.State, r report.Report) string {
	v := f.Voice(s)
	owner := r.Owner
	if o, outside := f.Profile.OwnerOf(r.Category, r.Text, r.Place.District); outside && owner == "" {
		owner = o.Code
	}
	switch o, known := f.Profile.Owner(owner); {
	case known:
		return v.TurnTo(o, s.At) + " " + v.NotTheirs(o)
	case r.Place.Whose != "":
		return v.NotOurs(r.Place.Whose)
	}
	return v.HereAlready(r)
}
