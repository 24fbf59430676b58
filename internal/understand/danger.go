package understand

import (
	"slices"

	"rabeg/internal/report"
	"rabeg/internal/understand/words"
)

// dangerFrom is the probability from which the model's word alone makes a text an emergency.
func (m *Model) dangerFrom(c *words.Text) float64 {
	if cut, ok := m.calm(c); ok {
		return cut
	}
	if c.Past || slices.ContainsFunc(c.Alarms, func(a words.Alarm) bool { return a.Feared }) {
		return tamedCut
	}
	if len(c.Words) > longestAlarm {
		return 2
	}
	switch {
	case len(c.Alarms) > 0 && !slices.ContainsFunc(c.Alarms, func(a words.Alarm) bool { return a.Group != calling }):
		return m.phraseFrom(c, calling)
	case len(c.Alarms) > 0:
		return dangerCut
	case !m.lx.Perilous(c):
		return mildCut
	case m.lx.Wonted(c):
		return tamedCut
	}
	return quietCut
}

// phraseFrom is the probability that the model must grant besides a phrase of danger: next to none, but who only calls
// ("darurat", "SOS") and goes on to tell a matter must sound like danger, and a joke all the more.
func (m *Model) phraseFrom(c *words.Text, group string) float64 {
	switch {
	case group == calling && c.Cries():
		return 0
	case group == calling && m.lx.Joking(c):
		return 2
	case group == calling && len(c.Words) > shortCry:
		return tamedCut
	case c.Figuring():
		return aptCut
	}
	return vetoCut
}

// helper is the category whose office helps in a kind of danger, and how sure that is: the words of the danger tell it better
// than what burns or who is hurt.
func helper(danger string) (category string, p float64) {
	switch danger {
	case "api", "gas", "hewan", "air", "runtuh":
		return "damkar_penyelamatan", 0.8
	case "setrum":
		return "damkar_penyelamatan", 0.6
	case "banjir":
		return "bencana", 0.8
	case "medis":
		return "kesehatan", 0.8
	case "pohon":
		return "pohon_taman", 0.8
	case "jahat":
		return "luar_kewenangan", 0.65
	case "lalin":
		return "kesehatan", 0.6
	case "rumah":
		return violence, 0.8
	}
	return "", 0
}

// lead puts the category that helps in the danger before the others.
func (m *Model) lead(out *Reading) {
	code, p := helper(out.Danger)
	k := slices.Index(m.categories.Labels, code)
	if k < 0 || m.names[k] == "" || len(out.Guesses) > 0 && out.Guesses[0].Category == code && out.Guesses[0].P >= p {
		return
	}
	first := func(gs []report.Guess, most int) []report.Guess {
		lead := []report.Guess{{Category: code, P: p}}
		for _, g := range gs {
			if g.Category != code && len(lead) < most {
				g.P *= 1 - p
				lead = append(lead, g)
			}
		}
		return lead
	}
	out.Guesses, out.All = first(out.Guesses, 3), first(out.All, len(m.names)+1)
}
