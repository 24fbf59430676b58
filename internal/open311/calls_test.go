package open311_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// Every call that reads × what may be said with it, in both formats: the status, the shape, and what is found.
func TestReading(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	d := w.described()
	lamp := w.files(morning.Add(-3*time.Hour), func(d *report.Draft) { d.Category, d.Text = "penerangan_jalan", "Lampu mati" })
	road := w.files(morning.Add(-2*time.Hour), nil)
	old := w.files(morning.AddDate(0, 0, -120), nil)
	done := w.files(morning.Add(-time.Hour), nil)
	w.does(done.Code, morning.Add(-30*time.Minute), report.Reject{Reason: "lokasi_tidak_ditemukan", Words: "Tempatnya tidak dapat dipastikan."})
	hidden := w.files(morning.Add(-time.Hour), func(d *report.Draft) { d.Visibility = report.Confidential })
	at := func(at time.Time) string { return url.QueryEscape(at.In(jakarta).Format(time.RFC3339)) }
	all := []report.Report{done, road, lamp}
	for _, c := range []struct {
		path, shape string
		status      int
		want        []report.Report // nil: not looked at
	}{
		{path: "discovery", shape: "discovery", status: 200},
		{path: "services", shape: "services", status: 200},
		{path: "services?jurisdiction_id=serang", shape: "services", status: 200},
		{path: "services?jurisdiction_id=36.73", shape: "services", status: 200},
		{path: "services?jurisdiction_id=jakarta", status: 404},
		{path: "services?jurisdiction_id=serang&jurisdiction_id=serang", status: 400},
		{path: "services?x=%zz", status: 400},
		{path: "services/penerangan_jalan", shape: "definition", status: 200},
		{path: "services/perizinan", shape: "definition", status: 200},
		{path: "services/lampu", status: 404},
		{path: "services/pungli_integritas", status: 404}, // sensitive: nobody files that through a stranger
		{path: "services/luar_kewenangan", status: 200, shape: "definition"},
		{path: "requests", shape: "requests", status: 200, want: all},
		{path: "requests?status=open", shape: "requests", status: 200, want: []report.Report{road, lamp}},
		{path: "requests?status=closed", shape: "requests", status: 200, want: []report.Report{done}},
		{path: "requests?status=open,closed", shape: "requests", status: 200, want: all},
		{path: "requests?status=OPEN", shape: "requests", status: 200, want: []report.Report{road, lamp}},
		{path: "requests?status=done", status: 400},
		{path: "requests?service_request_id=&service_code=&status=open&start_date=&end_date=", shape: "requests", status: 200, want: []report.Report{road, lamp}}, // a form that was filled in in part
		{path: "requests?status=open,,closed", status: 400},
		{path: "requests?service_code=penerangan_jalan", shape: "requests", status: 200, want: []report.Report{lamp}},
		{path: "requests?service_code=penerangan_jalan,jalan_jembatan", shape: "requests", status: 200, want: all},
		{path: "requests?service_code=lampu", status: 404},
		{path: "requests?service_code=parkir", shape: "requests", status: 200, want: []report.Report{}},
		{path: "requests?service_request_id=" + string(lamp.Code), shape: "requests", status: 200, want: []report.Report{lamp}},
		{path: "requests?service_request_id=" + string(lamp.Code) + "," + string(old.Code), shape: "requests", status: 200, want: []report.Report{lamp, old}},
		{path: "requests?service_request_id=" + string(lamp.Code) + "," + string(hidden.Code), shape: "requests", status: 200, want: []report.Report{lamp}},
		{path: "requests?service_request_id=" + string(old.Code) + "&status=closed&start_date=x", shape: "requests", status: 200, want: []report.Report{old}}, // overrides all else
		{path: "requests?service_request_id=SRG-22222-2", status: 404},
		{path: "requests?service_request_id=" + string(hidden.Code), status: 404},
		{path: "requests?service_request_id=" + strings.Repeat("1,", 101) + "1", status: 404},
		{path: "requests?start_date=" + at(morning.Add(-150*time.Minute)), shape: "requests", status: 200, want: []report.Report{done, road}},
		{path: "requests?end_date=" + at(morning.Add(-2*time.Hour)), shape: "requests", status: 200, want: []report.Report{road, lamp}},
		{path: "requests?start_date=" + at(road.Filed) + "&end_date=" + at(road.Filed), shape: "requests", status: 200, want: []report.Report{road}},
		{path: "requests?start_date=2026-11-28T07:00:00+07:00", shape: "requests", status: 200, want: []report.Report{done, road}}, // the plus as it stands
		{path: "requests?start_date=2026-11-28", shape: "requests", status: 200, want: all},
		{path: "requests?start_date=2026-11-28T00:00:00Z", shape: "requests", status: 200, want: []report.Report{done, road}},
		{path: "requests?start_date=2026-08-01T00:00:00Z&end_date=2026-10-30T00:00:00Z", shape: "requests", status: 200, want: []report.Report{old}[:0]},
		{path: "requests?start_date=2026-07-01T00:00:00Z&end_date=2026-09-29T00:00:00Z", shape: "requests", status: 200, want: []report.Report{old}},
		{path: "requests?start_date=2026-08-01T00:00:00Z&end_date=2026-10-30T00:00:01Z", status: 400}, // more than 90 days
		{path: "requests?start_date=2026-11-28T00:00:00Z&end_date=2026-11-27T00:00:00Z", status: 400},
		{path: "requests?start_date=kemarin", status: 400},
		{path: "requests?end_date=2026-13-01", status: 400},
		{path: "requests?start_date=2026-11-28&start_date=2026-11-27", status: 400},
		{path: "requests?jurisdiction_id=jakarta", status: 404},
		{path: "requests/" + string(lamp.Code), shape: "requests", status: 200, want: []report.Report{lamp}},
		{path: "requests/" + strings.ToLower(strings.ReplaceAll(string(lamp.Code), "-", "")), shape: "requests", status: 200, want: []report.Report{lamp}},
		{path: "requests/" + string(old.Code), shape: "requests", status: 200, want: []report.Report{old}},
		{path: "requests/" + string(hidden.Code), status: 404},
		{path: "requests/12", status: 404},
		{path: "requests/" + string(lamp.Code) + "," + string(road.Code), status: 404},
		{path: "tokens/nosuch", status: 404},
		{path: "tokens/" + strings.Repeat("t", 400), status: 404},
		{path: "servicerequestupdates", shape: "updates", status: 200},
		{path: "servicerequestupdates?start_date=2026-11-28T00:00:00Z&end_date=2026-11-28T12:00:00Z", shape: "updates", status: 200},
		{path: "servicerequestupdates?start_date=x", status: 400},
		{path: "servicerequestupdates?start_date=2026-01-01&end_date=2026-11-01", status: 400},
		{path: "servicerequestupdates?api_key=" + key, shape: "updates", status: 200},
		{path: "servicerequestupdates?api_key=wrong", status: 403},
		{path: "servicerequestupdates?api_key=" + endedKey, status: 403},
		{path: "servicerequestupdates?api_key=", status: 403},
	} {
		x, _ := w.both(d, http.MethodGet, c.path, c.shape, c.status, w.get)
		if c.want == nil || c.status != 200 {
			continue
		}
		var got, want []string
		for _, n := range x.nodes {
			got = append(got, n.value("service_request_id"))
		}
		for _, r := range c.want {
			want = append(want, string(r.Code))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s finds %s, want %s", c.path, got, want)
		}
	}
}

