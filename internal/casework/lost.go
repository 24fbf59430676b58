package casework

import (
	"fmt"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// Lost tells the coordinator that a citizen asked for a report that is gone with what a restore of the database lost. It says
// nothing of who asked. Asked again while the letter waits, one is enough.
func (o *Office) Lost(code report.Code, gap report.Gap, cause string) ledger.Letter {
	v := say.For(o.Profile, "id")
	return ledger.Letter{Key: cause + "/lost", To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Fold: "lost:" + string(code), Message: bot.Message{Text: fmt.Sprintf(
		"⚠️ Seorang warga menanyakan laporan %s, yang tidak ada lagi. Nomornya sahih: mungkin diberikan antara %s dan %s, yang hilang ketika basis data "+
			"dipulihkan dari cadangan. Warga sudah diminta melapor lagi. Kartu lamanya mungkin masih ada di grup; balasan di sana tidak sampai ke warga.",
		code, v.When(gap.From), v.When(gap.Until))}}
}
