package say

import (
	"fmt"
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/deadline"
	"rabeg/internal/report"
)

// Notices are what a citizen hears about a filed report. They name the office, never the person there. words are what
// the office wrote and are shown as they stand.

// NoticeTaken says that somebody of the owning office has the report in hand.
func (v Voice) NoticeTaken(r report.Report) string {
	return fmt.Sprintf(v.pick(
		"Laporan %s sudah di tangan %s. Kabar berikutnya menyusul di sini.",
		"Report %s is now in the hands of %s. You will hear more here."),
		bot.Bold(string(r.Code)), v.Office(r.Agency))
}

// NoticeAnswered brings an office's answer.
func (v Voice) NoticeAnswered(r report.Report, words string) string {
	return v.notice(fmt.Sprintf(v.pick("Jawaban dari %s untuk laporan %s:", "Answer from %s to report %s:"),
		v.Office(r.Agency), bot.Bold(string(r.Code))),
		words, v.pick("Balas pesan ini kalau ada yang perlu ditambahkan.", "Reply to this message to add something."))
}

// NoticeMore brings a photo that came after its answer had gone out.
func (v Voice) NoticeMore(r report.Report, words string) string {
	return v.notice(fmt.Sprintf(v.pick("Foto atau berkas tambahan dari %s untuk laporan %s.", "One more photo or file from %s for report %s."),
		v.Office(r.Agency), bot.Bold(string(r.Code))), words, "")
}

// NoticeAsked brings an office's question.
func (v Voice) NoticeAsked(r report.Report, words string) string {
	return v.notice(fmt.Sprintf(v.pick("Pertanyaan dari %s tentang laporan %s:", "A question from %s about report %s:"),
		v.Office(r.Agency), bot.Bold(string(r.Code))),
		words, v.pick("Balas pesan ini untuk menjawab.", "Reply to this message to answer."))
}

// NoticeForwarded says which office has the report now ("" = officers have to find the right one), at a time: a limit that is over by then
// is no comfort.
func (v Voice) NoticeForwarded(r report.Report, at time.Time) string {
	limit := v.pick("Batas waktunya tetap.", "The time limit stays the same.")
	if t, owed := r.Owes(); owed && at.After(deadline.DayOver(v.Profile, t.Due)) {
		limit = v.f("Batas jawabnya, %s, sudah lewat; maaf. Mereka tahu Anda sudah menunggu.", "The time for an answer, %s, is over; sorry. They know that you have been waiting.", v.Due(t.Due))
	}
	switch planned := r.Status == report.Planned && !r.Until.IsZero(); {
	case planned && at.After(deadline.DayOver(v.Profile, r.Until)):
		limit = v.f("Tanggal rencananya, %s, sudah lewat; maaf. Petugas sudah ditanyai.", "The day of the plan, %s, is over; sorry. Officers have been asked about it.", v.LongDay(r.Until))
	case planned:
		limit = v.f("Rencananya tetap: paling lambat %s.", "The plan stands: by %s at the latest.", v.LongDay(r.Until))
	}
	code := bot.Bold(string(r.Code))
	if r.Agency == "" {
		return v.f("Laporan %s sekarang di petugas %s, yang mencarikan kantor yang tepat. %s", "Report %s is now with officers of %s, who find the right office. %s", code, v.Profile.Coordinator, limit)
	}
	return v.f("Laporan %s diteruskan ke %s. %s", "Report %s has been passed on to %s. %s", code, v.Office(r.Agency), limit)
}

// NoticeCategorised says what a report is about after all, where the same office keeps it.
func (v Voice) NoticeCategorised(r report.Report) string {
	return v.f("Laporan %s sekarang tercatat tentang %s. Yang menangani dan batas waktunya tetap.",
		"Report %s is now recorded as being about %s. Who looks after it and the time limit stay the same.", bot.Bold(string(r.Code)), v.Category(r.Category))
}

// NoticePlanned says until when something will be done and why not now.
func (v Voice) NoticePlanned(r report.Report, until time.Time, words string) string {
	day := v.LongDay(until)
	return v.notice(fmt.Sprintf(v.pick("Laporan %s dijadwalkan oleh %s, paling lambat %s.", "Report %s has been planned by %s, for %s at the latest."),
		bot.Bold(string(r.Code)), v.Office(r.Agency), bot.Bold(day)), words, "")
}

// NoticeResolved says that the office calls it done, and asks whether it is; until is when it is closed without an answer.
func (v Voice) NoticeResolved(r report.Report, words string, until time.Time) string {
	return v.notice(fmt.Sprintf(v.pick("✅ Laporan %s dinyatakan selesai oleh %s.", "✅ Report %s is done, according to %s."),
		bot.Bold(string(r.Code)), v.Office(r.Agency)),
		words, v.f("Sudah beres? Pilih, atau tulis saja dengan kata-kata Anda; foto juga boleh. Tanpa kabar sampai %s, laporannya ditutup.",
			"Is it fixed? Choose, or just say so in your own words; photos are welcome. Without an answer until %s it is closed.", v.Due(until)))
}

