package session

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// AddressError says why an address is none that Open takes. It shows nothing of the address: a password may stand there.
type AddressError string

// Error is the words.
func (e AddressError) Error() string { return string(e) }

// Examples of addresses: one Redis, a Cluster by several of its nodes, and a master that Sentinels watch.
const (
	ExampleOne      = "redis://localhost:6379/0"
	ExampleCluster  = "redis://:secret@redis-1:6379?addr=redis-2:6379&addr=redis-3:6379"
	ExampleSentinel = "redis+sentinel://sentinel-1:26379?addr=sentinel-2:26379&master_name=rabeg&password=secret"
)

const (
	sentinelPort = "26379"
	// patience bounds one exchange with Redis.
	patience = 2 * time.Second
	// reloadEvery is how old the map of a Cluster may be. It bounds how long a node that has died is still asked.
	reloadEvery = time.Second
	poolSize    = 8        // conversations share few exchanges, see line
	bufferSize  = 16 << 10 // a conversation is about 1 KB
)

// place is a Redis as an address names it: one of the three is set.
type place struct {
	one     *redis.Options
	cluster *redis.ClusterOptions
	master  *redis.FailoverOptions // watched by Sentinels
	secure  bool                   // over TLS
}

// Check says whether Open takes an address, without asking anybody. The error is an AddressError.
func Check(address string) error {
	_, err := parse(address)
	return err
}

// parse reads "redis://", "rediss://" (TLS), "unix://", the same of Valkey, a Cluster ("?addr=" of more nodes, or several hosts with
// commas) and a master watched by Sentinels ("redis+sentinel://", or "?master_name=").
func parse(address string) (p place, err error) {
	scheme, rest, _ := strings.Cut(address, "://")
	sentinel := strings.HasSuffix(scheme, "+sentinel")
	switch strings.TrimSuffix(scheme, "+sentinel") {
	case "redis", "valkey":
		scheme = "redis"
	case "rediss", "valkeys":
		scheme, p.secure = "rediss", true
	case "unix":
		if p.one, err = redis.ParseURL(address); err != nil || sentinel {
			return place{}, AddressError("is no address of a Redis socket")
		}
		return p, nil
	default:
		return place{}, AddressError("is no Redis address: it begins with none of redis://, rediss://, redis+sentinel://, unix://")
	}
	first, more := hosts(rest)
	u, err := url.Parse(scheme + "://" + first)
	if err != nil {
		return place{}, AddressError("is no Redis address: what is special in a password is written with %, such as %40 for @")
	}
	q := u.Query()
	for _, host := range more {
		q.Add("addr", host)
	}
	switch {
	case sentinel || q.Has("master_name"):
		err = p.watched(u, q)
	case q.Has("addr"):
		err = p.ofNodes(u, q)
	default:
		if p.one, err = redis.ParseURL(u.String()); err != nil {
			err = AddressError("is no Redis address: a part of it cannot be read")
		}
	}
	if err != nil {
		return place{}, err
	}
	return p, nil
}

// hosts takes all hosts but the first out of what follows the scheme.
func hosts(rest string) (first string, more []string) {
	end := len(rest)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		end = i
	}
	at := strings.LastIndex(rest[:end], "@") + 1
	list := strings.Split(rest[at:end], ",")
	return rest[:at] + list[0] + rest[end:], list[1:]
}

// ofNodes reads the address of a Cluster.
func (p *place) ofNodes(u *url.URL, q url.Values) (err error) {
	switch db := strings.Trim(u.Path, "/"); {
	case db == "" || db == "0":
	case number(db):
		return AddressError("names database " + db + ", but a Cluster has database 0 alone")
	default: // what stands there may be the end of a password with a / in it
		return AddressError("names something after a /, but a Cluster has database 0 alone; what is special in a password is written with %, such as %2F for /")
	}
	if err := ports(q, "6379"); err != nil {
		return err
	}
	u.Path, u.RawQuery = "", q.Encode()
	if p.cluster, err = redis.ParseClusterURL(u.String()); err != nil {
		return AddressError("is no address of a Cluster: a part of it cannot be read")
	}
	return nil
}

