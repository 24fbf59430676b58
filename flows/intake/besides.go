package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/flows"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// Another matter may be told while a report is in the making: it becomes a report of its own beside it, both shown on one card. And
// where the reader is torn between two categories because a text tells of both, both can be chosen.

var _ flows.Reserver = (*flow)(nil)

// newMatter reports whether a text that comes to a report in the making surely tells of another matter.
func (t *telling) newMatter(text string, rd understand.Reading) bool {
	f := t.n.Form
	if f == nil || f.Text == "" || f.Category == "" || f.Rival != "" || f.Emergency || f.several() || f.Several.One || f.How.OnBehalf() || rd.NoReport || len(f.Text)+len(text) > severalLong {
		return false
	}
	switch t.kind() {
	case askText, askRival, askResume, askLate, askElder, askUndo, askTwin:
		return false
	}
	if _, amends := t.Answers.Changes(text); amends || t.offered(f.Category) == "" || len(rd.Guesses) == 0 || t.offered(rd.Guesses[0].Category) == "" {
		return false
	}
	return understand.Besides(t.Reader, f.Category, f.Text, text)
}

// addMatter makes a second matter of it. Where the first one's place is still asked for, that comes first.
func (t *telling) addMatter(ref, text string, rd understand.Reading) {
	f := t.n.Form
	t.n.Before = nil
	one := Matter{Text: f.Text, Category: f.Category, Picked: f.Picked, Kind: f.Kind, Harm: f.Visibility == report.Confidential}
	two := t.matter(understand.Part{Text: text, Reading: rd})
	two.Place, _ = t.placeIn(understand.Part{Text: text, Reading: rd}, two.Category)
	f.AddText(ref, text)
	s := Several{Apart: true}
	if f.Where != nil || t.wantsPlace(f) {
		s.At = 1
	} else {
		one.Place = f.Place
		f.unplace()
	}
	s.Each = []Matter{one, two}
	f.Several, f.Picked, f.Hint = s, false, ""
	t.hideIn(text)
	t.say(t.v.AnotherMatter())
}

