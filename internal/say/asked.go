package say

import "rabeg/bot"

// AnswerWho answers a question about who reads a report, and what the two ways to hide are.
func (v Voice) AnswerWho() string {
	return v.f("%s: nama Anda tidak ditulis. %s: tanpa nama, dan warga lain tidak bisa melihat laporannya. Pilih saja: tulis %s atau %s. Selengkapnya: tulis %s.",
		"%s: your name is left out. %s: without your name, and other people cannot see the report. Just write %s or %s. More: write %s.",
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
