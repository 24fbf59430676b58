package say

import (
	"strings"

	"rabeg/bot"
)

// AskWhat asks what is wrong. voice says that a voice note came; media is how many photos and files did.
func (v Voice) AskWhat(voice bool, media int) string {
	switch {
	case voice:
		return v.pick("Pesan suara Anda saya simpan. Tolong tulis juga satu kalimat: apa masalahnya, dan di mana?",
			"I kept your voice note. Please also write one line: what is wrong, and where?")
	case media > 0:
		return v.pick("Sekarang ceritakan singkat: apa masalahnya, dan di mana?", "Now tell me in a few words: what is wrong, and where?")
	}
	return v.pick("Silakan ceritakan: apa masalahnya, dan di mana?", "Please tell me: what is wrong, and where?")
}

// Listening says that a voice note is being listened to; nobody has to wait for it.
func (v Voice) Listening() string {
	return v.pick("Pesan suara saya simpan. Sebentar, saya dengarkan … Boleh juga ditulis: apa masalahnya, dan di mana?",
		"I kept your voice note. One moment, I am listening … Or just write: what is wrong, and where?")
}

// Heard shows the words made out of a voice note.
func (v Voice) Heard(words string) string {
	return v.f("Saya dengar: %s", "I heard: %s", quote(words, MaxHeard))
}

// AskHeard asks whether they are right.
func (v Voice) AskHeard(words string) string {
	return v.Heard(words) + "\n" + v.pick("Benar?", "Is that right?")
}

// NotHeard says that nothing could be made out of a voice note.
func (v Voice) NotHeard() string {
	return v.pick("Maaf, suaranya kurang jelas bagi saya.", "Sorry, I could not make out the words.")
}

// WriteInstead asks for the words that were heard wrongly.
func (v Voice) WriteInstead() string {
	return v.pick("Baik, kata-kata tadi tidak saya pakai.", "All right, I will not use those words.")
}

// MaxHeard is how long the words of a voice note may be, in runes: all of them are shown before they count, in one message.
const MaxHeard = 2500

// TooShort asks for more than a word or an emoji.
func (v Voice) TooShort() string {
	return v.pick("Maaf, itu terlalu singkat untuk saya pahami. 🙂", "Sorry, that is too short for me to understand. 🙂")
}

// AskAbout asks for the category among the best guesses; faint says that the words told little.
func (v Voice) AskAbout(faint bool) string {
	if faint {
		return v.pick("Supaya sampai ke kantor yang tepat: ini tentang apa?", "So that it reaches the right office: what is it about?")
	}
	return v.pick("Ini tentang yang mana?", "Which of these is it about?")
}

// AskGroup asks for the first step of the full menu.
func (v Voice) AskGroup() string {
	return v.pick("Ini tentang apa? Pilih satu, atau tulis dengan kata sendiri.", "What is it about? Choose one, or write it in your own words.")
}

// AskCategory asks for one category of a group; group is its name, "" where there is only one list.
func (v Voice) AskCategory(group string) string {
	if group == "" {
		return v.AskGroup()
	}
	return v.f("%s: yang mana?", "%s: which one?", bot.Bold(group))
}

// Photos says how many photos there are, and how many were too many.
func (v Voice) Photos(n, over int) string {
	if over > 0 {
		return v.f("%d foto saya simpan. Itu sudah paling banyak, jadi %d lainnya tidak ikut.", "I kept %d photos. That is the limit, so %d more are left out.", n, over)
	}
	return v.f("%s saya terima. 👍", "%s received. 👍", v.photos(n))
}

// Files says that a file or voice note was kept; full that there were too many.
func (v Voice) Files(voice, full bool) string {
	switch {
	case full:
		return v.pick("Sudah ada 5 berkas, jadi yang ini tidak ikut. Foto dan tulisan masih bisa.", "There are 5 files already, so this one is left out. Photos and words are still fine.")
	case voice:
		return v.pick("Pesan suara saya simpan.", "I kept your voice note.")
	}
	return v.pick("Berkas saya simpan.", "I kept your file.")
}

// Added says that words were added to the text of the report in the making.
func (v Voice) Added() string {
	return v.pick("Saya tambahkan. 👍", "Added. 👍")
}

// TextFull says that the description is as long as it may be.
func (v Voice) TextFull() string {
	return v.pick("Cerita Anda sudah sangat lengkap, jadi tambahan tadi tidak muat (paling banyak 8.000 huruf).",
		"Your report is as long as it can be (8,000 letters), so that did not fit.")
}

// Changed says that a change was noted.
func (v Voice) Changed() string { return v.pick("Sudah saya ubah. 👍", "Changed. 👍") }

// EmergencyAgain is the number in one line.
func (v Voice) EmergencyAgain() string {
	return v.f("🚨 Bahaya sekarang? Telepon %s dulu.", "🚨 In danger now? Call %s first.", bot.Bold(v.emergency()))
}

// AskResume offers the report that was left. words are its text, aside says that the new message is kept.
func (v Voice) AskResume(words string, aside bool) string {
	s := v.pick("Laporan Anda yang lalu belum terkirim", "Your last report has not been sent yet")
	if words != "" {
		s += ": " + quote(words, 100)
	}
	s += "."
	if aside {
		s += "\n" + v.pick("Pesan baru Anda saya simpan, untuk yang Anda pilih.", "Your new message is kept and goes where you choose.")
	}
	return s + "\n" + v.pick("Lanjutkan yang lama, atau buat yang baru?", "Go on with the old one, or start a new one?")
}

