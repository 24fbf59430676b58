package session

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"rabeg/bot"
	"rabeg/internal/engine"
)

// Rights are all that a user of Redis needs for this program, as ACL SETUSER takes them; with ClusterRights in a Cluster.
const (
	Rights = "~rabeg:* +hello +ping +select +evalsha +eval +get +set +del +exists +pttl +pexpire +incr +decr +hget +hmget +hset +scan"
	// ClusterRights come to them in a Cluster.
	ClusterRights = "+cluster|slots"
)

// RightError says that the user of Redis may not run a command.
type RightError string

// Error names the command.
func (e RightError) Error() string { return "the user lacks the right to " + string(e) }

var commandShape = regexp.MustCompile(`'([A-Za-z|_-]{1,32})'`)

// lacking finds the right that an answer of Redis says is missing; nil for any other answer.
func lacking(err error) error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		if !strings.HasPrefix(e.Error(), "NOPERM") && !strings.Contains(e.Error(), "can't run this command or subcommand") && !strings.Contains(e.Error(), "can't access at least one of the keys") {
			continue
		}
		if m := commandShape.FindStringSubmatch(e.Error()); m != nil {
			return RightError("run " + strings.ToLower(m[1]))
		}
		if strings.Contains(e.Error(), "key") {
			return RightError("touch keys that begin with rabeg:")
		}
		return RightError("run a command")
	}
	return nil
}

// Probe does each thing once that the program does with Redis, with a chat that nobody has, and leaves nothing behind. A RightError says
// which right is missing.
func (s *Store) Probe(ctx context.Context) error {
	err := s.probe(ctx)
	if err == nil {
		return nil
	}
	if lacks := lacking(err); lacks != nil {
		return lacks
	}
	return full(err)
}

func (s *Store) probe(ctx context.Context) error {
	chat := bot.Address{Network: "doctor", ID: s.owner}
	id := bot.EventID("doctor:" + s.owner)
	was, err := s.Take(ctx, chat, engine.Beginning{Cause: id, At: time.Now()})
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return s.Save(ctx, was, nil, id) },
		func() error { _, err := s.Peek(ctx, chat); return err },
		func() error { return s.Free(ctx, was) },
		func() error { return s.Erase(ctx, chat) },
		func() error { return s.Begin(ctx, id) },
		func() error { _, err := s.Begun(ctx, id); return err },
		func() error { return s.Wait(ctx, id) },
		func() error { return s.End(ctx, id) },
		func() error { return s.Writable(ctx) },
		func() error { _, _, err := s.page(ctx, s.rdb, 0); return err },
		func() error { return s.rdb.HMGet(ctx, s.keys(chat)[0], "s", "e").Err() },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// page is some of the keys of conversations on one Redis, and where to go on; 0: there are no more.
func (s *Store) page(ctx context.Context, rdb redis.Cmdable, from uint64) (keys []string, next uint64, err error) {
	const some = 500
	keys, next, err = rdb.Scan(ctx, from, s.prefix+"{*}", some).Result()
	if err != nil {
		return nil, 0, fmt.Errorf("list conversations: %w", err)
	}
	return keys, next, nil
}

// Kept is a conversation as it lies in Redis: its state, and the events handled last, the newest at the end.
type Kept struct {
	Chat  bot.Address
	State []byte
	Ring  []string
}

// Each calls f with some conversations at a time until all were shown that are there from the beginning to the end. One may be shown
// twice, and one that moves from a node of a Cluster to another meanwhile not at all. It ends with f's error.
func (s *Store) Each(ctx context.Context, f func([]Kept) error) error {
	cluster, ok := s.rdb.(*redis.ClusterClient)
	if !ok {
		return s.each(ctx, s.rdb, f)
	}
	one := make(chan struct{}, 1) // the nodes are asked at once, f is not
	return cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		return s.each(ctx, node, func(some []Kept) error {
			one <- struct{}{}
			defer func() { <-one }()
			return f(some)
		})
	})
}

func (s *Store) each(ctx context.Context, rdb redis.Cmdable, f func([]Kept) error) error {
	for from, more := uint64(0), true; more; {
		keys, next, err := s.page(ctx, rdb, from)
		if err != nil {
			return err
		}
		p := s.rdb.Pipeline() // not the node's: slots may be on the move
		docs := make([]*redis.SliceCmd, len(keys))
		for i, key := range keys {
			docs[i] = p.HMGet(ctx, key, "s", "e")
		}
		if len(keys) > 0 {
			var refused redis.Error // of what is no conversation, which is left out
			if _, err := p.Exec(ctx); err != nil && !errors.As(err, &refused) {
				return fmt.Errorf("read conversations: %w", err)
			}
		}
		var some []Kept
		for i, key := range keys {
			if k, ok := s.kept(key, docs[i]); ok {
				some = append(some, k)
			}
		}
		if len(some) > 0 {
			if err := f(some); err != nil {
				return err
			}
		}
		from, more = next, next != 0
	}
	return nil
}

func (s *Store) kept(key string, doc *redis.SliceCmd) (Kept, bool) {
	name, ok := strings.CutSuffix(strings.TrimPrefix(key, s.prefix+"{"), "}")
	v := doc.Val()
	if !ok || doc.Err() != nil || len(v) != 2 {
		return Kept{}, false
	}
	k := Kept{}
	if k.Chat, ok = bot.ParseAddress(name); !ok {
		return Kept{}, false
	}
	if state, ok := v[0].(string); ok {
		k.State = []byte(state)
	}
	if ring, ok := v[1].(string); ok && ring != "" {
		k.Ring = strings.Split(ring, " ")
	}
	return k, true
}
