package say

import (
	"rabeg/bot"
	"rabeg/internal/profile"
)

// WarnFraud warns of a message that pretends to come from an office, and asks whether it is to be reported.
func (v Voice) WarnFraud() string {
	return v.pick("⚠️ Hati-hati, itu sangat mirip penipuan. Jangan klik tautannya, jangan pasang aplikasinya, dan jangan beri kode atau uang. Pemerintah tidak pernah membagikan bantuan atau meminta data dengan cara itu.",
		"⚠️ Careful, that looks very much like fraud. Do not open the link, do not install the app, and give no code and no money. The government never hands out aid or asks for data that way.")
}

// AskFraud asks whether it is to be reported.
func (v Voice) AskFraud() string {
	return v.WarnFraud() + "\n\n" + v.pick("Mau dilaporkan, supaya petugas bisa memperingatkan warga lain?", "Shall I report it, so that officers can warn others?")
}

// WhichMessage answers who asks whether something is true, and does not say what.
func (v Voice) WhichMessage() string {
	return v.pick("Pesan yang mana? Teruskan isinya ke sini. Kalau minta klik tautan, pasang aplikasi, atau kirim kode, jangan dituruti dulu.",
		"Which message? Send it to me. If it wants you to open a link, install an app or pass on a code, do not do so.")
}

// ForPolice says that a theft or a loss is told to the police; number is theirs, "" where it is not known.
func (v Voice) ForPolice(number string) string {
	call := ""
	if number != "" {
		call = v.f("telepon %s, atau ", "call %s, or ", bot.Bold(number))
	}
	return v.f("Saya ikut prihatin. 🙏 Pencurian dan kehilangan ditangani polisi: %sdatang ke kantor polisi terdekat, juga untuk surat kehilangan.",
		"I am sorry to hear that. 🙏 Theft and loss are for the police: %sgo to the nearest police station, also for a letter of loss.", call)
}

// AskTheft asks whether it is to be noted here all the same.
func (v Voice) AskTheft(number string) string {
	return v.ForPolice(number) + "\n\n" + v.pick("Mau tetap saya catat? Petugas kami yang menyampaikannya.", "Shall I file it all the same? Our officers pass it on.")
}

// Chatting answers small talk that is put to the bot.
func (v Voice) Chatting() string {
	return v.pick("Terima kasih sudah bertanya. 😊 Saya asisten otomatis untuk laporan warga.", "Thank you for asking. 😊 I am an automatic assistant for citizens' reports.")
}

// NoJobs answers who looks for work, with the office to ask where the profile has one.
func (v Voice) NoJobs() string {
	s := v.pick("Info lowongan kerja belum ada pada saya. 🙏", "I have no job offers. 🙏")
	c, _ := v.Profile.Category(profile.Work)
	if a, ok := v.Profile.Agency(c.Agency); ok && !a.Outside {
		s += v.f(" Coba tanyakan ke %s.", " Please ask %s.", bot.Bold(a.Short))
	}
	return s
}

// Reassure answers who fears to be found out.
func (v Voice) Reassure() string {
	return v.f("Wajar kalau khawatir. 🙏 Laporan hanya dibaca petugas pemerintah, dan warga lain tidak melihat nama Anda. Paling aman, tulis %s: nama Anda tidak ada di laporan, dan isinya hanya bisa dibuka petugas kantor yang menanganinya.",
		"It is natural to worry. 🙏 Only government officers read a report, and other people do not see your name. To be safest, write %s: your name is not in the report, and only the officers of the office in charge can open it.",
		bot.Bold(v.pick("rahasia", "confidential")))
}
