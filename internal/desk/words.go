package desk

import (
	"time"

	"rabeg/internal/deadline"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What operators read, but for the refusals of casework.

const (
	noReportText = "Laporan yang mana? Balas kartunya, atau tulis nomornya: /%s %s-XXXXX-X."
	noCodeText   = "Nomor %s tidak ditemukan. Periksa lagi hurufnya."
	unknownText  = "Perintah itu tidak dikenal. Tulis /bantuan untuk melihat caranya."
	unsureText   = "Belum saya kirim ke warga: %s.\n%s\nUntuk warga? Pilih di bawah ini. Untuk menindak laporan, pilih di kartunya atau tulis misalnya: ambil, selesai, teruskan dishub."
	roomText     = "Belum saya kirim ke warga: %s.\nSimpan sebagai catatan %s untuk rekan?"
	relayedText  = "Ini pesan terusan, belum saya kirim: %s.\nTeruskan ke warga (%s)?"
	unhandedText = "Belum saya serahkan: %s.\nJadikan jawaban disposisi %s?"
	droppedText  = "Baik, tidak ada yang dikirim."
	severalText  = "Ada lebih dari satu nomor di depan; belum ada yang dikirim ke warga. Tulis jawabannya satu per satu."
	albumText    = "\nFoto lain di kiriman itu belum ikut: teruskan satu per satu dengan nomornya."
	lostText     = "Pesan yang Anda balas tidak saya kenali lagi; belum ada yang dikirim ke warga. Tulis nomor laporannya di depan: %s-XXXXX-X jawaban Anda."
	goneText     = "Laporan %s tidak ada lagi. Basis data dipulihkan dari cadangan pada %s: yang masuk antara %s dan %s hilang, mungkin juga laporan ini. " +
		"Belum ada yang dikirim ke warga. Isi laporannya masih ada di kartu lama; bila warganya dikenal, minta ia melapor lagi lewat chat."
	goneCardText = "Kartu yang Anda balas tidak saya kenali lagi; belum ada yang dikirim ke warga. Basis data dipulihkan dari cadangan pada %s: yang masuk antara %s dan %s " +
		"hilang, mungkin juga laporan ini. Coba tulis nomornya di depan: %s-XXXXX-X jawaban Anda. Bila nomornya pun hilang, minta warganya melapor lagi lewat chat."
	looseText      = "Untuk laporan yang mana? Belum ada yang ditindak atau dikirim ke warga. Balas (reply) kartunya, atau tulis nomornya di depan: %s-XXXXX-X …"
	looseOrderText = "Untuk laporan yang mana? Belum ada yang ditindak. Balas (reply) kartunya, atau tulis: /%s %s-XXXXX-X"
	noCardText     = "Yang Anda balas bukan kartu laporan; belum ada yang dikirim ke warga. Balas kartunya, atau tulis nomornya di depan: %s-XXXXX-X jawaban Anda."
	staleText      = "Pilihan ini sudah tidak berlaku."
	oddText        = "Yang ini tidak dapat diteruskan ke warga. Balas dengan teks, foto, rekaman suara atau berkas."
	mediaText      = "Foto dan berkas hanya dapat dikirim sebagai jawaban atau bukti selesai. Kirim lagi dengan membalas kartunya."
	editedText     = "Suntingan tidak dikirim ulang ke warga. Tulis jawaban baru dengan membalas kartunya."
	pendingText    = "Pendaftaran Anda masih menunggu persetujuan koordinator."
	endedText      = "Anda tidak lagi terdaftar sebagai petugas. Tulis /daftar dan nama kantor untuk mendaftar lagi."
	strangerText   = "Hanya petugas terdaftar yang dapat melakukan ini. Tulis /daftar dan nama kantor, misalnya /daftar dishub."
	headOnlyText   = "Hanya koordinator yang dapat %s."
)

func mark(s report.Status) string {
	switch s {
	case report.Received:
		return "🆕"
	case report.Assigned:
		return "📥"
	case report.InProgress:
		return "🔧"
	case report.Planned:
		return "🗓"
	case report.Resolved:
		return "✅"
	case report.Rejected:
		return "⛔"
	case report.Reopened:
		return "🔁"
	case report.Quarantined:
		return "🗂"
	case report.Transferred:
		return "🤝"
	}
	return "☑️"
}

func moveWord(f report.Fact) string {
	switch f.What {
	case report.WasReturned:
		return "↩️ Dikembalikan"
	case report.WasTransferred:
		return "🤝 Dialihkan"
	}
	return "➡️ Diteruskan"
}

// verdictWord names what a reporter says of the work.
func verdictWord(v report.Verdict) string {
	switch v {
	case report.Fixed:
		return "sudah beres"
	case report.Part:
		return "baru sebagian"
	}
	return "belum beres"
}

// answerWord names what was said to the citizen, "" for facts that say nothing to him or her.
func answerWord(w report.What) string {
	switch w {
	case report.WasAnswered:
		return "💬 Jawaban"
	case report.WasAsked:
		return "❓ Pertanyaan"
	case report.WasPlanned:
		return "🗓 Rencana"
	case report.WasResolved:
		return "✅ Selesai"
	case report.WasRejected:
		return "⛔ Ditolak"
	}
	return ""
}

// sortWord names what was sent by hand where it was not words.
func sortWord(s report.Sort) string {
	switch s {
	case report.SortWords:
		return ""
	case report.SortPhoto:
		return "(foto)"
	case report.SortVoice:
		return "(rekaman suara)"
	case report.SortFile:
		return "(berkas)"
	case report.SortLocation:
		return "(lokasi)"
	}
	return "(pesan lain)"
}

func delivery(d ledger.Delivery, p *profile.Profile) string {
	because := ""
	if d.Why != "" {
		because = " (" + d.Why + ")"
	}
	switch d.State {
	case ledger.NoLetter:
		return ""
	case ledger.Waiting:
		return "menunggu dikirim" + because
	case ledger.Sending:
		return "sedang dikirim" + because
	case ledger.Sent:
		because = seen(d.Seen) + because
		if d.At.IsZero() {
			return "terkirim" + because
		}
		return "terkirim " + clock(d.At, p) + because
	case ledger.Taken:
		return "ditarik sebelum terkirim"
	case ledger.Cold:
		return d.Why
	case ledger.Failed:
		if d.Why == "" {
			return "gagal"
		}
		return "gagal: " + d.Why
	}
	return string(d.State)
}

// seen says how far a letter came, as far as its network tells.
func seen(s ledger.Seen) string {
	switch s {
	case ledger.Arrived:
		return ", sampai"
	case ledger.Read:
		return ", sudah dibaca"
	}
	return ""
}

// clock is a time in the government's zone: "Rabu, 25 Nov 16.05".
func clock(t time.Time, p *profile.Profile) string { return say.For(p, "id").When(t) }

// officeClock is a limit as its office reads it: never midnight, nor a day on which it is shut.
func officeClock(t report.Term, p *profile.Profile) string {
	return clock(deadline.ForOffice(p, t.From, t.Due), p)
}

// day is a date in the government's zone: "Rabu, 25 Nov".
func day(t time.Time, p *profile.Profile) string { return say.For(p, "id").Day(t) }

// longDay is a date with its year: "Rabu, 25 November 2026".
func longDay(t time.Time, p *profile.Profile) string { return say.For(p, "id").LongDay(t) }
