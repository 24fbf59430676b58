package intake

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/say"
	"rabeg/internal/understand"
)

// What people answer to "where?" is no place as often as not: "bapak tau kan", "depan rumah saya", "dekat sekolah". It is asked
// again, once, and what was said is kept as a hint beside the place that comes, or beside the want of one.

// weigh judges words as a place; a finder that cannot takes them all for one.
func (l *locating) weigh(words string) place.Worth {
	if w, ok := l.Finder.(place.Weigher); ok {
		return w.Weigh(words)
	}
	return place.Naming
}

// fitting settles the place by what the finder makes of words; those that hold no name must be a place's as they stand.
func (l *locating) fitting(words, keep string) bool {
	cs := l.Finder.Find(words)
	if l.weigh(words) < place.Naming && (len(cs) == 0 || cs[0].P < fits) {
		return false
	}
	return l.settle(cs, words, keep)
}

// unnamed takes an answer to where that names no place, and reports whether it was one. again says that it tells the matter.
func (t *telling) unnamed(text string, rd understand.Reading) (taken, again bool) {
	f, l := t.form(), t.where()
	worth := l.weigh(text)
	switch {
	case worth == place.Naming, f.Where != nil && f.Where.Why != whyWhich, rd.Emergency, t.soft(f): // a soft matter needs none
		return false, false
	case worth == place.Idle && (len(strings.Fields(text)) > 1 || len(rd.Guesses) > 0) && (!rd.NoReport || t.tells(text)), worth < place.Pointing && pleads(text):
		return false, true
	case worth == place.Vague && (f.Helped || narrowing(f)) && !place.Settlement(text):
		return false, false // the nearest is what was asked for
	}
	if worth < place.Pointing {
		if f.Helped || narrowing(f) {
			l.noPlace()
			return true, false
		}
		t.say(t.v.NoPlaceYet())
		l.again()
		return true, false
	}
	unasked := f.Near == "" && place.Settlement(text) && !narrowing(f) // "di kampung": it was not asked yet which
	if worth == place.Pointing {
		text = place.Pointed(text)
	}
	f.Near = joinWords(say.Clip(text, 200), f.Near)
	if (f.Helped || narrowing(f)) && !unasked {
		l.noPlace()
		return true, false
	}
	l.again()
	return true, false
}

// again lets the place be asked for once more, with help.
func (l *locating) again() {
	f := l.form()
	f.Helped, f.Where = true, nil
}

// keepHint puts what was said of a place without naming it beside the place, or beside the want of one.
func (f *Form) keepHint() {
	p := &f.Place
	if f.Near == "" || f.Where != nil || !p.Known() && (p.District == "" || !f.Narrowed) {
		return
	}
	if near := f.Near; !p.Nowhere && !strings.Contains(bot.Fold(p.Said+" "+p.Note), bot.Fold(near)) {
		p.Note = say.Clip(joinWords(near, p.Note), 300)
	}
	f.Near = ""
}