// What other methods and addresses get.
func TestOtherCalls(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "", 404, ""}, {"GET", "services", 404, ""}, {"GET", "services.yaml", 404, ""}, {"GET", "nothing.xml", 404, ""}, {"GET", "requests/.xml", 404, ""},
		{"GET", "requests/a/b.xml", 404, ""}, {"GET", "tokens.xml", 404, ""}, {"GET", "discovery/x.xml", 404, ""}, {"HEAD", "services.xml", 200, ""},
		{"POST", "services.xml", 405, "GET, HEAD"}, {"DELETE", "requests.xml", 405, "GET, HEAD, POST"}, {"PUT", "requests/SRG-22222-2.json", 405, "GET, HEAD"},
		{"POST", "requests.xml", 415, ""}, {"GET", "openapi.json", 200, ""},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, "/open311/v2/"+c.path, strings.NewReader(""))
		w.must(err)
		a := w.do(r)
		if a.status != c.status || a.header.Get("Allow") != c.allow {
			t.Errorf("%s %s: %d, allows %q", c.method, c.path, a.status, a.header.Get("Allow"))
		}
		if c.method == "HEAD" && a.body != "" {
			t.Errorf("HEAD has a body: %s", a.body)
		}
		if a.status >= 400 && !strings.HasSuffix(c.path, ".json") {
			if n, err := parse(a.body); err != nil || shapes()["errors"].check(n) != nil {
				t.Errorf("%s %s: %v\n%s", c.method, c.path, err, a.body)
			}
		}
	}
}

