package casework

import (
	"slices"
	"strings"
	"unicode"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// PhoneWords is how much is kept of what somebody of the office wrote by hand: its place is the chat, not the card.
const PhoneWords = 300

// PhoneLook is how many of a citizen's reports are looked at to find the one that a message by hand belongs to.
const PhoneLook = 50

// Phoned is a message that somebody of the office sent to a citizen by hand, on the phone of the account.
type Phoned struct {
	To    bot.Address
	Sort  report.Sort
	Words string
}

// Phone puts a message by hand on record, at the open report of the citizen that was last active: nobody said which it
// was about. reports are the citizen's, last active first (LastActive). ok is false when none of them was open when it
// was sent: then there is nothing to put it on.
//
// The citizen has the message already: no letter goes out. What it does not count as stands at report.Apply.
//
// Where the citizen has filed anything that is kept from the phone, that there was a message is all that is kept, and no
// card shows it (ShowsPhoned): it may be about that report whichever it is put on, it may call the person by name, and the
// moment of it tells who has the phone which chat the report came from. The citizen still finds it in the story.
func (o *Office) Phone(reports []report.Report, p Phoned, t Occasion) (after report.Report, b ledger.Batch, ok bool) {
	at := slices.IndexFunc(reports, func(r report.Report) bool { return r.Status.Open() && !r.Filed.After(t.At) })
	if at < 0 {
		return report.Report{}, ledger.Batch{}, false
	}
	r := reports[at]
	c := &change{Office: o, Occasion: t, by: report.Actor{Role: report.Unnamed}, was: r, now: r, batch: ledger.Batch{Cause: t.Cause, At: t.At}}
	secret := func(r report.Report) bool { return r.Shield(o.Profile.Sensitive).Hides(report.Phone) }
	if slices.ContainsFunc(reports, secret) {
		c.fact(report.Fact{What: report.WasPhoned})
	} else {
		c.fact(report.Fact{What: report.WasPhoned, Sent: p.Sort, Words: say.Clip(unnamed(p.Words, r.ReporterName), PhoneWords)})
		c.card()
	}
	b = c.batch
	b.Changes = []ledger.Change{ledger.Changed{Report: c.now, Was: r.Rev, Facts: c.facts}}
	return c.now, b, true
}

// ShowsPhoned reports whether cards may show a message by hand: one of which nothing is kept is the citizen's to know.
func ShowsPhoned(f report.Fact) bool {
	return f.What == report.WasPhoned && (f.Words != "" || f.Sent != report.SortWords)
}

// unnamed masks the words of a name in a text: cards show no reporter's name, and people greet each other by it.
func unnamed(text, name string) string {
	gap := func(r rune) bool { return !unicode.IsLetter(r) }
	parts := strings.FieldsFunc(name, gap)
	var b strings.Builder
	for text != "" {
		n := len(text) - len(strings.TrimLeftFunc(text, unicode.IsLetter))
		word := text[:n]
		switch {
		case n == 0:
			n = len(text) - len(strings.TrimLeftFunc(text, gap))
			b.WriteString(text[:n])
		case slices.ContainsFunc(parts, func(p string) bool { return len([]rune(p)) > 2 && strings.EqualFold(p, word) }):
			b.WriteString(Mask(word))
		default:
			b.WriteString(word)
		}
		text = text[n:]
	}
	return b.String()
}
