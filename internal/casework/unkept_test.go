package casework_test

import (
	"strings"
	"testing"
	"time"

	"rabeg/bot"
	"rabeg/internal/casework"
	"rabeg/internal/casework/casetest"
	"rabeg/internal/report"
)

// After another server has taken the database's place the coordinator is told, once, what is gone, and in any case what no program can
// compare: where to look.
func TestWhatToLookAtAfterAnotherServer(t *testing.T) {
	t.Parallel()
	o := &casework.Office{Profile: casetest.Profile(), Desk: bot.Address{Network: bot.Telegram, ID: "-100"}}
	at := time.Date(2026, 11, 30, 3, 0, 0, 0, time.UTC)
	var many []report.Code
	for i := range 23 {
		many = append(many, report.NewCode("CTH", uint64(i)))
	}
	const officers, software, all = "jawaban dan tindakan petugas", "aplikasi lain (Open311)", "Semua laporan dan pesan terakhir yang diingat percakapan warga ada padanya"
	for name, c := range map[string]struct {
		took  casework.Takeover
		reads []string
		not   []string
	}{
		"nothing that conversations remember": {casework.Takeover{}, []string{all, officers}, []string{software, "tidak tersimpan", "ditanya"}},
		"and other software files here":       {casework.Takeover{Software: true}, []string{all, officers, software, "nomor", "diulang"}, nil},
		"a report": {casework.Takeover{Gone: many[:1]}, []string{"1 laporan tidak tersimpan: " + string(many[0]) + ".", officers},
			[]string{all, software, "ditanya"}},
		"many": {casework.Takeover{Gone: many, Asked: 2}, []string{"23 laporan tidak tersimpan", string(many[19]) + " dan 3 lagi", "2 warga lain ditanya", officers},
			[]string{all, string(many[20])}},
	} {
		b := o.Unkept(c.took, at, "unkept:00000002")
		if len(b.Letters) != 1 || !b.Letters[0].Desk || b.Letters[0].Room != "" || b.Cause != "unkept:00000002" {
			t.Fatalf("%s: %+v", name, b)
		}
		text := b.Letters[0].Message.Text
		for _, words := range c.reads {
			if !strings.Contains(text, words) {
				t.Errorf("%s: %q is not in\n%s", name, words, text)
			}
		}
		for _, words := range c.not {
			if strings.Contains(text, words) {
				t.Errorf("%s: %q is in\n%s", name, words, text)
			}
		}
	}
}
