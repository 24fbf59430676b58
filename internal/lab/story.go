package lab

import (
	"context"
	"fmt"
	"image/color"
	"strings"

	"rabeg/internal/lab/phones"
	"rabeg/internal/sim/botapi"
)

// story is the case that is played, one step after the other. What a step finds the next ones go on with.
type story struct {
	st         *stage
	ani        person        // the citizen on Telegram
	dedi, rina person        // the operator and the coordinator
	budi       phones.Pocket // the citizen on WhatsApp

	ask   botapi.Seen // the request to join the desk
	shown botapi.Seen // what the bot showed Ani last
	code  string      // the number of her report
	card  botapi.Seen // its card in the desk
	heard int         // how many messages Budi has looked at
	other string      // the number of his report
}

// step is one thing that somebody does, and what has to come of it.
type step struct {
	chapter string // heads the steps from here on, "" within them
	name    string // what it is, for whoever reads that it failed
	do      func(context.Context) error
}

// newStory puts the people of the case where they belong.
func newStory(st *stage, aniID int64, budi phones.Pocket) *story {
	s := &story{st: st, ani: st.person(aniID, "Ani"), budi: budi,
		dedi: st.person(operatorID, "Dedi (Dishub)"), rina: st.person(coordinatorID, "Rina (koordinator)")}
	st.w.desk.Add(s.dedi.Person)
	st.w.desk.AddAdmin(s.rina.Person)
	s.heard = -1
	return s
}

func (s *story) steps() []step {
	return []step{
		{"An operator joins the desk", "an operator asks to join", s.joins},
		{"", "the coordinator lets the operator in", s.letsIn},
		{"A citizen tells, in her own words", "a citizen tells", s.tells},
		{"", "the citizen says where", s.pins},
		{"", "the citizen shows it", s.shows},
		{"", "the citizen sends it", s.sends},
		{"The office acts", "the office takes it", s.takes},
		{"", "the office answers", s.answers},
		{"", "the office mends it", s.mends},
		{"", "the citizen judges", s.judges},
		{"Another citizen, on WhatsApp", "a citizen on WhatsApp tells", s.onWhatsApp},
		{"", "the desk answers the citizen on WhatsApp", s.byNumber},
	}
}

func (s *story) joins(ctx context.Context) (err error) {
	op, err := s.st.w.app.Store.Operator(ctx, fmt.Sprintf("telegram:%d", operatorID))
	if err == nil && op.Approved != "" {
		s.st.say("Dedi is an operator of %s since %s.", op.Agency, op.Since.Format("02.01.2006"))
		return nil
	}
	s.dedi.does(ctx, "/daftar dishub")
	desk := s.st.w.desk.ID()
	sent, err := s.dedi.In(desk).Text("/daftar dishub")
	if err != nil {
		return err
	}
	s.ask, err = s.st.wait(ctx, desk, "the request", sent.MessageID, func(m botapi.Seen) bool { return button(m, "Terima") != "" })
	return err
}

func (s *story) letsIn(ctx context.Context) error {
	if s.ask.MessageID == 0 {
		return nil // from an earlier run
	}
	desk := s.st.w.desk.ID()
	s.rina.does(ctx, "[Terima]")
	if _, err := s.rina.In(desk).Press(s.ask.MessageID, button(s.ask, "Terima")); err != nil {
		return err
	}
	_, err := s.st.wait(ctx, desk, "the welcome", 0, has("Dedi", "petugas"))
	return err
}

func (s *story) tells(ctx context.Context) error {
	const words = "lampu pju mati dr kmrn dpn kampus UIN ciceri, gelap banget kalo malem"
	s.ani.does(ctx, "%s", words)
	told, err := s.ani.Text(words)
	if err != nil {
		return err
	}
	_, err = s.st.wait(ctx, s.ani.ID(), "an answer", told.MessageID, func(botapi.Seen) bool { return true })
	return err
}

// notThis is the button by which somebody goes on where a neighbour's report is shown.
const notThis = "Bukan yang ini"

func (s *story) pins(ctx context.Context) error {
	s.ani.does(ctx, "[pin -6.1227, 106.1754]")
	told, err := s.ani.Location(-6.1227, 106.1754)
	if err != nil {
		return err
	}
	shown, err := s.st.wait(ctx, s.ani.ID(), "the card", told.MessageID, func(m botapi.Seen) bool { return has("Sudah benar")(m) || button(m, notThis) != "" })
	if err != nil {
		return err
	}
	l := button(shown, notThis)
	if l == "" {
		return nil
	}
	// The case was played before, and not to its end.
	s.ani.does(ctx, "[%s]", l)
	if _, err := s.ani.Press(shown.MessageID, l); err != nil {
		return err
	}
	_, err = s.st.wait(ctx, s.ani.ID(), "the card", shown.MessageID, has("Sudah benar"))
	return err
}

