package casework_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What a canned answer says of a report, and when it is none for it.
func TestFill(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	whole := report.Report{Code: "CTH-7K3MQ-9", Agency: "DISHUB", Filed: at, Due: at.Add(24 * time.Hour), Draft: report.Draft{
		Category: "penerangan_jalan", Text: "lampu Bu Tuti", Place: report.Place{Said: "rumah Bu Tuti", Note: "RT 9", AreaName: "Sukawana", DistrictName: "Kota", Pin: &report.Pin{Lat: -6, Lon: 106}}}}
	with := func(change func(*report.Report)) report.Report {
		r := whole
		change(&r)
		return r
	}
	for _, c := range []struct {
		words, lang string
		r           report.Report
		narrow      bool
		want        string // "" where it is no answer
	}{
		{words: "{nomor}, {kantor}", r: whole, want: "CTH-7K3MQ-9, Dinas Perhubungan"},
		{words: "{nomor}, {kantor}", r: with(func(r *report.Report) { r.Agency = "" }), want: "CTH-7K3MQ-9, petugas Diskominfo"},
		{words: "di {tempat}", r: whole, want: "di Kel. Sukawana, Kec. Kota"},
		{words: "di {tempat}", r: whole, narrow: true, want: "di Kec. Kota"},
		{words: "di {tempat}", r: with(func(r *report.Report) { r.Place = report.Place{Said: "rumah Bu Tuti"} })},
		{words: "di {tempat}", r: with(func(r *report.Report) { r.Place = report.Place{AreaName: "Sukawana"} }), narrow: true},
		{words: "sebelum {batas}", r: whole, want: "sebelum Selasa, 24 Nov"},
		{words: "by {batas}", lang: "en", r: whole, want: "by Tuesday, 24 Nov"},
		{words: "sebelum {batas}", r: with(func(r *report.Report) { r.Due = at })},
		{words: "sebelum {batas}", r: with(func(r *report.Report) { r.Due = time.Time{} })},
		{words: "sebelum {batas}", r: with(func(r *report.Report) { r.Answered = at })},
		{words: "{kategori} sejak {masuk}", r: whole, want: "Penerangan jalan (PJU) sejak Senin, 23 November 2026"},
		{words: "{kategori} since {masuk}", lang: "en", r: whole, want: "Street lights since Monday, 23 November 2026"},
		{words: "{kategori}", r: with(func(r *report.Report) { r.Category = "" })},
		{words: "di {kota}", r: whole, want: "di Kota Contoh"},
		{words: "{nama}", r: whole},
		{words: "tanpa apa-apa", r: report.Report{}, want: "tanpa apa-apa"},
	} {
		got, ok := o.Fill(c.words, c.r, c.lang, at, c.narrow)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q in %q (narrow: %v) is %q, %v; want %q", c.words, c.lang, c.narrow, got, ok, c.want)
		}
	}
	for _, name := range profile.Blanks() {
		if got, ok := o.Fill("{"+name+"}", whole, "id", at, false); !ok || strings.Contains(got, "Tuti") || strings.Contains(got, "RT 9") {
			t.Errorf("{%s} is %q, %v: each blank is filled, and with nothing that the citizen said", name, got, ok)
		}
	}
}
