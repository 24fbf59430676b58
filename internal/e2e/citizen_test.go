package e2e

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"rabeg/internal/sim/botapi"
)

// tale is what a citizen wants to report.
type tale struct {
	text     string
	lat, lon float64 // the pin; 0, 0: none, the matter has no place
	photo    []byte  // sent when the card asks for it; nil: none
	caption  bool    // the photo comes first, with the text as its caption
	category string  // the label to choose when asked; "": the first offered
	group    string  // the label that leads to it in the full menu
}

// citizen tells tales and answers what is asked, by the buttons' labels. He or she never repeats what got no answer.
type citizen struct {
	w *world
	p *botapi.Person
	tale
	seq      int64           // of the last event read
	seen     map[string]bool // what the bot said in this round, and all menus
	round    int             // grows whenever the citizen begins anew
	last     string
	told     int            // how often the tale was told
	times    map[string]int // how often each tale was told
	pinned   bool
	shown    bool // the photo was sent
	sent     bool
	picked   string   // the category chosen
	spot     string   // the place chosen from those offered
	codes    []string // numbers received
	receipts map[string]bool
	twice    int           // messages that came once more
	answers  int           // messages of the bot that were new
	slowest  time.Duration // the longest that an answer was waited for
}

func (w *world) citizen(name string) *citizen {
	return &citizen{w: w, p: w.person(name), seen: map[string]bool{}, receipts: map[string]bool{}, times: map[string]int{}}
}

// report tells a tale and answers until the number comes.
func (c *citizen) report(ctx context.Context, t tale) (code string, err error) {
	c.tale, c.told, c.pinned, c.shown, c.sent, c.picked, c.spot = t, 0, false, false, false, "", ""
	c.w.ears.keepPrivate(c.name(), t.text)
	if err := c.tell(); err != nil {
		return "", err
	}
	had := len(c.codes)
	for len(c.codes) == had {
		m, err := c.next(ctx)
		if err != nil {
			return "", err
		}
		if err := c.react(m); err != nil {
			return "", fmt.Errorf("%s: %w", c.name(), err)
		}
	}
	return c.codes[had], nil
}

func (c *citizen) name() string { return fmt.Sprintf("citizen %d", c.p.ID()) }

// next is the bot's next message that did not come before.
func (c *citizen) next(ctx context.Context) (botapi.Seen, error) {
	began := time.Now()
	defer func() { c.slowest = max(c.slowest, time.Since(began)) }()
	for {
		events, err := c.w.api.Events(ctx, c.p.ID(), c.seq, 1)
		if err != nil {
			return botapi.Seen{}, fmt.Errorf("%s waits for an answer: %w (%s)", c.name(), err, c.where())
		}
		e := events[0]
		c.seq = e.Seq
		if e.Message == nil || !e.Message.FromBot || e.Kind != botapi.Sent {
			continue
		}
		if c.known(*e.Message) {
			c.twice++
			continue
		}
		c.answers++
		return *e.Message, nil
	}
}

func (c *citizen) where() string {
	return fmt.Sprintf("told %d times, pin sent: %v, sent: %v, %d answers", c.told, c.pinned, c.sent, c.answers)
}

// known tells a message that came a second time. Receipts have numbers; the same words with the same menu come again only
// after the tale was told again.
func (c *citizen) known(m botapi.Seen) bool {
	key := fmt.Sprintf("%d %s%s %d", c.round, m.Text, m.Caption, len(m.Photo))
	if m.ReplyMarkup != nil {
		key += menuOf(m)
	}
	again := c.seen[key] || c.receipts[m.Text]
	c.seen[key] = true
	return again
}

func menuOf(m botapi.Seen) string {
	var b strings.Builder
	for _, row := range m.ReplyMarkup.Rows {
		for _, k := range row {
			b.WriteString(k.CallbackData + "\n")
		}
	}
	return b.String()
}

// labels are the buttons of a message.
func labels(m botapi.Seen) []string {
	if m.ReplyMarkup == nil {
		return nil
	}
	var out []string
	for _, row := range m.ReplyMarkup.Rows {
		for _, k := range row {
			out = append(out, k.Text)
		}
	}
	return out
}

// button finds the button whose label is the words, or ends in them (operators' have a picture before).
func button(m botapi.Seen, words string) string {
	for _, l := range labels(m) {
		if l == words || strings.HasSuffix(l, " "+words) && strings.Count(l, " ") == strings.Count(words, " ")+1 {
			return l
		}
	}
	return ""
}

var numbers = regexp.MustCompile(`\bSRG-[0-9A-Z]{5}-[0-9A-Z]\b`)

// numberIn finds a report's number.
func numberIn(text string) string { return numbers.FindString(text) }

