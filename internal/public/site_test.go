package public_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/ledger"
	"rabeg/internal/postgres"
	"rabeg/internal/profile"
	"rabeg/internal/public"
	"rabeg/internal/report"
	"rabeg/migrations"
)

// town is a city with reports, and its public pages over a database role that can read nothing else.
type town struct {
	*testing.T
	profile *profile.Profile
	store   *postgres.Store
	pages   *postgres.Public
	now     time.Time
	site    http.Handler
	options public.Options
}

var noon = time.Date(2026, 11, 27, 5, 0, 0, 0, time.UTC)

func newTown(t *testing.T) *town {
	t.Helper()
	p, err := profile.Open("serang")
	if err != nil {
		t.Fatal(err)
	}
	s, err := postgres.New(t.Context(), postgres.Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG", Sensitive: p.Sensitive}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	if err := postgres.GrantPublic(t.Context(), s.Pool); err != nil {
		t.Fatal(err)
	}
	pages, err := postgres.ConnectPublic(t.Context(), s.Pool.Config().ConnString(), 4)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pages.Close)
	w := &town{T: t, profile: p, store: s, pages: pages, now: noon}
	w.options = public.Options{Store: pages, Profile: p, URL: "https://lapor.contoh.go.id", ClientHeader: "X-Real-IP", Now: func() time.Time { return w.now },
		Links:  func() []string { return []string{"https://wa.me/6221500112?text=halo", "https://t.me/contoh_bot"} },
		Failed: func(err error) { t.Error(err) }}
	w.open()
	return w
}

// open makes the pages anew: nothing is in their memory.
func (w *town) open() {
	w.Helper()
	s, err := public.New(w.options)
	if err != nil {
		w.Fatal(err)
	}
	w.site = s.Handler()
}

// lives fills the city with reports as chance has them, some of them confidential or of sensitive matters.
func (w *town) lives(n int) (codes []report.Code) {
	w.Helper()
	reports, facts := casetest.Lives(17, n, w.now.AddDate(0, 0, -70))
	offered := w.profile.Offered()
	for i, r := range reports {
		for j := range facts[i] {
			f := &facts[i][j]
			if f.Place != nil && f.Place.Area != "" {
				a := w.profile.Areas[(i*7)%len(w.profile.Areas)]
				f.Place = &report.Place{Area: a.Code, AreaName: a.Name, District: a.District, DistrictName: a.DistrictName, Said: "Jalan Rahasia 7", Pin: &report.Pin{Lat: -6.12 - float64(i%50)/1000, Lon: 106.15}}
			}
			if f.Category != "" {
				f.Category = offered[(i*5)%len(offered)].Code
			}
			if f.At.After(w.now) {
				facts[i] = facts[i][:j]
				break
			}
		}
		if len(facts[i]) == 0 {
			continue
		}
		r.Code = w.code(i)
		w.tell(report.Fold(report.Origin(r), nil), facts[i]...)
		codes = append(codes, r.Code)
	}
	return codes
}

// code is a number with its check character.
func (w *town) code(i int) report.Code {
	return report.NewCode(w.profile.Prefix, uint64(i)*7919+11)
}

// tell commits facts about a report, which is opened with the first.
func (w *town) tell(r report.Report, facts ...report.Fact) report.Report {
	w.Helper()
	for _, f := range facts {
		f.Report, f.Seq = r.ID, r.Rev+1
		if f.At.IsZero() {
			f.At = w.now
		}
		was := r.Rev
		r = report.Apply(r, f)
		var c ledger.Change = ledger.Changed{Report: r, Was: was, Facts: []report.Fact{f}}
		if was == 0 {
			c = ledger.Opened{Report: r, Facts: []report.Fact{f}}
		}
		if err := w.store.Commit(context.WithoutCancel(w.Context()), ledger.Batch{Cause: fmt.Sprint(r.ID, ".", f.Seq), Changes: []ledger.Change{c}}); err != nil {
			w.Fatal(err)
		}
	}
	return r
}

