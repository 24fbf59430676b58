package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"sync"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Front is the address that several governments in one program share. Each has its own readiness ("/readyz/NAME") and its own
// webhooks ("/webhook/NAME/telegram"); the program's readiness ("/readyz") names them all. It may be used from several goroutines.
type Front struct {
	own *prometheus.Registry // of the process

	mu      sync.Mutex
	members map[string]member
}

// member is a government as it is seen from outside: served, or why it is not.
type member struct {
	why     string // "" while it is served
	handler http.Handler
	metrics *Metrics
}

// NewFront is an address with nobody behind it yet.
func NewFront() *Front {
	own := prometheus.NewRegistry()
	own.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return &Front{own: own, members: map[string]member{}}
}

// Serve puts a government behind the address.
func (f *Front) Serve(name string, h http.Handler, m *Metrics) {
	f.put(name, member{handler: h, metrics: m})
}

// Fail says why a government is not served. Its webhooks are answered with 503, so that the networks keep what they have for it.
func (f *Front) Fail(name, why string) { f.put(name, member{why: why}) }

// Leave takes a government away: from now on nobody knows it.
func (f *Front) Leave(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	delete(f.members, name)
}

func (f *Front) put(name string, m member) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.members[name] = m
}

func (f *Front) member(name string) (member, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m, ok := f.members[name]
	return m, ok
}

func (f *Front) all() map[string]member {
	f.mu.Lock()
	defer f.mu.Unlock()
	return maps.Clone(f.members)
}

// HookOf is the path at which a network calls: that of a program, or of one government (name) among several.
func HookOf(name, network string) string {
	if name == "" {
		return "/webhook/" + network
	}
	return "/webhook/" + name + "/" + network
}

// Handler answers on the shared address.
func (f *Front) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", f.ready)
	mux.HandleFunc("GET /routez", f.routable)
	mux.HandleFunc("GET /routez/{government}", func(w http.ResponseWriter, r *http.Request) { f.one(w, r, "/routez") })
	mux.HandleFunc("GET /readyz/{government}", func(w http.ResponseWriter, r *http.Request) { f.one(w, r, "/readyz") })
	mux.HandleFunc("/webhook/{government}/{network}", f.hook)
	return mux
}

// ready is 200 while any government is served, or none is there to be: one that fails is no reason to take the program away from
// all others.
func (f *Front) ready(w http.ResponseWriter, _ *http.Request) {
	state, served := map[string]string{}, false
	all := f.all()
	for name, m := range all {
		state[name] = "served"
		if m.why != "" {
			state[name] = m.why
		}
		served = served || m.why == ""
	}
	w.Header().Set("Content-Type", "application/json")
	if !served && len(all) > 0 {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	lines := json.NewEncoder(w)
	lines.SetIndent("", "  ")
	lines.SetEscapeHTML(false)
	_ = lines.Encode(state)
}

// routable is 200 while what comes for any government can be taken, or none is there to be.
func (f *Front) routable(w http.ResponseWriter, r *http.Request) {
	all := f.all()
	for _, m := range all {
		if m.why != "" {
			continue
		}
		said := &code{header: http.Header{}}
		if m.handler.ServeHTTP(said, at(r, "/routez")); said.status == http.StatusOK {
			all = nil
			break
		}
	}
	if len(all) > 0 {
		http.Error(w, "nothing can be taken", http.StatusServiceUnavailable)
		return
	}
	_, _ = w.Write([]byte("ok\n"))
}

// code is what an answer begins with; the rest of it is let go.
type code struct {
	header http.Header
	status int
}

func (c *code) Header() http.Header { return c.header }

func (c *code) WriteHeader(status int) {
	if c.status == 0 {
		c.status = status
	}
}

func (c *code) Write(b []byte) (int, error) {
	c.WriteHeader(http.StatusOK)
	return len(b), nil
}

// one asks one government for a page of its own.
func (f *Front) one(w http.ResponseWriter, r *http.Request, page string) {
	m, known := f.member(r.PathValue("government"))
	switch {
	case !known:
		http.NotFound(w, r)
	case m.why != "":
		http.Error(w, m.why, http.StatusServiceUnavailable)
	default:
		m.handler.ServeHTTP(w, at(r, page))
	}
}

func (f *Front) hook(w http.ResponseWriter, r *http.Request) {
	m, known := f.member(r.PathValue("government"))
	switch {
	case !known:
		http.NotFound(w, r)
	case m.why != "":
		http.Error(w, "not served now", http.StatusServiceUnavailable)
	default:
		m.handler.ServeHTTP(w, at(r, "/webhook/"+r.PathValue("network")))
	}
}

// at is a request as the government's own address would have got it.
func at(r *http.Request, path string) *http.Request {
	own := r.Clone(r.Context())
	own.URL.Path, own.URL.RawPath = path, ""
	return own
}

// Page answers /metrics with the figures of all governments, each under its name.
func (f *Front) Page() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /metrics", f.page)
	return mux
}

// page answers with the figures that stand now: governments come and go.
func (f *Front) page(w http.ResponseWriter, r *http.Request) {
	list := prometheus.Gatherers{f.own}
	all := f.all()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if m := all[name]; m.metrics != nil {
			list = append(list, m.metrics.registry)
		}
	}
	promhttp.HandlerFor(list, promhttp.HandlerOpts{}).ServeHTTP(w, r)
}
