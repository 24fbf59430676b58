package desk

import (
	"errors"
	"fmt"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/sp4n"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// parser reads one event by the table of verbs.
type parser struct {
	profile *profile.Profile
	lexicon *answer.Lexicon
	// listener has learnt what officers say at a card; nil: the lists alone tell.
	listener understand.Listener
	verbs    table
	target   Target
	// plain says that words are no word that something is not done after all: the report was not said to be.
	plain bool
}

// parse tells what an event of the desk means. It is pure. The error is for a body of a kind it was not written for.
func (p parser) parse(ev bot.Event) (Command, error) {
	c, err := p.body(ev)
	if ev.Mentions { // who was called is nothing for people outside
		c.Words, c.Arg = unnamed(c.Words), unnamed(c.Arg)
	}
	return c, err
}

func (p parser) body(ev bot.Event) (Command, error) {
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
		if c, ok := p.sheet(ev); ok {
			return c, nil
		}
		return p.said(ev, Command{Words: bot.Clean(b.Caption), Files: []bot.MediaRef{b.Media}, Album: b.Album}), nil
	case bot.Location, bot.Unsupported:
		if words := bot.Clean(bot.Words(b)); words != "" && p.said(ev, Command{Words: words}).Verb != Silent {
			return Command{Verb: Odd}, nil // a pin reaches nobody: the words beside it are asked for without it
		}
		if p.target.Known && p.target.Report.ID != 0 {
			return Command{Verb: Odd}, nil
		}
		if p.lost(ev) {
			return Command{Verb: Lost}, nil
		}
		return Command{}, nil
	case bot.Left, bot.Joined, bot.Member, bot.Moved, bot.Woken, bot.Contact:
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
	if k, ok := keptIn(p.target.Intent); ok && strings.HasPrefix(b.Menu+".", unsureMenu(p.target.Report.Code).ID+".") {
		held := k.as(c.Verb, c.Code)
		held.Pressed, held.Shown = c.Pressed, c.Shown
		return held
	}
	if intent, page, _ := strings.Cut(p.target.Intent, ":"); Verb(intent) == c.Verb && c.Exact && c.Words == "" {
		c.Words = reasonIn(page)
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
		return joinPress(rest, Verb(b.Choice))
	}
	if kind == dismissKind {
		people, _ := dismissShown(p.target.Intent)
		if c, ok := dismissChoice(b.Choice, people); ok {
			return c, nil
		}
		return Command{}, errForeign
	}
	if kind == casework.OpenMenuKind || kind == casework.RollMenuKind {
		return p.listPress(kind, rest, b.Choice)
	}
	if kind == casework.SheetMenuKind {
		return sheetPress(b.Choice)
	}
	if kind == handKind {
		return handPress(p.profile, rest, b.Choice)
	}
	rest, shown, _ := strings.Cut(rest, ".")
	code, ok := report.ParseCode(p.profile.Prefix, rest)
	if !ok || string(code) != rest {
		return Command{}, errForeign
	}
	c, err := p.pressedFor(kind, code, b.Choice)
	c.Pressed, c.Shown = c.Verb != Undo, shown // that names the very answer
	return c, err
}

// pressedFor reads a press on a button about a report.
func (p parser) pressedFor(kind string, code report.Code, choice string) (Command, error) {
	verb := p.verbs.named(choice)
	switch kind {
	case cardKind:
		if p.verbs.row(verb).label.text == "" && verb != Canned {
			return Command{}, errForeign
		}
		return Command{Verb: verb, Code: code}, nil
	case unsureKind:
		if choice == string(Dropped) {
			return Command{Verb: Dropped, Code: code}, nil
		}
		if k, _ := keptIn(p.target.Intent); verb != Ask && verb != Reply && verb != Note && (verb != k.For || k.For == "") && (verb != k.Again || k.Again == "") {
			return Command{}, errForeign
		}
		return Command{Verb: verb, Code: code}, nil
	case undoKind:
		seq, ok := strings.CutPrefix(choice, undoLead)
		if !ok {
			return Command{}, errForeign
		}
		return Command{Verb: Undo, Code: code, Arg: seq, Exact: true}, nil
	}
	if v := p.verbs.chosen(kind); v.menu != nil {
		return Command{Verb: v.name, Code: code, Arg: choice, Exact: true}, nil
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
		if p.lost(ev) {
			return Command{Verb: Lost}
		}
		return Command{}
	case ev.Relayed:
		if r := p.relayed(c); r.Verb != Silent || !p.lost(ev) {
			return r
		}
		return Command{Verb: Lost}
	case isCommand:
		return p.ordered(name, rest, c)
	}
	if list, ok := listAsked(p.profile, ev, c); ok {
		return list
	}
	if v, rest, ok := p.joining(c.Words); ok {
		return p.joined(v, rest, c)
	}
	if code, rest, found, valid := p.addressed(c.Words); found && !p.wantsNumber() {
		if !valid {
			c.Verb, c.Code = BadCode, code
			return c
		}
		if second, after, ok := another(p.profile.Prefix, rest); ok && second != code {
			c.Verb, c.Code, c.Also, c.Words = Several, code, []report.Code{second}, after
			return c
		} else if ok {
			rest = after
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
		if other := p.numbered(c); other.Verb != Silent {
			other.Code = code
			return other
		}
		return c
	}
	switch {
	case p.target.Known:
		return p.agreed(p.reply(c))
	case p.lost(ev):
		return Command{Verb: Lost, Words: c.Words, Album: c.Album}
	}
	return p.behind(c, ev.ReplyTo != nil)
}

// numbered reads what stands behind a report's number: under the list of what was handed over to LAPOR!, and under the question for a number
// there, it is that number, and no answer to a citizen.
func (p parser) numbered(c Command) Command {
	asked := p.target.Known && p.target.Intent == string(ToLapor) && !c.media()
	if asked && p.target.Report.Code != c.Code { // of another report only what is a number, and nothing else
		_, why := sp4n.FindTracking(c.Words)
		asked = why == ""
	}
	if asked || p.target.Known && p.target.Intent == casework.HandingIntent {
		c.Verb = ToLapor
		return c
	}
	return p.spoken(report.Report{}, c)
}

// wantsNumber reports whether the message that is replied to asks for the number of another report: then a number in front is the
// answer, and addresses nobody.
func (p parser) wantsNumber() bool {
	intent, arg, _ := strings.Cut(p.target.Intent, ":")
	arg, _, _ = strings.Cut(arg, reasonLead)
	why, _ := p.profile.Rejection(arg)
	return p.target.Known && Verb(intent) == Reject && why.Other
}

// ordered reads a command; what nobody knows keeps its name.
func (p parser) ordered(name, rest string, c Command) Command {
	c.Verb, c.Words = p.verbs.named(name), rest
	if c.Verb == Unknown {
		c.Arg = name
		return c
	}
	return p.command(c)
}

func (p parser) command(c Command) Command {
	if rev, id, ok := requested(p.target.Intent); ok && p.target.Known {
		switch c.Verb {
		case Accept, Refuse, Reject:
			c.Arg, c.Rev, c.Exact = id, rev, true
			if c.Verb == Reject {
				c.Verb = Refuse
			}
			return c
		}
	}
	if c.Verb == Accept { // "/terima NOMOR" lets a report in
		if _, _, found, _ := leading(p.profile.Prefix, c.Words); found || c.Code != "" || p.target.Report.Status == report.Quarantined {
			c.Verb = Admit
		}
	}
	v := p.verbs.row(c.Verb)
	if v.needsReport() && c.Code == "" && !p.namesOther(v, c.Words) {
		code, rest, found, valid := leading(p.profile.Prefix, c.Words)
		if found && !valid {
			return Command{Verb: BadCode, Code: code, Words: c.Words, Said: c.Words}
		}
		if found {
			c.Code, c.Words = code, rest
		} else if whole, ok := report.CompleteCode(p.profile.Prefix, c.Words); ok && c.Verb == Show {
			c.Code, c.Words = whole, ""
		}
	}
	c.Bare = c.Words == "" && !c.media()
	c.Said = c.Words
	c.Arg, c.Words = v.parts(p.profile, c.Words, false)
	return c
}

// reply reads a reply to one of the desk's own messages, by the intent of that message.
func (p parser) reply(c Command) Command {
	if rev, id, ok := requested(p.target.Intent); ok {
		if choice, ok := p.pick(joinMenu(rev, id, false), c.Words); ok {
			return Command{Verb: Verb(choice.ID), Arg: id, Rev: rev, Exact: true}
		}
		return Command{}
	}
	if people, ok := dismissShown(p.target.Intent); ok {
		if choice, ok := p.pick(dismissMenu(people), c.Words); ok {
			c, _ = dismissChoice(choice.ID, people)
			return c
		}
		return Command{}
	}
	if menu, ok := handShown(p.target.Intent); ok {
		return p.handed(menu, c.Words)
	}
	if c, ok := p.listed(c); ok {
		return c
	}
	if _, doubles, ok := casework.SheetIn(p.target.Intent); ok {
		choice, _ := p.pick(casework.SheetMenu("", doubles), c.Words)
		c, _ = sheetPress(choice.ID)
		return c
	}
	if p.target.Intent == string(MapLapor) && !nodding(p.lexicon, c.Words) {
		c.Verb, c.Arg, c.Words = MapLapor, c.Words, ""
		return c
	}
	if p.target.Report.ID == 0 {
		if nodding(p.lexicon, c.Words) && !c.media() {
			return Command{}
		}
		return Command{Verb: NoCard, Words: c.Words, Album: c.Album}
	}
	intent, arg, _ := strings.Cut(p.target.Intent, ":")
	v := p.verbs.row(Verb(intent))
	if v.takes == 0 {
		return p.free(c)
	}
	if v.name == Draft {
		return p.draft(v, arg, c)
	}
	c.Verb = v.name
	if v.menu == nil {
		c.Arg = arg
		return p.prompted(v, c)
	}
	return p.chosen(v, arg, c)
}

// chosen reads a reply to the menu of a verb, or to the question for words after it.
func (p parser) chosen(v row, arg string, c Command) Command {
	m := v.menu.show(p.profile, p.target.Report, arg)
	if len(m.Choices) == 0 { // it was chosen before: these are the words for it
		arg, said, _ := strings.Cut(arg, reasonLead)
		switch {
		case v.name != Reject || c.media():
		case callsOff(c.Words) || rejectsOff(c.Words):
			return Command{Verb: Dropped}
		case nodding(p.lexicon, c.Words):
			c.Words = "" // "3" explains nothing to a citizen
		case p.remark(c.Words):
			return Command{Verb: Unsure, Words: c.Words, For: v.name, Arg: arg}
		}
		if said != "" && c.Words != "" { // the name that was missing
			c.Words = strings.TrimRight(c.Words, ".,:; ") + ": " + said
		}
		c.Arg, c.Exact = arg, arg != ""
		return c
	}
	if choice, ok := p.pick(m, c.Words); ok && (v.says == nil || !v.says(c.Words)) {
		why := reasonIn(arg)
		return Command{Verb: v.name, Arg: choice.ID, Exact: true, Words: why, Bare: why == "" && !c.media(), Photos: c.Photos}
	}
	c.Arg, c.Words = v.parts(p.profile, c.Words, false)
	if c.Words == "" {
		c.Words = reasonIn(arg)
	}
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
