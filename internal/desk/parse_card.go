package desk

import (
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
)

// cardChoice reads a word or a number that chooses from a card. Words count even where the card no longer offers them, and
// so does a number it does not have: what was meant as a choice must never reach the citizen as an answer.
func (p parser) cardChoice(words string) Command {
	said := bot.Fold(words)
	n, err := strconv.Atoi(said)
	number := err == nil && n >= 0
	m := p.verbs.card(p.profile, p.target.Report)
	switch {
	case number && n <= len(p.verbs.buttons()) && p.outdated():
		return Command{Verb: Old}
	case m == nil:
		return Command{}
	}
	if choice, ok := m.Match(bot.Text{Text: words}); ok {
		return Command{Verb: p.verbs.named(choice.ID), Bare: true}
	}
	for _, v := range p.verbs.buttons() {
		if said == string(v.name) || said == bot.Fold(v.label.text) {
			return Command{Verb: v.name, Bare: true}
		}
	}
	if number && n <= 9 {
		return Command{Verb: Stale}
	}
	return Command{}
}

// prompted reads a reply to a question for words: a nod is none, nor is a word that chooses something else from the card.
func (p parser) prompted(v row, c Command) Command {
	if c.media() || c.Words == "" || v.numbers && strings.ContainsAny(c.Words, "0123456789") {
		return c
	}
	if _, list := replyMenu(p.target.Report.Code).Match(bot.Text{Text: c.Words}); list && v.name == Reply {
		return Command{Verb: Canned, Bare: true}
	}
	if v.name != Retract && v.name != Reopen && callsOff(c.Words) && !strings.HasPrefix(bot.Fold(c.Words), "salah") {
		return Command{Verb: Dropped}
	}
	other, rest := p.verbs.opens(c.Words)
	if m := p.verbs.card(p.profile, p.target.Report); m != nil && other == Silent {
		if choice, ok := m.Match(bot.Text{Text: c.Words}); ok {
			other, rest = p.verbs.named(choice.ID), ""
		}
	}
	const short = 5 // words that may be an order rather than an answer
	orders := other != Silent && other != v.name && !toCitizen(c.Words) &&
		(rest == "" || (v.name == Reply || other == NotOurs) && len(strings.Fields(c.Words)) <= short)
	switch {
	case !orders && reads(v.name) && v.name != Ask && (p.remark(c.Words) || v.name == Reply && p.amongPeople(c.Words)) && !nodding(p.lexicon, c.Words), !orders && v.name == Ask && withheld(c.Words):
		if v.name == Reply {
			return Command{Verb: Unsure, Words: c.Words}
		}
		return Command{Verb: Unsure, Words: c.Words, For: v.name, Arg: c.Arg}
	case !orders && !nodding(p.lexicon, c.Words):
		return c
	case v.name == Reply:
		return Command{Verb: Unsure, Words: c.Words}
	}
	return Command{Verb: v.name, Arg: c.Arg, Bare: true}
}

// free reads a reply to a message that asks for nothing, or asks whether to undo or to send: words for the citizen, where
// they are no choice.
func (p parser) free(c Command) Command {
	c.Verb = Reply
	r := p.target.Report
	intent, arg, _ := strings.Cut(p.target.Intent, ":")
	if intent == casework.UndoIntent && !c.media() {
		if _, ok := p.pick(undoMenu(r.Code, arg), c.Words); ok {
			return Command{Verb: Undo, Arg: arg, Exact: true}
		}
	}
	if k, ok := keptIn(p.target.Intent); ok {
		if answered, ok := p.answersKept(k, c); ok {
			return answered
		}
		intent = ""
	}
	undoes := intent == casework.UndoIntent // its numbers are not those of the card
	if undoes && !c.media() && strings.Trim(bot.Fold(c.Words), "0123456789") == "" && bot.Fold(c.Words) != "" {
		return Command{Verb: Stale}
	}
	if intent != "" && !undoes {
		return c
	}
	if !c.media() {
		if choice := p.cardChoice(c.Words); choice.Verb != Silent {
			return choice
		}
	}
	other := p.spoken(r, c)
	if other.Verb == Silent || undoes && other.Verb == Unsure && other.For == "" && !p.amongPeople(c.Words) && !aside(p.lexicon, c.Words) {
		return c // what follows an answer tells more of it
	}
	return other
}

// answersKept reads what answers the question about words that are kept; ok is false where something else is said.
func (p parser) answersKept(k kept, c Command) (_ Command, ok bool) {
	r := p.target.Report
	if k.Canned != "" {
		return p.edited(k, c), true
	}
	if k.For != Forward && k.For != Transfer && !c.media() && p.sendsOn(c.Words) {
		return Command{}, false
	}
	if choice, ok := p.pick(k.menu(r.Code), c.Words); ok && k.For != "" && !c.media() {
		if choice.ID == string(Dropped) {
			return Command{Verb: Dropped}, true
		}
		return k.as(p.verbs.named(choice.ID), ""), true
	} else if k.Told && !c.media() { // "tinggal kartu anaknya, Kamis" does not say that it is done
		return Command{}, false
	} else if k.For != "" && !k.Guessed { // other words than those that were asked about
		p.target.Intent = string(k.For)
		if k.Arg != "" {
			p.target.Intent += ":" + k.Arg
		}
		return p.reply(c), true
	}
	if choice, ok := p.pick(k.menu(r.Code), c.Words); ok && !c.media() {
		return k.as(p.verbs.named(choice.ID), ""), true
	}
	return Command{}, false
}

// sendsOn reports whether words give a report to somebody they name: "ya kirim ke pln aja" chooses no "Kirim ke warga".
func (p parser) sendsOn(words string) bool {
	verb, rest := p.verbs.opens(words)
	if verb != Forward && verb != Transfer {
		return false
	}
	arg, _ := officeFirst(p.profile, rest)
	return arg != ""
}
