package say

import (
	"rabeg/bot"
	"rabeg/internal/report"
)

// NoticeSplit tells who filed a report that a part of it is a report of its own from now on: both numbers, and what each is about.
func (v Voice) NoticeSplit(first, part report.Report) string {
	return v.f("Laporan Anda berisi dua hal, jadi kami tangani sebagai dua laporan:\n\n1. %s: %s (%s)\n2. %s: %s (%s)\n“%s”\n\nKabar keduanya datang ke chat ini. Anda tidak perlu melapor lagi.",
		"Your report tells of two things, so we handle it as two reports:\n\n1. %s: %s (%s)\n2. %s: %s (%s)\n“%s”\n\nNews of both comes to this chat. You need not report again.",
		bot.Bold(string(first.Code)), v.Topic(first.Category), v.Office(first.Agency),
		bot.Bold(string(part.Code)), v.Topic(part.Category), v.Office(part.Agency), Clip(part.Text, 300))
}

// NoticeRejoined tells that two reports that were made of one are handled together again.
func (v Voice) NoticeRejoined(r report.Report, into report.Code) string {
	return v.f("Laporan %s kami tangani lagi bersama laporan %s, seperti waktu Anda melapor. Kabar %s datang ke chat ini.\n\nDua hal yang berbeda? Balas pesan ini.",
		"We handle report %s together with report %s again, as you reported them. News of %s comes to this chat.\n\nTwo different things? Reply to this message.",
		bot.Bold(string(r.Code)), bot.Bold(string(into)), bot.Bold(string(into)))
}

// NoticeCovered tells the reporter that a report is confidential from now on, because a part of it is about a matter to hide.
func (v Voice) NoticeCovered(code, part report.Code) string {
	return v.f("Isi laporan %s kami tutup dari grup petugas: di dalamnya ada juga kata-kata laporan %s, yang kini kami jaga sebagai rahasia. Penanganannya tetap berjalan.",
		"What report %s says is kept from the officers' group from now on: the words of report %s, which we keep confidential, stand in it as well. Work on it goes on.",
		bot.Bold(string(code)), bot.Bold(string(part)))
}

func (v Voice) splitFact(f report.Fact) string {
	if f.What == report.WasCovered {
		return v.f("Isinya ditutup dari grup petugas, bersama laporan %s", "Kept from the officers' group, together with report %s", withOf(f))
	}
	if f.What == report.WasSplit {
		return v.f("Satu bagian menjadi laporan %s", "One part became report %s", withOf(f))
	}
	return v.f("Bagian dari laporan %s", "A part of report %s", withOf(f))
}
