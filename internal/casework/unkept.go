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

// Takeover is what a change of servers took, as far as a program can tell: the numbers that do not exist any more, and how many people were
// asked whether their last message is to come again. Software says that other software files reports here: it has no conversation that
// remembers them.
type Takeover struct {
	Gone     []report.Code
	Asked    int
	Software bool
}

// Unkept tells the coordinator once that another server has taken the database's place, what that took, and what to look at, since nobody
// but people can compare it. It says nothing of who.
func (o *Office) Unkept(took Takeover, at time.Time, cause string) ledger.Batch {
	v := say.For(o.Profile, "id")
	text := fmt.Sprintf("⚠️ Server basis data berganti sekitar %s.", v.When(at))
	if len(took.Gone)+took.Asked == 0 {
		text += " Semua laporan dan pesan terakhir yang diingat percakapan warga ada padanya."
	} else {
		text += " Yang menggantikan tidak memiliki semua yang masuk tepat sebelumnya."
	}
	if n := len(took.Gone); n > 0 {
		var names []string
		for _, c := range took.Gone[:min(n, codesMost)] {
			names = append(names, string(c))
		}
		more := ""
		if left := n - len(names); left > 0 {
			more = fmt.Sprintf(" dan %d lagi", left)
		}
		text += fmt.Sprintf("\n\n%d laporan tidak tersimpan: %s%s. Pelapornya sudah dimintai maaf dan diminta mengirim lagi; kartu lamanya tidak berlaku.",
			n, strings.Join(names, ", "), more)
	}
	if took.Asked > 0 {
		text += fmt.Sprintf("\n\n%d warga lain ditanya apakah pesan terakhirnya perlu dikirim lagi.", took.Asked)
	}
	text += "\n\nMohon periksa juga menit-menit tepat sebelumnya, karena tidak bisa dibandingkan sendiri:" +
		"\n• jawaban dan tindakan petugas: yang tidak tampak pada kartunya perlu ditulis lagi"
	if took.Software {
		text += "\n• laporan lewat aplikasi lain (Open311): minta pengelolanya mencari nomor yang sudah diterimanya; yang tidak ditemukan perlu " +
			"dikirim lagi. Kabar ke aplikasi itu bisa diulang"
	}
	return ledger.Batch{Cause: cause, At: at, Letters: []ledger.Letter{{Key: cause, To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Message: bot.Message{Text: text}}}}
}
