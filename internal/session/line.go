package session

import (
	"context"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"

	"rabeg/internal/gather"
)

// line gathers the scripts of different chats into one exchange with Redis, so that many of them share one round trip. It
// fails as a whole only where Redis fails. Each node of a Cluster has a line of its own: one that is slow, or has died, holds up its
// own chats alone.
type line struct {
	rdb redis.UniversalClient

	mu     sync.Mutex
	calls  map[string]*gather.Line[call] // by the node's address; "" for one Redis
	closed bool
}

type call struct {
	script *redis.Script
	keys   []string
	args   []any
	reply  chan answer
}

type answer struct {
	value any
	err   error
}

const (
	// exchanges is how many are on their way at once: while Redis works on one, the answers of another are read.
	exchanges = 2
	callsMost = 64
)

func newLine(rdb redis.UniversalClient) *line {
	return &line{rdb: rdb, calls: map[string]*gather.Line[call]{}}
}

// run asks Redis to run a script. A script that changes something has perhaps done so when ctx ends first.
func (l *line) run(ctx context.Context, s *redis.Script, keys []string, args ...any) (any, error) {
	c := call{script: s, keys: keys, args: args, reply: make(chan answer, 1)}
	to, err := l.of(ctx, keys[0])
	if err != nil {
		return nil, err
	}
	if err := to.Put(ctx, c); err != nil {
		return nil, err
	}
	select {
	case a := <-c.reply:
		return a.value, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// of is the line of the node that holds a key.
func (l *line) of(ctx context.Context, key string) (*gather.Line[call], error) {
	node := ""
	if cluster, ok := l.rdb.(*redis.ClusterClient); ok {
		master, err := cluster.MasterForKey(ctx, key)
		if err != nil {
			return nil, err
		}
		node = master.Options().Addr
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, gather.ErrClosed
	}
	to := l.calls[node]
	if to == nil {
		to = gather.New(exchanges, callsMost, l.exchange)
		l.calls[node] = to
	}
	return to, nil
}

// close returns when everything that was taken is done.
func (l *line) close() {
	l.mu.Lock()
	l.closed = true
	all := l.calls
	l.calls = nil
	l.mu.Unlock()
	for _, calls := range all {
		calls.Close()
	}
}

// exchange is bounded by the client's own timeouts.
func (l *line) exchange(calls []call) {
	ctx := context.Background()
	p := l.rdb.Pipeline()
	cmds := make([]*redis.Cmd, len(calls))
	for i, c := range calls {
		cmds[i] = p.EvalSha(ctx, c.script.Hash(), c.keys, c.args...)
	}
	_, _ = p.Exec(ctx) // each command holds its own error
	for i, c := range calls {
		v, err := cmds[i].Result()
		if err != nil && strings.HasPrefix(err.Error(), "NOSCRIPT") { // Redis is new, or was emptied
			v, err = c.script.Eval(ctx, l.rdb, c.keys, c.args...).Result()
		}
		c.reply <- answer{v, err}
	}
}
