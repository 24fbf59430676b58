package lab

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rabeg/internal/sim/botapi"
)

// says writes to the office on WhatsApp and waits for an answer with some words.
func (s *story) says(ctx context.Context, text, hears string) (string, error) {
	s.st.caughtUp(ctx)
	s.st.say("\n👤 Budi (WhatsApp): %s", text)
	if s.heard < 0 { // what came before the story is none of it
		if err := s.budi.Wait(ctx, func(texts []string) bool { s.heard = len(texts); return true }); err != nil {
			return "", err
		}
	}
	if err := s.budi.Write(ctx, text); err != nil {
		return "", err
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
	case strings.Contains(card, "Sudah benar"):
	case strings.Contains(card, "laporan yang mirip"): // the case was played before
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
	s.other = s.st.number(receipt)
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
func (s *story) hears(ctx context.Context, words string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	found := ""
	err := s.budi.Wait(ctx, func(texts []string) bool {
		for ; s.heard < len(texts); s.heard++ {
			text := texts[s.heard]
			s.st.say("  🤖 → Budi (WhatsApp)\n     │ %s", strings.ReplaceAll(text, "\n", "\n     │ "))
			if strings.Contains(text, words) {
				found = text
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
