package desk

import (
	"strings"
	"sync"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// What tests look at without a whole desk around it, with the product's own verbs.

// NearOffices is nearOffices.
func NearOffices(p *profile.Profile, text string) (near []profile.Agency, sure bool, rest string) {
	return nearOffices(p, text)
}

// Watch lets somebody be told what becomes of what people want of a desk.
func Watch(d *Desk, watch func(v Verb, became string)) { d.watch = watch }

// Wanted is a verb as a test of all of them needs it: whether it acts on a report, whether only some may ask for it, and its button.
type Wanted struct {
	Verb    Verb
	Acts    bool
	Guarded bool
	Button  string
	// Does is what it does to a report, Heads that only coordinators may ask for it, Commands all that it is called.
	Does     report.Deed
	Heads    bool
	Commands []string
}

// AllVerbs are the product's verbs.
func AllVerbs() (out []Wanted) {
	for _, v := range verbs {
		out = append(out, Wanted{v.name, v.act != nil, v.may != anybody, v.label.text, v.does, v.may == coordinators, strings.Split(string(v.name)+"|"+v.also, "|")})
	}
	return out
}

func Card(v View) bot.Message { return card(verbs, v) }

func CardMenu(p *profile.Profile, r report.Report) *bot.Menu { return verbs.card(p, r) }

// Heard is the reader with what it has learnt of officers; that is the same whichever city reads.
var Heard = sync.OnceValue(func() understand.Listener {
	p, err := profile.Builtin("serang")
	if err != nil {
		panic(err)
	}
	m, err := understand.New(p)
	if err != nil {
		panic(err)
	}
	return m
})

// OffersQuestion reports whether words that are asked back are offered as a question to the citizen.
func OffersQuestion(words string) bool { return asksCitizen(words) }

// Nods reports whether words are a nod to the lists.
func Nods(words string) bool { return nodding(answer.Must(), words) }

// Parse reads an event as the product does.
func Parse(p *profile.Profile, lx *answer.Lexicon, ev bot.Event, target Target) (Command, error) {
	return parser{profile: p, lexicon: lx, listener: Heard(), verbs: verbs, target: target}.parse(ev)
}

// SaysDone reports whether words tell that the work is done.
var SaysDone = saysDone
