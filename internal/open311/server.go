package open311

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"rabeg/internal/place"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// Options builds a Server.
type Options struct {
	Profile *profile.Profile
	Public  Public
	Clients Clients
	Filer   Filer
	// Finder tells where something is.
	Finder place.Finder
	// Picture is the address of a picture that a moderator cleared, by the report and the fact that cleared it; nil: none are shown.
	Picture func(code report.Code, seq int) string
	// URL is where Path is reached from outside ("https://lapor.example.go.id").
	URL string
	// Caller tells from which address a call comes, nil: nobody's calls without a key are counted.
	Caller func(*http.Request) string
	// Key keeps what stands for a caller from being guessed.
	Key []byte
	Now func() time.Time
	Log *slog.Logger
}

// Server answers calls. It may be used at once from several goroutines.
type Server struct {
	Options
	limits    limits // of clients
	strangers limits // of addresses
	reading   chan struct{}
	unkeyed   chan struct{}
}

// Path is where the calls are, on whatever address. Clients add to it ("services.xml"), so it ends in a slash.
const Path = "/open311/v2/"

// Methods are those that a Server answers, if only with that it does not take them.
func Methods() []string {
	return []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
}

// New makes a Server.
func New(o Options) *Server {
	return &Server{Options: o, reading: make(chan struct{}, readers), unkeyed: make(chan struct{}, unkeyedForms)}
}

// mostBody is how many bytes of a call are read: descriptions, and some photos.
const mostBody = 24 << 20

// ServeHTTP answers one call.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Access-Control-Allow-Origin", "*") // nothing here depends on who is signed in
	name, ok := strings.CutPrefix(r.URL.Path, Path)
	if name == openAPIName && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		s.openAPI(w)
		return
	}
	format := XML
	for _, f := range []Format{XML, JSON} {
		if rest, has := strings.CutSuffix(name, "."+string(f)); has && ok {
			s.call(w, r, rest, f)
			return
		}
	}
	s.refuse(w, r, format, missing("no such call; each ends in .xml or .json"))
}

// route is one call: its methods.
type route struct {
	get func(ctx context.Context, q url.Values, id string) (document, error)
	// reads says that get asks the database. keyed says that a key that is sent is looked at there, with the bound of its client.
	reads, keyed bool
	post         func(ctx context.Context, r *http.Request, f *form) (document, error)
}

// route finds the call of a path and the id in it.
func (s *Server) route(path string) (route, string, bool) {
	name, id, deep := strings.Cut(path, "/")
	if deep && (id == "" || strings.Contains(id, "/")) {
		return route{}, "", false
	}
	switch {
	case path == "discovery":
		return route{get: func(context.Context, url.Values, string) (document, error) { return s.discovery(), nil }}, "", true
	case path == "services":
		return route{get: func(context.Context, url.Values, string) (document, error) { return listed(s.Profile), nil }}, "", true
	case name == "services":
		return route{get: s.definition}, id, true
	case path == "requests":
		return route{get: func(ctx context.Context, q url.Values, _ string) (document, error) { return s.requests(ctx, q) }, reads: true, post: s.file}, "", true
	case name == "requests":
		return route{get: func(ctx context.Context, _ url.Values, id string) (document, error) {
			if strings.Contains(id, ",") {
				return document{}, missing("service_request_id was not found")
			}
			return s.requests(ctx, url.Values{"service_request_id": {id}})
		}, reads: true}, id, true
	case name == "tokens" && deep:
		return route{get: s.token, reads: true}, id, true
	case path == "servicerequestupdates":
		return route{get: func(ctx context.Context, q url.Values, _ string) (document, error) { return s.updates(ctx, q) }, reads: true, keyed: true, post: s.update}, "", true
	}
	return route{}, "", false
}

func (s *Server) definition(_ context.Context, _ url.Values, code string) (document, error) {
	c, ok := service(s.Profile, code)
	if !ok {
		return document{}, missing("service_code was not found")
	}
	return defined(c), nil
}

