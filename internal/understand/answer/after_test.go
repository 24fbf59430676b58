package answer_test

import (
	"testing"

	"rabeg/internal/understand/answer"
)

// TestAsksAfter tells who asks how it stands with a filed report from who asks of a matter, or tells one.
func TestAsksAfter(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for _, text := range []string{"kapan diberesin?", "iraha diangkutna", "udah kekirim blm?", "berapa nomornya tadi", "sampai mana pak", "gimana kabarnya min", "kapan ditindaknya", "statusnya gimana", "berapa lama ya"} {
		if !lx.AsksAfter(text) {
			t.Errorf("%q is not taken for a question about the report", text)
		}
	}
	for _, text := range []string{"", "kapan vaksin di puskesmas", "jam berapa buka kantor dukcapil", "udah masuk rumah airnya", "sampah kapan diangkut di pasar", "kapan jalan ciruas diperbaiki", "lampu mati", "terima kasih",
		"nomor meteran listrik saya salah", "udah diterima belum bansos rt 3"} {
		if lx.AsksAfter(text) {
			t.Errorf("%q is taken for a question about the report", text)
		}
	}
}

// Who may see a report is said in two directions, and what denies hiding is no wish to hide.
func TestHidesAndShows(t *testing.T) {
	t.Parallel()
	lx := answer.Must()
	for text, want := range map[string]answer.Sequel{
		"tidak jadi anonim": answer.Shows, "ga jadi anonim pak": answer.Shows, "ga usah anonim": answer.Shows, "tidak usah dirahasiakan": answer.Shows,
		"boleh pakai nama saya": answer.Shows, "batal anonim, tidak usah disembunyikan": answer.Shows, "not anonymous": answer.Shows,
		"tolong jangan sebut nama saya": answer.Hides, "bisa ga nama saya disembunyiin": answer.Hides, "jadikan anonim": answer.Hides,
		"please keep my name out of it": answer.Hides, "leave my name out of the report please": answer.Hides, "i want my name left out": answer.Hides,
		"you can show my name": answer.Shows, "it is fine to use my name": answer.Shows,
		"ga jadi deh, udah nyala": answer.TakesBack, "tidak jadi": answer.TakesBack, "jangan dihapus dulu": answer.NoSequel,
	} {
		if got := lx.After(text).Sequel; got != want {
			t.Errorf("%q is read as %d, not %d", text, got, want)
		}
	}
}
