package public_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
)

// The page of a report that was joined says once that there is another of the same, and leads to where its story goes on; of who is behind
// either it says nothing. The other's page names none of those that joined it. Where that one may not be known any more, its number is gone.
func TestAJoinedReportLeadsOn(t *testing.T) {
	t.Parallel()
	w := newTown(t)
	into := w.lamp()
	o := report.Origin(into)
	o.ID, o.Code, o.ReporterName = 940001, w.code(940001), "Nyai Rahasia"
	r := w.tell(o, report.Fact{What: report.WasFiled, Category: "penerangan_jalan", Words: "lampu mati juga", By: report.Actor{Role: report.Citizen, Name: "Nyai Rahasia"}, Place: &report.Place{}, Agency: "DISHUB"},
		report.Fact{What: report.WasAssigned, Agency: "DISHUB", By: report.Actor{Role: report.System}},
		report.Fact{What: report.WasMerged, With: &report.Joined{ID: into.ID, Code: into.Code}, By: report.Actor{Role: report.Operator, Name: "Budi Petugas", Home: "DISHUB"}})
	into = w.tell(into, report.Fact{What: report.WasJoined, With: &report.Joined{ID: r.ID, Code: r.Code, Came: []report.Follower{{Chat: into.Reporter}}}})
	for lang, says := range map[string][2]string{"": {"hal yang sama", "Kabar selanjutnya ada di laporan"}, "/en": {"another report of the same", "What happens next is told at report"}} {
		page := w.get(lang + "/laporan/" + string(r.Code)).Body.String()
		link := `href="` + lang + "/laporan/" + string(into.Code) + `"`
		if strings.Count(page, says[0]) != 1 || strings.Count(page, says[1]) != 1 || strings.Count(page, link) != 1 || strings.Contains(page, "Nyai") || strings.Contains(page, "Budi") {
			t.Errorf("%s: it says\n%s", lang, page)
		}
		if other := w.get(lang + "/laporan/" + string(into.Code)).Body.String(); strings.Contains(other, string(r.Code)) || strings.Contains(other, "Nyai") {
			t.Errorf("%s: the other says\n%s", lang, other)
		}
	}
	w.tell(into, report.Fact{What: report.WasHidden, Visibility: report.Confidential})
	w.now = w.now.Add(10 * time.Second)
	for _, lang := range []string{"", "/en"} {
		if page := w.get(lang + "/laporan/" + string(r.Code)); page.Code != http.StatusOK || strings.Contains(page.Body.String(), string(into.Code)) {
			t.Errorf("%s: it leads to what is hidden\n%s", lang, page.Body)
		}
	}
}
