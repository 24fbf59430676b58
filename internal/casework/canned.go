package casework

import (
	"time"

	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Fill puts the facts of a report into the blanks of a canned answer, in a language. ok is false where the report lacks one that is
// named: then it is no answer for it. narrow names no place finer than the kecamatan. What the citizen said is never filled in:
// followers read answers, too.
func (o *Office) Fill(words string, r report.Report, lang string, at time.Time, narrow bool) (filled string, ok bool) {
	v := say.For(o.Profile, lang)
	ok = profile.BadBlank(words) == ""
	filled = profile.FillBlanks(words, func(name string) string {
		fact := ""
		switch name {
		case "nomor":
			fact = string(r.Code)
		case "kategori":
			if _, known := o.Profile.Category(r.Category); known {
				fact = v.Category(r.Category)
			}
		case "kantor":
			fact = v.Office(r.Agency)
		case "tempat":
			place := r.Place
			if narrow {
				place = report.Place{DistrictName: place.DistrictName}
			}
			fact = say.Area(place)
		case "batas":
			if t, owed := r.Owes(); owed && t.Due.After(at) {
				fact = v.Due(t.Due)
			}
		case "masuk":
			fact = v.LongDay(r.Filed)
		case "kota":
			fact = o.Profile.City
		}
		ok = ok && fact != ""
		return fact
	})
	return filled, ok
}
