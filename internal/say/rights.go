package say

import (
	"strings"
	"time"

	"rabeg/bot"
	"rabeg/internal/report"
)

// ExportComes says that the copy of what is kept is being made.
func (v Voice) ExportComes() string {
	return v.f("Saya siapkan salinan semua data Anda pada kami. Berkasnya datang ke chat ini, biasanya dalam satu menit. Simpan baik-baik: siapa pun yang memegang HP ini bisa membukanya.\n\nMau menghapusnya? Tulis %s.",
		"I am preparing a copy of everything we keep about you. The file comes to this chat, usually within a minute. Keep it safe: whoever holds this phone can open it.\n\nTo have it erased, write %s.",
		bot.Bold(v.pick("hapus data saya", "delete my data")))
}

// ExportWaits says that a copy is being made already.
func (v Voice) ExportWaits() string {
	return v.pick("Salinan data Anda sedang disiapkan atau baru saja dikirim ke chat ini. Mohon tunggu sebentar, lalu periksa berkasnya di atas.",
		"The copy of your data is being prepared, or has just been sent to this chat. Please wait a moment and look for the file above.")
}

// ExportHere brings the copy, with so many photos and files of all that are kept.
func (v Voice) ExportHere(photos, all int) string {
	s := v.pick("Ini salinan semua data Anda pada kami. Buka berkasnya dengan peramban (browser).",
		"Here is a copy of everything we keep about you. Open the file with a browser.")
	if photos > 0 {
		s += v.f(" Foto dan berkas Anda (%d) menyusul di bawahnya.", " Your photos and files (%d) come with it.", photos)
	}
	if all > photos {
		s += v.f(" Masih ada %d lagi yang kami simpan; itu terlalu banyak untuk satu kali kirim.", " We keep %d more, which are too many to send at once.", all-photos)
	}
	return s + v.pick("\n\nDi server kami salinan ini terhapus dalam 24 jam.", "\n\nOn our server this copy is deleted within 24 hours.")
}

// AskErase says what erasing means, and asks the first time. gone is how many reports go, open those that remain.
func (v Voice) AskErase(gone int, open []report.Code, operator bool) string {
	var b strings.Builder
	b.WriteString(bot.Bold(v.pick("Hapus data Anda?", "Erase your data?")) + "\n")
	b.WriteString(v.pick("Nama, chat, tulisan, lokasi, foto dan berkas Anda hilang dari kami.\n",
		"Your name, chat, words, locations, photos and files go from us.\n"))
	if gone > 0 {
		b.WriteString(v.f("%d laporan selesai tinggal nomor, jenis, kelurahan dan hasilnya, tanpa Anda.\n",
			"Of %d finished reports only number, kind, kelurahan and outcome stay, without you.\n", gone))
	}
	if len(open) > 0 {
		b.WriteString(v.f("%s masih ditangani: namanya hilang sekarang, isinya 3 hari setelah selesai.\n",
			"%s is still being worked on: the name goes now, the words 3 days after it is finished.\n", codes(open)))
	}
	if operator {
		b.WriteString(v.pick("Catatan Anda sebagai petugas tetap milik kantor.\n", "What you did as an officer stays with the office.\n"))
	}
	b.WriteString(v.pick("Lanjutkan?", "Go on?"))
	return b.String()
}

func codes(list []report.Code) string {
	all := make([]string, len(list))
	for i, c := range list {
		all[i] = bot.Bold(string(c))
	}
	return strings.Join(all, ", ")
}

// AskEraseAgain asks the second time.
func (v Voice) AskEraseAgain(open int) string {
	s := v.pick("Sekali lagi, supaya tidak keliru. Yang dihapus tidak bisa dikembalikan oleh siapa pun, dan kabar laporan lama tidak bisa dilihat lagi. Benar-benar hapus?",
		"Once more, to be sure. What is erased nobody can bring back, and you can no longer look at old reports. Really erase?")
	if open > 0 {
		s += "\n\n" + v.f("%s: laporan yang masih ditangani tetap berjalan, tanpa nama Anda.\n%s: petugas juga berhenti menanganinya; yang ditunggu warga lain tetap berjalan.",
			"%s: the reports that are being worked on go on, without your name.\n%s: officers stop working on them, too; those that others wait for go on.",
			bot.Bold(v.Choice("erasenow").Label), bot.Bold(v.Choice("recall").Label))
	}
	return s
}

