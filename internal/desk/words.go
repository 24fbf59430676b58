package desk

import (
	"fmt"
	"time"

	"rabeg/internal/casework"
	"rabeg/internal/ledger"
	"rabeg/internal/profile"
	"rabeg/internal/report"
	"rabeg/internal/say"
)

// What operators read, but for the refusals of casework.

const helpText = `Cara kerja ruang petugas:
• Balas (reply) kartu laporan dengan teks atau foto = jawaban ke warga. Bisa juga tulis nomornya: NOMOR jawaban.
• Jawaban ditahan 20 detik; pilih Urungkan atau balas dengan /urungkan untuk menariknya.

Perintah, dengan membalas kartu atau menulis nomornya:
/ambil · /selesai keterangan (+ foto) · /teruskan kantor alasan · /bukan alasan · /tanya pertanyaan · /catatan isi · /rencana 31-12-2026 alasan · /tolak alasan penjelasan

/tugas daftar laporan terbuka · /laporan NOMOR · /akurasi ketepatan tebakan kantor
/daftar kantor mendaftar sebagai petugas, misalnya /daftar dishub`

const (
	noReportText = "Laporan yang mana? Balas kartunya, atau tulis nomornya: /%s %s-XXXXX-X."
	noCodeText   = "Nomor %s tidak ditemukan. Periksa lagi hurufnya."
	unknownText  = "Perintah itu tidak dikenal. Tulis /bantuan untuk melihat caranya."
	unsureText   = "Belum saya kirim ke warga: “%s”.\nUntuk menindak laporan, pilih tombol di kartunya atau tulis misalnya: ambil, selesai, teruskan dishub."
	staleText    = "Pilihan ini sudah tidak berlaku."
	oddText      = "Yang ini tidak dapat diteruskan ke warga. Balas dengan teks, foto, rekaman suara atau berkas."
	editedText   = "Suntingan tidak dikirim ulang ke warga. Tulis jawaban baru dengan membalas kartunya."
	pendingText  = "Pendaftaran Anda masih menunggu persetujuan koordinator."
	endedText    = "Anda tidak lagi terdaftar sebagai petugas. Tulis /daftar dan nama kantor untuk mendaftar lagi."
	strangerText = "Hanya petugas terdaftar yang dapat melakukan ini. Tulis /daftar dan nama kantor, misalnya /daftar dishub."
	uncheckText  = "Hak Anda belum dapat diperiksa. Coba lagi sebentar."
)

// promptText asks for the words that a button alone does not carry.
func promptText(p *profile.Profile, r report.Report, v Verb, evidence bool) string {
	what := ""
	switch v {
	case Reply:
		what = "jawaban untuk warga (teks atau foto)"
	case Ask:
		what = "pertanyaan untuk pelapor"
	case Note:
		what = "catatan untuk petugas lain (tidak dikirim ke warga)"
	case NotOurs:
		what = "alasan mengapa ini bukan kewenangan kantor Anda"
	case Plan:
		what = "tanggal dan alasannya, misalnya: 31-12-2026 menunggu anggaran"
	case Reject:
		what = "penjelasan penolakan untuk warga"
	case Resolve:
		what = "penjelasan penyelesaian untuk warga"
		if c, _ := p.Category(r.Category); c.Physical && !evidence {
			what = "foto hasil pekerjaan, boleh dengan keterangan"
		}
	}
	return fmt.Sprintf("%s: balas pesan ini dengan %s.", r.Code, what)
}

// doneText confirms what was done.
func doneText(o *casework.Office, v Verb, r report.Report) string {
	switch v {
	case Take:
		return fmt.Sprintf("Laporan %s Anda ambil.", r.Code)
	case Forward:
		if r.Agency == "" && r.Suggested != "" {
			return fmt.Sprintf("%s belum punya petugas di sini; laporan %s diteruskan ke koordinator.", o.OfficeName(r.Suggested), r.Code)
		}
		return fmt.Sprintf("Laporan %s diteruskan ke %s.", r.Code, o.OfficeName(r.Agency))
	case NotOurs:
		return fmt.Sprintf("Laporan %s dikembalikan ke koordinator.", r.Code)
	case Note:
		return fmt.Sprintf("Catatan untuk %s disimpan; warga tidak melihatnya.", r.Code)
	case Undo:
		return fmt.Sprintf("Ditarik. Warga tidak menerima jawaban itu (%s).", r.Code)
	}
	return ""
}

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
	}
	return "☑️"
}

func moveWord(f report.Fact) string {
	if f.What == report.WasReturned {
		return "↩️ Dikembalikan"
	}
	return "➡️ Diteruskan"
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

// clock is a time in the government's zone: "Rabu, 25 Nov 16.05".
func clock(t time.Time, p *profile.Profile) string { return say.For(p, "id").When(t) }

// day is a date in the government's zone: "Rabu, 25 Nov".
func day(t time.Time, p *profile.Profile) string { return say.For(p, "id").Day(t) }