func (s *Server) call(w http.ResponseWriter, r *http.Request, path string, f Format) {
	ro, id, ok := s.route(path)
	if !ok {
		s.refuse(w, r, f, missing("no such call"))
		return
	}
	var d document
	var err error
	switch {
	case r.Method == http.MethodPost && ro.post != nil:
		d, err = s.posted(w, r, ro)
	case (r.Method == http.MethodGet || r.Method == http.MethodHead) && ro.get != nil:
		d, err = s.got(r, ro, id)
	default:
		allow := "GET, HEAD"
		if ro.post != nil {
			allow += ", POST"
		}
		w.Header().Set("Allow", allow)
		err = &Fault{Status: http.StatusMethodNotAllowed, Words: "this call takes " + allow}
	}
	if err != nil {
		s.refuse(w, r, f, err)
		return
	}
	answer(w, r, f, http.StatusOK, d)
}

func (s *Server) got(r *http.Request, ro route, id string) (document, error) {
	q, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return document{}, bad("the query is not encoded well")
	}
	if fault := s.jurisdiction(q); fault != nil {
		return document{}, fault
	}
	if !ro.reads {
		return ro.get(r.Context(), q, id)
	}
	if s.Caller != nil && (!ro.keyed || !q.Has("api_key")) {
		if wait := s.strangers.take(s.Caller(r), strangerCalls, s.Now()); wait > 0 {
			return document{}, &Fault{Status: http.StatusTooManyRequests, Words: "too many calls from this address", After: int(wait/time.Second) + 1}
		}
	}
	end, err := turn(r.Context(), s.reading)
	if err != nil {
		return document{}, err
	}
	defer end()
	return ro.get(r.Context(), q, id)
}

// jurisdiction lets through who names no government, or this one.
func (s *Server) jurisdiction(q url.Values) *Fault {
	id, fault := one(q, "jurisdiction_id")
	if fault != nil {
		return fault
	}
	if slices.Contains([]string{"", s.Profile.ID, s.Profile.Region()}, id) {
		return nil
	}
	return missing("jurisdiction_id was not found")
}

// posted reads what was sent and hands it on.
func (s *Server) posted(w http.ResponseWriter, r *http.Request, ro route) (document, error) {
	r.Body = http.MaxBytesReader(w, r.Body, mostBody)
	leave := func() {}
	defer func() { leave() }()
	f, err := readForm(r, func(key string) error {
		if key != "" {
			_, err := s.keyed(r.Context(), key)
			return err
		}
		end, err := turn(r.Context(), s.unkeyed) // the key may stand behind its photos: some clients write their fields in any order
		if err == nil {
			leave = end
		}
		return err
	})
	if err != nil {
		return document{}, err
	}
	defer f.drop()
	if fault := s.jurisdiction(f.values); fault != nil {
		return document{}, fault
	}
	return ro.post(r.Context(), r, f)
}

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, f Format, err error) {
	fault := faultOf(err)
	if fault.Status >= http.StatusInternalServerError && r.Context().Err() == nil {
		s.Log.Error("an open311 call failed", "error", err)
	}
	if fault.After > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(fault.After))
	}
	answer(w, r, f, fault.Status, fault.document())
}

func answer(w http.ResponseWriter, r *http.Request, f Format, status int, d document) {
	text := d.write(f)
	h := w.Header()
	h.Set("Content-Type", f.mime())
	h.Set("Content-Length", strconv.Itoa(len(text)))
	h.Set("Cache-Control", "no-store")
	if d.next != "" {
		h.Set(nextHeader, d.next)
		h.Set("Access-Control-Expose-Headers", nextHeader)
	}
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(text)
	}
}

// discovery tells of the one endpoint there is.
func (s *Server) discovery() document {
	at := strings.TrimSuffix(s.URL, "/") + Path
	const changed = "2026-11-29T00:00:00+07:00"
	return document{root: "discovery", value: object{
		{"changeset", changed}, {"contact", s.Profile.Coordinator}, {"key_service", "api_key dari " + s.Profile.Coordinator},
		{"endpoints", list{"endpoint", []any{object{
			{"specification", "http://wiki.open311.org/GeoReport_v2"}, {"url", at}, {"changeset", changed}, {"type", "production"},
			{"formats", list{"format", []any{"text/xml", "application/json"}}},
		}}}},
	}}
}
