package meant

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// another reports whether a message is about something that none of the reports is about: it must not be swallowed.
func (m Mind) another(said Said, rd understand.Reading, h Heard, live, named []report.Report) bool {
	n, after := words(said.Text), h.After
	matters := m.told(said.Text)
	switch {
	case h.is(outright, understand.AimNew) && n >= 2 && (len(named) == 0 || h.P >= certain && (!m.akin(rd, named) || m.places(said.Text))) && (len(matters) > 0 || !detail(said.Text) || h.P >= certain) && !m.here(said.Text, rd, live):
		return true
	case h.aims.P(understand.AimNew) >= hinted && n >= 5 && len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && matters[rd.Guesses[0].Category] && m.elseTold(said.Text, live):
		return true
	case h.is(surely, understand.AimNews) && h.aims.P(understand.AimNew) < faintly && !m.places(said.Text), h.is(outright, understand.AimNews) && rd.Misconduct && n <= curt+2,
		h.is(surely, understand.AimDetail) && (!also(said.Text) || h.P >= certain), h.is(plainly, understand.AimFixed, understand.AimDispute),
		h.is(plainly, understand.AimNews, understand.AimWithdraw, understand.AimResume, understand.AimHide, understand.AimPlace) && h.aims.P(understand.AimNew) < hinted,
		h.is(certain, understand.AimUnfit, understand.AimPart) && h.aims.P(understand.AimNew) < ruledOut && !m.places(said.Text),
		h.continues() && !m.elseTold(said.Text, live) && !m.places(said.Text):
		return false
	}
	if len(rd.Guesses) == 0 || rd.NoReport || n < 2 {
		return false
	}
	switch after.Sequel {
	case answer.Hides, answer.Shows, answer.Nods, answer.GoesOn, answer.WantsPerson:
		return false
	case answer.TakesBack, answer.Moves, answer.Scolds:
		if n < story {
			return false
		}
	case answer.NoSequel, answer.WantsNews:
	}
	if refers(said.Text) && n < story || m.here(said.Text, rd, live) {
		return false
	}
	alike := only(live, func(r report.Report) bool { return r.Category == rd.Guesses[0].Category })
	switch {
	case after.Sequel == answer.WantsNews && n >= 5 && len(rd.Guesses) > 0 && rd.Guesses[0].P >= half && matters[rd.Guesses[0].Category] && m.elseTold(said.Text, live):
		return true
	case rd.Guesses[0].P < understand.Sure:
		return false
	case len(alike) == 0:
		return matters[rd.Guesses[0].Category] || m.besides(said.Text, rd, h, live)
	case OneMore(said.Text) && n >= 3:
		return true
	}
	return !slices.ContainsFunc(alike, func(r report.Report) bool { return !Elsewhere(m.Finder, said.Text, rd, r) })
}

// Another reports whether words tell of another matter than a report's, whatever else they are.
func (m Mind) Another(text string, rd understand.Reading, r report.Report) bool {
	if len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure && rd.Guesses[0].Category != r.Category && m.told(text)[rd.Guesses[0].Category] {
		return true
	}
	return Elsewhere(m.Finder, text, rd, r)
}

// whole reports whether a text tells a matter and a place, or a matter that none of the reports is about: it stands for itself.
func (m Mind) whole(said Said, rd understand.Reading, reports []report.Report) bool {
	n := words(said.Text)
	if n >= 4 && (said.Pin || m.places(said.Text) || slices.ContainsFunc(rd.Places, street)) {
		return true
	}
	if len(rd.Guesses) == 0 || rd.NoReport || n < 2 || rd.Guesses[0].P < understand.Faint || m.akin(rd, reports) {
		return false
	}
	return m.told(said.Text)[rd.Guesses[0].Category]
}

// strange reports whether nothing in a text speaks for the reports, and its reading, or their end, against them.
func (m Mind) strange(text string, rd understand.Reading, reports []report.Report) bool {
	if detail(text) || refers(text) || m.akin(rd, reports) {
		return false
	}
	return len(rd.Guesses) > 0 && rd.Guesses[0].P >= half || !reports[0].Status.Open()
}

