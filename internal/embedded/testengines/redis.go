package testengines

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// Node is one redis-server.
type Node struct {
	*Process
	t    testing.TB
	port int
	args []string
}

// node starts a redis-server that keeps an append-only file.
func node(t testing.TB, port int, more ...string) *Node {
	t.Helper()
	n := &Node{t: t, port: port}
	n.args = append([]string{"--port", strconv.Itoa(port), "--bind", host, "--dir", folder(t), "--appendonly", "yes", "--save", "",
		"--repl-diskless-sync-delay", "0", "--protected-mode", "no", "--loglevel", "warning"}, more...)
	n.Start()
	t.Cleanup(func() { n.Kill() })
	return n
}

// Start starts it (again), on what it has kept.
func (n *Node) Start() {
	n.t.Helper()
	n.Process = run(n.t, nil, "", need(n.t, "redis-server", "valkey-server"), n.args...)
	until(n.t, "a Redis to answer", func() bool { return cli(n.t, n.port, "ping") == "PONG" })
}

// Addr is host:port.
func (n *Node) Addr() string { return address(n.port) }

// Ask has it answer a command.
func (n *Node) Ask(args ...string) string { return cli(n.t, n.port, args...) }

// Cluster is a Redis Cluster of three masters with a replica each.
type Cluster struct {
	Nodes []*Node
	t     testing.TB
}

// NewCluster starts one. Its nodes take another for dead after a second and a half.
func NewCluster(t testing.TB) *Cluster {
	t.Helper()
	need(t, "redis-server", "valkey-server")
	need(t, "redis-cli", "valkey-cli")
	c := &Cluster{t: t}
	for _, port := range ports(t, 6) {
		c.Nodes = append(c.Nodes, node(t, port, "--cluster-enabled", "yes", "--cluster-node-timeout", "1500"))
	}
	tell := func(n *Node, args ...string) {
		if said := n.Ask(append([]string{"cluster"}, args...)...); said != "OK" {
			t.Fatalf("the Cluster cannot be made: %s", said)
		}
	}
	number := func(n *Node, epoch int) { // one that heard of the others early has taken a number by itself
		if said := n.Ask("cluster", "set-config-epoch", strconv.Itoa(epoch)); said != "OK" && !strings.Contains(said, "already non-zero") {
			t.Fatalf("the Cluster cannot be made: %s", said)
		}
	}
	const slots, masters = 16384, 3
	for i, n := range c.Nodes {
		number(n, i+1)
		if i < masters {
			tell(n, "addslotsrange", strconv.Itoa(i*slots/masters), strconv.Itoa((i+1)*slots/masters-1))
		}
		if i > 0 {
			tell(c.Nodes[0], "meet", host, strconv.Itoa(n.port))
		}
	}
	for i, n := range c.Nodes {
		until(t, "the nodes to know each other", func() bool {
			return strings.Contains(n.Ask("cluster", "info"), "cluster_known_nodes:6") && !strings.Contains(n.Ask("cluster", "nodes"), "handshake")
		})
		if i >= masters {
			tell(n, "replicate", c.Nodes[i-masters].Ask("cluster", "myid"))
		}
	}
	c.Whole()
	return c
}

// Whole waits until all nodes that run say that the Cluster is whole, and has replicas that have caught up.
func (c *Cluster) Whole() {
	c.t.Helper()
	for _, n := range c.Nodes {
		until(c.t, "the Cluster to be whole", func() bool {
			is := n.Ask("info", "replication")
			return strings.Contains(n.Ask("cluster", "info"), "cluster_state:ok") && (!strings.Contains(is, "role:slave") || strings.Contains(is, "master_link_status:up"))
		})
	}
}

// URL names three of its nodes.
func (c *Cluster) URL() string {
	return "redis://" + c.Nodes[0].Addr() + "?addr=" + c.Nodes[1].Addr() + "&addr=" + c.Nodes[5].Addr()
}

