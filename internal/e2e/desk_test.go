package e2e

import (
	"bytes"
	"context"
	"fmt"
	"image/jpeg"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

const (
	pju   = "lampu PJU mati total sudah seminggu"
	trash = "sampah menumpuk di TPS tidak diangkut, baunya menyengat"
)

func lamp(n int) tale {
	return tale{text: fmt.Sprintf("%s, tiang %d", pju, n), lat: -6.1227, lon: 106.1754}
}
func waste(n int) tale {
	return tale{text: fmt.Sprintf("%s, tumpukan %d", trash, n), lat: -6.1227, lon: 106.1754}
}

// In a forum every office has a topic: a report lies in its office's, or in the coordinator's where nobody serves it.
// Answers wait, can be taken back, reach the citizen, and photos go out clean.
func TestDeskForum(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{forum: true})
	w.start()
	dishub := w.operator(t, "dishub")
	told := lamp(1)
	told.photo = geotagged(1)
	ani, code := w.filed(t, told)
	_, other := w.filed(t, waste(2))
	card, lone := w.card(t, code), w.card(t, other)
	if a, b := w.topic(card), w.topic(lone); a == b || !strings.Contains(strings.ToLower(a), "hub") || !strings.Contains(strings.ToLower(b), "koordinator") {
		t.Errorf("the cards lie in the topics %q and %q", a, b)
	}
	photo := w.wait(t, w.desk.ID(), card.MessageID, "the citizen's photo", func(m botapi.Seen) bool { return len(m.Photo) > 0 })
	w.isClean(t, photo)
	w.keptPlaceOfPhoto(t, code)

	seat := dishub.In(w.desk.ID()).Topic(card.ThreadID)
	w.presses(t, seat, card, "Ambil")
	w.wait(t, ani.p.ID(), 0, "news of the taking", func(m botapi.Seen) bool {
		return strings.Contains(m.Text, code) && strings.Contains(m.Text, "Dinas Perhubungan")
	})
	t.Run("an answer taken back never arrives", func(t *testing.T) { w.takesBack(t, seat, code, ani) })
	t.Run("naming the number answers, with a photo by replying", func(t *testing.T) { w.answers(t, seat, card, code, ani) })
	t.Run("forwarded to another office the card moves", func(t *testing.T) { w.forwards(t, seat, card, code) })
	w.nobodyStumbled()
}

// topic is the name of the topic a message lies in.
func (w *world) topic(m botapi.Seen) string {
	for _, t := range w.desk.Topics() {
		if t.ID == m.ThreadID {
			return t.Name
		}
	}
	return ""
}

// isClean checks that the picture people see holds nothing of the camera's notes.
func (w *world) isClean(t *testing.T, m botapi.Seen) {
	t.Helper()
	data, ok := w.api.File(m.Photo[len(m.Photo)-1].FileID)
	if !ok {
		t.Fatal("the photo's bytes are not there")
	}
	if bytes.Contains(data, []byte("Exif")) {
		t.Error("the photo still holds what the camera wrote into it")
	}
	if _, err := jpeg.Decode(bytes.NewReader(data)); err != nil {
		t.Errorf("the photo is no picture: %v", err)
	}
}

// keptPlaceOfPhoto checks that where the photo was taken stayed as a fact.
func (w *world) keptPlaceOfPhoto(t *testing.T, code string) {
	t.Helper()
	files := w.files(w.byCode(code).ID)
	if len(files) != 1 || files[0].Pin == nil || math.Abs(files[0].Pin.Lat+6.125) > 1e-6 || math.Abs(files[0].Pin.Lon-106.15) > 1e-6 {
		t.Errorf("%s: of the photo is kept: %d files, the place is not what its camera wrote", code, len(files))
	}
}

func (w *world) takesBack(t *testing.T, seat botapi.Seat, code string, ani *citizen) {
	w.ears.keepPrivate("the operator", "Jawaban keliru yang ditarik kembali")
	sent, err := seat.Text(code + " Jawaban keliru yang ditarik kembali")
	if err != nil {
		t.Fatal(err)
	}
	undo := w.wait(t, seat.Chat(), sent.MessageID, "the button to take it back", func(m botapi.Seen) bool { return button(m, "Urungkan") != "" })
	w.presses(t, seat, undo, "Urungkan")
	for _, m := range w.api.History(ani.p.ID()) {
		if strings.Contains(m.Text, "keliru") {
			t.Error("the citizen got an answer that was taken back")
		}
	}
	again := w.presses(t, seat, undo, "Urungkan")
	if again == "" {
		t.Error("a second press on Urungkan is not told anything")
	}
}

