package public

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

//go:embed pages
var files embed.FS

// read reads the pages and what they look like.
func (s *Site) read() error {
	style, err := files.ReadFile("pages/style.css")
	if err != nil {
		return err
	}
	s.cache.packer = newPacker(style)
	sum := sha256.Sum256(style)
	s.style = template.CSS(style) //nolint:gosec // our own
	s.policy = "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) +
		"'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	s.pages, err = template.ParseFS(files, "pages/*.html")
	return err
}

// page is what every page shows.
type page struct {
	words
	Style template.CSS
	Title string
	// Here is this page in Indonesian, for the link to the other language.
	Here  string
	Index bool // may be found by search machines
	Body  any
}

// Path is the address of another page in this language.
func (p page) Path(to string) string { return path(p.Lang, to) }

// Other is this page in the other language.
func (p page) Other() string { return path(p.L("en", "id"), p.Here) }

// Picture is the address of a cleared picture.
func (page) Picture(code report.Code, seq int) string { return PictureLink("", code, seq) }

// Example is a number as they look.
func (p page) Example() string { return p.Profile.Prefix + "-7K3MQ-9" }

func (s *Site) page(lang, here string) page {
	return page{words: speak(s.o.Profile, lang), Style: s.style, Here: here, Index: true}
}

func (s *Site) render(name string, status int, p page) (answer, error) {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, p); err != nil {
		return answer{}, fmt.Errorf("make the page %s: %w", name, err)
	}
	return answer{kind: "text/html; charset=utf-8", status: status, body: b.Bytes()}, nil
}

// door is a way to write to the city.
type door struct {
	URL, Network string
	QR           template.HTML
}

func (s *Site) doors(w words) []door {
	var out []door
	for _, l := range s.o.Links() {
		key := w.Lang + " " + l
		known, ok := s.codes.Load(key)
		if !ok {
			d := door{URL: l, Network: w.Network(l)}
			d.QR = s.qrs.image(l, w.F("Kode QR untuk %s", "QR code for %s", d.Network))
			known, _ = s.codes.LoadOrStore(key, d)
		}
		if d, ok := known.(door); ok {
			out = append(out, d)
		}
	}
	return out
}

// homeBody is what the first page shows.
type homeBody struct {
	Emergency []profile.Emergency
	Doors     []door
	Resolved  []report.Display
}

// resolvedMost is how many of the week's resolved reports are shown.
const resolvedMost = 12

func (s *Site) home(ctx context.Context, _ *http.Request, lang string) (answer, error) {
	p := s.page(lang, "/")
	b := homeBody{Emergency: s.o.Profile.Emergency, Doors: s.doors(p.words)}
	week := ledger.DisplayQuery{ResolvedFrom: s.o.Now().AddDate(0, 0, -7), WithExhibits: true, Limit: resolvedMost}
	all, err := s.o.Store.Displays(ctx, week)
	if err != nil {
		return answer{}, err
	}
	week.WithExhibits = false
	more, err := s.o.Store.Displays(ctx, week)
	if err != nil {
		return answer{}, err
	}
	for _, d := range more { // what can be seen stands first
		if len(all) < resolvedMost && !slices.ContainsFunc(all, func(x report.Display) bool { return x.Code == d.Code }) {
			all = append(all, d)
		}
	}
	b.Resolved = all
	p.Title, p.Body = p.F("Laporan warga %s", "Reports of citizens of %s", s.o.Profile.City), b
	return s.render("home.html", http.StatusOK, p)
}

// cityBody is what the page of the city shows.
type cityBody struct {
	City
	Counted bool
	High    int
	Map     []mapped
	Legend  []legend
}

// mapped is a kelurahan on the map.
type mapped struct {
	drawn
	Line
	Shade int
}

// Name and D are for the template.
func (m mapped) Name() string         { return m.name }
func (m mapped) D() template.HTMLAttr { return m.path }

// legend is one shade with the numbers it stands for.
type legend struct {
	Shade int
	Text  string
}

func (s *Site) city(ctx context.Context, _ *http.Request, lang string) (answer, error) {
	p := s.page(lang, "/kota")
	var b cityBody
	at, err := s.o.Store.Sheet(ctx, CitySheet, &b.City)
	if err != nil {
		return answer{}, err
	}
	b.Counted = !at.IsZero()
	s.mapOf(&b)
	p.Title, p.Body = p.F("Bagaimana %s menjawab", "How %s answers", s.o.Profile.City), b
	return s.render("city.html", http.StatusOK, p)
}

// mapOf puts the open reports on the map.
func (s *Site) mapOf(b *cityBody) {
	if s.map_ == nil || !b.Counted {
		return
	}
	by, most := map[string]Line{}, 0
	for _, l := range b.Areas {
		by[l.Key] = l
		if _, ours := s.o.Profile.Area(l.Key); ours {
			most = max(most, l.Open)
		}
	}
	of := steps(most)
	b.High = s.map_.high
	for _, a := range s.map_.areas {
		b.Map = append(b.Map, mapped{a, by[a.code], shade(by[a.code].Open, of)})
	}
	from := 0
	for i, top := range append(slices.Clone(of), most) {
		switch {
		case top < from:
			continue
		case top == from:
			b.Legend = append(b.Legend, legend{i, strconv.Itoa(top)})
		default:
			b.Legend = append(b.Legend, legend{i, fmt.Sprintf("%d–%d", from, top)})
		}
		from = top + 1
	}
}

// Width is how wide the map is.
func (cityBody) Width() int { return mapWide }

// reportBody is what the page of one report shows.
type reportBody struct {
	report.Display
	Late  bool // the day by which it was to be answered is over
	Doors []door
	QR    template.HTML // leads to the page itself
}

func (s *Site) report(ctx context.Context, r *http.Request, lang string) (answer, error) {
	code, ok := report.ParseCode(s.o.Profile.Prefix, r.PathValue("code"))
	if !ok {
		code = "-"
	}
	d, err := s.o.Store.Display(ctx, code)
	if errors.Is(err, ledger.ErrUnknown) {
		return s.unknown(lang)
	}
	if err != nil {
		return answer{}, err
	}
	p := s.page(lang, "/laporan/"+string(d.Code))
	p.Index = false
	p.Title = p.F("Laporan %s", "Report %s", d.Code)
	p.Body = reportBody{Display: d, Late: d.Status.Open() && (d.Answered.IsZero() || d.Anew) && !d.Due.IsZero() && p.Overdue(d.Due, s.o.Now()), Doors: s.doors(p.words),
		QR: s.qrs.image(s.o.URL+"/laporan/"+string(d.Code), p.F("Kode QR laporan %s", "QR code of report %s", d.Code))}
	return s.render("report.html", http.StatusOK, p)
}

// unknown is the page for every number that nothing may be told of: the same, letter by letter, whether there is such a report or not.
func (s *Site) unknown(lang string) (answer, error) {
	p := s.page(lang, "/laporan/-")
	p.Index = false
	p.Title, p.Body = p.L("Laporan tidak ditemukan", "Report not found"), homeBody{Doors: s.doors(p.words)}
	a, err := s.render("unknown.html", http.StatusNotFound, p)
	a.missed = true
	return a, err
}

// nothing answers for all other addresses. It is kept nowhere: there are as many of them as anybody likes.
func (s *Site) nothing(w http.ResponseWriter, r *http.Request) {
	a := answer{kind: "text/plain; charset=utf-8", status: http.StatusNotFound, body: []byte("Halaman ini tidak ada. / There is no such page.\n")}
	write(w, r, s.cache.finished(a, time.Time{}), 0)
}

// picture is a cleared picture.
func (s *Site) picture(ctx context.Context, r *http.Request, _ string) (answer, error) {
	code, ok := report.ParseCode(s.o.Profile.Prefix, r.PathValue("code"))
	number, jpeg := strings.CutSuffix(r.PathValue("seq"), ".jpg")
	seq, wrong := strconv.Atoi(number)
	gone := answer{kind: "text/plain; charset=utf-8", status: http.StatusNotFound, body: []byte("Foto ini tidak ada.\n"), missed: true}
	if !ok || !jpeg || wrong != nil || seq <= 0 || seq > 1<<30 {
		return gone, nil //nolint:nilerr // what is no number is there as little
	}
	data, err := s.o.Store.Picture(ctx, code, seq)
	if errors.Is(err, ledger.ErrUnknown) {
		return gone, nil
	}
	if err != nil {
		return answer{}, err
	}
	return answer{kind: "image/jpeg", status: http.StatusOK, body: data}, nil
}

// slow tells somebody who asks too much to wait. It says nothing of what was asked for.
func (s *Site) slow(w http.ResponseWriter, lang string) {
	w.Header().Set("Retry-After", "60")
	w.Header().Set("Cache-Control", "no-store")
	s.plain(w, lang, http.StatusTooManyRequests, func(p page) (string, string) {
		return p.L("Tunggu sebentar", "Please wait"), p.L("Terlalu banyak nomor dicari dari sini. Coba lagi satu menit lagi.", "Too many numbers were looked up from here. Please try again in a minute.")
	})
}

// broken tells that a page cannot be made just now.
func (s *Site) broken(w http.ResponseWriter, lang string) {
	w.Header().Set("Retry-After", "30")
	w.Header().Set("Cache-Control", "no-store")
	s.plain(w, lang, http.StatusServiceUnavailable, func(p page) (string, string) {
		return p.L("Halaman ini sedang tidak bisa dibuka", "This page cannot be opened just now"), p.L("Coba lagi sebentar lagi.", "Please try again in a moment.")
	})
}

func (s *Site) plain(w http.ResponseWriter, lang string, status int, say func(p page) (title, text string)) {
	p := s.page(lang, "/")
	p.Index = false
	title, text := say(p)
	p.Title, p.Body = title, text
	a, err := s.render("plain.html", status, p)
	if err != nil {
		a = answer{kind: "text/plain; charset=utf-8", status: status, body: []byte(title + ". " + text + "\n")}
	}
	w.Header().Set("Content-Type", a.kind)
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}

// PictureLink is the address of a picture that a fact cleared, on the pages at a URL.
func PictureLink(url string, code report.Code, seq int) string {
	return fmt.Sprintf("%s/foto/%s/%d.jpg", url, code, seq)
}
