package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

const secret = "e2e-webhook-secret-0123456789"

// A webhook takes nothing without its secret, nothing too long and nothing that is no update; what it takes is answered.
func TestWebhook(t *testing.T) {
	t.Parallel()
	at := freePort(t)
	w := newWorld(t, plan{own: true, set: []string{"LISTEN=" + at, "TELEGRAM_WEBHOOK_URL=http://" + at + "/webhook/telegram", "TELEGRAM_WEBHOOK_SECRET=" + secret}})
	w.ears.keepPrivate("the secret", secret)
	c := w.start()
	hello := []byte(`{"update_id":7,"message":{"message_id":3,"from":{"id":99,"is_bot":false,"first_name":"Penyusup"},` +
		`"chat":{"id":99,"type":"private"},"date":1790000000,"text":"lampu jalan mati di depan pasar"}}`)
	for name, try := range map[string]struct {
		secret string
		body   []byte
		want   int
	}{
		"no secret":          {"", hello, http.StatusUnauthorized},
		"another secret":     {secret + "x", hello, http.StatusUnauthorized},
		"more than a MiB":    {secret, append(bytes.Repeat([]byte(" "), 1<<20), hello...), http.StatusRequestEntityTooLarge},
		"not JSON":           {secret, []byte("lampu mati"), http.StatusBadRequest},
		"cut off":            {secret, hello[:len(hello)-9], http.StatusBadRequest},
		"no number":          {secret, []byte(`{"message":{}}`), http.StatusBadRequest},
		"an unknown kind":    {secret, []byte(`{"update_id":8,"moon_phase":{"full":true}}`), http.StatusOK},
		"a broken surrogate": {secret, []byte(`{"update_id":9,"moon_phase":"\ud800"}`), http.StatusOK},
	} {
		if got := posted(t, c.addr, try.secret, try.body); got != try.want {
			t.Errorf("%s: answered %d, not %d", name, got, try.want)
		}
	}
	ctx, cancel := bounded()
	defer cancel()
	if n := metric(ctx, c, "rabeg_unknown_updates_total"); n != 2 {
		t.Errorf("%v unknown updates are counted", n)
	}
	if n := w.number(`SELECT (SELECT count(*) FROM handled WHERE cause LIKE 'tg:%') + (SELECT count(*) FROM letters)`); n != 0 {
		t.Errorf("calls that were refused left %d traces", n)
	}
	// And what is delivered in order is answered, each thing once although it comes twice.
	w.api.Duplicate(-1)
	var talking sync.WaitGroup
	var failed errs
	people := make([]*citizen, 20)
	for i := range people {
		people[i] = w.citizen("Warga")
		talking.Go(func() { failed.add(people[i].wholeStory(ctx, lamp(i), true)) })
	}
	talking.Wait()
	failed.report(t)
	for i, p := range people {
		w.filedOnce(p, lamp(i))
		if p.twice != 0 {
			t.Errorf("%s read %d messages twice", p.name(), p.twice)
		}
	}
	w.nobodyStumbled()
}

func posted(t *testing.T, addr, secret string, body []byte) int {
	t.Helper()
	ctx, cancel := bounded()
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+addr+"/webhook/telegram", bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	if secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	return res.StatusCode
}

// raw is a message as the wire has it; text is JSON as it stands, so that it may hold what no client would send.
func raw(p *botapi.Person, id int, field, value string) json.RawMessage {
	return fmt.Appendf(nil, `{"message":{"message_id":%d,"from":{"id":%d,"is_bot":false,"first_name":"Warga","language_code":"id"},`+
		`"chat":{"id":%d,"type":"private","first_name":"Warga"},"date":%d,%q:%s}}`, id, p.ID(), p.ID(), time.Now().Unix(), field, value)
}

