package intake

import (
	"slices"
	"strings"

	"rabeg/bot"
	"rabeg/internal/place"
	"rabeg/internal/say"
	"rabeg/internal/understand/answer"
)

// A correction of the place may lean on the place that is corrected: "bukan di pasar rau, di belakangnya" is behind Pasar Rau. What was
// known of it stays, and only where it is beside it is told anew.

// refines takes such a correction; false for words that name a place of their own.
func (t *telling) refines(words string) bool {
	f := t.form()
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

// inOtherArea takes "bukan kaligandu, penancangan" of a street or a shop in Kaligandu: that stays, and lies in the other kelurahan.
func (t *telling) inOtherArea(c answer.Change) bool {
	f := t.form()
	if f.Place.Said == "" || f.Place.AreaName == "" || t.kind() == askNewPlace {
		return false
	}
	not := strings.Fields(bot.Fold(c.Not))
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

// leans reports whether words say where something is by a place that was told before: "di belakangnya", "seberangnya yang arah kantin".
func leans(words string) bool {
	return side(words) != ""
}

// side is the first word that leans on a place told before, without what it leans with: "belakang" of "belakangnya".
func side(words string) string {
	for w := range strings.FieldsSeq(bot.Fold(words)) {
		for _, end := range [...]string{"annya", "nya", "ne", "e"} {
			if s, ok := strings.CutSuffix(w, end); ok && slices.Contains(sides, s) {
				return s
			}
		}
	}
	return ""
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
