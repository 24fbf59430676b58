package say

import (
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Quarantined confirms a report that is kept, but goes on only when officers have looked at it: there have been many from one number.
func (v Voice) Quarantined(r report.Report) string {
	return v.f("Laporan %s saya simpan. 🙏 Karena sudah banyak laporan dari nomor ini, petugas melihatnya dulu sebelum diteruskan ke kantor yang menangani. Anda dikabari di sini.\n\nAda bahaya? Telepon %s.",
		"Report %s is kept. 🙏 There have been many reports from this number, so officers look at it before it goes to the office in charge. You will hear here.\n\nIs there danger? Call %s.",
		bot.Bold(string(r.Code)), bot.Bold(v.emergency()))
}

// NoticeAdmitted says that officers have looked at a report that waited for them, and where it is now.
func (v Voice) NoticeAdmitted(r report.Report) string {
	s := v.f("Laporan %s sudah dilihat dan diterima.", "Report %s has been looked at and accepted.", bot.Bold(string(r.Code)))
	if r.Agency == "" {
		s += v.f(" Petugas %s mencarikan kantor yang tepat.", " Officers of %s find the right office.", v.Profile.Coordinator)
	} else {
		s += v.f(" Yang menangani: %s.", " In charge: %s.", bot.Bold(v.Office(r.Agency)))
	}
	if r.Due.IsZero() || !r.Answered.IsZero() {
		return s
	}
	return s + v.f(" Batas waktunya tetap dihitung sejak Anda mengirim: %s.", " Its time limit still counts from when you sent it: %s.", bot.Bold(v.Due(r.Due)))
}

// Restrained says what officers set against somebody, or that it is over: why, until when, and how to object.
func (v Voice) Restrained(m report.Measure, code report.Code, why string, until time.Time) string {
	number, end := bot.Bold(string(code)), bot.Bold(v.LongDay(until))
	switch m {
	case report.NoMeasure:
		return v.f("Pembatasan untuk nomor ini sudah berakhir. Alasan: %s\n\nSilakan melapor seperti biasa. 🙏", "The limit on this number has ended. Reason: %s\n\nYou may report as usual. 🙏", quote(why, 600))
	case report.Warned:
		return v.f("Peringatan dari petugas tentang laporan %s: %s\n\nAnda tetap bisa melapor. Mohon perhatikan ini supaya laporan warga lain tidak terhambat. 🙏",
			"A warning from the officers about report %s: %s\n\nYou can still report. Please mind it, so that others are not held up. 🙏", number, quote(why, 600))
	case report.Muted:
		return v.f("Sampai %s, laporan baru dari nomor ini dilihat petugas dulu (terkait %s). Alasan: %s\n\n%s",
			"Until %s, officers look first at new reports from this number (about %s). Reason: %s\n\n%s", end, number, quote(why, 600), v.object())
	default:
		return v.Barred(code, why, until)
	}
}

// Barred tells somebody whose messages are not taken: why, until when, what goes on all the same, and how to object.
func (v Voice) Barred(code report.Code, why string, until time.Time) string {
	return v.f("Maaf, pesan dari nomor ini belum bisa kami terima sampai %s (terkait %s). Alasan: %s\n\nLaporan yang sudah masuk tetap berjalan. Bahaya? Tulis saja, atau telepon %s.\n%s",
		"Sorry, we cannot take messages from this number until %s (about %s). Reason: %s\n\nReports you have sent go on. Danger? Write it, or call %s.\n%s",
		bot.Bold(v.LongDay(until)), bot.Bold(string(code)), quote(why, 600), bot.Bold(v.emergency()), v.object())
}

// object tells how to object.
func (v Voice) object() string {
	return v.f("Tidak setuju? Tulis %s dan alasannya, satu kali.", "You disagree? Write %s and why, once.", bot.Bold(v.pick("keberatan", "appeal")))
}

// BarredPress is the short notice on a press of somebody whose messages are not taken.
func (v Voice) BarredPress(until time.Time) string {
	return v.f("Belum bisa dipakai sampai %s.", "Cannot be used until %s.", v.LongDay(until))
}

// AskAppeal asks why somebody objects.
func (v Voice) AskAppeal() string {
	return v.pick("Silakan, tulis keberatan Anda dalam satu pesan. Petugas membacanya.", "Please write your objection in one message. Officers will read it.")
}

// Appealed confirms an objection.
func (v Voice) Appealed() string {
	return v.pick("Keberatan Anda sudah sampai ke petugas. 🙏 Kalau diterima, Anda dikabari di sini.", "Your objection has reached the officers. 🙏 If it is accepted, you will hear here.")
}

// AppealedBefore says that an objection was heard already.
func (v Voice) AppealedBefore(until time.Time) string {
	return v.f("Keberatan Anda sudah ada di petugas. Selama belum dikabari, pembatasannya berlaku sampai %s.",
		"The officers have your objection already. Until you hear of it, the limit stays until %s.", bot.Bold(v.LongDay(until)))
}
