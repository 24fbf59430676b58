package e2e

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// strike is one way in which what the programs stand on goes wrong. It is done to the one that leads, and gives its end.
type strike struct {
	name string
	plan plan
	// lasts is how long it goes wrong, over that this program takes the letters up again by itself.
	lasts time.Duration
	hits  func(t *testing.T, w *pair) (mend func())
	// away says that nobody is served meanwhile: the time is taken from its end on.
	away bool
	// wire says that the leader cannot write down what it had on the wire: that may come once more.
	wire bool
}

func isFrozen(t *testing.T, w *pair) (mend func()) {
	return freeze([]int{w.leader(t).cmd.Process.Pid})
}

func isCutOff(t *testing.T, w *pair) (mend func()) { return w.lines[w.leader(t)].stand() }

func isKilled(t *testing.T, w *pair) (mend func()) {
	one := w.leader(t)
	one.kill()
	return func() { w.join(t, one) }
}

// strikes are done once by the tests, and again and again by `make faults`, which strikes those that can double a letter at Telegram's own
// pace as well: without it people talk thirty times as fast, and so much more is on the wire.
func strikes() []strike {
	list := []strike{
		{"the leader is frozen", plan{own: true}, 12 * time.Second, isFrozen, false, true},
		{"the leader's line to PostgreSQL stands still", plan{own: true}, 12 * time.Second, isCutOff, false, true},
		{"all sessions of PostgreSQL are ended", plan{own: true}, 2 * time.Second, func(t *testing.T, w *pair) func() {
			for range 5 {
				w.endSessions(t)
				after(200 * time.Millisecond)
			}
			return func() {}
		}, false, false},
		{"PostgreSQL starts anew", plan{own: true, durable: true}, 0, func(t *testing.T, w *pair) func() {
			ctx, cancel := bounded()
			defer cancel()
			if err := w.pg.Stop(ctx); err != nil {
				t.Error(err)
			}
			after(3 * time.Second)
			if err := w.pg.Start(ctx); err != nil {
				t.Error(err)
			}
			w.db.Reset()
			return func() {}
		}, true, false},
		{"the leader is killed", plan{own: true}, 0, isKilled, false, true},
		{"the leader is told to end", plan{own: true}, 0, func(t *testing.T, w *pair) func() {
			one := w.leader(t)
			if code, took := one.stop(); code != 0 || took > 10*time.Second {
				t.Errorf("it ended with %d after %s", code, took)
			}
			return func() { w.join(t, one) }
		}, false, false},
		{"the leader's clock is set a day ahead", plan{own: true, clocks: true}, 6 * time.Second, func(t *testing.T, w *pair) func() {
			return w.clockSet(t, day)
		}, false, false},
		{"the leader's clock is set a day back", plan{own: true, clocks: true}, 6 * time.Second, func(t *testing.T, w *pair) func() {
			return w.clockSet(t, -day)
		}, false, false},
		{"PostgreSQL's disk is full", plan{own: true, durable: true}, 6 * time.Second, fillsDatabase, true, false},
		{"the media's disk is full", plan{own: true}, 6 * time.Second, fillsMedia, false, false},
	}
	if !long() {
		return list
	}
	paced := plan{own: true, limits: true}
	return append(list,
		strike{"frozen, at Telegram's pace", paced, 12 * time.Second, isFrozen, false, true},
		strike{"line stands still, at Telegram's pace", paced, 12 * time.Second, isCutOff, false, true},
		strike{"killed, at Telegram's pace", paced, 0, isKilled, false, true})
}

// pair is a world that two programs serve, each over its own line to the database.
type pair struct {
	*world
	both  []*child
	lines map[*child]*line
	// clocks set the clocks of their machines, where they have clocks of their own.
	clocks map[*child]func(time.Duration)
	own    bool // they have
}

func newPair(t *testing.T, p plan) *pair {
	t.Helper()
	w := &pair{world: newWorld(t, p), lines: map[*child]*line{}, clocks: map[*child]func(time.Duration){}, own: p.clocks}
	w.join(t, nil)
	w.join(t, nil)
	return w
}

// join starts a program, in place of one that has ended.
func (w *pair) join(t *testing.T, was *child) {
	t.Helper()
	l := throughLine(t, w.dsn)
	var c *child
	if w.own {
		var set func(time.Duration)
		c, set = w.startByClock(0, "DATABASE_URL="+l.dsn)
		w.clocks[c] = set
	} else {
		c = w.start("DATABASE_URL=" + l.dsn)
	}
	w.lines[c] = l
	for i := range w.both {
		if w.both[i] == was {
			w.both[i] = c
			return
		}
	}
	w.both = append(w.both, c)
}

// leader is the program that sends.
func (w *pair) leader(t *testing.T) (c *child) {
	t.Helper()
	eventually(t, "one to lead", func(ctx context.Context) bool {
		for _, one := range w.both {
			if metric(ctx, one, `rabeg_leads{network="telegram",what="send"}`) == 1 {
				c = one
				return true
			}
		}
		return false
	})
	return c
}

// clockSet sets the leader's clock, until it is right again.
func (w *pair) clockSet(t *testing.T, by time.Duration) (mend func()) {
	t.Helper()
	set := w.clocks[w.leader(t)]
	set(by)
	return func() { set(0) }
}

