package e2e

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"rabeg/internal/app"
	"rabeg/internal/app/clocktest"
	"rabeg/internal/sim/botapi"
)

// clockVar names a file that says by how many seconds a machine's clock is wrong. A process of these tests that has it is the product,
// as serve runs it, on such a machine.
const clockVar = "E2E_CLOCK"

// day is how far the clocks are set.
const day = 24 * time.Hour

// serveByClock serves by the clock of a file, and gives the exit code.
func serveByClock(file string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var wrong atomic.Int64
	go func() {
		for tick := time.NewTicker(10 * time.Millisecond); ; <-tick.C {
			if text, err := os.ReadFile(file); err == nil {
				n, _ := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
				wrong.Store(n)
			}
		}
	}()
	log := slog.New(slog.NewJSONHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
	cfg := app.Config{Profile: "serang", Database: os.Getenv("DATABASE_URL"), Redis: os.Getenv("REDIS_URL"), Media: os.Getenv("MEDIA_URL"),
		Listen: os.Getenv("LISTEN"), LogLevel: "debug", Pace: "off"}
	cfg.Telegram = app.Telegram{Token: os.Getenv("TELEGRAM_TOKEN"), APIURL: os.Getenv("TELEGRAM_API_URL"), Desk: os.Getenv("TELEGRAM_DESK")}
	now := func() time.Time { return clocktest.Set(time.Now(), time.Duration(wrong.Load())*time.Second) }
	if err := app.Serve(ctx, cfg, app.Serving{Options: app.Options{Now: now}}, os.Stdout, log); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// startByClock starts the product with a clock that is wrong by so much and can be set.
func (w *world) startByClock(by time.Duration, more ...string) (c *child, set func(time.Duration)) {
	w.t.Helper()
	file := filepath.Join(w.t.TempDir(), "clock")
	set = func(by time.Duration) {
		if err := os.WriteFile(file+".new", []byte(strconv.Itoa(int(by.Seconds()))), 0o600); err != nil {
			w.t.Error(err)
		}
		if err := os.Rename(file+".new", file); err != nil {
			w.t.Error(err)
		}
		after(50 * time.Millisecond) // it is read within
	}
	set(by)
	me, err := os.Executable()
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	was := w.other
	w.other = me
	w.mu.Unlock()
	c = w.start(append(more, clockVar+"="+file)...)
	w.mu.Lock()
	w.other = was
	w.mu.Unlock()
	return c, set
}

// The clock of the machine is set a day ahead, and the program starts anew with one that is a day behind, while officers' answers wait for
// their twenty seconds and people are in the middle of a report. Nothing waits for a day, nothing is lost, nothing comes twice. The long
// form sets it right in between, and ahead and back while the program runs.
func TestTheClockIsSetByADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	ctx, cancel := story(5 * time.Minute)
	defer cancel()
	post := w.watchPost(ctx)
	c, set := w.startByClock(0)
	w.operator(t, "dishub")
	seat := w.head.In(w.desk.ID())
	var people []*citizen
	type change struct {
		by   time.Duration
		anew bool
	}
	changes := []change{{by: day}, {-day, true}}
	if long() {
		changes = []change{{by: day}, {by: 0}, {by: -day}, {by: day}, {by: 0}, {day, true}, {by: -day}, {-day, true}}
	}
	for i, to := range changes {
		ani, code := w.filed(t, lamp(i))
		words := fmt.Sprintf("Regu kami berangkat pada hari ke-%d", i)
		w.ears.keepPrivate("the operator", words)
		if _, err := seat.Text(code + " " + words); err != nil {
			t.Fatal(err)
		}
		w.wait(t, seat.Chat(), 0, "the line that quotes the answer", func(m botapi.Seen) bool { return said(words)(m) && button(m, "Urungkan") != "" })
		budi := w.citizen("Budi")
		told := taleOf(i)
		told.photo = nil
		finished := make(chan error, 1)
		go func() { finished <- budi.wholeStory(ctx, told, true) }()
		eventually(t, "the bot to ask", func(context.Context) bool { return len(w.letters(budi.p.ID())) > 0 })
		if to.anew {
			if code, _ := c.stop(); code != 0 {
				t.Errorf("it ended with %d", code)
			}
			c, set = w.startByClock(to.by)
		} else {
			set(to.by)
		}
		w.wait(t, ani.p.ID(), 0, "the officer's answer", said(words))
		if err := <-finished; err != nil {
			t.Fatalf("by %s: %v\n%s", to.by, err, w.tail())
		}
		w.filedOnce(budi, told)
		siti, number := w.filed(t, lamp(10+i)) // everything is by the new clock
		w.card(t, number)
		people = append(people, ani, budi, siti)
		c.becomes(200)
	}
	w.quiet()
	lost, doubled, letters := 0, 0, 0
	for _, p := range people {
		mine := w.letters(p.p.ID())
		missing, again := post.against(mine, p.p.ID())
		lost, doubled, letters = lost+missing, doubled+again, letters+len(mine)
	}
	if lost != 0 || doubled != 0 {
		t.Errorf("%d letters lost, %d came twice: %s", lost, doubled, strings.Join(post.doubles, "\n"))
	}
	note(t, fmt.Sprintf("%-46s %3d× %7d letters %4d lost %4d twice", "the clock is set, officers' answers wait", len(changes), letters, lost, doubled))
	w.nobodyStumbled()
}
