// Package web is the program's own address: health, readiness, metrics, and the networks' webhooks.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"rabeg/internal/guard"
)

// Check is one thing that must be there for the program to be of use. Ask answers within a second or fails.
type Check struct {
	Name string
	Ask  func(context.Context) error
}

// Reason is why a check fails, in words of the program's own: /readyz shows it. Every other error shows as "away", for what a
// library says may hold an address or a password.
type Reason string

// Error is the reason itself.
func (r Reason) Error() string { return string(r) }

// Note is what somebody should know of something that is well enough: /readyz shows it and stays as it is.
type Note string

// Error is the note itself.
func (n Note) Error() string { return string(n) }

// noted stands before a note.
const noted = "ok, but "

// Well reports whether a line of /readyz says that all is well, or well enough.
func Well(line string) bool { return line == "ok" || strings.HasPrefix(line, noted) }

// Options builds a Server.
type Options struct {
	Checks []Check
	// Intake are those of them without which nothing can be taken from a network here.
	Intake []Check
	// Webhooks are handlers of networks by path ("/webhook/telegram").
	Webhooks map[string]http.Handler
}

// Handler answers /healthz (the process lives), /readyz (503 while citizens are not served, a line for each check with the
// reason), /routez (503 while nothing can be taken here, so that calls go to another instance: one that cannot send may well take), and
// the webhooks.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, o.Checks) })
	mux.HandleFunc("GET /routez", func(w http.ResponseWriter, r *http.Request) { ready(w, r, o.Intake) })
	for path, h := range o.Webhooks {
		mux.Handle(path, h)
	}
	return mux
}

// Guarded is a handler whose panics end their request alone. told hears of them; the server itself would print what was panicked with, which may
// hold what somebody wrote, beside the address of who asked.
func Guarded(h http.Handler, told func(*guard.Panic)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		err := guard.Do(func() error { h.ServeHTTP(w, r); return nil })
		if p, ok := errors.AsType[*guard.Panic](err); ok {
			told(p)
			panic(http.ErrAbortHandler) // shuts the connection, of which the server says nothing: who asked comes again
		}
	})
}

// Page answers /metrics. It has an address of its own: what it tells is not for everybody who reaches the webhook.
func (m *Metrics) Page() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{}))
	return mux
}

// State asks all checks at once and tells what each says: "ok", or why not. One that hangs does not keep anybody waiting
// for more than a second.
func State(ctx context.Context, checks []Check) (state map[string]string, well bool) {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	type answer struct {
		name string
		err  error
	}
	answers := make(chan answer, len(checks))
	state = make(map[string]string, len(checks))
	for _, c := range checks {
		state[c.Name] = "away" // until it answers
		go func() { answers <- answer{c.Name, guard.Do(func() error { return c.Ask(ctx) })} }()
	}
	for left := len(checks); left > 0; left-- {
		select {
		case a := <-answers:
			why, own := errors.AsType[Reason](a.err)
			note, well := errors.AsType[Note](a.err)
			switch {
			case well:
				state[a.name] = noted + string(note)
			case a.err == nil:
				state[a.name] = "ok"
			case own:
				state[a.name] = string(why)
			}
		case <-ctx.Done():
			left = 0
		}
	}
	well = true
	for _, s := range state {
		well = well && Well(s)
	}
	return state, well
}

func ready(w http.ResponseWriter, r *http.Request, checks []Check) {
	state, well := State(r.Context(), checks)
	w.Header().Set("Content-Type", "application/json")
	if !well {
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	lines := json.NewEncoder(w)
	lines.SetIndent("", "  ") // a line for each
	lines.SetEscapeHTML(false)
	_ = lines.Encode(state)
}

// partingMost is how long requests may take when the program is to end.
const partingMost = 3 * time.Second

// Serve answers on an address until ctx is done, then lets requests at work end for at most partingMost.
// listening is told the real address.
func Serve(ctx context.Context, addr string, h http.Handler, listening func(string)) error {
	l, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	listening(l.Addr().String())
	srv := &http.Server{
		Handler: h, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, WriteTimeout: time.Minute,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
	}
	done := make(chan error, 1)
	go func() { done <- srv.Serve(l) }()
	select {
	case err := <-done:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), partingMost)
	defer cancel()
	if err := srv.Shutdown(end); err != nil {
		_ = srv.Close()
	}
	if err := <-done; err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