func (w *pair) endSessions(t *testing.T) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	conn, err := pgx.Connect(ctx, w.dsn)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = conn.Close(ctx) }()
	const kill = `SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'rabeg' AND pid <> pg_backend_pid()`
	if _, err := conn.Exec(ctx, kill); err != nil {
		t.Error(err)
	}
}

// onWire is how many letters one program has on the wire at most.
const onWire = 40

// takenOver is how long it may take at most until people are answered again: ten seconds where nothing else is at work, as in the
// long form, and more on a machine that is busy with all other tests.
func takenOver() time.Duration {
	if long() {
		return 10 * time.Second
	}
	return 30 * time.Second
}

// Two programs serve many people, and one thing after the other goes wrong. Nothing is lost, nothing comes twice but what was on the
// wire of a leader that could not write that down, and soon somebody else is answered again. `make faults` does it again and again, and prints what it saw.
func TestFaults(t *testing.T) {
	t.Parallel()
	times := 1
	if long() {
		times = 6
	}
	for _, s := range strikes() {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			w := newPair(t, s.plan)
			ctx, cancel := story(10 * time.Minute)
			defer cancel()
			post := w.watchPost(ctx)
			var people []*citizen
			var tales []tale
			var longest time.Duration
			for round := range times {
				crowd := 12
				if long() || thorough() {
					crowd = 40
				}
				post.restart()
				var talking sync.WaitGroup
				var failed errs
				for range crowd {
					c, told := w.citizen("Warga"), taleOf(len(people))
					if round > 0 || !strings.Contains(s.name, "media") {
						told.photo = nil
					}
					people, tales = append(people, c), append(tales, told)
					talking.Go(func() { failed.add(c.wholeStory(ctx, told, true)) })
				}
				post.wait(ctx, crowd, nil)
				began := time.Now()
				mend := s.hits(t, w)
				if s.away {
					after(s.lasts)
					mend()
					began = time.Now()
				}
				c := w.citizen("Lain")
				if _, err := c.asks(ctx, "halo"); err != nil {
					t.Fatal(err)
				}
				took := time.Since(began)
				longest = max(longest, took)
				if !s.away {
					if left := s.lasts - took; left > 0 {
						after(left)
					}
					mend()
				}
				people, tales = append(people, c), append(tales, tale{})
				talking.Wait()
				failed.report(t)
			}
			w.quiet()
			lost, doubled, letters := 0, 0, 0
			for i, c := range people {
				mine := w.letters(c.p.ID())
				missing, again := post.against(mine, c.p.ID())
				lost, doubled, letters = lost+missing, doubled+again, letters+len(mine)
				if tales[i].text != "" {
					w.filedOnce(c, tales[i])
					if len(w.reportsOf(c.p.ID())) != 1 {
						lost++
					}
				}
			}
			w.nobodyStumbled()
			if len(post.doubles) > 0 {
				t.Logf("twice came\n%s", strings.Join(post.doubles, "\n"))
			}
			if lost != 0 || doubled != 0 && !s.wire || doubled > times*onWire {
				t.Errorf("%d lost, %d twice", lost, doubled)
			}
			if longest > takenOver() {
				t.Errorf("nobody was answered for %s", longest)
			}
			tabled(t, s.name, times, letters, lost, doubled, longest)
		})
	}
}

// against counts the letters that were sent and did not come, and what came beyond them. One that a newer letter took the place of
// may have come before, from a program that could not write that down.
func (p *post) against(letters []letter, chat int64) (missing, again int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	came := slices.Clone(p.came[chat])
	takes := func(l letter) bool {
		at := slices.IndexFunc(came, func(d delivery) bool { return d.is(l) })
		if at >= 0 {
			came = slices.Delete(came, at, at+1)
		}
		return at >= 0
	}
	for _, l := range letters {
		if l.state == "sent" && l.Press == "" && !takes(l) {
			missing++
		}
	}
	for _, l := range letters {
		if l.state == "replaced" {
			takes(l)
		}
	}
	for _, d := range came {
		p.doubles = append(p.doubles, fmt.Sprintf("chat %d at %s: %.60q", chat, time.UnixMilli(d.at).Format("05.000"), d.text))
	}
	return missing, len(came)
}

// long reports whether this is the long form.
func long() bool { return os.Getenv("FAULTS") != "" }

// tabled notes what came of a fault.
func tabled(t *testing.T, what string, times, letters, lost, doubled int, took time.Duration) {
	t.Helper()
	note(t, fmt.Sprintf("%-46s %3d× %7d letters %4d lost %4d twice   answered again within %s", what, times, letters, lost, doubled, took.Round(10*time.Millisecond)))
}

// note logs a line, and adds it to the table.
func note(t *testing.T, line string) {
	t.Helper()
	t.Log(line)
	table := os.Getenv("FAULTS")
	if table == "" {
		return
	}
	f, err := os.OpenFile(table, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Error(err)
		return
	}
	defer func() { _ = f.Close() }()
	if _, err := f.WriteString(line + "\n"); err != nil {
		t.Error(err)
	}
}
