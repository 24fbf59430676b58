package place

import (
	"slices"
	"strings"

	"rabeg/bot"
)

// A housing estate is known by what builders call them all ("Griya …", "… Indah Permai"), so that its name is a place though no list
// has it.

// estateHead knows what the name of an estate begins with.
func estateHead(w string) bool {
	switch w {
	case "griya", "grya", "graha", "villa", "vila", "puri", "pesona", "permata", "bumi", "taman":
		return true
	}
	return false
}

// estateTail knows what the name of an estate ends with.
func estateTail(w string) bool {
	switch w {
	case "indah", "permai", "asri", "residence", "residences", "regency", "lestari", "estate":
		return true
	}
	return false
}

// christensEstate reports whether the word at i and the one before it are of an estate's name.
func (x *names) christensEstate(ts []token, i int) bool {
	if i == 0 || ts[i].brk {
		return false
	}
	t, before := ts[i], ts[i-1]
	named := func(w token) bool {
		return w.cue == plain && len(w.text) > 2 && !number(w.text) && (x.ordinary[w.text] || x.strange(w.text) || estateHead(w.text)) && !everywhere(w.text) && !own(w.text)
	}
	switch {
	case estateTail(t.text):
		return named(before) && !descriptor(before.text) || estateTail(before.text) && i > 1
	case estateHead(before.text) && !estateTail(t.text):
		return named(t) && !descriptor(t.text)
	}
	return false
}

// estate is the stretch of words that an estate's name is, where there is one: behind "di" or "depan", and at the beginning of an
// answer.
func (x *names) estate(ts []token, m mode) (from, to int, ok bool) {
	for i := range ts {
		if i == 0 && m == sentence {
			continue
		}
		if i > 0 && (ts[i].brk || ts[i-1].cue != cueIn && ts[i-1].cue != cueNear) {
			continue
		}
		to := i
		for to < len(ts) && to < i+maxWords && ts[to].cue == plain && (to == i || !ts[to].brk) && (!x.common[ts[to].text] || x.ordinary[ts[to].text]) {
			to++
		}
		for ; to > i+1; to-- {
			if slices.ContainsFunc(ts[i:to], func(t token) bool { return estateHead(t.text) || estateTail(t.text) }) && x.christensEstate(ts[:to], to-1) {
				return i, to, true
			}
		}
	}
	return 0, 0, false
}

// withinEstate reports whether a name that is a word of everyday as well is only a word of an estate's: "Banten Indah Permai" need not lie in
// Banten.
func (x *names) withinEstate(ts []token, m mode, h hit) bool {
	if h.strong || h.to != h.from+1 || !x.ordinary[ts[h.from].text] {
		return false
	}
	from, to, ok := x.estate(ts, m)
	return ok && from <= h.from && h.to <= to && to > from+1
}

// estateNamed reports whether words, as they are written, are the name of an estate.
func estateNamed(all []string) bool {
	i := slices.IndexFunc(all, func(w string) bool { return estateTail(strings.Trim(strings.ToLower(w), ".,")) })
	return i > 0 && !descriptor(bot.Fold(all[i-1])) || len(all) > 1 && estateHead(strings.ToLower(all[0])) && strings.ToLower(all[0]) != "taman" && strings.ToLower(all[0]) != "bumi"
}

// Settlement reports whether words say only in what kind of settlement a place is ("di kampung", "ya di perumahan lah"), and neither
// which nor what it is near.
func Settlement(words string) bool {
	found := false
	for w := range strings.FieldsSeq(bot.Fold(words)) {
		canon, c := cueOf(w)
		switch {
		case c == cueNear, number(w), landmark(canon), landmarkNoun(canon):
			return false
		case c == cueArea, c == cueKec, c == cueKampung, c == cueEstate, canon == "gang":
			found = true
		}
	}
	return found
}
