package desk

import (
	"strconv"

	"rabeg/bot"
)

// cardChoice reads a word or a number that chooses from a card. Words count even where the card no longer offers them, and
// so does a number it does not have: what was meant as a choice must never reach the citizen as an answer.
func (p parser) cardChoice(words string) Command {
	m := p.verbs.card(p.profile, p.target.Report)
	if m == nil {
		return Command{}
	}
	if choice, ok := m.Match(bot.Text{Text: words}); ok {
		return Command{Verb: p.verbs.named(choice.ID), Bare: true}
	}
	said := bot.Fold(words)
	for _, v := range p.verbs.buttons() {
		if said == string(v.name) || said == bot.Fold(v.label.text) {
			return Command{Verb: v.name, Bare: true}
		}
	}
	if n, err := strconv.Atoi(said); err == nil && n >= 0 && n <= 9 {
		return Command{Verb: Stale}
	}
	return Command{}
}
