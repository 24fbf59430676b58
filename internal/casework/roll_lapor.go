package casework

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// HandingIntent is the intent of a list of reports that wait for their number in LAPOR!, NumberIntent that of one of them: a reply to it
// is the number.
const (
	HandingIntent = "serahan"
	NumberIntent  = "kelapor"
)

// Unnumbered reports whether somebody types a report into LAPOR! for longer than a working day and has given no number.
func (o *Office) Unnumbered(r report.Report, at time.Time) bool {
	if !r.HandingOver() {
		return false
	}
	due, ok := deadline.AddWorkingDays(o.Profile, r.Mirror.Asked, 1)
	return ok && !at.Before(due)
}

// rollHanding reads the coordinator what was handed over to LAPOR! and has no number after a working day; ok is false where there is
// nothing of that.
func (o *Office) rollHanding(in RollCall) (l ledger.Letter, ok bool) {
	var late []report.Report
	for _, r := range in.Handing {
		if o.Unnumbered(r, in.At) {
			late = append(late, r)
		}
	}
	if len(late) == 0 {
		return l, false
	}
	more := ""
	if len(in.Handing) >= OpenMost {
		more = " atau lebih"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "🏛 %s: %d%s", bot.Bold("Belum ada Tracking ID dari LAPOR!, lewat satu hari kerja"), len(late), more)
	for _, r := range late[:min(len(late), RollShown)] {
		fmt.Fprintf(&b, "\n▫️ %s · %s · sejak %s", bot.Bold(string(r.Code)), o.CategoryName(r.Category), say.For(o.Profile, "id").When(r.Mirror.Asked))
	}
	if n := len(late) - RollShown; n > 0 {
		fmt.Fprintf(&b, "\n… dan %d lagi: /serahan", n)
	}
	l = ledger.Letter{Key: rollKey(in.Timer.At, "lapor"), To: o.Desk, Desk: true, Purpose: ledger.ToDesk, Intent: HandingIntent, Mentions: o.openlyTold(late[:min(len(late), RollShown)])}
	if len(late) == 1 {
		l.Report, l.Intent = late[0].ID, NumberIntent
		b.WriteString("\nSudah diketik di sana? Balas pesan ini dengan Tracking ID-nya (6 sampai 10 angka), atau tautan halamannya.")
	} else {
		fmt.Fprintf(&b, "\nSudah ada nomornya? Balas pesan ini dengan nomor laporan dan Tracking ID-nya, misalnya: %s 8123456", late[0].Code)
	}
	l.Message = bot.Message{Text: b.String()}
	return l, true
}
