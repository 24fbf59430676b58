package intake

import (
	"cmp"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/understand"
)

// certain is the probability from which nobody else is asked what a report is about.
const certain = 0.7

// wantsAdvice reports whether a second opinion is to be asked for before the citizen is answered: the reader is unsure, nobody
// was asked about these words yet, and they may leave the house. What may be about danger, harm or an officer's misconduct
// never does.
func (t *telling) wantsAdvice(f *Form) bool {
	if !t.Advises || f.Text == "" || f.Picked || f.Rival != "" || f.Emergency || f.Warned || f.Peril != "" ||
		f.Shield(t.Profile.Sensitive).Hides(report.Model) || t.s.Flooded() {
		return false
	}
	if len(f.Guesses) > 0 && f.Guesses[0].P >= certain {
		return false
	}
	if sum := sumOf(f.Text); sum == "" || sum == f.Asked {
		return false
	}
	rd := t.Reader.Read(f.Text)
	return !secret(f.Text) && !rd.Emergency && rd.Harm == understand.NoHarm && !rd.Misconduct && !rd.Human
}

// secret reports whether words ask to be kept secret. Whoever writes that means it, also where it did not choose who sees the
// report.
func secret(text string) bool {
	said := bot.Fold(text)
	return strings.Contains(said, "rahasia") || strings.Contains(said, "confidential")
}

// consult asks, and holds what was to be said until the answer is there.
func (t *telling) consult(f *Form) {
	f.Asked = sumOf(f.Text)
	t.n.Held = &Held{Lead: t.lead, Added: t.added, Burst: t.burst}
	if f.ID == t.draft && t.was != "" {
		t.n.Held.Was = f.Category
	}
	t.lead = nil
	t.do(flows.Consult{Draft: f.ID, Text: f.Text, Guesses: f.Guesses})
}

// advised goes on where the turn was held up.
func (t *telling) advised(in flows.Advised) {
	held := t.n.Held
	if held == nil {
		return
	}
	t.n.Held = nil
	t.lead, t.added, t.burst = held.Lead, held.Added, held.Burst
	if f := t.n.Form; f == nil || f.ID != in.Draft {
		t.onward()
		return
	}
	if in.OK {
		t.weigh(in.Advice, held.Was)
	}
	t.next()
}

// weigh takes an opinion for what it is, a guess beside the reader's own: one that both think of is said, one that only the
// other thinks of is offered first. What the citizen has seen is never changed unasked.
func (t *telling) weigh(a report.Advice, was string) {
	f := t.n.Form
	if c, ok := t.Profile.Category(a.Category); !ok || c.Hidden || a.P < understand.Faint {
		return // it does not know either
	}
	f.Advice = &a
	best := ranked(f)[0]
	sure := best.P >= understand.Sure
	switch {
	case was != "":
		if sure {
			f.Category = best.Category
			t.rival(was)
		}
	case !guessed(f, a.Category):
		f.Category = ""
	case sure:
		f.Category = best.Category
	}
}

func guessed(f *Form, code string) bool {
	return slices.ContainsFunc(f.Guesses, func(g report.Guess) bool { return g.Category == code })
}

// ranked are the three best guesses with the second opinion among them. Two who think of the same are surer than each alone;
// what the reader has not thought of comes first, for else it would not have been unsure.
func ranked(f *Form) []report.Guess {
	a := f.Advice
	if a == nil {
		return f.Guesses
	}
	all := []report.Guess{a.Guess}
	for _, g := range f.Guesses {
		if g.Category == a.Category {
			all[0].P = 1 - (1-a.P)*(1-g.P)
			continue
		}
		all = append(all, g)
	}
	if len(all) == len(f.Guesses) { // both have thought of it
		slices.SortStableFunc(all, func(x, y report.Guess) int { return cmp.Compare(y.P, x.P) })
	}
	return all[:min(3, len(all))]
}