// Nudge reminds, once, of a report that was not sent.
func (v Voice) Nudge(words string) string {
	s := v.pick("Laporan Anda belum terkirim", "Your report has not been sent yet")
	if words != "" {
		s += ": " + quote(words, 100)
	}
	return s + v.pick(".\nSaya simpan 7 hari dan tidak mengingatkan lagi. Mau dilanjutkan?", ".\nI keep it for 7 days and will not remind you again. Would you like to go on?")
}

// Resumed says that the new message joined the old report.
func (v Voice) Resumed() string {
	return v.pick("Baik, kita lanjutkan laporan yang tadi, dengan pesan baru Anda.", "All right, we go on with your report, with your new message.")
}

// NewOne says that a new report begins and the old one is on the shelf.
func (v Voice) NewOne() string {
	return v.f("Baik, laporan baru. Mau yang lama? Tulis %s.", "All right, a new report. To get the old one back, write %s.",
		bot.Bold(v.pick("urungkan", "undo")))
}

// Expired says that a report was not kept longer than 7 days.
func (v Voice) Expired() string {
	return v.pick("Laporan yang belum Anda kirim sudah lewat 7 hari, jadi tidak saya simpan lagi.", "Your unsent report is more than 7 days old, so I no longer keep it.")
}

// Cancelled says that the report was put aside.
func (v Voice) Cancelled() string {
	return v.pick("Baik, laporan dibatalkan. Tidak ada yang dikirim. Salah tekan? Masih bisa dikembalikan.", "All right, cancelled: nothing was sent. Pressed by mistake? You can still undo it.")
}

// PriorKept says beside Cancelled that the report put aside before this one is there as well.
func (v Voice) PriorKept(words string) string {
	if words == "" {
		return v.pick("Yang sebelumnya juga masih saya simpan.", "The one before it is still here, too.")
	}
	return v.f("Yang sebelumnya juga masih saya simpan: %s", "The one before it is still here, too: %s", quote(words, 80))
}

// NothingTo answers words like "batal" when there is no report in the making.
func (v Voice) NothingTo() string {
	return v.pick("Belum ada laporan yang sedang dibuat.", "There is no report being made right now.")
}

// Back says that the cancelled report is back.
func (v Voice) Back() string { return v.pick("Laporan Anda kembali.", "Your report is back.") }

// NotYet says what is missing before sending.
func (v Voice) NotYet() string {
	return v.pick("Sebelum dikirim, satu hal dulu:", "Before I can send it, one thing:")
}

// NothingToSkip answers "lewati" where nothing can be skipped.
func (v Voice) NothingToSkip() string {
	return v.pick("Yang ini perlu dijawab dulu, ya.", "I need an answer to this one.")
}

// Second heads what was kept for another report, once the first is settled.
func (v Voice) Second(words string) string {
	if words == "" {
		return v.pick("Sekarang laporan berikutnya.", "Now the next report.")
	}
	return v.f("Sekarang laporan berikutnya: %s", "Now the next report: %s", quote(words, 80))
}

// KeptForLater says that words were taken off the report and will begin the next one.
func (v Voice) KeptForLater(words string) string {
	return v.f("Baik, %s jadi laporan sendiri setelah yang ini terkirim.", "All right, %s becomes its own report after this one is sent.", quote(words, 80))
}

// AskLate offers the report just filed for what came right after it.
func (v Voice) AskLate(code string, what string) string {
	return v.f("Tambahkan %s ke laporan %s yang baru terkirim?", "Add %s to report %s, which you just sent?", what, bot.Bold(code))
}

// AskElder asks whether what was told belongs to a report that was sent before.
func (v Voice) AskElder(code, category string) string {
	return v.f("Baik, belum saya kirim. Tambahkan ini ke laporan Anda yang dulu, %s (%s)?", "All right, it is not sent. Add this to your earlier report, %s (%s)?", bot.Bold(code), v.Topic(category))
}

// NoElder says that there is no open report to which what was told could belong.
func (v Voice) NoElder() string {
	return v.pick("Belum saya kirim. Laporan Anda yang dulu tidak saya temukan di chat ini, atau sudah selesai. Punya nomornya? Tulis nomor itu.",
		"It is not sent. I find no earlier report of yours in this chat that is still open. If you have its number, write it.")
}

// What names what a message brought: "2 foto dan lokasi".
func (v Voice) What(words, photos, files int, pin bool) string {
	var parts []string
	if words > 0 {
		parts = append(parts, v.pick("tulisan", "your words"))
	}
	if photos > 0 {
		parts = append(parts, v.photos(photos))
	}
	if files > 0 {
		parts = append(parts, v.files(files))
	}
	if pin {
		parts = append(parts, v.pick("lokasi", "the location"))
	}
	switch n := len(parts); n {
	case 0:
		return v.pick("pesan", "your message")
	case 1:
		return parts[0]
	default:
		return strings.Join(parts[:n-1], ", ") + v.pick(" dan ", " and ") + parts[n-1]
	}
}

func (v Voice) photos(n int) string {
	if n == 1 {
		return v.pick("1 foto", "1 photo")
	}
	return v.f("%d foto", "%d photos", n)
}

func (v Voice) files(n int) string {
	if n == 1 {
		return v.pick("1 berkas", "1 file")
	}
	return v.f("%d berkas", "%d files", n)
}

func (v Voice) voices(n int) string {
	if n == 1 {
		return v.pick("1 pesan suara", "1 voice note")
	}
	return v.f("%d pesan suara", "%d voice notes", n)
}
