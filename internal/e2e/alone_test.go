package e2e

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"rabeg/internal/embedded"
	"rabeg/internal/sim/botapi"
)

// A small city has a token, a group and one machine, and nothing else: the program brings its PostgreSQL and its Redis. It is
// killed while one report waits for its office and another is half told, and killed again together with its database:
// nothing is lost.
func TestAloneOnAMachine(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{alone: true, forum: true})
	ctx, cancel := story(3 * time.Minute)
	defer cancel()
	first := w.startAlone()
	if said := w.printed(); !strings.Contains(said, "data "+w.home+", private PostgreSQL ") || !strings.Contains(said, ", private redis-server ") {
		t.Errorf("it does not say where its data lie: %s", said)
	}
	w.isPrivate()
	w.refusesASecond()
	officer := w.operator(t, "dishub")
	ani, code := w.filed(t, lamp(1))
	card := w.card(t, code)
	w.noted(t, w.desk.ID(), card.MessageID) // what is on the wire when it is killed may come twice
	budi := w.halfTold(t, ctx)

	first.kill()
	second := w.start()
	again, err := budi.tellsTheRest(ctx)
	if err != nil || budi.told != 1 || again == code {
		t.Fatalf("what was half told is not gone on with: told %d times, number %q (%v)", budi.told, again, err)
	}
	seat := officer.In(w.desk.ID()).Topic(card.ThreadID)
	w.presses(t, seat, card, "Ambil")
	w.answers(t, seat, card, code, ani)

	second.kill()
	w.killDatabase()
	third := w.start()
	if n := w.number(`SELECT count(*) FROM reports`); n != 2 {
		t.Errorf("%d reports are kept of two", n)
	}
	mine, err := ani.asks(ctx, "status "+code)
	if err != nil || !strings.Contains(mine.Text, code) {
		t.Errorf("her report is not found again: %q (%v)", mine.Text, err)
	}

	w.killDatabase() // it ends while the program runs, which starts it again
	if _, err := w.citizen("Cici").report(ctx, waste(2)); err != nil {
		t.Errorf("after the database's end: %v", err)
	}
	w.nobodyStumbled()
	if code, took := third.stop(); code != 0 || took > 10*time.Second {
		t.Errorf("it ended with %d after %s", code, took)
	}
	if _, err := os.Stat(filepath.Join(w.home, "postgres", "postmaster.pid")); !os.IsNotExist(err) {
		t.Errorf("the database did not end in good order: %v", err)
	}
}

// startAlone starts the program on an empty folder and opens the database that it has made.
func (w *world) startAlone() *child {
	w.t.Helper()
	c := w.start()
	dsn, ok := embedded.PostgresOn(w.home, "rabeg")
	if !ok {
		w.t.Fatal("no private database answers")
	}
	w.dsn = dsn
	w.openDatabase()
	return c
}

func (w *world) printed() string {
	w.ears.mu.Lock()
	defer w.ears.mu.Unlock()
	return w.ears.printed.String()
}

// isPrivate checks that nobody else can reach the stores, and that they wait for the disk.
func (w *world) isPrivate() {
	w.t.Helper()
	for _, folder := range []string{"postgres", "redis", "run", "media"} {
		info, err := os.Stat(filepath.Join(w.home, folder))
		if err != nil || info.Mode().Perm() != 0o700 {
			w.t.Errorf("%s: %v (%v)", folder, info, err)
		}
	}
	if n := w.number(`SELECT count(*) FROM pg_settings WHERE (name, setting) IN (('listen_addresses', ''), ('fsync', 'on'), ('synchronous_commit', 'on'))`); n != 3 {
		w.t.Error("the database listens on the network, or does not wait for the disk")
	}
}

// refusesASecond starts another program on the same folder, which says in one line that it is taken; commands that only look
// use the servers that run.
func (w *world) refusesASecond() {
	w.t.Helper()
	code, out, errs := once(w.t, w.env(), "serve")
	if said := lines(out + errs); code != 1 || len(said) != 1 || !strings.Contains(said[0], "RABEG_DATA: data folder "+w.home+" is in use by process ") ||
		!strings.Contains(said[0], "example") {
		w.t.Errorf("a second one on the same folder ends with %d: %s%s", code, out, errs)
	}
	if code, out, errs := once(w.t, w.env(), "doctor"); code != 0 || !strings.Contains(out, "✓ data folder") || !strings.Contains(out, "✓ Redis persistence") {
		w.t.Errorf("the doctor ends with %d: %s%s", code, out, errs)
	}
	if code, _, errs := once(w.t, bare("RABEG_DATA="+w.home), "corrections"); code != 0 {
		w.t.Errorf("corrections end with %d: %s", code, errs)
	}
}

// killDatabase ends the private PostgreSQL by SIGKILL, where it still runs.
func (w *world) killDatabase() {
	w.t.Helper()
	text, err := os.ReadFile(filepath.Join(w.home, "postgres", "postmaster.pid"))
	if os.IsNotExist(err) {
		return
	}
	line, _, _ := strings.Cut(string(text), "\n")
	pid, err := strconv.Atoi(line)
	if err != nil {
		w.t.Fatalf("the database's process is not known: %v", err)
	}
	_ = syscall.Kill(pid, syscall.SIGKILL) // it may be gone by now
	w.db.Reset()
}

// halfTold is a citizen who was asked for the place of what she told.
func (w *world) halfTold(t *testing.T, ctx context.Context) *citizen { //nolint:revive // t first, as everywhere here
	t.Helper()
	c := w.citizen("Budi")
	c.tale = lamp(3)
	w.ears.keepPrivate(c.name(), c.text)
	var m botapi.Seen
	err := c.tell()
	if err == nil {
		m, err = c.next(ctx)
	}
	if err != nil || !asksWhere(m) {
		t.Fatalf("the citizen is not asked where it is but told %q (%v)", m.Text, err)
	}
	return c
}

// tellsTheRest answers what was asked last, and what is asked until the number comes.
func (c *citizen) tellsTheRest(ctx context.Context) (code string, err error) {
	for err = c.place(); err == nil && len(c.codes) == 0; {
		var m botapi.Seen
		if m, err = c.next(ctx); err == nil {
			err = c.react(m)
		}
	}
	if err != nil {
		return "", err
	}
	return c.codes[0], nil
}
