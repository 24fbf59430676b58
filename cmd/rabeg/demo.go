package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
	"rabeg/internal/sim/botapi"
)

// The people of the case.
const (
	citizenBase   = 1_000_000 // a fresh citizen each run: the stores remember the earlier ones
	operatorID    = 2001
	coordinatorID = 2002
)

// stage shows everything that is said, in the order in which it is said.
type stage struct {
	w     *world
	out   io.Writer
	names map[int64]string // of the chats that are shown

	mu    sync.Mutex
	shown int64         // the last event that was shown
	moved chan struct{} // closed when shown grows
}

func newStage(w *world, out io.Writer, names map[int64]string) *stage {
	return &stage{w: w, out: out, names: names, shown: w.api.Seq(), moved: make(chan struct{})}
}

func (st *stage) say(format string, args ...any) {
	st.mu.Lock()
	defer st.mu.Unlock()
	_, _ = fmt.Fprintf(st.out, format+"\n", args...)
}

// watch prints what the bot sends and changes, until ctx is done.
func (st *stage) watch(ctx context.Context) {
	for seq := st.shown; ctx.Err() == nil; {
		events, err := st.w.api.Events(ctx, 0, seq, 100)
		if err != nil {
			return
		}
		for _, e := range events {
			seq = e.Seq
			st.show(e)
		}
		st.mu.Lock()
		st.shown = seq
		close(st.moved)
		st.moved = make(chan struct{})
		st.mu.Unlock()
	}
}

func (st *stage) show(e botapi.Event) {
	where, ok := st.names[e.Chat]
	if !ok || e.Message == nil || !e.Message.FromBot || e.Message.Text+e.Message.Caption == "" && len(e.Message.Photo) == 0 {
		return // what others say, and notes such as "topic opened"
	}
	switch e.Kind {
	case botapi.Sent:
		st.say("%s", indent("  🤖 → "+st.place(where, e.Chat, e.Message), e.Message))
	case botapi.Edited:
		st.say("%s", indent("  ✏️  "+st.place(where, e.Chat, e.Message)+", changed", e.Message))
	}
}

// caughtUp waits until all that has happened is shown.
func (st *stage) caughtUp(ctx context.Context) {
	until := st.w.api.Seq()
	for {
		st.mu.Lock()
		shown, moved := st.shown, st.moved
		st.mu.Unlock()
		if shown >= until {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-moved:
		}
	}
}

func (st *stage) place(where string, chat int64, m *botapi.Seen) string {
	if chat > 0 {
		return where
	}
	for _, t := range st.w.desk.Topics() {
		if t.ID == m.ThreadID {
			where += " · " + t.Name
		}
	}
	return fmt.Sprintf("%s, message %d", where, m.MessageID)
}

func indent(head string, m *botapi.Seen) string {
	text := m.Text + m.Caption
	if len(m.Photo) > 0 {
		text = strings.TrimSpace("[photo] " + text)
	}
	if m.Location != nil {
		text = "[pin]"
	}
	var b strings.Builder
	b.WriteString(head)
	for line := range strings.SplitSeq(text, "\n") {
		b.WriteString("\n     │ " + line)
	}
	if m.ReplyMarkup != nil {
		n := 0
		for _, row := range m.ReplyMarkup.Rows {
			b.WriteString("\n     ╰")
			for _, button := range row {
				n++
				fmt.Fprintf(&b, " [%d %s]", n, button.Text)
			}
		}
	}
	return b.String()
}

// person is somebody of the case.
type person struct {
	*botapi.Person
	st   *stage
	name string
}

func (st *stage) person(id int64, name string) person {
	return person{Person: st.w.api.Person(id, name), st: st, name: name}
}

func (p person) does(ctx context.Context, format string, args ...any) {
	p.st.caughtUp(ctx)
	p.st.say("\n👤 "+p.name+": "+format, args...)
}

