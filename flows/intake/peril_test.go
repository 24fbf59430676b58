package intake

import (
	"testing"

	"rabeg/flows"
	"rabeg/internal/understand"
	"rabeg/internal/understand/answer"
)

// TestAskedInDanger: what people ask in the middle of a danger, and what they only tell.
func TestAskedInDanger(t *testing.T) {
	t.Parallel()
	f := &flow{Options: flows.Options{Answers: answer.Must()}}
	for want, texts := range map[query][]string{
		asks112:    {"112 itu apa", "112 apaan", "112 bayar ga", "no 112 bayar ga", "112 gratis kan?", "112 pake pulsa ga", "112 iku opo", "what is 112"},
		asksNumber: {"polisi nomornya berapa", "nomor damkar berapa", "no ambulan brp", "telpon siapa ya", "nomor polisi", "harus telp kemana", "police number?"},
		asksWhat:   {"terus saya harus gimana", "harus ngapain pak", "hrs ngapain", "gmn nih", "kudu piye iki", "kudu kumaha", "what should i do", "terus gimana dong"},
		unanswered: {"udah saya telpon ga diangkat", "112 ga diangkat2", "gak nyambung 112 nya", "udah nelpon 112 sibuk terus", "ora diangkat angkat", "teu diangkat 112na", "112 nobody answers", "nomornya ga aktif 112", "tidak ada yang angkat", "saya hubungi 112 tidak dijawab"},
		noQuery:    {"apinya makin gede", "di kp sukadana", "tolong cepat", "anak saya di dalam", "rumah nomor 12", "airnya sampai leher", "mobilnya ga bisa diangkat warga semua capek nunggu dari tadi pagi di jalan", "ada 3 orang", "udah telpon 112"},
	} {
		for _, text := range texts {
			if got := f.queryOf(text); got != want {
				t.Errorf("%q is %d, want %d", text, got, want)
			}
		}
	}
}

// TestSeenTo: others have come, or have seen to it; he who does violence has not.
func TestSeenTo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		peril, text string
		want        bool
	}{
		{"api", "iya udah ada yg dateng makasih", true}, {"pohon", "udah diangkut damkar", true}, {"jahat", "udah bubar kok", true}, {"medis", "gausah udah dianter", true},
		{"medis", "ga usah pak, udah diantar tetangga", true}, {"api", "damkarnya udah nyampe", true}, {"jahat", "polisinya sudah datang", true}, {"pohon", "udah dipotong warga", true},
		{"setrum", "petugas pln udah di lokasi", true}, {"medis", "ambulannya wis teka", true}, {"api", "sudah ada yang nolong", true}, {"lalin", "udah dibawa ke rs", true},
		{"rumah", "udah ada yg dateng", false}, {"rumah", "suami saya udah dateng", false}, {"api", "belum ada yang datang", false}, {"api", "udah dateng tapi apinya masih gede", false},
		{"hilang", "udah dibawa orang", false}, {"api", "udah ada yg dateng belum?", false}, {"api", "udah telpon 112", false}, {"banjir", "airnya udah sampai dada", false},
		{"jahat", "orangnya udah dateng lagi", false},
	} {
		if got := saysHandled(c.text, understand.Reading{}, c.peril); got != c.want {
			t.Errorf("%s: %q is %v", c.peril, c.text, got)
		}
	}
}
