package opendata_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/opendata"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

var serang = sync.OnceValue(func() *profile.Profile {
	p, err := profile.Builtin("serang")
	if err != nil {
		panic(err)
	}
	return p
})

// month makes n reports of a month, by chance, in few places so that some are alike and some are not.
func month(r *rand.Rand, n int) []report.Display {
	p := serang()
	offices := map[string]string{} // of kecamatan
	for _, ag := range p.Agencies {
		if ag.District != "" {
			offices[ag.District] = ag.Code
		}
	}
	var all []report.Display
	for i := range n {
		a, c := p.Areas[int(r.ExpFloat64()*4)%len(p.Areas)], p.Categories[int(r.ExpFloat64()*3)%len(p.Categories)]
		d := report.Display{Report: report.ID(i + 1), Code: report.NewCode("SRG", uint64(i+1)), Kind: report.Complaint, Status: report.Assigned, Category: c.Code, Office: "DISHUB",
			Area: a.Code, District: a.District, Filed: time.Date(2026, 10, 1+r.IntN(31), r.IntN(24), r.IntN(60), 0, 0, p.Location())}
		if own, has := offices[a.District]; has && r.IntN(3) == 0 {
			d.Office = own
		}
		if r.IntN(3) > 0 {
			d.Spot = &report.Pin{Lat: -6.12 - float64(r.IntN(4))*0.0009, Lon: 106.15}
		}
		if r.IntN(4) == 0 {
			d.Area, d.Spot = "", nil
		}
		if r.IntN(9) == 0 {
			d.District, d.Area, d.Spot = "", "", nil
		}
		if r.IntN(2) == 0 {
			d.Answered = d.Filed.Add(time.Duration(r.IntN(200)) * time.Hour)
		}
		all = append(all, d)
	}
	return all
}

func sheet(all []report.Display) opendata.Sheet {
	p := serang()
	return opendata.Of(opendata.Order{Profile: p, Month: time.Date(2026, 10, 1, 0, 0, 0, 0, p.Location()), Made: time.Date(2026, 11, 29, 0, 0, 0, 0, p.Location()),
		License: "CC-BY-4.0", Key: []byte("key")}, all)
}

// Whatever the reports of a month are: of what a row says of category and place there are K at least, of a square too, and the office of a kecamatan
// tells no other place; and each report is one row or withheld.
func TestFewAlikeAreToldCoarser(t *testing.T) {
	t.Parallel()
	seen, local := map[opendata.Precision]int{}, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		all := month(r, r.IntN(120))
		s := sheet(all)
		if len(s.Rows)+s.Withheld != len(all) {
			t.Fatalf("seed %d: %d rows and %d withheld of %d", seed, len(s.Rows), s.Withheld, len(all))
		}
		if s.Withheld >= opendata.K {
			t.Fatalf("seed %d: %d are withheld that are alike", seed, s.Withheld)
		}
		cells, squares := map[string]int{}, map[string]int{}
		for _, x := range s.Rows {
			cells[x.Category+"/"+x.District+"/"+x.Area]++
			if x.Precision == opendata.Square {
				squares[fmt.Sprint(x.Category, "/", x.District, "/", x.Area, " ", *x.Point)]++
			}
			if ag, ok := serang().Agency(x.Office); ok && ag.District != "" {
				local++
				if ag.District != x.District {
					t.Fatalf("seed %d: a row that tells %q is with the office of %s", seed, x.District, ag.Name)
				}
			}
			seen[x.Precision]++
			if (x.Point == nil) != (x.Precision == opendata.City) {
				t.Fatalf("seed %d: %s with a point at %v", seed, x.Precision, x.Point)
			}
		}
		for cell, n := range cells {
			if n < opendata.K {
				t.Fatalf("seed %d: %d reports alone in %s", seed, n, cell)
			}
		}
		for at, n := range squares {
			if n < opendata.K {
				t.Fatalf("seed %d: %d reports alone at %s", seed, n, at)
			}
		}
	}
	for _, p := range []opendata.Precision{opendata.Square, opendata.Area, opendata.District, opendata.City} {
		if seen[p] == 0 {
			t.Errorf("no row was told by %s: this tests little", p)
		}
	}
	if local == 0 {
		t.Error("no row was with the office of a kecamatan: this tests little")
	}
}

