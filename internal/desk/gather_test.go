package desk_test

import (
	"strings"
	"testing"

	"rabeg/bot"
	"rabeg/internal/desk"
	"rabeg/internal/ledger"
	"rabeg/internal/say"
)

func TestAlarmsAreToldTogether(t *testing.T) {
	t.Parallel()
	alarms := []ledger.Letter{
		{Message: bot.Message{Text: "🚨 *Mungkin darurat* · 16.05\n\nWarga: “rumah tetangga kebakaran”"}},
		{Message: bot.Message{Text: "Dari warga", Photos: []bot.MediaRef{{ID: "p"}}}},
		{Message: bot.Message{Text: "🚨 *Mungkin darurat* · 16.07\nWarga diminta menelepon 112. Mohon dipantau sekarang.\n\nWarga: “" + strings.Repeat("sangat ", 40) + "takut”\n📍 Kel. Sukawana, Kec. Kota\nWarga: A***"}},
	}
	got := (&desk.Desk{}).Gather(alarms).Text
	for _, want := range []string{"3 pesan darurat", "• 16.05 “rumah tetangga kebakaran”", "Dari warga (1 lampiran)", "menyusul", "• 16.07 “sangat ", "📍 Kel. Sukawana, Kec. Kota"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %q", want, got)
		}
	}
	alarms[0].Message.Text = strings.Repeat("panjang ", 600)
	for len(alarms) < 20 {
		alarms = append(alarms, alarms[0])
	}
	if n := say.Units((&desk.Desk{}).Gather(alarms).Text); n > 4000 {
		t.Errorf("twenty take %d characters", n)
	}
}
