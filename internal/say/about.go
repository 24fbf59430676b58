package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/profile"
	"rabeg/internal/report"
)

// What is answered to questions about the service itself: each is a fact, and no office is asked for it.

// Kept says what is kept of who writes, and how it is seen and erased. It must stay true to Privacy.
func (v Voice) Kept() string {
	return v.f("Yang kami simpan: laporan, foto, lokasi, dan alamat chat ini (di WhatsApp itu nomor Anda), supaya bisa menjawab. Nomornya tidak ditulis di laporan; petugas yang menangani hanya boleh membukanya bila perlu, dengan alasan yang dicatat.\nLihat semuanya: tulis %s. Hapus: tulis %s.",
		"We keep your reports, photos, locations and the address of this chat (on WhatsApp that is your number), so that we can answer you. The number is not written in a report; the officer in charge may open it only where needed, for a reason that is noted.\nSee all of it: write %s. Erase it: write %s.",
		bot.Bold(v.pick("data saya", "my data")), bot.Bold(v.pick("hapus data saya", "delete my data")))
}

// OtherPhone says what becomes of the reports where the phone, or its number, is another.
func (v Voice) OtherPhone() string {
	return v.f("Tidak hilang: laporan tetap ditangani. Selama akun chat-nya sama, ganti HP tidak mengubah apa pun. Kalau nanti chat dari akun lain, tulis %s di chat ini sebelum yang lama ditutup, lalu ikuti petunjuknya. Simpan juga nomor laporannya.",
		"Nothing is lost: your reports are handled all the same. As long as the chat account stays, another phone changes nothing. If you will write from another account, write %s in this chat before the old one is closed, and follow what it says. Keep the numbers of your reports, too.",
		bot.Bold(v.pick("hubungkan", "link my account")))
}

// WhoAmI says who answers at this number, to who may have dialled a wrong one.
func (v Voice) WhoAmI() string {
	return v.f("Ini %s, tempat warga %s melapor lewat chat; yang menjawab ini asisten otomatis. Kalau salah sambung, tidak apa-apa. 🙏",
		"This is %s, where the people of %s report problems by chat; an automatic assistant answers here. If you dialled wrong, never mind. 🙏", bot.Bold(v.Profile.Product), v.Profile.City)
}

// NoMap says that no map is shown in the chat, and where the reports are by their words.
func (v Voice) NoMap(mine []report.Report) string {
	var b strings.Builder
	b.WriteString(v.pick("Peta tidak bisa saya tampilkan di chat ini.", "I cannot show a map in this chat."))
	for _, r := range mine {
		if where := v.Where(r.Place); where != "" {
			b.WriteString("\n• " + bot.Bold(string(r.Code)) + ": 📍 " + where)
		}
	}
	return b.String()
}

// TheCodes tells the numbers of reports to who cannot find them.
func (v Voice) TheCodes(mine []report.Report) string {
	if len(mine) == 1 {
		return v.f("Nomornya %s (%s).", "Its number is %s (%s).", bot.Bold(string(mine[0].Code)), v.Topic(mine[0].Category))
	}
	var b strings.Builder
	b.WriteString(v.pick("Nomor laporan Anda:", "The numbers of your reports:"))
	for _, r := range mine {
		b.WriteString("\n• " + v.named(r))
	}
	return b.String()
}

// WhyThere says why a report is with its office, by the office's duties; whose are those outside the government that were named beside it.
func (v Voice) WhyThere(r report.Report, whose []profile.Owner) string {
	a, ok := v.office(r.Agency)
	if !ok {
		return v.f("Laporan %s masih pada petugas %s, yang mencarikan kantornya.", "Report %s is still with the officers of %s, who find its office.", v.named(r), v.Profile.Coordinator)
	}
	var b strings.Builder
	b.WriteString(v.f("%s diurus %s.", "%s is looked after by %s.", v.Topic(r.Category), bot.Bold(v.short(a.Code))))
	for _, o := range whose {
		b.WriteString(v.f(" %s mengurus %s.", " %s looks after %s.", o.Short, v.about(o)))
	}
	return b.String() + " " + v.pick("Kalau ternyata bukan tugasnya, kantor itu sendiri yang mengopernya ke yang tepat; Anda dikabari.", "Should it not be theirs, they pass it on to the right one themselves, and you hear of it.")
}

// NotOurs says that a place is another government's, to who asks where else to turn, and that no door of it is known.
func (v Voice) NotOurs(whose string) string {
	return v.f("Tempatnya di %s, jadi yang mengerjakan pemerintah di sana, bukan %s. Nomor pengaduan resmi mereka belum ada pada saya; kantor desa atau kecamatan setempat bisa menunjukkannya, dan SP4N-LAPOR! (lapor.go.id) menerima laporan untuk semua pemerintah daerah.",
		"The place is in %s, so the government there has to act, not %s. I have no official number of theirs; the village or district office there can tell you, and SP4N-LAPOR! (lapor.go.id) takes reports for every local government.", bot.Bold(whose), v.Profile.City)
}

// NotTheirs adds to the door of somebody outside the government that the city has no say there.
func (v Voice) NotTheirs(o profile.Owner) string {
	return v.f("%s bukan bagian dari pemerintah kota, jadi petugas kami hanya bisa menyampaikannya.", "%s is no part of the city government; our officers can only pass it on.", o.Name)
}

// HereAlready says that a report needs to be told nowhere else.
func (v Voice) HereAlready(r report.Report) string {
	return v.f("Laporan %s sudah ada di %s. Tidak perlu melapor ke tempat lain; kabarnya datang di chat ini.", "Report %s is with %s already. You need not report it elsewhere; its news comes to this chat.", v.named(r), v.holder(r))
}
