package lab

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"regexp"
	"strings"
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
	leaderID      = 2003
)

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

func (st *stage) enrol(ctx context.Context, dedi, rina person) error {
	op, err := st.w.app.Store.Operator(ctx, fmt.Sprintf("telegram:%d", operatorID))
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

// number finds a report's number.
func (st *stage) number(text string) string {
	return regexp.MustCompile(st.w.app.Profile.Prefix + `-[0-9A-Z]{5}-[0-9A-Z]`).FindString(text)
}

// notThis is the button by which somebody goes on where a neighbour's report is shown.
const notThis = "Bukan yang ini"

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
	shown, err := st.wait(ctx, ani.ID(), "the card", told.MessageID, func(m botapi.Seen) bool { return has("Sudah benar")(m) || button(m, notThis) != "" })
	if err != nil {
		return "", err
	}
	if l := button(shown, notThis); l != "" { // the case was played before, and not to its end
		ani.does(ctx, "[%s]", l)
		if _, err := ani.Press(shown.MessageID, l); err != nil {
			return "", err
		}
		if _, err := st.wait(ctx, ani.ID(), "the card", shown.MessageID, has("Sudah benar")); err != nil {
			return "", err
		}
	}
	ani.does(ctx, "[photo]")
	if told, err = ani.Photo(picture(color.RGBA{40, 40, 60, 255}, told.MessageID), ""); err != nil {
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
	_, err = seat.Send(botapi.Out{Photo: picture(color.RGBA{90, 90, 40, 255}, card.MessageID), Caption: answer, ReplyTo: card.MessageID})
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
	if _, err := seat.Send(botapi.Out{Photo: picture(color.RGBA{250, 240, 150, 255}, prompt.MessageID), Caption: "Lampu sudah menyala kembali.", ReplyTo: prompt.MessageID}); err != nil {
		return err
	}
	_, err = st.wait(ctx, ani.ID(), "the news that it is done", heard.MessageID, has("menyala kembali"))
	if err != nil {
		return err
	}
	if _, err = st.wait(ctx, desk, "the card that says it is done", 0, func(m botapi.Seen) bool {
		return m.MessageID == card.MessageID && strings.Contains(strings.ToLower(m.Text), "selesai")
	}); err != nil {
		return err
	}
	return st.judge(ctx, ani, desk, card.MessageID)
}

// judge lets the citizen say in her own words that it is fixed, and give a mark.
func (st *stage) judge(ctx context.Context, ani person, desk int64, card int) error {
	const words = "udah nyala pak, makasih ya"
	ani.does(ctx, "%s", words)
	told, err := ani.Text(words)
	if err != nil {
		return err
	}
	ask, err := st.wait(ctx, ani.ID(), "the thanks for her verdict", told.MessageID, func(m botapi.Seen) bool { return button(m, "⭐⭐⭐⭐⭐") != "" })
	if err != nil {
		return err
	}
	ani.does(ctx, "[⭐⭐⭐⭐⭐]")
	if _, err := ani.Press(ask.MessageID, button(ask, "⭐⭐⭐⭐⭐")); err != nil {
		return err
	}
	_, err = st.wait(ctx, desk, "the card that says what she thinks", 0, func(m botapi.Seen) bool {
		return m.MessageID == card && strings.Contains(m.Text, "beres menurut pelapor") && strings.Contains(m.Text, "5 dari 5")
	})
	return err
}

// stored shows what the database holds of the case, and checks that it is what was told.
func (st *stage) stored(ctx context.Context, code string) error {
	store := st.w.app.Store
	r, err := store.ByCode(ctx, report.Code(code))
	if err != nil {
		return err
	}
	facts, err := store.Facts(ctx, r.ID)
	if err != nil {
		return err
	}
	st.say("%s · %s · %s · %s · %s, Kec. %s · %d photo", r.Code, r.Status, r.Category, r.Agency, r.Place.AreaName, r.Place.DistrictName, len(r.Photos))
	zone := st.w.app.Profile.Location()
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
	if r.Status != report.Closed || r.Verdict != report.Fixed || r.Agency == "" || photos != 3 || r.Place.Area == "" {
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

// picture draws a small photo in shades of a colour; each nth has a look of its own, as photos have.
func picture(c color.RGBA, nth int) []byte {
	const side = 40
	img := image.NewRGBA(image.Rect(0, 0, 9*side, 8*side))
	seed := uint32(nth)*97 + uint32(c.R)
	for y := range 8 * side {
		for x := range 9 * side {
			cell := seed*2654435761 + uint32(x/side)*40503 + uint32(y/side)*2246822519
			cell ^= cell >> 15
			cell *= 2246822519
			shade := cell>>24&127 + 128
			img.Set(x, y, color.RGBA{uint8(uint32(c.R) * shade / 255), uint8(uint32(c.G) * shade / 255), uint8(uint32(c.B) * shade / 255), 255})
		}
	}
	var b bytes.Buffer
	_ = jpeg.Encode(&b, img, nil) // a buffer takes everything
	return b.Bytes()
}
