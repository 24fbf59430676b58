package meant

import (
	"slices"
	"strings"

	"rabeg/internal/place"
	"rabeg/internal/report"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// clearly is from which probability words name a place without a doubt (place.Candidate).
const clearly = 0.9

// Elsewhere reports whether words name another place than a report's: then they tell of another matter.
func Elsewhere(finder place.Finder, words string, rd understand.Reading, r report.Report) bool {
	if otherStreet(rd.Places, r) {
		return true
	}
	if r.Place.District == "" {
		return false
	}
	named := finder.Find(words)
	if spotter, ok := finder.(place.Spotter); ok {
		m, _ := spotter.In(words)
		named = m.Candidates
	}
	if len(named) == 0 || named[0].P < clearly {
		return false
	}
	there := named[0]
	return there.Whose != "" || there.Area != "" && r.Place.Area != "" && there.Area != r.Place.Area || there.District != "" && there.District != r.Place.District
}

// signs are the words before a proper name of a street or a quarter.
var signs = answer.ListOf("street-signs")

// otherStreet reports whether one of the places said is a street or a quarter that a report, which names such a one itself, does not. "Di pasar
// masih" names none.
func otherStreet(said []string, r report.Report) bool {
	told := strings.Fields(strings.ToLower(r.Place.Said + " " + r.Text))
	sign := func(w string) bool { return signs[w] }
	if !slices.ContainsFunc(told, sign) {
		return false
	}
	return slices.ContainsFunc(said, func(p string) bool {
		f := strings.Fields(strings.ToLower(p))
		at := slices.IndexFunc(f, sign)
		return at >= 0 && at+1 < len(f) && !stillSo[f[at+1]] && !slices.ContainsFunc(told, func(w string) bool { return strings.Trim(w, ".,;:!?()") == f[at+1] })
	})
}
