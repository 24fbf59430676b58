package intake

import (
	"regexp"
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// A correction of the place may lean on the place that is corrected: "bukan di pasar rau, di belakangnya" is behind Pasar Rau. What was
// known of it stays, and only where it is beside it is told anew.

// refines takes a correction after which a part of the place stays; false for words that name a place of their own.
func (t *telling) refines(c answer.Change) bool {
	f, words := t.form(), c.Words
	if t.inOtherArea(c) || t.renumbers(words) || t.sideOfIt(words) || t.sides(c) {
		return true
	}
	if !leans(words) || !f.Place.Known() || f.Place.Nowhere || f.Place.Unknown || t.aPlace(words) {
		return false
	}
	at := clonePlace(f.Place)
	switch {
	case at.Said != "":
		at.Said = say.Clip(side(words)+" "+at.Said, 200)
	default:
		at.Note = say.Clip(words, 200)
	}
	if rest := around(words); rest != "" {
		at.Note = say.Clip(rest, 200)
	} else if at.Said != "" {
		at.Note = ""
	}
	f.Place, f.Where, f.Placed, f.Hint = at, nil, true, ""
	return true
}

// sideOfIt takes a correction to a side of the place that is there, which is called by what it is and not by its name.
func (t *telling) sideOfIt(words string) bool {
	f := t.form()
	if f.Place.Said == "" || t.aPlace(words) {
		return false
	}
	of, rest := sideOf(words, f.Place.Said)
	first, _, _ := strings.Cut(rest, " ")
	if of == "" || len(strings.Fields(rest)) > fewForArea || first != "" && !slices.Contains([]string{"yang", "yg", "arah", "sisi", "di", "sebelah", "itu", "situ"}, first) { // else it is another of that sort: "samping masjid nurul huda"
		return false
	}
	at := clonePlace(f.Place)
	at.Said, at.Note = say.Clip(of+" "+at.Said, 200), say.Clip(around(rest), 200)
	f.Place, f.Where, f.Placed, f.Hint = at, nil, true, ""
	return true
}

// inOtherArea takes "bukan kaligandu, penancangan" of a street or a shop in Kaligandu: that stays, and lies in the other kelurahan.
func (t *telling) inOtherArea(c answer.Change) bool {
	f := t.form()
	if f.Place.Said == "" || f.Place.AreaName == "" || t.kind() == askNewPlace {
		return false
	}
	not := strings.Fields(bot.Fold(c.Not))
	if first, _, _ := strings.Cut(bot.Fold(c.Words), " "); len(not) == 0 && place.OfArea(first) || len(not) == 1 && place.OfArea(not[0]) { // "ralat kelurahan penancangan"
		not = strings.Fields(bot.Fold(f.Place.AreaName))
	}
	if len(not) == 0 || len(not) > 4 || !strings.HasSuffix(strings.Join(not, " "), bot.Fold(f.Place.AreaName)) || strings.Contains(bot.Fold(f.Place.Said), bot.Fold(f.Place.AreaName)) {
		return false
	}
	cs := t.Finder.Find(c.Words)
	if len(cs) == 0 || cs[0].Kind != place.KindArea || cs[0].P < fits || len(strings.Fields(c.Words)) > fewForArea {
		return false
	}
	in := area(cs[0].Choice)
	at := clonePlace(f.Place)
	at.Area, at.AreaName, at.District, at.DistrictName, at.Pin = in.Area, in.AreaName, in.District, in.DistrictName, nil
	f.Place, f.Where, f.Placed, f.Pinned, f.Hint = at, nil, true, false, ""
	return true
}

// sides takes a correction that tells what the place is beside and names nothing that is known ("eh salah, di depan indomaret"): that alone
// nobody would find, so it lies in the street and the kelurahan of the place as it was, as far as those are not denied.
func (t *telling) sides(c answer.Change) bool {
	f := t.form()
	was := f.Place
	if was.DistrictName == "" || was.Nowhere || was.Unknown || !place.Sided(c.Words) || leans(c.Words) || t.kind() == askNewPlace || f.Where != nil {
		return false
	}
	if !t.toldArea(was) && t.where().weigh(c.Words) >= place.Naming {
		return false
	}
	if cs := t.Finder.Find(c.Words); len(cs) > 0 && cs[0].P >= maybe {
		return false
	}
	denied := " " + bot.Fold(c.Not) + " "
	if was.AreaName != "" && strings.Contains(denied, " "+bot.Fold(was.AreaName)+" ") {
		return false
	}
	at := report.Place{Area: was.Area, AreaName: was.AreaName, District: was.District, DistrictName: was.DistrictName, Note: say.Clip(c.Words, 200)}
	if place.Addressed(was.Said) && !akin(was.Said, c.Not) {
		at.Said = was.Said
	} else if lane, _, _ := strings.Cut(was.Note, ", "); place.Addressed(lane) && !akin(lane, c.Not) {
		at.Said = lane
	}
	f.Place, f.Where, f.Placed, f.Pinned, f.Hint = at, nil, true, false, ""
	return true
}

// staysIn keeps the kelurahan of the place as it was for a lane or a street that was put in place of another ("ganti ke gang melati"), where
// the citizen had told it beside that one, and does not deny it. A kelurahan that only the lists know goes with the name it is of.
func (t *telling) staysIn(was report.Place, not string) {
	f := t.form()
	at := &f.Place
	if f.Where != nil || at.Said == "" || at.Area != "" || at.District != "" || at.Pin != nil || at.Whose != "" || was.Pin != nil || was.DistrictName == "" || !place.SameSort(at.Said, called(was)) {
		return
	}
	if denied := " " + bot.Fold(not) + " "; was.AreaName != "" && strings.Contains(denied, " "+bot.Fold(was.AreaName)+" ") || strings.Contains(denied, " "+bot.Fold(was.DistrictName)+" ") {
		return
	}
	if !t.toldArea(was) {
		return
	}
	at.Area, at.AreaName, at.District, at.DistrictName = was.Area, was.AreaName, was.District, was.DistrictName
}

// called are the words by which a place is called: a lane in a kelurahan stands beside that.
func called(p report.Place) string {
	if p.Said == "" {
		return p.Note
	}
	return p.Said
}

// toldArea reports whether the kelurahan of a place was told beside its name: the lists know no place of that name.
func (t *telling) toldArea(p report.Place) bool {
	cs := t.Finder.Find(called(p))
	return len(cs) == 0 || cs[0].P < maybe
}

// numbered are the numbers of an address: "RT 05", "RT 3/2", "blok C4", "no. 12".
var numbered = regexp.MustCompile(`(?i)\b(rt|rw|blok|blk|no|nomor|nomer)\.? *([0-9]{1,3}(?:/[0-9]{1,3})?[a-z]?|[a-z][0-9]{0,3})\b`)

// renumbers puts a number of the address right ("salah, RT 5"): what else was told of the place stays. false for words that tell more.
func (t *telling) renumbers(words string) bool {
	f := t.form()
	if !f.Place.Known() || f.Place.Nowhere || f.Place.Unknown {
		return false
	}
	told := numbered.FindAllString(words, -1)
	if rest := numbered.ReplaceAllString(words, ""); len(told) == 0 || strings.Trim(bot.Fold(rest), " ,.") != "" {
		return false
	}
	at := clonePlace(f.Place)
	for _, now := range told {
		sort := bot.Fold(numbered.FindStringSubmatch(now)[1])
		found := false
		anew := func(said string) string {
			return numbered.ReplaceAllStringFunc(said, func(was string) string {
				if bot.Fold(numbered.FindStringSubmatch(was)[1]) != sort {
					return was
				}
				found = true
				return now
			})
		}
		if at.Note, at.Said = anew(at.Note), anew(at.Said); !found {
			at.Note = say.Clip(joinWords(now, at.Note), 300)
		}
	}
	f.Place, f.Where, f.Placed, f.Hint = at, nil, true, ""
	return true
}

// leans reports whether words say where something is by a place that was told before: "di belakangnya", "seberangnya yang arah kantin".
func leans(words string) bool {
	return side(words) != ""
}

// side is the first word that leans on a place told before, without what it leans with: "belakang" of "belakangnya".
func side(words string) string {
	for w := range strings.FieldsSeq(bot.Fold(words)) {
		for _, end := range [...]string{"annya", "nya", "ana", "na", "ne", "e"} {
			s, ok := strings.CutSuffix(w, end)
			if !ok {
				continue
			}
			if slices.Contains(sides, s) {
				return s
			}
			if canon, faces := place.Faces(s); faces && len(s) > 3 {
				return canon
			}
			if canon, faces := place.Faces(w); faces && end == "nya" { // "blkangnya"
				return canon
			}
		}
	}
	return ""
}

// sideOf is the side of the place that is there, where words call that by what it is: "di samping pasar" of Pasar Rau.
func sideOf(words, said string) (side, rest string) {
	all := strings.Fields(bot.Fold(words))
	of := strings.Fields(bot.Fold(said))
	for i := 1; i < len(all); i++ {
		canon, faces := place.Faces(all[i-1])
		if !faces || len(of) == 0 {
			continue
		}
		for _, end := range [...]string{"", "nya", "na", "e", "ne"} {
			if noun, ok := strings.CutSuffix(all[i], end); ok && noun == of[0] {
				return canon, strings.Join(all[i+1:], " ")
			}
		}
	}
	return "", ""
}

// sides are the words for the side of a place.
var sides = []string{"belakang", "depan", "samping", "sebelah", "seberang", "sebrang", "dekat", "deket", "pinggir", "ujung", "pojok", "dalam", "luar", "atas", "bawah", "sekitar", "mburi", "arep", "tukang"}

// around is what words tell beside the side: "arah kantin" of "di belakangnya, yg arah kantin".
func around(words string) string {
	found := false
	var rest []string
	for w := range strings.FieldsSeq(words) {
		s := bot.Fold(w)
		switch {
		case !found && side(s) != "":
			found = true
		case len(rest) == 0 && slices.Contains([]string{"di", "d", "yang", "yg", "itu", "pas", "ya", "pak", "bu", "min", "agak", "sih", "lebih", "tepatnya", "persis", "ada"}, s):
		default:
			rest = append(rest, w)
		}
	}
	return strings.Trim(strings.Join(rest, " "), " ,.;")
}
