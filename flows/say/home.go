package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// Welcome greets somebody who begins.
func (v Voice) Welcome() string {
	return v.f("Halo, saya %s, saluran aduan warga %s.\n\nCeritakan saja masalahnya dan di mana, dengan bahasa Anda sendiri. Boleh ditambah foto, lokasi, atau pesan suara.",
		"Hello, I am %s, where people of %s report problems.\n\nJust tell me what is wrong and where, in your own words. Photos, a location or a voice note are welcome.",
		bot.Bold(v.Profile.Product), v.Profile.City)
}

// Hello greets back; a question or an invitation follows.
func (v Voice) Hello() string { return v.pick("Halo! 🙏", "Hello! 🙏") }

// HelloAgain greets somebody whose report is still open.
func (v Voice) HelloAgain() string {
	return v.pick("Halo lagi! Laporan Anda yang belum terkirim masih saya simpan.", "Hello again! Your unsent report is still here.")
}

// Invite invites to report.
func (v Voice) Invite() string {
	return v.pick("Ada yang perlu dilaporkan? Tulis saja masalahnya dan di mana.", "Anything to report? Just write what is wrong and where.")
}

// Thanks answers thanks.
func (v Voice) Thanks() string { return v.pick("Sama-sama. 🙏", "You are welcome. 🙏") }

// Testing answers a test.
func (v Voice) Testing() string { return v.pick("Ya, saya aktif. 👍", "Yes, I am here. 👍") }

// NotAReport answers spam and talk that is no report; a button follows in case it is one after all.
func (v Voice) NotAReport() string {
	return v.pick("Saluran ini hanya untuk aduan, usul, dan pertanyaan warga, jadi pesan tadi tidak saya catat. Kalau itu memang laporan, beri tahu saya.",
		"This channel is only for complaints, suggestions and questions of residents, so I did not note that message. If it is a report, tell me.")
}

// NotAdded tells that a message did not become part of the report in the making.
func (v Voice) NotAdded() string {
	return v.pick("Pesan tadi tidak saya masukkan ke laporan.", "I did not put that message into the report.")
}

// Menu heads the menu.
func (v Voice) Menu() string {
	return v.f("Ada yang bisa saya bantu?\nUntuk melapor tidak perlu menu: tulis saja masalahnya.",
		"What can I do for you?\nTo report you need no menu: just write what is wrong.")
}

// Help explains everything in one screen.
func (v Voice) Help() string {
	num := v.emergency()
	return v.f(`%s
• Tulis masalahnya dan di mana, boleh dengan foto atau lokasi. Saya tanya bila ada yang kurang.
• Sebelum dikirim Anda memeriksa dulu. Setelah itu Anda mendapat nomor.
• %s: laporan Anda. Kirim nomornya untuk melihat satu laporan.
• Balas pesan kabar laporan untuk menambah keterangan.
• %s, %s, %s, %s, %s bisa ditulis kapan saja.
• Keadaan darurat: telepon %s.`,
		`%s
• Write what is wrong and where, with photos or a location if you like. I ask for what is missing.
• You check it before it is sent. Then you get a number.
• %s: your reports. Send a number to see one report.
• Reply to news about a report to add to it.
• %s, %s, %s, %s, %s can be written at any time.
• Emergency: call %s.`,
		bot.Bold(v.pick("Cara melapor", "How to report")), bot.Bold("status"), bot.Bold("menu"), bot.Bold(v.pick("ubah", "change")),
		bot.Bold(v.pick("batal", "cancel")), bot.Bold(v.pick("privasi", "privacy")), bot.Bold(v.pick("english", "bahasa indonesia")), bot.Bold(num))
}

// Privacy says what is kept and who sees it.
func (v Voice) Privacy() string {
	return v.f(`%s
• Kami simpan: isi laporan, foto, lokasi, dan alamat chat ini supaya bisa menjawab Anda.
• Petugas kantor yang menangani melihat laporan dan nama Anda. Nomor HP tidak ditampilkan.
• %s: nama Anda disembunyikan dari semua petugas.
• %s: laporan juga tidak muncul bagi orang lain dan di angka terbuka.
• Pilih lewat Ubah sebelum mengirim. %s: lihat apa yang disimpan.`,
		`%s
• We keep: the report, photos, location and the address of this chat, so that we can answer you.
• Officers of the office in charge see the report and your name. Your phone number is not shown.
• %s: your name is hidden from all officers.
• %s: the report is not shown to anybody else nor in public figures either.
• Choose it with Change before sending. %s: see what is kept.`,
		bot.Bold(v.pick("Privasi Anda", "Your privacy")), bot.Bold(v.pick("Anonim", "Anonymous")),
		bot.Bold(v.pick("Rahasia", "Confidential")), bot.Bold(v.pick("data saya", "my data")))
}