// NoticeRejected says that the office will not act, with the profile's reason and the office's words. final is a reason that is
// not looked at again.
func (v Voice) NoticeRejected(r report.Report, reason, words string, final bool) string {
	head := fmt.Sprintf(v.pick("Laporan %s tidak bisa dikerjakan oleh %s.", "Report %s cannot be acted upon by %s."),
		bot.Bold(string(r.Code)), v.Office(r.Agency))
	if reason != "" {
		head += "\n" + v.pick("Alasan: ", "Reason: ") + reason
	}
	switch {
	case final:
		return v.notice(head, words, "")
	case r.Disputed:
		return v.notice(head, words, v.f("Petugas %s sudah memeriksanya, jadi ini keputusan terakhir.", "Officers of %s have looked at it, so this is final.", v.Profile.Coordinator))
	}
	return v.notice(head, words, v.f("Tidak setuju? Pilih, atau balas pesan ini dengan alasannya; petugas %s memeriksanya sekali lagi.",
		"Do you disagree? Choose, or reply to this message with why; officers of %s look at it once more.", v.Profile.Coordinator))
}

// NoticeUnseen says that something that was sent cannot be seen, and what helps.
func (v Voice) NoticeUnseen(r report.Report) string {
	return fmt.Sprintf(v.pick(
		"Maaf, ada foto atau berkas Anda untuk laporan %s yang tidak bisa dibuka, jadi petugas belum melihatnya. Laporannya tetap jalan. Kalau masih ada, balas pesan ini dengan foto biasa.",
		"Sorry, a photo or file of yours for report %s cannot be opened, so officers have not seen it. The report goes on. If you still have it, reply to this message with an ordinary photo."),
		bot.Bold(string(r.Code)))
}

// NoticeOdd asks for an ordinary photo in place of one of a kind that many cannot open.
func (v Voice) NoticeOdd(r report.Report) string {
	return fmt.Sprintf(v.pick(
		"Foto Anda untuk laporan %s sudah saya simpan, tapi jenisnya tidak bisa dilihat di semua HP. Kalau bisa, balas pesan ini dengan foto biasa, misalnya tangkapan layarnya.",
		"Your photo for report %s is kept, but not every phone can show its kind. If you can, reply to this message with an ordinary photo, a screenshot of it for example."),
		bot.Bold(string(r.Code)))
}

// notice puts a notice together; tail invites the reporter to reply.
func (v Voice) notice(head, words, tail string) string {
	parts := []string{head}
	if words != "" {
		parts = append(parts, words)
	}
	if v.Follows {
		tail = v.followTail()
	}
	if tail != "" {
		parts = append(parts, tail)
	}
	return strings.Join(parts, "\n\n")
}

// NoticeLate says that the office has not kept what was promised, that it is asked again, and by when to expect news. again says that
// it was said before.
func (v Voice) NoticeLate(r report.Report, until time.Time, again bool) string {
	office := v.short(r.Agency)
	if office == "" {
		office = v.f("petugas %s", "the officers of %s", v.Profile.Coordinator)
	}
	code := bot.Bold(string(r.Code))
	if again {
		return v.f("Maaf, laporan %s belum juga tuntas. Kami tanyakan lagi ke %s. Kabar berikutnya paling lambat %s.",
			"Sorry, report %s is still not settled. We are asking %s again. You will hear more by %s.", code, office, bot.Bold(v.Due(until)))
	}
	return v.f("Maaf, laporan %s sudah lewat waktunya. Kami tanyakan lagi ke %s. Anda dapat kabar paling lambat %s.",
		"Sorry, the time for report %s is over. We are asking %s again. You will hear more by %s.", code, office, bot.Bold(v.Due(until)))
}

// NoticePlanCame says that the day of a plan has come without word that it is done, and that the office is asked.
func (v Voice) NoticePlanCame(r report.Report) string {
	return v.notice(v.f("Laporan %s dijadwalkan paling lambat %s. Harinya sudah tiba dan %s belum mengabari selesai. Hari ini saya tanyakan; kabarnya datang ke chat ini.",
		"Report %s was planned for %s at the latest. The day has come and %s has not said that it is done. I am asking today; news comes to this chat.",
		bot.Bold(string(r.Code)), bot.Bold(v.LongDay(r.Until)), v.Office(r.Agency)), "", "")
}

// NoticeRecounted says that the day on which an answer is due has become another, because the rules or the days off have changed.
func (v Voice) NoticeRecounted(r report.Report, due time.Time) string {
	return v.f("Aturan atau hari libur kantor berubah. Laporan %s sekarang dijawab paling lambat %s.",
		"The rules or the office's days off have changed. Report %s is now answered by %s.", bot.Bold(string(r.Code)), bot.Bold(v.Due(due)))
}