func (w *world) answers(t *testing.T, seat botapi.Seat, card botapi.Seen, code string, ani *citizen) {
	const words = "Regu kami berangkat sore ini juga"
	w.ears.keepPrivate("the operator", words, "kabelnya putus dan sedang disambung")
	if _, err := seat.Text(code + " " + words); err != nil {
		t.Fatal(err)
	}
	if _, err := seat.Send(botapi.Out{Photo: geotagged(7), Caption: "kabelnya putus dan sedang disambung", ReplyTo: card.MessageID}); err != nil {
		t.Fatal(err)
	}
	w.wait(t, ani.p.ID(), 0, "the answer that named the number", said(words))
	heard := w.wait(t, ani.p.ID(), 0, "the answer with a photo", func(m botapi.Seen) bool {
		return len(m.Photo) > 0 && strings.Contains(m.Caption, "kabelnya putus")
	})
	w.isClean(t, heard)
	for _, m := range w.api.History(ani.p.ID()) {
		if strings.Contains(m.Text+m.Caption, "keliru") {
			t.Error("the citizen got an answer that was taken back")
		}
	}
	w.wait(t, w.desk.ID(), 0, "the card that tells of the delivery", func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(m.Text, "terkirim")
	})
}

func (w *world) forwards(t *testing.T, seat botapi.Seat, card botapi.Seen, code string) {
	w.operator(t, "dpupr")
	w.presses(t, seat, card, "Teruskan")
	ask := w.wait(t, seat.Chat(), card.MessageID, "the question where to", func(m botapi.Seen) bool {
		return strings.Contains(m.Text, code) && strings.Contains(m.Text, "ke mana")
	})
	w.noted(t, seat.Chat(), ask.MessageID)
	if _, err := seat.Reply(ask.MessageID, "dpupr"); err != nil {
		t.Fatal(err)
	}
	moved := w.wait(t, seat.Chat(), card.MessageID, "the card in its new topic", func(m botapi.Seen) bool {
		return cardOf(code)(m) && m.ThreadID != card.ThreadID
	})
	if name := w.topic(moved); !strings.Contains(strings.ToLower(name), "pupr") {
		t.Errorf("the card lies in %q now", name)
	}
	w.wait(t, seat.Chat(), 0, "the old card that tells where it went", func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && m.ReplyMarkup == nil
	})
	if r := w.byCode(code); r.Agency != "DPUPR" {
		t.Errorf("the report belongs to %q", r.Agency)
	}
}

// A plain group becomes a supergroup in the middle: the desk goes on at its new address, after a restart too. What was filed before is
// answered there, and has its card there.
func TestDeskMoves(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{basic: true})
	c := w.start()
	_, first := w.filed(t, lamp(1))
	w.card(t, first)
	moved, err := w.desk.Migrate(w.head)
	if err != nil {
		t.Fatal(err)
	}
	told := w.desk
	_, second := w.filed(t, lamp(2))
	w.desk = moved
	card := w.card(t, second)
	ani := w.byCode(second).Reporter
	w.presses(t, w.head.In(moved.ID()), card, "Ambil")
	w.wait(t, w.chatID(ani.ID), 0, "news of the taking", said(second))
	const words = "Regu kami berangkat malam ini juga"
	w.ears.keepPrivate("the coordinator", words)
	if _, err := w.head.In(moved.ID()).Text(first + " " + words); err != nil {
		t.Fatal(err)
	}
	w.wait(t, w.chatID(w.byCode(first).Reporter.ID), 0, "the answer to who filed before the move", said(first, words))
	anew := w.wait(t, moved.ID(), 0, "the card from before the move, where people read now", cardOf(first))
	w.presses(t, w.head.In(moved.ID()), anew, "Tanya")
	w.wait(t, moved.ID(), anew.MessageID, "what the new card's button asks for", func(m botapi.Seen) bool { return strings.Contains(m.Text, first+":") })
	if code, _ := c.stop(); code != 0 {
		t.Errorf("the program ended with %d", code)
	}
	w.desk = told // the setting still names the old address
	w.start()
	w.desk = moved
	_, third := w.filed(t, lamp(3))
	w.card(t, third)
}