// EraseSet says that it will be done, and how to call it off.
func (v Voice) EraseSet(grace time.Duration) string {
	return v.f("Baik. Data Anda dihapus dalam %d menit, dan saya kabari di sini. Berubah pikiran? Tulis %s sebelum itu.",
		"All right. Your data is erased in %d minutes, and I tell you here. Changed your mind? Write %s before that.", int(grace.Minutes()),
		bot.Bold(v.pick("urungkan", "undo")))
}

// EraseWaits says that an erasing is noted, and how to call it off.
func (v Voice) EraseWaits() string {
	return v.f("Penghapusan data Anda sudah saya catat dan sedang berjalan. Selesainya saya kabari di sini. Untuk membatalkannya, tulis %s.",
		"The erasing of your data is noted and under way. I tell you here when it is done. To call it off, write %s.", bot.Bold(v.pick("urungkan", "undo")))
}

// EraseBegun says that an erasing can be called off no more: it goes on now (going), or is done.
func (v Voice) EraseBegun(going bool) string {
	if going {
		return v.pick("Data Anda sedang dihapus dan tidak bisa dibatalkan lagi. Selesainya saya kabari di sini.",
			"Your data is being erased, and this can no longer be called off. I will tell you here when it is done.")
	}
	return v.pick("Data Anda sudah dihapus dan tidak bisa dikembalikan lagi.", "Your data is already erased and cannot be brought back.")
}

// EraseRestOff confirms that what an erasing has left is not erased after all.
func (v Voice) EraseRestOff() string {
	return v.pick("Baik, laporan yang masih ditangani tidak jadi dihapus. Yang sudah dihapus tidak bisa dikembalikan.",
		"All right, the reports that are being worked on will not be erased. What is already erased cannot be brought back.")
}

// EraseKept confirms that nothing is erased.
func (v Voice) EraseKept() string {
	return v.pick("Baik, tidak ada yang dihapus.", "All right, nothing is erased.")
}

// EraseOff confirms that an erasing was called off.
func (v Voice) EraseOff() string {
	return v.pick("Penghapusan dibatalkan. Data Anda tetap seperti semula.", "The erasing is called off. Your data stays as it was.")
}

// Erased tells what went, what remains and why.
func (v Voice) Erased(reports int, left []report.Report) string {
	var b strings.Builder
	b.WriteString(v.pick("Selesai. Data Anda sudah dihapus", "Done. Your data is erased"))
	if reports > 0 {
		b.WriteString(v.f(", termasuk isi %d laporan", ", with the words of %d reports", reports))
	}
	b.WriteString(".\n")
	if len(left) == 0 {
		b.WriteString(v.pick("Pesan ini jejak terakhir pada kami dan hilang besok. Pesan di HP Anda tetap ada sampai Anda menghapusnya sendiri.",
			"This message is our last trace and goes tomorrow. Messages on your phone stay until you delete them."))
	} else {
		b.WriteString(v.pick("Masih ada, karena petugas menanganinya:\n", "Still there, because officers work on it:\n"))
		for _, r := range left {
			b.WriteString(v.line(r) + "\n")
		}
		b.WriteString(v.f("Isinya hilang 3 hari setelah selesai. Bila bisa lebih awal, petugas menjawab dalam 3 × 24 jam. Mau menariknya sekarang? Tulis %s.",
			"It goes 3 days after it is finished. Officers tell you within 3 × 24 hours if it can be sooner. To take it back now, write %s.",
			bot.Bold(v.pick("hapus data saya", "delete my data"))))
	}
	return b.String()
}

// EraseOpen is the reason where nobody gave one.
func (v Voice) EraseOpen() string {
	return v.pick("laporannya masih ditangani, dan petugas memerlukan isinya", "the report is still being worked on, and the officers need it")
}

// EraseRefused says that a report is not erased yet, and why.
func (v Voice) EraseRefused(r report.Report, why string) string {
	return v.f("Permintaan hapus data: laporan %s belum bisa dihapus, karena %s. Datanya terhapus sendiri 3 hari setelah laporan selesai. Tidak setuju? Tulis %s.",
		"Your wish to be erased: report %s cannot be erased yet, because %s. It goes by itself 3 days after the report is finished. You do not agree? Write %s.",
		bot.Bold(string(r.Code)), why, bot.Bold(v.pick("petugas", "officer")))
}
