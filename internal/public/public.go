// Package public is what everybody may see in a browser: one report by its number, how the city answers, how to write to it. It knows
// displays (report.Display) and sheets counted for everybody, and nothing of any person. The pages need no JavaScript, set no cookie and
// ask nothing of anybody else's servers.
package public

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"
	"golang.org/x/time/rate"

	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Store is what the pages read: it can read nothing else.
type Store interface {
	// Display is what everybody may see of the report under a code, with the pictures that are there; ledger.ErrUnknown for none.
	Display(ctx context.Context, code report.Code) (report.Display, error)
	Displays(ctx context.Context, q ledger.DisplayQuery) ([]report.Display, error)
	// Picture is a cleared picture, a JPEG; ledger.ErrUnknown for none.
	Picture(ctx context.Context, code report.Code, seq int) ([]byte, error)
	// Sheet reads what was counted under a name into doc, and tells when; zero: nothing yet.
	Sheet(ctx context.Context, name string, doc any) (time.Time, error)
}

// Options builds a Site.
type Options struct {
	Store   Store
	Profile *profile.Profile
	// URL is where people find the pages ("https://lapor.kota.go.id"), without a slash at its end.
	URL string
	// Links are the addresses at which people find the channel ("https://wa.me/62811…"), as they are known just now.
	Links func() []string
	// ClientHeader is the header in which a proxy says who asks; "": nobody's word is taken for it.
	ClientHeader string
	// More are handlers of others below the same address, by the pattern of http.ServeMux.
	More map[string]http.Handler
	Now  func() time.Time
	// Failed is told of an error that a page could not be made for, of many within seconds the first; nil: nobody is.
	Failed func(error)
	// Makers lets few pages be made at once, of all sites that have it in common; nil: Makers' own.
	Makers *semaphore.Weighted
}

// Site answers for the pages.
type Site struct {
	o      Options
	pages  *template.Template
	style  template.CSS
	policy string
	cache  *cache
	limits *limits
	map_   *drawing
	// failing lets few of many failures be told.
	failing rate.Sometimes
	codes   sync.Map // door by language and link: a QR code is drawn once
	qrs     qrs
}

// How long pages are taken out of memory: those that show reports as long as it does no harm that one has changed, the city's as its
// figures are counted only now and then.
const (
	reportFresh  = 5 * time.Second
	cityFresh    = time.Minute
	pictureFresh = 5 * time.Second
)

// patience is how long a page may take to be made, and failuresEvery how often it is told that one could not be.
const (
	patience      = 5 * time.Second
	failuresEvery = 5 * time.Second
)

// makersLeast is how many pages are made at once where the machine has few processors: one waits for the database while another is written.
const makersLeast = 2

// Makers lets as many pages be made at once as leave the processors to who talks.
func Makers() *semaphore.Weighted {
	return semaphore.NewWeighted(int64(max(makersLeast, runtime.GOMAXPROCS(0)/2)))
}

// New makes the pages of a government.
func New(o Options) (*Site, error) {
	if o.Failed == nil {
		o.Failed = func(error) {}
	}
	if o.Makers == nil {
		o.Makers = Makers()
	}
	if o.Links == nil {
		o.Links = func() []string { return nil }
	}
	s := &Site{o: o, cache: newCache(o.Now), limits: newLimits(o.Now), map_: draw(o.Profile), failing: rate.Sometimes{Interval: failuresEvery}}
	if err := s.read(); err != nil {
		return nil, fmt.Errorf("read the public pages: %w", err)
	}
	return s, nil
}

// Handler answers. Every page is there in Indonesian, and in English below /en.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	for prefix, lang := range map[string]string{"": "id", "/en": "en"} {
		mux.HandleFunc("GET "+prefix+"/{$}", s.cached(lang, reportFresh, s.home))
		mux.HandleFunc("GET "+prefix+"/kota", s.cached(lang, cityFresh, s.city))
		mux.HandleFunc("GET "+prefix+"/laporan", func(w http.ResponseWriter, r *http.Request) { s.find(w, r, lang) })
		mux.HandleFunc("GET "+prefix+"/laporan/{code}", s.guarded(lang, s.cached(lang, reportFresh, s.report)))
		mux.HandleFunc("GET "+prefix+"/", s.nothing)
	}
	mux.HandleFunc("GET /foto/{code}/{seq}", s.guarded("id", s.cached("", pictureFresh, s.picture)))
	mux.HandleFunc("GET /robots.txt", s.cached("", time.Hour, s.robots))
	for pattern, h := range s.o.More {
		mux.Handle(pattern, h)
	}
	return s.secured(mux)
}

// secured sets what every answer carries.
func (s *Site) secured(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := w.Header().Set
		set("Content-Security-Policy", s.policy)
		set("X-Content-Type-Options", "nosniff")
		set("X-Frame-Options", "DENY")
		set("Referrer-Policy", "no-referrer")
		set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()")
		set("Cross-Origin-Opener-Policy", "same-origin")
		set("Cross-Origin-Resource-Policy", "same-origin")
		if strings.HasPrefix(s.o.URL, "https://") {
			set("Strict-Transport-Security", "max-age=31536000")
		}
		h.ServeHTTP(w, r)
	})
}

// find leads from the form to the page of a number.
func (s *Site) find(w http.ResponseWriter, r *http.Request, lang string) {
	said := r.URL.Query().Get("nomor")
	code, ok := report.ParseCode(s.o.Profile.Prefix, said)
	if !ok { // in the middle of something: a sentence, or the address of the page itself
		code, _, ok = report.FindCode(s.o.Profile.Prefix, said)
	}
	if !ok {
		code = "-" // there is none such
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, path(lang, "/laporan/"+string(code)), http.StatusSeeOther) //nolint:gosec // a number of ours, on this site
}

// path is the address of a page in a language.
func path(lang, p string) string {
	if lang == "en" {
		return "/en" + strings.TrimSuffix(p, "/")
	}
	return p
}

// robots asks search machines to leave single reports alone.
func (s *Site) robots(context.Context, *http.Request, string) (answer, error) {
	return answer{kind: "text/plain; charset=utf-8", status: http.StatusOK, body: []byte("User-agent: *\nDisallow: /laporan\nDisallow: /en/laporan\nDisallow: /foto\n")}, nil
}
