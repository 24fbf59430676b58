package open311

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"net/http"
	"time"

	"rabeg/internal/ledger"
	"rabeg/internal/report"
)

// KeyHash is what is kept of a key.
func KeyHash(key string) [sha256.Size]byte { return sha256.Sum256([]byte(key)) }

// NewKey makes a key: 26 letters and digits that nobody can guess, so that a plain hash of it says nothing.
func NewKey() string { return rand.Text() }

// Clients knows the clients and what they brought. ledger.ErrNoClient, or ledger.ErrUnknown, where there is none.
type Clients interface {
	// ClientOf finds a client by the hash of its key; one that has ended is found, too.
	ClientOf(ctx context.Context, hash [sha256.Size]byte) (ledger.Client, error)
	// ByToken finds what was brought under a token.
	ByToken(ctx context.Context, token string) (ledger.Carriage, error)
	// ByPrint finds what a client brought of the same print since a time.
	ByPrint(ctx context.Context, client string, mark [sha256.Size]byte, since time.Time) (ledger.Carriage, error)
	// CarriedBy are the numbers of a client's own reports that something happened in since a time.
	CarriedBy(ctx context.Context, client string, since time.Time) ([]report.Code, error)
	// Carrier tells who brought a report; ledger.ErrUnknown where no client did.
	Carrier(ctx context.Context, code report.Code) (ledger.Carriage, error)
}

// known finds out who calls, and counts it.
func (s *Server) known(ctx context.Context, key string) (ledger.Client, error) {
	c, err := s.keyed(ctx, key)
	if err != nil {
		return c, err
	}
	if wait := s.limits.take(c.ID, c.PerMinute, s.Now()); wait > 0 {
		return c, &Fault{Status: http.StatusTooManyRequests, Words: "too many calls with this api_key", After: int(wait/time.Second) + 1}
	}
	return c, nil
}

// keyed finds whose a key is. A missing key and a wrong one are alike; so is that of a client that has ended.
func (s *Server) keyed(ctx context.Context, key string) (ledger.Client, error) {
	const refused = "api_key is missing or not valid"
	if key == "" || len(key) > 200 {
		return ledger.Client{}, &Fault{Status: http.StatusForbidden, Words: refused}
	}
	c, err := s.Clients.ClientOf(ctx, KeyHash(key))
	switch {
	case errors.Is(err, ledger.ErrNoClient):
		return c, &Fault{Status: http.StatusForbidden, Words: refused}
	case err != nil:
		return c, err
	case !c.Ended.IsZero() && !s.Now().Before(c.Ended):
		return c, &Fault{Status: http.StatusForbidden, Words: refused}
	}
	return c, nil
}
