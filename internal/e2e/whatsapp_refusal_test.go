package e2e

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// WhatsApp turns the office away in each of the ways it has: sending stops, /readyz is red, the desk on Telegram is told
// what to do; once that is done, all goes on. What was to be sent meanwhile arrives once, and so does the answer to what
// the citizen wrote meanwhile.
func TestWhatsAppRefuses(t *testing.T) {
	t.Parallel()
	restart := func(w *world, c *child) *child {
		c.stop()
		w.wa.Lift(w.wa.office)
		return w.start()
	}
	lift := func(w *world, c *child) *child { w.wa.Lift(w.wa.office); return c }
	for name, no := range map[string]struct {
		does  func(w *world, c *child)
		says  string // what the desk is told
		mends func(w *world, c *child) *child
		quiet bool // the connection itself stands
		gone  bool // what is written meanwhile is on the office's phone alone
	}{
		"banned for a time": {does: func(w *world, _ *child) { w.wa.BanFor(w.wa.office, 101, 2*time.Second) }, says: "melarang nomor ini sementara", mends: lift},
		"time-locked":       {does: func(w *world, _ *child) { w.wa.TimeLock(w.wa.office, time.Now().Add(3*time.Hour)) }, says: "membatasi nomor ini", mends: lift, quiet: true},
		"replaced":          {does: takenTwice, says: "hanya satu server", mends: restart},
		"outdated":          {does: func(w *world, _ *child) { w.wa.Ban(w.wa.office, warelay.ClientOutdated) }, says: "Perbarui Rabeg", mends: restart},
		"logged out": {does: func(w *world, _ *child) { w.wa.Ban(w.wa.office, warelay.LoggedOut) }, says: "rabeg pair", gone: true,
			mends: func(w *world, c *child) *child { w.pairs(); return c }},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, plan{whatsapp: linked})
			c := w.start()
			siti, code := w.called(t, lamp(1))
			c.becomes(http.StatusOK)
			card := w.card(t, code)
			w.quiet()

			no.does(w, c)
			c.becomes(http.StatusServiceUnavailable)
			w.wait(t, w.desk.ID(), card.MessageID, "word of the refusal", said(no.says))
			before := got(siti.p)
			w.presses(t, w.head.In(w.desk.ID()), card, "Ambil")
			if !no.gone {
				w.says(t, siti, "status")
			}
			if n := w.number(`SELECT count(*) FROM letters WHERE state IN ('waiting', 'sending') AND lane = $1`, waAddress(siti.p)); n == 0 {
				t.Error("nothing waits for the citizen")
			}
			if n := got(siti.p); n != before {
				t.Errorf("%d messages came through", n-before)
			}

			c = no.mends(w, c)
			c.becomes(http.StatusOK)
			if no.gone {
				w.says(t, siti, "status")
			}
			siti.hears(t, "news of the taking", code, "di tangan")
			siti.hears(t, "the answer about the report", code, "Laporan Anda")
			w.quiet()
			once := map[string]int{}
			for _, m := range siti.p.Inbox().Messages[before:] {
				once[m.Text]++
			}
			if len(once) != 2 || got(siti.p) != before+2 {
				t.Errorf("%d messages came, %d different ones", got(siti.p)-before, len(once))
			}
			w.nobodyStumbled()
		})
	}
}

// takenTwice is a stranger with the office's link: once could be another program of ours.
func takenTwice(w *world, c *child) {
	w.wa.Replace(w.wa.office)
	c.becomes(http.StatusServiceUnavailable)
	c.becomes(http.StatusOK)
	w.wa.Replace(w.wa.office)
}

// says lets a caller write without waiting for the answer.
func (w *world) says(t testing.TB, c *caller, text string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	if err := c.says(ctx, text); err != nil {
		t.Fatal(err)
	}
}

// A new office: the desk is told to link a device, the command shows a code, somebody types it into the phone, and the
// first citizen is served, without the program being started anew. Paired a second time it says what to do first.
func TestPairingByCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: unlinked})
	c := w.start()
	c.becomes(http.StatusServiceUnavailable)
	w.wait(t, w.desk.ID(), 0, "word that no device is linked", said("rabeg pair"))
	w.pairs()
	c.becomes(http.StatusOK)
	w.wait(t, w.desk.ID(), 0, "word that all is well", said("tersambung lagi"))
	siti, code := w.called(t, lamp(1))
	w.wait(t, w.desk.ID(), 0, "the card", func(m botapi.Seen) bool { return cardOf(code)(m) })
	siti.hears(t, "the number", code)
	if exit, _, errs := w.once(t, w.env(), "pair"); exit == 0 || !strings.Contains(errs, "unlink it on the phone first") || len(lines(errs)) != 1 {
		t.Errorf("pairing twice ends with %d and says %q", exit, errs)
	}
	if exit, _, errs := w.once(t, w.env(), "pair", "--phone=0812345"); exit == 0 || !strings.Contains(errs, "6281234567890") {
		t.Errorf("a wrong number ends with %d and says %q", exit, errs)
	}
	if exit, out, _ := w.once(t, w.env(), "doctor"); !strings.Contains(out, "✓ WhatsApp") {
		t.Errorf("doctor ends with %d and says %q", exit, out)
	}
}

var typed = regexp.MustCompile(`type: ([0-9A-Z]{4}-[0-9A-Z]{4})`)

// pairs runs the program's own command and plays the person who types its code into the office's phone.
func (w *world) pairs() {
	w.t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	cmd := exec.CommandContext(ctx, w.program(), "pair", "--phone="+w.wa.office.Phone())
	cmd.Env, cmd.Stderr, cmd.SysProcAttr = w.env(), w.ears, withParent()
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		w.t.Fatal(err)
	}
	printed := make(chan string, 1)
	go func() {
		var all strings.Builder
		defer func() { printed <- all.String() }()
		for s := bufio.NewScanner(out); s.Scan(); {
			all.WriteString(s.Text() + "\n")
			if code := typed.FindStringSubmatch(s.Text()); code != nil {
				w.enters(ctx, code[1])
			}
		}
		_, _ = io.Copy(io.Discard, out)
	}()
	said := <-printed
	if err := cmd.Wait(); err != nil || !strings.Contains(said, "Linked with "+w.wa.office.Phone()) {
		w.t.Fatalf("rabeg pair: %v, and says %q\n%s", err, said, w.tail())
	}
}

func (w *world) enters(ctx context.Context, code string) {
	if _, err := w.wa.office.EnterCode(ctx, code); err != nil && ctx.Err() == nil {
		w.t.Errorf("the office's phone: %v", err)
	}
}
