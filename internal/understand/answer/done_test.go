package answer_test

import (
	"testing"

	"rabeg/internal/understand/answer"
)

// TestAsksDone tells who asks whether something is done yet from who says that it is, that it is not, or that half of it is.
func TestAsksDone(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for _, text := range []string{"udah diperbaiki blm", "udah dikirim blm", "udah sampe blm", "udh dikerjain blm itu", "sudah ditangani apa belum pak", "dah dibenerin blom sih", "wis digarap durung kang",
		"tos dilereskeun teu acan", "udah?", "udah dikerjain?"} {
		if !lx.AsksDone(text) || lx.After(text).Sequel != answer.WantsNews {
			t.Errorf("%q is not taken for a question whether it is done: %v", text, lx.After(text).Sequel)
		}
	}
	for _, text := range []string{"", "udah", "belum", "sudah diperbaiki", "udah seminggu belum ada kabar", "yang kiri udah nyala yang kanan belum", "udah nyala yg sana, yg sini belum", "katanya udah dibenerin tapi belum",
		"udah diterima belum bansos rt 3 rw 4"} {
		if lx.AsksDone(text) {
			t.Errorf("%q is taken for a question whether it is done", text)
		}
	}
}

// Who asks whether somebody can be hidden does not say that nobody is to be.
func TestAsksToBeHidden(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for _, text := range []string{"bs ga disamarin yg lapor", "bisa ga nama saya disembunyiin", "boleh ga identitas saya dirahasiain"} {
		if got := lx.After(text).Sequel; got != answer.Hides {
			t.Errorf("%q is %v", text, got)
		}
	}
	if got := lx.After("ga usah anonim deh, tampilkan saja nama saya").Sequel; got != answer.Shows {
		t.Errorf("who may be known is %v", got)
	}
}
