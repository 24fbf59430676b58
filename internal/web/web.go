// Package web is the program's own address: health, readiness, metrics, and the networks' webhooks.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Check is one thing that must be there for the program to be of use. Ask answers within a second or fails.
type Check struct {
	Name string
	Ask  func(context.Context) error
}

// Options builds a Server.
type Options struct {
	Checks  []Check
	Metrics *Metrics
	// Webhooks are handlers of networks by path ("/webhook/telegram").
	Webhooks map[string]http.Handler
}

// Handler answers /healthz (the process lives), /readyz (503 while something it needs is away, with its name),
// /metrics, and the webhooks.
func Handler(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) { ready(w, r, o.Checks) })
	mux.Handle("GET /metrics", promhttp.HandlerFor(o.Metrics.registry, promhttp.HandlerOpts{}))
	for path, h := range o.Webhooks {
		mux.Handle(path, h)
	}
	return mux
}

func ready(w http.ResponseWriter, r *http.Request, checks []Check) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	state := make(map[string]string, len(checks))
	type answer struct {
		name string
		err  error
	}
	answers := make(chan answer, len(checks))
	for _, c := range checks {
		go func() { answers <- answer{c.Name, c.Ask(ctx)} }()
	}
	for _, c := range checks {
		state[c.Name] = "away" // until it answers: one that hangs does not keep anybody waiting
	}
	for left := len(checks); left > 0; left-- {
		select {
		case a := <-answers:
			if a.err == nil {
				state[a.name] = "ok"
			}
		case <-ctx.Done():
			left = 0
		}
	}
	code := http.StatusOK
	for _, s := range state {
		if s != "ok" {
			code = http.StatusServiceUnavailable
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_ = json.NewEncoder(w).Encode(state)
}

// Serve answers on an address until ctx is done, then lets requests at work end for at most five seconds.
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
	end, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(end); err != nil {
		_ = srv.Close()
	}
	if err := <-done; err != nil && !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}
