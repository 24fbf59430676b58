package public

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// answer is a page as it is sent.
type answer struct {
	kind   string // its media type
	status int
	body   []byte
	packed []byte // the same, gzipped; nil where that saves nothing
	etag   string
	until  time.Time
	// missed says that somebody asked for what is not there.
	missed bool
}

// make is what makes a page when none is fresh.
type maker func(ctx context.Context, r *http.Request, lang string) (answer, error)

// cacheMost is how many pages are kept in memory, cacheBytes how much of it they may take.
const (
	cacheMost  = 4096
	cacheBytes = 64 << 20
)

// cache keeps pages while they are fresh. One that is asked for by many at once is made once.
type cache struct {
	now    func() time.Time
	flight singleflight.Group
	mu     sync.Mutex
	pages  map[string]answer
	bytes  int
	swept  time.Time // when the stale ones were last let go
	packer *packer
}

func newCache(now func() time.Time) *cache {
	return &cache{now: now, pages: map[string]answer{}, packer: newPacker(nil)}
}

func (c *cache) fresh(key string) (answer, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a, ok := c.pages[key]
	return a, ok && c.now().Before(a.until)
}

// keep takes a page in, and lets others go where there are too many: the stale ones, else whichever.
func (c *cache) keep(key string, a answer) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(key)
	if size(key, a) > cacheBytes/8 {
		return
	}
	if now := c.now(); (len(c.pages) >= cacheMost || c.bytes+size(key, a) > cacheBytes) && now.Sub(c.swept) > time.Second {
		c.swept = now
		for k, p := range c.pages {
			if !now.Before(p.until) {
				c.drop(k)
			}
		}
	}
	for k := range c.pages {
		if len(c.pages) < cacheMost && c.bytes+size(key, a) <= cacheBytes {
			break
		}
		c.drop(k)
	}
	c.pages[key] = a
	c.bytes += size(key, a)
}

func (c *cache) drop(key string) {
	if was, ok := c.pages[key]; ok {
		c.bytes -= size(key, was)
		delete(c.pages, key)
	}
}

// size is what a page takes, with the address under which it is kept: whoever asks chooses how long that is.
func size(key string, a answer) int { return len(key) + len(a.body) + len(a.packed) }

// cached answers with a page that is fresh enough, or makes it.
func (s *Site) cached(lang string, fresh time.Duration, m maker) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		key := lang + " " + r.URL.Path
		a, ok := s.cache.fresh(key)
		if !ok {
			made, err, _ := s.cache.flight.Do(key, func() (any, error) {
				ctx, done := context.WithTimeout(context.WithoutCancel(r.Context()), patience) // others wait for it, too
				defer done()
				if err := s.o.Makers.Acquire(ctx, 1); err != nil {
					return answer{}, err
				}
				defer s.o.Makers.Release(1)
				a, err := m(ctx, r, lang)
				if err != nil {
					return answer{}, err
				}
				a = s.cache.finished(a, s.o.Now().Add(fresh))
				s.cache.keep(key, a)
				return a, nil
			})
			if err != nil {
				s.failing.Do(func() { s.o.Failed(err) })
				s.broken(w, lang)
				return
			}
			a, _ = made.(answer)
		}
		if m, ok := w.(*missed); ok {
			m.missed = a.missed
		}
		write(w, r, a, fresh)
	}
}

// finished is a page with its mark, and packed.
func (c *cache) finished(a answer, until time.Time) answer {
	sum := sha256.Sum256(a.body)
	a.etag, a.until = `"`+base64.RawURLEncoding.EncodeToString(sum[:12])+`"`, until
	if strings.HasPrefix(a.kind, "text/") && len(a.body) > 1400 { // less fits one packet anyway
		a.packed = c.packer.gzip(a.body)
	}
	return a
}

// write sends a page, or that it is the one that the browser has.
func write(w http.ResponseWriter, r *http.Request, a answer, fresh time.Duration) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	h.Set("ETag", a.etag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", "no-cache")
	if a.status == http.StatusOK && fresh >= cityFresh {
		h.Set("Cache-Control", "public, max-age="+strconv.Itoa(int(fresh/time.Second)))
	}
	if a.status == http.StatusOK && has(r.Header.Get("If-None-Match"), a.etag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	body := a.body
	if a.packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = a.packed
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	_, _ = w.Write(body) // who has gone needs nothing
}

// has reports whether a list of marks holds one.
func has(list, mark string) bool {
	for m := range strings.SplitSeq(list, ",") {
		if strings.TrimPrefix(strings.TrimSpace(m), "W/") == mark {
			return true
		}
	}
	return false
}
