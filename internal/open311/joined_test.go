package open311_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
)

// Two neighbours tell of one hole. Once the reports are joined, whoever follows either reads once that it is the same matter, and at the
// joined one under which number the story goes on; nothing of who is behind the other. When that one may not be known any more, its number
// is told nowhere; parted again, nothing goes on elsewhere.
func TestJoinedReportsSaySoOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	into := w.files(morning, nil).Code
	joined := w.files(morning.Add(time.Minute), nil).Code
	other := w.files(morning.Add(time.Minute), nil).Code
	for _, code := range []report.Code{joined, other} {
		with, err := w.ByCode(t.Context(), into)
		w.must(err)
		w.does(code, morning.Add(time.Hour), report.Merge{Into: with})
	}
	w.clock(morning.Add(2 * time.Hour))
	const same = "hal yang sama"
	goesOn := "Kabar selanjutnya ada pada laporan " + string(into) + "."
	for _, code := range []report.Code{joined, other} {
		n, _ := w.both(d, "GET", "requests/"+string(code), "requests", 200, w.get)
		r := n.nodes[0]
		if r.value("status") != "closed" || r.value("detailed_status") != "duplicate" || strings.Count(r.value("status_notes"), same) != 1 || !strings.HasSuffix(r.value("status_notes"), goesOn) {
			t.Errorf("%s says %q", code, r.value("status_notes"))
		}
	}
	told := func(code report.Code) (said []string) {
		n, _ := w.both(d, "GET", "servicerequestupdates", "updates", 200, w.get)
		for _, u := range n.nodes {
			if u.value("service_request_id") == string(code) && u.value("status") == "duplicate" {
				said = append(said, u.value("description"))
			}
		}
		return said
	}
	if said := told(joined); len(said) != 1 || strings.Count(said[0], same) != 1 || !strings.HasSuffix(said[0], goesOn) {
		t.Errorf("the update says %q", said)
	}
	if said := told(into); len(said) != 0 {
		t.Errorf("the one that others joined says %q", said)
	}
	if body := w.get("requests/" + string(into) + ".xml").body; strings.Contains(body, string(joined)) || strings.Contains(body, string(other)) || strings.Contains(body, same) {
		t.Errorf("the one that others joined tells\n%s", body)
	}
	// It turns out to be about something that strangers must not know of.
	w.does(into, morning.Add(3*time.Hour), report.Categorise{Category: "pungli_integritas"})
	w.clock(morning.Add(4 * time.Hour))
	for _, call := range []string{"requests.xml", "requests.json", "requests/" + string(joined) + ".xml", "servicerequestupdates.xml", "servicerequestupdates.json"} {
		if a := w.get(call); strings.Contains(a.body, string(into)) || !strings.Contains(a.body, string(joined)) {
			t.Errorf("%s tells of what is hidden\n%s", call, a.body)
		}
	}
	from, err := w.ByCode(t.Context(), into)
	w.must(err)
	w.does(joined, morning.Add(6*time.Hour), report.Unmerge{From: from})
	w.clock(morning.Add(7 * time.Hour))
	if body := w.get("requests/" + string(joined) + ".xml").body; strings.Contains(body, string(into)) || !strings.Contains(body, "<status>open</status>") {
		t.Errorf("parted again it tells\n%s", body)
	}
	if said := told(joined); len(said) != 1 || strings.Contains(said[0], string(into)) {
		t.Errorf("parted again, its update says %q", said)
	}
}
