package testredis_test

import (
	"testing"

	"github.com/redis/go-redis/v9"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/testredis"
)

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

// More tests than there are databases: each finds its own empty.
func TestEveryTestHasItsOwnEmptyDatabase(t *testing.T) {
	t.Parallel()
	for range embedded.RedisDatabases + 20 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			c := client(t, testredis.New(t))
			if n, err := c.Incr(t.Context(), "n").Result(); err != nil || n != 1 {
				t.Errorf("first count is %d, %v", n, err)
			}
		})
	}
}

func TestOwn(t *testing.T) {
	t.Parallel()
	r := testredis.Own(t)
	c := client(t, r.URL())
	if err := c.Set(t.Context(), "k", "v", 0).Err(); err != nil {
		t.Fatal(err)
	}
	if err := r.Restart(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if n, err := c.Exists(t.Context(), "k").Result(); err != nil || n != 0 {
		t.Errorf("after an empty restart: %d keys, %v", n, err)
	}
}
