package desk

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/understand/answer"
)

// parser reads one event by the table of verbs.
type parser struct {
	profile *profile.Profile
	lexicon *answer.Lexicon
	verbs   table
	target  Target
}

// parse tells what an event of the desk means. It is pure. The error is for a body of a kind it was not written for.
func (p parser) parse(ev bot.Event) (Command, error) {
	switch b := ev.Body.(type) {
	case bot.Pick:
		return p.press(b), nil
	case bot.Text:
		return p.said(ev, Command{Words: bot.Clean(b.Text)}), nil
	case bot.Photo:
		return p.said(ev, Command{Words: bot.Clean(b.Caption), Photos: []bot.MediaRef{b.Media}, Album: b.Album}), nil
	case bot.Voice:
		return p.said(ev, Command{Words: bot.Clean(b.Caption), Files: []bot.MediaRef{b.Media}}), nil
	case bot.Document:
		return p.said(ev, Command{Words: bot.Clean(b.Caption), Files: []bot.MediaRef{b.Media}, Album: b.Album}), nil
	case bot.Location, bot.Unsupported:
		if p.target.Known && p.target.Report.ID != 0 {
			return Command{Verb: Odd}, nil
		}
		return Command{}, nil
	case bot.Left, bot.Joined, bot.Moved, bot.Contact:
		return Command{}, nil
	default:
		return Command{}, fmt.Errorf("desk: parse: unknown body %T", b)
	}
}

var errForeign = errors.New("not a menu of this desk")

// press reads a press. What a press carries may be forged: it only names things, and all of them are checked later.
func (p parser) press(b bot.Pick) Command {
	c, err := p.pressed(b)
	if err != nil {
		return Command{Verb: Stale}
	}
	if words, ok := strings.CutPrefix(p.target.Intent, unsureIntent); ok && b.Menu == unsureMenu(p.target.Report.Code).ID {
		c.Words, c.Held = words, true
	}
	c.Bare = c.Words == ""
	return c
}

func (p parser) pressed(b bot.Pick) (Command, error) {
	kind, rest, ok := strings.Cut(b.Menu, ".")
	if !ok || b.Choice == "" {
		return Command{}, errForeign
	}
	if kind == joinMenuKind {
		id, ok := decodePerson(rest)
		verb := Verb(b.Choice)
		if !ok || (verb != Accept && verb != Refuse) {
			return Command{}, errForeign
		}
		return Command{Verb: verb, Arg: id, Exact: true}, nil
	}
	code, ok := report.ParseCode(p.profile.Prefix, rest)
	if !ok || string(code) != rest {
		return Command{}, errForeign
	}
	verb := p.verbs.named(b.Choice)
	switch kind {
	case cardKind:
		if p.verbs.row(verb).label.text == "" {
			return Command{}, errForeign
		}
		return Command{Verb: verb, Code: code}, nil
	case unsureKind:
		if verb != Reply && verb != Note {
			return Command{}, errForeign
		}
		return Command{Verb: verb, Code: code}, nil
	case undoKind:
		seq, ok := strings.CutPrefix(b.Choice, undoLead)
		if !ok {
			return Command{}, errForeign
		}
		return Command{Verb: Undo, Code: code, Arg: seq, Exact: true}, nil
	}
	if v := p.verbs.chosen(kind); v.menu != nil {
		return Command{Verb: v.name, Code: code, Arg: b.Choice, Exact: true}, nil
	}
	return Command{}, errForeign
}

// said reads words and files: a command, a report's number in front, or a reply; else people's own talk.
func (p parser) said(ev bot.Event, c Command) Command {
	name, rest, isCommand := bot.Command(c.Words)
	switch {
	case ev.Edited:
		_, _, found, _ := leading(p.profile.Prefix, c.Words)
		if p.target.Known && p.target.Report.ID != 0 || found {
			return Command{Verb: Edited}
		}
		return Command{}
	case isCommand:
		c.Verb, c.Words = p.verbs.named(name), rest
		return p.command(c)
	}
	if code, rest, found, valid := leading(p.profile.Prefix, c.Words); found {
		if !valid {
			return Command{Verb: BadCode, Code: code}
		}
		c.Code, c.Words, c.Verb = code, rest, Reply
		if name, rest, ok := bot.Command(rest); ok {
			c.Verb, c.Words = p.verbs.named(name), rest
			p.target = Target{}
			return p.command(c)
		}
		if rest == "" && !c.media() {
			c.Verb = Show
			return c
		}
		if other := p.spoken(report.Report{}, c); other.Verb != Silent {
			other.Code = code
			return other
		}
		return c
	}
	if !p.target.Known {
		return Command{}
	}
	return p.reply(c)
}

