package say

import (
	"rabeg/bot"
	"rabeg/internal/report"
)

// What a citizen reads of a report that is in SP4N LAPOR! too, the national channel.

// NoticeTracked says under which two numbers a report is kept, and what to expect of that.
func (v Voice) NoticeTracked(r report.Report, number string) string {
	s := v.f("Laporan %s kini juga tercatat di SP4N LAPOR! dengan nomor %s.", "Report %s is now kept in SP4N LAPOR!, too, under number %s.",
		bot.Bold(string(r.Code)), bot.Bold(number))
	return s + v.pick("\n\nAnda tidak perlu mengisi apa pun di sana. Jawaban dari LAPOR! saya kabarkan di chat ini; kalau ada yang perlu dilengkapi, saya tanyakan di sini.",
		"\n\nThere is nothing for you to fill in there. I bring you what LAPOR! says in this chat, and ask here if something is missing.")
}

// NoticeLaporWaits asks for what LAPOR! wants to know.
func (v Voice) NoticeLaporWaits(r report.Report) string {
	return v.f("SP4N LAPOR! meminta keterangan tambahan tentang laporan %s.", "SP4N LAPOR! asks for more about report %s.", bot.Bold(string(r.Code))) +
		v.pick(" Balas pesan ini dengan apa saja yang bisa membantu: letak persisnya, sejak kapan, atau foto. Petugas memasukkannya ke sana.",
			" Reply to this message with whatever helps: the exact place, since when, or a photo. Officers enter it there.")
}

// NoticeLaporAnswered says that an office has answered there; its words come to nobody else.
func (v Voice) NoticeLaporAnswered(r report.Report, number string) string {
	s := v.f("Kantor yang bertugas sudah menjawab laporan %s di SP4N LAPOR!", "The office in charge has answered report %s in SP4N LAPOR!", bot.Bold(string(r.Code)))
	if number != "" {
		s += v.f(" (nomor %s)", " (number %s)", bot.Bold(number))
	}
	return s + v.pick(". Ada yang masih kurang? Balas pesan ini.", ". Is anything still missing? Reply to this message.")
}

// NoticeLaporShut says that it was closed there; nobody is said to have called it fixed.
func (v Voice) NoticeLaporShut(r report.Report, days int) string {
	return v.f("Laporan %s sudah ditutup di SP4N LAPOR!, jadi di sini juga ditutup.", "Report %s was closed in SP4N LAPOR!, so it is closed here, too.", bot.Bold(string(r.Code))) +
		v.f(" Masih belum beres? Balas pesan ini dalam %d hari, laporannya dibuka lagi.", " Still not fixed? Reply within %d days and it is opened again.", days)
}

// NoticeLaporRefused says that it was refused there, with the reason where there is one.
func (v Voice) NoticeLaporRefused(r report.Report, why string) string {
	s := v.f("Laporan %s tidak diterima di SP4N LAPOR!.", "Report %s was refused in SP4N LAPOR!.", bot.Bold(string(r.Code)))
	if why != "" {
		s += v.f(" Alasannya di sana: %s", " The reason given there: %s", quote(why, 200))
	}
	return s + v.pick("\nTidak setuju? Balas pesan ini.", "\nYou disagree? Reply to this message.")
}

// NoticeLaporRevived says that it is open there again.
func (v Voice) NoticeLaporRevived(r report.Report) string {
	return v.f("Laporan %s dibuka lagi di SP4N LAPOR!, jadi di sini juga. Saya kabari kalau ada jawaban.", "Report %s is open again in SP4N LAPOR!, and so it is here. I will tell you when there is an answer.",
		bot.Bold(string(r.Code)))
}

// laporFact tells what became of a report in LAPOR!, "" for what its reporter need not read.
func (v Voice) laporFact(f report.Fact) string {
	switch f.What {
	case report.WasLinked:
		if f.Foreign != nil && report.IsLapor(f.Foreign.Source) {
			return v.f("Tercatat juga di SP4N LAPOR!, nomor %s", "Kept in SP4N LAPOR!, too, under number %s", f.Foreign.Number)
		}
	case report.WasMirrored:
		switch f.Turn {
		case report.Waits:
			return v.pick("LAPOR! meminta keterangan tambahan", "LAPOR! asked for more")
		case report.Answers:
			return v.pick("Dijawab di LAPOR!", "Answered in LAPOR!")
		case report.Shuts:
			return v.pick("Ditutup di LAPOR!", "Closed in LAPOR!")
		case report.Refuses:
			return v.pick("Tidak diterima di LAPOR!", "Refused in LAPOR!")
		case report.Revives:
			return v.pick("Dibuka lagi di LAPOR!", "Open again in LAPOR!")
		}
	}
	return ""
}