// demo plays one case: told, filed, taken, answered, resolved. Every step is waited for; the first that does not come
// ends it with an error.
func (w *world) demo(ctx context.Context, out io.Writer) error {
	watching, stop := context.WithCancel(ctx)
	defer stop()
	aniID := citizenBase + time.Now().Unix() - tryEpoch
	st := newStage(w, out, map[int64]string{w.desk.ID(): "desk", aniID: "Ani"})
	ani := st.person(aniID, "Ani")
	dedi, rina := st.person(operatorID, "Dedi (Dishub)"), st.person(coordinatorID, "Rina (koordinator)")
	w.desk.Add(dedi.Person)
	w.desk.AddAdmin(rina.Person)
	go st.watch(watching)
	st.say("── An operator joins the desk ──")
	if err := st.enrol(ctx, dedi, rina); err != nil {
		return fmt.Errorf("an operator joins: %w", err)
	}
	st.caughtUp(ctx)
	st.say("\n── A citizen tells, in her own words ──")
	code, err := st.tell(ctx, ani)
	if err != nil {
		return fmt.Errorf("a citizen tells: %w", err)
	}
	st.caughtUp(ctx)
	st.say("\n── The office acts ──")
	if err := st.act(ctx, dedi, ani, code); err != nil {
		return fmt.Errorf("the office acts: %w", err)
	}
	st.caughtUp(ctx)
	st.say("\n── Another citizen, on WhatsApp ──")
	if err := st.onWhatsApp(ctx, rina); err != nil {
		return fmt.Errorf("a citizen on WhatsApp: %w", err)
	}
	st.caughtUp(ctx)
	st.say("\n── What is stored of the first case ──")
	return st.stored(ctx, code)
}

// wait gives the newest message of the bot in a chat that fits.
func (st *stage) wait(ctx context.Context, chat int64, what string, after int, fits func(botapi.Seen) bool) (botapi.Seen, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var found botapi.Seen
	_, err := st.w.api.WaitFor(ctx, chat, func(all []botapi.Seen) bool {
		for _, m := range slices.Backward(all) {
			if m.FromBot && m.MessageID > after && fits(m) {
				found = m
				return true
			}
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("%s did not come: %w", what, err)
	}
	return found, nil
}

func has(parts ...string) func(botapi.Seen) bool {
	return func(m botapi.Seen) bool {
		for _, p := range parts {
			if !strings.Contains(m.Text+m.Caption, p) {
				return false
			}
		}
		return true
	}
}

func (st *stage) enrol(ctx context.Context, dedi, rina person) error {
	op, err := st.w.app.store.Operator(ctx, fmt.Sprintf("telegram:%d", operatorID))
	if err == nil && op.Approved != "" {
		st.say("Dedi is an operator of %s since %s.", op.Agency, op.Since.Format("02.01.2006"))
		return nil
	}
	dedi.does(ctx, "/daftar dishub")
	sent, err := dedi.In(st.w.desk.ID()).Text("/daftar dishub")
	if err != nil {
		return err
	}
	ask, err := st.wait(ctx, st.w.desk.ID(), "the request", sent.MessageID, func(m botapi.Seen) bool { return button(m, "Terima") != "" })
	if err != nil {
		return err
	}
	rina.does(ctx, "[Terima]")
	if _, err := rina.In(st.w.desk.ID()).Press(ask.MessageID, button(ask, "Terima")); err != nil {
		return err
	}
	_, err = st.wait(ctx, st.w.desk.ID(), "the welcome", sent.MessageID, has("Dedi", "petugas"))
	return err
}

// button finds a button by a part of its label.
func button(m botapi.Seen, label string) string {
	if m.ReplyMarkup == nil {
		return ""
	}
	for _, row := range m.ReplyMarkup.Rows {
		for _, b := range row {
			if strings.Contains(b.Text, label) {
				return b.Text
			}
		}
	}
	return ""
}

// number finds a report's number.
func (st *stage) number(text string) string {
	return regexp.MustCompile(st.w.app.profile.Prefix + `-[0-9A-Z]{4}-[0-9A-Z]`).FindString(text)
}

func (st *stage) tell(ctx context.Context, ani person) (string, error) {
	const words = "lampu pju mati dr kmrn dpn kampus UIN ciceri, gelap banget kalo malem"
	ani.does(ctx, "%s", words)
	told, err := ani.Text(words)
	if err != nil {
		return "", err
	}
	if _, err := st.wait(ctx, ani.ID(), "an answer", told.MessageID, func(botapi.Seen) bool { return true }); err != nil {
		return "", err
	}
	ani.does(ctx, "[pin -6.1227, 106.1754]")
	if told, err = ani.Location(-6.1227, 106.1754); err != nil {
		return "", err
	}
	if _, err := st.wait(ctx, ani.ID(), "the card", told.MessageID, has("Periksa")); err != nil {
		return "", err
	}
	ani.does(ctx, "[photo]")
	if told, err = ani.Photo(picture(color.RGBA{40, 40, 60, 255}), ""); err != nil {
		return "", err
	}
	card, err := st.wait(ctx, ani.ID(), "the card with the photo", told.MessageID, func(m botapi.Seen) bool { return button(m, "Kirim") != "" })
	if err != nil {
		return "", err
	}
	ani.does(ctx, "[Kirim]")
	if _, err := ani.Press(card.MessageID, button(card, "Kirim")); err != nil {
		return "", err
	}
	receipt, err := st.wait(ctx, ani.ID(), "the number", card.MessageID, func(m botapi.Seen) bool { return st.number(m.Text) != "" })
	return st.number(receipt.Text), err
}

func (st *stage) act(ctx context.Context, dedi, ani person, code string) error {
	desk := st.w.desk.ID()
	card, err := st.wait(ctx, desk, "the card", 0, func(m botapi.Seen) bool {
		return strings.Contains(m.Text, code) && button(m, "Ambil") != ""
	})
	if err != nil {
		return err
	}
	seat := dedi.In(desk).Topic(card.ThreadID)
	if _, err := st.wait(ctx, desk, "the photo under the card", card.MessageID, func(m botapi.Seen) bool { return len(m.Photo) > 0 }); err != nil {
		return err
	}
	dedi.does(ctx, "[Ambil]")
	if _, err := seat.Press(card.MessageID, button(card, "Ambil")); err != nil {
		return err
	}
	if _, err := st.wait(ctx, ani.ID(), "news of the taking", 0, has(code, "di tangan")); err != nil {
		return err
	}
	const answer = "Terima kasih Bu. Regu PJU sudah ke lokasi, kabelnya putus, sedang kami sambung."
	dedi.does(ctx, "(replies to the card, with a photo) %s", answer)
	_, err = seat.Send(botapi.Out{Photo: picture(color.RGBA{90, 90, 40, 255}), Caption: answer, ReplyTo: card.MessageID})
	if err != nil {
		return err
	}
	heard, err := st.wait(ctx, ani.ID(), "the answer with its photo", 0, func(m botapi.Seen) bool {
		return strings.Contains(m.Text+m.Caption, "Regu PJU")
	})
	if err != nil {
		return err
	}
	if card, err = st.wait(ctx, desk, "the card with the answer's delivery", 0, func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(m.Text, "terkirim")
	}); err != nil {
		return err
	}
	dedi.does(ctx, "[Selesai]")
	if _, err := seat.Press(card.MessageID, button(card, "Selesai")); err != nil {
		return err
	}
	prompt, err := st.wait(ctx, desk, "the question for evidence", card.MessageID, has(code, "alas pesan ini"))
	if err != nil {
		return err
	}
	dedi.does(ctx, "(replies, with a photo) Lampu sudah menyala kembali.")
	if _, err := seat.Send(botapi.Out{Photo: picture(color.RGBA{250, 240, 150, 255}), Caption: "Lampu sudah menyala kembali.", ReplyTo: prompt.MessageID}); err != nil {
		return err
	}
	_, err = st.wait(ctx, ani.ID(), "the news that it is done", heard.MessageID, has("menyala kembali"))
	if err != nil {
		return err
	}
	_, err = st.wait(ctx, desk, "the card that says it is done", 0, func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(strings.ToLower(m.Text), "selesai")
	})
	return err
}

