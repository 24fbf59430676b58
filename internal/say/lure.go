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
	return v.WarnFraud() + "\n\n" + v.AskFraudToo()
}

// AskFraudToo is the question alone, after another warning.
func (v Voice) AskFraudToo() string {
	return v.pick("Mau dilaporkan, supaya petugas bisa memperingatkan warga lain?", "Shall I report it, so that officers can warn others?")
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

// AskWrong answers a cry for help that tells nothing.
func (v Voice) AskWrong() string {
	return v.f("Ada apa? Kalau ada bahaya sekarang, telepon %s. Kalau tidak, tulis apa masalahnya dan di mana.",
		"What is wrong? If somebody is in danger now, call %s. If not, write what is wrong and where.", bot.Bold(v.emergency()))
}

// IsOneMissing answers who says, mostly in jest, that a sweetheart has gone missing.
func (v Voice) IsOneMissing() string {
	return v.f("Kalau bercanda, semoga cepat lega, ya. 😊 Kalau ada orang yang benar-benar hilang, telepon %s, lalu tulis di sini siapa, umurnya, dan kapan terakhir terlihat.",
		"If you are joking, I hope it gets easier. 😊 If a person is really missing, call %s, then write here who it is, the age, and when the person was last seen.", bot.Bold(v.emergency()))
}

// ChainLetter says that a message wants to be passed on, and is no report.
func (v Voice) ChainLetter() string {
	return v.pick("Itu tampaknya pesan berantai, bukan laporan, jadi tidak saya catat. Jangan diteruskan dulu sebelum ada keterangan resmi.",
		"That looks like a chain message and no report, so I did not note it. Do not pass it on before there is official word.")
}

// WarnPaid warns who is asked to pay for work or a place, and says what is left to do where money was sent. police is their number.
func (v Voice) WarnPaid(police string, paid bool) string {
	s := v.pick("⚠️ Hati-hati, itu sangat mirip penipuan. Jangan kirim uang, kode, atau data dulu.", "⚠️ Careful, that looks very much like fraud. Send no money, code or data.")
	c, _ := v.Profile.Category(profile.Work)
	if a, ok := v.Profile.Agency(c.Agency); ok && !a.Outside {
		s += v.f(" Tanyakan dulu langsung ke kantor %s.", " Ask at the office of %s first.", bot.Bold(a.Short))
	}
	if !paid {
		return s
	}
	s += v.pick("\nSudah telanjur transfer? Segera hubungi bank Anda dan simpan bukti transfer serta chatnya", "\nYou have paid? Call your bank at once, and keep the proof of it and the chat")
	if police != "" {
		s += v.f("; lapor polisi: %s", "; tell the police: %s", bot.Bold(police))
	}
	return s + "."
}

// SorryToFail answers anger of somebody who has told nothing and has filed nothing.
func (v Voice) SorryToFail() string {
	return v.pick("Maaf kalau mengecewakan. 🙏 Ada yang bisa saya bantu? Tulis saja apa masalahnya dan di mana.",
		"I am sorry if I let you down. 🙏 Is there anything I can do? Just write what is wrong and where.")
}

// PhotoLater answers who says that a picture comes later.
func (v Voice) PhotoLater() string {
	return v.pick("Baik, fotonya saya tunggu; boleh juga menyusul sesudah laporannya terkirim.", "All right, send the photo when you have it; after the report is sent is fine, too.")
}

// RestLater answers who wants to go on telling later.
func (v Voice) RestLater() string {
	return v.pick("Baik, saya simpan, dan sisanya saya tunggu. 🙏", "All right, this is kept, and the rest can follow. 🙏")
}

// AnswerCome answers who asks whether one has to come to an office.
func (v Voice) AnswerCome() string {
	return v.pick("Tidak perlu ke kantor: cukup kirim laporannya di sini. Kabarnya datang di chat ini; kalau petugas butuh sesuatu, mereka bertanya di sini.",
		"You need not come to an office: just send the report here. The news comes to this chat, and officers who need something ask here.")
}

// StillSo says that what a report is about is what it says already.
func (v Voice) StillSo(category string) string {
	return v.f("Baik, tetap %s.", "All right, it stays %s.", v.Topic(category))
}

// OrFile ends the answer to where somebody outside the government is reached: it can be filed here, too.
func (v Voice) OrFile(o profile.Owner) string {
	return v.f("Atau saya catat saja? Petugas kami yang menyampaikannya ke %s.", "Or shall I file it? Our officers pass it on to %s.", o.Short)
}
