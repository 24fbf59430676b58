package desk

import (
	"slices"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Menu ids hold the kind of menu, a dot and the report's number (or the person): they stay true through restarts, and
// what a press asks for is checked against the report as it is then.

// CardMenu is what can be done to a report as it stands; nil when it is over.
func CardMenu(r report.Report) *bot.Menu {
	var verbs []Verb
	switch {
	case r.Status.Open():
		if r.Status != report.InProgress {
			verbs = append(verbs, Take)
		}
		verbs = append(verbs, Reply, Forward, Resolve, Reject, Ask, Note)
		if r.Agency != "" {
			verbs = append(verbs, NotOurs)
		}
		verbs = append(verbs, Plan)
	case r.Status == report.Resolved, r.Status == report.Rejected:
		verbs = []Verb{Reply, Note}
	default:
		return nil
	}
	m := &bot.Menu{ID: "c." + string(r.Code), Columns: 3}
	for _, v := range verbs {
		m.Choices = append(m.Choices, bot.Choice{ID: string(v), Label: label(v), Also: string(v)})
	}
	return m
}

func onCard(v Verb) bool { return label(v) != "" }

func label(v Verb) string {
	switch v {
	case Take:
		return "✋ Ambil"
	case Reply:
		return "💬 Balas"
	case Forward:
		return "➡️ Teruskan"
	case Resolve:
		return "✅ Selesai"
	case Reject:
		return "⛔ Tolak"
	case Ask:
		return "❓ Tanya"
	case Note:
		return "📝 Catatan"
	case NotOurs:
		return "↩️ Bukan kewenangan"
	case Plan:
		return "🗓 Rencanakan"
	}
	return ""
}

// ForwardMenu offers the offices a report of its category most likely belongs to, and the coordinator.
func ForwardMenu(p *profile.Profile, r report.Report) bot.Menu {
	m := bot.Menu{ID: "f." + string(r.Code), Columns: 2}
	c, _ := p.Category(r.Category)
	duty, _ := p.Office(r.Category, r.Text, r.Place.District)
	likely := append([]string{r.Suggested, duty, c.Agency}, c.Others...)
	for _, g := range r.Guesses {
		code, _ := p.Office(g.Category, r.Text, r.Place.District)
		likely = append(likely, code)
	}
	for _, code := range likely {
		if code == profile.District {
			code = districtOffice(p, r.Place.District)
		}
		a, ok := p.Agency(code)
		if !ok || a.Outside || a.Emergency || code == r.Agency || len(m.Choices) >= 6 {
			continue
		}
		if slices.ContainsFunc(m.Choices, func(c bot.Choice) bool { return c.ID == code }) {
			continue
		}
		name := a.Short
		if name == "" {
			name = a.Name
		}
		m.Choices = append(m.Choices, bot.Choice{ID: code, Label: say.Clip(name, 40)})
	}
	if r.Agency != "" {
		m.Choices = append(m.Choices, bot.Choice{ID: ToCoordinator, Label: "Koordinator"})
	}
	return m
}

func districtOffice(p *profile.Profile, district string) string {
	for _, a := range p.Agencies {
		if a.District != "" && a.District == district {
			return a.Code
		}
	}
	return ""
}

// ReasonMenu offers the profile's reasons for rejecting.
func ReasonMenu(p *profile.Profile, code report.Code) bot.Menu {
	m := bot.Menu{ID: "t." + string(code), Columns: 1}
	for _, r := range p.Rejections {
		m.Choices = append(m.Choices, bot.Choice{ID: r.Code, Label: say.Clip(r.Name, 60)})
	}
	return m
}

const (
	joinMenuKind = "j"
	joinIntent   = "join:"
)

// joinMenu asks a coordinator about a person's request. A person whose id is too long for a menu is let in by command.
func joinMenu(id string) bot.Menu {
	enc, ok := encodePerson(id)
	if !ok {
		enc = "lama"
	}
	return bot.Menu{ID: joinMenuKind + "." + enc, Choices: []bot.Choice{
		{ID: string(Accept), Label: "✅ Terima", Also: "ya|setuju"},
		{ID: string(Refuse), Label: "⛔ Tolak", Also: "tidak|bukan"},
	}}
}

func undoMenu(code report.Code, seq string) bot.Menu {
	m := casework.UndoMenu(code, 0)
	m.Choices[0].ID = "s" + seq
	return m
}

// unsureIntent stands before the words that were not sent to the citizen, in the intent of the letter that asks about them.
const (
	unsureIntent = string(Unsure) + ":"
	unsureKind   = "s."
)

// unsureMenu asks what the words were.
func unsureMenu(code report.Code) bot.Menu {
	return bot.Menu{ID: unsureKind + string(code), Columns: 2, Choices: []bot.Choice{
		{ID: string(Reply), Label: "💬 Kirim ke warga", Also: "kirim"},
		{ID: string(Note), Label: "📝 Catat saja", Also: "catat"},
	}}
}
