package twin_test

import (
	"testing"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/twin"
	"rabeg/internal/understand/words"
)

// Every decision has its reason.
func TestWhyAReportIsShownOrNot(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	lx, err := words.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		was, fresh string
		days       int
		change     func(*report.Report)
		want       twin.Why
	}{
		{was: "l @0,0 lampu jalan mati", fresh: "l @39,0 pju padam", want: twin.Shown},
		{was: "l @0,0 lampu jalan mati", fresh: "l @41,0 pju padam", want: twin.Far},
		{was: "l @0,0 lampu jalan mati", fresh: "l @5,0 pju padam", days: 61, want: twin.Old},
		{was: "d @0,0 banjir", fresh: "d @480,0 air masuk rumah", days: 3, want: twin.Shown},
		{was: "d @0,0 banjir", fresh: "d @5,0 air masuk rumah", days: 4, want: twin.Old},
		{was: "d @0,0 got mampet", fresh: "d @90,0 selokan tersumbat", days: 59, want: twin.Shown},
		{was: "d @0,0 got mampet", fresh: "d @110,0 selokan tersumbat", want: twin.Far},
		{was: "j @0,0 jembatan goyang", fresh: "j @30,0 jalan bolong", want: twin.OtherMatter},
		{was: "d @0,0 banjir", fresh: "d @20,0 tutup got hilang", want: twin.OtherMatter},
		{was: "l @0,0 lampu tiang 14 mati", fresh: "l @20,0 pju tiang no 15 padam", want: twin.OtherNumber},
		{was: "l ~Jl. Kitapa,Cipare pju mati", fresh: "l ~Jln Kitapa,Cipare lampu mati", want: twin.Shown},
		{was: "l ~Jl. Kitapa,Cipare pju mati", fresh: "l ~Jl. Veteran,Cipare pju mati", want: twin.OtherPlace},
		{was: "l =Cipare pju mati depan masjid", fresh: "l =Cipare pju mati seberang spbu", want: twin.OtherPlace},
		{was: "l =Cipare pju mati", fresh: "l =Cipare lampu jalan padam semua", want: twin.UnknownPlace},
		{was: "l ~Jl. Kitapa,Cipare pju mati", fresh: "l ~Jl. Kitapa,Unyur pju mati", want: twin.UnknownPlace},
		// A settlement that no list knows is a place by its name: alike in the other's words, and another where it is called otherwise.
		{was: "l ~DI CILOAK, LAMPU JALAN DI CILOAK MATI TOTAL yg deket warung madura", fresh: "l ~di ciloak, pju ciloak padam depan warung madura", want: twin.Shown},
		{was: "l ~di ciloak, lampu jalan di ciloak mati deket warung", fresh: "l ~di cikulur, lampu jalan di cikulur mati deket warung", want: twin.UnknownPlace},
		// Who tells the kelurahan alone may mean the drain that is known there; of lamps there are many.
		{was: "d ~Pasar Rau,Lopang got mampet lopang deket belakang pasar rau", fresh: "d =Lopang got lopang mampet lagi banjir terus bau", want: twin.Shown},
		{was: "l ~Pasar Rau,Lopang lampu jalan mati deket belakang pasar rau", fresh: "l =Lopang lampu jalan lopang padam lagi dari kemarin", want: twin.UnknownPlace},
		{was: "u - ktp belum jadi", fresh: "u - ktp belum jadi", want: twin.OthersOwn},
		{was: "e =Serang sdn 2 atap bocor", fresh: "e =Serang atap sd negeri 2 bocor", want: twin.Shown},
		{was: "e =Serang sdn 2 atap bocor", fresh: "e =Serang sdn 9 atap bocor", want: twin.OtherNumber},
		{was: "l @0,0 pju mati", fresh: "l @1,0 pju mati", change: func(r *report.Report) { r.Visibility = report.Confidential }, want: twin.Kept},
		{was: "y @0,0 pungli", fresh: "y @1,0 pungli", want: twin.Kept},
		{was: "l @0,0 pju mati", fresh: "l @1,0 pju mati", change: func(r *report.Report) { r.Status = report.Resolved }, want: twin.Kept},
		{was: "l @0,0 pju mati", fresh: "l @1,0 pju mati", change: func(r *report.Report) { r.Emergency = true }, want: twin.Kept},
		{was: "t @0,0 tolong ditertibkan", fresh: "t @90,0 pabrik es beroperasi", want: twin.Unlike},
	} {
		was := report.Report{ID: 1, Status: report.Assigned, Draft: side(t, c.was), Filed: now.AddDate(0, 0, -c.days),
			Reporter: bot.Address{Network: "telegram", ID: "1"}}
		if c.change != nil {
			c.change(&was)
		}
		f := twin.Fresh{Draft: side(t, c.fresh), Reporter: bot.Address{Network: "telegram", ID: "2"}, At: now, Words: lx}
		if _, why := twin.Judge(p, &f, ledger.Nearby{Report: was}); why != c.want {
			t.Errorf("%s | %s, %d days: %s, want %s", c.was, c.fresh, c.days, why, c.want)
		}
	}
}

// What nobody may be shown is not looked for either: neither what is sensitive nor what is confidential.
func TestNothingIsLookedForWhereNothingMayBeShown(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	lamp := side(t, "l @0,0 pju mati")
	if _, ok := twin.Around(p, &twin.Fresh{Draft: lamp, At: now}); !ok {
		t.Error("nothing is looked for around a lamp")
	}
	lamp.Visibility = report.Confidential
	for _, d := range []report.Draft{lamp, side(t, "y @0,0 oknum minta uang 100rb")} {
		if a, ok := twin.Around(p, &twin.Fresh{Draft: d, At: now}); ok {
			t.Errorf("%s (%s) is looked for: %v", d.Text, d.Visibility, a)
		}
	}
}