// Numbers of reports stand nowhere, and what a row is called does not lead back to one without the key.
func TestNoNumber(t *testing.T) {
	t.Parallel()
	all := month(rand.New(rand.NewPCG(7, 7)), 200)
	s := sheet(all)
	var c, g bytes.Buffer
	if err := s.CSV(&c); err != nil {
		t.Fatal(err)
	}
	if err := s.GeoJSON(&g); err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if strings.Contains(c.String(), string(d.Code)) || strings.Contains(g.String(), string(d.Code)) {
			t.Fatalf("%s stands there", d.Code)
		}
	}
	p := serang()
	other := opendata.Of(opendata.Order{Profile: p, Month: time.Date(2026, 10, 1, 0, 0, 0, 0, p.Location()), Key: []byte("another")}, all)
	again := sheet(all)
	if again.Rows[0].ID != s.Rows[0].ID || other.Rows[0].ID == s.Rows[0].ID {
		t.Error("the names do not depend on the key alone")
	}
}

// Both files have the columns that the page and the package explain, and no cell is a formula.
func TestFiles(t *testing.T) {
	t.Parallel()
	s := sheet(month(rand.New(rand.NewPCG(3, 3)), 80))
	s.Rows[0].AreaName, s.Rows[1].CategoryName = "=HYPERLINK(\"http://x\")", "@SUM(1)"
	var c, g, pkg, page bytes.Buffer
	for _, err := range []error{s.CSV(&c), s.GeoJSON(&g), opendata.Package(&pkg, s.City, s.License, []string{"laporan-2026-10.csv"}), opendata.Page(&page, s.City, s.License, []string{"laporan-2026-10"})} {
		if err != nil {
			t.Fatal(err)
		}
	}
	lines, err := csv.NewReader(&c).ReadAll()
	if err != nil || len(lines) != len(s.Rows)+1 {
		t.Fatalf("%d lines, %v", len(lines), err)
	}
	for _, line := range lines[1:] {
		for i, cell := range line {
			if name := lines[0][i]; name != "lat" && name != "lon" && strings.ContainsAny(first(cell), "=+-@\t|%") {
				t.Errorf("%s is %q", name, cell)
			}
		}
	}
	var geo struct {
		Type     string
		Metadata struct{ License, Month string }
		Features []struct {
			Type     string
			Geometry *struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal(g.Bytes(), &geo); err != nil || geo.Type != "FeatureCollection" || len(geo.Features) != len(s.Rows) || geo.Metadata.License != "CC-BY-4.0" || geo.Metadata.Month != "2026-10" {
		t.Fatalf("%v %+v", err, geo.Metadata)
	}
	for _, f := range geo.Features {
		if f.Type != "Feature" || len(f.Properties) != len(opendata.Columns())-2 || f.Geometry != nil && (f.Geometry.Type != "Point" || f.Geometry.Coordinates[0] < 105 || f.Geometry.Coordinates[1] > 0) {
			t.Errorf("%+v", f)
		}
	}
	var described struct {
		Licenses  []struct{ Name string }
		Resources []struct {
			Schema struct{ Fields []struct{ Name string } }
		}
	}
	if err := json.Unmarshal(pkg.Bytes(), &described); err != nil || described.Licenses[0].Name != "CC-BY-4.0" {
		t.Fatal(err)
	}
	for i, name := range lines[0] {
		if described.Resources[0].Schema.Fields[i].Name != name || !strings.Contains(page.String(), `<th scope="row">`+name+"</th>") {
			t.Errorf("the column %s is not explained", name)
		}
	}
	if !strings.Contains(page.String(), "Lisensi: CC-BY-4.0") {
		t.Error("the page names no licence")
	}
	var empty bytes.Buffer
	if err := sheet(nil).GeoJSON(&empty); err != nil || !json.Valid(empty.Bytes()) {
		t.Errorf("of an empty month: %v %s", err, empty.String())
	}
}

func first(s string) string { return s[:min(1, len(s))] }

// The page promises no more than holds: what is coarser here is told elsewhere, and the five that are alike need not be five people.
func TestThePagePromisesNoMoreThanHolds(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := opendata.Page(&b, "Kota Serang", "CC-BY-4.0", []string{"laporan-2026-10"}); err != nil {
		t.Fatal(err)
	}
	for words, stands := range map[string]bool{"tidak dapat dikembalikan": false, "antarmuka Open311": true, "dapat dicocokkan dengan nomornya": true, "bukan orang": true} {
		if strings.Contains(b.String(), words) != stands {
			t.Errorf("%q stands there: %v\n%s", words, !stands, b.String())
		}
	}
}