// Master is a node that is a master now.
func (c *Cluster) Master() *Node {
	c.t.Helper()
	for _, n := range c.Nodes {
		if strings.Contains(n.Ask("info", "replication"), "role:master") {
			return n
		}
	}
	c.t.Fatal("no node is a master")
	return nil
}

// MasterOf is the node that holds a key.
func (c *Cluster) MasterOf(key string) *Node {
	c.t.Helper()
	slot, err := strconv.Atoi(c.Nodes[0].Ask("cluster", "keyslot", key))
	if err != nil {
		c.t.Fatal(err)
	}
	for line := range strings.SplitSeq(c.Nodes[0].Ask("cluster", "nodes"), "\n") {
		fields := strings.Fields(line)
		for _, span := range fields[min(8, len(fields)):] {
			from, to, _ := strings.Cut(span, "-")
			a, _ := strconv.Atoi(from)
			b, err := strconv.Atoi(to)
			if err != nil {
				b = a
			}
			if slot >= a && slot <= b {
				return c.at(fields[1])
			}
		}
	}
	c.t.Fatalf("nobody holds %s", key)
	return nil
}

func (c *Cluster) at(addr string) *Node {
	addr, _, _ = strings.Cut(addr, "@")
	for _, n := range c.Nodes {
		if n.Addr() == addr {
			return n
		}
	}
	c.t.Fatalf("no node of the Cluster is at %s", addr)
	return nil
}

// Watched is a Redis with two replicas and three Sentinels.
type Watched struct {
	Nodes     []*Node // the first begins as the master
	Sentinels []*Node
}

// Name is by which the Sentinels know the master.
const Name = "rabeg"

// NewWatched starts them. A master is taken for dead after a second.
func NewWatched(t testing.TB) *Watched {
	t.Helper()
	path := need(t, "redis-server", "valkey-server")
	need(t, "redis-cli", "valkey-cli")
	all := ports(t, 6)
	w := &Watched{Nodes: []*Node{node(t, all[0])}}
	for _, port := range all[1:3] {
		w.Nodes = append(w.Nodes, node(t, port, "--replicaof", host+" "+strconv.Itoa(all[0])))
	}
	for _, n := range w.Nodes[1:] {
		until(t, "the replicas to have caught up", func() bool { return strings.Contains(n.Ask("info", "replication"), "master_link_status:up") })
	}
	for _, port := range all[3:] {
		file := filepath.Join(folder(t), "sentinel.conf")
		text := strings.Join([]string{"port " + strconv.Itoa(port), "bind " + host, "protected-mode no",
			"sentinel monitor " + Name + " " + host + " " + strconv.Itoa(all[0]) + " 2", "sentinel down-after-milliseconds " + Name + " 1000",
			"sentinel failover-timeout " + Name + " 3000", ""}, "\n")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s := &Node{t: t, port: port}
		s.Process = run(t, nil, "", path, file, "--sentinel")
		t.Cleanup(s.Kill)
		w.Sentinels = append(w.Sentinels, s)
	}
	for _, s := range w.Sentinels {
		until(t, "the Sentinels to know each other", func() bool {
			said := s.Ask("sentinel", "master", Name)
			return strings.Contains(said, "num-other-sentinels\n2") && strings.Contains(said, "num-slaves\n2")
		})
	}
	return w
}

// URL names the Sentinels.
func (w *Watched) URL() string {
	return "redis+sentinel://" + w.Sentinels[0].Addr() + "," + w.Sentinels[1].Addr() + "," + w.Sentinels[2].Addr() + "/" + Name
}

// Moved waits until the Sentinels name another master than a node.
func (w *Watched) Moved(t testing.TB, from *Node) {
	t.Helper()
	until(t, "the Sentinels to choose another master", func() bool {
		said := w.Sentinels[0].Ask("sentinel", "get-master-addr-by-name", Name)
		return said != "" && !strings.Contains(said, strconv.Itoa(from.port))
	})
}
