package embedded_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/standin"
)

// kinds runs a test on each Redis this machine has.
func kinds(t *testing.T, test func(t *testing.T, r *embedded.Redis, kept bool)) {
	t.Helper()
	for name, inProcess := range map[string]bool{"server": false, "stand-in": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, err := embedded.StartRedis(within(t), embedded.Options{Dir: scratch(t), StandIn: standin.New(), InProcess: inProcess})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() {
				if err := r.Close(context.Background()); err != nil {
					t.Error(err)
				}
			})
			kept := strings.HasPrefix(r.Kind(), "redis-server ") || strings.HasPrefix(r.Kind(), "valkey-server ")
			if !inProcess && !kept {
				t.Skip("no redis-server on this machine: `make setup` installs it")
			}
			if inProcess && r.Kind() != "miniredis, in this process, nothing kept" {
				t.Errorf("kind is %q", r.Kind())
			}
			test(t, r, kept)
		})
	}
}

func client(t *testing.T, url string) *redis.Client {
	t.Helper()
	o, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(o)
	t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestRedisOverRestarts(t *testing.T) {
	t.Parallel()
	kinds(t, func(t *testing.T, r *embedded.Redis, kept bool) {
		ctx := within(t)
		url := r.URL()
		c := client(t, url)
		if err := c.Set(ctx, "chat", "draft", 0).Err(); err != nil {
			t.Fatal(err)
		}
		if err := r.Restart(ctx, false); err != nil {
			t.Fatal(err)
		}
		if got, err := c.Get(ctx, "chat").Result(); err != nil || got != "draft" {
			t.Errorf("after a restart: %q, %v", got, err)
		}
		if kept {
			// everysec hands the write to the kernel at once; only the disk waits.
			if err := c.Set(ctx, "chat", "newer", 0).Err(); err != nil {
				t.Fatal(err)
			}
			r.Kill()
			if err := r.Start(ctx); err != nil {
				t.Fatal(err)
			}
			if got, err := c.Get(ctx, "chat").Result(); err != nil || got != "newer" {
				t.Errorf("after a kill: %q, %v", got, err)
			}
		}
		if err := r.Restart(ctx, true); err != nil {
			t.Fatal(err)
		}
		if err := c.Get(ctx, "chat").Err(); !errors.Is(err, redis.Nil) {
			t.Errorf("after an empty restart: %v, want no value", err)
		}
		if r.URL() != url {
			t.Error("the address changed over restarts")
		}
		if err := r.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		if err := r.Flush(ctx, 0); err == nil { // the client would try for seconds
			t.Error("a stopped Redis answers")
		}
	})
}

func TestRedisScriptsExpiryAndDatabases(t *testing.T) {
	t.Parallel()
	kinds(t, func(t *testing.T, r *embedded.Redis, _ bool) {
		ctx := within(t)
		one, last := client(t, r.URL()), client(t, r.DatabaseURL(embedded.RedisDatabases-1))
		set := redis.NewScript(`redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2]); return cjson.encode({ok=true})`)
		if got, err := set.Run(ctx, one, []string{"k"}, "v", 30).Result(); err != nil || got != `{"ok":true}` {
			t.Fatalf("script answered %v, %v", got, err)
		}
		eventually(t, "the key expires", func() bool { return one.Exists(ctx, "k").Val() == 0 })

		for _, c := range []*redis.Client{one, last} {
			if err := c.Set(ctx, "k", "v", time.Hour).Err(); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Flush(ctx, embedded.RedisDatabases-1); err != nil {
			t.Fatal(err)
		}
		if one.Exists(ctx, "k").Val() != 1 || last.Exists(ctx, "k").Val() != 0 {
			t.Error("flushing one database touched another, or not itself")
		}
	})
}

func TestRedisFolderBelongsToOne(t *testing.T) {
	t.Parallel()
	kinds(t, func(t *testing.T, r *embedded.Redis, kept bool) {
		if !kept {
			return
		}
		_, err := embedded.StartRedis(within(t), embedded.Options{Dir: r.Dir()})
		if _, ok := errors.AsType[*embedded.InUseError](err); !ok {
			t.Errorf("start on a taken folder: %v", err)
		}
	})
}
