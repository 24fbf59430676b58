package e2e

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/bot/wasign"
	"rabeg/bot/whatsappcloud"
	"rabeg/internal/report"
	"rabeg/internal/sim/cloudapi"
)

// meta is the official WhatsApp as a world has it: a local Meta, and what stands between it and the programs.
type meta struct {
	*cloudapi.Server
	front *front
}

// joinCloud starts a local Meta for a world. Its invitations are approved.
func (w *world) joinCloud() {
	w.t.Helper()
	m := &meta{Server: cloudapi.New(cloudapi.Options{}), front: openFrontOf(w.t)}
	if err := m.Start("127.0.0.1:0"); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(m.Close)
	m.PointHook(m.front.URL + "/webhook/whatsapp")
	w.ears.keepPrivate("the token of the Cloud API", m.Token(), m.AppSecret(), m.VerifyToken())
	w.set = append(w.set, "WHATSAPP_CLOUD_TOKEN="+m.Token(), "WHATSAPP_CLOUD_PHONE_ID="+m.PhoneID(), "WHATSAPP_CLOUD_WABA_ID="+m.WABA(),
		"WHATSAPP_CLOUD_APP_SECRET="+m.AppSecret(), "WHATSAPP_CLOUD_VERIFY_TOKEN="+m.VerifyToken(), "WHATSAPP_CLOUD_API_URL="+m.URL())
	w.meta = m
	if code, out, errs := once(w.t, w.env(), "whatsapp", "templates", "--submit"); code != 0 || strings.Count(out, "handed in;") != len(whatsappcloud.Invitations()) {
		w.t.Fatalf("the templates are not handed in: %d %s %s", code, out, errs)
	}
	m.ApproveAll()
}

// serves starts a program, to which Meta's calls go from then on.
func (w *world) serves() *child {
	w.t.Helper()
	c := w.start()
	w.meta.front.to.Store(c)
	return c
}

// resident is a citizen on the official WhatsApp: tells a tale and answers what is asked, by pressing.
type resident struct {
	w *world
	p *cloudapi.Person
	tale
	read    int
	seen    map[string]bool // what the bot said in this round
	round   int
	told    int
	sent    bool
	shown   bool
	codes   []string
	tally   *tally
	answers int
}

func (w *world) resident(name string, hidden bool) *resident {
	number := w.newNumber()
	name = fmt.Sprintf("%s-%s", name, number[8:])
	w.ears.keepPrivate("a resident", name)
	return &resident{w: w, p: w.meta.Person(name, number, hidden), seen: map[string]bool{}}
}

func (r *resident) address() string {
	return bot.Address{Network: bot.WhatsAppCloud, ID: r.p.ID()}.String()
}

// report tells a tale and answers until the number comes.
func (r *resident) report(ctx context.Context, t tale) (string, error) {
	r.tale, r.told, r.sent, r.shown = t, 0, false, false
	r.w.ears.keepPrivate("a resident", t.text)
	had := len(r.codes)
	if err := r.tell(); err != nil {
		return "", err
	}
	for len(r.codes) == had {
		m, err := r.next(ctx)
		if err != nil {
			return "", err
		}
		if err := r.react(m); err != nil {
			return "", err
		}
	}
	return r.codes[had], nil
}

func (r *resident) tell() error {
	if r.told++; r.told > 4 {
		return errors.New("a resident is asked what it is about again and again")
	}
	r.round++
	return r.says(r.text)
}

func (r *resident) says(text string) error {
	_, err := r.p.Send(cloudapi.Out{Text: text})
	return err
}

