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

// ExportHere brings the copy.
func (v Voice) ExportHere(photos int) string {
	s := v.pick("Ini salinan semua data Anda pada kami. Buka berkasnya dengan peramban (browser).",
		"Here is a copy of everything we keep about you. Open the file with a browser.")
	if photos > 0 {
		s += v.f(" Foto dan berkas Anda (%d) menyusul di bawahnya.", " Your photos and files (%d) come with it.", photos)
	}
	return s + v.pick("\n\nDi server kami salinan ini terhapus dalam 24 jam.", "\n\nOn our server this copy is deleted within 24 hours.")
}

// AskErase says what erasing means, and asks the first time. gone is how many reports go, open those that remain.
func (v Voice) AskErase(gone int, open []report.Code, operator bool) string {
	var b strings.Builder
	b.WriteString(bot.Bold(v.pick("Hapus data Anda?", "Erase your data?")) + "\n")
	b.WriteString(v.pick("Yang dihapus: nama Anda, alamat chat ini, isi percakapan, draf, dan semua tulisan, titik lokasi, foto dan berkas Anda.\n",
		"What goes: your name, the address of this chat, what was said here, drafts, and all your words, pins, photos and files.\n"))
	if gone > 0 {
		b.WriteString(v.f("%d laporan yang sudah selesai dikosongkan. Yang tersisa hanya nomor, jenis masalah, kelurahan, tanggal dan hasilnya, tanpa Anda: itu catatan pemerintah dan statistik.\n",
			"%d finished reports are emptied. Only the number, the kind of problem, the kelurahan, the dates and the outcome remain, without you: a public record and statistics.\n", gone))
	}
	if len(open) > 0 {
		b.WriteString(v.f("Masih ditangani, jadi isinya belum bisa dihapus: %s. Nama Anda dihapus sekarang, sisanya terhapus sendiri 3 hari setelah laporannya selesai, kecuali Anda menariknya.\n",
			"Still being worked on, so the words cannot go yet: %s. Your name goes now, the rest by itself 3 days after the report is finished, unless you take it back.\n", codes(open)))
	}
	if operator {
		b.WriteString(v.pick("Catatan tugas Anda sebagai petugas (nama, kantor, tindakan) tetap: itu catatan kantor. Untuk mengakhirinya, minta koordinator.\n",
			"What you did as an officer (name, office, acts) stays: it is the office's record. Ask the coordinator to end it.\n"))
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
	s := v.pick("Sekali lagi, supaya tidak keliru. Yang sudah dihapus tidak bisa dikembalikan oleh siapa pun, dan kabar laporan lama tidak bisa dilihat lagi. Benar-benar hapus?",
		"Once more, to be sure. What is erased nobody can bring back, and you can no longer look at old reports. Really erase?")
	if open > 0 {
		s += v.pick("\n\nMenarik laporan berarti petugas berhenti menanganinya.", "\n\nTaking reports back means that the officers stop working on them.")
	}
	return s
}

// EraseSet says that it will be done, and how to call it off.
func (v Voice) EraseSet(grace time.Duration) string {
	return v.f("Baik. Data Anda dihapus dalam %d menit, dan saya kabari di sini. Berubah pikiran? Tulis %s sebelum itu.",
		"All right. Your data is erased in %d minutes, and I tell you here. Changed your mind? Write %s before that.", int(grace.Minutes()),
		bot.Bold(v.pick("urungkan", "undo")))
}

// EraseWaits says that an erasing is under way, with what is left of it.
func (v Voice) EraseWaits(left []report.Code) string {
	if len(left) == 0 {
		return v.f("Penghapusan data Anda sudah saya catat dan sedang berjalan. Selesainya saya kabari di sini. Untuk membatalkannya, tulis %s.",
			"The erasing of your data is noted and under way. I tell you here when it is done. To call it off, write %s.", bot.Bold(v.pick("urungkan", "undo")))
	}
	return v.f("Data Anda sudah dihapus, kecuali laporan yang masih ditangani: %s. Sisanya terhapus sendiri setelah laporannya selesai.",
		"Your data is erased, except for reports that are being worked on: %s. The rest goes by itself when they are finished.", codes(left))
}

// EraseKept confirms that nothing is erased.
func (v Voice) EraseKept() string {
	return v.pick("Baik, tidak ada yang dihapus.", "All right, nothing is erased.")
}

// EraseOff confirms that an erasing was called off.
func (v Voice) EraseOff() string {
	return v.pick("Penghapusan dibatalkan. Data Anda tetap seperti semula.", "The erasing is called off. Your data stays as it was.")
}

// NothingToErase says that nothing is kept.
func (v Voice) NothingToErase() string {
	return v.pick("Tidak ada laporan Anda pada kami. Yang tersimpan hanya percakapan ini.", "We have no reports of yours. Only this conversation is kept.")
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
		b.WriteString(v.pick("Pesan ini jejak terakhir di server kami, dan terhapus besok. Pesan lama di HP Anda tetap ada sampai Anda menghapusnya sendiri.",
			"This message is the last trace on our server, and goes tomorrow. Old messages on your phone stay until you delete them."))
	} else {
		b.WriteString(v.pick("Yang masih tersimpan, karena petugas masih menanganinya:\n", "Still kept, because officers are working on it:\n"))
		for _, r := range left {
			b.WriteString(v.line(r) + "\n")
		}
		b.WriteString(v.f("Isi, tempat dan chatnya terhapus sendiri 3 hari setelah laporannya selesai. Petugas koordinator bisa menghapusnya lebih awal, dan menjawab dalam 3 × 24 jam. Mau menarik laporannya supaya langsung terhapus? Tulis lagi %s.",
			"Its words, place and chat go by themselves 3 days after it is finished. The coordinator may erase it earlier, and answers within 3 × 24 hours. To take the report back so that it goes at once, write %s again.",
			bot.Bold(v.pick("hapus data saya", "delete my data"))))
	}
	b.WriteString(v.pick("\n\nAnda boleh melapor lagi kapan saja.", "\n\nYou may report again at any time."))
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
