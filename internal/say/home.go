package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Welcome greets somebody who begins.
func (v Voice) Welcome() string {
	return v.f("Halo! 🙏 Saya %s, tempat warga %s melapor.\n\nCeritakan saja apa masalahnya dan di mana, dengan bahasa Anda sendiri. Boleh dengan foto, lokasi, atau pesan suara.",
		"Hello! 🙏 I am %s, where the people of %s report problems.\n\nJust tell me what is wrong and where, in your own words. Photos, a location or a voice note are welcome.",
		bot.Bold(v.Profile.Product), v.Profile.City)
}

// AlsoInEnglish stands under an Indonesian welcome for whom may not read it.
func (v Voice) AlsoInEnglish() string {
	return v.f("In English: I am %s, where the people of %s report problems. Just write in English, and I answer in English. Who sees your data? Write %s.",
		"In English: I am %s, where the people of %s report problems. Just write in English, and I answer in English. Who sees your data? Write %s.", bot.Bold(v.Profile.Product), v.Profile.City, bot.Bold("privacy"))
}

// Hello greets back; a question or an invitation follows.
func (v Voice) Hello() string { return v.pick("Halo! 🙏", "Hello! 🙏") }

// FirstPrivacy is the one line on privacy that comes with the first answer of a conversation.
func (v Voice) FirstPrivacy() string {
	return v.f("🔒 Siapa yang melihat data Anda? Tulis %s.", "🔒 Who sees your data? Write %s.", bot.Bold(v.pick("privasi", "privacy")))
}

// HelloAgain greets somebody whose report is still open.
func (v Voice) HelloAgain() string {
	return v.pick("Halo lagi! Laporan Anda yang belum terkirim masih saya simpan.", "Hello again! Your unsent report is still here.")
}

// Invite invites to report.
func (v Voice) Invite() string {
	return v.pick("Ada yang mau dilaporkan? Tulis saja apa masalahnya dan di mana.", "Anything to report? Just write what is wrong and where.")
}

// Thanks answers thanks.
func (v Voice) Thanks() string { return v.pick("Sama-sama. 🙏", "You are welcome. 🙏") }

// NeverMind answers who is sorry for a message that was meant for somebody else.
func (v Voice) NeverMind() string { return v.pick("Tidak apa-apa. 🙏", "Never mind. 🙏") }

// Testing answers a test.
func (v Voice) Testing() string { return v.pick("Ya, saya aktif. 👍", "Yes, I am here. 👍") }

// NotAReport answers spam and talk that is no report; a button follows in case it is one after all.
func (v Voice) NotAReport() string {
	return v.pick("Sepertinya itu bukan laporan, jadi belum saya catat. Kalau memang laporan, beri tahu saya, ya.",
		"That does not look like a report, so I did not note it. If it is one, just tell me.")
}

// NotAdded tells that a message did not become part of the report in the making.
func (v Voice) NotAdded() string {
	return v.pick("Pesan tadi tidak saya masukkan ke laporan.", "I left that message out of your report.")
}

// Menu heads the menu.
func (v Voice) Menu() string {
	return v.pick("Ada yang bisa saya bantu?\nMau melapor? Tulis saja masalahnya, tidak perlu lewat menu.",
		"What can I do for you?\nTo report, just write what is wrong: you need no menu.")
}

// Help explains everything in one screen.
func (v Voice) Help() string {
	return v.f(`%s
• Tulis apa masalahnya dan di mana. Boleh dengan foto, lokasi, atau pesan suara.
• Anda periksa dulu, baru dikirim. Lalu Anda dapat nomor.
• %s: lihat laporan Anda. Kirim nomornya untuk melihat satu laporan.
• Ada kabar? Balas pesannya kalau mau menambah.
• Bisa ditulis kapan saja: %s, %s, %s, %s, %s.
• Bahaya sekarang? Telepon %s.`,
		`%s
• Write what is wrong and where. Photos, a location or a voice note are welcome.
• You check it before it is sent. Then you get a number.
• %s: see your reports. Send a number to see one report.
• Got news? Reply to it to add something.
• You can write these at any time: %s, %s, %s, %s, %s.
• In danger now? Call %s.`,
		bot.Bold(v.pick("Cara melapor", "How to report")), bot.Bold("status"), bot.Bold("menu"), bot.Bold(v.pick("ubah", "change")),
		bot.Bold(v.pick("batal", "cancel")), bot.Bold(v.pick("privasi", "privacy")), bot.Bold(v.pick("english", "bahasa indonesia")),
		bot.Bold(v.emergency()))
}

