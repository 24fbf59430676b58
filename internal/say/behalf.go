package say

import (
	"strings"

	"rabeg/bot"
	"rabeg/internal/report"
)

// NoticeYours tells who writes from a number that an officer was given that reports were taken under it.
func (v Voice) NoticeYours(codes []report.Code) string {
	return v.f("📌 Petugas pernah mencatat laporan untuk nomor ini: %s. Mulai sekarang kabarnya datang ke chat ini. Tulis %s untuk melihatnya.",
		"📌 Officers have taken a report for this number: %s. From now on its news comes to this chat. Write %s to see it.", boldCodes(codes), bot.Bold("status"))
}

// NoticeSent tells who writes from a number that other software made sure of which reports were sent there.
func (v Voice) NoticeSent(codes []report.Code) string {
	return v.f("📌 Laporan yang Anda kirim lewat aplikasi lain ada di sini: %s. Mulai sekarang kabarnya datang ke chat ini. Tulis %s untuk melihatnya.",
		"📌 What you reported through other software is here: %s. From now on its news comes to this chat. Write %s to see it.", boldCodes(codes), bot.Bold("status"))
}

func boldCodes(codes []report.Code) string {
	var names []string
	for _, c := range codes {
		names = append(names, bot.Bold(string(c)))
	}
	return strings.Join(names, ", ")
}

// What an officer reads who takes a report for somebody. It is Indonesian and English like all that the conversation says.

// AskSource asks an officer in which way a report was told.
func (v Voice) AskSource() string {
	return v.pick("Laporan ini dari mana? Yang dicatat untuk warga tidak masuk ke daftar laporan Anda sendiri.",
		"How was this told? What you take for somebody does not join your own reports.")
}

// AskContact asks an officer for the number of whom a report is taken for.
func (v Voice) AskContact() string {
	return v.pick("Nomor HP pelapornya, kalau ada? Nomornya tidak tampil di grup dan tidak dikirimi apa pun. Kalau nanti ia menulis dari nomor itu, laporan ini miliknya.",
		"The phone number of who tells it, if there is one? It is shown in no group and nothing is sent to it. Whoever writes from it later owns this report.")
}

// NoNumber says that what was written is no number of a phone.
func (v Voice) NoNumber() string {
	return v.pick("Itu sepertinya bukan nomor HP. Contoh: 0812-3456-7890.", "That does not look like a phone number. Example: 0812-3456-7890.")
}

// BehalfSeen says on the card of a report that is taken for somebody how it was told, and whether there is a number.
func (v Voice) BehalfSeen(how report.Sending, number string) string {
	s := v.f("🗂 Untuk warga, lewat %s", "🗂 For somebody, told by %s", v.Source(how))
	if number == "" {
		return s + v.pick(", tanpa nomor: kabarnya disampaikan petugas sendiri.", ", without a number: officers pass on the news themselves.")
	}
	return s + v.f(", nomor %s.", ", number %s.", Masked(number))
}

// Source names a way in which a report was told to an officer.
func (v Voice) Source(how report.Sending) string {
	switch how {
	case report.AtCounter:
		return v.pick("loket", "counter")
	case report.ByPhone:
		return v.pick("telepon", "phone")
	case report.ByLetter:
		return v.pick("surat", "letter")
	case report.BySocial:
		return v.pick("media sosial", "social media")
	case report.ByLeader:
		return v.pick("chat pimpinan", "a leader's chat")
	}
	return string(how)
}

// Masked shows of a number its first two and its last two digits.
func Masked(number string) string {
	if len(number) < 6 {
		return "••••"
	}
	return number[:2] + "••••" + number[len(number)-2:]
}

