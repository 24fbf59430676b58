package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Hidden confirms that less of a report is shown from now on, and says honestly what cannot be undone.
func (v Voice) Hidden(r report.Report) string {
	code := bot.Bold(string(r.Code))
	if r.Visibility == report.Confidential {
		return v.f("Baik 🙏. Laporan %s sekarang rahasia: nama dan isinya tidak tampil lagi di grup petugas, bagi pengikut, dan di angka publik. "+
			"Petugasnya membaca sendiri-sendiri, dan itu dicatat. Jujur saja: yang sudah membacanya sebelum ini tidak bisa dibuat lupa. Berubah pikiran? Tulis tidak jadi rahasia.",
			"All right 🙏. Report %s is confidential now: your name and its words no longer show in the officers' group, to followers, or in public numbers. "+
				"Officers in charge read it one by one, which is noted. To be honest: whoever read it before this cannot be made to forget it. Changed your mind? Write not confidential.", code)
	}
	return v.f("Baik 🙏. Mulai sekarang nama Anda tidak tampil di laporan %s: di kartu, di pesan ke petugas, dan di data yang dibagikan. Kartu lama di grup mereka saya ubah sejauh jaringannya bisa. "+
		"Jujur saja: petugas yang sudah melihatnya sebelum ini tidak bisa dibuat lupa. Berubah pikiran? Tulis tidak jadi anonim.",
		"All right 🙏. From now on your name does not show in report %s: on its card, in messages to officers, and in data that is shared. Older cards in their group I change as far as the network can. "+
			"To be honest: officers who saw it before this cannot be made to forget it. Changed your mind? Write not anonymous.", code)
}

// HiddenAll says that all reports are hidden that may have been meant, because it was not said which.
func (v Voice) HiddenAll(codes []report.Code) string {
	all := make([]string, len(codes))
	for i, c := range codes {
		all[i] = bot.Bold(string(c))
	}
	if len(all) == 1 {
		return v.f("Soal nama Anda: karena belum jelas laporan yang mana, saya sembunyikan di yang terakhir dibicarakan: %s. Di laporan lain juga? Tulis nomornya dengan kata anonim. Berubah pikiran? Tulis tidak jadi anonim.",
			"About your name: as it was not clear in which report, I hide it in the one talked of last: %s. In another one, too? Write its number with the word anonymous. Changed your mind? Write not anonymous.", all[0])
	}
	return v.f("Soal nama Anda: karena belum jelas laporan yang mana, saya sembunyikan di semuanya: %s. Berubah pikiran? Tulis tidak jadi anonim.",
		"About your name: as it was not clear in which report, I hide it in all of them: %s. Changed your mind? Write not anonymous.", strings.Join(all, ", "))
}

// HiddenAlready says that a report is as hidden as was asked.
func (v Voice) HiddenAlready(r report.Report) string {
	if r.Visibility == report.Confidential {
		return v.f("Laporan %s memang sudah rahasia.", "Report %s is confidential already.", bot.Bold(string(r.Code)))
	}
	return v.f("Laporan %s memang sudah anonim: nama Anda tidak tampil.", "Report %s is anonymous already: your name does not show.", bot.Bold(string(r.Code)))
}

// NotShownAgain says that what was hidden of a report stays hidden.
func (v Voice) NotShownAgain(code report.Code) string {
	return v.f("Yang sudah disembunyikan di laporan %s tidak dibuka lagi, supaya Anda aman. Mau petugas tahu nama Anda? Tulis saja di balasan untuk mereka.",
		"What is hidden of report %s is not shown again, so that you are safe. Shall officers know your name? Just write it in a reply to them.", bot.Bold(string(code)))
}

