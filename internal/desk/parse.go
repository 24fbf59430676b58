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

// Parse tells what an event of the desk means. It is pure. The error is for a body of a kind it was not written for.
func Parse(p *profile.Profile, lx *answer.Lexicon, ev bot.Event, target Target) (Command, error) {
	switch b := ev.Body.(type) {
	case bot.Pick:
		return parsePick(p, b, target), nil
	case bot.Text:
		return parseSaid(p, lx, ev, target, Command{Words: bot.Clean(b.Text)}), nil
	case bot.Photo:
		return parseSaid(p, lx, ev, target, Command{Words: bot.Clean(b.Caption), Photos: []bot.MediaRef{b.Media}, Album: b.Album}), nil
	case bot.Voice:
		return parseSaid(p, lx, ev, target, Command{Words: bot.Clean(b.Caption), Files: []bot.MediaRef{b.Media}}), nil
	case bot.Document:
		return parseSaid(p, lx, ev, target, Command{Words: bot.Clean(b.Caption), Files: []bot.MediaRef{b.Media}, Album: b.Album}), nil
	case bot.Location, bot.Unsupported:
		if target.Known && target.Report.ID != 0 {
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

// parsePick reads a press. What a press carries may be forged: it only names things, and all of them are checked later.
func parsePick(p *profile.Profile, b bot.Pick, target Target) Command {
	c, err := readPick(p, b)
	if err != nil {
		return Command{Verb: Stale}
	}
	if words, ok := strings.CutPrefix(target.Intent, unsureIntent); ok && b.Menu == unsureMenu(target.Report.Code).ID {
		c.Words, c.Held = words, true
	}
	c.Bare = c.Words == ""
	return c
}

func readPick(p *profile.Profile, b bot.Pick) (Command, error) {
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
	code, ok := report.ParseCode(p.Prefix, rest)
	if !ok || string(code) != rest {
		return Command{}, errForeign
	}
	c := Command{Code: code, Arg: b.Choice, Exact: true}
	switch kind {
	case "c":
		c.Verb, c.Arg, c.Exact = names(b.Choice), "", false
		if !onCard(c.Verb) {
			return Command{}, errForeign
		}
	case "s":
		c.Verb, c.Arg, c.Exact = names(b.Choice), "", false
		if c.Verb != Reply && c.Verb != Note {
			return Command{}, errForeign
		}
	case "f":
		c.Verb = Forward
	case "t":
		c.Verb = Reject
	case "u":
		c.Verb = Undo
		c.Arg, ok = strings.CutPrefix(b.Choice, "s")
		if !ok {
			return Command{}, errForeign
		}
	default:
		return Command{}, errForeign
	}
	return c, nil
}

func (c Command) media() bool { return len(c.Photos)+len(c.Files) > 0 }

// parseSaid reads words and files: a command, a report's number in front, or a reply; else people's own talk.
func parseSaid(p *profile.Profile, lx *answer.Lexicon, ev bot.Event, target Target, c Command) Command {
	name, rest, isCommand := bot.Command(c.Words)
	switch {
	case ev.Edited:
		_, _, found, _ := leading(p.Prefix, c.Words)
		if target.Known && target.Report.ID != 0 || found {
			return Command{Verb: Edited}
		}
		return Command{}
	case isCommand:
		c.Verb, c.Words = names(name), rest
		return parseCommand(p, c, target)
	}
	if code, rest, found, valid := leading(p.Prefix, c.Words); found {
		if !valid {
			return Command{Verb: BadCode, Code: code}
		}
		c.Code, c.Words, c.Verb = code, rest, Reply
		if name, rest, ok := bot.Command(rest); ok {
			c.Verb, c.Words = names(name), rest
			return parseCommand(p, c, Target{})
		}
		if rest == "" && !c.media() {
			c.Verb = Show
			return c
		}
		if other := spoken(p, lx, report.Report{}, c); other.Verb != Silent {
			other.Code = code
			return other
		}
		return c
	}
	if !target.Known {
		return Command{}
	}
	return parseReply(p, lx, c, target)
}

func parseCommand(p *profile.Profile, c Command, target Target) Command {
	if id, ok := strings.CutPrefix(target.Intent, joinIntent); ok && target.Known {
		switch c.Verb {
		case Accept, Refuse, Reject:
			c.Arg, c.Exact = id, true
			if c.Verb == Reject {
				c.Verb = Refuse
			}
			return c
		}
	}
	if c.Verb.needsReport() && c.Code == "" {
		code, rest, found, valid := leading(p.Prefix, c.Words)
		if found && !valid {
			return Command{Verb: BadCode, Code: code}
		}
		if found {
			c.Code, c.Words = code, rest
		}
	}
	c.Bare = c.Words == "" && !c.media()
	switch c.Verb {
	case Forward, Join, Tasks, Accept, Refuse:
		c.Arg, c.Words = c.Words, ""
	case Reject:
		c.Arg, c.Words = splitReason(p, c.Words)
	case Cancel:
		c.Verb = Undo
	}
	return c
}

// parseReply reads a reply to one of the desk's own messages, by the intent of that message.
func parseReply(p *profile.Profile, lx *answer.Lexicon, c Command, target Target) Command {
	words := c.Words
	pick := func(m bot.Menu) (bot.Choice, bool) {
		if choice, ok := m.Match(bot.Text{Text: words}); ok {
			return choice, true
		}
		v := lx.Match(m, words, answer.Asked{Numbered: true})
		return v.Choice, v.OK
	}
	if id, ok := strings.CutPrefix(target.Intent, joinIntent); ok {
		if choice, ok := pick(joinMenu(id)); ok {
			return Command{Verb: Verb(choice.ID), Arg: id, Exact: true}
		}
		return Command{}
	}
	if target.Report.ID == 0 {
		return Command{}
	}
	intent, arg, _ := strings.Cut(target.Intent, ":")
	switch v := Verb(intent); v {
	case Ask, Note, NotOurs, Plan, Resolve, Reply:
		c.Verb = v
	case Forward:
		c.Verb, c.Arg, c.Words = Forward, c.Words, ""
		if choice, ok := pick(ForwardMenu(p, target.Report)); ok {
			c.Arg, c.Exact = choice.ID, true
		}
	case Reject:
		c.Verb, c.Arg, c.Exact = Reject, arg, arg != ""
		if choice, ok := pick(ReasonMenu(p, target.Report.Code)); arg == "" && ok {
			return Command{Verb: Reject, Arg: choice.ID, Exact: true, Bare: true}
		}
		if arg == "" {
			c.Arg, c.Words = splitReason(p, c.Words)
		}
	default:
		return parseFree(p, lx, c, target, pick)
	}
	return c
}

// parseFree reads a reply to a message that asks for nothing, or asks whether to undo or to send: words for the citizen,
// where they are no choice.
func parseFree(p *profile.Profile, lx *answer.Lexicon, c Command, target Target, pick func(bot.Menu) (bot.Choice, bool)) Command {
	c.Verb = Reply
	intent, arg, _ := strings.Cut(target.Intent, ":")
	if intent == casework.UndoIntent && !c.media() {
		if _, ok := pick(undoMenu(target.Report.Code, arg)); ok {
			return Command{Verb: Undo, Arg: arg, Exact: true}
		}
	}
	if Verb(intent) == Unsure && !c.media() {
		if choice, ok := pick(unsureMenu(target.Report.Code)); ok {
			return Command{Verb: names(choice.ID), Words: arg, Held: true}
		}
		intent = ""
	}
	if intent == "" && !c.media() {
		if choice := cardChoice(target.Report, c.Words); choice.Verb != Silent {
			return choice
		}
	}
	if other := spoken(p, lx, target.Report, c); intent == "" && other.Verb != Silent {
		return other
	}
	return c
}

// cardChoice reads a word or a number that chooses from a card. Words count even where the card no longer offers them, and
// so does a number it does not have: what was meant as a choice must never reach the citizen as an answer.
func cardChoice(r report.Report, words string) Command {
	menu := CardMenu(r)
	if menu == nil {
		return Command{}
	}
	if choice, ok := menu.Match(bot.Text{Text: words}); ok {
		return Command{Verb: names(choice.ID), Bare: true}
	}
	said := bot.Fold(words)
	for _, v := range []Verb{Take, Reply, Forward, Resolve, Reject, Ask, Note, NotOurs, Plan} {
		if said == string(v) || said == bot.Fold(label(v)) {
			return Command{Verb: v, Bare: true}
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