// watched reads the address of a master that Sentinels watch. Its name may stand as a folder: redis+sentinel://host/NAME/0.
func (p *place) watched(u *url.URL, q url.Values) (err error) {
	parts := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if len(parts) > 0 && !number(parts[0]) {
		if !q.Has("master_name") {
			q.Set("master_name", parts[0])
		}
		parts = parts[1:]
	}
	if q.Get("master_name") == "" {
		return AddressError("does not say by which name the Sentinels know the master: write master_name=NAME")
	}
	if err := ports(q, sentinelPort); err != nil {
		return err
	}
	if u.Port() == "" && u.Hostname() != "" {
		u.Host = net.JoinHostPort(u.Hostname(), sentinelPort)
	}
	u.Path, u.RawQuery = "/"+strings.Join(parts, "/"), q.Encode()
	if p.master, err = redis.ParseFailoverURL(u.String()); err != nil {
		return AddressError("is no address of Sentinels: a part of it cannot be read")
	}
	return nil
}

func number(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// ports completes further addresses that name no port.
func ports(q url.Values, usual string) error {
	for i, at := range q["addr"] {
		if at == "" {
			return AddressError("has an empty addr=")
		}
		if _, _, err := net.SplitHostPort(at); err != nil {
			q["addr"][i] = net.JoinHostPort(strings.Trim(at, "[]"), usual)
		}
	}
	return nil
}

// client makes the one kind of client that the whole program has. It asks nobody yet.
func (p place) client(connections int) redis.UniversalClient {
	// Protocol 2: nothing is pushed to us; version 3 would look for it before each answer.
	switch {
	case p.cluster != nil:
		o := p.cluster
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout = patience, patience, patience
		o.PoolSize, o.ReadBufferSize, o.WriteBufferSize = connections, bufferSize, bufferSize
		o.DisableIdentity, o.Protocol = true, 2
		o.ClusterStateReloadInterval = reloadEvery
		o.DisableRoutingPolicies = true // each of our commands has its key; else it would ask for all commands there are
		return redis.NewClusterClient(o)
	case p.master != nil:
		o := p.master
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout = patience, patience, patience
		o.PoolSize, o.ReadBufferSize, o.WriteBufferSize = connections, bufferSize, bufferSize
		o.DisableIdentity, o.Protocol, o.MaxRetries = true, 2, 1
		o.RouteByLatency, o.RouteRandomly, o.ReplicaOnly = false, false, false // conversations are read where they are written
		return redis.NewFailoverClient(o)
	default:
		o := p.one
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout = patience, patience, patience
		o.PoolSize, o.ReadBufferSize, o.WriteBufferSize = connections, bufferSize, bufferSize
		o.DisableIdentity, o.Protocol, o.MaxRetries = true, 2, 1
		return redis.NewClient(o)
	}
}

// MisfitError says that what answers is another kind of Redis than the address is for, and which address would do: an example without
// any password.
type MisfitError struct{ What, Example string }

// Error is what answers.
func (e *MisfitError) Error() string { return e.What }

// Fits asks what answers at the address. A *MisfitError: another kind of Redis than the address is for. Any other error says that it
// could not be asked; a server that does not tell what it is fits.
func (s *Store) Fits(ctx context.Context) error {
	switch {
	case s.at.cluster != nil:
		return s.fitsCluster(ctx)
	case s.at.master != nil:
		return s.fitsSentinels(ctx)
	}
	mode, err := modeOf(ctx, s.rdb)
	switch mode {
	case "cluster":
		return &MisfitError{What: "is one node of a Redis Cluster, which holds a part of the conversations alone: name several nodes",
			Example: s.at.scheme() + "://" + strings.Join(s.nodes(ctx), ",")}
	case "sentinel":
		return &MisfitError{What: "is a Sentinel, which keeps nothing itself: name the master that it watches",
			Example: s.at.sentinelScheme() + "://" + s.at.one.Addr + "?master_name=" + url.QueryEscape(s.watches(ctx))}
	}
	return err
}

func (p place) scheme() string {
	if p.secure {
		return "rediss"
	}
	return "redis"
}

func (p place) sentinelScheme() string { return p.scheme() + "+sentinel" }

// modeOf is "standalone", "cluster" or "sentinel", and "" for a server that does not say.
func modeOf(ctx context.Context, rdb redis.UniversalClient) (string, error) {
	said, err := rdb.Do(ctx, "hello").Slice()
	if _, refused := errors.AsType[redis.Error](err); refused {
		return "", nil // older than Redis 6, or something before it that passes on what it knows
	}
	if err != nil {
		return "", fmt.Errorf("ask Redis what it is: %w", err)
	}
	for i := 0; i+1 < len(said); i += 2 {
		if said[i] == "mode" {
			mode, _ := said[i+1].(string)
			return mode, nil
		}
	}
	return "", nil
}

// nodes are the masters of the Cluster that a node belongs to, the node itself first; more than one in any case.
func (s *Store) nodes(ctx context.Context) []string {
	all := []string{s.at.one.Addr}
	slots, err := s.rdb.ClusterSlots(ctx).Result()
	if err == nil {
		for _, slot := range slots {
			if len(slot.Nodes) > 0 && len(all) < 3 && slot.Nodes[0].Addr != all[0] && !strings.HasPrefix(slot.Nodes[0].Addr, ":") && (len(all) == 1 || all[1] != slot.Nodes[0].Addr) {
				all = append(all, slot.Nodes[0].Addr)
			}
		}
	}
	if len(all) == 1 {
		all = append(all, all[0]) // that it is a Cluster, says the comma
	}
	return all
}

// watches is the name of a master that a Sentinel watches.
func (s *Store) watches(ctx context.Context) string {
	masters, _ := s.rdb.Do(ctx, "sentinel", "masters").Slice() // without an answer the example has no name
	for _, m := range masters {
		fields, _ := m.([]any)
		for i := 0; i+1 < len(fields); i += 2 {
			if name, ok := fields[i+1].(string); ok && fields[i] == "name" {
				return name
			}
		}
	}
	return "NAME"
}

func (s *Store) fitsCluster(ctx context.Context) error {
	err := s.rdb.ClusterSlots(ctx).Err()
	if err != nil && strings.Contains(err.Error(), "cluster support disabled") {
		return &MisfitError{What: "is no Redis Cluster: name one Redis alone, without addr=", Example: s.at.scheme() + "://" + s.at.cluster.Addrs[0] + "/0"}
	}
	if err != nil {
		return fmt.Errorf("ask the Cluster for its nodes: %w", err)
	}
	return nil
}

// fitsSentinels asks the Sentinels themselves: the client says of all their answers that they cannot be reached.
func (s *Store) fitsSentinels(ctx context.Context) error {
	o := s.at.master
	var last error
	for _, at := range o.SentinelAddrs {
		c := redis.NewSentinelClient(&redis.Options{Addr: at, Username: o.SentinelUsername, Password: o.SentinelPassword, TLSConfig: o.TLSConfig,
			DialTimeout: patience, ReadTimeout: patience, WriteTimeout: patience, MaxRetries: 1, DisableIdentity: true, Protocol: 2})
		err := c.GetMasterAddrByName(ctx, o.MasterName).Err()
		_ = c.Close()
		switch {
		case err == nil:
			return nil
		case errors.Is(err, redis.Nil):
			return &MisfitError{What: "names a master that the Sentinels do not watch", Example: ExampleSentinel}
		case strings.Contains(strings.ToLower(err.Error()), "unknown command"):
			return &MisfitError{What: "is a Redis and no Sentinel: name the Sentinels, whose usual port is " + sentinelPort, Example: ExampleSentinel}
		}
		last = err
	}
	return fmt.Errorf("ask the Sentinels for the master: %w", last)
}
