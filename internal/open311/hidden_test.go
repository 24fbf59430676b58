package open311_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/opendata"
	"rabeg/internal/report"
)

// citizen lets whoever filed a report act.
func (w *world) citizen(code report.Code, at time.Time, a report.Action) {
	w.Helper()
	w.n++
	r, err := w.ByCode(w.Context(), code)
	w.must(err)
	facts, err := w.Facts(w.Context(), r.ID)
	w.must(err)
	_, b, err := w.office.Act(r, report.Actor{Role: report.Citizen, Chat: r.Reporter}, a, casework.Occasion{Cause: fmt.Sprint("citizen", w.n), At: at, Facts: facts, Served: func(string) bool { return true }})
	w.must(err)
	w.must(w.Commit(w.Context(), b))
}

// What becomes hidden after it was told is told to nobody any more: neither by its number, nor in a list, nor in the updates, nor in the month's
// open data, nor by a report that was joined with it; and of what was cleared of it nothing is left.
func TestWhatIsHiddenLaterIsToldNoMore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	later := func(n int) time.Time { return morning.Add(time.Duration(n) * time.Minute) }
	var hidden []report.Code
	for i := range 4 {
		r := w.files(later(i), func(d *report.Draft) { d.Text = fmt.Sprint("jalan rusak katarahasia", i) })
		w.does(r.Code, later(i), report.Reply{Words: "Yth. Asep, kami datang"}, report.Expose{Words: fmt.Sprint("Kalimat umum ", i)})
		hidden = append(hidden, r.Code)
	}
	with, err := w.ByCode(t.Context(), hidden[0])
	w.must(err)
	joined := w.files(later(5), nil).Code
	w.does(joined, later(6), report.Merge{Into: with})
	nameless := w.files(later(7), nil).Code
	w.clock(later(60))
	before := w.get("requests.xml").body
	for i, code := range hidden {
		if !strings.Contains(before, string(code)) || !strings.Contains(before, fmt.Sprint("Kalimat umum ", i)) {
			t.Fatalf("%s was not told before: this tests nothing", code)
		}
	}
	w.citizen(hidden[0], later(61), report.Hide{Visibility: report.Confidential})
	w.citizen(hidden[1], later(61), report.Recall{Words: "sudah beres sendiri"})
	w.does(hidden[2], later(61), report.Categorise{Category: "pungli_integritas"})
	w.erase(hidden[3])
	w.citizen(nameless, later(61), report.Hide{Visibility: report.Anonymous})
	w.clock(later(120))

	all, err := w.public.Displays(t.Context(), ledger.DisplayQuery{From: morning.AddDate(0, 0, -27), To: morning.AddDate(0, 0, 3)})
	w.must(err)
	s := opendata.Of(opendata.Order{Profile: w.Profile, Month: morning, Made: morning, License: "CC-BY-4.0", Key: []byte("k")}, all)
	var csv, geo bytes.Buffer
	w.must(s.CSV(&csv))
	w.must(s.GeoJSON(&geo))
	told := map[string]string{"the CSV": csv.String(), "the GeoJSON": geo.String()}
	for _, f := range []string{"xml", "json"} {
		for _, call := range []string{"requests.%s", "requests.%s?status=closed", "requests/" + string(joined) + ".%s", "requests/" + string(nameless) + ".%s", "servicerequestupdates.%s", "services.%s"} {
			told[call+f] = w.get(fmt.Sprintf(call, f)).body
		}
		for _, code := range hidden {
			if a := w.get("requests/" + string(code) + "." + f); a.status != 404 || a.body != w.get("requests/SRG-22222-2."+f).body {
				t.Errorf("%s is answered otherwise than what is not there: %d %s", code, a.status, a.body)
			}
		}
	}
	for what, text := range told {
		for _, code := range hidden {
			if strings.Contains(text, string(code)) {
				t.Errorf("%s tells of %s", what, code)
			}
		}
		for _, secret := range []string{"Kalimat umum", "katarahasia", "Asep", "sudah beres sendiri", "628117"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %q", what, secret)
			}
		}
	}
	if body := told["requests/"+string(nameless)+".%sxml"]; !strings.Contains(body, "<lat></lat>") && !strings.Contains(body, "<lat/>") {
		t.Errorf("who became nameless is told by the place:\n%s", body)
	}
	if rows := len(s.Rows) + s.Withheld; rows != 2 {
		t.Errorf("the month has %d reports, want the joined and the nameless one", rows)
	}
}