// Privacy says what is kept and who sees it. It must stay true to what the operators' cards show (internal/desk), to what a
// number shows to strangers (report.Public), and to the office's phone, which holds the chats of its WhatsApp account.
func (v Voice) Privacy() string {
	return v.f(`%s
• Kami simpan laporan, foto, lokasi, dan alamat chat ini, supaya bisa menjawab Anda.
• Di laporan, petugas hanya melihat huruf depan nama Anda. Nomor HP tidak ditulis, kecuali ada bahaya dan Anda perlu ditelepon.
• Petugas yang menangani, atau %s, bisa membuka nama dan nomor Anda bila perlu, dengan alasan. Kantor mana, kapan, dan mengapa tertulis di %s. Anonim dan rahasia: tidak pernah.
• Di WhatsApp, pemegang HP kantor bisa melihat chat ini.
• Warga lain yang tahu nomor laporan hanya melihat: tentang apa, di mana kira-kira, sudah sampai mana.
• %s: laporan tanpa nama Anda.
• %s: tanpa nama Anda, dan warga lain tidak bisa melihat laporannya.
Pilih lewat %s sebelum dikirim. Lihat yang kami simpan: tulis %s.`,
		`%s
• We keep your report, photos, location and the address of this chat, so that we can answer you.
• In a report officers see only the first letter of your name. Your phone number is not shown, unless there is danger and you must be called.
• The officer in charge, or %s, can open your name and number where needed, for a reason. Which office, when and why is in %s. Anonymous and confidential: never.
• On WhatsApp, whoever holds the office's phone can see this chat.
• Other people who know the number of a report see only what it is about, roughly where, and how far it is.
• %s: the report goes without your name.
• %s: without your name, and other people cannot see the report.
Choose with %s before you send. To see what we keep, write %s.`,
		bot.Bold(v.pick("Privasi Anda", "Your privacy")), v.Office(""), bot.Bold(v.pick("data saya", "my data")), bot.Bold(v.pick("Anonim", "Anonymous")),
		bot.Bold(v.pick("Rahasia", "Confidential")), bot.Bold(v.pick("ubah", "change")), bot.Bold(v.pick("data saya", "my data")))
}

// AskLanguage asks for the language, in both.
func (v Voice) AskLanguage() string { return "Pilih bahasa / Choose a language" }

// Speaking confirms the language.
func (v Voice) Speaking() string {
	return v.pick("Baik, kita pakai Bahasa Indonesia.", "All right, let us speak English.")
}

// UnknownCommand answers a slash command that does not exist.
func (v Voice) UnknownCommand() string {
	return v.f("Kata itu belum saya kenal. Ceritakan saja masalahnya, atau tulis %s.",
		"I do not know that word. Just tell me what is wrong, or write %s.", bot.Bold("menu"))
}

// Unclear is the last word when nothing else fits.
func (v Voice) Unclear() string {
	return v.pick("Maaf, saya belum paham. Coba tulis dengan beberapa kata lagi, ya.", "Sorry, I did not understand. Please say it in a few more words.")
}

// Stale answers a press on an old menu. open says that a report is in the making.
func (v Voice) Stale(open bool) string {
	if open {
		return v.pick("Pilihan tadi sudah lama. Ini yang terbaru:", "That choice is an old one. Here is the newest:")
	}
	return v.pick("Pilihan tadi sudah tidak berlaku. Mau melapor? Tulis saja masalahnya.", "That choice no longer holds. To report, just write what is wrong.")
}

