package sequel

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/meant"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// moved is the action that puts the place of a report right.
func (f *flow) moved(p flows.Parcel, words string) report.Add {
	a := f.AddOf(p)
	if a.Place != nil || words == "" {
		return a
	}
	to := report.Place{Said: words}
	if c := f.Finder.Find(words); len(c) > 0 && c[0].P >= placeSure {
		best := c[0]
		to.Area, to.AreaName, to.District, to.DistrictName, to.Whose = best.Area, best.AreaName, best.District, best.DistrictName, best.Whose
	}
	a.Place = &to
	return a
}

// unnamed is how many words a place may have that nobody knows and that nothing says is one.
const unnamed = 5

// saysPlace reports whether words that answer where it is may be a place: what a place is told by stands in them, or they are few and
// plainly nothing else.
func (f *flow) saysPlace(words string) bool {
	if c := f.Finder.Find(words); len(c) > 0 && c[0].P >= placeSure || place.Named(words) {
		return true
	}
	h, rd := f.mind.Hear(words), f.Reader.Read(words)
	if rd.Emergency || rd.Harm != understand.NoHarm || rd.Human || f.Answers.Wonders(words) != answer.NoFact {
		return false
	}
	courteous := rd.NoReport && rd.Small != "" || h.Aim != understand.NoAim && h.Aim != understand.AimPlace && h.Aim != understand.AimDetail && h.Known()
	if place.Cued(words) || len(rd.Places) > 0 {
		return !courteous || h.Is(understand.AimNew)
	}
	return !courteous && len(strings.Fields(words)) <= unnamed
}

// place takes the right place, as it was asked for. What is no place is answered as what it is: thanks and anger with the question again,
// all else by whoever it is for.
func (f *flow) place(s flows.State, n Notes, p flows.Parcel, in flows.Said) (flows.State, []flows.Effect) {
	words := p.Text
	if p.Pin != nil {
		words = ""
	}
	only, _ := f.Answers.Read(words).Only()
	switch {
	case words == "":
	case keeps(only):
		s.Ask = nil
		return s.With(Name, &Notes{Tried: s.Turn}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).PlaceStays()}}}
	case f.tellsAnew(s, words, n.Category):
		return f.noPlace(s, n, p, in)
	case f.says(words, answer.Later):
		return s, []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).PlaceAwaited()}}}
	case f.says(words, answer.Dunno): // that it is wrong is worth knowing
		s.Ask = nil
		return s.With(Name, &Notes{Tried: s.Turn}), []flows.Effect{flows.Say{Message: bot.Message{Text: f.Voice(s).PlaceUnknown(n.Codes[0])}, Report: n.Report},
			flows.Act{Report: n.Report, Action: f.AddOf(n.Said), Told: true}}
	}
	if ch, ok := f.Answers.Changes(words); ok && ch.Words != "" && (ch.Field == answer.Where || ch.Field == answer.Something) {
		words = ch.Words // "bukan di sana, di Kagungan"
	}
	if words != "" && !f.saysPlace(words) {
		return f.noPlace(s, n, p, in)
	}
	id := n.Report
	s.Ask = nil
	s.Await(Name, awaitMoved, &p)
	return s.With(Name, &n), []flows.Effect{flows.Act{Report: id, Action: f.moved(p, words)}}
}

// tellsAnew reports whether words tell a matter of their own where a place is waited for: what is told tomorrow must not move what was told
// today. of is the category of the report whose place it is.
func (f *flow) tellsAnew(s flows.State, words, of string) bool {
	const least = 3
	rd, h := f.Reader.Read(words), f.mind.Hear(words)
	if len(rd.Guesses) == 0 || rd.NoReport || len(strings.Fields(words)) < least {
		return rd.Emergency
	}
	told := rd.Guesses[0]
	switch {
	case rd.Emergency:
		return true
	case told.Category == of: // the same once more, with its place
		return meant.OneMore(words) || s.At.Sub(s.Ask.At) >= flows.Pause && h.Is(understand.AimNew)
	}
	return slices.Contains(f.mind.Named(words), told.Category) && (told.P >= sureOf || h.Is(understand.AimNew))
}

// says reports whether an answer to where it is begins with a word that puts it off, or that does not know it, and names no place.
func (f *flow) says(words string, what answer.Meaning) bool {
	if c := f.Finder.Find(words); len(c) > 0 && c[0].P >= placeSure || place.Named(words) {
		return false
	}
	said, typed := f.Answers.Read(words), strings.Fields(bot.Fold(words))
	return len(said.Means) > 0 && said.Means[0] == what || what == answer.Later && (laterWords.Any(typed) || asksFirst.Any(typed))
}

// laterWords are the words that put something off, asksFirst those of who asks somebody first.
var (
	laterWords = answer.ListOf("later")
	asksFirst  = answer.List{"tanya": true, "nanya": true, "tanyain": true, "tanyakan": true, "takon": true, "naros": true, "naroskeun": true}
)

// keeps reports whether an answer to where the right place is wants none set right after all.
func keeps(m answer.Meaning) bool {
	switch m {
	case answer.Cancel, answer.Needless, answer.No, answer.Good, answer.Undo, answer.Enough, answer.Skip:
		return true
	}
	return false
}

// noPlace answers what is said in place of a place.
func (f *flow) noPlace(s flows.State, n Notes, p flows.Parcel, in flows.Said) (flows.State, []flows.Effect) {
	h, rd, v, text := f.mind.Hear(p.Text), f.Reader.Read(p.Text), f.Voice(s), ""
	switch {
	case rd.Emergency:
	case h.Is(understand.AimAnger, understand.AimDispute, understand.AimUnfit):
		text = v.SorryFor()
	case h.Is(understand.AimThanks, understand.AimNod, understand.AimGreet), rd.NoReport && rd.Small == "thanks":
		text = v.Thanks()
	}
	s.Ask = nil
	if text == "" {
		return f.settle(s, n, in) // that the place is wrong is worth knowing
	}
	s.Put(Name, askWhere)
	s = s.With(Name, &n)
	q, _ := f.Question(s)
	q.Text = text + "\n\n" + q.Text
	return s, []flows.Effect{flows.Say{Message: bot.Message{Text: q.Text, Want: q.Want}}}
}
