package desk

import (
	"context"
	"fmt"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/profile"
)

// What is asked for is read in any order, with the words around it.
func TestStatWanted(t *testing.T) {
	t.Parallel()
	p, err := profile.Builtin("serang")
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{
		"":                              "2026-11 2026-12 all=false office= district= by=",
		"bulan ini":                     "2026-11 2026-12 all=false office= district= by=",
		"kantor saya bulan lalu dong":   "2026-10 2026-11 all=false office= district= by=",
		"semua 2026-10":                 "2026-10 2026-11 all=true office= district= by=",
		"Oktober semua":                 "2026-10 2026-11 all=true office= district= by=",
		"kasemen":                       "2026-11 2026-12 all=true office= district=36.73.02 by=",
		"kecamatan taktakan bulan lalu": "2026-10 2026-11 all=true office= district=36.73.06 by=",
		"kasemn":                        "2026-11 2026-12 all=true office= district=36.73.02 by=",
		"dishub Oktober":                "2026-10 2026-11 all=false office=DISHUB district= by=",
		"untuk dishub kec. walantaka":   "2026-11 2026-12 all=false office=DISHUB district=36.73.03 by=",
		"per kelurahan tahun ini":       "2026-01 2027-01 all=true office= district= by=area",
		"menurut kategori":              "2026-11 2026-12 all=true office= district= by=category",
		"seluruh kota per opd":          "2026-11 2026-12 all=true office= district= by=office",
		"zzzz":                          "refused",
		"tahun 2031":                    "refused",
		"dishub zzzz":                   "refused",
	} {
		h := &handling{ctx: context.Background(), office: &casework.Office{Profile: p}, ev: bot.Event{At: time.Date(2026, 11, 29, 5, 0, 0, 0, time.UTC)}}
		w, err := h.statWanted(said)
		got := fmt.Sprintf("%s %s all=%v office=%s district=%s by=%s", w.of.From.Format("2006-01"), w.of.To.Format("2006-01"), w.everywhere, w.office, w.district, w.by)
		if _, refused := casework.AsRefusal(err); refused {
			got = "refused"
		}
		if got != want {
			t.Errorf("%q: %s, want %s", said, got, want)
		}
	}
}