// count keeps the figures for everybody.
func (w *town) count() {
	w.Helper()
	c, err := public.Count(w.Context(), w.store, w.profile, w.now)
	if err != nil {
		w.Fatal(err)
	}
	if err := w.store.KeepSheet(w.Context(), public.CitySheet, w.now, c); err != nil {
		w.Fatal(err)
	}
}

// get asks for a page.
func (w *town) get(path string, header ...string) *httptest.ResponseRecorder {
	w.Helper()
	req := httptest.NewRequest(http.MethodGet, path, nil)
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	out := httptest.NewRecorder()
	w.site.ServeHTTP(out, req)
	return out
}

// lamp is a report of a lamp that an office repaired, with a cleared picture before and after, and a sentence.
func (w *town) lamp() report.Report {
	w.Helper()
	a := w.profile.Areas[3]
	r := report.Report{ID: 900001, Code: "SRG-22222-2", Lang: "id", Due: w.now.AddDate(0, 0, -3), Reporter: bot.Address{Network: bot.WhatsApp, ID: "6281234567890@s"}, ReporterName: "Ahmad Fulan"}
	r.Code = w.code(900001)
	r.Kind, r.Visibility = report.Complaint, report.Normal
	officer := report.Actor{Role: report.Operator, ID: "telegram:77", Name: "Budi Petugas", Home: "DISHUB"}
	photo := []bot.MediaRef{{Network: bot.WhatsApp, ID: "foto-asli"}}
	day := func(n int) time.Time { return w.now.AddDate(0, 0, -n) }
	r = w.tell(report.Origin(r),
		report.Fact{What: report.WasFiled, At: day(6), By: report.Actor{Role: report.Citizen, Chat: r.Reporter, Name: "Ahmad Fulan"}, Words: "lampu mati depan rumah bu Siti", Category: "penerangan_jalan", Photos: photo, Agency: "DISHUB",
			Place: &report.Place{Area: a.Code, AreaName: a.Name, District: a.District, DistrictName: a.DistrictName, Said: "Gang Mawar 12", Pin: &report.Pin{Lat: -6.118731, Lon: 106.153492}}},
		report.Fact{What: report.WasAssigned, At: day(6), Agency: "DISHUB", By: report.Actor{Role: report.System}},
		report.Fact{What: report.WasTaken, At: day(5), By: officer},
		report.Fact{What: report.WasAnswered, At: day(5), By: officer, Words: "kami cek besok, Pak Ahmad"},
		report.Fact{What: report.WasPlanned, At: day(4), By: officer, Until: day(-3), Words: "menunggu suku cadang"},
		report.Fact{What: report.WasResolved, At: day(1), By: officer, Words: "sudah nyala, terima kasih Pak Ahmad", Photos: photo},
		report.Fact{What: report.WasDisplayed, At: day(1), By: officer, Of: 1, Exposed: &report.Exposed{Before: true}},
		report.Fact{What: report.WasDisplayed, At: day(1), By: officer, Of: 6, Exposed: &report.Exposed{}, Words: "Tiga lampu di gang ini diganti dengan LED."},
	)
	for _, seq := range []int{7, 8} {
		if err := w.store.KeepPicture(w.Context(), r.ID, seq, 640, 400, w.paint(seq)); err != nil {
			w.Fatal(err)
		}
	}
	return r
}

// paint is a picture of a lamp, dark or lit.
func (w *town) paint(seq int) []byte {
	w.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for y := range 400 {
		for x := range 640 {
			c := color.RGBA{20, 24, 48, 255}
			if dx, dy := x-320, y-140; seq == 8 && dx*dx+dy*dy < 90*90 {
				c = color.RGBA{255, 214, 120, 255}
			}
			if x > 312 && x < 328 && y > 140 {
				c = color.RGBA{120, 120, 130, 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		w.Fatal(err)
	}
	return b.Bytes()
}
