package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// WhoReads tells a reporter who reads the own reports as they stand, and how to hide more.
func (v Voice) WhoReads(reports []report.Report) string {
	var b strings.Builder
	hides := false
	for _, r := range reports {
		shield := r.Shield(v.Profile.Sensitive)
		b.WriteString("• " + v.named(r) + ": ")
		switch {
		case shield.Hides(report.Group):
			b.WriteString(v.f("rahasia. Hanya petugas yang menanganinya (%s) yang boleh membuka isinya, satu per satu, dan itu dicatat. Nama Anda tidak tampil; warga lain tidak melihatnya.",
				"confidential. Only the officers in charge (%s) may open it, one by one, which is noted. Your name does not show; other people do not see it.", v.holder(r)))
		case shield.Hides(report.Operators):
			b.WriteString(v.f("isinya dibaca petugas pemerintah di grup petugas; yang menangani %s. Nama Anda tidak tampil.", "officers read it in their group; %s has it. Your name does not show.", v.holder(r)))
			hides = true
		default:
			b.WriteString(v.f("isinya dibaca petugas pemerintah di grup petugas; yang menangani %s. Mereka hanya melihat huruf depan nama Anda.", "officers read it in their group; %s has it. They only see the first letter of your name.", v.holder(r)))
			hides = true
		}
		b.WriteByte('\n')
	}
	if hides {
		b.WriteString(v.pick("Warga lain yang tahu nomornya hanya melihat jenisnya, kelurahannya, dan statusnya.", "Other people who know a number only see its kind, its kelurahan and how it stands.") + "\n" +
			v.f("Mau disembunyikan? Tulis %s atau %s.", "Hide more? Write %s or %s.", bot.Bold(v.pick("jangan sebut nama saya", "do not mention my name")), bot.Bold(v.pick("jadikan rahasia", "make it confidential"))) + "\n")
	}
	return b.String() + v.f("Selengkapnya: tulis %s.", "More: write %s.", bot.Bold(v.pick("privasi", "privacy")))
}

// AnswerWho answers a question about who reads a report, and what the two ways to hide are.
func (v Voice) AnswerWho() string {
	return v.f("Laporan dibaca petugas pemerintah yang menanganinya; warga lain tidak melihat nama Anda. %s: nama Anda tidak ditulis. %s: tanpa nama, dan warga lain tidak bisa melihat laporannya. Pilih saja: tulis %s atau %s. Selengkapnya: tulis %s.",
		"A report is read by the government's officers who handle it; other people do not see your name. %s: your name is left out. %s: without your name, and other people cannot see the report. Just write %s or %s. More: write %s.",
		bot.Bold(v.pick("Anonim", "Anonymous")), bot.Bold(v.pick("Rahasia", "Confidential")), bot.Bold(v.pick("anonim", "anonymous")),
		bot.Bold(v.pick("rahasia", "confidential")), bot.Bold(v.pick("privasi", "privacy")))
}

// IsMachine says what answers here, to somebody who gets a person to talk with.
func (v Voice) IsMachine() string {
	return v.pick("Yang menjawab ini asisten otomatis; laporan Anda dibaca dan dijawab petugas.", "This is an automatic assistant; your report is read and answered by officers.")
}

// AnswerBot says who answers here, and how to reach a person.
func (v Voice) AnswerBot() string {
	return v.f("Yang menjawab ini asisten otomatis. Laporan Anda dibaca dan dijawab petugas. Mau bicara dengan orangnya? Tulis %s.",
		"This is an automatic assistant. Your report is read and answered by officers. To talk with a person, write %s.",
		bot.Bold(v.pick("bicara dengan petugas", "talk to an officer")))
}

// AnswerHow answers a question about how and where to report, and what it costs.
func (v Voice) AnswerHow() string {
	return v.pick("Melapornya di sini saja, gratis: tulis masalahnya dan tempatnya, periksa, lalu kirim. Saya yang meneruskan ke kantor yang bertugas.",
		"Report it right here, it is free: write what is wrong and where, check it, and send. I pass it on to the office in charge.")
}

// AnswerThen answers a question about what happens after sending.
func (v Voice) AnswerThen() string {
	return v.pick("Setelah dikirim, laporan sampai ke kantor yang bertugas. Anda dapat nomor dan hari paling lambat dijawab, dan kabarnya datang di chat ini.",
		"Once it is sent, the report reaches the office in charge. You get a number and the day by which it is answered, and the news comes here.")
}

// Waiting answers who asks for a moment.
func (v Voice) Waiting() string {
	return v.pick("Baik, saya tunggu. 🙏", "All right, take your time. 🙏")
}

// Scolded answers anger that tells of no matter.
func (v Voice) Scolded() string {
	return v.pick("Saya mengerti Anda kesal, dan maaf untuk itu. 🙏 Yang bisa ditangani petugas adalah laporan, jadi kita lengkapi dulu.",
		"I understand that you are upset, and I am sorry. 🙏 What officers can act on is a report, so let us complete it.")
}

// NoTyping answers who wants to be called, or not to type.
func (v Voice) NoTyping() string {
	return v.f("Tidak perlu mengetik: kirim pesan suara saja. Mau bicara dengan orangnya? Tulis %s.", "No need to type: send a voice note. To talk with a person, write %s.",
		bot.Bold(v.pick("bicara dengan petugas", "talk to an officer")))
}

// NoHurry answers who does not know what to say.
func (v Voice) NoHurry() string {
	return v.pick("Tidak apa-apa. Cukup satu kalimat, misalnya: lampu jalan mati di depan masjid Al Ikhlas, Cipare.", "No problem. One sentence is enough, for example: street light is out in front of Al Ikhlas mosque, Cipare.")
}

// Heeded answers words that ask nothing and tell nothing ("tolong segera ya pak"); a question follows.
func (v Voice) Heeded() string { return v.pick("Baik. 🙏", "All right. 🙏") }
