package desk

import (
	"fmt"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// One line may mean two things: the same for two reports, or two things for one.

// several asks whether an answer that names two reports is for both; what is no answer is to be written for each.
func (h *handling) several(c Command) error {
	if _, err := h.member(); err != nil {
		if _, stranger := casework.AsRefusal(err); stranger && c.Passing {
			return nil
		}
		return err
	}
	p := h.parser()
	if order := p.spoken(report.Report{}, Command{Words: c.Words}); c.Words == "" || len(c.Also) != 1 || order.Verb != Silent && order.Verb != Unsure && order.Verb != Reply {
		h.say(severalText)
		return nil
	}
	r, err := h.report(c)
	if err != nil {
		return err
	}
	by, err := h.actor(r)
	if err != nil {
		return err
	}
	if err := h.office.Permit(r, by, report.Reply{Words: c.Words}); err != nil {
		return err
	}
	k := kept{Words: c.Words, Photos: c.Photos, Files: c.Files, For: Reply, Also: c.Also}
	h.confirm(r, k, fmt.Sprintf("Belum saya kirim: %s.\nAda dua nomor: %s dan %s. Kirim ke dua-duanya?", k.shown(h.secret(r)), c.Code, c.Also[0]))
	return nil
}

// unnumbered is a text without the numbers in it and what joined them.
func unnumbered(prefix, text string) string {
	words := strings.Fields(text)
	out := make([]string, 0, len(words))
	for i, w := range words {
		if _, _, is := mentioned(prefix, w); is {
			continue
		}
		if f := bot.Fold(w); slices.Contains([]string{"dan", "sama", "n", "serta", "juga", "dengan"}, f) && i > 0 && i+1 < len(words) {
			_, _, before := mentioned(prefix, words[i-1])
			_, _, behind := mentioned(prefix, words[i+1])
			if before && behind {
				continue
			}
		}
		out = append(out, w)
	}
	return strings.Trim(strings.Join(out, " "), ",:;-–— ")
}

// allOf does what one report is wanted for, then what else was wanted with it.
func (h *handling) allOf(v row, c Command) error {
	err := h.about(v, c)
	if no, refused := casework.AsRefusal(err); refused {
		if h.passesToCoordinator(c, no) {
			return nil
		}
	}
	switch {
	case err != nil:
		return err
	case c.Then != nil && h.acted != nil:
		return h.then(*c.Then)
	case c.Then != nil:
		h.say(fmt.Sprintf("Belum dilakukan: %s. Tulis lagi sesudah yang pertama selesai.", c.Then.Verb))
	}
	for _, code := range c.Also {
		other := c
		other.Code, other.Also = code, nil
		before, said := h.batch, h.said
		before.Letters, before.Changes = slices.Clip(h.batch.Letters), slices.Clip(h.batch.Changes)
		err := h.about(v, other)
		if no, refused := casework.AsRefusal(err); refused {
			h.batch, h.said = before, said
			h.say(fmt.Sprintf("%s belum: %s", code, no.Words))
			continue
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// passesToCoordinator offers to note for the coordinator what an officer wrote for a report that only the coordinator may act on.
func (h *handling) passesToCoordinator(c Command, no *casework.Refusal) (asked bool) {
	if no.Why != casework.NoRight || c.Held || c.Words == "" || c.media() || !reads(c.Verb) && c.Verb != Unsure {
		return false
	}
	r, err := h.report(c)
	if err != nil || r.Agency != "" || h.alone() {
		return false
	}
	by, err := h.actor(r)
	if err != nil || by.Role != report.Operator || h.office.Permit(r, by, report.Note{Words: c.Words, Passed: true}) != nil {
		return false
	}
	k := kept{Words: c.Words, For: Note}
	h.confirm(r, k, fmt.Sprintf("Belum saya kirim: %s.\nLaporan %s ada di koordinator. Catatkan untuk koordinator?", k.shown(h.secret(r)), r.Code))
	return true
}

// around reads what is no verb of the card at the beginning: what takes something back, two orders at once, and what somebody is to be told.
func (p parser) around(c Command) (Command, bool) {
	switch {
	case c.media():
	case retracts(c.Words) && !p.plain:
		return Command{Verb: Retract, Words: c.Words, Said: c.Words}, true
	case callsOff(c.Words):
		return Command{Verb: Undo, Bare: true}, true
	case rejectsOff(c.Words):
		return Command{Verb: Undo, Said: c.Words}, true
	}
	if two, ok := p.both(c); ok {
		return two, true
	}
	if words, ok := passesOn(c.Words); ok && !withheld(c.Words) {
		c.Verb, c.Words = Reply, words
		c.Bare = c.Words == "" && !c.media()
		return c, true
	}
	if tellsColleague(c.Words) {
		c.Verb = Unsure
		return c, true
	}
	return Command{}, false
}

// spokenOf reads what words speak of without beginning with it: whose matter it is, or a verb further on.
func (p parser) spokenOf(c Command) (Command, bool) {
	moves, whose := p.theirs(c.Words)
	verb := hints(c.Words)
	switch {
	case moves != Silent && !c.media() && (moves == Transfer || verb == Silent):
		c.Verb, c.For, c.Arg = Unsure, moves, whose
		return c, true
	case verb != Silent:
		return hinted(p.profile, c, verb), true
	}
	return Command{}, false
}

// both reads two orders in one line, joined by a word for "then": "ambil terus rencanakan tgl 20 desember". What moves the report away is done
// last.
func (p parser) both(c Command) (Command, bool) {
	words := strings.Fields(c.Words)
	for i := 1; i < len(words)-1; i++ {
		switch bot.Fold(words[i]) {
		case "terus", "trus", "trs", "lalu", "sekalian", "kemudian", "sambil", "abis", "habis", "dan", "plus":
		default:
			continue
		}
		at := i + 1
		for at < len(words)-1 && slices.Contains([]string{"itu", "sekalian", "juga", "tolong", "langsung", "terus", "trus"}, bot.Fold(words[at])) {
			at++
		}
		head, tail := strings.Trim(strings.Join(words[:i], " "), ",.;:- "), strings.Join(words[at:], " ")
		verb, rest := p.verbs.opens(head)
		if verb == Silent || verb == Reply || p.verbs.row(verb).act == nil || !p.completes(verb, rest) || withheld(tail) {
			continue
		}
		_, tells := passesOn(tail)
		if other, _ := p.verbs.opens(tail); !tells && (other == verb || other != Note && !clearOrder(p.verbs, strings.Fields(bot.Fold(tail))) || p.verbs.row(other).act == nil) {
			continue
		}
		first, then := p.spoken(report.Report{}, Command{Words: head, Photos: c.Photos, Files: c.Files, Album: c.Album}), p.spoken(report.Report{}, Command{Words: tail})
		if first.Verb != verb || then.Verb == Silent || then.Verb == Unsure {
			continue
		}
		if (first.Verb == Forward || first.Verb == NotOurs || first.Verb == Transfer) && (then.Verb == Reply || then.Verb == Ask || then.Verb == Note) {
			first, then = then, first
		}
		first.Then = &then
		return first, true
	}
	return Command{}, false
}

// rejectsOff reports whether words take back a refusal: "tolaknya batal", "batalin penolakannya".
func rejectsOff(text string) bool {
	said := " " + bot.Fold(text) + " "
	about := strings.Contains(said, " penolakan") || strings.Contains(said, " tolaknya ") || strings.Contains(said, " nolaknya ") || strings.Contains(said, " batal tolak ") || strings.Contains(said, " jadi tolak ") || strings.Contains(said, " jadi ditolak ")
	for _, cue := range [...]string{" batal", " dibatal", " cabut ", " dicabut ", " tarik ", " ditarik ", " urungkan ", " cancel", " ga jadi ", " gak jadi ", " tidak jadi ", " nggak jadi ", " tdk jadi "} {
		if about && strings.Contains(said, cue) {
			return len(strings.Fields(said)) <= 10
		}
	}
	return false
}
