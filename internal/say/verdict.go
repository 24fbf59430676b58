package say

import (
	"strconv"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// VerdictMenuKind begins the id of the menu in which a reporter says whether it is fixed; the report's number follows.
const VerdictMenuKind = "v."

// VerdictMenu asks whether it is fixed. It stands under a notice, and is true as long as the report is.
func (v Voice) VerdictMenu(code report.Code) *bot.Menu {
	return v.MenuOf(VerdictMenuKind+string(code), string(report.Fixed), string(report.Part), string(report.Unfit))
}

// Unfair and Agreed are the choices under the news of a refusal.
const (
	Unfair = "unfair"
	Agreed = "agreed"
)

// AskJudged asks whether what was said to a person is also the verdict on a report.
func (v Voice) AskJudged(r report.Report) string {
	return v.f("Itu juga penilaian Anda untuk laporan %s? Pilih, supaya tercatat.", "Is that also your verdict on report %s? Choose, so that it counts.", v.named(r))
}

// RefusalMenu asks whether a refusal is taken.
func (v Voice) RefusalMenu(code report.Code) *bot.Menu {
	return v.MenuOf(VerdictMenuKind+string(code), Unfair, Agreed)
}

// RateMenu asks for a mark.
func (v Voice) RateMenu(id string) *bot.Menu {
	m := &bot.Menu{ID: id, Columns: 5}
	for n := 1; n <= 5; n++ {
		m.Choices = append(m.Choices, bot.Choice{ID: strconv.Itoa(n), Label: strings.Repeat("⭐", n), Also: strconv.Itoa(n)})
	}
	return m
}

// NoticeLapsed says that a report was closed because nobody said whether it is fixed, and for how many days it can begin again.
func (v Voice) NoticeLapsed(r report.Report, days int) string {
	return v.notice(v.f("Laporan %s saya tutup karena belum ada kabar dari Anda.", "Report %s is closed, because we have not heard from you.",
		bot.Bold(string(r.Code))), "", v.f("Masih belum beres? Balas pesan ini dalam %d hari, laporannya dibuka lagi.",
		"Still not fixed? Reply within %d days and it is opened again.", days))
}

// NoticeJudged tells those who follow a report what its reporter says of the work.
func (v Voice) NoticeJudged(r report.Report, said report.Verdict) string {
	code := bot.Bold(string(r.Code))
	switch said {
	case report.Fixed:
		return v.f("✅ Menurut pelapornya, laporan %s sudah beres.", "✅ Report %s is fixed, says who filed it.", code)
	case "":
		return v.f("Pelapor %s tidak setuju laporannya ditolak. Petugas memeriksanya lagi.", "Who filed report %s does not agree that it is refused. Officers look at it again.", code)
	}
	return v.f("🔁 Menurut pelapornya, laporan %s belum beres. Laporannya dibuka lagi.", "🔁 Report %s is not fixed, says who filed it. It is open again.", code)
}

// NoticeReopened says that a report goes on after all.
func (v Voice) NoticeReopened(r report.Report) string {
	return v.f("Laporan %s dibuka lagi dan sekarang ada di %s.", "Report %s is open again, and now with %s.", bot.Bold(string(r.Code)), v.holder(r))
}

// NoticeReviewed says that a refusal which was not taken has been looked at, and that the report goes on.
func (v Voice) NoticeReviewed(r report.Report) string {
	return v.f("Penolakan laporan %s sudah diperiksa petugas %s dan dibatalkan. Laporannya ditangani lagi oleh %s.", "Officers of %[2]s have looked at the refusal of report %[1]s and undone it. %[3]s handles it again.",
		bot.Bold(string(r.Code)), v.Profile.Coordinator, v.Office(r.Agency))
}

// NoticeRetracted says that the word that a report is done was an error.
func (v Voice) NoticeRetracted(r report.Report) string {
	return v.f("Maaf, kabar selesai untuk laporan %s tadi keliru. Laporannya dibuka lagi dan sekarang ada di %s.",
		"Sorry, the news that report %s is done was a mistake. It is open again, and now with %s.", bot.Bold(string(r.Code)), v.holder(r))
}

// NoticeStillAsked reminds of a question that an office waits to have answered.
func (v Voice) NoticeStillAsked(r report.Report, words string) string {
	return v.notice(v.f("%s masih menunggu jawaban Anda tentang laporan %s:", "%s still waits for your answer about report %s:",
		v.Office(r.Agency), bot.Bold(string(r.Code))), words, v.pick("Balas pesan ini untuk menjawab. Kalau tidak tahu, tulis saja begitu.",
		"Reply to this message to answer. If you do not know, just say so."))
}

// Judged confirms a verdict: what is not fixed says who has it now.
func (v Voice) Judged(r report.Report, said report.Verdict) string {
	code := bot.Bold(string(r.Code))
	switch said {
	case report.Fixed:
		return v.f("Terima kasih! Laporan %s selesai. 🙏", "Thank you! Report %s is done. 🙏", code)
	case report.Part:
		return v.f("Baik, baru sebagian. Laporan %s dibuka lagi dan sekarang ada di %s. Boleh tambahkan apa yang kurang, atau foto: balas pesan ini.",
			"All right, only in part. Report %s is open again, and now with %s. To tell what is missing, or to send a photo, reply to this message.", code, v.holder(r))
	}
	return v.f("Maaf, berarti belum beres. Laporan %s dibuka lagi dan sekarang ada di %s. Boleh tambahkan keterangan atau foto: balas pesan ini.",
		"Sorry that it is not fixed. Report %s is open again, and now with %s. To add words or a photo, reply to this message.", code, v.holder(r))
}

// holder is who has a report: its office, or the officers who find one.
func (v Voice) holder(r report.Report) string {
	if r.Agency == "" {
		return v.f("petugas %s", "officers of %s", v.Profile.Coordinator)
	}
	return v.Office(r.Agency)
}

// Disputed confirms that a refusal is looked at again.
func (v Voice) Disputed(r report.Report) string {
	return v.f("Baik. Penolakan laporan %s diperiksa lagi oleh petugas %s; keputusannya datang ke chat ini.",
		"All right. The refusal of report %s is looked at again by officers of %s; the decision comes to this chat.", bot.Bold(string(r.Code)), v.Profile.Coordinator)
}

// DisputedOnce says that a refusal was looked at already.
func (v Voice) DisputedOnce(code report.Code) string {
	return v.f("Penolakan laporan %s sudah pernah diperiksa petugas %s, jadi ini keputusan terakhir. Ada hal baru? Tulis saja sebagai laporan baru.",
		"The refusal of report %s was looked at by officers of %s before, so it is final. Is there something new? Just write it as a new report.", bot.Bold(string(code)), v.Profile.Coordinator)
}

// RefusedForGood says that a refusal for its reason is not looked at again.
func (v Voice) RefusedForGood(code report.Code) string {
	return v.f("Penolakan laporan %s dengan alasan itu tidak bisa diperiksa lagi. Ada hal baru? Tulis saja sebagai laporan baru.",
		"The refusal of report %s for that reason is final. Is there something new? Just write it as a new report.", bot.Bold(string(code)))
}

// AlreadyJudged says that a report is done in its reporter's own words.
func (v Voice) AlreadyJudged(code report.Code) string {
	return v.f("Laporan %s sudah Anda nyatakan beres. Terima kasih! 🙏", "You have already said that report %s is fixed. Thank you! 🙏", bot.Bold(string(code)))
}

// TooLateToReopen says that a report was closed too long ago to begin again.
func (v Voice) TooLateToReopen(code report.Code) string {
	return v.f("Laporan %s sudah lama ditutup. Masalahnya ada lagi? Tulis saja sebagai laporan baru, nanti petugas melihat keduanya.",
		"Report %s was closed long ago. Is the problem back? Just write it as a new report.", bot.Bold(string(code)))
}

// AskFixed asks whether it is fixed, after something was sent that does not say so.
func (v Voice) AskFixed() string {
	return v.pick("Jadi, sudah beres?", "So, is it fixed?")
}

// AskAgreed asks whether a refusal is taken, after something was sent that does not say so.
func (v Voice) AskAgreed() string {
	return v.pick("Apakah Anda tidak setuju laporannya ditolak?", "Do you disagree with the refusal?")
}

// RefusalTaken answers who takes a refusal.
func (v Voice) RefusalTaken() string {
	return v.pick("Baik, terima kasih atas pengertiannya. 🙏", "All right, thank you for your understanding. 🙏")
}

// AskStars asks for a mark after a verdict on an office's work.
func (v Voice) AskStars(agency string) string {
	return v.f("Bagaimana penanganannya oleh %s? Pilih 1 (buruk) sampai 5 (baik sekali), boleh dengan satu kalimat. Boleh juga tidak dijawab.",
		"How was it handled by %s? Choose 1 (bad) to 5 (very good), with a sentence if you like. You need not answer.", v.Office(agency))
}

// StillAtWork says that an office has not called it done.
func (v Voice) StillAtWork(r report.Report) string {
	return v.f("Laporan %s masih di %s; kabarnya datang ke chat ini.", "Report %s is still with %s; news comes to this chat.", bot.Bold(string(r.Code)), v.holder(r))
}

// Rated confirms a mark.
func (v Voice) Rated() string {
	return v.pick("Terima kasih atas penilaiannya! 🙏", "Thank you for your mark! 🙏")
}

// MarkKept says that a mark counts once its reporter has judged the work, and asks for that.
func (v Voice) MarkKept(r report.Report, mark int) string {
	return v.f("Nilai %d untuk laporan %s saya simpan dulu. Pekerjaannya sendiri: sudah beres? Pilih, lalu nilainya tercatat.",
		"I keep your mark %d for report %s. The work itself: is it fixed? Choose, and the mark counts.", mark, v.named(r))
}

// MarkEarly says that a mark can be given when the work is called done.
func (v Voice) MarkEarly(r report.Report) string {
	s := v.f("Nilai untuk laporan %s baru bisa dicatat setelah kantornya menyatakan selesai.", "A mark for report %s can be kept once its office calls it done.", v.named(r))
	if !r.Asked.IsZero() {
		s += "\n" + v.pick("Petugas masih menunggu jawaban Anda atas pertanyaannya. Tulis saja di sini.", "The officers still wait for your answer to their question. Just write it here.")
	}
	return s
}

// RatedTwice says that a mark was given before.
func (v Voice) RatedTwice() string {
	return v.pick("Nilainya sudah saya catat tadi. Terima kasih! 🙏", "Your mark is noted already. Thank you! 🙏")
}

// WhichReport asks which of several reports words are about.
func (v Voice) WhichReport(words string) string {
	return v.f("%s: laporan yang mana?", "%s: which report is it?", quote(words, 100))
}

// Which is a report as a choice: what it is about, where, and since when.
func (v Voice) Which(r report.Report) string {
	s := v.Topic(r.Category)
	if where := v.area(r.Place); where != "" {
		s += ", " + where
	}
	return Clip(s+" ("+v.Day(r.Filed)+")", 60)
}

// judged tells a verdict in a report's story.
func (v Voice) judged(said report.Verdict) string {
	switch said {
	case report.Fixed:
		return v.pick("Anda: sudah beres", "You: it is fixed")
	case report.Part:
		return v.pick("Anda: baru sebagian", "You: fixed in part")
	}
	return v.pick("Anda: belum beres", "You: it is not fixed")
}

// planned tells a plan in a report's story.
func (v Voice) planned(until time.Time) string {
	return v.f("Dijadwalkan, paling lambat %s", "Planned, for %s at the latest", v.LongDay(until))
}
