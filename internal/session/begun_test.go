package session_test

import (
	"testing"
	"time"

	"rabeg/internal/embedded/testredis"
	"rabeg/internal/engine"
	"rabeg/internal/session"
)

var _ engine.Begun = (*session.Store)(nil)

// A lease that would never end, or is none at all, holds nobody up: no instance of ours makes such a one.
func TestALeaseThatIsNone(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	s, r := open(t, url, "a"), raw(t, url)
	for name, spoil := range map[string]func() error{
		"without an end":                      func() error { return r.Set(t.Context(), key+":lease", "b", 0).Err() },
		"for an hour":                         func() error { return r.Set(t.Context(), key+":lease", "b", time.Hour).Err() },
		"a list":                              func() error { return r.LPush(t.Context(), key+":lease", "b").Err() },
		"a table":                             func() error { return r.HSet(t.Context(), key+":lease", "b", 1).Err() },
		"a text in place of the conversation": func() error { return r.Set(t.Context(), key, "b", 0).Err() },
	} {
		if err := r.Del(t.Context(), key, key+":lease").Err(); err != nil {
			t.Fatal(err)
		}
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		was, err := s.Load(t.Context(), chat)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		save(t, s, was, "{}", "e")
	}
}

// What was begun and never ended is known to the program's next life.
func TestWhatWasBegun(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	for range 3 { // three lives
		s := open(t, url, "a")
		if err := s.Begin(t.Context(), "e1"); err != nil {
			t.Fatal(err)
		}
	}
	s := open(t, url, "a")
	if n, err := s.Begun(t.Context(), "e1"); err != nil || n != 3 {
		t.Errorf("begun %d times: %v", n, err)
	}
	if err := s.Wait(t.Context(), "e1"); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Begun(t.Context(), "e1"); err != nil || n != 2 {
		t.Errorf("one of them only waits: begun %d times: %v", n, err)
	}
	if n, err := s.Begun(t.Context(), "e2"); err != nil || n != 0 {
		t.Errorf("another: begun %d times: %v", n, err)
	}
	if err := s.End(t.Context(), "e1"); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Begun(t.Context(), "e1"); err != nil || n != 0 {
		t.Errorf("ended: begun %d times: %v", n, err)
	}
}
