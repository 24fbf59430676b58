package fleet_test

import (
	"context"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/embedded/testdb"
	"rabeg/internal/fleet"
	"rabeg/internal/sim/botapi"
)

// answers has a person write to a bot, and waits for an answer to just that.
func (c *county) answers(api *botapi.Server, p *botapi.Person) {
	c.Helper()
	ctx, cancel := context.WithTimeout(c.Context(), patience)
	defer cancel()
	said := func(all []botapi.Seen) (n int) {
		for _, m := range all {
			if m.FromBot {
				n++
			}
		}
		return n
	}
	before := 0
	if _, err := api.WaitFor(ctx, p.ID(), func(all []botapi.Seen) bool { before = said(all); return true }); err != nil {
		c.Fatal(err)
	}
	c.writesTo(p, "menu")
	if _, err := api.WaitFor(ctx, p.ID(), func(all []botapi.Seen) bool { return said(all) > before }); err != nil {
		c.Fatalf("no answer comes: %v", err)
	}
}

// A government's failure ends it alone, whatever it is: its database is stopped, its token is revoked, its profile has an error. The
// other one answers all the time, and each is served again once it can be.
func TestAFailureEndsItself(t *testing.T) {
	t.Parallel()
	c := &county{T: t, dir: t.TempDir(), out: &lines{more: make(chan struct{})}}
	serang := c.city("serang", "serang", "2001:SERANG-aaaaaaaa")
	far := c.city("jauh", "pandeglang", "2002:JAUH-bbbbbbbb")
	gone := c.city("cabut", "denpasar", "2003:CABUT-cccccccc")
	server := testdb.Own(t, "jauh", false, nil)
	c.adds("jauh/settings.env", "DATABASE_URL="+server.DSN("jauh"))
	c.city("bengkok", "", "2004:BENGKOK-dddddd")
	c.writes("bengkok/profile/profile.yaml", "id: bengkok\nagencies: rahasia\n")
	c.serve()
	base := "http://" + strings.Fields(c.says("ready", 1))[1]
	inSerang, inFar := serang.Person(1, "Ani"), far.Person(2, "Budi")

	// A profile with an error is told of with file and line, and is served once it is right.
	if line := c.says("bengkok:", 1); !strings.Contains(line, "RABEG_PROFILE: the folder ") || strings.Contains(line, "rahasia") {
		t.Errorf("it says %q", line)
	}
	c.answers(serang, inSerang)
	c.removes("bengkok/profile")
	c.adds("bengkok/settings.env", "RABEG_PROFILE=banjarmasin")
	c.says("bengkok: served", 1)

	// A database that is stopped: nobody there is answered, and whoever wrote is once it is back.
	c.answers(far, inFar)
	if err := server.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.writesTo(inFar, "lampu jalan mati di depan pasar")
	c.answers(serang, inSerang)
	if code, body := c.gets(base + "/readyz/jauh"); code != 503 || !strings.Contains(body, `"postgresql": "away"`) {
		t.Errorf("/readyz/jauh: %d %s", code, body)
	}
	if code, body := c.gets(base + "/readyz"); code != 200 || !strings.Contains(body, `"serang": "served"`) {
		t.Errorf("/readyz: %d %s", code, body)
	}
	if err := server.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.hears(far, inFar, "lokasi")
	c.answers(far, inFar)

	// A token that is revoked; with the new one it is served again.
	at := strings.TrimPrefix(gone.URL(), "http://")
	gone.Close()
	anew := botapi.New(botapi.Options{Token: "2003:CABUT-eeeeeeee"})
	if err := anew.Start(at); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(anew.Close)
	c.says("cabut: ", 2) // served, and then refused
	c.answers(serang, inSerang)
	c.writes(filepath.Join("cabut", fleet.SettingsFile), "RABEG_PROFILE=denpasar\nTELEGRAM_TOKEN=2003:CABUT-eeeeeeee\nTELEGRAM_API_URL="+anew.URL()+"\n")
	c.says("cabut: served", 2)
	c.answers(anew, anew.Person(3, "Made"))
	c.answers(serang, inSerang)
}

// fault makes a government panic once where it asks for the time in one place.
type fault struct {
	mu    sync.Mutex
	place string
}

func (f *fault) in(place string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.place = place
}

func (f *fault) now() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.place != "" && within(f.place) {
		f.place = ""
		panic("the words of Ani")
	}
	return time.Now()
}

// within reports whether a function is at work.
func within(function string) bool {
	var at [64]uintptr
	frames := runtime.CallersFrames(at[:runtime.Callers(3, at[:])])
	for {
		f, more := frames.Next()
		if strings.HasSuffix(f.Function, function) {
			return true
		}
		if !more {
			return false
		}
	}
}

// A government panics in its own work, where no message of anybody is to blame: while it watches over itself, sends, receives. It is said
// in a line without what it was about, the others notice nothing, and it is served again.
func TestAPanicEndsOneGovernment(t *testing.T) {
	t.Parallel()
	f := &fault{}
	c := &county{T: t, dir: t.TempDir(), out: &lines{more: make(chan struct{})}}
	c.change = func(government string, o *app.Options) {
		if government == "retak" {
			o.Now = f.now
		}
	}
	serang := c.city("serang", "serang", "3001:SERANG-aaaaaaaa")
	cracked := c.city("retak", "denpasar", "3002:RETAK-bbbbbbbb")
	f.in("app.Build")
	c.serve()
	inSerang := serang.Person(1, "Ani")
	for n, next := range [...]string{"app.(*watcher).watch", "outbox.(*Sender).keep", "telegram.(*Channel).Run", ""} {
		if line := c.says("retak: the program", n+1); line != "retak: the program panicked: string" {
			t.Errorf("it says %q", line)
		}
		f.in(next)
		c.answers(serang, inSerang)
	}
	someone := cracked.Person(2, "Made")
	c.answers(cracked, someone)
	text, _ := c.out.now()
	if n := strings.Count(text, "serang: "); n != 1 {
		t.Errorf("the other one was served %d times:\n%s", n, text)
	}
}