// AskReveal asks before something hidden is shown again; label says what the report is about. words says that all of it was hidden.
func (v Voice) AskReveal(code report.Code, label string, words bool) string {
	if words {
		return v.f("Laporan %s, %s, sekarang rahasia. Tidak jadi? Isinya akan tampil lagi di grup petugas, dan yang sudah dibaca orang tidak bisa ditarik lagi.",
			"Report %s, %s, is confidential now. Show it after all? Its words will be in the officers' group again, and what people have read cannot be taken back.", bot.Bold(string(code)), label)
	}
	return v.f("Nama Anda sekarang disembunyikan di laporan %s, %s. Tidak jadi? Petugas akan melihat huruf depannya lagi, dan bisa melihat nama lengkapnya bila ada alasan yang dicatat.",
		"Your name is hidden in report %s, %s, now. Show it after all? Officers will see its first letter again, and the whole name for a reason that is noted.", bot.Bold(string(code)), label)
}

// Revealed confirms that what was hidden shows again.
func (v Voice) Revealed(r report.Report) string {
	if r.Visibility == report.Anonymous {
		return v.f("Baik, laporan %s tidak lagi rahasia; nama Anda tetap tidak tampil. Petugasnya sudah saya beri tahu.",
			"All right, report %s is not confidential any more; your name still does not show. Its officers have been told.", bot.Bold(string(r.Code)))
	}
	return v.f("Baik, laporan %s tampil seperti biasa lagi, dan petugasnya sudah saya beri tahu. Berubah pikiran? Tulis %s.",
		"All right, report %s shows as usual again, and its officers have been told. Changed your mind? Write %s.", bot.Bold(string(r.Code)), bot.Bold(v.pick("jadikan anonim", "make it anonymous")))
}

// StillHidden says that nothing is shown.
func (v Voice) StillHidden(code report.Code) string {
	return v.f("Baik, laporan %s tetap seperti sekarang: yang disembunyikan tidak tampil.", "All right, report %s stays as it is: what is hidden does not show.", bot.Bold(string(code)))
}

// NotHidden says that there is nothing to show again.
func (v Voice) NotHidden(code report.Code) string {
	return v.f("Laporan %s memang tidak disembunyikan.", "Nothing of report %s is hidden.", bot.Bold(string(code)))
}

// StaysHidden says that a report is hidden for what it is about.
func (v Voice) StaysHidden(code report.Code) string {
	return v.f("Laporan %s tertutup karena isinya menyangkut hal yang peka, jadi tetap tertutup. Mau petugas tahu nama Anda? Tulis saja di balasan untuk mereka.",
		"Report %s is closed because its matter is sensitive, and stays so. Shall officers know your name? Just write it in a reply to them.", bot.Bold(string(code)))
}

// AskWithdraw asks before a report is taken back; label says what it is about. others is how many people besides would lose it, 0 for
// none.
func (v Voice) AskWithdraw(code report.Code, label string, others int) string {
	if others > 0 {
		return v.f("Tarik laporan %s, %s? Ada %d warga lain yang menunggu kabarnya, jadi laporannya tetap dikerjakan untuk mereka; Anda saja yang tidak dikabari lagi.",
			"Take report %s, %s, back? %d other people wait for its news, so it goes on for them; only you hear no more of it.", bot.Bold(string(code)), label, others)
	}
	return v.f("Tarik laporan %s, %s? Petugas tidak akan mengerjakannya lagi.", "Take report %s, %s, back? Officers will not work on it any more.", bot.Bold(string(code)), label)
}

// Recalled confirms that a report was taken back, and how to undo it.
func (v Voice) Recalled(r report.Report) string {
	code := bot.Bold(string(r.Code))
	if !r.Left.IsZero() {
		return v.f("Baik, Anda tidak dikabari lagi tentang laporan %s. Laporannya tetap dikerjakan, karena ada warga lain yang mengalaminya. Berubah pikiran? Tulis %s.",
			"All right, you hear no more of report %s. It goes on, because other people have the same trouble. Changed your mind? Write %s.", code, v.resumeWord())
	}
	return v.f("Baik, laporan %s ditarik dan petugasnya sudah saya beri tahu. Berubah pikiran? Tulis %s dalam 7 hari.",
		"All right, report %s is taken back, and the officers are told. Changed your mind? Write %s within 7 days.", code, v.resumeWord())
}

