package say

import (
	"rabeg/bot"
	"rabeg/internal/report"
)

// NoticeSplit tells who filed a report that a part of it is a report of its own from now on: both numbers, and what each is about.
func (v Voice) NoticeSplit(first, part report.Report) string {
	return v.f("Laporan Anda berisi dua hal, jadi kami tangani sebagai dua laporan:\n\n1. %s: %s, di %s.\n2. %s: %s, di %s.\n“%s”\n\nKabar keduanya datang ke chat ini. Anda tidak perlu melapor lagi.",
		"Your report tells of two things, so we handle it as two reports:\n\n1. %s: %s, at %s.\n2. %s: %s, at %s.\n“%s”\n\nNews of both comes to this chat. You need not report again.",
		bot.Bold(string(first.Code)), v.Topic(first.Category), v.Office(first.Agency),
		bot.Bold(string(part.Code)), v.Topic(part.Category), v.Office(part.Agency), Clip(part.Text, 300))
}
