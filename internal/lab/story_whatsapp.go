package lab

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rabeg/internal/sim/botapi"
	"rabeg/internal/sim/warelay"
)

// pocket is a phone on the local WhatsApp that a story writes from.
type pocket interface {
	Text(ctx context.Context, to, text string, mentions ...string) (string, error)
	Wait(ctx context.Context, cond func(warelay.Inbox) bool) (warelay.Inbox, error)
}

var _ pocket = (*warelay.Person)(nil)

// says writes to the office on WhatsApp and waits for an answer with some words.
func (s *story) says(ctx context.Context, text, hears string) (warelay.Received, error) {
	s.st.caughtUp(ctx)
	s.st.say("\n👤 Budi (WhatsApp): %s", text)
	if s.heard < 0 { // what came before the story is none of it
		if _, err := s.budi.Wait(ctx, func(in warelay.Inbox) bool { s.heard = len(in.Messages); return true }); err != nil {
			return warelay.Received{}, err
		}
	}
	if _, err := s.budi.Text(ctx, s.st.w.office.Phone()+"@s.whatsapp.net", text); err != nil {
		return warelay.Received{}, err
	}
	return s.hears(ctx, hears)
}

// onWhatsApp tells a second case there.
func (s *story) onWhatsApp(ctx context.Context) error {
	card, err := s.says(ctx, "sampah numpuk di depan pasar rau sudah seminggu, baunya kemana2", "")
	if err != nil {
		return err
	}
	switch {
	case strings.Contains(card.Text, "Sudah benar"):
	case strings.Contains(card.Text, "laporan yang mirip"): // the case was played before
		if _, err := s.says(ctx, "bukan, ini yang lain", "Sudah benar"); err != nil {
			return err
		}
	default:
		if _, err := s.says(ctx, "depan pasar rau", "Sudah benar"); err != nil {
			return err
		}
	}
	receipt, err := s.says(ctx, "1", s.st.w.app.Profile.Prefix+"-")
	if err != nil {
		return err
	}
	s.other = s.st.number(receipt.Text)
	_, err = s.st.wait(ctx, s.st.w.desk.ID(), "the card of the second case", 0, func(m botapi.Seen) bool {
		return strings.Contains(m.Text, s.other) && button(m, "Ambil") != ""
	})
	return err
}

// byNumber answers it in the same desk, by the report's number.
func (s *story) byNumber(ctx context.Context) error {
	answer := s.other + " Terima kasih Pak, truk kami angkut siang ini."
	s.rina.does(ctx, "%s", answer)
	if _, err := s.rina.In(s.st.w.desk.ID()).Text(answer); err != nil {
		return err
	}
	_, err := s.hears(ctx, "truk kami angkut")
	return err
}

// hears waits for the next message to Budi that holds some words, and shows what came.
func (s *story) hears(ctx context.Context, words string) (warelay.Received, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	var found warelay.Received
	_, err := s.budi.Wait(ctx, func(in warelay.Inbox) bool {
		for ; s.heard < len(in.Messages); s.heard++ {
			m := in.Messages[s.heard]
			s.st.say("  🤖 → Budi (WhatsApp)\n     │ %s", strings.ReplaceAll(m.Text, "\n", "\n     │ "))
			if strings.Contains(m.Text, words) {
				found = m
				s.heard++
				return true
			}
		}
		return false
	})
	if err != nil {
		return found, fmt.Errorf("a message with %q did not come: %w", words, err)
	}
	return found, nil
}
