package desk

import (
	"cmp"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// row is all that is to be known of one verb. What a message means, the buttons of a card, the help, the menu beside the
// input field and what is answered are read from it; a verb that has a row needs nothing else in this package.
type row struct {
	// name is the verb, and its command: "/ambil".
	name Verb
	// also are other commands for it, said is how officers begin what they write when they mean it without a command. Both
	// have bars between, "ambil|saya ambil".
	also, said string
	// label is its button on a card, on the cards where it is offered.
	label label
	on    func(r report.Report) bool
	// secret says that only cards offer it that keep something from the group.
	secret bool
	// identity says that only cards offer it of a matter that needs to know who filed it, where that may be known.
	identity bool
	// public says that only cards offer it of reports that strangers may know of, where there are pages for them.
	public bool
	// usage is its part of the help of those who may ask for it, "" for what nobody types; about is its line in the menu beside the input field, "" for none.
	usage, about string
	// may is who may ask for it, deed what only a coordinator may ("Hanya koordinator yang dapat …"). leads says that leaders may, too, who only
	// read. does is what it does to a report: who may do that is told by the table of its life.
	may   role
	deed  string
	leads bool
	does  report.Deed
	// takes is what it may carry. A reply to a question of the verb's means the verb where it takes anything.
	takes takes
	// guarded says that it may show what is kept from others, or hand a report on: it is refused in a chat of one's own while nobody knows
	// whether its writer is still in the group.
	guarded bool
	// split parts what was typed into the object of the verb and words; nil: all of it is words. heard is split for what was
	// said without a command, where that is another matter. whole says that then the verb is part of the words, too.
	split, heard func(p *profile.Profile, text string) (arg, words string)
	whole        bool
	// other says that its object is another report's number: one number in a reply is that one, of two the second.
	other bool
	// numbers says that its words may be a number alone, and alone that it does something without any, too.
	numbers, alone bool
	// menu is where its object is chosen, nil for a verb that has none.
	menu *menu
	// says reports whether what was typed says all that is needed, so that it chooses nothing from the menu; nil: nothing does.
	says func(words string) bool
	// written says that what was done is told in the chat after a press as well, for it is more than a short notice holds.
	written bool
	// asks is what a reply must hold, where words or a photo are missing.
	asks func(h *handling, on subject) string
	// done tells what was done, "" where the card and the undo button tell it.
	done func(o *casework.Office, was, now report.Report) string

	// A verb has one of these. act makes an action of it; asked says that a letter asks for what is missing.
	act func(h *handling, c Command, on subject) (a report.Action, asked bool, err error)
	// look shows one report.
	look func(h *handling, r report.Report, by report.Actor) error
	// do is everything that is about no single report.
	do func(h *handling, c Command, by report.Actor) error
}

// label is a button and its place on the card, from 0. Where there are no buttons people type the number.
type label struct {
	place int
	text  string
}

// role is who may ask for a verb.
type role int

const (
	anybody      role = iota
	members           // who is enrolled, or runs the group
	officers          // of the report's office, and coordinators: casework tells
	coordinators      // alone
)

// takes is what a verb may carry.
type takes uint8

const (
	takesWords takes = 1 << iota
	takesPhotos
	takesFiles
)

// menu is the question in which the object of a verb is chosen.
type menu struct {
	// kind begins the menu's id.
	kind string
	// show is the menu; page is what was chosen on the way, "" at first. Without choices the page is the choice, and words
	// for it are awaited.
	show func(p *profile.Profile, r report.Report, page string) bot.Menu
}

// table are the verbs, in the order of the help.
type table []row

func (t table) row(v Verb) row {
	for _, r := range t {
		if r.name == v && v != Silent {
			return r
		}
	}
	return row{}
}

// named finds a verb by its command.
func (t table) named(command string) Verb {
	for _, r := range t {
		if string(r.name) == command || oneOf(r.also, command) {
			return r.name
		}
	}
	return Unknown
}

// meant finds the verb that officers mean by words.
func (t table) meant(words string) Verb {
	for _, r := range t {
		if oneOf(r.said, words) {
			return r.name
		}
	}
	return Silent
}

// chosen finds the verb whose object is chosen in a kind of menu.
func (t table) chosen(kind string) row {
	for _, r := range t {
		if r.menu != nil && r.menu.kind == kind {
			return r
		}
	}
	return row{}
}

func oneOf(bars, word string) bool {
	for s := range strings.SplitSeq(bars, "|") {
		if s == word && word != "" {
			return true
		}
	}
	return false
}

// buttons are the verbs that cards offer, in their order there.
func (t table) buttons() []row {
	var out []row
	for _, r := range t {
		if r.label.text != "" {
			out = append(out, r)
		}
	}
	slices.SortStableFunc(out, func(a, b row) int { return cmp.Compare(a.label.place, b.label.place) })
	return out
}

// card is what can be done to a report as it stands; nil when it is over.
func (t table) card(p *profile.Profile, r report.Report) *bot.Menu {
	m := &bot.Menu{ID: cardKind + "." + string(r.Code), Columns: 3}
	for _, v := range t.buttons() {
		if v.on != nil && v.on(r) && (!v.secret || hides(p, r, report.Group) || (&casework.Office{Profile: p}).Veiled(r, nil)) && (!v.identity || needsIdentity(p, r)) && (!v.public || showable(p, r)) {
			m.Choices = append(m.Choices, bot.Choice{ID: string(v.name), Label: v.label.text, Also: string(v.name)})
		}
	}
	if len(m.Choices) == 0 {
		return nil
	}
	return marked(m, r)
}

// needsIdentity reports whether a report is of a matter that needs to know who filed it, and that may be known.
func needsIdentity(p *profile.Profile, r report.Report) bool {
	c, _ := p.Category(r.Category)
	return c.Identity && (&casework.Office{Profile: p}).HasIdentity(r)
}

// MenuLine is one line of the menu that a network shows beside the input field of the desk.
type MenuLine struct{ Name, About string }

// Commands are what operators write most.
func Commands() []MenuLine { return verbs.lines() }

func (t table) lines() []MenuLine {
	var out []MenuLine
	for _, r := range t {
		if r.about != "" {
			out = append(out, MenuLine{string(r.name), r.about})
		}
	}
	return out
}

func (r row) needsReport() bool { return r.act != nil || r.look != nil }

// parts divides what was typed behind a command, or said in place of one.
func (r row) parts(p *profile.Profile, text string, spoken bool) (arg, words string) {
	switch {
	case spoken && r.heard != nil:
		return r.heard(p, text)
	case r.split != nil:
		return r.split(p, text)
	}
	return "", text
}

// keeps reports whether a question for words remembers what was chosen before.
func (r row) keeps(p *profile.Profile, on report.Report, arg string) bool {
	return r.menu != nil && arg != "" && len(r.menu.show(p, on, arg).Choices) == 0
}