// Forget answers the wish to have everything erased, honestly: it is done by people for now.
func (v Voice) Forget() string {
	return v.f("Anda berhak meminta data Anda dihapus. Saat ini belum bisa otomatis dari chat: mintalah kepada %s, %s, dan sebutkan nomor laporan Anda. Draf yang belum terkirim bisa dihapus sekarang dengan menulis %s.",
		"You have the right to have your data erased. This chat can not do it by itself yet: please ask %s, %s, and name your report numbers. A report not yet sent can be dropped now by writing %s.",
		v.Profile.Coordinator, v.Profile.Government, bot.Bold(v.pick("batal", "cancel")))
}

// AskLanguage asks for the language, in both.
func (v Voice) AskLanguage() string { return "Pilih bahasa / Choose a language" }

// Speaking confirms the language.
func (v Voice) Speaking() string {
	return v.pick("Baik, kita pakai Bahasa Indonesia.", "All right, we speak English.")
}

// UnknownCommand answers a slash command that does not exist.
func (v Voice) UnknownCommand() string {
	return v.f("Perintah itu belum saya kenal. Tulis %s untuk pilihan, atau ceritakan saja masalahnya.",
		"I do not know that command. Write %s for the choices, or just tell me what is wrong.", bot.Bold("menu"))
}

// Unclear is the last word when nothing else fits.
func (v Voice) Unclear() string {
	return v.pick("Maaf, saya belum paham. Ceritakan masalahnya dengan beberapa kata, ya.", "Sorry, I did not understand. Please tell me in a few words what is wrong.")
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
	return v.pick("Pesan Anda banyak sekali. 🙏 Semuanya saya catat, tetapi saya jawab setelah jeda sebentar.",
		"You are sending a lot of messages. 🙏 I take all of them in, but answer after a short pause.")
}

// NotInGroups answers a command in a group.
func (v Voice) NotInGroups() string {
	return v.pick("Supaya laporan Anda tidak dibaca orang lain, silakan chat saya secara pribadi.", "Please write to me in a private chat, so that nobody else reads your report.")
}

// Unsupported answers what the product has no use for, by the network's word for it.
func (v Voice) Unsupported(kind string) string {
	switch {
	case Sticker(kind):
		return v.pick("Stikernya bagus. 🙂", "Nice sticker. 🙂")
	case kind == "contact":
		return v.pick("Kartu kontak tidak saya simpan, demi privasi pemiliknya.", "I do not keep contact cards, for their owner's privacy.")
	case strings.HasPrefix(kind, "poll"), kind == "vote":
		return v.pick("Polling belum bisa saya baca.", "I can not read polls.")
	case kind == "animation", kind == "gif":
		return v.pick("GIF belum bisa saya simpan. Foto bisa.", "I can not keep GIFs. Photos are fine.")
	case kind == "view_once":
		return v.pick("Foto sekali lihat tidak bisa saya buka. Kirim lagi sebagai foto biasa, ya.",
			"I can not open photos that may be seen once. Please send it as an ordinary photo.")
	case kind == "revoke":
		return v.pick("Pesan itu Anda hapus.", "You deleted that message.")
	}
	return v.pick("Pesan jenis itu belum bisa saya baca.", "I can not read that kind of message.")
}

// Sticker reports whether a network's word for a kind of message means a sticker.
func Sticker(kind string) bool { return strings.Contains(kind, "sticker") }

// StillNoted says that a deleted message has left its mark on the report in the making.
func (v Voice) StillNoted() string {
	return v.f("Yang sudah saya catat tidak ikut terhapus; tulis %s untuk memperbaiki laporan.", "What I have noted stays; write %s to correct the report.",
		bot.Bold(v.pick("ubah", "change")))
}

// TooLarge says that a file is larger than the networks hand out.
func (v Voice) TooLarge() string {
	return v.pick("Berkas itu lebih dari 20 MB, jadi tidak bisa saya simpan. Kirim yang lebih kecil, atau foto saja.",
		"That file is larger than 20 MB, so I can not keep it. Please send a smaller one, or just a photo.")
}

// EditedLate answers a changed message that is no part of the report in the making.
func (v Voice) EditedLate() string {
	return v.pick("Saya lihat Anda mengubah pesan lama. Yang itu tidak bisa saya ganti lagi; kirim saja sebagai pesan baru.",
		"I see that you changed an old message. That one I can no longer replace; please send it as a new message.")
}

func (v Voice) emergency() string {
	if len(v.Profile.Emergency) == 0 {
		return "112"
	}
	return v.Profile.Emergency[0].Number
}
