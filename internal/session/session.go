// Package session keeps conversations in Redis: one small document a chat, changed only by compare-and-swap, gone after
// a month of silence. What must not be lost is not here.
package session

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"rabeg/bot"
	"rabeg/internal/engine"
)

// Keep is how long a silent conversation is kept. A draft lives shorter (the machine decides); the language lives as
// long as this.
const Keep = 30 * 24 * time.Hour

// ringSize is how many handled events of a chat are remembered, so that an event that comes again changes nothing.
const ringSize = 32

// Lease is how long one instance may hold a chat. It bounds how long a chat waits for an instance that died.
const Lease = 5 * time.Second

// leftFor is how long it is remembered that an event was begun in a chat and is not over.
const leftFor = time.Hour

// Store keeps sessions in one Redis, or one Cluster.
type Store struct {
	at     place
	rdb    redis.UniversalClient
	line   *line
	owner  string
	prefix string
	shared bool // others use the connections as well
}

// Server is a Redis, or a Cluster, with connections that several Stores share.
type Server struct {
	at  place
	rdb redis.UniversalClient
}

// Dial is a Server by its address (see Check), with at most so many connections. It asks nobody yet.
func Dial(address string, connections int) (*Server, error) {
	at, err := parse(address)
	if err != nil {
		return nil, fmt.Errorf("read the Redis address: %w", err)
	}
	redis.SetLogger(silent{}) // what fails is in the errors; it would write to standard error besides
	return &Server{at: at, rdb: at.client(connections)}, nil
}

// Close ends the connections. All stores are closed before.
func (s *Server) Close() error { return s.rdb.Close() }

// Store is Open on the connections of the server.
func (s *Server) Store(owner, prefix string) *Store {
	return &Store{at: s.at, rdb: s.rdb, line: newLine(s.rdb), owner: owner, prefix: prefix, shared: true}
}

// Open connects to a Redis by its address (see Check): one Redis, a Cluster, or the master that Sentinels watch. owner names this instance
// in leases: two programs that may run at once have different names; one that takes another's place may have its name.
func Open(address, owner, prefix string) (*Store, error) {
	server, err := Dial(address, poolSize)
	if err != nil {
		return nil, err
	}
	s := server.Store(owner, prefix)
	s.shared = false
	return s, nil
}

type silent struct{}

// Printf is of the library's logger.
func (silent) Printf(context.Context, string, ...any) {}

// Close ends the connections, after what is on its way. Nothing may be asked afterwards.
func (s *Store) Close() error {
	s.line.close()
	if s.shared {
		return nil
	}
	return s.rdb.Close()
}

// Ping reports whether Redis answers.
func (s *Store) Ping(ctx context.Context) error {
	if err := s.rdb.Ping(ctx).Err(); err != nil {
		return fmt.Errorf("ask Redis: %w", err)
	}
	return nil
}

// Why a Redis that answers takes nothing.
var (
	ErrFull     = errors.New("the memory of Redis is full")
	ErrReadOnly = errors.New("Redis takes no writes")
	// ErrPart says that a Cluster answers for a part of the conversations alone.
	ErrPart = errors.New("a master of the Cluster does not answer: its conversations wait")
)

// partMost is how long a master of a Cluster may take to answer before its conversations are said to wait.
const partMost = 500 * time.Millisecond

// errNone says that no master of a Cluster serves anybody, as far as could be seen.
var errNone = errors.New("no master of the Cluster serves its part")

// Whole reports whether all masters of a Cluster serve their part. ErrPart: some do; any other error: none is known to. One Redis is whole.
func (s *Store) Whole(ctx context.Context) error {
	cluster, ok := s.rdb.(*redis.ClusterClient)
	if !ok {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, partMost)
	defer cancel()
	var serving, failing atomic.Int32
	all := make(chan struct{}) // the client's own time for an answer is longer
	go func() {
		defer close(all)
		var asked sync.WaitGroup
		for node, key := range s.parts(ctx, cluster) {
			asked.Go(func() {
				if err := node.Get(ctx, key).Err(); err == nil || errors.Is(err, redis.Nil) || strings.HasPrefix(err.Error(), "MOVED ") {
					serving.Add(1)
				} else { // one that is cut off from most others answers, and serves nobody
					failing.Add(1)
				}
			})
		}
		asked.Wait()
	}()
	late := false
	select {
	case <-all:
	case <-ctx.Done():
		late = true
	}
	switch {
	case serving.Load() == 0:
		return errNone
	case late || failing.Load() > 0:
		return ErrPart
	}
	return nil
}

// partKeys is how many keys are looked at to find all masters: also one that has a fiftieth of the slots.
const partKeys = 512

