package casework

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// codesMost is how many numbers are named to the coordinator.
const codesMost = 20

// Unkept tells the coordinator once what a change of servers took: the numbers that do not exist any more, and how many people were asked
// whether their last message is to come again. It says nothing of who.
func (o *Office) Unkept(codes []report.Code, asked int, at time.Time, cause string) ledger.Batch {
	v := say.For(o.Profile, "id")
	text := fmt.Sprintf("⚠️ Server basis data berganti sekitar %s, dan yang menggantikan tidak memiliki semua yang masuk tepat sebelumnya.", v.When(at))
	if len(codes) > 0 {
		var names []string
		for _, c := range codes[:min(len(codes), codesMost)] {
			names = append(names, string(c))
		}
		more := ""
		if left := len(codes) - len(names); left > 0 {
			more = fmt.Sprintf(" dan %d lagi", left)
		}
		text += fmt.Sprintf("\n\n%d laporan tidak tersimpan: %s%s. Pelapornya sudah dimintai maaf dan diminta mengirim lagi; kartu lamanya tidak berlaku.",
			len(codes), strings.Join(names, ", "), more)
	}
	if asked > 0 {
		text += fmt.Sprintf("\n\n%d warga lain ditanya apakah pesan terakhirnya perlu dikirim lagi.", asked)
	}
	text += "\n\nMohon periksa juga jawaban petugas di menit-menit itu: yang tidak tampak pada kartunya perlu ditulis lagi."
	return ledger.Batch{Cause: cause, At: at, Letters: []ledger.Letter{{Key: cause, To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: text}}}}
}
