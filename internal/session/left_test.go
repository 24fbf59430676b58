package session_test

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"rabeg/bot"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/engine"
	"rabeg/internal/session"
)

var at = time.UnixMilli(1_700_000_000_123)

func take(t *testing.T, s *session.Store, cause, over string) engine.Session {
	t.Helper()
	got, err := s.Take(t.Context(), chat, engine.Beginning{Cause: bot.EventID(cause), Over: bot.EventID(over), At: at})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func free(t *testing.T, s *session.Store, was engine.Session) {
	t.Helper()
	if err := s.Free(t.Context(), was); err != nil {
		t.Fatal(err)
	}
}

// begun is what is remembered as begun, "" for nothing, and never for longer than an hour.
func begun(t *testing.T, c *redis.Client) string {
	t.Helper()
	n, err := c.Exists(t.Context(), key+":begun").Result()
	if err != nil || n == 0 {
		return ""
	}
	ttl, err := c.PTTL(t.Context(), key+":begun").Result()
	if err != nil || ttl <= 0 || ttl > time.Hour {
		t.Errorf("it is kept for %s (%v)", ttl, err)
	}
	return c.Get(t.Context(), key+":begun").Val()
}

func wantBegun(t *testing.T, c *redis.Client, when, want string) {
	t.Helper()
	if want != "" {
		want = "1700000000123 " + want
	}
	if got := begun(t, c); got != want {
		t.Errorf("%s, what is begun is %q, want %q", when, got, want)
	}
}

// Who dies in a turn leaves it begun, in a chat without a conversation too; the next one is told, begins nothing, and hides nothing.
func TestATurnThatWasLeft(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	a, b, c := open(t, url, "a"), open(t, url, "b"), raw(t, url)
	if was := take(t, a, "e1", ""); was.Begun != "e1" || was.Left != (engine.Left{}) {
		t.Fatalf("the first: %+v", was)
	}
	c.Del(t.Context(), key+":lease") // a has died
	was := take(t, b, "e2", "")
	if was.Begun != "" || was.Left.Cause != "e1" || !was.Left.At.Equal(at) {
		t.Fatalf("the next: %+v", was)
	}
	free(t, b, was)
	wantBegun(t, c, "after the next one was refused", "e1")
	was = take(t, b, "e1", "")
	if was.Begun != "" || was.Left.Cause != "" {
		t.Fatalf("the first again: %+v", was)
	}
	free(t, b, was)
	wantBegun(t, c, "after a vain try", "e1")
	save(t, b, take(t, b, "e1", ""), "1", "e1")
	wantBegun(t, c, "when it is saved", "")
	if was = take(t, b, "e2", ""); was.Begun != "e2" || was.Left.Cause != "" || !was.Seen("e1") {
		t.Errorf("then the next: %+v", was)
	}
}

// A turn that ends without a change is taken back, unless it says that it may have been committed.
func TestATurnThatIsTakenBack(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	s, c := open(t, url, "a"), raw(t, url)
	free(t, s, take(t, s, "e1", ""))
	wantBegun(t, c, "when it is taken back", "")
	was := take(t, s, "e1", "")
	was.Begun = ""
	free(t, s, was)
	wantBegun(t, c, "when it may be committed", "e1")
	was = take(t, s, "e2", "e1")
	if was.Begun != "e2" || was.Left.Cause != "" {
		t.Errorf("who passes it over: %+v", was)
	}
	wantBegun(t, c, "when it is passed over", "e2")
	free(t, s, engine.Session{Chat: chat, Begun: "e1"})
	wantBegun(t, c, "when what stands there no more is forsaken", "e2")
	free(t, s, engine.Session{Chat: chat, Begun: "e2"})
	wantBegun(t, c, "when it is forsaken", "")
}

// Who only looks, and who writes into a conversation from another one, changes nothing of what is begun; an erasing does.
func TestWhoTakesNoTurn(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	s, c := open(t, url, "a"), raw(t, url)
	take(t, s, "e1", "")
	was := load(t, s)
	if was.Left.Cause != "" || was.Begun != "" {
		t.Errorf("who looks is told %+v", was)
	}
	free(t, s, was)
	wantBegun(t, c, "after a look", "e1")
	save(t, s, load(t, s), "1", "carry/e1")
	wantBegun(t, c, "after another's save", "e1")
	if err := s.Save(t.Context(), was, nil, "e1"); err == nil {
		t.Error("a save of what has moved on")
	}
	wantBegun(t, c, "after a save in vain", "e1")
	if err := s.Erase(t.Context(), chat); err != nil {
		t.Fatal(err)
	}
	wantBegun(t, c, "when it is erased", "")
}

// What a program without such a memory has handled is not left, and what stands there that is none of ours is no turn.
func TestWhatIsNotLeft(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	s, c := open(t, url, "a"), raw(t, url)
	for name, spoil := range map[string]func() error{
		"handled and never ended": func() error {
			c.Set(t.Context(), key+":begun", "1 e1", time.Hour)
			return c.HSet(t.Context(), key, "r", "3", "s", "1", "e", "e0 e1 e3").Err()
		},
		"of another form": func() error { return c.Set(t.Context(), key+":begun", "e1", 0).Err() },
		"of another type": func() error { return c.LPush(t.Context(), key+":begun", "1 e1").Err() },
		"lost":            func() error { return c.FlushDB(t.Context()).Err() },
	} {
		if err := c.Del(t.Context(), key, key+":begun", key+":lease").Err(); err != nil {
			t.Fatal(err)
		}
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		was := take(t, s, "e2", "")
		if was.Begun != "e2" || was.Left.Cause != "" {
			t.Errorf("%s: %+v", name, was)
		}
		wantBegun(t, c, name, "e2")
		save(t, s, was, "2", "e2")
		wantBegun(t, c, name+" and saved", "")
	}
	c.HSet(t.Context(), key, "e", "e10 e11")
	c.Set(t.Context(), key+":begun", "1 e1", time.Hour)
	if was := take(t, s, "e2", ""); was.Left.Cause != "e1" {
		t.Errorf("one that only looks like what was handled: %+v", was)
	}
}
