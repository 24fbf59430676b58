package e2e

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/sim/warelay"
)

// caller is a citizen on WhatsApp: tells a tale and answers what is asked, by the numbers that stand before the choices.
// He or she never repeats what got no answer.
type caller struct {
	w *world
	p *warelay.Person
	tale
	to      string          // the office
	read    int             // messages of the inbox that were read
	seen    map[string]bool // ids of messages: phones show none of them twice
	menu    []string        // the choices last offered
	told    int
	sent    bool
	pinned  bool
	shown   bool // the photo was sent
	codes   []string
	answers int
	twice   int
	tally   *tally                      // of all callers; nil: nobody counts
	between func(context.Context) error // happens after each word of the caller; nil: nothing
}

// caller makes a citizen on WhatsApp.
func (w *world) caller(name string) *caller { return w.callerOf(w.phone(name)) }

func (w *world) callerOf(p *warelay.Person) *caller {
	return &caller{w: w, p: p, to: w.wa.office.LID(), seen: map[string]bool{}}
}

// report tells a tale and answers until the number comes.
func (c *caller) report(ctx context.Context, t tale) (string, error) {
	c.tale, c.told, c.sent, c.pinned, c.shown = t, 0, false, false, false
	c.w.ears.keepPrivate("a caller", t.text)
	had := len(c.codes)
	if err := c.tell(ctx); err != nil {
		return "", err
	}
	for len(c.codes) == had {
		m, err := c.next(ctx)
		if err != nil {
			return "", err
		}
		if err := c.react(ctx, m); err != nil {
			return "", err
		}
	}
	return c.codes[had], nil
}

func (c *caller) tell(ctx context.Context) error {
	if c.told++; c.told > 4 {
		return errors.New("a caller is asked what it is about again and again")
	}
	if c.caption && c.photo != nil {
		c.shown = true
		_, err := c.p.Image(ctx, c.to, c.photo, c.text)
		return c.then(ctx, err)
	}
	return c.says(ctx, c.text)
}

func (c *caller) says(ctx context.Context, text string) error {
	c.w.ears.keepPrivate("a caller", text)
	_, err := c.p.Text(ctx, c.to, text)
	return c.then(ctx, err)
}

// then lets happen what happens between two words.
func (c *caller) then(ctx context.Context, err error) error {
	if err != nil || c.between == nil {
		return err
	}
	return c.between(ctx)
}

// next is the bot's next message.
func (c *caller) next(ctx context.Context) (warelay.Received, error) {
	var found warelay.Received
	_, err := c.p.Wait(ctx, func(in warelay.Inbox) bool {
		for c.read < len(in.Messages) {
			m := in.Messages[c.read]
			c.read++
			if m.Mine || strings.HasSuffix(m.Chat, "@g.us") {
				continue
			}
			if c.seen[m.ID] {
				c.twice++
				continue
			}
			c.seen[m.ID] = true
			c.answers++
			c.tally.add()
			found = m
			return true
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("a caller waits for an answer: %w (told %d times, sent: %v, %d answers)\n%s", err, c.told, c.sent,
			c.answers, heard(c.p.Inbox()))
	}
	return found, nil
}

var choiceLine = regexp.MustCompile(`(?m)^\*[0-9]+\* (.+)$`)

// choices are what a message lets one choose from, in the order of their numbers.
func choices(m warelay.Received) (all []string) {
	for _, c := range choiceLine.FindAllStringSubmatch(m.Text, -1) {
		all = append(all, c[1])
	}
	return all
}

// react answers a message as a person would.
func (c *caller) react(ctx context.Context, m warelay.Received) error {
	c.menu = choices(m)
	offered := func(words string) bool { return slices.Contains(c.menu, words) }
	switch {
	case len(c.menu) == 0 && numberIn(m.Text) != "" && c.sent:
		c.codes = append(c.codes, numberIn(m.Text))
		return nil
	case len(c.menu) == 0 && (strings.HasPrefix(m.Text, "Syukurlah") || strings.HasPrefix(m.Text, "🚨")): // more follows
		return nil
	case offered("Sudah aman"):
		if c.photo != nil && !c.shown {
			c.shown = true
			_, err := c.p.Image(ctx, c.to, c.photo, "")
			return c.then(ctx, err)
		}
		c.sent = true
		return c.choose(ctx, "Sudah aman")
	case offered("Kirim"):
		if c.photo != nil && !c.shown {
			c.shown = true
			_, err := c.p.Image(ctx, c.to, c.photo, "")
			return c.then(ctx, err)
		}
		c.sent = true
		return c.choose(ctx, "Kirim")
	case strings.Contains(m.Text, "Kirim lokasi"), offered("Tidak terkait tempat") && !offered("Tetap pakai pin ini"):
		if c.lat == 0 {
			return c.says(ctx, "lewati")
		}
		c.pinned = true
		_, err := c.p.Location(ctx, c.to, c.lat, c.lon, "")
		return c.then(ctx, err)
	}
	for _, l := range []string{"Bukan yang ini", "Lewati", "Tetap pakai pin ini", "Lanjutkan", "Ini laporan", "Laporan baru",
		"Cukup pesan suara", "Tidak terkait tempat"} {
		if offered(l) {
			return c.choose(ctx, l)
		}
	}
	if len(c.menu) == 0 || offered("Buat laporan") {
		return c.tell(ctx)
	}
	return c.choose(ctx, c.menu[0])
}

// choose answers with a choice's number.
func (c *caller) choose(ctx context.Context, label string) error {
	return c.says(ctx, fmt.Sprint(1+slices.Index(c.menu, label)))
}

// asks writes something and gives the bot's next message.
func (c *caller) asks(ctx context.Context, text string) (warelay.Received, error) {
	if err := c.says(ctx, text); err != nil {
		return warelay.Received{}, err
	}
	return c.next(ctx)
}

// hears waits for a message to the caller with these parts.
func (c *caller) hears(t testing.TB, what string, parts ...string) warelay.Received {
	t.Helper()
	return c.w.reads(t, c.p, "@lid", 0, what, has(parts...))
}

// waAddress is where a person on WhatsApp is known to the product who was met by LID.
func waAddress(p *warelay.Person) string {
	return bot.Address{Network: bot.WhatsApp, ID: p.LID()}.String()
}

// reportsFrom are those of an address.
func (w *world) reportsFrom(address string) []report.Report {
	return rows[report.Report](w, `SELECT doc FROM reports WHERE reporter = $1 ORDER BY id`, address)
}

// called lets somebody report on WhatsApp and gives the number.
func (w *world) called(t testing.TB, told tale) (*caller, string) {
	t.Helper()
	c := w.caller("Warga")
	return c, c.files(t, told)
}

// files reports and gives the number.
func (c *caller) files(t testing.TB, told tale) string {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	code, err := c.report(ctx, told)
	if err != nil {
		t.Fatalf("%v\nletters that wait: %s\n%s", err, c.w.stuck(context.Background()), c.w.tail())
	}
	return code
}
