package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rabeg/bot/whatsapp"
	"rabeg/internal/report"
	"rabeg/internal/sim/warelay"
)

// onWhatsApp says how a world is on WhatsApp. Its zero value is not at all.
type onWhatsApp int

const (
	apart    onWhatsApp = iota
	unlinked            // served, but no device is linked yet
	linked              // citizens write there
	deskLID             // the desk is there too: a group that names its members by LID
	deskTel             // … by their phone numbers
)

// chats is WhatsApp as a world has it: the relay, the office's account, and the desk where it is a group there.
type chats struct {
	*warelay.Relay
	file   string // how a program reaches the relay
	office *warelay.Account
	room   *warelay.Group // nil: the desk is on Telegram
	chief  *warelay.Person
}

// joinWhatsApp starts a local WhatsApp for a world whose stores are there.
func (w *world) joinWhatsApp(how onWhatsApp) {
	w.t.Helper()
	if how == apart {
		return
	}
	ctx, cancel := bounded()
	defer cancel()
	relay, err := warelay.New(warelay.Options{})
	if err != nil {
		w.t.Fatal(err)
	}
	relay.Trust()
	if err := relay.Start(context.Background()); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(relay.Close)
	w.wa = &chats{Relay: relay, file: filepath.Join(w.t.TempDir(), "relay.json")}
	w.wa.office = relay.Account(w.newNumber(), warelay.AccountOptions{PushName: "Rabeg"})
	raw, err := json.Marshal(relay.Reach())
	if err == nil {
		err = os.WriteFile(w.wa.file, raw, 0o600)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	w.set = append(w.set, "WHATSAPP_ENABLED=true", "RABEG_WHATSAPP_LOCAL="+w.wa.file)
	if how != unlinked {
		w.link(ctx)
	}
	if how >= deskLID {
		w.wa.chief = w.phone("Koordinatorwan")
		if w.wa.room, err = relay.Group("Meja", w.wa.chief.Account(), w.wa.office); err != nil {
			w.t.Fatal(err)
		}
		w.wa.room.SetByPhone(how == deskTel)
		w.set = append(w.set, "WHATSAPP_DESK="+w.wa.room.ID())
	}
}

// link links the office's device without pairing.
func (w *world) link(ctx context.Context) {
	w.t.Helper()
	db, err := whatsapp.OpenDB(w.dsn, "")
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	ch, err := whatsapp.New(ctx, whatsapp.Options{DB: db})
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := w.wa.Provision(ctx, w.wa.office, ch.Devices()); err != nil {
		w.t.Fatal(err)
	}
}

// newNumber is a phone number nobody has yet, which must not be in the logs.
func (w *world) newNumber() string {
	w.mu.Lock()
	w.people++
	n := w.people
	w.mu.Unlock()
	number := fmt.Sprintf("62812%08d", 34000000+n)
	w.ears.keepPrivate(fmt.Sprintf("phone %d", n), number)
	return number
}

// phone makes somebody with WhatsApp.
func (w *world) phone(name string) *warelay.Person {
	w.t.Helper()
	return w.phoneAs(name, warelay.AccountOptions{})
}

// phoneAs makes somebody with WhatsApp, whose account is set up in some way.
func (w *world) phoneAs(name string, o warelay.AccountOptions) *warelay.Person {
	w.t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	number := w.newNumber()
	name = fmt.Sprintf("%s-%s", name, number[8:])
	w.ears.keepPrivate("the owner of a phone", name)
	o.PushName = name
	w.wa.Account(number, o)
	p, err := w.wa.Person(ctx, number, name)
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	w.phones = append(w.phones, p)
	w.mu.Unlock()
	return p
}

// reads waits for the newest message that a person has got in a chat after the first past of all, from anybody but
// himself; an edit counts with its new words. chat is a JID or the end of one.
func (w *world) reads(t testing.TB, p *warelay.Person, chat string, past int, what string, fits func(warelay.Received) bool) warelay.Received {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	var found warelay.Received
	in, err := p.Wait(ctx, func(in warelay.Inbox) bool {
		for _, m := range slices.Backward(in.Messages[min(past, len(in.Messages)):]) {
			if strings.HasSuffix(m.Chat, chat) && fits(m) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		t.Fatalf("%s did not come: %v\nletters that wait: %s\n%s\n%s", what, err, w.stuck(context.Background()), heard(in), w.tail())
	}
	return found
}

// heard is the end of what a person has got, for a failed test: its people are made up.
func heard(in warelay.Inbox) string {
	var b strings.Builder
	for _, m := range in.Messages[max(0, len(in.Messages)-14):] {
		fmt.Fprintf(&b, "%s %s in %s, quotes %q: %q\n", m.ID, m.Kind, m.Chat, m.Quoted, m.Text)
	}
	return b.String()
}

// has fits messages with these parts in their text.
func has(parts ...string) func(warelay.Received) bool {
	return func(m warelay.Received) bool {
		for _, p := range parts {
			if !strings.Contains(m.Text, p) {
				return false
			}
		}
		return true
	}
}

// got is how much a person has got so far.
func got(p *warelay.Person) int { return len(p.Inbox().Messages) }

// A program is led to a local WhatsApp by a file; whatever that file names, nothing leaves the machine.
func TestLocalWhatsAppSetting(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{whatsapp: unlinked})
	good, err := os.ReadFile(w.wa.file)
	if err != nil {
		t.Fatal(err)
	}
	var reach warelay.Reach
	if err := json.Unmarshal(good, &reach); err != nil {
		t.Fatal(err)
	}
	elsewhere, broken := reach, reach
	elsewhere.Addr, broken.Cert = "198.51.100.7:443", []byte("no certificate")
	for name, c := range map[string]struct {
		file any // nil: there is none
		says string
	}{
		"no file":          {nil, "cannot be read"},
		"no JSON":          {"relay", "does not describe a local WhatsApp"},
		"no root":          {struct{ Addr string }{"127.0.0.1:1"}, "does not describe a local WhatsApp"},
		"another machine":  {elsewhere, "not on this machine"},
		"no certificate":   {broken, "certificate"},
		"a name, no place": {warelay.Reach{Addr: "web.whatsapp.com:443", Cert: reach.Cert, Root: reach.Root}, "not on this machine"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			file := filepath.Join(t.TempDir(), "relay.json")
			if c.file != nil {
				raw, err := json.Marshal(c.file)
				if err == nil {
					err = os.WriteFile(file, raw, 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			env := append(w.env(), "RABEG_WHATSAPP_LOCAL="+file)
			for _, command := range []string{"serve", "pair", "doctor"} {
				began := time.Now()
				exit, _, errs := w.once(t, env, command)
				if all := lines(errs); exit == 0 || len(all) != 1 || !strings.Contains(all[0], "RABEG_WHATSAPP_LOCAL") || !strings.Contains(all[0], c.says) {
					t.Errorf("%s ended with %d after %s and says %q", command, exit, time.Since(began), errs)
				}
			}
		})
	}
	if _, out, _ := once(t, bare(), "serve", "--help"); strings.Contains(strings.ToUpper(out), "WHATSAPP_LOCAL") || !strings.Contains(out, "whatsapp-desk") {
		t.Error("the shipped program's help shows a setting of the lab")
	}
	if exit, _, errs := once(t, w.env(), "serve", "--whatsapp-local", w.wa.file); exit == 0 || !strings.Contains(errs, "unknown argument --whatsapp-local") {
		t.Errorf("the shipped program takes a local WhatsApp: %d %s", exit, errs)
	}
	if exit, out, _ := w.once(t, w.env(), "doctor"); exit == 0 || !strings.Contains(out, "no device is linked") {
		t.Errorf("nobody is linked, and doctor says %q", out)
	}
}

// ownerOf finds the phone of who filed a report.
func (w *world) ownerOf(t testing.TB, r report.Report) *warelay.Person {
	t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, p := range w.phones {
		if p.LID() == r.Reporter.ID {
			return p
		}
	}
	t.Fatalf("nobody with WhatsApp filed %s", r.Code)
	return nil
}