// Whatever is written, an answer comes, and the same person can file a report after it.
func TestOddTexts(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	long := strings.Repeat("jalan rusak parah sekali ", 164)[:4096]
	for name, text := range map[string]string{
		"4,096 characters": quoted(long), "only emoji": quoted("😡😡😡🚧"), "right to left": quoted("\u202eجدول مكسور في الشارع\u202c"),
		"a NUL": `"lampu\u0000 jalan mati di depan pasar"`, "a broken surrogate": `"lampu jalan \ud83d mati di depan pasar"`,
		"one letter": `"a"`, "digits": `"1234567890"`, "spaces": `"   "`, "marks of style": quoted("*_`[](tg://user?id=1)<b>lampu</b> mati"),
		"our own marks": quoted("\ue000lampu\ue001 jalan mati"), "a command": `"/apa_ini"`, "invisible": quoted("\u200b\u200b\u200b"),
		"an injection": quoted("'; DROP TABLE reports; -- lampu jalan mati"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := w.citizen("Aneh")
			hello, err := c.p.Text("halo")
			if err != nil {
				t.Fatal(err)
			}
			greeting := w.wait(t, c.p.ID(), hello.MessageID, "a greeting", func(botapi.Seen) bool { return true })
			w.api.Inject(c.p.ID(), raw(c.p, 900000, "text", text))
			w.wait(t, c.p.ID(), greeting.MessageID, "an answer", func(botapi.Seen) bool { return true })
			c.seq = w.api.Seq()
			ctx, cancel := bounded()
			defer cancel()
			c.lat, c.lon = -6.1227, 106.1754
			code, err := c.report(ctx, tale{text: "lampu penerangan jalan mati total sudah seminggu", lat: -6.1227, lon: 106.1754})
			if err != nil {
				t.Fatal(err)
			}
			r := w.byCode(code)
			if !utf8.ValidString(r.Text) || strings.ContainsRune(r.Text, 0) || strings.ContainsAny(r.Text, "\ue000\ue001\u202e") {
				t.Error("the report holds what cannot be shown")
			}
			if !strings.Contains(r.Text+r.Place.Said+r.Place.Note, "lampu penerangan jalan mati total sudah seminggu") {
				t.Error("the report does not hold what was told after it")
			}
			if name == "4,096 characters" && !strings.Contains(r.Text, bot.Clean(long)) {
				t.Error("the long text is not whole")
			}
		})
	}
	t.Cleanup(w.nobodyStumbled)
}

// What is no text, photo or pin is answered too; a phone number stays where it came from.
func TestOddKinds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	const phone = "+6281234567890"
	w.ears.keepPrivate("a contact", phone, "81234567890", "Tetangga Sebelah")
	for name, out := range map[string]botapi.Out{
		"a sticker": {Sticker: "👍"}, "a contact": {Contact: &botapi.Contact{PhoneNumber: phone, FirstName: "Tetangga Sebelah"}},
		"a voice note": {Voice: []byte("OggS not really"), Seconds: 3}, "an hour of voice": {Voice: []byte("OggS"), Seconds: 3600},
		"a document": {Document: []byte("%PDF-1.4 surat"), FileName: "surat.pdf", MIME: "application/pdf"},
		"a video":    {Video: []byte("not a video"), Seconds: 9}, "music": {Audio: []byte("ID3"), Seconds: 60},
		"a venue": {Venue: &botapi.Venue{Location: botapi.Location{Latitude: -6.1227, Longitude: 106.1754}, Title: "Kampus", Address: "Ciceri"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := w.citizen("Jenis")
			sent, err := c.p.Send(out)
			if err != nil {
				t.Fatal(err)
			}
			w.wait(t, c.p.ID(), sent.MessageID, "an answer", func(botapi.Seen) bool { return true })
		})
	}
	t.Cleanup(w.nobodyStumbled)
}

func quoted(s string) string {
	b, _ := json.Marshal(s) // a string is always JSON
	return string(b)
}

// A photo that is none does not hold the report up; the desk is told that it cannot be shown.
func TestOddPictures(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	for name, data := range map[string][]byte{
		"a web page": []byte("<html><body>bukan foto</body></html>"), "one pixel": onePixel(), "a bomb": bomb(), "cut off": picture(1)[:300],
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			told := lamp(len(name))
			told.photo = data
			c, code := w.filed(t, told)
			w.wait(t, c.p.ID(), 0, "word to the citizen that it cannot be opened", func(m botapi.Seen) bool {
				return strings.Contains(m.Text, code) && strings.Contains(m.Text, "tidak bisa dibuka")
			})
			w.wait(t, w.desk.ID(), 0, "word that the picture cannot be shown", func(m botapi.Seen) bool {
				return strings.Contains(m.Text, code) && strings.Contains(m.Text, "lampiran tidak dapat")
			})
			if files := w.files(w.byCode(code).ID); len(files) != 1 || files[0].Lost == "" {
				t.Errorf("%d files are kept, and not as lost", len(files))
			}
		})
	}
	t.Cleanup(w.nobodyStumbled)
}