func (v Voice) resumeWord() string { return bot.Bold(v.pick("lanjutkan laporan", "resume report")) }

// GoesOn confirms that a report goes on after all.
func (v Voice) GoesOn(r report.Report) string {
	if r.Status == report.Quarantined {
		return v.f("Baik, laporan %s saya aktifkan lagi; petugas melihatnya dulu.", "All right, report %s is active again; officers look at it first.", bot.Bold(string(r.Code)))
	}
	return v.f("Baik, laporan %s dilanjutkan dan sekarang ada di %s.", "All right, report %s goes on, and is now with %s.", bot.Bold(string(r.Code)), v.holder(r))
}

// TooLateToResume says that a report was taken back too long ago.
func (v Voice) TooLateToResume(code report.Code) string {
	return v.f("Laporan %s sudah lama ditarik. Masalahnya masih ada? Tulis saja sebagai laporan baru.",
		"Report %s was taken back long ago. Is the problem still there? Just write it as a new report.", bot.Bold(string(code)))
}

// NoticeHidden tells somebody who follows a report that it is confidential from now on.
func (v Voice) NoticeHidden(code report.Code) string {
	return v.f("Laporan %s yang Anda ikuti sekarang dirahasiakan, jadi kabarnya tidak dikirim lagi. Masalahnya masih ada? Tulis saja sebagai laporan Anda sendiri.",
		"Report %s, which you follow, is confidential now, so you get no more news of it. Is the problem still there? Just write it as a report of your own.",
		bot.Bold(string(code)))
}

// NoticeLeft tells somebody who follows a report that it goes on without who filed it.
func (v Voice) NoticeLeft(code report.Code) string {
	return v.f("Pelapor %s mundur dari laporannya. Karena Anda juga mengalaminya, laporannya tetap dikerjakan dan Anda tetap dikabari.",
		"Who filed report %s has left it. Because you have the same trouble, it goes on, and you still get its news.", bot.Bold(string(code)))
}

// afterwards tells what the reporter did after filing, in the story.
func (v Voice) afterwards(f report.Fact, words string) string {
	switch f.What {
	case report.WasRecalled:
		return v.pick("Anda menarik laporan ini", "You took this report back") + words
	case report.WasLeft:
		return v.pick("Anda mundur; laporan tetap berjalan untuk warga lain", "You left; the report goes on for others") + words
	case report.WasResumed:
		return v.pick("Anda melanjutkan laporan ini", "You resumed this report")
	case report.WasUrged:
		return v.pick("Anda menanyakan kabarnya", "You asked for news") + words
	case report.WasOpposed:
		return v.pick("Anda tidak setuju dengan rencananya", "You did not agree with the plan") + words
	case report.WasClocked:
		if f.Step < report.Breach {
			return ""
		}
		return v.pick("Batas waktunya lewat; kami tanyakan lagi ke kantornya", "Its time was over; we asked the office again")
	case report.WasRevealed:
		return v.pick("Anda menampilkan lagi yang disembunyikan", "You showed again what was hidden")
	case report.WasHidden:
		if f.Visibility == report.Confidential {
			return v.pick("Anda merahasiakan laporan ini", "You made this report confidential")
		}
		return v.pick("Anda menyembunyikan nama Anda", "You hid your name")
	default:
		return ""
	}
}

// addition tells what was added, in the story.
func (v Voice) addition(f report.Fact, words string) string {
	switch {
	case f.Beside: // another citizen's words are for the officers
		return v.pick("Warga lain menambah keterangan", "Another citizen added something")
	case f.Unmeant:
		return v.pick("Anda menandai: pesan sebelumnya bukan untuk laporan ini", "You marked that the message before was not for this report")
	}
	return v.pick("Tambahan dari Anda", "Added by you") + words
}
