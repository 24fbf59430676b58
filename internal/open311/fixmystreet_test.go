package open311_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/internal/report"
)

// street is a site of FixMyStreet: it asks and sends as that software's client does, with the parameters that it adds beside the
// standard's, and reads what it reads.
type street struct {
	*world
	key string
}

// asks is a call that reads. The client names the government only where it was told one.
func (s street) asks(call string, more ...string) node {
	s.Helper()
	q := url.Values{}
	for i := 0; i+1 < len(more); i += 2 {
		q.Add(more[i], more[i+1])
	}
	path := call + ".xml"
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return s.read(call, s.get(path))
}

func (s street) read(call string, a answer) node {
	s.Helper()
	n, err := parse(a.body)
	if a.status != http.StatusOK || err != nil {
		s.Fatalf("%s: %d %v\n%s", call, a.status, err, a.body)
	}
	return n
}

// told is the form of a report: the title, the text and the report's address on that site in one description, a name in two halves of which
// the second may be empty, and answers to questions of other cities.
func (s street) told(more ...string) []string {
	return append([]string{"jurisdiction_id", "serang", "api_key", s.key, "service_code", "penerangan_jalan",
		"description", "Lampu mati\n\ndetail: Lampu di depan pasar mati sejak kemarin.\n\nurl: https://fms.example.org/report/17\n\nSubmitted via FixMyStreet\n",
		"first_name", "Siti", "last_name", "", "email", "siti@example.com", "lat", "-6.120312", "long", "106.150523",
		"attribute[easting]", "412345", "attribute[northing]", "289", "attribute[fixmystreet_id]", "17", "attribute[title]", "Lampu mati", "attribute[report_url]", "https://fms.example.org/report/17",
		"attribute[closest_address]", "", "deviceid", "iphone", "account_id", "17"}, more...)
}

