package say

import (
	"cmp"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// What is said to who says of an open report that it is fixed, and to who wants somebody else's name out of it.

// The choices of these questions.
const (
	CloseIt  = "closeit"
	KeepOpen = "keepopen"
	CoverIt  = "coverit"
)

// AskClose asks whether a report shall be closed that its reporter says is fixed; its office has the words.
func (v Voice) AskClose(code report.Code) string {
	return v.f("Syukurlah! 🙏 Saya sampaikan ke petugasnya. Laporan %s mau ditutup?", "Good to hear! 🙏 I have told the officers. Shall report %s be closed?", bot.Bold(string(code)))
}

// ClosedFixed confirms that a report is closed since its reporter says that it is fixed.
func (v Voice) ClosedFixed(r report.Report) string {
	return v.f("Baik, laporan %s ditutup. Terima kasih sudah mengabari. 🙏 Rusak lagi? Tulis %s dalam 7 hari.",
		"All right, report %s is closed. Thank you for telling us. 🙏 Broken again? Write %s within 7 days.", bot.Bold(string(r.Code)), v.resumeWord())
}

// AskCover says what can be done about the name of somebody else in a report, and asks whether to.
func (v Voice) AskCover(code report.Code) string {
	return v.f("Nama itu ada di isi laporan %s, dan isi yang sudah terkirim tidak bisa saya ubah sebagian. Yang bisa: laporannya dijadikan rahasia. Isinya tidak tampil lagi di grup petugas; hanya petugas yang menanganinya yang membukanya. Nama Anda juga tidak tampil, dan yang sudah membaca tidak bisa dibuat lupa.",
		"That name is in the words of report %s, and I cannot change a part of words that are sent. What I can do: make the report confidential. Its words no longer show in the officers' group; only the officers in charge open them. Your name does not show either, and who has read it cannot be made to forget.", bot.Bold(string(code)))
}

// NotCovered says that a report stays as readable as it is.
func (v Voice) NotCovered(code report.Code) string {
	return v.f("Baik, laporan %s tetap seperti sekarang.", "All right, report %s stays as it is.", bot.Bold(string(code)))
}

// PhotoAwaited says that a photo is welcome whenever it comes.
func (v Voice) PhotoAwaited() string {
	return v.pick("Baik, fotonya saya tunggu. 🙏 Kirim saja ke sini.", "All right, I wait for the photo. 🙏 Just send it here.")
}

// NewsAgain tells who asks again that nothing is new, until when, and how to reach a person.
func (v Voice) NewsAgain(r report.Report, at time.Time) string {
	s := v.pick("Belum ada kabar baru. Maaf harus menunggu. 🙏", "There is no news yet. I am sorry that you wait. 🙏") + "\n" + v.dueLine(r, at)
	if !r.Urged.IsZero() && at.Sub(r.Urged) < 24*time.Hour {
		s += v.f(" %s sudah saya ingatkan.", " I have reminded %s.", v.brief(r))
	}
	return s + "\n" + v.f("Mau bicara dengan petugasnya? Tulis %s.", "To talk with an officer, write %s.", bot.Bold(v.pick("bicara dengan petugas", "talk to an officer")))
}

// brief is who has a report, as people call it.
func (v Voice) brief(r report.Report) string { return cmp.Or(v.short(r.Agency), v.holder(r)) }

// SorryFor answers anger and disappointment in a word.
func (v Voice) SorryFor() string {
	return v.pick("Maaf kalau mengecewakan. 🙏", "I am sorry that it is disappointing. 🙏")
}

// fixedLabels are the choices of these questions, and all that follow.
func fixedLabels(id string) labels {
	switch id {
	case "no":
		return labels{"Tidak usah", "No need", "tidak|jangan|gak usah|no|batal|lewati"}
	case CloseIt:
		return labels{"Ya, tutup", "Yes, close it", "ya|iya|y|tutup|tutup aja|tutup saja|boleh|ok|oke|silakan|silahkan|sudah|close|yes"}
	case KeepOpen:
		return labels{"Jangan dulu", "Not yet", "tidak|jangan|belum|biarkan|biarin|no|not yet|keep it"}
	case CoverIt:
		return labels{"Ya, rahasiakan", "Yes, make it confidential", "ya|iya|y|rahasia|rahasiakan|boleh|ok|oke|yes"}
	}
	return moreLabels(id)
}