// One report as it is told: in the two words of the standard and in finer ones, about where it is, with no word of anybody's.
func TestOneRequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.files(morning.Add(-time.Hour), nil)
	w.does(r.Code, morning, report.Reply{Words: "Pak Budi Santoso 081234567890 akan datang besok"})
	n, err := parse(w.get("requests/" + string(r.Code) + ".xml").body)
	w.must(err)
	one := n.nodes[0]
	for name, want := range map[string]string{
		"service_request_id": string(r.Code), "status": "open", "detailed_status": "in_progress", "service_code": "jalan_jembatan", "description": "", "requested_datetime": "2026-11-28T08:00:00+07:00",
		"updated_datetime": "2026-11-28T09:00:00+07:00", "address": "Kel. " + r.Place.AreaName + ", Kec. " + r.Place.DistrictName, "address_id": r.Place.Area, "lat": "-6.12045", "long": "106.15095", "zipcode": "", "media_url": "",
	} {
		if got := one.value(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if one.value("agency_responsible") == "" || one.value("status_notes") != "Sedang ditangani." {
		t.Errorf("%+v", one)
	}
	if body := w.get("servicerequestupdates.xml").body; strings.Contains(body, "in_progress") {
		t.Errorf("what may still be taken back is told\n%s", body)
	}
	w.clock(morning.Add(time.Minute))
	body := w.get("servicerequestupdates.xml").body
	if !strings.Contains(body, "<status>in_progress</status>") || strings.Contains(body, "Budi") || strings.Contains(body, "0812") {
		t.Errorf("its updates are\n%s", body)
	}
}

// A thousand reports are the most that one answer has.
func TestAThousandAtMost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	all := ledger.Batch{Cause: "many", At: morning}
	drawn := map[report.Code]bool{}
	for len(drawn) < 1005 {
		r, b := w.opened(morning.Add(-time.Duration(len(drawn))*time.Minute), nil)
		if !drawn[r.Code] { // of a thousand that are only drawn two may be the same
			drawn[r.Code] = true
			all.Add(b)
		}
	}
	w.must(w.Commit(t.Context(), all))
	n, err := parse(w.get("requests.xml").body)
	w.must(err)
	if len(n.nodes) != 1000 {
		t.Errorf("%d reports in one answer", len(n.nodes))
	}
	var last string
	for i, c := range n.nodes {
		if at := c.value("requested_datetime"); i > 0 && at > last {
			t.Fatalf("number %d is newer than the one before it", i)
		} else {
			last = at
		}
	}
}