// Everything that FixMyStreet's client asks of a server, call by call, in the order in which a site meets it.
func TestAsFixMyStreetAsks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	s := street{w, key}

	// It reads the services, with the group of each, and what each of them asks.
	services := s.asks("services")
	if len(services.nodes) < 10 {
		t.Fatalf("%d services", len(services.nodes))
	}
	for _, n := range services.nodes {
		if n.value("group") == "" || strings.Contains(n.value("service_code"), "/") {
			t.Errorf("the service %q has the group %q", n.value("service_code"), n.value("group"))
		}
		if n.value("metadata") == "true" {
			s.asks("services/"+n.value("service_code"), "jurisdiction_id", "serang")
		}
	}

	// It sends a report with photos by address, a phone, and as a form in parts.
	own := s.read("a report", w.post("requests.xml", s.told("phone", "0812-3456-7890", "media_url", "https://fms.example.org/photo/17.0.full.jpeg?1", "media_url", "https://fms.example.org/photo/17.1.full.jpeg?1")...))
	code := own.nodes[0].value("service_request_id")
	r, err := w.ByCode(t.Context(), report.Code(code))
	w.must(err)
	if !strings.Contains(r.Text, "depan pasar") || r.ReporterName != "Siti" {
		t.Errorf("it is filed as %q of %q", r.Text, r.ReporterName)
	}
	facts, err := w.Facts(t.Context(), r.ID)
	w.must(err)
	if n := len(facts[0].Photos); n != 2 {
		t.Errorf("it has %d photos", n)
	}
	parts := s.told()
	parts[7] = "Lampu di gang mati\n\ndetail: dua lampu\n\nurl: https://fms.example.org/report/18\n"
	again := s.read("a report in parts", w.parts("requests.xml", []file{{"photo1", "18.0.jpeg", picture(t)}, {"photo2", "18.1.jpeg", picture(t)}}, parts...))
	if again.nodes[0].value("service_request_id") == code {
		t.Error("another report got the same number")
	}

	// A site that is answered with a token asks for the number up to five times.
	token := s.read("a report for a token", w.post("requests.xml", street{w, tokenKey}.told()...)).nodes[0].value("token")
	if got := s.asks("tokens/"+token, "jurisdiction_id", "serang").nodes[0]; token == "" || got.value("token") != token || got.value("service_request_id") == "" {
		t.Errorf("the token %q leads to %q", token, got.value("service_request_id"))
	}

	// It sends updates: in the standard's way, and in that of the sites which name their ids otherwise.
	for i, form := range [][]string{
		{"update_id", "40", "status", "OPEN", "phone", "0812-3456-7890"},
		{"update_id", "41", "status", "FIXED", "media_url", "https://fms.example.org/photo/c/41.0.full.jpeg"},
		{"update_id_ext", "42", "service_request_id_ext", "17", "public_anonymity_required", "TRUE", "status", "REOPEN"},
		{"update_id_ext", "43", "service_request_id_ext", "17", "public_anonymity_required", "FALSE", "status", "INVESTIGATING", "email_alerts_requested", "FALSE", "title", "Bu"},
		{"update_id", "44", "status", "ACTION_SCHEDULED", "service_code", "penerangan_jalan"},
	} {
		for _, f := range []int{1, 2} { // and again, where it heard nothing
			a := w.post("servicerequestupdates.xml", append([]string{"jurisdiction_id", "serang", "api_key", key, "service_request_id", code, "updated_datetime", "2026-11-28T09:00:00Z",
				"description", "Masih mati.", "first_name", "Siti", "last_name", "-", "email", "siti@example.com"}, form...)...)
			if want := map[int]int{1: http.StatusOK, 2: http.StatusBadRequest}[f]; a.status != want {
				t.Errorf("update %d, time %d: %d %s", i, f, a.status, a.body)
			}
			if f == 1 && !strings.Contains(a.body, "<update_id>"+form[1]+"</update_id>") {
				t.Errorf("update %d: %s", i, a.body)
			}
		}
	}

	// It fetches updates in windows that overlap, with its key beside them, in each way in which its dates are written; none is lost, and each
	// lies inside its window.
	w.does(report.Code(code), morning.Add(time.Hour), report.Forward{To: "DISHUB", Why: "lampu"})
	w.does(report.Code(code), morning.Add(90*time.Minute), report.Reply{Words: "Kami datang besok."})
	w.does(report.Code(code), morning.Add(3*time.Hour), report.Plan{Why: "suku cadang", Until: morning.AddDate(0, 0, 9)})
	w.clock(morning.Add(4 * time.Hour))
	var ids []string
	for at := morning.Add(-time.Hour); at.Before(morning.Add(4 * time.Hour)); at = at.Add(time.Hour) {
		end := at.Add(time.Hour + time.Minute)
		for _, write := range []func(time.Time) string{
			func(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05Z") },
			func(at time.Time) string { return at.In(jakarta).Format("2006-01-02T15:04:05-07:00") },
			func(at time.Time) string { return at.UTC().Format("2006-01-02T15:04:05.000000000+00:00") },
		} {
			for _, u := range s.asks("servicerequestupdates", "jurisdiction_id", "serang", "api_key", key, "start_date", write(at), "end_date", write(end)).nodes {
				when, err := time.Parse(time.RFC3339, u.value("updated_datetime"))
				if err != nil || when.Before(at) || when.After(end) || u.value("service_request_id") != code || u.value("update_id") == "" || u.value("description") == "" {
					t.Errorf("from %s: %v %+v", at, err, u)
				}
				if !slices.Contains(ids, u.value("update_id")) {
					ids = append(ids, u.value("update_id"))
				}
			}
		}
	}
	if len(ids) != 3 {
		t.Errorf("it hears of the updates %s", ids)
	}

	// It fetches reports: of a window, of numbers, and its own one.
	for _, more := range [][]string{{"start_date", "2026-11-28T00:00:00Z", "end_date", "2026-11-28T23:59:59Z"}, {"service_request_id", code}, {"service_request_id", code + "," + code}, {"jurisdiction_id", "serang", "api_key", key}} {
		n := s.asks("requests", more...)
		found := slices.ContainsFunc(n.nodes, func(r node) bool {
			return r.value("service_request_id") == code && r.value("lat") != "" && r.value("long") != "" && r.value("requested_datetime") != "" && r.value("service_code") == "penerangan_jalan"
		})
		if !found {
			t.Errorf("%s does not find it: %+v", fmt.Sprint(more), n)
		}
	}
	// Of what went wrong it shows people the code and the words.
	if a := w.post("requests.xml", s.told("lat", "51.5")...); a.status != http.StatusBadRequest || !strings.Contains(a.body, "<code>400</code>") {
		t.Errorf("%d %s", a.status, a.body)
	}
}