// AlreadySent answers a second press on the card of a report that is filed.
func (v Voice) AlreadySent(c report.Code) string {
	return v.f("Laporan itu sudah terkirim dengan nomor %s.", "That report was sent already. Its number is %s.", bot.Bold(string(c)))
}

// OutOfRange answers a number that no choice has.
func (v Voice) OutOfRange(n int) string {
	return v.f("Pilih angka 1 sampai %d, ya.", "Please choose a number from 1 to %d.", n)
}

// TooMany asks for patience, once.
func (v Voice) TooMany() string {
	return v.pick("Wah, pesannya banyak sekali. 🙏 Semua saya catat; saya jawab sebentar lagi.",
		"That is a lot of messages. 🙏 I note them all and answer in a moment.")
}

// NotInGroups answers a command in a group.
func (v Voice) NotInGroups() string {
	return v.pick("Supaya laporan Anda tidak dibaca orang lain, silakan kirim pesan pribadi ke saya.", "Please write to me in a private chat, so that nobody else reads your report.")
}

// Unsupported answers what the product has no use for, by the network's word for it.
func (v Voice) Unsupported(kind string) string {
	switch {
	case Sticker(kind):
		return v.pick("Stikernya bagus. 🙂", "Nice sticker. 🙂")
	case kind == "contact":
		return v.pick("Nomor orang lain tidak saya simpan, demi privasinya.", "I do not keep other people's contacts, for their privacy.")
	case strings.HasPrefix(kind, "poll"), kind == "vote":
		return v.pick("Polling belum bisa saya baca.", "I cannot read polls.")
	case kind == "animation", kind == "gif":
		return v.pick("GIF belum bisa saya simpan. Foto bisa.", "I cannot keep GIFs. Photos are fine.")
	case kind == "view_once":
		return v.pick("Foto sekali lihat tidak bisa saya buka. Kirim lagi sebagai foto biasa, ya.",
			"I cannot open view-once photos. Please send it as an ordinary photo.")
	case kind == "revoke":
		return v.pick("Pesan itu Anda hapus.", "You deleted that message.")
	case kind == bot.EditUnseen:
		return v.pick("Anda mengubah pesan, tetapi isinya yang baru tidak sampai ke saya. Kirim sebagai pesan baru, ya.",
			"You changed a message, but its new words do not reach me. Please send them as a new message.")
	case kind == bot.TooLarge:
		return v.TooLarge()
	}
	return v.pick("Pesan jenis itu belum bisa saya baca.", "I cannot read that kind of message.")
}

// Sticker reports whether a network's word for a kind of message means a sticker.
func Sticker(kind string) bool { return strings.Contains(kind, "sticker") }

// StillNoted says that a deleted message has left its mark on the report in the making.
func (v Voice) StillNoted() string {
	return v.f("Yang sudah saya catat tidak ikut terhapus. Mau diperbaiki? Tulis %s.", "What I have noted stays. To correct the report, write %s.",
		bot.Bold(v.pick("ubah", "change")))
}

// TooLarge says that a file is larger than the networks hand out.
func (v Voice) TooLarge() string {
	return v.pick("Berkas itu terlalu besar (lebih dari 20 MB), jadi tidak bisa saya simpan. Kirim yang lebih kecil, atau foto saja.",
		"That file is too large for me to keep (over 20 MB). Please send a smaller one, or just a photo.")
}

// EditedLate answers a changed message that is no part of the report in the making.
func (v Voice) EditedLate() string {
	return v.pick("Anda mengubah pesan lama; yang itu tidak bisa saya ganti lagi. Kirim saja sebagai pesan baru, ya.",
		"You changed an old message, which I can no longer replace. Please send it as a new message.")
}

func (v Voice) emergency() string {
	if len(v.Profile.Emergency) == 0 {
		return "112"
	}
	return v.Profile.Emergency[0].Number
}
