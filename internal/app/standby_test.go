package app

import (
	"errors"
	"strings"
	"testing"
	"time"

	"rabeg/internal/postgres"
	"rabeg/internal/web"
)

// What is said of standbys is what may be lost when the primary dies.
func TestStandbysAreNamedForWhatTheyAre(t *testing.T) {
	t.Parallel()
	a := func(sync bool, lag time.Duration) postgres.Standby {
		return postgres.Standby{Name: "dua", Sync: sync, Lag: lag}
	}
	for want, s := range map[string]postgres.Standbys{
		"": {},
		"no commit waits for a standby: what the one that takes over lacks is lost: dua (asynchronous, 0.0 s behind)": {All: []postgres.Standby{a(false, 0)}},
		"no commit waits for a standby: what the one that takes over lacks is lost: dua (asynchronous, 2.5 s behind)": {All: []postgres.Standby{a(false, 2500*time.Millisecond)}},
		"no standby is there, and commits wait for dua":                                                               {Wanted: "dua"},
		"no standby that is there is one that commits wait for (tiga): dua (asynchronous, 0.0 s behind)":              {Wanted: "tiga", All: []postgres.Standby{a(false, 0)}},
		"standbys are behind: dua (synchronous, 7.0 s behind)":                                                        {Wanted: "dua", All: []postgres.Standby{a(true, 7*time.Second)}},
		"standbys: 1; how far behind they are is not shown to this user (GRANT pg_read_all_stats)":                    {Wanted: "dua", Hidden: true, All: []postgres.Standby{{}}},
		"standbys: 1, and no commit waits for them: what the one that takes over lacks is lost; how far behind they are is not shown to this user (GRANT pg_read_all_stats)": {
			Hidden: true, All: []postgres.Standby{{}}},
	} {
		if got := ofStandbys(s); got != want {
			t.Errorf("of %+v it is said\n%q, want\n%q", s, got, want)
		}
	}
	if got := ofStandbys(postgres.Standbys{Wanted: "ANY 1 (dua)", All: []postgres.Standby{a(true, 0)}}); got != "" {
		t.Errorf("of one that has all it is said %q", got)
	}
}

// While commits wait, and while they do not though they should, /readyz says so and stays green: citizens are served.
func TestWaitingCommitsAreSaid(t *testing.T) {
	t.Parallel()
	var s standby
	if err := s.waiting(); err != nil {
		t.Errorf("of none it is said %v", err)
	}
	for words, set := range map[string]func(){
		"commits wait for a standby, for 3 s": func() { s.set(3*time.Second, time.Time{}) },
		"on one disk only":                    func() { s.set(0, time.Now()) },
	} {
		set()
		var note web.Note
		if err := s.waiting(); !errors.As(err, &note) || !strings.Contains(string(note), words) {
			t.Errorf("it is said %v, want something with %q", err, words)
		}
	}
}

// Two servers that take writes are the worst of all, and the doctor says so; so it does of none, and of one that is away.
func TestTheDoctorAsksEachServer(t *testing.T) {
	t.Parallel()
	one, two, away := postgres.Host{Name: "a:5432", Writes: true}, postgres.Host{Name: "b:5432"}, postgres.Host{Name: "c:5432", Err: errors.New("of postgres://:geheim@")}
	for want, hosts := range map[string][]postgres.Host{
		"✓ PostgreSQL servers: a:5432 takes writes, b:5432 standby":                                         {one, two},
		"✗ PostgreSQL servers: 2 servers take writes: a:5432 takes writes, a:5432 takes writes\n  → switch": {one, one},
		"✗ PostgreSQL servers: none takes writes: b:5432 standby\n  → start the primary":                    {two},
		"✗ PostgreSQL servers: a:5432 takes writes, c:5432 away: it cannot":                                 {one, away},
	} {
		var out strings.Builder
		show(&out, ofHosts(hosts, nil))
		if said := out.String(); !strings.HasPrefix(said, want) || strings.Contains(said, "geheim") {
			t.Errorf("the doctor says %q, want %q", said, want)
		}
	}
}

func TestLastSaid(t *testing.T) {
	t.Parallel()
	for want, ring := range map[string][]string{
		"":     {"timer:wake/telegram:7/2026-01-01T00:00:00Z"},
		"tg:7": {"tg:5", "tg:7", "heard:telegram:7:d:m", "unkept::tg:5", "timer:wake/telegram:7/2026-01-01T00:00:00Z"},
		"tg:8": {"tg:8", "tell:whatsapp:3/0", "carry/whatsapp:4"},
		"tg:9": {"timer:wake/telegram:7/2026-01-01T00:00:00Z", "tg:9"},
	} {
		if got := lastSaid(ring); got != want {
			t.Errorf("of %v the last is %q, want %q", ring, got, want)
		}
	}
}
