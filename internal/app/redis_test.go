package app

import (
	"strings"
	"testing"

	"rabeg/internal/embedded/testdb"
	"rabeg/internal/embedded/testengines"
	"rabeg/internal/embedded/testredis"
	"rabeg/internal/postgres"
	"rabeg/internal/session"
	"rabeg/migrations"
)

// An event whose conversation lies on a master that is away is not set aside: the stores are to blame, though the others are served.
func TestAClusterThatLacksAPartIsToBlame(t *testing.T) {
	t.Parallel()
	c := testengines.NewCluster(t)
	store, err := postgres.New(t.Context(), postgres.Options{Pool: testdb.Pool(t, migrations.At), Prefix: "SRG"}, "seed")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(store.Close)
	sessions, err := session.Open(c.URL(), "a", "rabeg:")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = sessions.Close() })
	a := &App{Store: store, sessions: sessions}
	for err := a.healthy(t.Context()); err != nil; err = a.healthy(t.Context()) {
		if t.Context().Err() != nil {
			t.Fatal(err)
		}
	}
	masters := c.Nodes[:3]
	for i, n := range masters {
		if n != c.MasterOf("rabeg:alive") { // where health is tried by writing
			c.Nodes[i+len(masters)].Kill() // so that nobody takes its place
			defer n.Freeze()()
			break
		}
	}
	if err := a.healthy(t.Context()); err == nil {
		t.Error("the stores are said to be well while a master stands still")
	}
}

// The doctor says of each Redis what is wrong with it, and what to write instead.
func TestTheDoctorLooksAtRedis(t *testing.T) {
	t.Parallel()
	w := testengines.NewWatched(t)
	if said := w.Nodes[0].Ask("acl", "setuser", "poor", "on", ">geheim", "~rabeg:*", "+@all", "-evalsha", "-info"); said != "OK" {
		t.Fatal(said)
	}
	enough := append([]string{"acl", "setuser", "enough", "on", ">geheim", "resetchannels"}, strings.Fields(session.Rights)...)
	if said := w.Nodes[0].Ask(enough...); said != "OK" {
		t.Fatal(said)
	}
	at := func(user string) string { return "redis://" + user + ":geheim@" + w.Nodes[0].Addr() + "/0" }
	for address, want := range map[string]string{
		testredis.New(t):                       "✓ Redis: answers, and takes what is written",
		at("enough"):                           "✓ Redis persistence: not shown to this user (that takes +info)",
		at("poor"):                             "✗ Redis: the user lacks the right to run evalsha\n  → give the user what it needs: ACL SETUSER rabeg ~rabeg:* ",
		at("nobody"):                           "✗ Redis: the user or the password is not accepted",
		"redis://" + w.Nodes[1].Addr():         "✗ Redis: Redis takes no writes",
		"redis://" + w.Sentinels[0].Addr():     "→ set REDIS_URL=redis+sentinel://" + w.Sentinels[0].Addr() + "?master_name=" + testengines.Name,
		w.URL():                                "✓ Redis: answers",
		"redis+sentinel://:geheim@localhost/0": "→ write it such as redis+sentinel://",
	} {
		c := doctor{Config: Config{Redis: address}}
		var out strings.Builder
		for _, f := range c.redis(t.Context()) {
			show(&out, f)
		}
		if said := out.String(); !strings.Contains(said, want) || strings.Contains(said, "geheim") {
			t.Errorf("of %s the doctor says\n%swant something with %q", strings.ReplaceAll(address, "geheim", "…"), said, want)
		}
	}
}
