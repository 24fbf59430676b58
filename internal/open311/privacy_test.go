package open311_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/opendata"
	"rabeg/internal/report"
)

// secrets are what a stranger must find nowhere, by what it is.
type secrets map[string]string

// found lists what of it stands in a text.
func (s secrets) found(text string) (out []string) {
	for what, word := range s {
		if strings.Contains(strings.ToLower(text), strings.ToLower(word)) {
			out = append(out, what+" ("+word+")")
		}
	}
	return out
}

// A city with reports of every kind: a stranger who asks every call, in both formats, for everything and for each number, and reads the
// month's open data, finds no name, no phone, no chat, no exact point, and no word that anybody wrote; and of those that are confidential,
// sensitive or erased not even that they are there.
func TestAStrangerFindsNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	secret := secrets{"a name": "Asep Sunandar", "a chat": "628117", "a phone": "6281234567890", "an officer": "Rina Marlina", "an address": "Gang Melati 17", "a point": "-6.120347", "a point's other half": "106.150523",
		"an e-mail": "siti@example.com", "a name from other software": "Siti Aminah", "a client's key": key}
	var hidden, open []report.Code
	n := 0
	file := func(hide bool, change func(*report.Draft), then ...report.Action) report.Report {
		t.Helper()
		n++
		word := fmt.Sprintf("katarahasia%dx", n)
		secret[fmt.Sprint("the words of number ", n)] = word
		cause := fmt.Sprint("secret", n)
		id, code, err := w.NextID(t.Context(), cause)
		w.must(err)
		d := report.Draft{Kind: report.Complaint, Text: "Jalan rusak " + word, Category: "jalan_jembatan", Visibility: report.Normal,
			Place: report.Place{Said: "Gang Melati 17", Note: "rumah cat biru " + word, Pin: &report.Pin{Lat: -6.120347, Lon: 106.150523}, Area: w.Areas[0].Code, AreaName: w.Areas[0].Name, District: w.Areas[0].District, DistrictName: w.Areas[0].DistrictName}}
		if change != nil {
			change(&d)
		}
		r, b := w.office.Open(casework.Filing{ID: id, Code: code, Cause: cause, At: morning.Add(time.Duration(n) * time.Second), Reporter: bot.Address{Network: bot.WhatsApp, ID: "6281170001@s"},
			Person: bot.Person{ID: "6281170001", Name: "Asep Sunandar"}, Lang: "id", Draft: d, Served: func(string) bool { return n%2 == 0 }})
		w.must(w.Commit(t.Context(), b))
		for _, a := range then {
			w.does(code, morning.Add(time.Duration(n)*time.Second+time.Minute), a)
		}
		if hide {
			hidden = append(hidden, code)
		} else {
			open = append(open, code)
		}
		return r
	}
	words := func(n int) string { // of an officer
		word := fmt.Sprintf("katapetugas%dx", n)
		secret[fmt.Sprint("an officer's words ", n)] = word
		return "Yth. Asep Sunandar, " + word
	}
	for range opendata.K { // so many that the month tells of them exactly
		file(false, nil)
		file(false, func(d *report.Draft) { d.Visibility = report.Anonymous })
	}
	file(false, nil, report.Reply{Words: words(1)})
	file(false, nil, report.Ask{Words: words(2)})
	file(false, nil, report.Plan{Why: words(3), Until: morning.AddDate(0, 1, 0)})
	file(false, nil, report.Reject{Reason: "lokasi_tidak_ditemukan", Words: words(4)})
	file(false, nil, report.Note{Words: words(5)}, report.Forward{To: "DISHUB", Why: words(6)})
	file(true, func(d *report.Draft) { d.Visibility = report.Confidential }, report.Reply{Words: words(7)})
	file(true, func(d *report.Draft) { d.Category = "pungli_integritas" })
	file(true, nil, report.Reply{Words: words(8)}, report.Categorise{Category: "pungli_integritas"})
	w.erase(file(true, nil).Code)
	posted := func(form ...string) report.Code {
		n++
		word := fmt.Sprintf("katarahasia%dx", n)
		secret[fmt.Sprint("the words of number ", n)] = word
		return w.number(good(append(form, "description", "Lampu mati "+word, "email", "siti@example.com", "phone", "081234567890", "attribute[patokan]", "Gang Melati 17 "+word, "lat", "-6.120347", "long", "106.150523")...)...)
	}
	own := posted()
	open = append(open, own)
	if a := w.post("servicerequestupdates.xml", "api_key", key, "service_request_id", string(own), "update_id", "1", "description", words(9)); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	w.clock(morning.Add(time.Hour))

	looked := 0
	look := func(what, text string) {
		t.Helper()
		looked++
		if hits := secret.found(text); len(hits) > 0 {
			t.Errorf("%s tells %s\n%s", what, strings.Join(hits, ", "), text)
		}
		for _, code := range hidden {
			if strings.Contains(text, string(code)) {
				t.Errorf("%s tells of %s, which is hidden", what, code)
			}
		}
	}
	for _, f := range []string{"xml", "json"} {
		for _, call := range []string{"discovery.%s", "services.%s", "services/jalan_jembatan.%s", "requests.%s", "requests.%s?status=open", "requests.%s?status=closed", "requests.%s?service_code=jalan_jembatan",
			"servicerequestupdates.%s", "servicerequestupdates.%s?api_key=" + key} {
			look(call, w.get(fmt.Sprintf(call, f)).body)
		}
		for _, code := range open {
			a := w.get("requests/" + string(code) + "." + f)
			if look("the report "+string(code), a.body); a.status != http.StatusOK {
				t.Errorf("%s is not there: %d", code, a.status)
			}
		}
		none := w.get("requests/SRG-22222-2." + f)
		for _, code := range hidden {
			if a := w.get("requests/" + string(code) + "." + f); a.status != none.status || a.body != none.body {
				t.Errorf("%s, which is hidden, is answered otherwise than a number that nobody got: %d %s", code, a.status, a.body)
			}
		}
	}
	all, err := w.public.Displays(t.Context(), ledger.DisplayQuery{From: morning.AddDate(0, 0, -27), To: morning.AddDate(0, 0, 3)})
	w.must(err)
	s := opendata.Of(opendata.Order{Profile: w.Profile, Month: morning, Made: morning, License: "CC-BY-4.0", Key: []byte("k")}, all)
	var c, g bytes.Buffer
	w.must(s.CSV(&c))
	w.must(s.GeoJSON(&g))
	look("the month's CSV", c.String())
	look("the month's GeoJSON", g.String())
	if len(s.Rows)+s.Withheld != len(open) || len(s.Rows) < 2*opendata.K || strings.Contains(c.String(), string(open[0])) {
		t.Errorf("%d rows and %d withheld of %d reports", len(s.Rows), s.Withheld, len(open))
	}
	if looked < 40 || len(secret) < 25 || len(hidden) < 4 {
		t.Errorf("looked %d times for %d secrets and %d hidden reports: this tests little", looked, len(secret), len(hidden))
	}
	look("the log", w.logs.String())
	if hits := secret.found("… " + words(1)); len(hits) != 2 {
		t.Errorf("the search itself finds %s", hits)
	}
}

// erase takes the person and all words out of a report, as its keeping time or its reporter would.
func (w *world) erase(code report.Code) {
	w.Helper()
	w.does(code, morning.Add(2*time.Minute), report.Reject{Reason: "lokasi_tidak_ditemukan", Words: "tidak ada"})
	r, err := w.ByCode(w.Context(), code)
	w.must(err)
	facts, err := w.Facts(w.Context(), r.ID)
	w.must(err)
	after, changed, said := report.Erase(r, facts, report.Whose{Whole: true}, report.Fact{At: morning.Add(3 * time.Minute), By: report.Actor{Role: report.System}}, []byte("key"))
	w.must(w.Commit(w.Context(), ledger.Batch{Cause: "erase" + string(code), At: morning.Add(3 * time.Minute), Changes: []ledger.Change{
		ledger.Changed{Report: after, Was: r.Rev, Facts: []report.Fact{said}}, ledger.Redacted{Facts: changed}}}))
}