// parts are the masters of a Cluster, each with a key that it holds, as they are known: the client's own list is asked for anew each time,
// and waits for a node that stands still.
func (s *Store) parts(ctx context.Context, cluster *redis.ClusterClient) map[*redis.Client]string {
	found := map[*redis.Client]string{}
	for i := range partKeys {
		key := s.prefix + "{part:" + strconv.Itoa(i) + "}"
		if node, err := cluster.MasterForKey(ctx, key); err == nil {
			found[node] = key
		} else if ctx.Err() != nil {
			break
		}
	}
	return found
}

// Writable reports whether Redis takes what is written, by writing: one whose memory is full answers all the same.
func (s *Store) Writable(ctx context.Context) error {
	const beat = 10 * time.Second
	err := s.rdb.Set(ctx, s.prefix+"alive", s.owner, beat).Err()
	if err == nil {
		return nil
	}
	if known := full(err); errors.Is(known, ErrFull) || errors.Is(known, ErrReadOnly) {
		return known
	}
	return fmt.Errorf("write to Redis: %w", err)
}

// full turns the answers of a Redis that takes no writes into errors of this package.
func full(err error) error {
	for e := err; e != nil; e = errors.Unwrap(e) {
		switch code, _, _ := strings.Cut(e.Error(), " "); code {
		case "OOM":
			return ErrFull
		case "READONLY", "MISCONF", "NOREPLICAS":
			return ErrReadOnly
		}
	}
	return err
}

// load takes the lease and reads. The lease is ours when it is free or was ours before, and when what stands there is none
// that this program takes: one that never ends, one longer than all of ours, one that is no text. A document that is none of ours
// is dropped: a chat that cannot be read would be stuck for as long as it is kept. An event that begins is written down beside the
// document, unless another stands there that is neither handled nor passed over: that one is answered.
// KEYS: document, lease, begun. ARGV: owner, lease in ms, what begins ("" for nothing), what is passed over, when it begins in ms,
// how long that is kept in ms. Answer: {"busy"} or {rev, state, ring, "ms cause" left or "begun"}.
//
//nolint:gochecknoglobals // a constant that the library computes the hash of
var load = redis.NewScript(`
local holder = redis.pcall('GET', KEYS[2])
local left = redis.call('PTTL', KEYS[2])
local ours = type(holder) == 'string' and left >= 0 and left <= tonumber(ARGV[2])
if ours and holder ~= ARGV[1] then return {'busy'} end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
local doc = redis.pcall('HMGET', KEYS[1], 'r', 's', 'e')
if doc.err and not string.find(doc.err, 'WRONGTYPE', 1, true) then return doc end
if doc.err or (doc[1] and not (string.match(doc[1], '^%d+$') and #doc[1] < 16)) then
  redis.call('DEL', KEYS[1])
  doc = {false, false, false}
end
if ARGV[3] == '' then return doc end
local begun = redis.pcall('GET', KEYS[3])
local cause = type(begun) == 'string' and string.match(begun, '^%d+ (.+)$')
if cause == ARGV[3] then return doc end
if cause and cause ~= ARGV[4] and not string.find(' ' .. (doc[3] or '') .. ' ', ' ' .. cause .. ' ', 1, true) then
  doc[4] = begun
  return doc
end
redis.call('SET', KEYS[3], ARGV[5] .. ' ' .. ARGV[3], 'PX', ARGV[6])
doc[4] = 'begun'
return doc`)

// save writes when nobody else has, gives the lease back, and ends what was begun.
// KEYS: document, lease, begun. ARGV: rev it had, state, ring, time to live in ms, owner, what is handled. Answer: 1, or 0 when it had
// moved on.
//
//nolint:gochecknoglobals // as above
var save = redis.NewScript(`
local rev = redis.call('HGET', KEYS[1], 'r')
if (rev or '0') ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'r', ARGV[1] + 1, 's', ARGV[2], 'e', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if redis.call('GET', KEYS[2]) == ARGV[5] then redis.call('DEL', KEYS[2]) end
local over = ARGV[6]` + takeBack + `
return 1`)

// takeBack forgets that an event was begun that is over.
const takeBack = `
local begun = redis.pcall('GET', KEYS[3])
if type(begun) == 'string' and string.match(begun, '^%d+ (.+)$') == over then redis.call('DEL', KEYS[3]) end`

func (s *Store) keys(chat bot.Address) []string {
	k := s.prefix + "{" + chat.String() + "}"
	return []string{k, k + ":lease", k + ":begun"}
}

// Load reads a conversation and holds it for Lease. engine.ErrBusy: another instance holds it.
func (s *Store) Load(ctx context.Context, chat bot.Address) (engine.Session, error) {
	return s.Take(ctx, chat, engine.Beginning{})
}

