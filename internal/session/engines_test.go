package session_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/embedded/testengines"
	"rabeg/internal/engine"
	"rabeg/internal/session"
)

func chatOf(n int) bot.Address { return bot.Address{Network: bot.Telegram, ID: fmt.Sprint(n)} }

// talk keeps an event of each of some chats, trying again as the engine does.
func talk(t *testing.T, s *session.Store, from, until int, event string) {
	t.Helper()
	for n := from; n < until; n++ {
		for {
			was, err := s.Take(t.Context(), chatOf(n), engine.Beginning{Cause: bot.EventID(event), At: time.Now()})
			if err == nil && !was.Seen(bot.EventID(event)) {
				err = s.Save(t.Context(), was, append(was.State, event[0]), bot.EventID(event))
			}
			if err == nil {
				break
			}
			if t.Context().Err() != nil {
				t.Fatal(err)
			}
		}
	}
}

// A Redis Cluster: conversations lie on all masters and are kept over the death of one; all of them are found again.
func TestACluster(t *testing.T) {
	t.Parallel()
	c := testengines.NewCluster(t)
	s := open(t, c.URL(), "a")
	if err := errors.Join(s.Fits(t.Context()), s.Probe(t.Context()), s.Ping(t.Context())); err != nil {
		t.Fatal(err)
	}
	talk(t, s, 0, 60, "a")
	next := func(event string) engine.Session {
		t.Helper()
		was, err := s.Take(t.Context(), chatOf(7), engine.Beginning{Cause: bot.EventID(event), At: time.Now()})
		if err != nil {
			t.Fatal(err)
		}
		return was
	}
	if next("left"); next("next").Left.Cause != "left" {
		t.Error("in a Cluster it is not known what was left")
	}
	if err := s.Save(t.Context(), next("left"), []byte("a"), "left"); err != nil || next("b").Begun != "b" {
		t.Errorf("what was left is not over when it is saved (%v)", err)
	}
	c.Whole() // each replica has what its master has
	c.Master().Kill()
	talk(t, s, 0, 60, "b")
	seen := map[string]string{}
	each := func() error {
		return s.Each(t.Context(), func(some []session.Kept) error {
			for _, k := range some {
				seen[k.Chat.ID] = string(k.State)
			}
			return nil
		})
	}
	for err := each(); err != nil; err = each() {
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 60 {
		t.Errorf("%d of 60 conversations are found", len(seen))
	}
	for n := range 60 {
		if got := seen[fmt.Sprint(n)]; got != "ab" {
			t.Errorf("chat %d remembers %q", n, got)
		}
	}

	one := c.Nodes[5]
	alone := open(t, "redis://"+one.Addr()+"/0", "a")
	var misfit *session.MisfitError
	if err := alone.Fits(t.Context()); !errors.As(err, &misfit) || !strings.Contains(misfit.What, "one node of a Redis Cluster") {
		t.Fatalf("of one node alone: %v", err)
	}
	if err := open(t, misfit.Example, "a").Fits(t.Context()); err != nil {
		t.Errorf("the example that is given, %s: %v", misfit.Example, err)
	}

	left := c.Master()
	for _, n := range c.Nodes {
		if n != left {
			n.Kill()
		}
	}
	nobody := func(when string) {
		t.Helper()
		for errors.Is(s.Whole(t.Context()), session.ErrPart) {
			if t.Context().Err() != nil {
				t.Fatalf("%s, the Cluster is still said to serve a part", when)
			}
		}
		if err := s.Writable(t.Context()); err == nil {
			t.Errorf("%s, the Cluster is said to take what is written", when)
		}
	}
	nobody("one master is left, which answers and serves nobody")
	left.Kill()
	nobody("all nodes are dead")
}

// A node that stands still holds up its own chats, and nobody else's.
func TestASlowNodeHoldsUpItsOwnChatsAlone(t *testing.T) {
	t.Parallel()
	c := testengines.NewCluster(t)
	s := open(t, c.URL(), "a")
	talk(t, s, 0, 40, "a")
	slow := c.Nodes[0]
	var its, others []int
	for n := range 40 {
		if c.MasterOf("t:{telegram:"+fmt.Sprint(n)+"}") == slow {
			its = append(its, n)
		} else {
			others = append(others, n)
		}
	}
	if len(its) == 0 || len(others) == 0 {
		t.Fatalf("%d chats on the slow node, %d on others", len(its), len(others))
	}
	if err := s.Whole(t.Context()); err != nil {
		t.Errorf("a Cluster whose masters all answer: %v", err)
	}
	goOn := slow.Freeze()
	defer goOn()
	if err := s.Whole(t.Context()); !errors.Is(err, session.ErrPart) {
		t.Errorf("a master stands still: %v", err)
	}
	stuck, cancel := context.WithCancel(t.Context())
	var waiting sync.WaitGroup
	for _, n := range its {
		waiting.Go(func() {
			if _, err := s.Load(stuck, chatOf(n)); err == nil {
				t.Error("a node that stands still answers")
			}
		})
	}
	began := time.Now()
	for _, n := range others {
		was, err := s.Load(t.Context(), chatOf(n))
		if err == nil {
			err = s.Save(t.Context(), was, []byte("b"), "b")
		}
		if err != nil {
			t.Errorf("chat %d on another node: %v", n, err)
		}
	}
	t.Logf("%d chats on other nodes were served in %s", len(others), time.Since(began).Round(time.Millisecond))
	cancel()
	waiting.Wait()
}

// Sentinels: the master dies, they choose another, and the conversations go on. What is no Sentinel, or no master, is named.
func TestSentinels(t *testing.T) {
	t.Parallel()
	w := testengines.NewWatched(t)
	s := open(t, w.URL(), "a")
	if err := errors.Join(s.Fits(t.Context()), s.Probe(t.Context())); err != nil {
		t.Fatal(err)
	}
	talk(t, s, 0, 20, "a")
	var misfit *session.MisfitError
	for at, words := range map[string]string{
		"redis://" + w.Sentinels[0].Addr():                                           "is a Sentinel",
		"redis+sentinel://" + w.Sentinels[0].Addr() + "?master_name=other":           "do not watch",
		"redis+sentinel://" + w.Nodes[0].Addr() + "?master_name=" + testengines.Name: "no Sentinel",
		"redis://" + w.Nodes[0].Addr() + "?addr=" + w.Nodes[1].Addr():                "no Redis Cluster",
	} {
		if err := open(t, at, "a").Fits(t.Context()); !errors.As(err, &misfit) || !strings.Contains(misfit.What, words) {
			t.Errorf("%s: %v; want something with %q", at, err, words)
		} else if words == "is a Sentinel" {
			if err := open(t, misfit.Example, "a").Fits(t.Context()); err != nil {
				t.Errorf("the example that is given, %s: %v", misfit.Example, err)
			}
		}
	}
	w.Nodes[0].Kill()
	w.Moved(t, w.Nodes[0])
	talk(t, s, 0, 20, "b")
	for n := range 20 {
		was, err := s.Load(t.Context(), chatOf(n))
		if err != nil || string(was.State) != "ab" {
			t.Errorf("chat %d remembers %q, %v", n, was.State, err)
		}
	}
}

// The page that people read names the rights as they are.
func TestTheRightsAreDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/scale.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, rights := range []string{session.Rights + "\n", session.ClusterRights + "\n"} {
		if !strings.Contains(string(page), rights) {
			t.Errorf("docs/scale.md does not name %s", rights)
		}
	}
}

