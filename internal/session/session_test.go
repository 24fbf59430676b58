package session_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"rabeg/bot"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/engine"
	"rabeg/internal/session"
)

var (
	_    engine.Sessions = (*session.Store)(nil)
	chat                 = bot.Address{Network: bot.Telegram, ID: "7"}
)

const key = "t:{telegram:7}"

func open(t *testing.T, url, owner string, prefix ...string) *session.Store {
	t.Helper()
	s, err := session.Open(url, owner, append(prefix, "t:")[0])
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func raw(t *testing.T, url string) *redis.Client {
	t.Helper()
	opt, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(opt)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func load(t *testing.T, s *session.Store) engine.Session {
	t.Helper()
	got, err := s.Load(t.Context(), chat)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func save(t *testing.T, s *session.Store, was engine.Session, state, event string) {
	t.Helper()
	if err := s.Save(t.Context(), was, []byte(state), bot.EventID(event)); err != nil {
		t.Fatal(err)
	}
}

func TestAConversationIsKept(t *testing.T) {
	t.Parallel()
	s := open(t, testredis.New(t), "a")
	was := load(t, s)
	if was.Rev != 0 || was.State != nil || was.Ring != nil || was.Seen("e1") || was.Chat != chat {
		t.Errorf("a new conversation is %+v", was)
	}
	save(t, s, was, `{"a":"é\u0000"}`, "e1")
	was = load(t, s)
	if was.Rev != 1 || string(was.State) != `{"a":"é\u0000"}` || !was.Seen("e1") || was.Seen("e") {
		t.Errorf("kept: %+v", was)
	}
	save(t, s, was, ``, "e2")
	if was = load(t, s); was.Rev != 2 || was.State != nil || !was.Seen("e1") || !was.Seen("e2") {
		t.Errorf("an empty state: %+v", was)
	}
}

func TestTheRingIsBounded(t *testing.T) {
	t.Parallel()
	s := open(t, testredis.New(t), "a")
	for i := range 100 {
		save(t, s, load(t, s), "{}", fmt.Sprint("e", i))
	}
	was := load(t, s)
	if len(was.Ring) != 32 || !was.Seen("e99") || !was.Seen("e68") || was.Seen("e67") {
		t.Errorf("%d events are remembered: %v", len(was.Ring), was.Ring)
	}
}

// Two saves from one load: the second is refused, and changes nothing.
func TestConflict(t *testing.T) {
	t.Parallel()
	s := open(t, testredis.New(t), "a")
	was := load(t, s)
	save(t, s, was, "1", "e1")
	for _, stale := range []engine.Session{was, {Chat: chat, Rev: 7}} {
		if err := s.Save(t.Context(), stale, []byte("2"), "e2"); !errors.Is(err, engine.ErrConflict) {
			t.Errorf("a save on rev %d: %v", stale.Rev, err)
		}
	}
	if got := load(t, s); string(got.State) != "1" || got.Seen("e2") {
		t.Errorf("after the conflict: %+v", got)
	}
}

func TestTwoOwners(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	a, b := open(t, url, "a"), open(t, url, "b")
	was := load(t, a)
	if _, err := b.Load(t.Context(), chat); !errors.Is(err, engine.ErrBusy) {
		t.Fatalf("a held conversation: %v", err)
	}
	if err := b.Free(t.Context(), was); err != nil { // not its own: nothing happens
		t.Fatal(err)
	}
	if _, err := b.Load(t.Context(), chat); !errors.Is(err, engine.ErrBusy) {
		t.Fatalf("after somebody else's free: %v", err)
	}
	load(t, a) // its own lease is no obstacle
	save(t, a, was, "1", "e1")
	theirs := load(t, b) // saved and given back
	if string(theirs.State) != "1" {
		t.Errorf("b reads %+v", theirs)
	}
	if err := b.Free(t.Context(), theirs); err != nil {
		t.Fatal(err)
	}
	load(t, a)
}

// An instance that died holds a chat no longer than the lease; what it saves later is refused.
func TestTheLeaseEnds(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	a, b, c := open(t, url, "a"), open(t, url, "b"), raw(t, url)
	was := load(t, a)
	left, err := c.PTTL(t.Context(), key+":lease").Result()
	if err != nil || left <= 0 || left > session.Lease {
		t.Fatalf("the lease ends in %v (%v)", left, err)
	}
	if err := c.PExpire(t.Context(), key+":lease", time.Millisecond).Err(); err != nil {
		t.Fatal(err)
	}
	theirs, err := b.Load(t.Context(), chat)
	for errors.Is(err, engine.ErrBusy) {
		theirs, err = b.Load(t.Context(), chat)
	}
	if err != nil {
		t.Fatal(err)
	}
	save(t, b, theirs, "b", "e1")
	if err := a.Save(t.Context(), was, []byte("a"), "e2"); !errors.Is(err, engine.ErrConflict) {
		t.Errorf("a save after the lease ended: %v", err)
	}
	if keep, err := c.PTTL(t.Context(), key).Result(); err != nil || keep < session.Keep-time.Minute || keep > session.Keep {
		t.Errorf("a conversation is kept for %v (%v)", keep, err)
	}
}

// A document that is none of ours is begun anew: a draft may be lost, but the chat goes on.
func TestCorruptDocuments(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(context.Context, *redis.Client) error{
		"no number": func(ctx context.Context, c *redis.Client) error { return c.HSet(ctx, key, "r", "x", "s", "1").Err() },
		"too large": func(ctx context.Context, c *redis.Client) error {
			return c.HSet(ctx, key, "r", strings.Repeat("9", 30)).Err()
		},
		"another type":    func(ctx context.Context, c *redis.Client) error { return c.Set(ctx, key, "x", 0).Err() },
		"nothing at all":  func(ctx context.Context, c *redis.Client) error { return c.HSet(ctx, key, "z", "1").Err() },
		"an empty number": func(ctx context.Context, c *redis.Client) error { return c.HSet(ctx, key, "r", "").Err() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := testredis.New(t)
			s := open(t, url, "a")
			if err := spoil(t.Context(), raw(t, url)); err != nil {
				t.Fatal(err)
			}
			was := load(t, s)
			if was.Rev != 0 || was.State != nil || len(was.Ring) != 0 {
				t.Errorf("loaded %+v", was)
			}
			save(t, s, was, "1", "e1")
			if got := load(t, s); got.Rev != 1 || string(got.State) != "1" {
				t.Errorf("then %+v", got)
			}
		})
	}
}

// Many at once on one chat: every save that succeeds counts, none is overwritten.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	var all sync.WaitGroup
	for i := range 4 {
		s := open(t, url, fmt.Sprint(i%2)) // two with one name: only the revision keeps them apart
		all.Go(func() {
			for done := 0; done < 25; {
				was, err := s.Load(t.Context(), chat)
				if err == nil {
					err = s.Save(t.Context(), was, append(was.State, '.'), bot.EventID(fmt.Sprint(i, "/", done)))
				}
				switch {
				case err == nil:
					done++
				case !errors.Is(err, engine.ErrBusy) && !errors.Is(err, engine.ErrConflict):
					t.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if got := load(t, open(t, url, "0")); got.Rev != 100 || len(got.State) != 100 {
		t.Errorf("rev %d, %d marks; want 100", got.Rev, len(got.State))
	}
}

// A Redis that was restarted empty knows neither scripts nor conversations: it goes on with new ones.
func TestRedisRestartedEmpty(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	s, c := open(t, url, "a"), raw(t, url)
	save(t, s, load(t, s), "1", "e1")
	was := load(t, s)
	if err := c.ScriptFlush(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if err := c.FlushDB(t.Context()).Err(); err != nil {
		t.Fatal(err)
	}
	if err := s.Save(t.Context(), was, []byte("2"), "e2"); !errors.Is(err, engine.ErrConflict) {
		t.Errorf("a save onto nothing: %v", err)
	}
	if got := load(t, s); got.Rev != 0 {
		t.Errorf("loaded %+v", got)
	}
}

func TestRedisAway(t *testing.T) {
	t.Parallel()
	if _, err := session.Open("nonsense://", "a", "t:"); err == nil {
		t.Error("an address that is none was taken")
	}
	s := open(t, "unix:///nowhere/redis.sock", "a")
	if err := s.Ping(t.Context()); err == nil {
		t.Error("a Redis that is away answers")
	}
	if _, err := s.Load(t.Context(), chat); err == nil || errors.Is(err, engine.ErrBusy) {
		t.Errorf("load: %v", err)
	}
	if err := s.Save(t.Context(), engine.Session{Chat: chat}, nil, "e"); err == nil || errors.Is(err, engine.ErrConflict) {
		t.Errorf("save: %v", err)
	}
	if err := s.Free(t.Context(), engine.Session{Chat: chat}); err == nil {
		t.Error("free succeeded")
	}
}

// An erased conversation is gone; whoever is at work on it is waited for, and cannot bring it back.
func TestErase(t *testing.T) {
	t.Parallel()
	url := testredis.New(t)
	a, b := open(t, url, "a"), open(t, url, "b")
	was := load(t, a)
	save(t, a, was, "words", "e1")
	was = load(t, a)
	if err := b.Erase(t.Context(), chat); !errors.Is(err, engine.ErrBusy) {
		t.Fatalf("a held conversation: %v", err)
	}
	if err := a.Free(t.Context(), was); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := b.Erase(t.Context(), chat); err != nil {
			t.Fatal(err)
		}
	}
	if err := a.Save(t.Context(), was, []byte("words again"), "e2"); !errors.Is(err, engine.ErrConflict) {
		t.Errorf("who held it before saves: %v", err)
	}
	if got := load(t, a); len(got.State) > 0 || len(got.Ring) > 0 {
		t.Errorf("it is still there: %+v", got)
	}
}