// Take is Load for a turn: what begins is remembered in the same round trip.
func (s *Store) Take(ctx context.Context, chat bot.Address, b engine.Beginning) (engine.Session, error) {
	answer, err := s.line.run(ctx, load, s.keys(chat), s.owner, Lease.Milliseconds(),
		string(b.Cause), string(b.Over), b.At.UnixMilli(), leftFor.Milliseconds())
	if err != nil {
		return engine.Session{}, fmt.Errorf("load a conversation: %w", err)
	}
	v, ok := answer.([]any)
	if !ok || len(v) == 0 {
		return engine.Session{}, fmt.Errorf("load a conversation: Redis answered a %T", answer)
	}
	if len(v) == 1 {
		return engine.Session{}, engine.ErrBusy
	}
	out := engine.Session{Chat: chat}
	if rev, ok := v[0].(string); ok {
		if out.Rev, err = strconv.ParseInt(rev, 10, 64); err != nil {
			return engine.Session{}, fmt.Errorf("load a conversation: %w", err)
		}
	}
	if state, ok := v[1].(string); ok && state != "" {
		out.State = []byte(state)
	}
	if ring, ok := v[2].(string); ok && ring != "" {
		out.Ring = strings.Split(ring, " ")
	}
	if len(v) > 3 {
		if out.Left, ok = leftIn(v[3]); !ok {
			out.Begun = b.Cause
		}
	}
	return out, nil
}

// leftIn reads an event that was begun and is not over; ok is false where there is none.
func leftIn(begun any) (l engine.Left, ok bool) {
	text, _ := begun.(string)
	at, cause, ok := strings.Cut(text, " ")
	ms, err := strconv.ParseInt(at, 10, 64)
	if !ok || err != nil {
		return l, false
	}
	return engine.Left{Cause: bot.EventID(cause), At: time.UnixMilli(ms)}, true
}

// Save writes the state after an event and gives the hold back. ErrConflict: somebody else saved in between.
func (s *Store) Save(ctx context.Context, was engine.Session, state []byte, handled bot.EventID) error {
	seen := append(slices.Clone(was.Ring), string(handled))
	if len(seen) > ringSize {
		seen = seen[len(seen)-ringSize:]
	}
	n, err := s.line.run(ctx, save, s.keys(was.Chat), strconv.FormatInt(was.Rev, 10), state, strings.Join(seen, " "),
		Keep.Milliseconds(), s.owner, string(handled))
	if err != nil {
		return fmt.Errorf("save a conversation: %w", err)
	}
	if n != int64(1) {
		return engine.ErrConflict
	}
	return nil
}

// Peek reads the state of a conversation as it was saved last, and holds nothing; nil for one that has not begun.
func (s *Store) Peek(ctx context.Context, chat bot.Address) ([]byte, error) {
	state, err := s.rdb.HGet(ctx, s.keys(chat)[0], "s").Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look at a conversation: %w", err)
	}
	return state, nil
}

// Free gives the hold back without a change, and takes back what was begun with it.
func (s *Store) Free(ctx context.Context, was engine.Session) error {
	const drop = `
if redis.call('GET', KEYS[2]) == ARGV[1] then redis.call('DEL', KEYS[2]) end
local over = ARGV[2]` + takeBack + `
return 1`
	if err := s.rdb.Eval(ctx, drop, s.keys(was.Chat), s.owner, string(was.Begun)).Err(); err != nil {
		return fmt.Errorf("free a conversation: %w", err)
	}
	return nil
}

// Erase removes a conversation, whatever is in it. engine.ErrBusy: an instance is at work on it, and would write it anew.
func (s *Store) Erase(ctx context.Context, chat bot.Address) error {
	// KEYS: document, lease, begun. Who holds the lease is waited for, and loses what it would save by its rev otherwise.
	const drop = `
if redis.call('EXISTS', KEYS[2]) == 1 and redis.call('PTTL', KEYS[2]) > 0 then return 0 end
redis.call('DEL', KEYS[1], KEYS[2], KEYS[3])
return 1`
	n, err := s.rdb.Eval(ctx, drop, s.keys(chat)).Int()
	switch {
	case err != nil:
		return fmt.Errorf("erase a conversation: %w", err)
	case n == 0:
		return engine.ErrBusy
	}
	return nil
}

// Raw loads and saves without a machine in between, to measure what Redis itself allows.
func (s *Store) Raw(ctx context.Context, chat bot.Address) error {
	was, err := s.Take(ctx, chat, engine.Beginning{Cause: "bench", At: time.Now()})
	if err != nil {
		return err
	}
	return s.Save(ctx, was, was.State, "bench")
}

// Persistence tells whether Redis keeps what it holds over a restart; an error when it does not. A RightError: this user may not ask.
func (s *Store) Persistence(ctx context.Context) (string, error) {
	info, err := s.rdb.Info(ctx, "persistence").Result()
	if lacks := lacking(err); lacks != nil {
		return "", lacks
	}
	if err != nil {
		return "", fmt.Errorf("ask Redis: %w", err)
	}
	if strings.Contains(info, "aof_enabled:1") {
		return "append-only file on", nil
	}
	return "", errors.New("Redis keeps no append-only file")
}