// Pins that are nowhere, or elsewhere, cost nothing that was told before.
func TestOddPins(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	c := w.start()
	for name, pin := range map[string]string{
		"0, 0": `{"latitude":0,"longitude":0}`, "beyond the pole": `{"latitude":-96.1,"longitude":106.1}`,
		"Jakarta": `{"latitude":-6.1754,"longitude":106.8272}`, "NaN": `{"latitude":"NaN","longitude":106.1}`, "too large a number": `{"latitude":1e999,"longitude":106.1}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := w.citizen("Pin")
			told := lamp(len(name))
			c.tale = told
			if err := c.tell(); err != nil {
				t.Fatal(err)
			}
			ask := w.wait(t, c.p.ID(), 0, "the question where", asksWhere)
			w.api.Inject(c.p.ID(), raw(c.p, 900001, "location", pin))
			past := ask.MessageID
			if name != "NaN" && name != "too large a number" { // those are no messages: nothing of them can be read
				past = w.wait(t, c.p.ID(), past, "an answer", func(botapi.Seen) bool { return true }).MessageID
			}
			if _, err := c.p.Location(told.lat, told.lon); err != nil {
				t.Fatal(err)
			}
			card := w.wait(t, c.p.ID(), past, "the card", func(m botapi.Seen) bool { return button(m, "Kirim") != "" })
			if _, err := c.p.Press(card.MessageID, "Kirim"); err != nil {
				t.Fatal(err)
			}
			w.wait(t, c.p.ID(), card.MessageID, "the number", func(m botapi.Seen) bool { return numberIn(m.Text) != "" })
			r := w.reportsOf(c.p.ID())
			if len(r) != 1 || r[0].Text != told.text || r[0].Place.Pin == nil || *r[0].Place.Pin != (report.Pin{Lat: told.lat, Lon: told.lon}) {
				t.Error("the report is not what was told at first and at last")
			}
		})
	}
	t.Cleanup(func() {
		w.nobodyStumbled()
		ctx, cancel := bounded()
		defer cancel()
		if n := metric(ctx, c, "rabeg_unknown_updates_total"); c.running() && n < 2 {
			t.Errorf("messages that cannot be read are not counted: %v", n)
		}
	})
}

// Presses that nobody offered, and presses on what is past, change nothing and are answered.
func TestForgedAndOldPresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	victim, mine := w.filed(t, lamp(1))
	w.card(t, mine)
	c := w.citizen("Pemalsu")
	told := lamp(2)
	c.tale = told
	if err := c.tell(); err != nil {
		t.Fatal(err)
	}
	w.wait(t, c.p.ID(), 0, "the question where", asksWhere)
	if err := c.place(); err != nil {
		t.Fatal(err)
	}
	card := w.wait(t, c.p.ID(), 0, "the card", func(m botapi.Seen) bool { return button(m, "Kirim") != "" })
	other := w.api.History(victim.p.ID())
	var data string
	for _, m := range other {
		if button(m, "Kirim") != "" {
			data = m.ReplyMarkup.Rows[0][0].CallbackData
		}
	}
	before := w.byCode(mine).Rev
	for _, forged := range []string{data, "c." + mine + "|ambil", "c." + mine + "|selesai", "x", "|", "a|b|c", "q1-zzz|send", strings.Repeat("z", 64), "💥|💥", "' OR 1=1"} {
		from := w.api.Seq()
		id, err := c.p.PressAny(card.MessageID, forged)
		if err != nil {
			t.Fatal(err)
		}
		w.answered(t, c.p.ID(), from, id)
	}
	if n := len(w.reportsOf(c.p.ID())) + w.byCode(mine).Rev - before; n != 0 {
		t.Errorf("forged presses brought about %d things", n)
	}
	if _, err := c.p.Press(card.MessageID, "Kirim"); err != nil { // what was forged changed nothing: it is the card still
		t.Fatal(err)
	}
	receipt := w.wait(t, c.p.ID(), card.MessageID, "the number", func(m botapi.Seen) bool { return numberIn(m.Text) != "" })
	for range 2 { // the same button once more
		from := w.api.Seq()
		id, err := c.p.PressAny(card.MessageID, card.ReplyMarkup.Rows[0][0].CallbackData)
		if err != nil {
			t.Fatal(err)
		}
		if notice := w.answered(t, c.p.ID(), from, id); numberIn(notice) != numberIn(receipt.Text) {
			t.Errorf("a second press on the card is answered with %q", notice)
		}
	}
	if all := w.api.History(c.p.ID()); all[len(all)-1].MessageID != receipt.MessageID {
		t.Errorf("old presses were answered with a message")
	}
	if n := len(w.reportsOf(c.p.ID())); n != 1 {
		t.Errorf("old presses made %d reports", n)
	}
	w.nobodyStumbled()
}

// Two hundred messages of one chat within moments: it is asked for patience once, nothing of them is lost, and nobody
// else waits for it. Telegram's limits hold.
func TestFlood(t *testing.T) {
	t.Parallel()
	const flood = 200
	w := newWorld(t, plan{limits: true})
	w.start()
	ctx, cancel := story(2 * time.Minute)
	defer cancel()
	quick, _ := w.latency(ctx, t, 1)
	c := w.citizen("Banjir")
	if _, err := c.p.Text("got mampet dan baunya tidak enak di Kelurahan Cipare"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, c.p.ID(), 0, "the card", func(m botapi.Seen) bool { return button(m, "Kirim") != "" })
	words := func(i int) string { return fmt.Sprintf("sejak hari ke-%d airnya bau", i) }
	for i := range flood {
		w.ears.keepPrivate(c.name(), words(i))
		if _, err := c.p.Text(words(i)); err != nil {
			t.Fatal(err)
		}
	}
	during, _ := w.latency(ctx, t, 2)
	eventually(t, "all of the flood to be handled", func(context.Context) bool { return w.api.Pending() == 0 })
	w.quiet()
	if _, err := c.p.Text("kirim"); err != nil {
		t.Fatal(err)
	}
	w.wait(t, c.p.ID(), 0, "the number", func(m botapi.Seen) bool { return m.ReplyMarkup == nil && numberIn(m.Text) != "" })
	r := w.reportsOf(c.p.ID())[0]
	all := r.Text + "\n" + r.Place.Said + "\n" + r.Place.Note
	missing := 0
	for i := range flood {
		if !strings.Contains(all+"\n", words(i)) {
			missing++
		}
	}
	if missing > 0 {
		t.Errorf("%d of %d messages are not in the report (%d characters)", missing, flood, utf8.RuneCountInString(r.Text))
	}
	patient, answers := 0, 0
	for _, m := range w.api.History(c.p.ID()) {
		if m.FromBot {
			answers++
			if strings.Contains(m.Text, "banyak") && !strings.Contains(m.Text, "got mampet") {
				patient++
			}
		}
	}
	if patient != 1 || answers > flood/2 {
		t.Errorf("%d messages were answered by %d, %d of them asking for patience", flood, answers, patient)
	}
	if n := w.api.Stats().TooMany; n != 0 {
		t.Errorf("Telegram asked to slow down %d times", n)
	}
	t.Logf("another citizen's answer came after %s before the flood and %s in it; %d answers to %d messages",
		quick.Round(time.Millisecond), during.Round(time.Millisecond), answers, flood)
	w.nobodyStumbled()
}

// latency is how long a new citizen waits for the first answer.
func (w *world) latency(ctx context.Context, t *testing.T, n int) (time.Duration, *citizen) {
	t.Helper()
	c := w.citizen("Lain")
	began := time.Now()
	if _, err := c.asks(ctx, lamp(n).text); err != nil {
		t.Fatal(err)
	}
	return time.Since(began), c
}
