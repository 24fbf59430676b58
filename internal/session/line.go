package session

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// line gathers the scripts of different chats into one exchange with Redis, so that many of them share one round trip:
// while one exchange is on its way, the next one fills. It fails as a whole only where Redis fails.
type line struct {
	rdb  redis.UniversalClient
	in   chan call
	done sync.WaitGroup
	// mu keeps run from a closed channel.
	mu     sync.RWMutex
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

var errClosed = errors.New("the store is closed")

func newLine(rdb redis.UniversalClient) *line {
	l := &line{rdb: rdb, in: make(chan call, callsMost*exchanges)}
	for range exchanges {
		l.done.Go(l.serve)
	}
	return l
}

func (l *line) close() {
	l.mu.Lock()
	if !l.closed {
		l.closed = true
		close(l.in)
	}
	l.mu.Unlock()
	l.done.Wait()
}

// run asks Redis to run a script. A script that changes something has perhaps done so when ctx ends first.
func (l *line) run(ctx context.Context, s *redis.Script, keys []string, args ...any) (any, error) {
	c := call{script: s, keys: keys, args: args, reply: make(chan answer, 1)}
	l.mu.RLock()
	if l.closed {
		l.mu.RUnlock()
		return nil, errClosed
	}
	select {
	case l.in <- c:
		l.mu.RUnlock()
	case <-ctx.Done():
		l.mu.RUnlock()
		return nil, ctx.Err()
	}
	select {
	case a := <-c.reply:
		return a.value, a.err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *line) serve() {
	calls := make([]call, 0, callsMost)
	for first := range l.in {
		calls = append(calls[:0], first)
	gather:
		for len(calls) < callsMost {
			select {
			case c, ok := <-l.in:
				if !ok {
					break gather
				}
				calls = append(calls, c)
			default:
				break gather
			}
		}
		l.exchange(calls)
		clear(calls)
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
