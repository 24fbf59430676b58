package exchange_test

import (
	"context"
	"slices"
	"testing"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/sp4n"
	"rabeg/internal/sp4n/exchange"
	"rabeg/internal/sp4n/sheet"
	"rabeg/internal/sp4n/sp4ntest"
)

// What the coordinator says a category is in LAPOR! stands in the next export, and a file that names that number is taken for ours; what
// the profile says of the others stays, and holds again when the coordinator takes it back.
func TestExportsAndFilesFollowTheDesk(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.files("a", "Lampu di depan masjid mati", now)
	rina := report.Actor{Role: report.Coordinator, ID: "telegram:3", Name: "Rina"}
	maps := func(cause, said string) {
		t.Helper()
		all, err := c.Mappings(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		_, b, err := c.office.Map(rina, "penerangan_jalan", casework.ReadLapor(said), all, casework.Occasion{Cause: cause, At: now})
		if err == nil {
			err = c.Commit(context.Background(), b)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	category := func() (number, name string) {
		t.Helper()
		file, _ := export(t, c, exchange.Span{})
		if _, err := sheet.Read(file, func(r sp4n.Row) error {
			if r.Own != "" && r.Mine == "penerangan_jalan" && r.Tracking == "" {
				number, name = r.Category, r.CategoryName
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		return number, name
	}
	if n, _ := category(); n != "1398" {
		t.Errorf("by the profile it is %s", n)
	}
	maps("m1", "lampu 7777 Lampu Kota")
	if n, name := category(); n != "7777" || name != "Lampu Kota" {
		t.Errorf("by the coordinator it is %s %s", n, name)
	}
	c.takes(sp4ntest.Book(t, sp4ntest.TwentySix, day, with(1, func(r *sp4ntest.Report) { r.Category, r.CategoryName = "7777", "Lampu Kota" }),
		with(2, func(r *sp4ntest.Report) { r.Category, r.CategoryName = "1398", "Penerangan Jalan" })))
	for _, number := range []string{"9000001", "9000002"} {
		if r := c.at(number); r.Category != "penerangan_jalan" {
			t.Errorf("%s is taken for %s", number, r.Category)
		}
	}
	maps("m2", "lampu asal")
	if n, _ := category(); n != "1398" {
		t.Errorf("taken back it is %s", n)
	}
	all, err := c.Mappings(context.Background())
	if err != nil || len(all) != 2 || slices.ContainsFunc(all, func(m ledger.Mapping) bool { return m.Who != "Rina" }) {
		t.Errorf("kept are %+v, %v", all, err)
	}
}

// What an officer types is read whatever stands between; the example that is told works.
func TestWhatIsTypedOfACategory(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]casework.LaporSaid{
		"lampu jalan 1398 Penerangan Jalan":    {Category: "lampu jalan", Code: "1398", Name: "Penerangan Jalan"},
		"lampu jalan: 1398 - Penerangan Jalan": {Category: "lampu jalan", Code: "1398", Name: "Penerangan Jalan"},
		"sampah → 942 · Pencemaran Lingkungan": {Category: "sampah", Code: "942", Name: "Pencemaran Lingkungan"},
		"sampah ke id 942 (Pencemaran)":        {Category: "sampah", Code: "942", Name: "Pencemaran"},
		"sampah=942":                           {Category: "sampah", Code: "942"},
		"sampah asal":                          {Category: "sampah", Back: true},
		"sampah, kembalikan.":                  {Category: "sampah", Back: true},
		"sampah":                               {Category: "sampah"},
		"942 Pencemaran":                       {Code: "942", Name: "Pencemaran"},
		"":                                     {},
	} {
		if got := casework.ReadLapor(said); got != want {
			t.Errorf("%q is read as %+v", said, got)
		}
	}
	if code, near := casework.FindCategory(serang(), "lampu jalan"); code != "penerangan_jalan" {
		t.Errorf("lampu jalan is %q, or one of %v", code, near)
	}
}
