package engine

import (
	"context"
	"sync"
	"time"
)

// servedFor is how long it is believed who serves which office. A report that is filed in these moments goes to the
// coordinator where it could have gone to an office just manned: nobody is missed.
const servedFor = time.Second

// served answers which offices have an operator, without asking the database at every report.
type served struct {
	offices Offices
	now     func() time.Time

	mu    sync.Mutex
	at    time.Time
	known map[string]bool
}

// forget makes the next look ask anew: what the desk did may have taken an office's last officer, and nobody would see what is filed
// there.
func (s *served) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = nil
}

func (s *served) look(ctx context.Context) (func(string) bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if s.known != nil && now.Sub(s.at) < servedFor && !now.Before(s.at) {
		known := s.known
		return func(agency string) bool { return known[agency] }, nil
	}
	list, err := s.offices.Manned(ctx)
	if err != nil {
		return nil, err
	}
	known := make(map[string]bool, len(list))
	for _, a := range list {
		known[a] = true
	}
	s.known, s.at = known, now
	return func(agency string) bool { return known[agency] }, nil
}