// BehalfReceipt confirms a report that was taken for somebody, with what to tell that person.
func (v Voice) BehalfReceipt(r report.Report, number bool) string {
	s := v.f("✅ Tercatat: %s.", "✅ Filed: %s.", bot.Bold(string(r.Code)))
	if r.Agency != "" {
		s += v.f(" Yang menangani: %s.", " In charge: %s.", v.Office(r.Agency))
	}
	if !r.Due.IsZero() {
		s += v.f(" Dijawab paling lambat %s.", " To be answered by %s.", v.Due(r.Due))
	}
	s += v.pick("\n\nSampaikan nomor itu ke warganya.", "\n\nPlease tell the person that number.")
	if !r.Shield(v.Profile.Sensitive).Hides(report.Strangers) {
		s += v.pick(" Siapa pun bisa mengirim nomor laporan ke chat ini untuk melihat sampai di mana.", " Anybody can send it to this chat to see how it stands.")
	}
	if number {
		return s + v.pick(" Kalau ia menulis dari nomornya sendiri, kabarnya datang langsung.", " If he or she writes from the own number, the news comes by itself.")
	}
	return s + v.pick(" Kabar dari kantor disampaikan petugas sendiri.", " Officers pass on the news themselves.")
}

// BehalfDanger tells an officer to call for help where a danger that somebody has told of goes on.
func (v Voice) BehalfDanger() string {
	number := "112"
	if len(v.Profile.Emergency) > 0 {
		number = v.Profile.Emergency[0].Number
	}
	return v.f("🚨 Kalau bahayanya masih berlangsung, telepon %s sekarang. Laporannya saya tandai darurat.",
		"🚨 If the danger goes on, call %s now. I mark the report as urgent.", bot.Bold(number))
}

// NoOfficer says that reports for others are taken by officers alone.
func (v Voice) NoOfficer() string {
	return v.pick("Belum saya kirim: mencatat untuk warga hanya bisa oleh petugas terdaftar, dan nama Anda tidak ada di sana sekarang.",
		"I have not sent it: only enrolled officers take reports for others, and your name is not among them now.")
}

// ContactKept says that a number was taken as that of whom a report is taken for.
func (v Voice) ContactKept() string {
	return v.pick("Nomornya saya simpan, terpisah dari laporannya.", "I keep the number, apart from the report.")
}

// Invitation is the sentence that an officer pastes under a post, so that people learn the official door. links are the addresses
// of the channel.
func (v Voice) Invitation(links []string) string {
	return v.f("Terima kasih sudah menyampaikan 🙏 Supaya tercatat, punya nomor, dan bisa dipantau, laporkan lewat %s, kanal resmi %s: %s. Tulis saja apa masalahnya dan di mana; foto boleh menyusul.",
		"Thank you for telling us 🙏 To have it filed under a number that you can follow, please report it through %s, the official channel of %s: %s. Just write what is wrong and where; photos are welcome.",
		v.Profile.Product, v.Profile.Government, strings.Join(links, v.pick(" atau ", " or ")))
}

// clerkLabel are the choices of who takes a report for somebody, and of whose matter is somebody else's; none for other ids.
func clerkLabel(id string) labels {
	switch id {
	case "counter":
		return labels{"Loket", "At the counter", "loket|datang|datang langsung|counter"}
	case "phone":
		return labels{"Telepon", "By phone", "telepon|telpon|tlp|ditelepon|phone|call"}
	case "letter":
		return labels{"Surat", "By letter", "surat|email|letter"}
	case "social":
		return labels{"Media sosial", "Social media", "medsos|sosmed|facebook|fb|instagram|ig|tiktok|komentar"}
	case "leader":
		return labels{"Chat pimpinan", "A leader's chat", "pimpinan|wali kota|walikota|wakil|sekda|bupati|leader"}
	case "own":
		return labels{"Laporan saya sendiri", "My own report", "sendiri|saya sendiri|laporan sendiri|own|mine"}
	case "nocontact":
		return labels{"Tanpa nomor", "No number", "tanpa|tanpa nomor|tidak ada|tidak ada nomor|gak ada|ga ada|lewati|skip|tidak|no|none"}
	case "anyway":
		return labels{"Tetap laporkan", "File it anyway", "tetap|laporkan|lapor|ya|iya|catat|catat saja|catat aja|tetap catat|kirim|lanjut|lanjutkan|boleh|mau|yes|file it|anyway"}
	}
	return labels{}
}