func (c *citizen) tell() error {
	c.told++
	c.times[c.text]++
	if c.told > 4 {
		return fmt.Errorf("is asked what it is about again and again: %q", c.last)
	}
	c.round++
	if c.caption && c.photo != nil {
		c.shown = true
		_, err := c.p.Photo(c.photo, c.text)
		return err
	}
	_, err := c.p.Text(c.text)
	return err
}

// react answers a message as a person would.
func (c *citizen) react(m botapi.Seen) error {
	has := func(words string) bool { return slices.Contains(labels(m), words) }
	switch {
	case m.ReplyMarkup == nil && numberIn(m.Text) != "" && c.sent:
		c.codes = append(c.codes, numberIn(m.Text))
		c.receipts[m.Text] = true
		return nil
	case m.ReplyMarkup == nil && (strings.HasPrefix(m.Text, "Syukurlah") || strings.HasPrefix(m.Text, "🚨")): // more follows
		return nil
	case m.ReplyMarkup == nil && strings.HasPrefix(m.Text, "🔒 Siapa yang melihat data Anda?") && !strings.Contains(m.Text, "\n"):
		return nil // what stood beside a question that a newer one has taken the place of
	case over(m) != "":
		if c.photo != nil && !c.shown {
			c.shown = true
			_, err := c.p.Photo(c.photo, "")
			return err
		}
		c.sent = true
		return c.press(m, over(m))
	case has("Kirim"):
		if c.photo != nil && !c.shown {
			c.shown = true
			_, err := c.p.Photo(c.photo, "")
			return err
		}
		c.sent = true
		return c.press(m, "Kirim")
	case has("Satu laporan saja"):
		return c.press(m, "Satu laporan saja")
	case has("Ya, tanyakan"):
		return c.press(m, "Ya, tanyakan")
	case asksWhere(m):
		return c.place()
	case has("Lainnya"), has("Tidak tahu, biar petugas memilih"):
		return c.choose(m)
	}
	for _, l := range []string{"Bukan yang ini", "Lewati", "Tetap pakai pin ini", "Lanjutkan", "Ini laporan", "Laporan baru",
		"Cukup pesan suara", "Tidak terkait tempat"} {
		if has(l) {
			return c.press(m, l)
		}
	}
	switch all := labels(m); {
	case len(all) == 0:
		c.last = m.Text
		return c.tell() // nothing to press: it asks what is wrong, or has forgotten
	case has("Buat laporan"):
		return c.tell()
	default:
		if strings.Contains(m.Text, "dekat batas") || has("Bukan itu") {
			c.spot = all[0]
		}
		return c.press(m, all[0]) // places to choose from, "Urungkan"
	}
}

// over is the button that says that a danger is over, "" where none is asked about.
func over(m botapi.Seen) string {
	for _, l := range []string{"Sudah aman", "Sudah ditolong", "Sudah ketemu"} {
		if slices.Contains(labels(m), l) {
			return l
		}
	}
	return ""
}

// asksWhere reports whether the message comes with the key that sends one's position, or lets one say that there is none.
func asksWhere(m botapi.Seen) bool {
	if button(m, "Tidak terkait tempat") != "" && button(m, "Tetap pakai pin ini") == "" {
		return true
	}
	if m.Keyboard == nil {
		return false
	}
	for _, row := range m.Keyboard.Rows {
		for _, k := range row {
			if k.RequestLocation {
				return true
			}
		}
	}
	return false
}

// place sends the pin, or says that there is no place.
func (c *citizen) place() error {
	if c.lat == 0 { // also where a button says it: words always work
		_, err := c.p.Text("lewati")
		return err
	}
	c.pinned = true
	_, err := c.p.Location(c.lat, c.lon)
	return err
}

// choose picks the category that fits, from those offered.
func (c *citizen) choose(m botapi.Seen) error {
	all := labels(m)
	switch {
	case c.category != "" && slices.Contains(all, c.category):
		c.picked = c.category
	case c.category != "" && slices.Contains(all, "Lainnya"):
		return c.press(m, "Lainnya")
	case c.group != "" && slices.Contains(all, c.group):
		c.picked = c.category // a group of one is the category itself
		return c.press(m, c.group)
	default:
		c.picked = all[0]
	}
	return c.press(m, c.picked)
}

func (c *citizen) press(m botapi.Seen, label string) error {
	_, err := c.p.Press(m.MessageID, label)
	return err
}

// asks writes something and gives the bot's next message.
func (c *citizen) asks(ctx context.Context, text string) (botapi.Seen, error) {
	c.round++
	c.w.ears.keepPrivate(c.name(), text)
	if _, err := c.p.Text(text); err != nil {
		return botapi.Seen{}, err
	}
	return c.next(ctx)
}
