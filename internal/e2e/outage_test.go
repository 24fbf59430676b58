package e2e

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
)

// talkers is how many people talk while something goes away.
func talkers() int { return length(60, 20) }

// What the program stands on goes away for a while among many talking people: each of them files what he or she was
// telling, once, and another report afterwards.
func TestOutages(t *testing.T) {
	t.Parallel()
	for name, away := range map[string]struct {
		plan plan
		// goes takes something away for the length of an outage and brings it back.
		goes   func(t *testing.T, w *world, c *child)
		always bool // it is played each time
	}{
		"PostgreSQL stands still":  {plan{own: true, durable: true}, postgresHangs, true},
		"PostgreSQL stops":         {plan{own: true, durable: true}, postgresStops, false},
		"Redis comes back empty":   {plan{own: true}, redisForgets, true},
		"Telegram answers 502":     {plan{own: true}, faults(botapi.Fault{Kind: botapi.BadGateway}), false},
		"Telegram answers 429":     {plan{own: true}, faults(botapi.Fault{Kind: botapi.TooMany, RetryAfter: 2}), true},
		"Telegram does not answer": {plan{own: true}, faults(botapi.Fault{Kind: botapi.Hang, Wait: 12 * time.Second}), false},
		"Telegram's answers are lost": {plan{own: true}, faults(botapi.Fault{Kind: botapi.Cut, Stored: true,
			Methods: []string{"sendMessage", "sendPhoto", "editMessageText"}}), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			oneOf(t, away.always)
			w := newWorld(t, away.plan)
			c := w.start()
			c.becomes(http.StatusOK)
			w.talkThrough(t, func() { away.goes(t, w, c) })
			c.becomes(http.StatusOK)
			w.nobodyStumbled()
		})
	}
}

// talkThrough lets people report while something happens, and once more afterwards.
func (w *world) talkThrough(t *testing.T, happens func()) {
	t.Helper()
	ctx, cancel := story(3 * time.Minute)
	defer cancel()
	post := w.watchPost(ctx)
	many := talkers()
	people := make([]*citizen, many)
	first, second := make([]tale, many), make([]tale, many)
	over := make(chan struct{})
	var talking sync.WaitGroup
	var failed errs
	for i := range people {
		people[i], first[i], second[i] = w.citizen("Warga"), taleOf(i), taleOf(1000+i)
		second[i].photo = nil
		talking.Go(func() { failed.add(tellsTwice(ctx, people[i], first[i], second[i], over)) })
	}
	post.wait(ctx, many*3/2, nil) // everybody is in the middle of it
	began := time.Now()
	happens()
	gone := time.Since(began)
	close(over)
	talking.Wait()
	failed.report(t)
	if t.Failed() {
		t.Logf("the program last said:\n%s", w.tail())
		return
	}
	took := time.Since(began) - gone
	w.quiet()
	twice := 0
	for i, c := range people {
		w.filedOnce(c, first[i])
		w.filedOnce(c, second[i])
		twice += c.twice
	}
	if n := len(w.reports()); n != 2*many {
		t.Errorf("%d people filed %d reports", many, n)
	}
	t.Logf("away for %s; everybody had filed both reports %s later; %d messages came twice", gone.Round(time.Millisecond),
		took.Round(time.Millisecond), twice)
}

func faults(f botapi.Fault) func(*testing.T, *world, *child) {
	return func(_ *testing.T, w *world, c *child) {
		heal := w.api.Fail(f)
		c.becomes(http.StatusOK) // nothing of its own is away
		after(outage())
		heal()
	}
}

func postgresStops(t *testing.T, w *world, c *child) {
	ctx, cancel := bounded()
	defer cancel()
	if err := w.pg.Stop(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("red after %s", c.becomes(http.StatusServiceUnavailable).Round(time.Millisecond))
	after(outage())
	if err := w.pg.Start(ctx); err != nil {
		t.Fatal(err)
	}
	t.Logf("green after %s", c.becomes(http.StatusOK).Round(time.Millisecond))
}

func postgresHangs(t *testing.T, w *world, c *child) {
	thaw := w.freezePostgres(t)
	defer thaw()
	t.Logf("red after %s", c.becomes(http.StatusServiceUnavailable).Round(time.Millisecond))
	after(outage())
	thaw()
	t.Logf("green after %s", c.becomes(http.StatusOK).Round(time.Millisecond))
}

// childrenOf lists a process's children. PostgreSQL's have groups of their own.
func childrenOf(t *testing.T, parent int) (out []int) {
	t.Helper()
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range stats {
		text, err := os.ReadFile(path)
		if err != nil {
			continue // gone by now
		}
		_, rest, ok := strings.Cut(string(text), ") ")
		fields := strings.Fields(rest)
		if !ok || len(fields) < 2 || fields[1] != strconv.Itoa(parent) {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			out = append(out, pid)
		}
	}
	return out
}

func redisForgets(t *testing.T, w *world, c *child) {
	ctx, cancel := bounded()
	defer cancel()
	w.rds.Kill()
	t.Logf("red after %s", c.becomes(http.StatusServiceUnavailable).Round(time.Millisecond))
	after(outage())
	if err := w.rds.Restart(ctx, true); err != nil {
		t.Fatal(err)
	}
	t.Logf("green after %s", c.becomes(http.StatusOK).Round(time.Millisecond))
}

// Only one of two programs polls and sends; when it dies the other goes on.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{own: true, forum: true})
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	one := w.start()
	speaks := func(name string) {
		t.Helper()
		c := w.citizen(name)
		told := taleOf(int(c.p.ID()))
		if err := c.wholeStory(ctx, told, true); err != nil {
			t.Fatal(err)
		}
		w.filedOnce(c, told)
	}
	speaks("Pertama")
	two := w.start()
	if code, body := two.get(ctx, "/readyz"); code != http.StatusOK {
		t.Errorf("the second is not ready: %d %s", code, body)
	}
	for range 5 {
		speaks("Kedua")
	}
	if n := w.conflicts(); n != 0 {
		t.Errorf("two polled at once, %d times", n)
	}
	if sent := metric(ctx, two, "rabeg_send_seconds_count"); sent != 0 {
		t.Errorf("the second sent %v letters while the first lives", sent)
	}
	if turns := metric(ctx, two, "rabeg_turn_seconds_count"); turns != 0 {
		t.Errorf("the second handled %v events while the first lives", turns)
	}
	one.kill()
	began := time.Now()
	speaks("Ketiga")
	t.Logf("the second took over and filed a report within %s", time.Since(began).Round(time.Millisecond))
	three := w.start()
	if code, _ := two.stop(); code != 0 {
		t.Errorf("the second ended with %d", code)
	}
	speaks("Keempat")
	if metric(ctx, three, "rabeg_send_seconds_count") == 0 {
		t.Error("the third sent nothing")
	}
	w.nobodyStumbled()
}

// conflicts is how often Telegram refused a poll because another was at it.
func (w *world) conflicts() int { return w.api.Stats().Calls["getUpdates"]["409"] }

// metric adds up all lines of a metric.
func metric(ctx context.Context, c *child, name string) (sum float64) {
	_, page := c.get(ctx, "/metrics")
	for _, l := range lines(page) {
		key, value, ok := strings.Cut(l, " ")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		if family, _, _ := strings.Cut(key, "{"); family != name && !strings.HasPrefix(key, name) {
			continue
		}
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			panic(fmt.Sprintf("metric %s is no number", name))
		}
		sum += n
	}
	return sum
}