func (w *world) chatID(id string) (n int64) {
	if _, err := fmt.Sscan(id, &n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// The bot is thrown out of the desk and taken in again: the cards of what was filed meanwhile come then.
func TestDeskThrowsTheBotOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	_, before := w.filed(t, lamp(1))
	w.card(t, before)
	w.desk.KickBot(w.head)
	var codes []string
	for i := range 3 {
		_, code := w.filed(t, lamp(10+i)) // citizens notice nothing
		codes = append(codes, code)
	}
	w.desk.AddBot(w.head, true)
	began := time.Now()
	for _, code := range codes {
		w.card(t, code)
	}
	t.Logf("the cards came %s after the bot was back", time.Since(began).Round(time.Millisecond))
}

// Sixty reports within a moment: at twenty messages a minute the desk folds cards, and every report is named in it.
func TestDeskFoldsABurst(t *testing.T) {
	t.Parallel()
	const burst = 60
	w := newWorld(t, plan{own: true, limits: true})
	w.start()
	ctx, cancel := story(4 * time.Minute)
	defer cancel()
	var filing sync.WaitGroup
	var failed errs
	codes := make([]string, burst)
	began := time.Now()
	for i := range burst {
		c := w.citizen("Warga")
		filing.Go(func() {
			var err error
			codes[i], err = c.report(ctx, lamp(i))
			failed.add(err)
		})
	}
	filing.Wait()
	failed.report(t)
	filed, named := time.Since(began), 0
	_, err := w.api.WaitFor(ctx, w.desk.ID(), func(all []botapi.Seen) bool {
		var text strings.Builder
		for _, m := range all {
			text.WriteString(m.Text + "\n")
		}
		named = 0
		for _, code := range codes {
			if strings.Contains(text.String(), code) {
				named++
			}
		}
		return named == burst
	})
	if err != nil {
		t.Fatalf("only %d of %d reports are named in the desk: %v; letters that wait: %s", named, burst, err, w.stuck(context.Background()))
	}
	messages := 0
	for _, m := range w.api.History(w.desk.ID()) {
		if m.FromBot {
			messages++
		}
	}
	// Two messages that were sent at the right distance may come closer together where the machine is busy: that is rare, and waited for.
	if n := w.api.Stats().TooMany; n > messages/20 {
		t.Errorf("Telegram asked to slow down %d times", n)
	}
	if filed < time.Minute && messages >= burst {
		t.Errorf("%d messages for %d reports: nothing was folded", messages, burst)
	}
	t.Logf("%d reports filed in %s, all named in the desk after %s by %d messages", burst, filed.Round(time.Millisecond),
		time.Since(began).Round(time.Millisecond), messages)
	w.opensFromList(t)
}

// A citizen who blocked the bot is shown as not reached, and reads what came meanwhile when he or she is back: by itself, once, and in order.
func TestBlockedCitizen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	ani, code := w.filed(t, lamp(1))
	card := w.card(t, code)
	ani.p.Block()
	w.presses(t, w.head.In(w.desk.ID()), card, "Ambil")
	w.wait(t, w.desk.ID(), 0, "the card that says the news did not arrive", func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(m.Text, "gagal")
	})
	ani.p.Unblock()
	w.wait(t, w.desk.ID(), 0, "the card that says that the news arrived after all", func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(m.Text, "terkirim")
	})
	news := 0
	for _, m := range w.api.History(ani.p.ID()) {
		if m.FromBot && strings.Contains(m.Text, "sudah di tangan") {
			news++
		}
	}
	if news != 1 {
		t.Errorf("the news came %d times\n%s", news, w.transcript(ani.p.ID()))
	}
	w.nobodyStumbled()
}

// Two operators press Ambil in the same moment: one has it, the other is told who. Strangers can do nothing.
func TestTwoTakeAndStrangersDoNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t, plan{})
	w.start()
	a, b := w.operator(t, "dishub"), w.operator(t, "dishub")
	_, code := w.filed(t, lamp(1))
	card := w.card(t, code)
	w.strangers(t, card, code)

	from := w.api.Seq()
	said := make([]string, 2)
	var pressing sync.WaitGroup
	for i, p := range []*botapi.Person{a, b} {
		pressing.Go(func() {
			id, err := p.In(w.desk.ID()).Press(card.MessageID, button(card, "Ambil"))
			if err != nil {
				t.Error(err)
				return
			}
			said[i] = w.answered(t, w.desk.ID(), from, id)
		})
	}
	pressing.Wait()
	if said[0] == "" || said[1] == "" || said[0] == said[1] {
		t.Errorf("the two are told %q and %q", said[0], said[1])
	}
	taken := 0
	for _, f := range w.facts(w.byCode(code).ID) {
		if f.What == report.WasTaken {
			taken++
		}
	}
	if taken != 1 {
		t.Errorf("the report was taken %d times", taken)
	}
	w.nobodyStumbled()
}

// strangers are members of the desk who are no operators, and people outside it: they are told so, or nothing happens.
func (w *world) strangers(t *testing.T, card botapi.Seen, code string) {
	t.Helper()
	before := w.byCode(code).Rev
	in, out := w.person("Tamu"), w.person("Luar")
	w.desk.Add(in)
	seat := in.In(w.desk.ID())
	if words := w.presses(t, seat, card, "Ambil"); words == "" {
		t.Error("a stranger's press is answered with nothing")
	}
	sent, err := seat.Text("/selesai " + code + " sudah beres semua")
	if err != nil {
		t.Fatal(err)
	}
	w.wait(t, seat.Chat(), sent.MessageID, "an answer to a stranger's command", func(m botapi.Seen) bool {
		return m.ReplyToMessage != nil && m.ReplyToMessage.MessageID == sent.MessageID
	})
	// Outside the desk: the data of its button, and its commands, in a private chat.
	hello, err := out.Text("/start")
	if err != nil {
		t.Fatal(err)
	}
	welcome := w.wait(t, out.ID(), hello.MessageID, "the welcome", func(botapi.Seen) bool { return true })
	from := w.api.Seq()
	id, err := out.PressAny(welcome.MessageID, card.ReplyMarkup.Rows[0][0].CallbackData)
	if err != nil {
		t.Fatal(err)
	}
	w.answered(t, out.ID(), from, id)
	last, err := out.Text("/ambil " + code)
	if err != nil {
		t.Fatal(err)
	}
	w.wait(t, out.ID(), last.MessageID, "an answer outside the desk", func(botapi.Seen) bool { return true })
	if now := w.byCode(code).Rev; now != before {
		t.Errorf("strangers changed the report from revision %d to %d", before, now)
	}
}