// stored shows what the database holds of the case, and checks that it is what was told.
func (st *stage) stored(ctx context.Context, code string) error {
	store := st.w.app.store
	r, err := store.ByCode(ctx, report.Code(code))
	if err != nil {
		return err
	}
	facts, err := store.Facts(ctx, r.ID)
	if err != nil {
		return err
	}
	st.say("%s · %s · %s · %s · %s, Kec. %s · %d photo", r.Code, r.Status, r.Category, r.Agency, r.Place.AreaName, r.Place.DistrictName, len(r.Photos))
	zone := st.w.app.profile.Location()
	for _, f := range facts {
		st.say("  %2d  %s  %-9s %s", f.Seq, f.At.In(zone).Format("15:04:05"), f.What, oneLine(f.Words, 70))
	}
	photos := 0
	for _, f := range facts {
		for _, m := range f.Photos {
			if m.Network != bot.Store {
				return fmt.Errorf("a photo of fact %d was not kept", f.Seq)
			}
			st.say("  photo of fact %d: %s…, %d bytes", f.Seq, m.ID[:14], m.Size)
			photos++
		}
	}
	if r.Status != report.Resolved || r.Agency == "" || photos != 3 || r.Place.Area == "" {
		return fmt.Errorf("the report is not as it was told: status %s, %d photos", r.Status, photos)
	}
	st.say("\nThe case is through: %d facts, every step told to the citizen.", len(facts))
	return nil
}

func oneLine(s string, most int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return string(r)
}

// picture draws a small photo.
func picture(c color.Color) []byte {
	img := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			if (x/20+y/20)%2 == 0 {
				img.Set(x, y, c)
			} else {
				img.Set(x, y, color.Gray{Y: uint8(x / 2)})
			}
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return b.Bytes()
}