func (p parser) command(c Command) Command {
	if id, ok := strings.CutPrefix(p.target.Intent, joinIntent); ok && p.target.Known {
		switch c.Verb {
		case Accept, Refuse, Reject:
			c.Arg, c.Exact = id, true
			if c.Verb == Reject {
				c.Verb = Refuse
			}
			return c
		}
	}
	v := p.verbs.row(c.Verb)
	if v.needsReport() && c.Code == "" {
		code, rest, found, valid := leading(p.profile.Prefix, c.Words)
		if found && !valid {
			return Command{Verb: BadCode, Code: code}
		}
		if found {
			c.Code, c.Words = code, rest
		}
	}
	c.Bare = c.Words == "" && !c.media()
	c.Arg, c.Words = v.parts(p.profile, c.Words, false)
	return c
}

// reply reads a reply to one of the desk's own messages, by the intent of that message.
func (p parser) reply(c Command) Command {
	if id, ok := strings.CutPrefix(p.target.Intent, joinIntent); ok {
		if choice, ok := p.pick(joinMenu(id), c.Words); ok {
			return Command{Verb: Verb(choice.ID), Arg: id, Exact: true}
		}
		return Command{}
	}
	if p.target.Report.ID == 0 {
		return Command{}
	}
	intent, arg, _ := strings.Cut(p.target.Intent, ":")
	v := p.verbs.row(Verb(intent))
	if v.takes == 0 {
		return p.free(c)
	}
	c.Verb = v.name
	if v.menu == nil {
		return c
	}
	m := v.menu.show(p.profile, p.target.Report, arg)
	if len(m.Choices) == 0 { // it was chosen before: these are the words for it
		c.Arg, c.Exact = arg, arg != ""
		return c
	}
	if choice, ok := p.pick(m, c.Words); ok {
		return Command{Verb: v.name, Arg: choice.ID, Exact: true, Bare: true}
	}
	c.Arg, c.Words = v.parts(p.profile, c.Words, false)
	return c
}

// pick finds the choice of a menu that words mean.
func (p parser) pick(m bot.Menu, words string) (bot.Choice, bool) {
	if choice, ok := m.Match(bot.Text{Text: words}); ok {
		return choice, true
	}
	v := p.lexicon.Match(m, words, answer.Asked{Numbered: true})
	return v.Choice, v.OK
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
	if Verb(intent) == Unsure && !c.media() {
		if choice, ok := p.pick(unsureMenu(r.Code), c.Words); ok {
			return Command{Verb: p.verbs.named(choice.ID), Words: arg, Held: true}
		}
		intent = ""
	}
	if intent == "" && !c.media() {
		if choice := p.cardChoice(c.Words); choice.Verb != Silent {
			return choice
		}
	}
	if other := p.spoken(r, c); intent == "" && other.Verb != Silent {
		return other
	}
	return c
}

// cardChoice reads a word or a number that chooses from a card. Words count even where the card no longer offers them, and
// so does a number it does not have: what was meant as a choice must never reach the citizen as an answer.
func (p parser) cardChoice(words string) Command {
	m := p.verbs.card(p.target.Report)
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

// leading reads a report's number at the beginning of a text. Only there it is an address; in the middle it is talk.
// Copied out of a card, it may still stand between stars or brackets.
func leading(prefix, text string) (code report.Code, rest string, found, valid bool) {
	whole := text
	text = strings.TrimLeft(text, " *_~`[(\"“#")
	code, rest, found, valid = led(prefix, text)
	if !found {
		rest = whole
	}
	return code, rest, found, valid
}

func led(prefix, text string) (code report.Code, rest string, found, valid bool) {
	if code, end, ok := report.LeadingCode(prefix, text); ok {
		rest = strings.TrimLeft(text[end:], ".,:;!?*_~`])\"”")
		if rest == "" || strings.ContainsAny(rest[:1], " \n\t") {
			return code, strings.TrimSpace(rest), true, true
		}
	}
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return "", text, false, false
	}
	first, _, _ := strings.Cut(text, " ")
	code, found, valid = report.FindCode(prefix, first)
	return code, text, found && !valid, false
}
