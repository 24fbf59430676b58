// Package testredis gives every test a Redis database of its own in about a
// millisecond.
//
// The tests of one package share one private server (redis-server where it is
// installed, else the in-process stand-in), started by the first that asks and
// gone with the test binary. REDIS_URL is never read: no test can touch
// somebody's data.
package testredis

import (
	"context"
	"sync"
	"testing"
	"time"

	"rabeg/internal/embedded"
	"rabeg/internal/embedded/standin"
)

// patience bounds everything that is done before or after the test proper.
const patience = time.Minute

// server is the Redis of this test binary with its free database numbers.
type server struct {
	redis *embedded.Redis
	free  chan int
}

// shared starts the server when first asked. It is the one value of this
// package that lives as long as the test binary.
var shared = sync.OnceValues(start)

func start() (*server, error) {
	dir, _, err := embedded.Scratch() // removed when the test binary ends
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	redis, err := embedded.StartRedis(ctx, embedded.Options{Dir: dir, StandIn: standin.New()})
	if err != nil {
		return nil, err
	}
	s := &server{redis: redis, free: make(chan int, embedded.RedisDatabases)}
	for n := range embedded.RedisDatabases {
		s.free <- n
	}
	return s, nil
}

// New returns the URL of an empty database in the form go-redis reads. It is
// emptied when the test ends.
func New(t testing.TB) string {
	t.Helper()
	s, err := shared()
	if err != nil {
		t.Fatalf("start the tests' Redis: %v", err)
	}
	n := <-s.free // more tests than databases at once have to wait
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := s.redis.Flush(ctx, n); err != nil {
			t.Errorf("empty the test's Redis: %v", err)
		}
		s.free <- n
	})
	return s.redis.DatabaseURL(n)
}

// Own starts a Redis for one test alone, to be stopped and killed at will.
func Own(t testing.TB) *embedded.Redis {
	t.Helper()
	dir, remove, err := embedded.Scratch()
	if err != nil {
		t.Fatalf("make a folder for Redis: %v", err)
	}
	t.Cleanup(remove)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	redis, err := embedded.StartRedis(ctx, embedded.Options{Dir: dir, StandIn: standin.New()})
	if err != nil {
		t.Fatalf("start Redis: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := redis.Close(ctx); err != nil {
			t.Errorf("stop Redis: %v", err)
		}
	})
	return redis
}
