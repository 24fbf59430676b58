package e2e

import (
	"context"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
)

// Asked to stop while something it stands on is ill, among many talking people, the program comes to its end by itself: the bound
// that cuts off what nobody thought of is needed by a database that stands still at most. Its successor finishes what was begun.
func TestStopWhileSomethingIsIll(t *testing.T) {
	t.Parallel()
	for name, ill := range map[string]struct {
		plan   plan
		goes   func(t *testing.T, w *world, c *child) (heal func())
		hard   bool // it may not get its last words written
		always bool // it is played each time
	}{
		"nothing is":                    {plan{own: true}, func(*testing.T, *world, *child) func() { return func() {} }, false, false},
		"Telegram answers nothing":      {plan{own: true}, withFault(botapi.Fault{Kind: botapi.Hang}), false, false},
		"Telegram takes no messages":    {plan{own: true}, withFault(botapi.Fault{Kind: botapi.Hang, Methods: []string{"sendMessage", "sendPhoto", "editMessageText"}}), false, true},
		"Telegram tells no members":     {plan{own: true}, withFault(botapi.Fault{Kind: botapi.Hang, Methods: []string{"getChatMember", "getChatAdministrators"}}), false, false},
		"Telegram gives no files":       {plan{own: true}, withFault(botapi.Fault{Kind: botapi.Hang, Methods: []string{"file", "getFile"}}), false, false},
		"Telegram asks to slow down":    {plan{own: true}, withFault(botapi.Fault{Kind: botapi.TooMany, RetryAfter: 60}), false, false},
		"Telegram fails":                {plan{own: true}, withFault(botapi.Fault{Kind: botapi.BadGateway}), false, false},
		"PostgreSQL stands still":       {plan{own: true}, func(t *testing.T, w *world, _ *child) func() { return w.freezePostgres(t) }, true, true},
		"Redis stands still":            {plan{own: true}, func(t *testing.T, w *world, _ *child) func() { return w.freezeRedis(t) }, false, true},
		"somebody holds its page open":  {plan{own: true}, holdsOpen, false, false},
		"a long queue":                  {plan{own: true, limits: true}, func(*testing.T, *world, *child) func() { return func() {} }, false, true},
		"WhatsApp is served beside it":  {plan{own: true, whatsapp: linked}, func(*testing.T, *world, *child) func() { return func() {} }, false, true},
		"PostgreSQL still, on WhatsApp": {plan{own: true, whatsapp: linked}, func(t *testing.T, w *world, _ *child) func() { return w.freezePostgres(t) }, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			oneOf(t, ill.always)
			w := newWorld(t, ill.plan)
			ctx, cancel := story(3 * time.Minute)
			defer cancel()
			c := w.start()
			post := w.watchPost(ctx)
			people := make([]*citizen, talkers())
			var talking sync.WaitGroup
			var failed errs
			for i := range people {
				people[i] = w.citizen("Warga")
				told := taleOf(i)
				if ill.plan.limits {
					told.photo = nil
				}
				talking.Go(func() { failed.add(people[i].wholeStory(ctx, told, true)) })
			}
			post.wait(ctx, len(people), nil)
			heal := ill.goes(t, w, c)
			after(time.Second) // what was on its way meets it
			code, took := c.stop()
			heal()
			t.Logf("%s: ended with %d after %s", name, code, took.Round(time.Millisecond))
			if code != 0 && !ill.hard { // a job queue that its database has left says so
				t.Errorf("it ended with %d", code)
			}
			if strings.Contains(w.printed(), "takes too long") && !ill.hard {
				t.Error("it was cut off")
			}
			w.start()
			talking.Wait()
			failed.report(t)
			w.quiet()
			for i, p := range people {
				told := taleOf(i)
				if ill.plan.limits {
					told.photo = nil
				}
				w.filedOnce(p, told)
			}
			w.nobodyStumbled()
		})
	}
}

func withFault(f botapi.Fault) func(*testing.T, *world, *child) func() {
	return func(_ *testing.T, w *world, _ *child) func() { return w.api.Fail(f) }
}

// holdsOpen is a caller that begins a request and never ends it.
func holdsOpen(t *testing.T, _ *world, c *child) func() {
	t.Helper()
	conn, err := (&net.Dialer{}).DialContext(context.Background(), "tcp", c.addr)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := conn.Write([]byte("POST /webhook/telegram HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")); err != nil {
		t.Fatal(err)
	}
	slow, err := http.NewRequestWithContext(context.Background(), http.MethodGet, "http://"+c.page+"/metrics", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if res, err := http.DefaultClient.Do(slow); err == nil {
		t.Cleanup(func() { _ = res.Body.Close() })
	}
	return func() { _ = conn.Close() }
}

// freezePostgres lets the world's own PostgreSQL stand still until it is thawed.
func (w *world) freezePostgres(t *testing.T) (thaw func()) {
	t.Helper()
	if _, err := os.Stat("/proc/self/stat"); err != nil {
		t.Skip("only where /proc tells which processes are PostgreSQL's")
	}
	return freeze(append([]int{w.pg.PID()}, childrenOf(t, w.pg.PID())...))
}

// freezeRedis does so with Redis.
func (w *world) freezeRedis(t *testing.T) (thaw func()) {
	t.Helper()
	if w.rds.PID() == 0 {
		t.Skip("Redis is no process of its own here")
	}
	return freeze([]int{w.rds.PID()})
}

func freeze(pids []int) (thaw func()) {
	for _, pid := range pids {
		_ = syscall.Kill(pid, syscall.SIGSTOP)
	}
	var once sync.Once
	return func() {
		once.Do(func() {
			for _, pid := range pids {
				_ = syscall.Kill(pid, syscall.SIGCONT)
			}
		})
	}
}