// torn are the matters of a text for which two categories are offered because it tells of both, in the order of the guesses; nil where
// it does not. codes are those that were chosen, nil for any.
func (f *flow) torn(form *Form, codes []string) []Matter {
	pieces := understand.Pieces(form.Text)
	if len(form.Text) > severalLong || len(pieces) < 2 || len(pieces) > severalMost || form.Emergency || form.Several.One || form.How.OnBehalf() {
		return nil
	}
	var out []Matter
	for _, words := range pieces {
		rd := f.Reader.Read(words)
		category := ""
		if len(rd.Guesses) > 0 && rd.Guesses[0].P >= understand.Sure {
			category = rd.Guesses[0].Category
		}
		offered := slices.ContainsFunc(ranked(form), func(g report.Guess) bool { return g.Category == category }) && (codes == nil || slices.Contains(codes, category))
		at := slices.IndexFunc(out, func(m Matter) bool { return m.Category == category })
		switch {
		case offered && at < 0:
			out = append(out, Matter{Text: words, Category: category, Picked: codes != nil, Kind: rd.Kind, Harm: rd.Misconduct || rd.Harm != understand.NoHarm})
		case at >= 0:
			out[at].Text += ". " + words
		case len(out) > 0:
			out[len(out)-1].Text += ". " + words
		default: // what stands before all matters
			return nil
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

// onlyOne takes back all but one of the matters that stand in the words of one report ("sampahnya doang deh"): the others wait for their
// turn. Words that are seldom told apart are told apart where the writer does.
func (t *telling) onlyOne(text string) bool {
	f := t.n.Form
	if f == nil || f.Text == "" || f.Emergency || f.How.OnBehalf() || len(f.Text) > severalLong {
		return false
	}
	switch t.kind() {
	case askReview, askPlace, askWhere, askAbout, askRival:
	default:
		return false
	}
	pieces := understand.Pieces(f.Text)
	if len(pieces) < 2 { // a comma parts here what it does not part elsewhere
		pieces = strings.FieldsFunc(f.Text, func(r rune) bool { return r == ',' || r == ';' || r == '\n' })
	}
	if len(pieces) < 2 || len(pieces) > severalMost {
		return false
	}
	said, nth := say.SeveralAnswer(text, pieces)
	if said != say.SeveralOnly {
		return false
	}
	for _, words := range pieces {
		words = strings.TrimSpace(words)
		f.Several.Each = append(f.Several.Each, t.matter(understand.Part{Text: words, Reading: t.Reader.Read(words)}))
	}
	f.Rival = ""
	t.only(nth - 1)
	return true
}

// topics are the categories of some matters.
func topics(all []Matter) (codes []string) {
	for _, m := range all {
		codes = append(codes, m.Category)
	}
	return codes
}

// both makes a report of each of some categories, of which one was asked. Where the words cannot be told apart each has all of them.
func (t *telling) both(codes []string) {
	f := t.n.Form
	if f.Rival != "" { // the last message is the other matter
		one := Matter{Text: f.Text, Category: f.Category, Picked: true, Kind: f.Kind}
		two := Matter{Text: f.Text, Category: f.Rival, Picked: true, Kind: f.Kind}
		if n := len(f.Parts); n > 1 {
			cut := len(f.Text) - f.Parts[n-1].Len
			one.Text, two.Text = strings.TrimSpace(f.Text[:cut]), f.Text[cut:]
		}
		f.Several, f.Rival = Several{Each: []Matter{one, two}}, ""
	} else if each := t.torn(f, codes); each != nil {
		f.Several = Several{Each: each}
	} else {
		f.Several = Several{}
		for _, c := range codes {
			f.Several.Each = append(f.Several.Each, Matter{Text: f.Text, Category: c, Picked: true, Kind: f.Kind})
		}
	}
	var parts []understand.Part
	for _, m := range f.Several.Each {
		parts = append(parts, understand.Part{Text: m.Text, Reading: t.Reader.Read(m.Text)})
	}
	t.ownPlaces(parts)
	t.next()
}

// bothWords takes "dua-duanya", "1 dan 2" as the answer to which category it is; false for all else.
func (t *telling) bothWords(text string) bool {
	codes := t.bothOf(t.s, t.n.Form, text)
	if codes == nil {
		return false
	}
	t.both(codes)
	return true
}

// Reserves implements flows.Reserver.
func (f *flow) Reserves(s flows.State, q bot.Message, words string) bool {
	form := Of(s).Form
	if f.elderNow(s, form, words) {
		return true
	}
	switch s.Ask.Kind {
	case askUndo, askText, askHeard, askEmergency, askSafe:
		return false
	}
	if f.WantsPerson(s, words) {
		return false
	}
	switch s.Ask.Kind {
	case askReview:
		if f.Answers.Orders(words) == answer.Sends {
			return false
		}
		if who, _ := f.saysWho(words); who != "" {
			return true
		}
		if c, ok := f.Answers.Changes(words); ok && c.Pure && c.Field == answer.Something && (c.Words == "" && f.aPlace(c.Not) || f.maybePlace(c.Words)) {
			return true
		}
	case askWhere:
		if f.settlesFor(form, words) {
			return true
		}
	}
	if q.Menu != nil {
		if _, chosen := q.Menu.Match(bot.Text{Text: words}); chosen {
			return false
		}
	}
	if s.Quiet < flows.Pause && f.aboutNow(s, form, words) != aboutNothing || f.asideNow(s, form, words) != noAside {
		return true
	}
	if s.Ask.Kind == askSeveral && form.several() {
		_, ok := say.BothOf(words, len(form.Several.Each))
		return ok
	}
	return f.bothOf(s, form, words) != nil
}

// bothOf are the categories that an answer to which it is wants both of; nil where it wants one, or says something else.
func (f *flow) bothOf(s flows.State, form *Form, text string) []string {
	if s.Ask == nil || s.Ask.Flow != Name || form == nil || form.several() {
		return nil
	}
	var codes []string
	switch s.Ask.Kind {
	case askAbout:
		for _, g := range ranked(form) {
			codes = append(codes, g.Category)
		}
	case askRival:
		codes = []string{form.Category, form.Rival}
	}
	which, ok := say.BothOf(text, len(codes))
	switch {
	case !ok:
		return nil
	case which == nil: // "dua-duanya": where three are offered, the two that are told of
		if told := topics(f.torn(form, nil)); form.Rival == "" && told != nil {
			return told
		}
		return codes[:2]
	}
	var out []string
	for _, n := range which {
		out = append(out, codes[n-1])
	}
	return out
}