// besides reports whether a text that names no matter outright tells one all the same: what somebody of an office did, or what the reader is
// sure of and may be new.
func (m Mind) besides(text string, rd understand.Reading, h Heard, reports []report.Report) bool {
	if rd.Misconduct && words(text) >= foreignFrom {
		return true
	}
	return h.aims.P(understand.AimNew) >= hinted && m.foreign(text, rd, reports) && !m.located(text, rd)
}

// foreignFrom is from how many words on a text that is surely of a matter tells it.
const foreignFrom = 5

// foreign reports whether a text is so surely of a matter that none of the reports is about that no office of theirs may get it unasked,
// whatever words it takes: "tetangga belakang bakar ban tiap sore asepnya masuk kamar bayi" after a lamp.
func (m Mind) foreign(text string, rd understand.Reading, reports []report.Report) bool {
	if rd.NoReport || words(text) < foreignFrom || len(rd.Guesses) == 0 || rd.Guesses[0].P < clearly {
		return false
	}
	if m.akin(rd, reports) || refers(text) || still(text) || again(text) {
		return false
	}
	return true
}

// located reports whether a text says where something is, and names none of its likeliest matter: "depan bengkel las" is where a lamp is as well.
func (m Mind) located(text string, rd understand.Reading) bool {
	return detail(text) && len(rd.Guesses) > 0 && !m.told(text)[rd.Guesses[0].Category]
}

// oneMore reports whether a text tells a matter like that of the reports, and nothing says that it is the same one.
func (m Mind) oneMore(text string, rd understand.Reading, reports []report.Report) bool {
	return len(m.told(text)) > 0 && !still(text) && !again(text) && !refers(text) && !detail(text) && !m.here(text, rd, reports)
}

// oneToo reports whether a text speaks of one more, and of what: whose neighbours saw it "juga" tells no matter of their own.
func (m Mind) oneToo(text string, rd understand.Reading) bool {
	return also(text) && (len(m.told(text)) > 0 || len(rd.Guesses) > 0 && rd.Guesses[0].P >= half)
}

// tellFrom is from how many words on a text that names its matter may be a telling.
const tellFrom = 8

// tells reports whether words tell a matter like that of the reports, from its beginning: whether it is the same one is asked. Who is
// likelier to ask after it, or to scold, says so in words of the lists.
func (m Mind) tells(said Said, rd understand.Reading, h Heard, reports []report.Report) bool {
	if h.aims == nil || words(said.Text) < tellFrom || rd.Kind == report.Question || h.aims.P(understand.AimNew) < hinted/2 || !m.oneMore(said.Text, rd, reports) {
		return false
	}
	if slices.ContainsFunc(strings.Fields(bot.Fold(said.Text)), func(w string) bool { return asking[w] }) {
		return false
	}
	return h.is(0, understand.AimNews, understand.AimAnger) && h.P < certain && m.Answers.After(said.Text).Sequel == answer.NoSequel
}

// OfOther is Decision.Who where the name of somebody else is to be covered: it stands in the report's words.
const OfOther = "other"

// conditions are what makes of "it is fixed" a day that is still to come.
var conditions = answer.ListOf("if")

// Fixed reports whether words plainly say of an open report that it is fixed.
func (m Mind) Fixed(text string, r report.Report) bool {
	const most = 14
	h := m.Hear(text)
	if r.Reopens > 0 && h.done { // "nah gitu dong" alone is glad that it began again
		h = h.Of(report.Resolved)
	}
	if h.Judged != answer.JudgedFixed || !h.Sure || h.asks || strings.Contains(text, "?") || words(text) > most {
		return false
	}
	return !slices.ContainsFunc(strings.Fields(bot.Fold(text)), func(w string) bool {
		return conditions[w] || w == "nanti" || w == "ntar" || w == "semoga" || w == "moga"
	})
}

// rightPlace is the place that is set against a wrong one ("bukan penancangan tapi Kagungan"), "" for what is no known place.
func (m Mind) rightPlace(text string) string {
	ch, ok := m.Answers.Changes(text)
	if !ok || ch.Words == "" || ch.Field != answer.Something && ch.Field != answer.Where {
		return ""
	}
	if c := m.Finder.Find(ch.Words); len(c) == 0 || c[0].P < half {
		return ""
	}
	return ch.Words
}
