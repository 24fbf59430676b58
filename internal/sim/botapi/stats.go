package botapi

import (
	"maps"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

// Stats are counts since the server was made.
type Stats struct {
	Calls     map[string]map[string]int `json:"calls"`     // method (as called) → HTTP-like code or "fault" → count
	TooMany   int                       `json:"too_many"`  // calls refused for a limit; injected 429 are not in it
	Messages  int                       `json:"messages"`  // messages the bot sent, each item of an album counted
	Queued    int                       `json:"queued"`    // updates made for the bot
	Delivered int                       `json:"delivered"` // updates a webhook accepted
}

type counters struct {
	queued, delivered, messages atomic.Int64

	mu    sync.Mutex
	calls map[string]map[string]int
}

func (c *counters) add(name string, code int) {
	c.count(name, strconv.Itoa(code))
}

func (c *counters) fault(name string) { c.count(name, "fault") }

func (c *counters) count(name, result string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	byResult := c.calls[name]
	if byResult == nil {
		if len(c.calls) > 1000 || strings.ContainsAny(name, "/ ") {
			return // garbage in the address must not grow the table
		}
		if c.calls == nil {
			c.calls = make(map[string]map[string]int)
		}
		byResult = make(map[string]int)
		c.calls[name] = byResult
	}
	byResult[result]++
}

// Stats gives the counts so far.
func (s *Server) Stats() Stats {
	st := Stats{
		Calls:     make(map[string]map[string]int),
		Messages:  int(s.counts.messages.Load()),
		Queued:    int(s.counts.queued.Load()),
		Delivered: int(s.counts.delivered.Load()),
	}
	s.counts.mu.Lock()
	defer s.counts.mu.Unlock()
	for name, results := range s.counts.calls {
		st.Calls[name] = maps.Clone(results)
		st.TooMany += results["429"]
	}
	return st
}
