package desk

import (
	"slices"
	"strconv"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Menu ids hold the kind of menu, a dot and the report's number (or the person), and what they showed (see consent.go): they stay
// true through restarts, and what a press asks for is checked against the report as it is then.

// cardKind begins the id of a card's menu.
const cardKind = casework.CardMenuKind

// forwardKind and rejectKind begin the ids of the menus of offices and of reasons to refuse: their letters keep what was said with the verb.
const (
	forwardKind = "f"
	rejectKind  = "t"
)

// ForwardMenu offers the offices a report of its category most likely belongs to, and the coordinator.
func ForwardMenu(p *profile.Profile, r report.Report) bot.Menu {
	m := bot.Menu{ID: forwardKind + "." + string(r.Code), Columns: 2}
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
	if o, ok := p.Owner(r.Owner); ok {
		m.Choices = append(m.Choices, bot.Choice{ID: o.Code, Label: say.Clip(o.Short, 40)})
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
	m := bot.Menu{ID: rejectKind + "." + string(code), Columns: 1}
	for _, r := range p.Reasons() {
		m.Choices = append(m.Choices, bot.Choice{ID: r.Code, Label: say.Clip(r.Name, 60)})
	}
	return m
}

const (
	joinMenuKind = "j"
	joinIntent   = "join:"
)

// joinMenu asks a coordinator about a person's request. A person whose id is too long for a menu is let in by command.
func joinMenu(rev int, id string, coordinator bool) bot.Menu {
	enc, ok := encodePerson(id)
	if !ok {
		enc = "lama"
	}
	yes := "✅ Terima"
	if coordinator {
		yes = "⚠️ Jadikan koordinator"
	}
	return bot.Menu{ID: joinMenuKind + "." + strconv.Itoa(rev) + "." + enc, Choices: []bot.Choice{
		{ID: string(Accept), Label: yes, Also: "ya|setuju|terima|jadikan koordinator"},
		{ID: string(Refuse), Label: "⛔ Tolak", Also: "tidak|bukan"},
	}}
}

// The button under an answer that is held (casework.UndoMenu).
const (
	undoKind = "u"
	undoLead = "s" // before the Seq of the answer
)

func undoMenu(code report.Code, seq string) bot.Menu {
	m := casework.UndoMenu(code, 0)
	m.Choices[0].ID = undoLead + seq
	return m
}
