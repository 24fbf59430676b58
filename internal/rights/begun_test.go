package rights_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/report"
)

// step lets each timer that is due ring once, as a program does that stops after it.
func (h *house) step() {
	h.t.Helper()
	due, err := h.store.Due(h.ctx, h.clock(), 100)
	h.must(err)
	for _, timer := range due {
		_, err := h.clerk.Timer(h.ctx, timer)
		h.must(err)
	}
}

// later moves the clock, and nothing rings.
func (h *house) later(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// Who changes her mind when the erasing has begun is told the truth, in whatever words: it goes on, or it is done, and what went
// nobody brings back.
func TestWhatHasBegunIsNotCalledOff(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	over := h.of(sri, "zamrudkuning").ID
	h.writes(sri, "Sri Wahyuningsih", "sampah kemangibiru menumpuk di jalan ahmad yani cipare", "kirim")
	open := h.of(sri, "kemangibiru").ID
	h.officer(over, report.Resolve{Words: "beres", Photos: proofs()})
	h.post()
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.later(casework.Grace + time.Minute)
	h.step()
	for _, words := range []string{"jangan hapus data saya", "batalkan penghapusan", "hapus data saya"} {
		h.writes(sri, "Sri Wahyuningsih", words)
		if said := h.replied(sri); !strings.Contains(said, "sedang dihapus dan tidak bisa dibatalkan lagi") {
			t.Errorf("to %q she reads: %s", words, said)
		}
	}
	h.pass(time.Minute)
	h.writes(sri, "Sri Wahyuningsih", "jangan hapus data saya")
	if said := h.replied(sri); !strings.Contains(said, "masih ditangani tidak jadi dihapus") || !strings.Contains(said, "sudah dihapus tidak bisa dikembalikan") {
		t.Errorf("of what is left she reads: %s", said)
	}
	if k := h.whole(over); k.Report.Erased.IsZero() {
		t.Error("what was over did not go")
	}
	if k := h.whole(open); !k.Report.Erased.IsZero() || k.Report.Reporter != sri {
		t.Errorf("what was left went: %+v", k.Report)
	}
}

// Where nothing is left, nothing can be called off; the last letter goes all the same.
func TestWhatIsDoneIsNotCalledOff(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	h.writes(sri, "Sri Wahyuningsih", "lampu zamrudkuning mati di jalan veteran cipare", "kirim")
	h.officer(h.of(sri, "zamrudkuning").ID, report.Resolve{Words: "beres", Photos: proofs()})
	h.writes(sri, "Sri Wahyuningsih", "hapus data saya", "ya", "hapus")
	h.pass(casework.Grace + time.Minute)
	h.writes(sri, "Sri Wahyuningsih", "jangan hapus data saya")
	if said := h.replied(sri); !strings.Contains(said, "sudah dihapus dan tidak bisa dikembalikan lagi") {
		t.Errorf("she reads: %s", said)
	}
	h.post()
	h.pass(25 * time.Hour)
	for _, row := range h.dump() {
		if strings.Contains(row, "Selesai. Data Anda sudah dihapus") {
			t.Errorf("the last letter is still there: %s", row)
		}
	}
}
