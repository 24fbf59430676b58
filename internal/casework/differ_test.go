package casework_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/report"
)

// Two reports are asked about before they are joined by what they differ in, and by nothing else.
func TestWhatTwoReportsDifferIn(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile()}
	at := time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)
	one := report.Report{ID: 1, Code: "CTH-PSES3-Y", Filed: at}
	one.Category, one.Place = "jalan", report.Place{District: "99.01.01", DistrictName: "Kota", Pin: &report.Pin{Lat: -6.12, Lon: 106.15}}
	for name, c := range map[string]struct {
		change func(*report.Report)
		want   string
	}{
		"the same": {func(*report.Report) {}, ""},
		"next door, next week": {func(r *report.Report) {
			r.Place.Pin, r.Filed = &report.Pin{Lat: -6.1204, Lon: 106.15}, at.AddDate(0, 0, 7)
		}, ""},
		"another matter":     {func(r *report.Report) { r.Category = "sampah" }, "kategori"},
		"no matter yet":      {func(r *report.Report) { r.Category = "" }, ""},
		"another kecamatan":  {func(r *report.Report) { r.Place.District, r.Place.DistrictName = "99.01.02", "Desa" }, "kecamatan (Kota, Desa)"},
		"no kecamatan known": {func(r *report.Report) { r.Place = report.Place{} }, ""},
		"far":                {func(r *report.Report) { r.Place.Pin = &report.Pin{Lat: -6.15, Lon: 106.15} }, "jarak (3,3 km)"},
		"long after":         {func(r *report.Report) { r.Filed = at.AddDate(0, 0, 40) }, "waktu (40 hari)"},
		"all of it": {func(r *report.Report) {
			r.Category, r.Place.District, r.Place.Pin, r.Filed = "sampah", "99.01.02", &report.Pin{Lat: -6.15, Lon: 106.15}, at.AddDate(0, -2, 0)
		}, "kategori;kecamatan;jarak;waktu"},
		"a part of it": {func(r *report.Report) { r.Category, r.PartOf = "sampah", &report.Joined{ID: 1, Code: one.Code} }, ""},
	} {
		two := one
		two.ID = 2
		c.change(&two)
		for _, got := range [][]string{o.Differ(one, two), o.Differ(two, one)} {
			var want []string
			if c.want != "" {
				want = strings.Split(c.want, ";")
			}
			if len(got) != len(want) {
				t.Errorf("%s: %q", name, got)
				continue
			}
			for i := range want {
				if !strings.HasPrefix(got[i], strings.Split(want[i], " (")[0]) {
					t.Errorf("%s: %q", name, got)
				}
			}
		}
		if got := strings.Join(o.Differ(one, two), ";"); strings.Contains(c.want, "(") && got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}
