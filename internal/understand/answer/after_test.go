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
