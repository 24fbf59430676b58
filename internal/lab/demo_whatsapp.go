package lab

import (
	"context"
	"fmt"
	"strings"
	"time"

	"rabeg/internal/sim/botapi"
)

// onWhatsApp plays a second case: told on WhatsApp, answered in the same desk by the report's number.
func (st *stage) onWhatsApp(ctx context.Context, rina person) error {
	budi, err := st.w.handset(ctx, fmt.Sprintf("6281%09d", time.Now().Unix()-tryEpoch), "Budi")
	if err != nil {
		return fmt.Errorf("a phone: %w", err)
	}
	defer budi.end()
	heard := 0
	says := func(text, hears string) (string, error) {
		st.caughtUp(ctx)
		st.say("\n👤 Budi (WhatsApp): %s", text)
		if err := budi.write(ctx, text); err != nil {
			return "", err
		}
		return st.hears(ctx, budi, &heard, hears)
	}
	card, err := says("sampah numpuk di depan pasar rau sudah seminggu, baunya kemana2", "")
	if err != nil {
		return err
	}
	switch {
	case strings.Contains(card, "Sudah benar"):
	case strings.Contains(card, "laporan yang mirip"): // the case was played before
		if _, err := says("bukan, ini yang lain", "Sudah benar"); err != nil {
			return err
		}
	default:
		if _, err := says("depan pasar rau", "Sudah benar"); err != nil {
			return err
		}
	}
	receipt, err := says("1", st.w.app.Profile.Prefix+"-")
	if err != nil {
		return err
	}
	code := st.number(receipt)
	if _, err := st.wait(ctx, st.w.desk.ID(), "the card of the second case", 0, func(m botapi.Seen) bool {
		return strings.Contains(m.Text, code) && button(m, "Ambil") != ""
	}); err != nil {
		return err
	}
	answer := code + " Terima kasih Pak, truk kami angkut siang ini."
	rina.does(ctx, "%s", answer)
	if _, err := rina.In(st.w.desk.ID()).Text(answer); err != nil {
		return err
	}
	_, err = st.hears(ctx, budi, &heard, "truk kami angkut")
	return err
}

// hears waits for the next message to a person on WhatsApp that holds some words, and shows what came.
func (st *stage) hears(ctx context.Context, p handset, heard *int, words string) (found string, err error) {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	err = p.wait(ctx, func(texts []string) bool {
		for ; *heard < len(texts); *heard++ {
			text := texts[*heard]
			st.say("  🤖 → Budi (WhatsApp)\n     │ %s", strings.ReplaceAll(text, "\n", "\n     │ "))
			if strings.Contains(text, words) {
				found = text
				*heard++
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
