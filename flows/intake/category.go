package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/profile"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// The full menu has two steps: Ask.Page is 0 for the groups, and 1 and up for the categories of one. A profile without
// groups has one step.

// askTopic asks for the category: the best guesses, or the full menu where there are none. Who has left the guesses behind
// stays in the menu, unless something new was told.
func (t *telling) askTopic(f *Form) {
	switch {
	case t.kind() == askCategory && !t.added:
		t.askPage(askCategory, t.s.Ask.Page)
	case len(ranked(f)) == 0:
		t.ask(askCategory)
	default:
		t.ask(askAbout)
	}
}

// groupID is the id of the choice of a group. No category has a hyphen in its code.
func groupID(code string) string { return "group-" + code }

// noneOf are the words of somebody who finds nothing that fits.
const noneOf = "lainnya|lain|yang lain|lain lain|bukan itu|tidak ada|gak ada|ga ada|other|others|none of these"

// askCategory words the question for the category: the best guesses, the groups, or the categories of one.
func (f *flow) askCategory(m *bot.Message, s flows.State, v say.Voice, form *Form) {
	m.Menu = &bot.Menu{ID: s.Ask.ID}
	add := func(cs ...bot.Choice) { m.Menu.Choices = append(m.Menu.Choices, cs...) }
	if s.Ask.Kind == askAbout {
		guesses := ranked(form)
		m.Text = v.AskAbout(len(guesses) == 0 || guesses[0].P < understand.Faint)
		for _, g := range guesses {
			add(f.categoryChoice(v, g.Category))
		}
		if codes := topics(f.torn(form, nil)); len(codes) > 1 {
			add(v.BothChoice(codes))
		}
		add(v.Choice("more"))
		return
	}
	unsure, back := v.Choice("unsure"), v.Choice("back")
	g, ok := f.group(s.Ask.Page)
	switch {
	case ok:
		m.Text = v.AskCategory(strings.TrimSpace(g.Icon + " " + v.Group(g)))
		for _, c := range f.Profile.InGroup(g.Code) {
			add(f.categoryChoice(v, c.Code))
		}
		if s.Ask.Page == len(f.Profile.Groups) { // nothing fits in the last resort either: officers choose
			unsure.Also += "|" + noneOf
		} else {
			back.Also += "|" + noneOf
		}
		add(unsure, unskipped(back)) // "lewati" leaves it to the officers
		return
	case len(f.Profile.Groups) > 0:
		m.Text = v.AskGroup()
		for _, g := range f.Profile.Groups {
			add(bot.Choice{ID: groupID(g.Code), Label: strings.TrimSpace(g.Icon + " " + v.Group(g)),
				Also: strings.Join(append([]string{g.Name, g.NameEN}, g.Words...), "|")})
		}
	default:
		m.Text = v.AskCategory("")
		for _, c := range f.Profile.Offered() {
			add(f.categoryChoice(v, c.Code))
		}
	}
	if form.Category != "" || form.Picked { // "lewati" goes back then
		add(unskipped(unsure), back)
		return
	}
	add(unsure)
}

// unskipped takes the words for going without off a choice: another of the menu has them.
func unskipped(c bot.Choice) bot.Choice {
	words := slices.DeleteFunc(strings.Split(c.Also, "|"), func(w string) bool { return w == "lewati" || w == "skip" })
	c.Also = strings.Join(words, "|")
	return c
}

// categoryChoice is a category as a choice: its plain name, and all it is called in either language.
func (f *flow) categoryChoice(v say.Voice, code string) bot.Choice {
	c, _ := f.Profile.Category(code)
	return bot.Choice{ID: code, Label: v.Topic(code), Also: strings.Join([]string{c.Short, c.ShortEN, c.Name, c.NameEN}, "|")}
}

// group is the group that a page of the menu shows; ok is false for the first step.
func (f *flow) group(page int) (g profile.Group, ok bool) {
	if page < 1 || page > len(f.Profile.Groups) {
		return profile.Group{}, false
	}
	return f.Profile.Groups[page-1], true
}

// chooseCategory carries out an answer to the category question.
func (t *telling) chooseCategory(id string) {
	f := t.form()
	switch id {
	case "more":
		t.ask(askCategory)
		return
	case "both":
		if codes := t.bothOf(t.s, f, "both"); codes != nil {
			t.both(codes)
			return
		}
	case "back":
		if t.s.Ask.Page > 0 {
			t.step(0)
			return
		}
	case "unsure":
		f.Category, f.Picked = "", true
	default:
		for i, g := range t.Profile.Groups {
			if id != groupID(g.Code) {
				continue
			}
			all := t.Profile.InGroup(g.Code)
			if len(all) != 1 { // a group of one needs no second step
				t.step(i + 1)
				return
			}
			id = all[0].Code
		}
		f.Category, f.Picked = id, true
	}
	t.next()
}

// step goes to a page of the menu. It is an answer, not the same question asked in vain.
func (t *telling) step(page int) {
	t.askPage(askCategory, page)
	t.s.Ask.Tries = 0
}

// categoryWords takes words as the answer to the category question; false when they are more of the story. Who is not
// understood twice is not asked a third time: the officers choose.
func (t *telling) categoryWords(text string, rd understand.Reading) bool {
	f := t.form()
	words := len(strings.Fields(text))
	if _, ok := (bot.Menu{Choices: []bot.Choice{t.v.Choice("unsure")}}).Match(bot.Text{Text: text}); ok {
		f.Category, f.Picked = "", true
		return true
	}
	if code := t.named(text); code != "" {
		f.Category, f.Picked = code, true
		return true
	}
	if words <= 4 && len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Faint {
		if c, ok := t.Profile.Category(rd.Guesses[0].Category); ok && !c.Hidden {
			f.Category, f.Picked = c.Code, true
			return true
		}
	}
	if t.s.Ask.Tries >= 1 {
		f.Picked = true
	}
	if words >= 2 {
		return false
	}
	if !f.Picked {
		t.s.Missed()
		t.say(t.v.Unclear())
	}
	return true
}

// named finds the one category whose name holds the words: among those shown, else among all.
func (t *telling) named(text string) string {
	said := bot.Fold(text)
	if t.kind() == askCategory && len(said) >= 2 {
		if g, ok := t.group(t.s.Ask.Page); ok {
			if code := onlyNamed(t.Profile.InGroup(g.Code), said); code != "" {
				return code
			}
		}
	}
	if len(said) < 4 {
		return ""
	}
	return onlyNamed(t.Profile.Offered(), said)
}

func onlyNamed(all []profile.Category, said string) string {
	found := ""
	for _, c := range all {
		if !strings.Contains(" "+bot.Fold(c.Short+" "+c.ShortEN+" "+c.Name+" "+c.NameEN), " "+said) {
			continue
		}
		if found != "" {
			return ""
		}
		found = c.Code
	}
	return found
}
