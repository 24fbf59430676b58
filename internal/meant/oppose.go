package meant

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// What somebody says who does not want to wait until the day of a plan. Who asks when, or how far it is, opposes nothing.

var (
	tooLong  = answer.ListOf("too-long")
	waiting  = answer.ListOf("waiting")
	refusing = answer.ListOf("refusing")
	denying  = answer.ListOf("denying")
	willing  = answer.ListOf("willing")
	spans    = answer.ListOf("spans")
	against  = answer.ListOf("against")
	passed   = answer.ListOf("passed")
	vows     = answer.ListOf("vows")
	asking   = answer.ListOf("asking")
)

// opposesMost is how many words somebody takes to say so; who writes more tells a story.
const opposesMost = 24

// Opposes reports whether words do not take a plan: "kelamaan pak", "ga mau nunggu tahun depan", "masa harus nunggu sampai desember",
// "saya keberatan".
func (m Mind) Opposes(text string) bool {
	said := strings.Fields(bot.Fold(text))
	if len(said) == 0 || len(said) > opposesMost {
		return false
	}
	has := func(of answer.List) bool {
		return slices.ContainsFunc(said, func(w string) bool { return of[w] || of[strings.TrimSuffix(w, "nya")] })
	}
	switch {
	case has(asking) && !has(against) && !has(denying):
		return false
	case m.Answers.Disagrees(text), has(against):
		return true
	case len(said) == 1 && (tooLong[said[0]] && said[0] != "kelamaan" && said[0] != "kesuwen" && said[0] != "kesuen" && said[0] != "kalamian"):
		return false // it may be said of anything
	case has(tooLong) && len(said) <= 8 && !has(waiting):
		return !strings.Contains(text, "?") && !has(passed) && !has(vows)
	case has(waiting) && (has(refusing) && !has(passed) || has(denying) && has(willing)):
		return true
	case has(spans) && has(refusing) && len(said) <= 10:
		return true
	}
	return has(denying) && (has(willing) && has(spans) || nextYear(said))
}

// nextYear reports whether a later year or month is named as one.
func nextYear(said []string) bool {
	return slices.ContainsFunc(said, func(w string) bool { return w == "tahun" || w == "taun" || w == "bulan" }) && slices.Contains(said, "depan")
}

// tooLate decides about who finds too late what an office has just told ("jam 6 kelamaan pak"): the officers read it, and it is not answered
// with what they told.
func (m Mind) tooLate(said Said, h Heard, live, named []report.Report) (Decision, bool) {
	told := only(live, func(r report.Report) bool {
		return r.Status.Working() && !r.Told.IsZero() && said.At.Sub(r.Told) < recent
	})
	if len(told) == 0 || !h.is(0, understand.AimNews, understand.AimAnger, understand.AimDispute, understand.AimOppose) || !m.Opposes(said.Text) && !h.is(outright, understand.AimOppose) {
		return Decision{}, false
	}
	d := m.one(Words, told, named, said.At, "what was told is too late")
	return d, len(d.Reports) == 1 && (len(named) == 0 || meet(told, named))
}