// next is the bot's next message that did not come before: this network shows a second copy. The card is looked at again: where the
// press was not understood it is asked anew.
func (r *resident) next(ctx context.Context) (cloudapi.Shown, error) {
	var found cloudapi.Shown
	_, err := r.p.Wait(ctx, func(all []cloudapi.Shown) bool {
		for r.read < len(all) {
			m := all[r.read]
			r.read++
			key := fmt.Sprint(r.round, m.Text, m.Choices)
			if numberIn(m.Text) != "" && len(m.Choices) == 0 {
				key = m.Text
			}
			if r.seen[key] && offered(m, "Kirim") < 0 {
				continue
			}
			r.seen[key] = true
			r.answers++
			r.tally.add()
			found = m
			return true
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("a resident waits for an answer: %w (told %d times, sent: %v, %d answers)", err, r.told, r.sent, r.answers)
	}
	return found, nil
}

// offered is the place of a choice among those of a message, -1 when it is not there. Titles are short; the rest of the words
// stands beside them or in the text.
func offered(m cloudapi.Shown, label string) int {
	return slices.IndexFunc(m.Choices, func(c cloudapi.Choice) bool {
		title := c.Title
		if n, rest, ok := strings.Cut(title, ". "); ok {
			if _, err := strconv.Atoi(n); err == nil {
				title = rest
			}
		}
		cut, short := strings.CutSuffix(title, "…")
		return title == label || c.About == label || short && strings.HasPrefix(label, cut)
	})
}

// besideList reports whether a message is the picture that a list shows beside itself, which the network takes as a message of its own: it
// asks nothing.
func besideList(m cloudapi.Shown) bool { return m.Type == "image" && m.Text == "" }

// react answers a message as a person would.
func (r *resident) react(m cloudapi.Shown) error {
	has := func(label string) bool { return offered(m, label) >= 0 }
	press := func(label string) error { return r.p.Press(m.ID, offered(m, label)) }
	switch {
	case besideList(m):
		return nil
	case len(m.Choices) == 0 && numberIn(m.Text) != "" && r.sent:
		r.codes = append(r.codes, numberIn(m.Text))
		return nil
	case has("Kirim"):
		if r.photo != nil && !r.shown {
			r.shown = true
			_, err := r.p.Send(cloudapi.Out{Image: r.photo})
			return err
		}
		r.sent = true
		return press("Kirim")
	case m.Type == "location_request_message", has("Tidak terkait tempat") && !has("Tetap pakai pin ini"):
		_, err := r.p.Send(cloudapi.Out{Location: &cloudapi.Place{Lat: r.lat, Lon: r.lon}})
		return err
	}
	for _, l := range []string{"Bukan yang ini", "Lewati", "Tetap pakai pin ini", "Lanjutkan", "Ini laporan", "Laporan baru", "Tidak terkait tempat"} {
		if has(l) {
			return press(l)
		}
	}
	if len(m.Choices) == 0 || has("Buat laporan") {
		return r.tell()
	}
	return r.p.Press(m.ID, 0)
}

// hears waits for a message with these words, as phones show them, after the first past of all.
func (r *resident) hears(t testing.TB, past int, what string, parts ...string) cloudapi.Shown {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	var found cloudapi.Shown
	all, err := r.p.Wait(ctx, func(all []cloudapi.Shown) bool {
		for _, m := range all[min(past, len(all)):] {
			fits := true
			for _, p := range parts {
				fits = fits && strings.Contains(asShown(m.Text), p)
			}
			if fits {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		var said []string
		for _, m := range all {
			said = append(said, fmt.Sprintf("%s %q", m.Type, m.Text))
		}
		t.Fatalf("%s did not come: %v\nletters that wait: %s\n%s\n%s", what, err, r.w.stuck(context.Background()), strings.Join(said, "\n"), r.w.tail())
	}
	return found
}

func asShown(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = wasign.Visible(l)
	}
	return strings.Join(lines, "\n")
}

// resides lets somebody on the official WhatsApp report.
func (w *world) resides(t testing.TB, hidden bool, told tale) (*resident, string) {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	r := w.resident("Warga", hidden)
	code, err := r.report(ctx, told)
	if err != nil {
		t.Fatalf("%v\n%s", err, w.tail())
	}
	return r, code
}

// residedOnce checks that a tale became exactly one report.
func (w *world) residedOnce(r *resident, told tale) {
	w.t.Helper()
	mine := w.reportsFrom(r.address())
	if len(mine) != 1 {
		w.t.Errorf("a resident has %d reports of one tale: %s", len(mine), w.lettersTo(r))
		return
	}
	got := mine[0]
	if got.Text != told.text || !slices.Contains(r.codes, string(got.Code)) {
		w.t.Errorf("%s does not hold what was told, or its number was not told", got.Code)
	}
	if got.Place.Pin == nil || *got.Place.Pin != (report.Pin{Lat: told.lat, Lon: told.lon}) {
		w.t.Errorf("the place of %s is not the pin that was sent", got.Code)
	}
}

// lettersTo describes the letters to a resident, without what they say, for a failed test.
func (w *world) lettersTo(r *resident) (out string) {
	const find = `
SELECT coalesce(string_agg(format('%s %s %s %s seen %s attempts %s lates %s again %s age %s', id, key, purpose, state, seen, attempts, lates, again - now(), now() - created), '; ' ORDER BY id), 'none')
    || ' stumbles ' || (SELECT count(*) FROM stumbles) FROM letters WHERE lane = $1`
	if err := w.db.QueryRow(context.Background(), find, r.address()).Scan(&out); err != nil {
		return err.Error()
	}
	for _, m := range r.p.Shown() {
		out += fmt.Sprintf("\n  %s %.60q %v", m.Type, m.Text, m.Choices)
	}
	return out
}
