package understand

import (
	"slices"
	"strings"

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
	case c.Cries():
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
		return outside, 0.65
	case Longing:
		return "damkar_penyelamatan", 0.8
	case "longsor", "angin", "gempa":
		return "bencana", 0.8
	case "jebak":
		return "damkar_penyelamatan", 0.8
	case "luka":
		return "kesehatan", 0.8
	case "lalin":
		return "kesehatan", 0.6
	case "rumah":
		return violence, 0.8
	}
	return "", 0
}

// Longing is the danger (Reading.Danger) of somebody else than the writer who is about to end his or her life.
const Longing = "jiwa"

// Unhelped says that no office of the city sees to a kind of danger: it is the police's, and the coordinator decides.
func Unhelped(danger string) bool { return danger == "jahat" || danger == "hilang" }

// finer are the kinds of danger within a group of phrases that want another thing done first, by the words that name them.
var finer = map[string][]struct {
	danger string
	names  []string
}{
	"banjir": {
		{"longsor", []string{"longsor", "longsoran", "landslide", "urug", "uruk", "urugan", "tebing", "bukit", "ambles", "amblas"}},
		{"angin", []string{"beliung", "puting", "angin", "tornado"}},
		{"gempa", []string{"gempa", "lindu", "lini", "tsunami", "earthquake"}},
	},
	"runtuh": {{"jebak", []string{
		"terjebak", "kejebak", "kajebak", "terperangkap", "kejepit", "terjepit", "kajepit", "kekunci", "terkunci", "lift", "elevator",
		"trapped", "stuck", "nyangkut", "keselip", "tersangkut",
	}}},
	"api":   {{"luka", []string{"melepuh", "luka", "tersiram", "kesiram", "kasiram", "kesirem", "kesiraman", "ketumpahan"}}},
	"medis": {{Longing, []string{"bunuh", "bundir", "lompat", "loncat", "luncat", "terjun", "nyebur", "jump", "suicide", "kendat"}}},
	"gas":   {{"medis", []string{"keracunan", "karacunan", "kracunan", "poisoned"}}},
}

// kindOf is the kind of danger that a phrase of a group tells of.
func kindOf(group, phrase string) string {
	for _, f := range finer[group] {
		if slices.ContainsFunc(strings.Fields(phrase), func(w string) bool { return slices.Contains(f.names, w) }) {
			return f.danger
		}
	}
	return group
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
