package desk

import (
	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// What tests look at without a whole desk around it, with the product's own verbs.

func Card(v View) bot.Message { return card(verbs, v) }

func CardMenu(p *profile.Profile, r report.Report) *bot.Menu { return verbs.card(p, r) }

func Parse(p *profile.Profile, lx *answer.Lexicon, ev bot.Event, target Target) (Command, error) {
	return parser{profile: p, lexicon: lx, verbs: verbs, target: target}.parse(ev)
}
