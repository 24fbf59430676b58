package botapi

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Remote drives a server in another process through its control addresses. It is safe for concurrent use.
type Remote struct {
	URL    string       // of the server, as Server.URL gives it
	Client *http.Client // nil: http.DefaultClient
}

// Act does several things in order and gives what came of each.
func (r Remote) Act(ctx context.Context, acts ...Act) ([]Acted, error) {
	var done []Acted
	return done, r.do(ctx, http.MethodPost, "/sim/act", acts, &done)
}

// Events waits up to 25 seconds for events of a chat (0: of all) after seq; none is no error.
func (r Remote) Events(ctx context.Context, chat, seq int64, limit int) ([]Event, error) {
	var list []Event
	path := fmt.Sprintf("/sim/events?chat=%d&after=%d&limit=%d", chat, seq, limit)
	return list, r.do(ctx, http.MethodGet, path, nil, &list)
}

// History gives the messages of a chat as they are now.
func (r Remote) History(ctx context.Context, chat int64) ([]Seen, error) {
	var list []Seen
	return list, r.do(ctx, http.MethodGet, fmt.Sprintf("/sim/history?chat=%d", chat), nil, &list)
}

// Stats gives the server's counts.
func (r Remote) Stats(ctx context.Context) (Stats, error) {
	var st Stats
	return st, r.do(ctx, http.MethodGet, "/sim/stats", nil, &st)
}

// Group makes a group with its members.
func (r Remote) Group(ctx context.Context, spec GroupSpec) error {
	return r.do(ctx, http.MethodPost, "/sim/group", spec, nil)
}

// Fail adds a fault (without a Matcher) until Heal.
func (r Remote) Fail(ctx context.Context, f Fault) error {
	return r.do(ctx, http.MethodPost, "/sim/fail", f, nil)
}

// Heal takes all faults away.
func (r Remote) Heal(ctx context.Context) error {
	return r.do(ctx, http.MethodPost, "/sim/heal", nil, nil)
}

func (r Remote) do(ctx context.Context, verb, path string, body, dest any) error {
	var from io.Reader
	if body != nil {
		b, err := json.Marshal(body)
		if err != nil {
			return fmt.Errorf("botapi: encode %s: %w", path, err)
		}
		from = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(ctx, verb, r.URL+path, from)
	if err != nil {
		return fmt.Errorf("botapi: %s: %w", path, err)
	}
	client := r.Client
	if client == nil {
		client = http.DefaultClient
	}
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("botapi: %s: %w", path, err)
	}
	defer func() { _ = resp.Body.Close() }()
	var envelope struct {
		OK          bool            `json:"ok"`
		Result      json.RawMessage `json:"result"`
		Description string          `json:"description"`
	}
	if err := json.NewDecoder(resp.Body).Decode(&envelope); err != nil {
		return fmt.Errorf("botapi: %s: read answer: %w", path, err)
	}
	if !envelope.OK {
		return fmt.Errorf("botapi: %s: %s", path, envelope.Description)
	}
	if dest == nil {
		return nil
	}
	if err := json.Unmarshal(envelope.Result, dest); err != nil {
		return fmt.Errorf("botapi: %s: decode result: %w", path, err)
	}
	return nil
}
