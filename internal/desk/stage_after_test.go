package desk_test

import (
	"strings"

	"rabeg/internal/report"
)

// afterwards is what the reporter does to the newest report after filing; nil for everything else.
func afterwards(verb, words string) report.Action {
	switch what, rest, _ := strings.Cut(verb, " "); what {
	case "sembunyikan":
		return report.Hide{Visibility: report.Visibility(rest), Words: words}
	case "tampilkan":
		return report.Reveal{Words: words}
	case "menarik":
		return report.Recall{Words: words}
	case "melanjutkan":
		return report.Resume{}
	case "menanyakan":
		return report.Urge{Words: words}
	case "bukanitu": // the words before were not meant for it
		return report.Add{Unmeant: true, Was: words}
	case "menolak": // the plan
		return report.Oppose{Words: words}
	case "pindah": // to another kecamatan, or to a neighbour's area
		if whose, ok := strings.CutPrefix(rest, "ke "); ok {
			return report.Add{Words: words, Place: &report.Place{Said: "sana", Whose: whose}}
		}
		return report.Add{Words: words, Place: &report.Place{Said: "sini", District: rest, DistrictName: "Baru"}}
	}
	return nil
}
