package twin

import (
	"math"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// How alike two texts must be: of reports that lie near each other; where all that is known of the place is the kelurahan, so that
// nothing but the words can tell one corner from the next; and of one person's own without any place.
const (
	likeNear = 0.3
	likeArea = 0.5
	likeOwn  = 0.6
)

// wideFrom is from how many metres on a matter is wide enough to be the same anywhere in a kelurahan: a drain may be, a lamp is one of many.
const wideFrom = 100

// Of reports that lie nowhere and that different people filed, the wording alone tells: it was written once and sent again. A few words are nobody's,
// many people have a lamp that is out.
const (
	likeWording  = 0.75
	wordingLeast = 8
)

// sameWording reports whether two texts were written once, perhaps with other greetings.
func sameWording(t *Twin, a, b *heard) bool {
	return t.Like >= likeWording && min(len(a.tokens), len(b.tokens)) >= wordingLeast
}

// Why is why a report is shown to who is about to file another, or is not.
type Why string

// The reasons.
const (
	Shown        Why = "shown"
	Kept         Why = "kept"          // it is over, urgent, or kept from strangers
	Old          Why = "old"           // more days lie between them than its matter allows
	OtherMatter  Why = "other matter"  // they name different matters
	OtherNumber  Why = "other number"  // they name different poles, houses, RT, schools
	OthersOwn    Why = "others own"    // its matter is each person's own, and somebody else filed it
	Far          Why = "far"           // both have a pin, and they lie too far apart
	OtherPlace   Why = "other place"   // they name different streets or landmarks
	UnknownPlace Why = "unknown place" // too little is known of one place, and the words do not make up for it
	Unlike       Why = "unlike"        // one of them names no matter, and nothing else speaks for it
)

// Judge decides whether an open report may be about what a fresh one is about, so that a person is asked. The same picture makes up
// for words, never for the place.
func Judge(p *profile.Profile, f *Fresh, n ledger.Nearby) (Twin, Why) {
	r := n.Report
	t := Twin{Report: r, Metres: -1, Own: !f.Reporter.Zero() && r.Reporter.Chat() == f.Reporter.Chat(), Picture: seen(f.Looks, n.Photos)}
	if !r.Status.Open() || r.Emergency || hidden(p, r.Draft) {
		return t, Kept
	}
	told := f.matter(p)
	if farther(told.is, f.Place, r.Place) {
		return t, Far
	}
	mine, its := f.hear(), hear(f.Words, r.Text, r.Place)
	if !t.Picture && apart(mine.numbers, its.numbers) {
		return t, OtherNumber // what most differ in, and what is seen at once
	}
	m, one := common(told, matterOf(p, r.Category, its.all()))
	switch {
	case f.At.Sub(r.Filed) > time.Duration(m.Days)*24*time.Hour:
		return t, Old
	case t.Picture:
	case one == another:
		return t, OtherMatter
	}
	t.Photo, t.Like = photo(p, n), alike(mine.grams(), its.grams())
	like := t.Picture || t.Like >= likeNear
	if m.By == profile.ByPerson {
		if !t.Own {
			return t, OthersOwn
		}
		return t, only(like, Unlike)
	}
	here, it := f.Place, r.Place
	t.Street = here.Said != "" && bot.Fold(here.Said) == bot.Fold(it.Said) && here.Area == it.Area
	switch {
	case m.By == profile.ByName:
		return t, byName(&t, mine, its, here.Area != "" && here.Area == it.Area)
	case here.Pin != nil && it.Pin != nil:
		if t.Metres = distance(here, it); t.Metres > m.Radius {
			return t, Far
		}
		return t, only(like || one == named || 2*t.Metres <= m.Radius, Unlike)
	}
	why := byWords(&t, mine, its, here.Area, it.Area, one)
	if why == UnknownPlace && here.Area != "" && here.Area == it.Area && m.Radius >= wideFrom && (mine.spots().none() || its.spots().none()) && like {
		why = Shown // who tells the kelurahan alone may mean the corner that the other tells
	}
	return t, why
}

// distance is how many metres lie between two places with a pin.
func distance(a, b report.Place) int { return int(math.Round(Metres(*a.Pin, *b.Pin))) }

// farther reports whether two places lie farther apart than two reports of a matter may, whatever is told of them.
func farther(m profile.Matter, a, b report.Place) bool {
	return m.By == profile.ByPlace && a.Pin != nil && b.Pin != nil && distance(a, b) > m.Radius
}

// only is Shown where something holds, and else a reason.
func only(ok bool, why Why) Why {
	if ok {
		return Shown
	}
	return why
}

// byName judges two reports about a school, a clinic, an office: it must be the same one, and its trouble told alike.
func byName(t *Twin, a, b *heard, area bool) Why {
	at := a.spots().meet(b.spots())
	switch {
	case at == elsewhere:
		return OtherPlace
	case !t.Street && !(area && (at == there || sameNumber(a.numbers, b.numbers))):
		return only(!area && (t.Own && t.Like >= likeOwn || sameWording(t, a, b)), UnknownPlace)
	}
	return only(t.Picture || t.Like >= likeNear, Unlike)
}

// byWords judges two reports of which at least one has no pin.
func byWords(t *Twin, a, b *heard, area, other string, one bond) Why {
	at := a.spots().meet(b.spots())
	switch {
	case area == "" && other == "":
		called := a.spots().called(b.spots())
		alike := t.Own && t.Like >= likeOwn || sameWording(t, a, b) || t.Picture || (at == there || called == there) && t.Like >= likeArea ||
			at == there && called == there && one == named
		return only(alike && at != elsewhere && called != elsewhere, UnknownPlace)
	case area == "" || area != other:
		return only(t.Own && t.Like >= likeOwn && (area == "" || other == ""), UnknownPlace)
	case at == elsewhere && !t.Picture:
		return OtherPlace
	case at == there || t.Street:
		t.Street = t.Street || shared(a.spots().named["street"], b.spots().named["street"])
		return only(t.Picture || one == named || t.Like >= likeNear, Unlike)
	}
	return only(t.Picture || t.Like >= likeArea, UnknownPlace)
}

// bond is what two reports' matters have in common.
type bond int

const (
	another bond = iota // they name different matters
	maybe               // at least one names none: nothing speaks against it
	named               // both name the same, in whatever words: "PJU padam", "the street lamp is out"
)

// matter is what a report is about, and what that is found in.
type matter struct {
	category, text string
	is             profile.Matter
	told           bool // the text names it
}

func matterOf(p *profile.Profile, category, text string) matter {
	m := matter{category: category, text: text}
	m.is, m.told = p.Matter(category, text)
	return m
}

// common is the matter of two reports. Where only one of them names it, the narrower circle and the fewer days of the two count.
func common(a, b matter) (profile.Matter, bond) {
	m, other := a.is, b.is
	switch {
	case m.Code == other.Code && a.told && b.told:
		return m, named
	case m.Code == other.Code:
		return m, maybe
	case a.told && b.told && m.By == profile.ByPlace && other.By == m.By && (other.Told(a.category, a.text) || m.Told(b.category, b.text)):
		// "sampah numpuk belum diangkut" may be the heap that the other tells of
	case a.told && b.told, m.By != other.By, a.category != b.category:
		return m, another
	}
	m.Radius, m.Days = min(m.Radius, other.Radius), min(m.Days, other.Days)
	return m, maybe
}