// The rights that are documented are enough, in a Cluster as well, and each of them is needed: without it the probe names it.
func TestRights(t *testing.T) {
	t.Parallel()
	c := testengines.NewCluster(t)
	for _, n := range c.Nodes {
		if said := n.Ask(strings.Fields("acl setuser whole on >pw resetchannels " + session.Rights + " " + session.ClusterRights)...); said != "OK" {
			t.Fatal(said)
		}
	}
	at := func(user string) string { return strings.Replace(c.URL(), "redis://", "redis://"+user+":pw@", 1) }
	s := open(t, at("whole"), "a", "rabeg:")
	if err := errors.Join(s.Fits(t.Context()), s.Probe(t.Context()), s.Each(t.Context(), func([]session.Kept) error { return nil })); err != nil {
		t.Errorf("with all rights that are documented: %v", err)
	}
	if _, err := s.Persistence(t.Context()); !errors.As(err, new(session.RightError)) {
		t.Errorf("what the user may not ask: %v", err)
	}
	if err := open(t, at("whole"), "a", "other:").Probe(t.Context()); !errors.As(err, new(session.RightError)) || !strings.Contains(err.Error(), "keys") {
		t.Errorf("other keys: %v", err)
	}
	for _, right := range strings.Fields(session.Rights)[1:] {
		command := strings.TrimPrefix(right, "+")
		if command == "hello" || command == "select" || command == "ping" { // said while a connection is made, or by nothing that must be
			continue
		}
		user := "no-" + command
		for _, n := range c.Nodes {
			n.Ask(strings.Fields("acl setuser " + user + " on >pw resetchannels " + session.Rights + " " + session.ClusterRights + " -" + command)...)
		}
		err := open(t, at(url.PathEscape(user)), "a", "rabeg:").Probe(t.Context())
		var lacks session.RightError
		if command == "eval" { // asked only where the script is not known yet
			continue
		}
		if !errors.As(err, &lacks) || !strings.Contains(err.Error(), command) && !strings.Contains(err.Error(), "run a command") {
			t.Errorf("without %s: %v", right, err)
		}
	}
}