func (s *story) shows(ctx context.Context) error {
	s.ani.does(ctx, "[photo]")
	told, err := s.ani.Photo(picture(color.RGBA{40, 40, 60, 255}, s.st.w.nth()), "")
	if err != nil {
		return err
	}
	s.shown, err = s.st.wait(ctx, s.ani.ID(), "the card with the photo", told.MessageID, func(m botapi.Seen) bool { return button(m, "Kirim") != "" })
	return err
}

func (s *story) sends(ctx context.Context) error {
	s.ani.does(ctx, "[Kirim]")
	if _, err := s.ani.Press(s.shown.MessageID, button(s.shown, "Kirim")); err != nil {
		return err
	}
	receipt, err := s.st.wait(ctx, s.ani.ID(), "the number", s.shown.MessageID, func(m botapi.Seen) bool { return s.st.number(m.Text) != "" })
	if err != nil {
		return err
	}
	s.code = s.st.number(receipt.Text)
	desk := s.st.w.desk.ID()
	s.card, err = s.st.wait(ctx, desk, "the card", 0, func(m botapi.Seen) bool {
		return strings.Contains(m.Text, s.code) && button(m, "Ambil") != ""
	})
	if err != nil {
		return err
	}
	_, err = s.st.wait(ctx, desk, "the photo under the card", s.card.MessageID, func(m botapi.Seen) bool { return len(m.Photo) > 0 })
	return err
}

func (s *story) seat() botapi.Seat { return s.dedi.In(s.st.w.desk.ID()).Topic(s.card.ThreadID) }

func (s *story) takes(ctx context.Context) error {
	s.dedi.does(ctx, "[Ambil]")
	if _, err := s.seat().Press(s.card.MessageID, button(s.card, "Ambil")); err != nil {
		return err
	}
	_, err := s.st.wait(ctx, s.ani.ID(), "news of the taking", 0, has(s.code, "di tangan"))
	return err
}

func (s *story) answers(ctx context.Context) error {
	const answer = "Terima kasih Bu. Regu PJU sudah ke lokasi, kabelnya putus, sedang kami sambung."
	s.dedi.does(ctx, "(replies to the card, with a photo) %s", answer)
	_, err := s.seat().Send(botapi.Out{Photo: picture(color.RGBA{90, 90, 40, 255}, s.st.w.nth()), Caption: answer, ReplyTo: s.card.MessageID})
	if err != nil {
		return err
	}
	if s.shown, err = s.st.wait(ctx, s.ani.ID(), "the answer with its photo", 0, func(m botapi.Seen) bool {
		return strings.Contains(m.Text+m.Caption, "Regu PJU")
	}); err != nil {
		return err
	}
	s.card, err = s.st.wait(ctx, s.st.w.desk.ID(), "the card with the answer's delivery", 0, func(m botapi.Seen) bool {
		return m.MessageID == s.card.MessageID && strings.Contains(m.Text, "terkirim")
	})
	return err
}

func (s *story) mends(ctx context.Context) error {
	desk := s.st.w.desk.ID()
	s.dedi.does(ctx, "[Selesai]")
	if _, err := s.seat().Press(s.card.MessageID, button(s.card, "Selesai")); err != nil {
		return err
	}
	prompt, err := s.st.wait(ctx, desk, "the question for evidence", s.card.MessageID, has(s.code, "alas pesan ini"))
	if err != nil {
		return err
	}
	const done = "Lampu sudah menyala kembali."
	s.dedi.does(ctx, "(replies, with a photo) %s", done)
	if _, err := s.seat().Send(botapi.Out{Photo: picture(color.RGBA{250, 240, 150, 255}, s.st.w.nth()), Caption: done, ReplyTo: prompt.MessageID}); err != nil {
		return err
	}
	if _, err = s.st.wait(ctx, s.ani.ID(), "the news that it is done", s.shown.MessageID, has("menyala kembali")); err != nil {
		return err
	}
	_, err = s.st.wait(ctx, desk, "the card that says it is done", 0, func(m botapi.Seen) bool {
		return m.MessageID == s.card.MessageID && strings.Contains(strings.ToLower(m.Text), "selesai")
	})
	return err
}

// judges lets the citizen say in her own words that it is fixed, and give a mark.
func (s *story) judges(ctx context.Context) error {
	const words = "udah nyala pak, makasih ya"
	s.ani.does(ctx, "%s", words)
	told, err := s.ani.Text(words)
	if err != nil {
		return err
	}
	ask, err := s.st.wait(ctx, s.ani.ID(), "the thanks for her verdict", told.MessageID, func(m botapi.Seen) bool { return button(m, "⭐⭐⭐⭐⭐") != "" })
	if err != nil {
		return err
	}
	s.ani.does(ctx, "[⭐⭐⭐⭐⭐]")
	if _, err := s.ani.Press(ask.MessageID, button(ask, "⭐⭐⭐⭐⭐")); err != nil {
		return err
	}
	_, err = s.st.wait(ctx, s.st.w.desk.ID(), "the card that says what she thinks", 0, func(m botapi.Seen) bool {
		return m.MessageID == s.card.MessageID && strings.Contains(m.Text, "beres menurut pelapor") && strings.Contains(m.Text, "5 dari 5")
	})
	return err
}
